"""The traps of viewflow and guardian that DESIGN.md lists, each sprung on purpose."""

import ast
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser, Permission
from django.contrib.staticfiles.finders import find
from django.db import connection, models, transaction
from django.urls import get_resolver
from django.utils.translation import override
from viewflow.workflow.status import STATUS

from accounts.models import Appointment, User
from accounts.models.kept import KeptForeverError
from flows.consistency import all_findings
from flows.lock import measure_row_lock
from flows.measure import MeasureFlow
from flows.models import Run, WorkItem
from flows.nodes.work import WorkActivation, work_nodes
from flows.request import RequestFlow
from flows.share import ShareFlow
from flows.work import find_item, perform
from tests.factories.cast import Cast
from tests.factories.clock import Clock
from tests.factories.plans import PlanFactory
from tests.factories.refusals import refused
from tests.factories.road import Road, fresh, open_item
from tests.factories.soundness import assert_sound
from workflow.actions.shares import send_back
from workflow.models import Measure, Plan, Share
from workflow.queries.visibility import measures_visible_to, plans_visible_to
from workflow.routing import Verb
from workflow.rules.refusal import NotFound
from workflow.states import ShareState

pytestmark = pytest.mark.django_db

ROOT = Path(settings.BASE_DIR)
STEPS = [node for flow in (ShareFlow, MeasureFlow, RequestFlow) for node in work_nodes(flow)]


@pytest.fixture
def share(road: Road) -> Share:
    """The only share of a dispatched measure."""
    measure = road.measure(supporting=0)
    return Share.objects.select_related("bureau", "measure__plan").get(measure=measure)


def test_1_the_lock_of_every_flow_is_the_measures_row_and_it_blocks(share: Share) -> None:
    for flow in (ShareFlow, MeasureFlow):
        assert flow.lock_impl is measure_row_lock
    run = Run.objects.get(share=share)
    with ShareFlow.lock(run.pk):
        assert connection.in_atomic_block
    sources = [(ROOT / name).read_text() for name in ("flows/lock.py", "workflow/trail/record.py")]
    assert not any("nowait" in source.lower() for source in sources)
    if connection.vendor == "postgresql":
        options = settings.DATABASES["default"]["OPTIONS"]["options"]
        assert "lock_timeout" in options
        assert "statement_timeout" in options


@pytest.mark.parametrize("node", STEPS, ids=lambda node: node.name)
def test_2_no_step_is_open_to_every_signed_in_person(cast: Cast, node: object, share: Share) -> None:
    item = open_item(share)
    assert node.calc_owner_permission(None)  # type: ignore[attr-defined]
    for person in (cast.stranger(), cast.handler(share.bureau), AnonymousUser()):
        assert not node.can_assign(person, item)  # type: ignore[attr-defined]
        assert not node.can_execute(person, item)  # type: ignore[attr-defined]
        assert not node.can_unassign(person, item)  # type: ignore[attr-defined]


def test_3_nothing_is_revived_past_its_permission(cast: Cast, share: Share, road: Road) -> None:
    road.accept(share)
    road.submit(share)
    lead = open_item(share)
    WorkItem.objects.filter(pk=lead.pk).update(status=STATUS.CANCELED, finished=lead.created)
    with pytest.raises(RuntimeError, match="none is revived"):
        WorkActivation(WorkItem.objects.get(pk=lead.pk)).revive()


def test_4_holding_an_item_is_not_enough_to_carry_it_out(
    cast: Cast, share: Share, road: Road, clock: Clock
) -> None:
    road.accept(share)
    handler, item = cast.handler(share.bureau), open_item(share)
    handler.memberships.update(until=date(2026, 3, 1))
    with refused("right.missing", 403):
        perform(item, by=handler, verb=Verb.SUBMIT, progress="已完成")


def test_5_no_transition_relies_on_a_permission_that_is_not_enforced_on_call() -> None:
    for model in (Measure, Share, Plan):
        for transition in model._meta.get_field("state").get_all_transitions(model):  # type: ignore[attr-defined]
            assert transition.permission is None
    for file in (ROOT / "workflow").rglob("*.py"):
        assert "has_transition_perm" not in file.read_text()
        assert "permission=" not in file.read_text() or "models" not in file.parts


def test_6_nothing_is_cancelled_or_undone_behind_the_state_machines_back(share: Share, road: Road) -> None:
    run = Run.objects.get(share=share)
    with pytest.raises(RuntimeError, match="none is cancelled"):
        ShareFlow.instance.cancel(run)
    road.accept(share)
    done = WorkItem.objects.get(share=share, status=STATUS.DONE)
    with pytest.raises(RuntimeError, match="no item is undone"):
        WorkActivation(done).undo()
    assert_sound()


