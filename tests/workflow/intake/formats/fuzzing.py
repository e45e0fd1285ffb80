"""Many mutated files one after the other; formats that native code reads in a process of their own, which may die.

`python -m tests.workflow.intake.formats.fuzzing KIND FIRST LAST` prints a sign for each: + read, - refused.
"""

import subprocess
import sys
from collections.abc import Iterator
from random import Random

from tests.workflow.intake.formats.mutations import assert_sound, mutated, read
from workflow.intake.formats.confined import limit_memory
from workflow.intake.formats.confinement import ROOT
from workflow.intake.formats.kinds import Kind

NATIVE = (Kind.OLD_EXCEL, Kind.PDF)
DEATHS_MOST = 0.05


def fuzz(kind: Kind, first: int, last: int) -> tuple[int, int]:
    """Read a mutated file for each seed from `first` to before `last`; how many were read, how many refused.

    A process that its limit of memory ended has refused the file that it was at.
    """
    signs = _elsewhere(kind, first, last) if kind in NATIVE else "".join(_signs(kind, first, last))
    assert len(signs) == last - first
    assert signs.count("!") <= DEATHS_MOST * (last - first)
    return signs.count("+"), signs.count("-") + signs.count("!")


def _signs(kind: Kind, first: int, last: int) -> Iterator[str]:
    for seed in range(first, last):
        content = read(kind, mutated(kind, Random(f"{kind}-{seed}")))
        if content is not None:
            assert_sound(content)
        yield "-" if content is None else "+"


def _elsewhere(kind: Kind, first: int, last: int) -> str:
    """A sign for each seed, ! where the process died."""
    signs = ""
    while len(signs) < last - first:
        command = [sys.executable, "-m", __name__, kind.value, str(first + len(signs)), str(last)]
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
        assert done.returncode <= 0, done.stderr
        signs += done.stdout + ("!" if done.returncode else "")
    return signs


if __name__ == "__main__":
    limit_memory()
    for sign in _signs(Kind(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])):
        sys.stdout.write(sign)
        sys.stdout.flush()
