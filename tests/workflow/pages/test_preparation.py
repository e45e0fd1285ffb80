"""A plan is prepared, put on the ledger and dispatched through its pages; refusals stand at the field at fault."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import BureauKind
from tests.factories.cast import Cast
from tests.factories.clock import Clock
from tests.factories.plans import Line, MeasureFactory, PlanFactory, SectionFactory, drafted, on_ledger
from tests.workflow.pages.visits import Visitor, told, words
from workflow.models import AuditEvent, Measure, Plan, ResponsibleUnit, Target
from workflow.models.audit_event import Outcome
from workflow.models.responsible_unit import UnitKind
from workflow.states import MeasureState, PlanState, TargetState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

DUE = date(2026, 11, 30)


@pytest.fixture
def plan(cast: Cast) -> Plan:
    """A plan as read: two measures, 各街道 undecided in both, no schedule, one target."""
    read: Plan = PlanFactory()
    section = SectionFactory(plan=read, position=1)
    for n in (1, 2):
        measure = MeasureFactory(plan=read, section=section, position=n, schedule="持续推进")
        ResponsibleUnit.objects.create(
            measure=measure,
            position=1,
            text="教育局",
            is_lead=True,
            kind=UnitKind.BUREAU,
            bureau=cast.bureau("教育局"),
        )
        ResponsibleUnit.objects.create(measure=measure, position=2, text="各街道", kind=UnitKind.COLLECTIVE)
    Target.objects.create(measure=measure, position=1, text="覆盖率", comparator=">=", value=Decimal(95))
    cast.bureau("东街道", BureauKind.SUBDISTRICT)
    return read


def test_a_plan_is_prepared_put_on_the_ledger_and_dispatched_through_its_pages(
    cast: Cast, plan: Plan
) -> None:
    supervisor, approver = Visitor(cast.supervisor(plan)), Visitor(cast.approver(plan))
    offices = {"issuer": cast.issuer.pk, "supervision_office": cast.office.pk}
    measures = [measure.pk for measure in plan.measures.all()]
    target = Target.objects.get()

    supervisor.send("ledger:plan-offices", plan.code, **offices)
    supervisor.send("ledger:plan-units", plan.code, text="各街道", collective_kind="subdistrict")
    supervisor.send("ledger:plan-schedule", plan.code, measures=measures, cycle_length="quarter", basis="定")
    supervisor.send("ledger:plan-targets", plan.code, targets=[target.pk])
    approver.send("ledger:put-on-ledger", plan.code)
    page = supervisor.follow("ledger:dispatch-plan", plan.code)

    assert Plan.objects.get().state == PlanState.ON_LEDGER
    assert told(page)[-1] == "Dispatched under order 督〔2026〕1号: 2 measures."
    for measure in Measure.objects.all():
        assert measure.state == MeasureState.ASSIGNED
        assert {share.bureau.name for share in measure.shares.all()} == {"教育局", "东街道"}


def test_one_decision_on_a_units_text_serves_every_measure_in_which_it_stands(cast: Cast, plan: Plan) -> None:
    visitor = Visitor(cast.supervisor(plan))
    [panel] = visitor.see("ledger:plan-units", plan.code).context["panels"]

    page = visitor.follow("ledger:plan-units", plan.code, text="各街道", collective_kind="subdistrict")

    assert len(panel.unit.measures) == 2
    assert told(page) == ["“各街道” is decided in 2 measures."]
    assert set(ResponsibleUnit.objects.filter(text="各街道").values_list("collective_kind", flat=True)) == {
        "subdistrict"
    }


def test_a_unit_without_an_answer_is_refused_at_its_field_and_stays_undecided(cast: Cast, plan: Plan) -> None:
    answer = Visitor(cast.supervisor(plan)).send("ledger:plan-units", plan.code, text="各街道")

    assert answer.status_code == 422
    assert "bureau" in answer.context["form"].errors
    assert 'class="field-error"' in words(answer)
    assert not ResponsibleUnit.objects.filter(text="各街道").exclude(collective_kind="").exists()


def test_a_due_date_outside_the_plans_period_is_refused_at_its_field(cast: Cast, plan: Plan) -> None:
    [first, _] = plan.measures.all()

    answer = Visitor(cast.supervisor(plan)).send(
        "ledger:plan-schedule", plan.code, measures=[first.pk], due="2031-01-01"
    )

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["due"]
    assert Measure.objects.get(pk=first.pk).due is None


def test_a_schedule_for_no_measure_is_refused_at_the_list(cast: Cast, plan: Plan) -> None:
    answer = Visitor(cast.supervisor(plan)).send("ledger:plan-schedule", plan.code, cycle_length="quarter")

    assert answer.status_code == 422
    assert "measures" in answer.context["form"].errors


def test_only_ticked_measures_are_scheduled(cast: Cast, plan: Plan) -> None:
    first, second = plan.measures.all()

    Visitor(cast.supervisor(plan)).send(
        "ledger:plan-schedule", plan.code, measures=[first.pk], due="2026-11-30"
    )

    assert Measure.objects.get(pk=first.pk).due == DUE
    assert Measure.objects.get(pk=second.pk).kind == ""


def test_a_measures_page_says_what_it_lacks_and_takes_each_decision(cast: Cast, plan: Plan) -> None:
    second = plan.measures.get(position=2)
    unit, target = second.units.get(position=2), second.targets.get()
    visitor = Visitor(cast.supervisor(plan))

    def gaps() -> set[str]:
        return set(visitor.see("ledger:measure-preparation", second.code).context["gaps"])

    def decide(decision: str, **data: object) -> int:
        return visitor.send("ledger:measure-preparation", second.code, decision=decision, **data).status_code

    assert gaps() == {"unit", "schedule", "target"}
    assert decide(f"unit:{unit.pk}", resolve_by="2026-06-30", reason="待明确") == 302
    assert decide("schedule", cycle_length="quarter") == 302
    assert decide(f"confirm:{target.pk}", every_share="on") == 302
    assert decide("evaluation", due="last") == 302
    assert gaps() == set()
    assert Target.objects.get().every_share
    assert Measure.objects.get(pk=second.pk).evaluation_due == "last"


def test_a_measures_page_says_where_narrative_and_task_list_disagree(cast: Cast, plan: Plan) -> None:
    first = plan.measures.get(position=1)
    first.differences = [{"kind": "units", "narrative": "教育局、财政局", "list": "教育局、各街道"}]
    first.save(update_fields=["differences"])

    page = words(Visitor(cast.supervisor(plan)).see("ledger:measure-preparation", first.code))

    assert "narrative: 教育局、财政局; task list: 教育局、各街道" in page


def test_a_decision_about_another_measures_unit_is_not_found(cast: Cast, plan: Plan) -> None:
    first, second = plan.measures.all()
    foreign = second.units.get(position=2)

    answer = Visitor(cast.supervisor(plan)).send(
        "ledger:measure-preparation", first.code, decision=f"unit:{foreign.pk}", collective_kind="school"
    )

    assert answer.status_code == 404
    assert ResponsibleUnit.objects.get(pk=foreign.pk).collective_kind == ""


def test_only_the_approver_waives_a_target_and_gives_a_reason(cast: Cast, plan: Plan) -> None:
    measure = plan.measures.get(position=2)
    decision = f"waive:{Target.objects.get().pk}"

    def waive(person: object, reason: str) -> int:
        visitor = Visitor(person)  # type: ignore[arg-type]
        return visitor.send(
            "ledger:measure-preparation", measure.code, decision=decision, reason=reason
        ).status_code

    assert waive(cast.supervisor(plan), "太高") == 403
    assert waive(cast.approver(plan), "") == 422
    assert Target.objects.get().state == TargetState.PROPOSED
    assert waive(cast.approver(plan), "太高") == 302
    assert Target.objects.get().state == TargetState.WAIVED


def test_the_office_that_supervises_cannot_be_its_own_alternate(cast: Cast, plan: Plan) -> None:
    same = {"supervision_office": cast.office.pk, "alternate_office": cast.office.pk}

    answer = Visitor(cast.supervisor(plan)).send(
        "ledger:plan-offices", plan.code, issuer=cast.issuer.pk, **same
    )

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["alternate_office"]


FORMS = ("plan-offices", "plan-units", "plan-schedule", "plan-targets", "put-on-ledger", "plan-engagements")


@pytest.mark.parametrize("page", FORMS)
def test_a_page_of_preparation_opens_for_its_role_alone(cast: Cast, plan: Plan, page: str) -> None:
    allowed = cast.approver(plan) if page == "put-on-ledger" else cast.supervisor(plan)
    others = [cast.supervisor(plan), cast.approver(plan), cast.observer(plan), cast.auditor()]

    assert Visitor(allowed).see(f"ledger:{page}", plan.code).status_code == 200
    for person in others:
        if person != allowed:
            assert Visitor(person).see(f"ledger:{page}", plan.code).status_code == 403
            assert Visitor(person).send(f"ledger:{page}", plan.code).status_code == 403
    for person in (cast.stranger(), cast.handler(cast.bureau("教育局")), cast.administrator()):
        assert Visitor(person).see(f"ledger:{page}", plan.code).status_code == 404


def test_a_refused_decision_through_a_page_stands_in_the_trail(cast: Cast, plan: Plan) -> None:
    observer = cast.observer(plan)

    answer = Visitor(observer).send("ledger:plan-units", plan.code, text="各街道", collective_kind="school")

    assert answer.status_code == 403
    refused = AuditEvent.objects.get(outcome=Outcome.REFUSED)
    assert (refused.actor, refused.action, refused.reason) == (observer, "unit.decide", "right.missing")


def test_a_plan_that_is_not_ready_comes_back_with_what_each_measure_lacks(cast: Cast, plan: Plan) -> None:
    visitor = Visitor(cast.approver(plan))
    Visitor(cast.supervisor(plan)).send(
        "ledger:plan-offices", plan.code, issuer=cast.issuer.pk, supervision_office=cast.office.pk
    )

    answer = visitor.send("ledger:put-on-ledger", plan.code)

    assert answer.status_code == 409
    assert "2 measures are not ready" in words(answer)
    assert [one.measure for one in answer.context["missing"]] == list(plan.measures.all())
    assert Plan.objects.get().state == PlanState.DRAFT


def test_whoever_prepared_the_plan_is_told_that_they_cannot_put_it_on_the_ledger(cast: Cast) -> None:
    plan = drafted(cast, Line(cast.bureau("教育局"), due=DUE))
    preparer = cast.supervisor(plan)
    cast_as_both = cast.approver(plan)
    Plan.objects.filter(pk=plan.pk).update(preparers=[preparer.pk, cast_as_both.pk])
    visitor = Visitor(cast_as_both)

    page = visitor.see("ledger:put-on-ledger", plan.code)
    answer = visitor.send("ledger:put-on-ledger", plan.code)

    sentence = "Whoever prepared a plan does not alone put it on the ledger."
    assert page.context["obstacle"] == sentence
    assert answer.status_code == 403
    assert sentence in words(answer)


def test_a_plan_on_the_ledger_is_prepared_no_more(cast: Cast) -> None:
    plan = on_ledger(cast, Line(cast.bureau("教育局"), due=DUE))
    measure = plan.measures.get()
    visitor = Visitor(cast.supervisor(plan))

    for page in ("plan-offices", "plan-units", "plan-schedule", "plan-targets"):
        assert visitor.see(f"ledger:{page}", plan.code).status_code == 409
    assert visitor.see("ledger:measure-preparation", measure.code).url == reverse(
        "ledger:measure-detail", args=[measure.code]
    )


@pytest.mark.parametrize(
    "page", ["plan-units", "plan-schedule", "plan-targets", "put-on-ledger", "dispatch-plan"]
)
def test_the_number_of_statements_does_not_grow_with_the_plan(cast: Cast, page: str, clock: Clock) -> None:
    education = cast.bureau("教育局")

    def statements(count: int) -> int:
        lines = [Line(education, [cast.bureau("财政局")], due=DUE) for _ in range(count)]
        plan = on_ledger(cast, *lines) if page == "dispatch-plan" else drafted(cast, *lines)
        if page != "dispatch-plan":
            for measure in plan.measures.all():
                ResponsibleUnit.objects.create(
                    measure=measure, position=9, text=f"各{measure.position}", kind=UnitKind.COLLECTIVE
                )
                Target.objects.create(measure=measure, position=9, text="全覆盖")
        visitor = Visitor(cast.approver(plan) if page == "put-on-ledger" else cast.supervisor(plan))
        with CaptureQueriesContext(connection) as seen:
            assert visitor.see(f"ledger:{page}", plan.code).status_code == 200
        return len(seen)

    assert statements(6) == statements(1) <= 14
