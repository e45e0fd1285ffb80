"""A section of an import's draft knows its version, as a measure of it does."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workflow", "0008_objections_raised_by_deputies")]

    operations = [
        migrations.AddField(
            model_name="importsection",
            name="version",
            field=models.PositiveIntegerField(default=0, verbose_name="version"),
        ),
    ]