def test_7_no_person_takes_work_items_with_them(cast: Cast, share: Share, road: Road) -> None:
    road.accept(share)
    assert WorkItem._meta.get_field("owner").remote_field.on_delete is models.PROTECT  # type: ignore[union-attr]
    for model in (Run, WorkItem):
        for field in model._meta.fields:
            if field.remote_field is not None:
                assert field.remote_field.on_delete is models.PROTECT
    with pytest.raises(KeptForeverError):
        cast.handler(share.bureau).delete()


def test_8_a_parent_does_not_wait_for_a_sibling_that_went_back(cast: Cast, road: Road) -> None:
    """The last approval wakes the measure's run, in whatever order the others went to and fro before."""
    measure = road.accept_all(road.measure(supporting=2))
    shares = road.shares(measure, ShareState.IN_PROGRESS)
    for one in shares[:2]:
        road.submit(one)
        road.approve(one)
    send_back(shares[0], by=cast.head(shares[0].bureau), reason="补")
    road.submit(shares[2])
    road.approve(shares[2])
    assert not WorkItem.objects.filter(measure=measure, share=None, finished=None).exists()
    road.submit(shares[0])
    road.approve(shares[0])
    assert open_item(fresh(measure)).node == "consolidate"
    assert_sound()


def test_10_11_13_viewflows_own_pages_have_no_address() -> None:
    names = str(sorted(str(key) for key in get_resolver().reverse_dict))
    modules = {
        pattern.callback.__module__
        for pattern in _patterns(get_resolver().url_patterns)
        if getattr(pattern, "callback", None) is not None
    }
    assert not any(module.startswith("viewflow") for module in modules)
    assert "viewflow" not in names


def _patterns(patterns: list[object]) -> list[object]:
    found: list[object] = []
    for pattern in patterns:
        found += _patterns(pattern.url_patterns) if hasattr(pattern, "url_patterns") else [pattern]
    return found


def test_11_viewflows_static_files_are_not_collected() -> None:
    assert find("viewflow/js/viewflow.min.js") is None


def test_12_an_item_is_refused_under_another_process(cast: Cast, share: Share, road: Road) -> None:
    other = Run.objects.exclude(share=share).filter(share__isnull=False).first() or Run.objects.get(
        share__measure=road.measure(supporting=0)
    )
    with pytest.raises(NotFound):
        find_item(cast.handler(share.bureau), other.pk, open_item(share).pk)


def test_14_a_grant_does_not_outlive_the_scope_it_was_given_for(cast: Cast) -> None:
    """Plans with a trail, bureaus and people are not deleted, so no id comes back to inherit a grant."""
    plan = PlanFactory()
    person = cast.observer(plan)
    key = plan.pk
    Plan.objects.filter(pk=key).delete()
    again = PlanFactory()
    assert again.pk != key
    assert not plans_visible_to(person).exists()
    with override("en"):
        found = [f.what for f in all_findings()]
    assert found == [f"is a role in something that is not there: plan {key}"]


def test_14_a_permission_on_the_whole_table_opens_no_row(cast: Cast, share: Share) -> None:
    person = cast.stranger()
    person.user_permissions.set(Permission.objects.filter(codename__endswith="_for_plan"))
    assert not measures_visible_to(person).exists()
    assert not plans_visible_to(person).exists()


def test_14_who_is_inactive_sees_no_row(cast: Cast, share: Share) -> None:
    person = cast.handler(share.bureau)
    assert measures_visible_to(person).exists()
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert not measures_visible_to(User.objects.get(pk=person.pk)).exists()


def test_14_nobody_is_everybody() -> None:
    assert settings.ANONYMOUS_USER_NAME is None
    assert not User.objects.filter(username="AnonymousUser").exists()
    with pytest.raises((TypeError, ValueError)), transaction.atomic():
        Appointment.objects.create(user=AnonymousUser(), role="observer")


def test_15_sqlite_takes_the_write_lock_at_the_beginning() -> None:
    if connection.vendor == "sqlite":
        options = settings.DATABASES["default"]["OPTIONS"]
        assert options["transaction_mode"] == "IMMEDIATE"
        assert "journal_mode=WAL" in options["init_command"]
    else:
        assert connection.vendor == "postgresql"


def test_16_nothing_here_imports_what_carries_a_commercial_header() -> None:
    for package in ("accounts", "config", "flows", "workflow"):
        for file in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text())):
                names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                assert not any(name.startswith("viewflow.fsm") for name in names), file
