"""Bureaus and the calendar are kept by administrators, whatever door the change comes through."""

from datetime import date

import pytest

from accounts.models import Bureau
from tests.factories.cast import Cast
from workflow.actions.master_data import BureauFacts, change_bureau, create_bureau, set_calendar_days
from workflow.models import AuditEvent, CalendarDay
from workflow.models.audit_event import Outcome
from workflow.rules.refusal import Forbidden
from workflow.trail.actor import INSTALLATION

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_nobody_but_an_administrator_changes_bureaus_or_the_calendar_and_the_trail_says_who_tried(
    cast: Cast,
) -> None:
    bureau = cast.bureau("教育局")
    head = cast.head(bureau)

    with pytest.raises(Forbidden):
        create_bureau(BureauFacts("新局", "bureau"), by=head)
    with pytest.raises(Forbidden):
        change_bureau(bureau, BureauFacts("改名", "bureau"), by=head, active=True)
    with pytest.raises(Forbidden):
        set_calendar_days(date(2026, 3, 3), date(2026, 3, 3), by=head, is_working=False)

    assert list(Bureau.objects.values_list("name", flat=True)) == ["教育局"]
    assert not CalendarDay.objects.exists()
    refused = AuditEvent.objects.filter(outcome=Outcome.REFUSED, actor=head)
    assert list(refused.order_by("id").values_list("action", flat=True)) == [
        "bureau.create",
        "bureau.change",
        "calendar.set",
    ]


def test_the_installation_adds_bureaus_before_there_is_an_administrator(db: None) -> None:
    root = create_bureau(BureauFacts("区政府", "bureau"), by=INSTALLATION)
    below = create_bureau(BureauFacts("教育局", "bureau", parent=root), by=INSTALLATION)

    assert Bureau.objects.get_parent(below) == root
    assert set(AuditEvent.objects.values_list("duty", flat=True)) == {"installation"}
