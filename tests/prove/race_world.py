"""What the races need: a bureau with many handlers and a head, and shares waiting in several places.

As a program (`python -m tests.prove.race_world`) it works on the database of the environment and answers lines with
JSON, so that the served process, the proof and the suite need not share a database or a process.
"""

import json
import os
import sys
from datetime import date, timedelta
from typing import Any

import django

PASSWORD = "race-the-others-07"


def build(people: int, items: int) -> dict[str, Any]:
    """Migrated tables in, a plan dispatched to one bureau: `items` measures for each of three races.

    Returns who may sign in (user name → name), and for each race its work items as (run, item, share, code).
    """
    from django.contrib.auth.hashers import make_password

    from accounts.models import User
    from tests.factories.cast import Cast
    from tests.factories.plans import Line, on_ledger
    from tests.factories.road import Road

    cast, bureau_day = Cast(), date.today()  # noqa: DTZ011 - the served process lives by the machine's day
    bureau = cast.bureau("教育局")
    handlers = [cast.handler(bureau, n) for n in range(1, people + 1)]
    named = {person.pk: f"经办{n:03}" for n, person in enumerate(handlers, start=1)}
    head = cast.head(bureau)
    named[head.pk] = "负责人"
    secret = make_password(PASSWORD)
    for key, name in named.items():
        User.objects.filter(pk=key).update(name=name, password=secret)
    line = Line(bureau, due=bureau_day + timedelta(days=60))
    period = {"period_start": bureau_day - timedelta(days=30), "period_end": bureau_day + timedelta(days=90)}
    plan = on_ledger(cast, *[line] * (3 * items), **period)
    road = Road(cast)
    measures = road.dispatch(plan)
    for measure in measures[2 * items :]:
        road.accept_all(measure)
    return {
        "people": {person.username: named[person.pk] for person in handlers},
        "head": {head.username: named[head.pk]},
        "claim": [_place(measure) for measure in measures[:items]],
        "accept": [_place(measure) for measure in measures[items : 2 * items]],
        "report": [_place(measure) for measure in measures[2 * items :]],
    }


def _place(measure: Any) -> dict[str, Any]:
    from flows.models import WorkItem

    item = WorkItem.objects.get(measure=measure, finished=None)
    return {"run": item.process_id, "item": item.pk, "share": item.share_id, "code": measure.code}


def account() -> dict[str, Any]:
    """What the database says: a digest, who holds or did each item, what is open, the trail's counts, what is astray.

    Keys are texts where JSON would make them texts.
    """
    from django.db.models import Count

    from flows.models import WorkItem
    from tests.policy.ledger_digest import ledger_digest
    from workflow.models import AuditEvent, Share

    told = AuditEvent.objects.filter(measure__isnull=False)
    events = told.values_list("measure__code", "action", "outcome").annotate(n=Count("pk"))
    return {
        "digest": ledger_digest(),
        "owner": {
            str(item.pk): item.owner.username
            for item in WorkItem.objects.exclude(owner=None).select_related("owner")
        },
        "open": {item.measure.code: [item.process_id, item.pk] for item in _open()},
        "state": dict(Share.objects.values_list("measure__code", "state")),
        "events": {f"{code} {action} {outcome}": n for code, action, outcome, n in events},
        "astray": astray(),
    }


def _open() -> Any:
    from flows.models import WorkItem

    return WorkItem.objects.filter(finished=None).select_related("measure")


def astray() -> list[str]:
    """What cannot be: a share whose open item is another step's, a run with two, counts that do not add up."""
    from flows.models import Run
    from workflow.models import Measure

    waits = {"assigned": ["accept"], "in_progress": ["fill"], "reported": ["review"], "verified": []}
    found = []
    for run in Run.objects.filter(share__isnull=False).select_related("share", "measure"):
        nodes = [item.node for item in run.task_set.filter(finished=None)]
        if nodes != waits.get(run.share.state, []):
            found.append(f"{run.measure.code}: {run.share.state} with {nodes}")
    for measure in Measure.objects.prefetch_related("shares"):
        states = [share.state for share in measure.shares.all()]
        counted = (measure.shares_unaccepted, measure.shares_reported, measure.shares_verified)
        if counted != tuple(states.count(state) for state in ("assigned", "reported", "verified")):
            found.append(f"{measure.code}: {counted} of {states}")
        numbers = sorted(measure.events.values_list("seq", flat=True))
        if numbers != list(range(1, measure.event_seq + 1)):
            found.append(f"{measure.code}: the trail's numbers have a gap")
    return found


def attend() -> None:
    """Answer each line of standard input (`build PEOPLE ITEMS`, `account`) with a line of JSON."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    for line in sys.stdin:
        what, *numbers = line.split()
        done = account() if what == "account" else build(*map(int, numbers))
        sys.stdout.write(json.dumps(done) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    attend()
