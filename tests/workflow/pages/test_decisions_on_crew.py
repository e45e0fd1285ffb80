"""Who takes part in a measure under way, changed at its page: offered to supervisors, refused to all others."""

from datetime import date

import pytest

from tests.workflow.pages.decision_checks import is_open_to, is_refused, offers
from tests.workflow.pages.stage import Stage, state_of
from tests.workflow.pages.visits import Visitor, words
from workflow.models import ResponsibleUnit
from workflow.models.responsible_unit import UnitKind

pytestmark = pytest.mark.django_db


def test_a_supervisor_ends_a_share_and_its_row_says_how_and_why(stage: Stage) -> None:
    measure = stage.joint()
    share, supervisor = stage.share(measure, stage.support), stage.cast.supervisor(measure.plan)

    is_open_to(supervisor, "end-share", measure, share=share.pk, outcome="waived", reason="无此职责")

    assert state_of(share) == "closed"
    page = offers(supervisor, measure)
    assert "waived" in page
    assert "无此职责" in page


def test_the_lead_that_ends_needs_another_named_on_the_form(stage: Stage) -> None:
    measure = stage.joint()
    lead, support = stage.share(measure), stage.share(measure, stage.support)
    visitor = Visitor(stage.cast.supervisor(measure.plan))
    form = {"share": lead.pk, "outcome": "dropped", "reason": "x"}
    answer = visitor.send("ledger:end-share", measure.code, **form)
    assert answer.status_code == 422
    assert "Name another open share that leads from now on" in words(answer)
    assert visitor.send("ledger:end-share", measure.code, **form, lead=support.pk).status_code == 302
    assert stage.share(measure) == support


def test_a_supervisor_of_a_bureau_with_a_share_cannot_end_one(stage: Stage) -> None:
    measure = stage.joint()
    tied = stage.cast.supervisor(measure.plan, 2, bureau=stage.support)
    sentence = (
        "Nobody decides on the end of a share in a measure in which a bureau they belong to has a share."
    )
    lead = stage.share(measure)
    is_refused(tied, 403, sentence, "end-share", measure, share=lead.pk, outcome="waived", reason="x")


def test_the_last_open_share_is_not_offered_to_end(stage: Stage) -> None:
    measure = stage.single()
    supervisor, share = stage.cast.supervisor(measure.plan), stage.share(measure)
    sentence = "A measure does not go on without an open share: have it cancelled instead."
    form = {"share": share.pk, "outcome": "waived", "reason": "x"}
    is_refused(supervisor, 409, sentence, "end-share", measure, **form)
    none = "There is no other open share that could lead."
    is_refused(supervisor, 409, none, "change-lead", measure, share=share.pk, reason="x")


def test_a_supervisor_adds_a_bureau_that_has_no_share_yet(stage: Stage) -> None:
    measure, joining = stage.joint(), stage.cast.bureau("民政局")
    supervisor = stage.cast.supervisor(measure.plan)
    form = words(Visitor(supervisor).see("ledger:add-bureau", measure.code))
    assert "民政局" in form
    assert "东街道" not in form

    is_open_to(supervisor, "add-bureau", measure, bureau=joining.pk, reason="涉及低保")

    assert state_of(stage.share(measure, joining)) == "assigned"
    assert "民政局" in offers(stage.cast.handler(joining), measure)


def test_a_supervisor_changes_the_lead(stage: Stage) -> None:
    measure = stage.joint()
    support = stage.share(measure, stage.support)
    is_open_to(stage.cast.supervisor(measure.plan), "change-lead", measure, share=support.pk, reason="调整")
    assert stage.share(measure) == support


def test_a_supervisor_names_the_bureaus_of_a_unit_that_was_to_be_resolved(stage: Stage) -> None:
    measure, joining = stage.joint(), stage.cast.bureau("民政局")
    supervisor = stage.cast.supervisor(measure.plan)
    form = {"bureaus": [joining.pk], "reason": "会议纪要"}
    sentence = "This unit does not wait to be resolved."
    is_refused(supervisor, 409, sentence, "resolve-unit", measure, **form)
    unit = ResponsibleUnit.objects.create(
        measure=measure,
        position=9,
        text="等相关部门",
        kind=UnitKind.OPEN_ENDED,
        resolve_by=date(2026, 5, 29),
    )

    is_open_to(supervisor, "resolve-unit", measure, unit=unit.pk, **form)

    assert state_of(stage.share(measure, joining)) == "assigned"
    assert "→ 民政局" in offers(supervisor, measure)


@pytest.mark.parametrize("name", ["end-share", "add-bureau", "change-lead"])
def test_nobody_changes_who_takes_part_once_the_measure_is_reported(stage: Stage, name: str) -> None:
    measure = stage.road.report(stage.joint())
    supervisor, support = stage.cast.supervisor(measure.plan), stage.share(measure, stage.support)
    given = {
        "end-share": {"share": support.pk, "outcome": "waived"},
        "add-bureau": {"bureau": stage.cast.bureau("民政局").pk},
        "change-lead": {"share": support.pk},
    }[name]
    sentence = "The measure is already reported: return it before its shares are changed."
    is_refused(supervisor, 409, sentence, name, measure, **given, reason="x")
    head = stage.cast.head(stage.lead)
    is_refused(head, 403, "Your roles do not allow this here.", name, measure, **given, reason="x")
