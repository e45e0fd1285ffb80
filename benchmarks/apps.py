from django.apps import AppConfig


class BenchmarksConfig(AppConfig):
    """The contestants' own models; installed by `benchmarks.settings` alone."""

    name = "benchmarks"
    default_auto_field = "django.db.models.BigAutoField"
