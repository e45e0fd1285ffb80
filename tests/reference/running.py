"""Runs programs and counts what they reached: every transition of DOMAIN.md's tables, every kind of refusal."""

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.factories.cast import Cast
from tests.factories.clock import Clock
from tests.reference.programs import Programs
from tests.reference.things import Kind
from tests.reference.world import World

Move = tuple[str, str, str, str]
STEPS = 50
OPEN = ("assigned", "in_progress", "reported", "verified")


def _moves(thing: str, verb: str, sources: str, to: str) -> set[Move]:
    return {(thing, verb, source, to) for source in sources.split()}


MEASURE = (
    ("dispatch", "draft", "assigned"),
    ("begin", "assigned", "in_progress"),
    ("report", "in_progress", "reported"),
    ("verify", "reported", "verified"),
    ("rework", "reported verified", "in_progress"),
    ("fail", "verified", "in_progress"),
    ("close_cycle", "verified", "in_progress"),
    ("miss_cycle", "assigned in_progress reported", "in_progress"),
    ("close", "verified", "closed"),
    ("to_routine", "in_progress", "closed"),
    ("cancel", "draft assigned in_progress reported verified", "cancelled"),
    ("reopen", "closed", "in_progress"),
)
SHARE = (
    ("accept", "assigned", "in_progress"),
    ("force_accept", "assigned", "in_progress"),
    ("submit", "in_progress", "reported"),
    ("withdraw", "reported", "in_progress"),
    ("approve", "reported", "verified"),
    ("send_back", "reported verified", "in_progress"),
    ("rework", "verified", "in_progress"),
    ("renew", "in_progress reported verified", "in_progress"),
    ("end:waived", "assigned in_progress reported verified", "closed"),
    ("end:dropped", "assigned in_progress reported verified", "closed"),
    ("grant:dropped", "assigned in_progress", "closed"),
    ("grant:transferred", "assigned in_progress", "closed"),
    ("close:done", "verified", "closed"),
    ("cancel:cancelled", "assigned in_progress reported verified", "closed"),
    ("to_routine:done", "in_progress", "closed"),
    ("reopen", "closed", "in_progress"),
)
REQUEST = (
    ("sign", "raised", "signed"),
    ("decline", "raised", "withdrawn"),
    ("withdraw", "raised signed", "withdrawn"),
    ("lapse", "raised signed", "withdrawn"),
    ("reject", "signed", "rejected"),
    *(
        (f"grant:{kind}", "signed", "granted")
        for kind in ("extension", "refusal", "transfer", "coordination")
    ),
)
TABLES: frozenset[Move] = frozenset(
    move
    for thing, rows in (("measure", MEASURE), ("share", SHARE), ("request", REQUEST))
    for verb, sources, to in rows
    for move in _moves(thing, verb, sources, to)
)
"""Every transition of DOMAIN.md's tables, an exit or a request's end included, once for each state it leaves."""

NEVER = frozenset({("claim_measure", Kind.STATE)})
"""What programs do not try: there is no item to claim."""


def run_programs(cast: Cast, clock: Clock, first: int, batches: int, programs: int) -> type[Programs]:
    """Run so many batches of seeded programs of at most STEPS steps; returns the machine with its counts."""
    Programs.world, Programs.clock = World(cast), clock
    Programs.forget()
    how = settings(
        max_examples=programs,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    for batch in range(first, first + batches):
        run_state_machine_as_test(seed(batch)(Programs), settings=how)
    return Programs
