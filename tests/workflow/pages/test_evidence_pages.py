"""Evidence at the pages: dropped, listed, removed, sent along, and read by those alone who may."""

import hashlib
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from tests.factories.road import Road
from tests.workflow.pages.stage import Stage, address, decide, see_work
from tests.workflow.pages.visits import Visitor, words
from workflow.models import Draft, Evidence, EvidenceFile, Report, RuleVersion, Share
from workflow.queries import rules

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def pdf(name: str = "备案表.pdf", content: bytes = b"%PDF-1.4 content", kind: str = "application/pdf") -> Any:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content, kind)


@pytest.fixture
def share(stage: Stage) -> Share:
    """A share whose report is being written."""
    return stage.road.accept(stage.share(stage.joint(targets=())))


def add(stage: Stage, share: Share, *files: Any, grade: str = "B", **more: Any) -> HttpResponse:
    """The answer to a drop of files on the report."""
    return Visitor(stage.post(share)).send(
        "ledger:add-evidence", *address(share), file=list(files), grade=grade, **more
    )


def read(person: Any, evidence: Evidence) -> HttpResponse:
    """The answer to who opens the file, with what it holds in `body`."""
    response = Visitor(person).see("ledger:evidence", evidence.pk)
    if response.streaming:
        response.body = b"".join(response.streaming_content)
    return response


def test_every_file_of_a_drop_is_kept_with_hash_and_grade(stage: Stage, share: Share) -> None:
    where = f"/work/{'/'.join(map(str, address(share)))}/evidence/"

    answer = Visitor(stage.post(share)).client.post(
        where, {"file": [pdf(), pdf("照片.png", b"png", "image/png")], "grade": "A"}, headers=HTMX
    )

    assert answer.status_code == 200
    assert "2 files added." in words(answer)
    digest = hashlib.sha256(b"%PDF-1.4 content").hexdigest()
    assert digest[:16] in words(answer)
    assert set(Evidence.objects.values_list("name", "grade_proposed")) == {
        ("备案表.pdf", "A"),
        ("照片.png", "A"),
    }


def test_one_content_is_stored_once_however_often_it_is_sent(stage: Stage, share: Share) -> None:
    add(stage, share, pdf(), pdf("另一份.pdf"))

    assert Evidence.objects.count() == 2
    kept = EvidenceFile.objects.get()
    with kept.file.open() as stored:
        assert stored.read() == b"%PDF-1.4 content"
    assert kept.size == 16


def test_a_file_beyond_the_plans_limit_is_refused_and_nothing_of_it_is_stored(
    stage: Stage, share: Share
) -> None:
    RuleVersion.objects.create(
        plan=share.plan, number=1, holds_from=share.plan.period_start, data={"evidence_max_mb": 1}
    )
    rules.forget()

    answer = Visitor(stage.post(share)).client.post(
        f"/work/{'/'.join(map(str, address(share)))}/evidence/",
        {"file": pdf(content=b"x" * (1024 * 1024 + 1)), "grade": "B"},
        headers=HTMX,
    )

    assert answer.status_code == 422
    assert "备案表.pdf: The file is larger than 1 MB." in words(answer)
    assert not EvidenceFile.objects.exists()


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"grade": "B"}, "Choose a file."),
        ({"file": pdf(content=b""), "grade": "B"}, "empty"),
        ({"file": pdf(), "grade": "Z"}, "Z"),
    ],
)
def test_a_drop_that_will_not_do_is_answered_with_what_is_wrong(
    stage: Stage, share: Share, sent: dict[str, Any], sentence: str
) -> None:
    where = f"/work/{'/'.join(map(str, address(share)))}/evidence/"

    answer = Visitor(stage.post(share)).client.post(where, sent, headers=HTMX)

    assert answer.status_code == 422
    assert sentence in words(answer)
    assert not Evidence.objects.exists()


def test_without_a_script_the_words_typed_so_far_are_kept_with_an_upload(stage: Stage, share: Share) -> None:
    answer = add(stage, share, pdf(), progress="写到一半")

    assert answer.status_code == 302
    assert Draft.objects.get().data["progress"] == "写到一半"
    assert "备案表.pdf" in words(see_work(stage.post(share), share))


def test_a_file_chosen_but_not_uploaded_goes_with_the_report(stage: Stage, share: Share) -> None:
    answer = decide(stage.post(share), share, "submit", progress="已完成", file=pdf(), grade="C")

    assert answer.status_code == 302
    assert Evidence.objects.get().report == Report.objects.get()


def test_a_file_is_removed_before_the_report_is_sent_by_who_uploaded_it(stage: Stage, share: Share) -> None:
    add(stage, share, pdf())
    evidence = Evidence.objects.get()

    answer = Visitor(stage.post(share)).send("ledger:remove-evidence", *address(share), evidence.pk)

    evidence.refresh_from_db()
    assert answer.status_code == 302
    assert evidence.removed_at is not None
    assert read(stage.post(share), evidence).status_code == 404


