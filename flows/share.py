"""ShareFlow: one bureau's road from dispatch to the end of its share (DOMAIN.md, Share)."""

from viewflow import this

from accounts.roles import Permission, Role, ScopeKind
from flows.deadlines import accept_by, report_by, review_by
from flows.nodes import Begin, Gate, Wait, Work
from flows.route import Route
from workflow.actions.shares import accept_share, approve_report, send_back, submit_report
from workflow.models import Share
from workflow.routing import Verb
from workflow.states import ShareState


def stands_approved(share: Share) -> bool:
    """Whether the bureau's head approved the report."""
    return bool(share.state == ShareState.VERIFIED)


class ShareFlow(Route):
    """Share of a bureau"""

    begin = Begin().Next(this.accept)

    # 经办人: whoever accepts first holds the work
    accept = (
        Work(
            by=Role.HANDLER,
            scope=ScopeKind.BUREAU,
            needs=Permission.SUBMIT_FOR_BUREAU,
            verbs={Verb.ACCEPT: accept_share},
            due=accept_by,
        )
        .Next(this.fill)
        .Cut(Verb.FORCE_ACCEPT, to=this.fill)
    )

    # 经办人 who holds it
    fill = Work(
        by=Role.HANDLER,
        scope=ScopeKind.BUREAU,
        needs=Permission.SUBMIT_FOR_BUREAU,
        verbs={Verb.SUBMIT: submit_report},
        due=report_by,
        held=True,
        owner=lambda run: run.holder_id,
    ).Next(this.review)

    # 负责人 of the bureau
    review = (
        Work(
            by=Role.HEAD,
            scope=ScopeKind.BUREAU,
            needs=Permission.REVIEW_FOR_BUREAU,
            verbs={Verb.APPROVE: approve_report, Verb.SEND_BACK: send_back},
            due=review_by,
        )
        .Next(this.is_approved)
        .Cut(Verb.WITHDRAW, Verb.SEND_BACK, to=this.fill)
    )

    is_approved = Gate(stands_approved).Then(this.approved).Else(this.fill)

    # until the measure ends, a head sends back, or a rework or the next cycle puts a new item
    approved = Wait(wakes_on={Verb.SEND_BACK}).Next(this.fill)
