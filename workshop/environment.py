"""Makes `.venv` hold the locked packages: with uv where it is on the PATH, else with venv and pip."""

import hashlib
import json
import os
import shutil
import sys
from pathlib import Path

from workshop.running import ROOT, StoppedError, answers, quietly

VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
LOCKS = ROOT / "requirements"
STAMP = VENV / "installed.json"

UV = {"UV_PYTHON_DOWNLOADS": "never", "UV_SYSTEM_CERTS": "true", "UV_NATIVE_TLS": "true"}
"""uv takes the Python that is here, and trusts whom the machine trusts (by the variable's new and old name)."""

GROUPS = ("base", "test", "check")
"""Each lock holds all of the one before it, so that one file is installed."""

AGAIN = "then run the same command again."
NO_VENV = (
    "The environment .venv could not be made: install the venv module of this Python "
    f"(Debian and Ubuntu: apt install python3-venv), {AGAIN}"
)
NO_PACKAGES = (
    "The packages could not be installed: check the network and the space on the disk, "
    f"or name a mirror in PIP_INDEX_URL (for uv: UV_DEFAULT_INDEX), {AGAIN}"
)


def install(group: str) -> None:
    """Let `.venv` hold the packages of `group` and of those below it. Does nothing when it does already."""
    held, digest = _stamp(), locks_digest(LOCKS)
    level = max(GROUPS.index(group), GROUPS.index(held["group"]) if held else 0)
    if held == {"locks": digest, "group": GROUPS[level]} and _works():
        return
    uv = shutil.which("uv")
    if not _works() or (uv is None and not _works("pip")):
        _make(uv)
    STAMP.unlink(missing_ok=True)
    print(f"Installing the locked packages ({GROUPS[level]}) …", flush=True)
    lock = str(LOCKS / f"{GROUPS[level]}.txt")
    quietly([*installer(uv), lock], otherwise=NO_PACKAGES, extra=UV)
    STAMP.write_text(json.dumps({"locks": digest, "group": GROUPS[level]}), encoding="utf-8")


def installer(uv: str | None, *, into: Path | None = None) -> list[str]:
    """The command that installs the lock file named after it, into `.venv` or the folder `into`."""
    held = ["--require-hashes", "--only-binary", ":all:", "--quiet"]
    if uv is not None and into is None:
        return [uv, "pip", "sync", "--python", str(PYTHON), *held]
    if uv is not None:
        return [uv, "pip", "install", "--python", str(PYTHON), "--target", str(into), *held, "-r"]
    calm = ["--disable-pip-version-check", "--no-input", "--retries", "2"]
    target = [] if into is None else ["--target", str(into)]
    return [str(PYTHON), "-m", "pip", "install", *calm, *held, *target, "-r"]


def locks_digest(folder: Path) -> str:
    """One hash over the lock files of all groups in `folder`."""
    total = hashlib.sha256()
    for group in GROUPS:
        total.update((folder / f"{group}.txt").read_bytes())
    return total.hexdigest()


def _stamp() -> dict[str, str]:
    try:
        held = json.loads(STAMP.read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
    return held if isinstance(held, dict) and held.get("group") in GROUPS else {}


def _works(module: str = "sys") -> bool:
    """Whether the environment's Python starts and has `module`."""
    code = f"import sys, {module}; print(sys.version_info >= (3, 11))"
    return PYTHON.exists() and answers([str(PYTHON), "-c", code]) == "True"


def _make(uv: str | None) -> None:
    print("Making the environment .venv …", flush=True)
    if VENV.exists():
        shutil.rmtree(VENV)
    if uv is not None:
        command = [uv, "venv", "--quiet", "--python", sys.executable, str(VENV)]
    else:
        command = [sys.executable, "-m", "venv", str(VENV)]
    quietly(command, otherwise=NO_VENV, extra=UV)
    if not _works():
        raise StoppedError(NO_VENV)


def certificates() -> dict[str, str]:
    """Variables that let Node trust what the other tools here were told to trust (behind a proxy)."""
    if "NODE_EXTRA_CA_CERTS" in os.environ:
        return {}
    for told in ("PIP_CERT", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        if os.environ.get(told):
            return {"NODE_EXTRA_CA_CERTS": os.environ[told]}
    return {}
