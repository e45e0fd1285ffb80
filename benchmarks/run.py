"""The parts of a run, once Django stands."""

import argparse

from django.db import connection

from benchmarks.bare_viewflow import BareViewflow
from benchmarks.counting import Meter
from benchmarks.handwritten import HandWritten
from benchmarks.intake import intake
from benchmarks.measure import check, count_costs, enter, run_rounds
from benchmarks.ours import Ours
from benchmarks.reading import read
from benchmarks.report import print_server, print_unit, verdict_on_unit


def run(chosen: argparse.Namespace, address: str) -> bool:
    """Measure the part that was asked for and print; False where the bar is not met."""
    print_server(connection)
    if chosen.only == "unit":
        met = _unit(address, chosen.rounds, chosen.seconds)
    elif chosen.only == "reading":
        met = read(address, chosen.items[0])
    else:
        met = intake(chosen.measures)
    connection.close()
    return met


def _unit(address: str, rounds: int, seconds: float) -> bool:
    scores = enter([HandWritten(address), BareViewflow(), Ours()])
    meter = Meter(address)
    run_rounds(scores, rounds, seconds, meter)
    count_costs(scores, meter)
    check(scores)
    meter.close()
    print_unit(scores, rounds, seconds)
    return verdict_on_unit(scores)
