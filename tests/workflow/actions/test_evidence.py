"""佐证材料: stored once per content, tied to the next report, taken back until it was submitted."""

import hashlib
from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from flows.work import hand_over, release
from tests.factories.cast import Cast
from tests.factories.refusals import refused
from tests.factories.road import Road, open_item
from tests.factories.soundness import assert_sound
from workflow.actions.evidence import add_evidence, remove_evidence
from workflow.actions.shares import withdraw_report
from workflow.models import Evidence, EvidenceFile, RuleVersion, Share
from workflow.queries.rules import forget

pytestmark = pytest.mark.django_db


@pytest.fixture
def share(road: Road) -> Share:
    """In progress, the only one of its measure."""
    measure = road.accept_all(road.measure(supporting=0))
    return Share.objects.select_related("bureau", "measure").get(measure=measure)


def _add(cast: Cast, share: Share, content: bytes = b"proof", **more: str) -> Evidence:
    given = {"name": "证明.pdf", "grade": "B", "content_type": "application/pdf", **more}
    return add_evidence(share, by=cast.handler(share.bureau), content=ContentFile(content), **given)


def test_a_file_is_kept_under_its_hash_with_the_grade_its_uploader_proposes(cast: Cast, share: Share) -> None:
    evidence = _add(cast, share)
    digest = hashlib.sha256(b"proof").hexdigest()
    assert (evidence.content.sha256, evidence.content.size) == (digest, 5)
    with default_storage.open(evidence.content.file.name) as kept:
        assert kept.read() == b"proof"
    assert (evidence.grade_proposed, evidence.grade_confirmed, evidence.report) == ("B", "", None)
    assert evidence.uploaded_by == cast.handler(share.bureau)


def test_the_same_content_is_stored_once_and_may_be_shown_twice(cast: Cast, share: Share) -> None:
    one, other = _add(cast, share), _add(cast, share, name="另一份.pdf")
    assert one.content == other.content
    assert EvidenceFile.objects.count() == 1
    assert one.pk != other.pk


def test_a_submission_takes_what_was_uploaded_for_it_and_a_withdrawal_gives_it_back(
    cast: Cast, share: Share, road: Road
) -> None:
    evidence = _add(cast, share)
    report = road.submit(share)
    assert list(report.evidence.all()) == [evidence]
    with refused("evidence.submitted", 409):
        remove_evidence(evidence, by=cast.handler(share.bureau))
    withdraw_report(share, by=cast.handler(share.bureau))
    assert Evidence.objects.get().report is None
    assert road.submit(share).evidence.get() == evidence
    assert_sound()


def test_who_uploaded_it_takes_it_back_and_the_content_stays(cast: Cast, share: Share, road: Road) -> None:
    evidence = _add(cast, share)
    with refused("item.not_yours", 403):
        remove_evidence(evidence, by=cast.handler(share.bureau, 2))
    assert remove_evidence(evidence, by=cast.handler(share.bureau)).removed_at is not None
    assert EvidenceFile.objects.count() == 1
    assert road.submit(share).evidence.count() == 0


def test_nobody_adds_to_a_report_that_a_colleague_holds(cast: Cast, share: Share) -> None:
    colleague = cast.handler(share.bureau, 2)
    with refused("item.held", 409):
        add_evidence(share, by=colleague, name="a", content=ContentFile(b"x"), grade="A")


def test_a_report_that_nobody_holds_is_claimed_before_a_file_is_added(cast: Cast, share: Share) -> None:
    release(open_item(share), by=cast.handler(share.bureau))
    with refused("item.unclaimed", 409):
        _add(cast, share)


def test_who_handed_the_report_over_takes_no_file_out_of_it_any_more(cast: Cast, share: Share) -> None:
    evidence, to = _add(cast, share), cast.handler(share.bureau, 2)
    hand_over(open_item(share), to=to, by=cast.head(share.bureau))
    with refused("item.held", 409):
        remove_evidence(evidence, by=cast.handler(share.bureau))


@pytest.mark.parametrize(
    ("given", "code"), [({"content": b""}, "input.file_empty"), ({"grade": "D"}, "input.grade")]
)
def test_what_will_not_do_is_refused(cast: Cast, share: Share, given: dict[str, object], code: str) -> None:
    with refused(code, 422):
        _add(cast, share, **given)  # type: ignore[arg-type]


def test_a_file_beyond_the_plans_limit_is_refused_before_it_is_read(cast: Cast, share: Share) -> None:
    RuleVersion.objects.create(number=1, holds_from=date(2026, 1, 1), data={"evidence_max_mb": 1})
    forget()

    class Huge(ContentFile[bytes]):
        def chunks(self, chunk_size: int | None = None) -> object:
            raise AssertionError("nobody reads it")

    huge = Huge(b"x")
    huge.size = 1024 * 1024 + 1
    with refused("input.file_large", 422):
        add_evidence(share, by=cast.handler(share.bureau), name="a", content=huge, grade="A")


@pytest.mark.parametrize("who", ["head", "handler of another", "supervisor"])
def test_only_the_bureaus_handlers_upload(cast: Cast, share: Share, who: str) -> None:
    person = {
        "head": lambda: cast.head(share.bureau),
        "handler of another": lambda: cast.handler(cast.bureau("别局")),
        "supervisor": lambda: cast.supervisor(share.measure.plan),
    }[who]()
    with refused("right.missing", 403):
        add_evidence(share, by=person, name="a", content=ContentFile(b"x"), grade="A")


def test_nothing_is_added_to_what_was_submitted(cast: Cast, share: Share, road: Road) -> None:
    road.submit(share)
    with refused("state.wrong", 409):
        _add(cast, share)


def test_a_name_is_the_files_own_and_no_path(cast: Cast, share: Share) -> None:
    assert _add(cast, share, name="../../etc/passwd").name == "passwd"
    assert len(_add(cast, share, b"2", name="长" * 300).name) == 200
