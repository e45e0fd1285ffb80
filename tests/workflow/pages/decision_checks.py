"""That a decision without a work item is offered and carried out, or neither offered nor carried out."""

from typing import Any

from django.utils.html import escape

from accounts.models import User
from tests.workflow.pages.visits import Visitor, words
from workflow.models import Measure


def offers(person: User, measure: Measure) -> str:
    """The measure's page as that person sees it."""
    return words(Visitor(person).see("ledger:measure-detail", measure.code))


def path(name: str, *args: Any) -> str:
    """The end of a decision's address, as a link has it."""
    return {
        "withdraw-report": "/shares/{1}/withdraw/",
        "send-back": "/shares/{1}/send-back/",
        "force-acceptance": "/shares/{1}/force-acceptance/",
        "miss-cycle": "/miss-cycle/",
        "waive-target": "/targets/{1}/waive/",
        "waive-evaluation": "/waive-evaluation/",
        "reopen-measure": "/reopen/",
        "return-measure": "/return/",
        "end-share": "/end-share/",
        "add-bureau": "/add-bureau/",
        "resolve-unit": "/resolve-unit/",
        "change-lead": "/change-lead/",
        "engage-another": "/engage-another/",
        "suspend-measure": "/suspend/",
        "resume-measure": "/resume/",
        "cancel-measure": "/cancel/",
        "raise-objection": "/objections/",
        "decide-objection": "/objections/{1}/",
        "transfer-to-routine": "/routine/",
        "ask-extension": "/shares/{1}/extension/",
        "ask-refusal": "/shares/{1}/refusal/",
        "ask-transfer": "/shares/{1}/transfer/",
        "ask-coordination": "/shares/{1}/coordination/",
    }[name].format(*args)


def is_open_to(person: User, name: str, measure: Measure, *which: int, **data: Any) -> None:
    """The measure's page links to it, its page asks, and its form is carried out."""
    assert path(name, measure.code, *which) in offers(person, measure)
    visitor = Visitor(person)
    assert visitor.see(f"ledger:{name}", measure.code, *which).status_code == 200
    answer = visitor.send(f"ledger:{name}", measure.code, *which, **data)
    assert answer.status_code == 302, words(answer)
    assert answer.url.endswith(f"/measures/{measure.code}/")


def is_refused(
    person: User, status: int, sentence: str, name: str, measure: Measure, *which: int, **data: Any
) -> None:
    """Neither offered, nor shown, nor carried out by address; the rule is told."""
    assert path(name, measure.code, *which) not in offers(person, measure)
    visitor = Visitor(person)
    for answer in (
        visitor.see(f"ledger:{name}", measure.code, *which),
        visitor.send(f"ledger:{name}", measure.code, *which, **data),
    ):
        assert answer.status_code == status
        assert escape(sentence) in words(answer)
