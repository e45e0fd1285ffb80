"""Runs and work items of requests."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ("flows", "0001_initial"),
        ('workflow', '0005_requests'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='run',
            name='run_one_open_per_measure',
        ),
        migrations.AddField(
            model_name='run',
            name='request',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='workflow.request', verbose_name='request'),
        ),
        migrations.AddField(
            model_name='workitem',
            name='request',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='work_items', to='workflow.request', verbose_name='request'),
        ),
        migrations.AlterField(
            model_name='run',
            name='bureau',
            field=models.ForeignKey(help_text='Of the share; for a measure, of its lead; for a request, whose head has it.', on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='accounts.bureau', verbose_name='bureau'),
        ),
        migrations.AddConstraint(
            model_name='run',
            constraint=models.UniqueConstraint(condition=models.Q(('finished__isnull', True), ('request__isnull', True), ('share__isnull', True)), fields=('measure',), name='run_one_open_per_measure'),
        ),
        migrations.AddConstraint(
            model_name='run',
            constraint=models.UniqueConstraint(condition=models.Q(('finished__isnull', True), ('request__isnull', False)), fields=('request',), name='run_one_open_per_request'),
        ),
        migrations.AddConstraint(
            model_name='run',
            constraint=models.CheckConstraint(condition=models.Q(('share__isnull', True), ('request__isnull', True), _connector='OR'), name='run_is_about_one_thing'),
        ),
    ]
