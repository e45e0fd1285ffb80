"""`dev.py check`: every part runs, whatever became of the one before it; the last line says which failed."""

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from workshop.environment import PYTHON
from workshop.running import ROOT, StoppedError

IN_PRODUCTION = {
    "DJANGO_DEBUG": "false",
    "DJANGO_SECRET_KEY": "only-for-this-check-0123456789-abcdefghijklmnopqrstuvwxyz",
    "DJANGO_ALLOWED_HOSTS": "ledger.example.org",
    "DUBAN_HTTPS": "true",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One part: what it looks at, the arguments for the environment's Python, variables of its own."""

    name: str
    arguments: Sequence[str]
    variables: Mapping[str, str] = field(default_factory=dict)


PARTS = (
    Part("format", ("-m", "ruff", "format", "--check", ".")),
    Part("style", ("-m", "ruff", "check", ".")),
    Part("types", ("-m", "mypy", ".")),
    Part(
        "contracts", ("-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache")
    ),
    Part("deployment", ("manage.py", "check", "--deploy", "--fail-level", "WARNING"), IN_PRODUCTION),
    Part("migrations", ("manage.py", "makemigrations", "--check", "--dry-run")),
    Part("full-tables", ("-W", "ignore", "-m", "workshop.full_tables")),
    Part("templates", ("-m", "djlint", "templates", "--lint", "--quiet")),
    Part("translations", ("-m", "workshop.catalogues", "check")),
    Part("locks", ("-m", "workshop.locks")),
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a part ended."""

    part: Part
    passed: bool
    seconds: float
    output: str


def run_part(part: Part) -> Outcome:
    """Run one part to its end."""
    began = time.monotonic()
    done = subprocess.run(
        [str(PYTHON), *part.arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1", **part.variables},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    return Outcome(part, done.returncode == 0, time.monotonic() - began, done.stdout.strip())


def check(names: Sequence[str]) -> int:
    """Run the parts named (none: all), print what failed, and return 1 when anything did."""
    known = {part.name: part for part in PARTS}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise StoppedError(f"There is no part {unknown[0]}: the parts are {', '.join(known)}.")
    chosen = [known[name] for name in names] if names else list(PARTS)
    with ThreadPoolExecutor(max_workers=min(4, os.cpu_count() or 1)) as pool:
        outcomes = [_told(outcome) for outcome in pool.map(run_part, chosen)]
    failed = [outcome.part.name for outcome in outcomes if not outcome.passed]
    if failed:
        print(f"check: {len(failed)} of {len(outcomes)} parts failed: {', '.join(failed)}")
        return 1
    print(f"check: all {len(outcomes)} parts passed")
    return 0


def _told(outcome: Outcome) -> Outcome:
    mark = "passed" if outcome.passed else "FAILED"
    print(f"{mark}  {outcome.part.name}  ({outcome.seconds:.1f} s)", flush=True)
    if not outcome.passed:
        print(outcome.output + "\n", flush=True)
    return outcome
