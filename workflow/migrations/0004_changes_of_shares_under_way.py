"""Shares that change under way: hand-over records, units resolved later, lapsed consolidations."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ("workflow", "0003_stops"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HandOver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('basis', models.CharField(max_length=500, verbose_name='basis')),
                ('at', models.DateTimeField(verbose_name='handed over at')),
            ],
            options={
                'verbose_name': 'hand-over record',
                'verbose_name_plural': 'hand-over records',
                'ordering': ['pk'],
            },
        ),
        migrations.AddField(
            model_name='responsibleunit',
            name='resolved_on',
            field=models.DateField(blank=True, null=True, verbose_name='resolved on'),
        ),
        migrations.AlterField(
            model_name='consolidation',
            name='decision',
            field=models.CharField(blank=True, choices=[('', 'awaits signature'), ('signed', 'signed'), ('returned', 'returned'), ('lapsed', 'lapsed')], max_length=10, verbose_name='decision'),
        ),
        migrations.AddConstraint(
            model_name='responsibleunit',
            constraint=models.CheckConstraint(condition=models.Q(('resolved_on__isnull', True), ('resolve_by__isnull', False), _connector='OR'), name='unit_resolved_was_to_be'),
        ),
        migrations.AddField(
            model_name='handover',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by'),
        ),
        migrations.AddField(
            model_name='handover',
            name='from_bureau',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.bureau', verbose_name='handed over by'),
        ),
        migrations.AddField(
            model_name='handover',
            name='measure',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hand_overs', to='workflow.measure', verbose_name='measure'),
        ),
        migrations.AddField(
            model_name='handover',
            name='share',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hand_overs', to='workflow.share', verbose_name='share'),
        ),
        migrations.AddField(
            model_name='handover',
            name='to_bureau',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.bureau', verbose_name='taken over by'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(('from_bureau', models.F('to_bureau')), _negated=True), name='hand_over_is_to_another'),
        ),
    ]
