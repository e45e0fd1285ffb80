"""Dates on the pages, all in one form, each deadline with its days; and a measure's timeline, folded when long."""

import re
from datetime import date

import pytest
from django.conf import settings

from accounts.models import User
from tests.factories.clock import Clock
from tests.factories.plans import Promise
from tests.workflow.pages.stage import Stage, see_work
from tests.workflow.pages.visits import Visitor, words
from workflow.actions.shares import send_back
from workflow.models import Measure
from workflow.queries.timeline import PAGE

pytestmark = pytest.mark.django_db

WRITTEN_OUT = re.compile(
    r"\d{4}年\d{1,2}月|\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December) \d{4}"
)


def page(person: User, measure: Measure, language: str = "en", **query: int) -> str:
    """The measure's page as that person sees it, in one of the languages."""
    visitor = Visitor(person)
    visitor.client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return words(visitor.see("ledger:measure-detail", measure.code, **query))


def fact(shown: str, name: str) -> str:
    """What stands beside the name among the facts, without its tags."""
    found = re.search(rf"<dt>{name}</dt><dd>(.*?)</dd>", shown, re.DOTALL)
    assert found is not None, name
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split())


def timeline(shown: str) -> tuple[str, str]:
    """The timeline: what stands open, and what is folded away."""
    whole = shown[shown.index('id="timeline"') :]
    whole = whole[: whole.index("</section>")]
    opened, _, folded = whole.partition("<details")
    return opened, folded


def lengthen(stage: Stage, measure: Measure, lines: int) -> None:
    """Let the support report and get it back until the trail has so many lines."""
    share = stage.road.accept(stage.share(measure, stage.support))
    while Measure.objects.get(pk=measure.pk).event_seq < lines:
        stage.road.submit(share)
        send_back(share, by=stage.cast.head(stage.support), reason="再报")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_dates_stand_in_iso_form_on_every_part_of_the_page(stage: Stage, language: str) -> None:
    measure = stage.road.close(stage.road.verify(stage.road.report(stage.joint(evaluation="never"))))
    assert not WRITTEN_OUT.findall(page(stage.cast.supervisor(measure.plan), measure, language))


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_dates_of_a_plan_stand_in_iso_form(stage: Stage, language: str) -> None:
    plan = stage.joint().plan
    visitor = Visitor(stage.cast.supervisor(plan))
    visitor.client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    shown = words(visitor.see("ledger:plan-detail", plan.code))
    assert f"{plan.period_start} – {plan.period_end}" in shown
    assert not WRITTEN_OUT.findall(shown)


def test_the_work_page_says_how_long_there_is_until_the_first_report(stage: Stage, clock: Clock) -> None:
    share = stage.share(stage.joint())
    clock.to(date(2026, 11, 27))
    shown = words(see_work(stage.cast.handler(stage.lead), share))
    assert fact(shown, "First report by") == "2026-11-30 1 working day left"
    assert fact(shown, "Due date") == "2026-11-30 1 working day left"


@pytest.mark.parametrize("name", ["Due date", "Shares report by", "Lead reports by"])
def test_a_deadline_among_the_facts_says_how_many_working_days_are_left(
    stage: Stage, clock: Clock, name: str
) -> None:
    measure = stage.joint()
    clock.to(date(2026, 11, 27))
    assert fact(page(stage.cast.supervisor(measure.plan), measure), name) == "2026-11-30 1 working day left"


def test_a_deadline_that_was_kept_says_the_date_alone(stage: Stage) -> None:
    measure = stage.road.report(stage.joint())
    assert fact(page(stage.cast.supervisor(measure.plan), measure), "Lead reports by") == "2026-11-30"


def test_the_deadlines_of_a_past_cycle_are_no_longer_counted(stage: Stage) -> None:
    measure = stage.road.verify(stage.road.report(stage.ongoing()))
    person = stage.cast.supervisor(measure.plan)
    assert "working days" in fact(page(person, measure), "Lead reports by")
    assert "working day" not in fact(page(person, measure, cycle=1), "Lead reports by")


def test_a_target_counts_its_days_until_it_is_met(stage: Stage) -> None:
    measure = stage.joint(targets=(Promise(due=date(2026, 9, 30)),))
    person = stage.cast.supervisor(measure.plan)

    def targets() -> str:
        return page(person, measure).partition('id="targets-title"')[2].partition("</section>")[0]

    assert "working days left" in targets()
    stage.road.report(measure)
    assert "2026-09-30" in targets()
    assert "working days left" not in targets()


def test_the_days_of_a_target_do_not_tell_others_whether_it_is_met(stage: Stage) -> None:
    measure = stage.joint(targets=(Promise(due=date(2026, 9, 30)),))
    shown = page(stage.cast.handler(stage.support), measure)
    targets = shown.partition('id="targets-title"')[2].partition("</section>")[0]
    assert "2026-09-30" in targets
    assert "working day" not in targets


def test_a_short_timeline_stands_open(stage: Stage) -> None:
    measure = stage.joint(targets=())
    opened, folded = timeline(page(stage.cast.supervisor(measure.plan), measure))
    assert "dispatched the measure" in opened
    assert folded == ""


def test_a_long_timeline_shows_its_latest_lines_and_folds_the_others(stage: Stage) -> None:
    measure = stage.joint(targets=())
    lengthen(stage, measure, 12)
    opened, folded = timeline(page(stage.cast.supervisor(measure.plan), measure))
    assert opened.count("<li") == 6
    assert "dispatched the measure" in folded
    assert f"Show {folded.count('<li')} more" in folded


def test_an_older_part_of_the_timeline_stands_open_and_leads_back(stage: Stage) -> None:
    measure = stage.joint(targets=())
    lengthen(stage, measure, PAGE + 12)
    person = stage.cast.supervisor(measure.plan)
    newest = timeline(page(person, measure))
    older = re.search(r"\?before=(\d+)#timeline", newest[1])
    assert older is not None
    assert "Latest" not in newest[0]

    opened, folded = timeline(page(person, measure, before=int(older[1])))
    assert folded == ""
    assert "dispatched the measure" in opened
    assert f'href="/measures/{measure.code}/#timeline"' in opened
