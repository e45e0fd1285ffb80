"""Whether a test turns red without a permission check."""

import os
import subprocess
import sys
from collections.abc import Sequence

from tests.policy.mutants import ROOT, Mutant

RED, GREEN = 1, 0


def is_killed(mutant: Mutant, tests: Sequence[str], seconds: int) -> bool:
    """Whether one of `tests` fails without the check; raises where they could not be run, or took too long."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "tests.policy.mutants",
        "-p",
        "no:cacheprovider",
        "-xq",
        *tests,
    ]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "DUBAN_MUTANT": str(mutant)},
        capture_output=True,
        timeout=seconds,
        check=False,
    )
    assert done.returncode in {RED, GREEN}, done.stdout.decode()[-3000:] + done.stderr.decode()[-3000:]
    return done.returncode == RED
