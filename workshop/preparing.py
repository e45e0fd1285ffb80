"""Prepares this folder: packages, front-end files, compiled translations."""

from pathlib import Path

from workshop import assets, environment
from workshop.environment import AGAIN, PYTHON
from workshop.running import ROOT, one_at_a_time, quietly

LOCALE = ROOT / "locale"
NO_TRANSLATIONS = (
    f"The translations could not be compiled: mend the file in locale/ that the log names, {AGAIN}"
)


def prepare(group: str = "base") -> None:
    """Let everything be in place that the packages of `group` are needed for; quick when it is."""
    with one_at_a_time():
        environment.install(group)
        assets.build()
        compile_translations()


def compile_translations() -> None:
    """Compile the catalogues that are newer than their compiled form."""
    sources = list(LOCALE.glob("*/LC_MESSAGES/*.po"))
    stale = [path for path in sources if not _is_compiled(path.stat().st_mtime, path.with_suffix(".mo"))]
    if stale:
        command = [str(PYTHON), "-m", "workshop.catalogues", "compile"]
        quietly(command, otherwise=NO_TRANSLATIONS)


def _is_compiled(written: float, compiled: Path) -> bool:
    return compiled.is_file() and compiled.stat().st_mtime >= written
