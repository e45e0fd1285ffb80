"""Instructions (批示) and the replies of the bureaus."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("workflow", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Instruction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='instruction')),
                ('reply_by', models.DateField(verbose_name='reply by')),
                ('given_at', models.DateTimeField(verbose_name='given at')),
                ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='given by')),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='instructions', to='workflow.measure', verbose_name='measure')),
            ],
            options={
                'verbose_name': 'instruction',
                'verbose_name_plural': 'instructions',
                'ordering': ['measure_id', '-id'],
            },
        ),
        migrations.CreateModel(
            name='InstructionReply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(blank=True, verbose_name='reply')),
                ('replied_at', models.DateTimeField(blank=True, null=True, verbose_name='replied at')),
                ('instruction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='workflow.instruction', verbose_name='instruction')),
                ('replied_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='replied by')),
                ('share', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='instruction_replies', to='workflow.share', verbose_name='share')),
            ],
            options={
                'verbose_name': 'reply to an instruction',
                'verbose_name_plural': 'replies to instructions',
                'ordering': ['instruction_id', 'id'],
                'indexes': [models.Index(condition=models.Q(('replied_at__isnull', True)), fields=['share'], name='instruction_reply_owed')],
                'constraints': [models.UniqueConstraint(fields=('instruction', 'share'), name='instruction_reply_once_per_share'), models.CheckConstraint(condition=models.Q(models.Q(('replied_at__isnull', True), ('replied_by__isnull', True), ('text', '')), models.Q(('replied_at__isnull', False), ('replied_by__isnull', False), models.Q(('text', ''), _negated=True)), _connector='OR'), name='instruction_reply_is_whole_or_owed')],
            },
        ),
    ]
