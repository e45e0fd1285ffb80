"""Lock files hold names, versions and hashes, and no address: `python -m workshop.locks`."""

import json
import re
import sys
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from workshop.running import ROOT

PIN = re.compile(r"^[A-Za-z0-9._-]+(\[[^\]]+\])?==\S+( ; .+)? \\$")
OPTION_OR_ADDRESS = re.compile(r"^\s*-(?!-hash=)|://|\bfile:|\s@\s")


def wrong_in_requirements(path: Path) -> Iterator[str]:
    """What is wrong in one hash-pinned requirements file, a line each."""
    lines = [
        line for line in path.read_text(encoding="utf-8").splitlines() if not line.lstrip().startswith("#")
    ]
    for line, after in zip_longest(lines, lines[1:], fillvalue=""):
        if OPTION_OR_ADDRESS.search(line):
            yield f"{path.name}: an address or an option: {line.strip()}"
        elif not line.startswith(" ") and not PIN.match(line):
            yield f"{path.name}: not pinned: {line.strip()}"
        elif PIN.match(line) and not after.strip().startswith("--hash=sha256:"):
            yield f"{path.name}: without a hash: {line.strip()}"


def wrong_in_packages(path: Path) -> Iterator[str]:
    """What is wrong in npm's lock file, a line each."""
    for name, package in json.loads(path.read_text(encoding="utf-8"))["packages"].items():
        if "resolved" in package:
            yield f"{path.name}: an address: {name}"
        if name and "integrity" not in package:
            yield f"{path.name}: without a hash: {name}"


def main() -> int:
    """Print what is wrong in the lock files; 1 when something is."""
    found = [line for path in sorted(ROOT.glob("requirements/*.txt")) for line in wrong_in_requirements(path)]
    found += wrong_in_packages(ROOT / "package-lock.json")
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
