#!/usr/bin/env python3
"""The one door for people who work with this folder: `python3 dev.py run`, and what `--help` lists.

Needs Python 3.11 or newer and nothing else: every command first prepares what it needs, in `.venv`.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - the very question
    sys.exit(
        f"Python 3.11 or newer is needed and this is {sys.version.split()[0]}: start dev.py with a newer one."
    )

import argparse
import os

from workshop.checks import check
from workshop.environment import PYTHON
from workshop.preparing import prepare
from workshop.running import StoppedError, openly
from workshop.serving import run


def _test(arguments: list[str]) -> int:
    spread = [] if any(argument.startswith(("-n", "--pdb")) for argument in arguments) else ["-n", "auto"]
    return openly([str(PYTHON), "-m", "pytest", *spread, *arguments])


def _prove(arguments: list[str]) -> int:
    return openly([str(PYTHON), "-m", "pytest", "-m", "prove", *arguments], {"DUBAN_PROVE": "1"})


def _bench(arguments: list[str]) -> int:
    return openly([str(PYTHON), "-m", "benchmarks", *arguments])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py", description="Prepare, run and check this folder.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("setup", help="make the environment .venv with all that running needs")
    serving = commands.add_parser("run", help="serve the ledger with the sample plan on this machine")
    serving.add_argument("--port", type=int, default=8000, help="default: 8000")
    for name, text in {
        "test": "run the test suite; what follows goes to pytest",
        "check": "style, types, contracts, migrations, templates, translations, locks; or the parts named",
        "bench": "measure; what follows goes to the benchmarks",
        "prove": "run the long proofs; what follows goes to pytest",
    }.items():
        commands.add_parser(name, help=text, add_help=False, prefix_chars="\0")
    return parser


def _dispatch(arguments: list[str]) -> int:
    chosen, rest = _parser().parse_known_args(arguments)
    if rest and chosen.command in ("setup", "run"):
        _parser().error(f"unrecognized: {' '.join(rest)}")
    if chosen.command == "run":
        return run(chosen.port)
    prepare({"setup": "base", "check": "check"}.get(chosen.command, "test"))
    if chosen.command == "setup":
        return 0
    return {"test": _test, "check": check, "bench": _bench, "prove": _prove}[chosen.command](rest)


def main() -> int:
    """Do what the command line asks; where nothing can be done, say in one sentence what would help."""
    try:
        return _dispatch(sys.argv[1:])
    except StoppedError as stopped:
        print(stopped, file=sys.stderr)
    except OSError as why:
        place = why.filename or os.getcwd()
        print(
            f"{place} cannot be used ({why.strerror}): end the program that holds it or see to "
            "your rights there, then run the same command again.",
            file=sys.stderr,
        )
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130
    return 1


if __name__ == "__main__":
    sys.exit(main())
