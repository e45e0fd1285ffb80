"""What stops a measure: suspensions, cancellations, the transfer to routine work, objections."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("workflow", "0002_instructions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Cancellation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField(verbose_name='reason')),
                ('basis', models.TextField(verbose_name='basis')),
                ('decided_at', models.DateTimeField(verbose_name='decided at')),
            ],
            options={
                'verbose_name': 'cancellation',
                'verbose_name_plural': 'cancellations',
                'ordering': ['measure_id'],
            },
        ),
        migrations.CreateModel(
            name='Objection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('grounds', models.TextField(verbose_name='grounds')),
                ('raised_at', models.DateTimeField(verbose_name='raised at')),
                ('decision', models.CharField(blank=True, choices=[('', 'to be decided'), ('upheld', 'upheld'), ('rejected', 'rejected')], max_length=8, verbose_name='decision')),
                ('decision_reason', models.TextField(blank=True, verbose_name='reason of the decision')),
                ('remedy', models.TextField(blank=True, verbose_name='remedy')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided at')),
            ],
            options={
                'verbose_name': 'objection',
                'verbose_name_plural': 'objections',
                'ordering': ['measure_id', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Suspension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(verbose_name='from')),
                ('until', models.DateField(verbose_name='to')),
                ('working_days', models.PositiveSmallIntegerField(verbose_name='working days by which the dates moved')),
                ('reason', models.TextField(verbose_name='reason')),
                ('decided_at', models.DateTimeField(verbose_name='decided at')),
                ('resumed_at', models.DateTimeField(blank=True, null=True, verbose_name='resumed at')),
            ],
            options={
                'verbose_name': 'suspension',
                'verbose_name_plural': 'suspensions',
                'ordering': ['measure_id', 'id'],
            },
        ),
        migrations.AddField(
            model_name='closure',
            name='to_routine',
            field=models.BooleanField(default=False, verbose_name='transfers to routine work'),
        ),
        migrations.AddField(
            model_name='cycle',
            name='missed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded as missed by'),
        ),
        migrations.AddField(
            model_name='measure',
            name='suspended_until',
            field=models.DateField(blank=True, null=True, verbose_name='suspended until'),
        ),
        migrations.AlterField(
            model_name='share',
            name='dispatched_on',
            field=models.DateField(help_text='A suspension before the acceptance moves it: the time to accept stood.', verbose_name='dispatched on'),
        ),
        migrations.AddConstraint(
            model_name='closure',
            constraint=models.CheckConstraint(condition=models.Q(('phased', True), ('to_routine', True), _negated=True), name='closure_of_a_cycle_or_to_routine'),
        ),
        migrations.AddField(
            model_name='cancellation',
            name='decided_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by'),
        ),
        migrations.AddField(
            model_name='cancellation',
            name='measure',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='cancellation', to='workflow.measure', verbose_name='measure'),
        ),
        migrations.AddField(
            model_name='objection',
            name='author',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='author of the conclusion'),
        ),
        migrations.AddField(
            model_name='objection',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by'),
        ),
        migrations.AddField(
            model_name='objection',
            name='evaluation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='workflow.evaluation', verbose_name='evaluation'),
        ),
        migrations.AddField(
            model_name='objection',
            name='measure',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objections', to='workflow.measure', verbose_name='measure'),
        ),
        migrations.AddField(
            model_name='objection',
            name='missed_cycle',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='workflow.cycle', verbose_name='missed cycle'),
        ),
        migrations.AddField(
            model_name='objection',
            name='raised_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='raised by'),
        ),
        migrations.AddField(
            model_name='objection',
            name='share',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objections', to='workflow.share', verbose_name='share'),
        ),
        migrations.AddField(
            model_name='objection',
            name='verification',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='workflow.verification', verbose_name='verification'),
        ),
        migrations.AddField(
            model_name='suspension',
            name='decided_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by'),
        ),
        migrations.AddField(
            model_name='suspension',
            name='measure',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='suspensions', to='workflow.measure', verbose_name='measure'),
        ),
        migrations.AddField(
            model_name='suspension',
            name='resumed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='resumed by'),
        ),
        migrations.AddConstraint(
            model_name='objection',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('evaluation__isnull', True), ('missed_cycle__isnull', True), ('verification__isnull', False)), models.Q(('evaluation__isnull', False), ('missed_cycle__isnull', True), ('verification__isnull', True)), models.Q(('evaluation__isnull', True), ('missed_cycle__isnull', False), ('verification__isnull', True)), _connector='OR'), name='objection_names_one_conclusion'),
        ),
        migrations.AddConstraint(
            model_name='objection',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('decision', '')), models.Q(models.Q(('decision', ''), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='objection_decided_says_by_whom'),
        ),
        migrations.AddConstraint(
            model_name='objection',
            constraint=models.UniqueConstraint(fields=('share', 'verification'), name='objection_once_to_verification'),
        ),
        migrations.AddConstraint(
            model_name='objection',
            constraint=models.UniqueConstraint(fields=('share', 'evaluation'), name='objection_once_to_evaluation'),
        ),
        migrations.AddConstraint(
            model_name='objection',
            constraint=models.UniqueConstraint(fields=('share', 'missed_cycle'), name='objection_once_to_missed_cycle'),
        ),
        migrations.AddConstraint(
            model_name='suspension',
            constraint=models.CheckConstraint(condition=models.Q(('until__gte', models.F('since'))), name='suspension_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='suspension',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('resumed_at__isnull', True), ('resumed_by__isnull', True)), models.Q(('resumed_at__isnull', False), ('resumed_by__isnull', False)), _connector='OR'), name='suspension_resumed_says_by_whom'),
        ),
    ]
