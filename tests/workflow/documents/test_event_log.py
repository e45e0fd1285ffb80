"""The trail as an event log: XES and OCEL 2.0 say the same of the same lines, and lose none."""

import json
from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import pytest
from django.core.management import CommandError, call_command
from django.utils.dateparse import parse_datetime
from django.utils.translation import override

from tests.factories.cast import Cast
from tests.factories.road import Road
from workflow.actions.shares import accept_share
from workflow.documents.event_log.ocel import EVENT_ATTRIBUTES, write_ocel
from workflow.documents.event_log.xes import NAMESPACE, write_xes
from workflow.models import AuditEvent, Measure
from workflow.models.audit_event import Outcome
from workflow.queries.event_log import Choice, occurrences
from workflow.rules.refusal import Refused
from workflow.states import MeasureState

pytestmark = pytest.mark.django_db


@pytest.fixture
def measures(cast: Cast, road: Road) -> list[Measure]:
    """One closed with a supporting bureau, one just dispatched, of two plans."""
    closed = road.close(road.verify(road.report(road.measure(supporting=1))))
    return [closed, road.measure(supporting=0)]


def xes(choice: Choice) -> Element:
    out = BytesIO()
    write_xes(occurrences(choice), out)
    return fromstring(out.getvalue())  # noqa: S314 - written just now, by ourselves


def ocel(choice: Choice) -> dict[str, Any]:
    out = BytesIO()
    write_ocel(choice, out)
    return dict(json.loads(out.getvalue()))


def value(element: Element, key: str) -> str | None:
    found = next((one for one in element if one.get("key") == key), None)
    return None if found is None else found.get("value")


def traces(log: Element) -> dict[str | None, list[Element]]:
    return {
        value(trace, "concept:name"): trace.findall(f"{{{NAMESPACE}}}event")
        for trace in log.findall(f"{{{NAMESPACE}}}trace")
    }


def lines(**only: Any) -> Counter[str]:
    rows = AuditEvent.objects.filter(measure__isnull=False, outcome=Outcome.DONE, **only)
    return Counter(rows.values_list("action", flat=True))


def test_xes_has_a_trace_for_each_measure_and_an_event_for_each_line(measures: list[Measure]) -> None:
    found = traces(xes(Choice()))

    assert set(found) == {measure.code for measure in measures}
    for measure in measures:
        events = found[measure.code]
        assert Counter(value(event, "concept:name") for event in events) == lines(measure=measure)
        times = [value(event, "time:timestamp") or "" for event in events]
        assert all(parse_datetime(time) for time in times)
        assert times == sorted(times)


def test_ocel_has_every_line_and_no_relation_leads_nowhere(measures: list[Measure]) -> None:
    log = ocel(Choice())

    assert Counter(event["type"] for event in log["events"]) == lines()
    objects = {one["id"]: one for one in log["objects"]}
    assert len(objects) == len(log["objects"])
    related = [link for one in (*log["events"], *log["objects"]) for link in one["relationships"]]
    assert {link["objectId"] for link in related} <= set(objects)
    assert {one["type"] for one in log["objects"]} <= {kind["name"] for kind in log["objectTypes"]}
    known = {kind["name"]: {one["name"] for one in kind["attributes"]} for kind in log["objectTypes"]}
    assert all(one["name"] in known[thing["type"]] for thing in log["objects"] for one in thing["attributes"])
    assert all(one["name"] in EVENT_ATTRIBUTES for event in log["events"] for one in event["attributes"])


def test_ocel_tells_where_a_measure_and_a_share_stood_at_any_moment(measures: list[Measure]) -> None:
    objects = {one["id"]: one for one in ocel(Choice())["objects"]}

    def states(name: str) -> list[str]:
        moves = [one for one in objects[name]["attributes"] if one["name"] == "state"]
        assert [one["time"] for one in moves] == sorted(one["time"] for one in moves)
        return [one["value"] for one in moves]

    closed = measures[0]
    assert states(f"measure:{closed.pk}") == [
        MeasureState.ASSIGNED,
        MeasureState.IN_PROGRESS,
        MeasureState.REPORTED,
        MeasureState.VERIFIED,
        MeasureState.CLOSED,
    ]
    for share in closed.shares.all():
        assert states(f"share:{share.pk}")[-1] == share.state


def test_a_log_of_one_plan_has_no_word_of_another(measures: list[Measure]) -> None:
    mine, other = measures
    log = ocel(Choice(plan=mine.plan))

    assert {event["relationships"][0]["objectId"] for event in log["events"]} == {f"measure:{mine.pk}"}
    assert other.title == mine.title or other.title not in json.dumps(log, ensure_ascii=False)
    assert set(traces(xes(Choice(plan=mine.plan)))) == {mine.code}


def test_persons_are_named_only_where_asked_for(cast: Cast, measures: list[Measure]) -> None:
    names = set(AuditEvent.objects.filter(actor__isnull=False).values_list("actor__name", flat=True))
    quiet = json.dumps([ocel(Choice())["events"]], ensure_ascii=False)
    told = json.dumps([ocel(Choice(persons=True))["events"]], ensure_ascii=False)

    acting = {name for name in names if f'"{name}"' in told}
    assert acting
    assert not [name for name in names if f'"{name}"' in quiet]


def test_refused_tries_are_left_out_unless_asked_for(cast: Cast, road: Road) -> None:
    measure = road.measure(supporting=0)
    with pytest.raises(Refused):
        accept_share(measure.shares.get(), by=cast.stranger(1))

    def refused(choice: Choice) -> list[Element]:
        events = traces(xes(choice))[measure.code]
        return [event for event in events if value(event, "lifecycle:transition") == "abort_activity"]

    assert refused(Choice()) == []
    assert len(refused(Choice(refused=True))) == 1


@pytest.mark.parametrize("name", ["trail.xes", "trail.json", "trail.jsonocel"])
def test_the_command_writes_the_format_of_the_ending(
    tmp_path: Path, measures: list[Measure], name: str
) -> None:
    call_command("export_event_log", str(tmp_path / name), language="en")

    written = (tmp_path / name).read_bytes()
    assert written.startswith(b"<?xml" if name.endswith("xes") else b"{")
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_the_command_refuses_what_it_does_not_know_and_leaves_the_old_file(
    tmp_path: Path, measures: list[Measure]
) -> None:
    old = tmp_path / "trail.xes"
    old.write_text("old")

    for path, of, sentence in (
        (tmp_path / "trail.txt", "", "which format"),
        (old, "XX", "XX"),
        (tmp_path / "nowhere" / "trail.xes", "", "cannot be written"),
    ):
        with override("en"), pytest.raises(CommandError, match=sentence):
            call_command("export_event_log", str(path), plan=of)

    assert old.read_text() == "old"
