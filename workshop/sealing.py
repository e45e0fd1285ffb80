"""The sealer of the trail beside the server of `dev.py run`: begun before it, ended with it."""

import subprocess

from workshop.environment import AGAIN, PYTHON
from workshop.running import LOG, ROOT, quietly

NO_KEY = f"The key that seals the trail could not be made: see to your rights in var/, {AGAIN}"


def ready() -> None:
    """Make the key, the first time."""
    quietly([str(PYTHON), "manage.py", "make_seal_key", "--if-none"], otherwise=NO_KEY)


def beside() -> "subprocess.Popen[bytes]":
    """Begin to seal every second; it ends when this process does. What it says goes to the log."""
    command = [str(PYTHON), "manage.py", "seal_trail", "--every", "1", "--with-parent"]
    with LOG.open("ab") as log:
        return subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
        )
