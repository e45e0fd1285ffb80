"""The objections on a measure's page: what each is about, what the reader may read of it, and whether to decide it."""

from dataclasses import dataclass

from workflow.models import Objection
from workflow.pages.decisions.case import Case
from workflow.pages.decisions.decide_objection import DecideObjection
from workflow.queries.measure_detail import Detail
from workflow.queries.objections import challenged, objections_of


@dataclass(frozen=True, slots=True)
class ObjectionSeen:
    """`is_readable`: whether its words are the reader's to read; `url`: where to decide it, "" for who may not."""

    objection: Objection
    conclusion: str
    is_readable: bool
    url: str


def objections_seen(case: Case, detail: Detail) -> list[ObjectionSeen]:
    """Every objection of the measure, the last first; one statement."""
    return [
        ObjectionSeen(
            objection=one,
            conclusion=challenged(one),
            is_readable=detail.reads_all or one.share.bureau_id in detail.own,
            url=_where(case.deciding(one)),
        )
        for one in objections_of(case.measure)
    ]


def _where(case: Case) -> str:
    return DecideObjection.address(case) if DecideObjection.is_offered(case) else ""
