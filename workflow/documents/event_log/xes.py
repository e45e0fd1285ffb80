"""An event log in XES: one trace for each measure, one event for each line of its trail (IEEE 1849-2016)."""

from collections.abc import Iterable
from itertools import groupby
from typing import IO
from xml.etree.ElementTree import Element, tostring

from workflow.models.audit_event import Outcome
from workflow.queries.event_log import Occurrence

NAMESPACE = "http://www.xes-standard.org/"
EXTENSIONS = {
    "Concept": ("concept", "http://www.xes-standard.org/concept.xesext"),
    "Time": ("time", "http://www.xes-standard.org/time.xesext"),
    "Lifecycle": ("lifecycle", "http://www.xes-standard.org/lifecycle.xesext"),
    "Organizational": ("org", "http://www.xes-standard.org/org.xesext"),
}


def write_xes(found: Iterable[Occurrence], out: IO[bytes]) -> int:
    """Write the occurrences, which come measure by measure, as a log; returns how many. Holds one at a time."""
    count = 0
    out.write(b'<?xml version="1.0" encoding="utf-8"?>\n')
    out.write(f'<log xes.version="2.0" xes.features="" xmlns="{NAMESPACE}">\n'.encode())
    for name, (prefix, uri) in EXTENSIONS.items():
        _write(Element("extension", name=name, prefix=prefix, uri=uri), out)
    for code, trace in groupby(found, key=lambda one: one.code):
        out.write(b"<trace>\n")
        _write(_attribute("concept:name", code), out)
        for occurrence in trace:
            _write(_event(occurrence), out)
            count += 1
        out.write(b"</trace>\n")
    out.write(b"</log>\n")
    return count


def _write(element: Element, out: IO[bytes]) -> None:
    out.write(tostring(element, encoding="utf-8") + b"\n")


def _event(one: Occurrence) -> Element:
    event = Element("event")
    event.append(_attribute("concept:name", one.action.value))
    event.append(_attribute("time:timestamp", one.at.isoformat(), kind="date"))
    is_done = one.outcome == Outcome.DONE
    event.append(_attribute("lifecycle:transition", "complete" if is_done else "abort_activity"))
    for key, value in (
        ("label", str(one.action.label)),
        ("org:role", one.role),
        ("org:group", one.bureau),
        ("org:resource", one.person),
        ("from_state", one.from_state),
        ("to_state", one.to_state),
        ("thing", one.thing.name if one.thing else ""),
    ):
        if value:
            event.append(_attribute(key, value))
    return event


def _attribute(key: str, value: str, kind: str = "string") -> Element:
    return Element(kind, key=key, value=value)
