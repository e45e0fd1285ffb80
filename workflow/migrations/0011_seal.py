"""The seal of the trail: leaves, subtrees, checkpoints, receipts, and on PostgreSQL the triggers that keep them as they are."""

import django.db.models.deletion
from django.db import migrations, models

from workflow.trail.sealed_tables import TABLES

STAY = """
CREATE FUNCTION seal_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The seal cannot be changed (%).', TG_OP USING ERRCODE = '23001';
END $$
"""


def make_the_triggers(apps, schema_editor):
    """PostgreSQL only: SQLite's are made after every migration (`workflow/trail/sealed_tables.py`)."""
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(STAY)
        for table in TABLES:
            cursor.execute(
                f"CREATE TRIGGER seal_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION seal_stay()"
            )
            cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER seal_stays")


def drop_the_triggers(apps, schema_editor):
    """The way back."""
    if schema_editor.connection.vendor == "postgresql":
        for table in TABLES:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS seal_stays ON {table}")
        schema_editor.execute("DROP FUNCTION IF EXISTS seal_stay")


class Migration(migrations.Migration):

    dependencies = [
        ('workflow', '0010_chain_of_the_trail'),
    ]

    operations = [
        migrations.CreateModel(
            name='AnchorPush',
            fields=[
                ('anchor', models.CharField(max_length=200, primary_key=True, serialize=False, verbose_name='anchor')),
                ('sent_size', models.BigIntegerField(default=0, verbose_name='lines that arrived')),
                ('due_at', models.DateTimeField(verbose_name='next try')),
                ('tries', models.PositiveIntegerField(default=0, verbose_name='tries in vain')),
                ('error', models.TextField(blank=True, verbose_name='what went wrong')),
            ],
            options={
                'verbose_name': 'push to an anchor',
                'verbose_name_plural': 'pushes to anchors',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='SealCheckpoint',
            fields=[
                ('size', models.BigIntegerField(primary_key=True, serialize=False, verbose_name='lines')),
                ('root', models.CharField(max_length=64, verbose_name='root')),
                ('at', models.DateTimeField(verbose_name='at')),
                ('note', models.TextField(verbose_name='signed text')),
            ],
            options={
                'verbose_name': 'checkpoint',
                'verbose_name_plural': 'checkpoints',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='AnchorReceipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('anchor', models.CharField(max_length=200, verbose_name='anchor')),
                ('kind', models.CharField(choices=[('witness', 'witness'), ('timestamp', 'timestamp authority')], max_length=12, verbose_name='kind')),
                ('at', models.DateTimeField(verbose_name='at')),
                ('content', models.TextField(verbose_name='content')),
                ('checkpoint', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='workflow.sealcheckpoint', verbose_name='checkpoint')),
            ],
            options={
                'verbose_name': 'receipt of an anchor',
                'verbose_name_plural': 'receipts of anchors',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='SealedLine',
            fields=[
                ('position', models.BigIntegerField(primary_key=True, serialize=False, verbose_name='place')),
                ('xid', models.BigIntegerField(null=True, verbose_name='transaction')),
                ('chain', models.CharField(max_length=32, verbose_name='chain')),
                ('seq', models.PositiveIntegerField(verbose_name='number')),
                ('hash', models.CharField(max_length=64, verbose_name='hash')),
                ('event', models.OneToOneField(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='sealed', to='workflow.auditevent', verbose_name='line of the trail')),
            ],
            options={
                'verbose_name': 'sealed line',
                'verbose_name_plural': 'sealed lines',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='SealedSubtree',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.PositiveSmallIntegerField(verbose_name='level')),
                ('place', models.BigIntegerField(verbose_name='place')),
                ('hash', models.CharField(max_length=64, verbose_name='hash')),
            ],
            options={
                'verbose_name': 'subtree of the seal',
                'verbose_name_plural': 'subtrees of the seal',
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('level', 'place'), name='subtree_once')],
            },
        ),
        migrations.RunPython(make_the_triggers, drop_the_triggers),
    ]
