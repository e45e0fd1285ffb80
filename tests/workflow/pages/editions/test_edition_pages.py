"""A later edition at the pages: brought in beside its plan, matched, confirmed, kept, admitted, settled."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from tests.factories.cast import Cast
from tests.factories.editions import edition_of, renewed, sections_as_read
from tests.factories.imports import drafted_import, file, importer
from tests.factories.plans import Line, Promise, drafted, on_ledger
from tests.factories.road import Road
from tests.factories.statements import statements_of
from tests.workflow.pages.visits import Visitor, told, words
from workflow.actions.plan_input import MeasureInput, TargetInput, UnitInput
from workflow.actions.preparation import decide_schedule
from workflow.intake.draft import measure_data
from workflow.models import Amendment, Measure, Plan, PlanImport
from workflow.rules.refusal import Conflict

pytestmark = pytest.mark.django_db

DUE = date(2026, 11, 30)
NEW = MeasureInput("增设站点", text="新设。", units=[UnitInput("教育局", "bureau", is_lead=True)])


@pytest.fixture
def plan(cast: Cast, road: Road) -> Plan:
    """A plan on the ledger, dispatched."""
    education, finance = cast.bureau("教育局"), cast.bureau("财政局")
    plan = on_ledger(
        cast, Line(education, [finance], due=DUE, targets=[Promise()]), Line(finance, due=DUE), title="本方案"
    )
    road.dispatch(plan)
    return plan


def changed(plan: Plan, **changes: Any) -> list[Any]:
    ((number, title, measures),) = sections_as_read(plan, **changes)
    return [(number, title, [*measures, NEW])]


@pytest.fixture
def row(cast: Cast, plan: Plan) -> PlanImport:
    """An edition that renames the first measure, drops the second and adds one."""
    return edition_of(cast, plan, changed(plan, m01={"title": "举措 P修订"}, m02=None))


def keys(row: PlanImport) -> list[int]:
    return list(row.measures.order_by("position").values_list("pk", flat=True))


def send(visitor: Visitor, row: PlanImport, **data: Any) -> Any:
    return visitor.send("ledger:import-edition", row.pk, **data)


def confirm(visitor: Visitor, row: PlanImport, **data: Any) -> Any:
    row.refresh_from_db()
    assert row.renews is not None
    return send(visitor, row, decision="confirm", version=row.version, edition=row.renews.edition, **data)


def test_the_plans_page_leads_to_bringing_in_a_later_edition(cast: Cast, plan: Plan) -> None:
    visitor = Visitor(cast.supervisor(plan))
    assert f"?renews={plan.code}" in words(visitor.see("ledger:plan-detail", plan.code))
    assert "A later edition of 本方案" in words(visitor.see("ledger:imports", renews=plan.code))
    visitor.send("ledger:imports", documents=[file()], office=cast.office.pk, renews=plan.code)
    assert PlanImport.objects.get().renews == plan


def test_who_may_not_import_for_the_office_is_not_led_there(cast: Cast, plan: Plan) -> None:
    for person in (cast.approver(plan), cast.observer(plan)):
        assert "?renews=" not in words(Visitor(person).see("ledger:plan-detail", plan.code))


def test_the_page_shows_what_is_added_changed_and_dropped(cast: Cast, plan: Plan, row: PlanImport) -> None:
    page = words(Visitor(cast.supervisor(plan)).see("ledger:import-edition", row.pk))
    assert "<ins>" in page
    assert "<del>" in page
    groups = {group.name: group.count for group in _context(cast, row)["groups"]}
    assert groups == {"changed": 1, "moved": 0, "added": 1, "dropped": 1, "renumbered": 0}


def _context(cast: Cast, row: PlanImport) -> Any:
    assert row.renews is not None
    return Visitor(cast.supervisor(row.renews)).see("ledger:import-edition", row.pk).context


def test_the_drafts_way_on_is_the_comparison(cast: Cast, plan: Plan, row: PlanImport) -> None:
    visitor = Visitor(cast.supervisor(plan))
    assert f"/imports/{row.pk}/edition/" in words(visitor.see("ledger:import", row.pk))
    assert visitor.see("ledger:confirm-import", row.pk).status_code == 302


def test_who_may_not_see_the_plan_does_not_see_it_beside_an_edition(
    cast: Cast, plan: Plan, row: PlanImport
) -> None:
    visitor = Visitor(importer(cast))
    assert visitor.see("ledger:import", row.pk).status_code == 200
    assert visitor.see("ledger:import-edition", row.pk).status_code == 404


def test_a_measure_is_matched_by_hand_and_let_go_again(cast: Cast, plan: Plan, row: PlanImport) -> None:
    visitor, (first, new) = Visitor(cast.supervisor(plan)), keys(row)
    dropped = plan.measures.get(code__endswith="-02").code
    assert send(visitor, row, decision="pair", measure=new, code=dropped).status_code == 302
    assert len(_context(cast, row)["found"].dropped) == 0
    taken = send(visitor, row, decision="pair", measure=first, code=dropped)
    assert taken.status_code == 422
    assert "no other row is matched with" in words(taken)
    send(visitor, row, decision="pair", measure=first, code="")
    assert len(_context(cast, row)["found"].added) == 1
    for key in (first, new):
        send(visitor, row, decision="pair", measure=key, code="auto")
    assert PlanImport.objects.get().pairs == {}


def test_without_a_reason_it_comes_back_with_the_sentence_at_the_measure(
    cast: Cast, plan: Plan, row: PlanImport
) -> None:
    answer = confirm(Visitor(cast.supervisor(plan)), row)
    assert answer.status_code == 422
    assert "is under way: say why it is changed or dropped." in words(answer)
    assert Plan.objects.get().edition == 1


def test_confirmed_it_leads_to_the_plan_which_names_what_is_open(
    cast: Cast, plan: Plan, row: PlanImport
) -> None:
    visitor = Visitor(cast.supervisor(plan))
    first = plan.measures.get(code__endswith="-01").code
    answer = confirm(visitor, row, reason="按新版方案", **{f"reason-{first}": "题目规范"})
    assert answer.status_code == 302
    reasons = dict(Amendment.objects.values_list("field", "reason"))
    assert reasons == {"title": "题目规范", "dropped": "按新版方案"}
    page = words(Visitor(cast.supervisor(plan)).see("ledger:plan-detail", plan.code))
    assert "Amendments to be settled" in page
    assert "waits to be prepared and admitted" in page
    assert "Edition 2" in page


def test_what_was_checked_long_ago_is_not_confirmed(cast: Cast, plan: Plan, row: PlanImport) -> None:
    answer = send(Visitor(cast.supervisor(plan)), row, decision="confirm", version=9, edition=1, reason="旧")
    assert answer.status_code == 409


def test_an_import_can_be_a_plan_of_its_own_again(cast: Cast, plan: Plan, row: PlanImport) -> None:
    visitor = Visitor(cast.supervisor(plan))
    send(visitor, row, decision="plan", plan="")
    assert PlanImport.objects.get().renews is None
    assert visitor.see("ledger:import-edition", row.pk).status_code == 409


def test_a_draft_that_is_plainly_the_same_plan_is_offered_as_its_later_edition(
    cast: Cast, plan: Plan, row: PlanImport
) -> None:
    supervisor = cast.supervisor(plan)
    visitor = Visitor(supervisor)
    send(visitor, row, decision="plan", plan="")
    assert "This looks like 本方案" in words(visitor.see("ledger:import", row.pk))
    send(visitor, row, decision="plan", plan=plan.code)
    assert PlanImport.objects.get().renews == plan


def test_another_plan_is_not_offered(cast: Cast, plan: Plan) -> None:
    row = drafted_import(cast)
    assert "This looks like" not in words(Visitor(cast.supervisor(plan)).see("ledger:import", row.pk))


def test_an_edition_stays_readable_with_its_source(cast: Cast, plan: Plan) -> None:
    renewed(cast, plan, sections_as_read(plan, m01={"text": "第二版的内容。"}), mark="e")
    renewed(cast, plan, sections_as_read(plan, m01={"text": "第三版的内容。"}), mark="f")
    visitor = Visitor(cast.observer(plan))
    assert "第二版的内容。" in words(visitor.see("ledger:plan-edition", plan.code, 2))
    assert "第三版的内容。" not in words(visitor.see("ledger:plan-edition", plan.code, 2))
    assert visitor.see("ledger:plan-source", plan.code, edition=2).status_code == 200
    assert visitor.see("ledger:plan-edition", plan.code, 9).status_code == 404


def test_a_measures_page_shows_its_amendments_before_and_after(cast: Cast, plan: Plan) -> None:
    renewed(cast, plan, sections_as_read(plan, m01={"title": "举措 P修订"}))
    first = plan.measures.get(code__endswith="-01")
    page = words(Visitor(cast.head(cast.bureau("财政局"))).see("ledger:measure-detail", first.code))
    assert "carried out" in page
    assert "按新版方案调整" in page
    assert "amended the measure after a later edition" in page


def test_an_open_amendment_is_settled_by_plan_roles_that_decide(cast: Cast, plan: Plan) -> None:
    renewed(cast, plan, sections_as_read(plan, m02=None))
    amendment = Amendment.objects.get()
    where = (amendment.measure.code, amendment.pk)
    visitor = Visitor(cast.supervisor(plan))
    assert "ledger:settle" not in words(visitor.see("ledger:settle-amendment", *where))
    assert Visitor(cast.observer(plan)).see("ledger:settle-amendment", *where).status_code == 403
    assert Visitor(cast.approver(plan)).see("ledger:settle-amendment", *where).status_code == 200
    assert visitor.send("ledger:settle-amendment", *where, settlement="").status_code == 422
    visitor.send("ledger:settle-amendment", *where, settlement="已按程序终止")
    assert "已按程序终止" in words(visitor.see("ledger:measure-detail", where[0]))
    assert visitor.see("ledger:settle-amendment", *where).status_code == 409


def test_an_added_measure_is_prepared_admitted_and_dispatched(cast: Cast, plan: Plan) -> None:
    renewed(cast, plan, changed(plan))
    added = Measure.objects.get(plan=plan, title="增设站点")
    supervisor, approver = Visitor(cast.supervisor(plan)), Visitor(cast.approver(plan))
    assert "Admit new measures" in words(approver.see("ledger:measure-detail", added.code))
    assert supervisor.see("ledger:measure-preparation", added.code).status_code == 200
    assert supervisor.see("ledger:dispatch-measure", added.code).status_code == 409
    refused = approver.send("ledger:plan-admission", plan.code, measures=[added.pk])
    assert refused.status_code == 409
    decide_schedule(added, by=cast.supervisor(plan), due=DUE)
    assert supervisor.see("ledger:plan-admission", plan.code).status_code == 403
    done = approver.follow("ledger:plan-admission", plan.code, measures=[added.pk])
    assert told(done) == ["1 measure is on the ledger now. Its supervisor can dispatch it."]
    assert supervisor.send("ledger:dispatch-measure", added.code).status_code == 302


def test_a_proposed_target_of_a_measure_under_way_is_confirmed_on_its_page(cast: Cast, plan: Plan) -> None:
    targets = [TargetInput("覆盖率", ">=", 97)]
    renewed(cast, plan, sections_as_read(plan, m01={"targets": targets}))
    measure = plan.measures.get(code__endswith="-01")
    target = measure.targets.get(state="proposed")
    visitor = Visitor(cast.supervisor(plan))
    assert f"targets/{target.pk}/confirm/" in words(visitor.see("ledger:measure-detail", measure.code))
    assert visitor.send("ledger:confirm-target", measure.code, target.pk).status_code == 302
    assert measure.targets.get(pk=target.pk).state == "confirmed"


def test_a_discarded_measure_is_shown_and_prepared_no_more(cast: Cast, plan: Plan) -> None:
    draft = drafted(cast, Line(cast.bureau("教育局"), due=DUE), Line(cast.bureau("财政局"), due=DUE))
    renewed(cast, draft, sections_as_read(draft, m02=None))
    gone = draft.measures.get(code__endswith="-02")
    visitor = Visitor(cast.supervisor(draft))
    assert visitor.see("ledger:measure-detail", gone.code).status_code == 200
    assert visitor.see("ledger:measure-preparation", gone.code).status_code == 302
    with pytest.raises(Conflict):
        decide_schedule(gone, by=cast.supervisor(draft), due=DUE)
    assert gone.code not in words(visitor.see("ledger:plan-detail", draft.code))


def test_more_measures_take_no_more_statements(cast: Cast, plan: Plan, row: PlanImport) -> None:
    visitor = Visitor(cast.supervisor(plan))
    few = statements_of(lambda: visitor.see("ledger:import-edition", row.pk))
    section = row.sections.get()
    for n in range(20):
        row.measures.create(section=section, position=n, data=measure_data(MeasureInput(f"另增{n}")))
    many = statements_of(lambda: visitor.see("ledger:import-edition", row.pk))
    assert len(many) == len(few)


def test_the_very_same_source_is_said_to_be_here_already(cast: Cast, plan: Plan, row: PlanImport) -> None:
    Plan.objects.filter(pk=plan.pk).update(source_hash=row.source_hash)
    visitor = Visitor(cast.supervisor(plan))
    assert "it cannot be confirmed again" in words(visitor.see("ledger:import-edition", row.pk))
    answer = confirm(visitor, row, reason="按新版方案")
    assert answer.status_code == 409
    assert Plan.objects.get().edition == 1


def test_an_importer_of_the_office_who_may_not_know_the_plan_is_not_sent_beside_it(
    cast: Cast, row: PlanImport
) -> None:
    beside = reverse("ledger:import-edition", args=[row.pk])

    assert beside in words(Visitor(cast.supervisor(row.renews)).see("ledger:import", row.pk))
    page = words(Visitor(importer(cast)).see("ledger:import", row.pk))
    assert beside not in page
    assert "A supervisor of the plan goes on from here." in page
