"""Requests, and the first date of a share that was extended."""

import django.db.models.deletion
import django_fsm
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ("workflow", "0004_changes_of_shares_under_way"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='measure',
            name='requests_open',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='pending requests'),
        ),
        migrations.AddField(
            model_name='sharecycle',
            name='first_due',
            field=models.DateField(blank=True, null=True, verbose_name='due date before any extension'),
        ),
        migrations.CreateModel(
            name='Request',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('extension', 'extension'), ('refusal', 'refusal'), ('transfer', 'transfer'), ('coordination', 'coordination')], max_length=12, verbose_name='kind')),
                ('state', django_fsm.FSMField(choices=[('raised', 'raised'), ('signed', 'signed'), ('granted', 'granted'), ('rejected', 'rejected'), ('withdrawn', 'withdrawn')], default='raised', max_length=10, protected=True, verbose_name='state')),
                ('reason', models.TextField(verbose_name='reason')),
                ('legal_basis', models.TextField(blank=True, verbose_name='legal basis')),
                ('wanted_by', models.DateField(blank=True, null=True, verbose_name='date asked for')),
                ('due_before', models.DateField(blank=True, null=True, verbose_name='due date before')),
                ('is_late', models.BooleanField(default=False, verbose_name='asked late')),
                ('decider', models.CharField(choices=[('handler', 'handler'), ('head', 'head'), ('supervisor', 'supervisor'), ('approver', 'approver'), ('evaluator', 'evaluator'), ('auditor', 'auditor'), ('administrator', 'administrator'), ('observer', 'observer')], max_length=20, verbose_name='decided by the role')),
                ('raised_at', models.DateTimeField(verbose_name='raised at')),
                ('signed_at', models.DateTimeField(blank=True, null=True, verbose_name='signed at')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided at')),
                ('opinion', models.TextField(blank=True, verbose_name='opinion')),
                ('issuer_basis', models.TextField(blank=True, verbose_name="decision of the plan's issuer")),
                ('bureau', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='requests_naming_it', to='accounts.bureau', verbose_name='bureau named')),
                ('cycle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='workflow.cycle', verbose_name='cycle')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='workflow.measure', verbose_name='measure')),
                ('raised_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='raised by')),
                ('share', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='workflow.share', verbose_name='share')),
                ('signed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='signed by')),
            ],
            options={
                'verbose_name': 'request',
                'verbose_name_plural': 'requests',
                'ordering': ['measure_id', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['raised', 'signed', 'granted', 'rejected', 'withdrawn'])), name='request_state_is_known'), models.UniqueConstraint(condition=models.Q(('state__in', ['raised', 'signed'])), fields=('share', 'kind'), name='request_one_pending_of_a_kind'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'extension'), _negated=True), models.Q(('due_before__isnull', False), ('wanted_by__isnull', False)), _connector='OR'), name='request_extension_has_both_dates'), models.CheckConstraint(condition=models.Q(('kind', 'extension'), ('bureau__isnull', False), _connector='OR'), name='request_names_a_bureau'), models.CheckConstraint(condition=models.Q(('state__in', ['raised', 'signed']), ('decided_at__isnull', False), _connector='XOR'), name='request_decided_says_when'), models.CheckConstraint(condition=models.Q(('state__in', ['raised', 'withdrawn']), ('signed_by__isnull', False), _connector='OR'), name='request_decided_was_signed')],
            },
        ),
    ]
