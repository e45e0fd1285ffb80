"""What verification finds when somebody gets past the guards, and that sound chains are said to hold."""

from collections.abc import Callable

import pytest
from django.db import connection, models, transaction
from pytest_django import Settings

from tests.factories.road import Road, fresh
from tests.factories.trail import unguarded
from workflow.actions.people import register_person
from workflow.models import AuditEvent, Measure, Plan
from workflow.trail import verifying
from workflow.trail.actor import INSTALLATION
from workflow.trail.canonical import values_of
from workflow.trail.chain import BEGINNING, SHA256, SM3, hash_of
from workflow.trail.verifying import Break, BrokenChain, Glance, glance, verify

pytestmark = pytest.mark.django_db
PAST = models.QuerySet


@pytest.fixture
def measure(road: Road) -> Measure:
    """A measure with its life behind it."""
    return fresh(road.close(road.verify(road.report(road.measure(supporting=0)))))


def _lines(measure: Measure) -> "models.QuerySet[AuditEvent]":
    return PAST(AuditEvent).filter(chain=f"measure:{measure.pk}").order_by("seq")


def _change(measure: Measure) -> None:
    _lines(measure).filter(seq=4).update(reason="forged")


def _change_and_hash(measure: Measure) -> None:
    line = _lines(measure).get(seq=4)
    line.reason = "forged"
    PAST(AuditEvent).filter(pk=line.pk).update(reason="forged", hash=hash_of(values_of(line)))


def _swap(measure: Measure) -> None:
    _lines(measure).filter(seq=4).update(seq=900)
    _lines(measure).filter(seq=5).update(seq=4)
    _lines(measure).filter(seq=900).update(seq=5)


def _take_out_and_number_anew(measure: Measure) -> None:
    _lines(measure).filter(seq=4).delete()
    for line in _lines(measure).filter(seq__gt=4):
        PAST(AuditEvent).filter(pk=line.pk).update(seq=line.seq - 1)


FORGERIES: dict[str, tuple[Callable[[Measure], object], set[tuple[Break, int]]]] = {
    "a line changed": (_change, {(Break.HASH, 4)}),
    "a line changed and hashed anew": (_change_and_hash, {(Break.PREVIOUS, 5)}),
    "a line taken out": (
        lambda m: _lines(m).filter(seq=4).delete(),
        {(Break.NUMBER, 5), (Break.PREVIOUS, 5)},
    ),
    "the first line taken out": (
        lambda m: _lines(m).filter(seq=1).delete(),
        {(Break.NUMBER, 2), (Break.PREVIOUS, 2)},
    ),
    "two lines swapped": (
        _swap,
        {(Break.PREVIOUS, 4), (Break.HASH, 4), (Break.PREVIOUS, 5), (Break.HASH, 5), (Break.PREVIOUS, 6)},
    ),
    "an algorithm that is none": (
        lambda m: _lines(m).filter(seq=4).update(algorithm="md5"),
        {(Break.HASH, 4)},
    ),
    "particulars without a form": (
        lambda m: _lines(m).filter(seq=4).update(payload={"a": 1.5}),
        {(Break.HASH, 4)},
    ),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forgery_is_found_where_it_is(measure: Measure, forgery: str) -> None:
    forge, due = FORGERIES[forgery]
    chain = f"measure:{measure.pk}"
    with unguarded():
        _unheard(forge, measure)
    assert set(verify()) == {BrokenChain(code, chain, seq) for code, seq in due}
    assert set(verify(measure=measure)) == set(verify(plan=measure.plan)) == set(verify())
    assert glance(measure).broken_at == min(seq for _code, seq in due)


def _unheard(forge: Callable[[Measure], object], measure: Measure) -> None:
    """Forge past the model's own listener, as plain SQL would."""
    models.signals.pre_delete.receivers, kept = [], models.signals.pre_delete.receivers
    models.signals.pre_delete.sender_receivers_cache.clear()
    try:
        forge(measure)
    finally:
        models.signals.pre_delete.receivers = kept
        models.signals.pre_delete.sender_receivers_cache.clear()


def test_a_line_taken_out_and_the_rest_numbered_anew_breaks_at_each_of_them(measure: Measure) -> None:
    with unguarded():
        _unheard(_take_out_and_number_anew, measure)
    found = list(verify())
    assert {one.code for one in found} == {Break.PREVIOUS, Break.HASH, Break.TAIL}
    assert glance(measure).broken_at == 4


def test_a_tail_cut_off_is_missed_by_the_count_of_the_measure(measure: Measure) -> None:
    last = measure.event_seq
    with unguarded():
        _unheard(lambda m: _lines(m).filter(seq=last).delete(), measure)
    assert list(verify()) == [BrokenChain(Break.TAIL, f"measure:{measure.pk}", last)]
    assert glance(measure) == Glance(last - 1, last)


def test_a_chain_that_is_gone_is_missed(measure: Measure) -> None:
    with unguarded():
        _unheard(lambda m: _lines(m).delete(), measure)
    assert [one.code for one in verify(measure=measure)] == [Break.TAIL]


def test_a_line_moved_to_another_chain_is_missed_there_and_wrong_here(measure: Measure, road: Road) -> None:
    other = road.measure(supporting=0)
    with unguarded():
        _lines(measure).filter(seq=measure.event_seq).update(
            chain=f"measure:{other.pk}", seq=fresh(other).event_seq + 1
        )
    chains = {(one.chain, one.code) for one in verify()}
    assert (f"measure:{measure.pk}", Break.TAIL) in chains
    assert (f"measure:{other.pk}", Break.HASH) in chains


def test_sound_chains_hold_and_each_batch_is_told(measure: Measure, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying, "BATCH", 4)
    register_person("li", by=INSTALLATION, name="李", password=None)
    told: list[int] = []
    assert list(verify(tell=told.append)) == []
    assert sum(told) == AuditEvent.objects.count()
    assert max(told) <= 4
    assert glance(measure) == Glance(measure.event_seq, None)
    assert AuditEvent.objects.get(chain=f"measure:{measure.pk}", seq=1).previous_hash == BEGINNING


def test_a_glance_looks_at_the_last_lines_alone(measure: Measure, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying, "GLANCE", 3)
    with unguarded():
        _change(measure)
    assert glance(measure) == Glance(measure.event_seq, None)
    assert glance(Measure(pk=0)) == Glance(0, None)


def test_a_chain_goes_over_to_sm3_midway(road: Road, settings: Settings) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pgcrypto")
    measure = road.measure(supporting=0)
    settings.TRAIL_ALGORITHM = SM3
    road.accept_all(measure)
    settings.TRAIL_ALGORITHM = SHA256
    road.report(measure)
    used = list(_lines(measure).values_list("algorithm", flat=True))
    assert (used[0], used[-1]) == (SHA256, SHA256)
    assert SM3 in used
    assert list(verify()) == []


def test_lines_of_a_plan_are_those_of_its_measures_too(measure: Measure, road: Road) -> None:
    other = road.measure(supporting=0)
    with unguarded(), transaction.atomic():
        _lines(other).filter(seq=1).update(reason="forged")
    assert list(verify(plan=measure.plan)) == []
    assert [one.seq for one in verify(plan=Plan.objects.get(pk=other.plan_id))] == [1]
