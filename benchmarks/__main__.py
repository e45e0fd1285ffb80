"""`python -m benchmarks`: W beside hand-written SQL and bare viewflow, intake of 10,000 measures, reading among 100,000 items.

Everything is a ratio in one run on PostgreSQL, in a database of its own that is dropped at the end. Ends with 1 where
the bar is not met, and with 2 where there is no PostgreSQL.
"""

import argparse
import os
import subprocess
import sys
from importlib import import_module

import django
from django.core.management import call_command

from benchmarks.database import NAME, NoServerError, own_database

PARTS = ("unit", "reading", "intake")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="Measure, as ratios in one run."
    )
    parser.add_argument("--rounds", type=int, default=5, help="default: 5")
    parser.add_argument(
        "--seconds", type=float, default=4.0, help="of each contestant in a round; default: 4"
    )
    parser.add_argument(
        "--items",
        type=int,
        nargs="+",
        default=[10_000, 100_000],
        help="open items to read among, one or more numbers; default: 10000 100000",
    )
    parser.add_argument(
        "--measures",
        type=int,
        default=10_000,
        help="measures of the plan that is read and loaded; default: 10000",
    )
    parser.add_argument(
        "--quick", action="store_true", help="two short rounds and a tenth of the items and measures"
    )
    parser.add_argument("--only", choices=PARTS, help="one of the three parts")
    parser.add_argument("--database", default=NAME, help=f"made and dropped; default: {NAME}")
    return parser.parse_args()


def _quick(chosen: argparse.Namespace) -> None:
    chosen.rounds, chosen.seconds, chosen.measures = 2, 1.0, chosen.measures // 10
    chosen.items = [items // 10 for items in chosen.items]


def _runs(chosen: argparse.Namespace) -> list[list[str]]:
    """The parts that were asked for, the reading once for each number of items."""
    runs: list[list[str]] = []
    for part in [chosen.only] if chosen.only else PARTS:
        sizes = chosen.items if part == "reading" else chosen.items[:1]
        runs += [["--only", part, "--items", str(items)] for items in sizes]
    return runs


def _apart(run: list[str]) -> int:
    """Measure in a process and a database of its own: none is slowed by what another left behind."""
    return subprocess.run([sys.executable, "-m", "benchmarks", *sys.argv[1:], *run], check=False).returncode


def main() -> int:
    """Measure what was asked for."""
    chosen = _arguments()
    runs = _runs(chosen)
    if len(runs) > 1:
        return max(_apart(run) for run in runs)
    if chosen.quick:
        _quick(chosen)
    try:
        with own_database(chosen.database) as address:
            os.environ["DATABASE_URL"] = address
            os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
            django.setup()
            call_command("migrate", verbosity=0)
            met = import_module("benchmarks.run").run(chosen, address)
    except NoServerError as why:
        print(why, file=sys.stderr)
        return 2
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
