"""认定: the uploader proposes a grade, who verifies confirms it, and both are kept."""

from datetime import date

import pytest
from django.core.files.base import ContentFile

from accounts.models import User
from accounts.roles import Role
from flows.work import claim
from tests.factories.cast import Cast, appoint, join
from tests.factories.refusals import refused
from tests.factories.road import Road, fresh, open_item
from tests.factories.soundness import assert_sound
from tests.factories.statements import statements_of
from workflow.actions.evidence import add_evidence, confirm_grade, remove_evidence
from workflow.models import AuditEvent, Evidence, Measure, Share
from workflow.trail.actions import AuditAction

pytestmark = pytest.mark.django_db


@pytest.fixture
def measure(cast: Cast, road: Road) -> Measure:
    """Of a lead and a supporting bureau, in progress; one file lies with the lead's report."""
    measure = road.accept_all(road.measure(supporting=1))
    _add(cast, measure)
    return measure


def _add(cast: Cast, measure: Measure) -> Evidence:
    share = Share.objects.select_related("bureau", "measure").get(measure=measure, is_lead=True)
    by, content = cast.handler(share.bureau), ContentFile(b"proof")
    return add_evidence(share, by=by, name="证明.pdf", content=content, grade="A")


def _file() -> Evidence:
    return Evidence.objects.select_related("share_cycle__share__measure").get()


@pytest.fixture
def file(road: Road, measure: Measure) -> Evidence:
    """The file, before who verifies."""
    road.report(measure)
    return _file()


@pytest.mark.parametrize("grade", ["A", "C"])
def test_the_supervisor_confirms_the_grade_or_gives_another_and_the_proposal_stays(
    cast: Cast, file: Evidence, measure: Measure, grade: str
) -> None:
    by = cast.supervisor(measure.plan)
    confirm_grade(file, by=by, grade=grade)
    assert (_file().grade_proposed, _file().grade_confirmed) == ("A", grade)
    line = AuditEvent.objects.latest("pk")
    assert (line.action, line.actor, line.role) == (
        AuditAction.EVIDENCE_CONFIRM_GRADE,
        by,
        Role.SUPERVISOR,
    )
    assert line.payload == {"name": "证明.pdf", "proposed": "A", "grade": grade}
    assert_sound()


def test_a_grade_is_changed_until_the_measure_is_verified_and_stands_afterwards(
    cast: Cast, road: Road, file: Evidence, measure: Measure
) -> None:
    by = cast.supervisor(measure.plan)
    for grade in "BC":
        confirm_grade(file, by=by, grade=grade)
    assert _file().grade_confirmed == "C"
    road.verify(measure)
    with refused("state.wrong", 409):
        confirm_grade(file, by=by, grade="A")


def test_it_changes_no_state_and_takes_at_most_ten_statements(
    cast: Cast, file: Evidence, measure: Measure
) -> None:
    by = cast.supervisor(measure.plan)
    taken = statements_of(lambda: confirm_grade(file, by=by, grade="B"))
    assert len(taken) <= 10, "\n".join(taken)
    assert fresh(measure).state == "reported"


@pytest.mark.parametrize(
    "who", ["approver", "handler of the lead", "head of the lead", "observer", "stranger"]
)
def test_only_a_supervisor_of_the_plan_confirms(
    cast: Cast, file: Evidence, measure: Measure, who: str
) -> None:
    lead = cast.bureau("教育局")
    person: User = {
        "approver": lambda: cast.approver(measure.plan),
        "handler of the lead": lambda: cast.handler(lead),
        "head of the lead": lambda: cast.head(lead),
        "observer": lambda: cast.observer(measure.plan),
        "stranger": cast.stranger,
    }[who]()
    with refused("right.missing", 403):
        confirm_grade(file, by=person, grade="A")


def test_rule_2_holds_for_the_grade_as_for_the_verification(
    cast: Cast, file: Evidence, measure: Measure
) -> None:
    member = cast.supervisor(measure.plan, 2)
    join(member, cast.bureau("配合单位1"))
    with refused("separation.verify_bureau", 403):
        confirm_grade(file, by=member, grade="A")
    writer = cast.handler(cast.bureau("教育局"))
    writer.memberships.update(since=date(2019, 1, 1), until=date(2019, 12, 31))
    appoint(writer, Role.SUPERVISOR, measure.plan)
    with refused("separation.verify_report", 403):
        confirm_grade(file, by=writer, grade="A")


def test_while_one_supervisor_holds_the_verification_no_other_confirms(
    cast: Cast, file: Evidence, measure: Measure
) -> None:
    claim(open_item(measure), by=cast.supervisor(measure.plan))
    with refused("item.held", 409):
        confirm_grade(file, by=cast.supervisor(measure.plan, 2), grade="A")


def test_a_grade_that_there_is_not_is_asked_again(cast: Cast, file: Evidence, measure: Measure) -> None:
    with refused("input.grade", 422):
        confirm_grade(file, by=cast.supervisor(measure.plan), grade="D")


def test_nothing_is_confirmed_before_the_measure_is_reported(cast: Cast, measure: Measure) -> None:
    with refused("state.wrong", 409):
        confirm_grade(_file(), by=cast.supervisor(measure.plan), grade="A")


def test_a_file_that_was_taken_out_of_the_report_has_no_grade_to_confirm(
    cast: Cast, road: Road, measure: Measure
) -> None:
    remove_evidence(_file(), by=cast.handler(cast.bureau("教育局")))
    road.report(measure)
    with refused("thing.unknown", 404):
        confirm_grade(_file(), by=cast.supervisor(measure.plan), grade="A")
