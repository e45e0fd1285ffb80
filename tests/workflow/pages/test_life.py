"""One measure's whole life through the pages, from dispatch to closure, with a return and a resubmission."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories.plans import EngagementFactory
from tests.factories.road import fresh, open_item
from tests.workflow.pages.stage import ALL_POINTS, Stage, address, decide, state_of
from tests.workflow.pages.visits import Visitor, words
from workflow.models import Closure, Draft, Evidence, Measure, Report, Share

pytestmark = pytest.mark.django_db


def carried_out(stage: Stage, thing: Measure | Share, decision: str, **data: Any) -> None:
    """The person at the post decides, and is led to the measure's page."""
    answer = decide(stage.post(thing), thing, decision, **data)
    code = (thing if isinstance(thing, Measure) else thing.measure).code
    assert answer.status_code == 302, words(answer)
    assert answer.url.endswith(f"/measures/{code}/")


def report(stage: Stage, share: Share, progress: str) -> None:
    """The handler reports with a reading for each target of the lead."""
    readings = {}
    if share.is_lead:
        target = share.measure.targets.get()
        readings = {f"reading-{target.pk}": "96.5", f"as-of-{target.pk}": "2026-03-02"}
    carried_out(stage, share, "submit", progress=progress, **readings)


def test_a_measure_goes_from_dispatch_to_closure_through_the_pages_alone(stage: Stage) -> None:
    measure = stage.joint()
    shares = [stage.share(measure, bureau) for bureau in (stage.lead, stage.support, *stage.streets)]
    for share in shares:
        carried_out(stage, share, "accept")
    assert state_of(measure) == "in_progress"
    _report_and_approve(stage, shares)
    _consolidate(stage, measure)
    carried_out(stage, measure, "verify", checklist=ALL_POINTS, opinion="属实", site_visit="on")
    engagement = EngagementFactory(plan=measure.plan, agency=stage.cast.agency)
    carried_out(stage, measure, "engage", engagement=engagement.pk)
    carried_out(stage, measure, "score", score="88", opinion="达标", declared_independent="on")
    carried_out(stage, measure, "close", opinion="同意销号")

    assert state_of(measure) == "closed"
    assert [state_of(share) for share in shares] == ["closed"] * 4
    assert Closure.objects.get(measure=measure).opinion == "同意销号"
    assert not Draft.objects.exists()


def _report_and_approve(stage: Stage, shares: list[Share]) -> None:
    """Every share reports, the lead's twice; its second version carries the evidence."""
    lead = shares[0]
    for share in shares:
        report(stage, share, "本期任务已完成")
    carried_out(stage, lead, "send_back", reason="请补充佐证材料")
    assert state_of(lead) == "in_progress"
    file = SimpleUploadedFile("备案表.pdf", b"%PDF-1.4 content", "application/pdf")
    Visitor(stage.post(lead)).send("ledger:add-evidence", *address(lead), file=file, grade="A")
    report(stage, lead, "本期任务已完成，材料已补充")
    for share in shares:
        carried_out(stage, share, "approve", opinion="同意")
    assert Report.objects.filter(share_cycle__share=lead).count() == 2
    assert Evidence.objects.get().report.version == 2  # type: ignore[union-attr]


def _consolidate(stage: Stage, measure: Measure) -> None:
    """The lead's handler drafts twice, for its head returns the first draft."""
    carried_out(stage, measure, "draft", summary="各单位均已完成")
    carried_out(stage, measure, "return_draft", reason="请写明数据日期")
    carried_out(stage, measure, "draft", summary="截至三月各单位均已完成")
    carried_out(stage, measure, "report", opinion="同意报送")
    assert state_of(measure) == "reported"


def test_a_single_share_is_reported_by_its_approval_without_anything_written_twice(stage: Stage) -> None:
    measure = stage.single()
    share = stage.share(measure)
    carried_out(stage, share, "accept")
    carried_out(stage, share, "submit", progress="已完成")

    carried_out(stage, share, "approve")

    assert state_of(measure) == "reported"
    assert open_item(measure).node == "verify"


def test_a_return_of_one_share_of_four_leaves_three_untouched(stage: Stage) -> None:
    measure = stage.road.report(stage.joint())
    returned, *others = [stage.share(measure, b) for b in (stage.support, stage.lead, *stage.streets)]

    carried_out(stage, measure, "rework", shares=[returned.pk], reason="数据不实")

    assert state_of(returned) == "in_progress"
    assert [state_of(share) for share in others] == ["verified"] * 3
    assert open_item(returned).node == "fill"


def test_an_unchanged_cycle_is_reported_with_one_click(stage: Stage) -> None:
    measure = stage.ongoing()
    stage.road.verify(stage.road.report(measure))
    share = stage.share(measure)

    carried_out(stage, share, "unchanged")

    latest = Report.objects.filter(share_cycle__share=share).latest("pk")
    assert latest.unchanged
    assert latest.progress == "已完成"
    assert fresh(measure).current_cycle.index == 2


def test_a_first_cycle_has_nothing_to_repeat(stage: Stage) -> None:
    share = stage.road.accept(stage.share(stage.ongoing()))

    answer = decide(stage.post(share), share, "unchanged")

    assert answer.status_code == 422
    assert state_of(share) == "in_progress"
