"""The chain of the trail: each line's hash, that of the line before it, and where the line came from."""

from django.db import migrations, models
from django.db.models import Q

from workflow.trail.canonical import values_of
from workflow.trail.chain import hash_of
from workflow.trail.server import install

BATCH = 2000


def chain_what_is_there(apps, schema_editor):
    """Hash the lines written so far, chain by chain, a batch at a time."""
    rows = apps.get_model("workflow", "AuditEvent").objects.using(schema_editor.connection.alias).order_by("chain", "seq")
    chain, seq, before = "", 0, ""
    while lines := list(rows.filter(Q(chain__gt=chain) | Q(chain=chain, seq__gt=seq))[:BATCH]):
        hashes = []
        for line in lines:
            line.previous_hash = before if line.chain == chain else ""
            line.hash = before = hash_of(values_of(line))
            hashes.append((line.previous_hash, line.hash, line.pk))
            chain, seq = line.chain, line.seq
        with schema_editor.connection.cursor() as cursor:
            cursor.executemany("UPDATE workflow_auditevent SET previous_hash = %s, hash = %s WHERE id = %s", hashes)


def make_the_triggers(apps, schema_editor):
    """PostgreSQL only: SQLite's are made after every migration (`workflow/trail/embedded.py`)."""
    if schema_editor.connection.vendor == "postgresql":
        install(schema_editor.connection)


def drop_the_triggers(apps, schema_editor):
    """The way back."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "DROP TRIGGER IF EXISTS trail_line_joins ON workflow_auditevent;"
            "DROP TRIGGER IF EXISTS trail_line_stays ON workflow_auditevent;"
            "DROP FUNCTION IF EXISTS trail_join, trail_stay, trail_hash, trail_line, trail_canonical"
        )


class Migration(migrations.Migration):

    dependencies = [
        ('workflow', '0009_versions_of_imported_sections'),
    ]

    operations = [
        migrations.AddField(
            model_name='auditevent',
            name='address',
            field=models.CharField(blank=True, max_length=45, verbose_name='address'),
        ),
        migrations.AddField(
            model_name='auditevent',
            name='algorithm',
            field=models.CharField(default='sha256', max_length=12, verbose_name='algorithm of the hash'),
        ),
        migrations.AddField(
            model_name='auditevent',
            name='client',
            field=models.CharField(blank=True, max_length=200, verbose_name='client'),
        ),
        migrations.AddField(
            model_name='auditevent',
            name='hash',
            field=models.CharField(blank=True, editable=False, max_length=64, verbose_name='hash'),
        ),
        migrations.AddField(
            model_name='auditevent',
            name='previous_hash',
            field=models.CharField(blank=True, editable=False, max_length=64, verbose_name='hash before'),
        ),
        migrations.AddField(
            model_name='auditevent',
            name='xid',
            field=models.BigIntegerField(editable=False, null=True, verbose_name='transaction'),
        ),
        migrations.AlterField(
            model_name='auditevent',
            name='recorded_at',
            field=models.DateTimeField(editable=False, verbose_name='recorded at'),
        ),
        migrations.AddIndex(
            model_name='auditevent',
            index=models.Index(fields=['xid', 'id'], name='event_by_transaction'),
        ),
        migrations.RunPython(chain_what_is_there, migrations.RunPython.noop),
        migrations.RunPython(make_the_triggers, drop_the_triggers),
    ]