def test_a_file_of_a_sent_report_is_not_removed(stage: Stage, share: Share) -> None:
    add(stage, share, pdf())
    person = stage.post(share)
    decide(person, share, "submit", progress="已完成")
    decide(stage.post(share), share, "send_back", reason="请补充")

    answer = Visitor(person).send("ledger:remove-evidence", *address(share), Evidence.objects.get().pk)

    assert answer.status_code == 404
    assert Evidence.objects.get().removed_at is None


def test_nobody_adds_to_a_report_on_anothers_desk(stage: Stage, share: Share) -> None:
    for person in (stage.cast.handler(stage.lead, 2), stage.cast.head(stage.lead)):
        answer = Visitor(person).send("ledger:add-evidence", *address(share), file=pdf(), grade="B")

        assert answer.status_code == 409
    stranger = Visitor(stage.cast.handler(stage.support))
    assert stranger.send("ledger:add-evidence", *address(share), file=pdf(), grade="B").status_code == 404
    assert not Evidence.objects.exists()


def test_a_step_that_is_no_report_takes_no_evidence(stage: Stage) -> None:
    share = stage.share(stage.joint())

    answer = add(stage, share, pdf())

    assert answer.status_code == 409
    assert not Evidence.objects.exists()


def test_evidence_is_read_by_its_bureau_the_lead_and_the_plans_offices_and_is_unknown_to_others(
    stage: Stage, road: Road
) -> None:
    measure = stage.joint(targets=())
    share = road.accept(stage.share(measure, stage.support))
    add(stage, share, pdf())
    decide(stage.post(share), share, "submit", progress="已完成")
    evidence, plan, cast = Evidence.objects.get(), measure.plan, stage.cast
    may = [
        cast.handler(stage.support),
        cast.head(stage.support),
        cast.handler(stage.lead),
        cast.supervisor(plan),
        cast.approver(plan),
        cast.observer(plan),
        cast.auditor(),
    ]
    may_not = [
        cast.handler(stage.streets[0]),
        cast.head(stage.streets[1]),
        cast.stranger(),
        cast.administrator(),
    ]

    assert [read(person, evidence).status_code for person in may] == [200] * len(may)
    assert [read(person, evidence).status_code for person in may_not] == [404] * len(may_not)


def test_evidence_not_yet_sent_is_read_by_its_bureau_alone(stage: Stage, road: Road) -> None:
    measure = stage.joint(targets=())
    share = road.accept(stage.share(measure, stage.support))
    add(stage, share, pdf())
    evidence = Evidence.objects.get()

    assert read(stage.cast.handler(stage.support), evidence).status_code == 200
    assert read(stage.cast.handler(stage.lead), evidence).status_code == 404
    assert read(stage.cast.supervisor(measure.plan), evidence).status_code == 404


@pytest.mark.parametrize(
    ("kind", "served", "way"),
    [
        ("application/pdf", "application/pdf", "inline"),
        ("image/png", "image/png", "inline"),
        ("text/html", "application/octet-stream", "attachment"),
        ("image/svg+xml", "application/octet-stream", "attachment"),
        ("", "application/octet-stream", "attachment"),
    ],
)
def test_a_file_is_served_so_that_nothing_of_it_runs(
    stage: Stage, share: Share, kind: str, served: str, way: str
) -> None:
    add(stage, share, pdf('一"; filename="x.html', b"<script>alert(1)</script>", kind or "x/unknown"))

    response = read(stage.post(share), Evidence.objects.get())

    assert response["Content-Type"] == served
    assert response["Content-Disposition"].startswith(f"{way}; filename*=UTF-8''")
    assert '"' not in response["Content-Disposition"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("default-src 'none'")
    assert response.body == b"<script>alert(1)</script>"


def test_evidence_of_a_withdrawn_report_can_be_taken_out_of_the_next(stage: Stage, share: Share) -> None:
    add(stage, share, pdf())
    person = stage.post(share)
    decide(person, share, "submit", progress="已完成")
    Visitor(person).send("ledger:withdraw-report", share.measure.code, share.pk)

    page = words(see_work(person, share))
    answer = Visitor(person).send("ledger:remove-evidence", *address(share), Evidence.objects.get().pk)

    assert "备案表.pdf" in page
    assert answer.status_code == 302
    assert Evidence.objects.get().removed_at is not None


def test_evidence_of_a_returned_version_stays_before_who_verifies_the_next_one(stage: Stage) -> None:
    measure = stage.joint(targets=())
    stage.road.accept_all(measure)
    share = stage.share(measure)
    add(stage, share, pdf())
    decide(stage.post(share), share, "submit", progress="已完成")
    decide(stage.post(share), share, "send_back", reason="缺少统计日期")
    decide(stage.post(share), share, "submit", progress="已完成至三月")
    stage.road.approve(share)
    stage.road.report(measure)

    page = words(see_work(stage.post(measure), measure))

    assert "All evidence of this cycle" in page
    assert "备案表.pdf" in page
