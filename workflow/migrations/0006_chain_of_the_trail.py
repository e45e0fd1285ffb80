"""The chain of the trail: each line's hash, that of the line before it, and where the line came from."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('workflow', '0005_requests'),
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
    ]
