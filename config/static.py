"""Which applications' static files are collected."""

from django.contrib.staticfiles.apps import StaticFilesConfig


class LeanStaticFiles(StaticFilesConfig):
    """All but viewflow's: 49 MB for pages that are not used (DESIGN.md, Known traps, 11)."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "viewflow"]
