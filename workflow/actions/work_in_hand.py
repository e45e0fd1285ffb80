"""What a share has in hand besides its report: steps of the roadmap and single things to do. Where the share ends, they
go to who takes it over, else to the lead; what is reached or done stays where it was done.
"""

from collections.abc import Callable

from workflow.models import ActionItem, Milestone, Share


def release_work(share: Share) -> None:
    """The share ends and nobody takes it over: what it had in hand is the lead's to see to."""
    work_in_hand(share)(None)


def work_in_hand(share: Share) -> Callable[[Share | None], None]:
    """What the share has in hand now; call the result with who takes it over."""
    steps = list(Milestone.objects.filter(share=share, reached_on__isnull=True).values_list("pk", flat=True))
    items = list(ActionItem.objects.filter(share=share, done_on__isnull=True).values_list("pk", flat=True))

    def give(to: Share | None) -> None:
        if steps:
            Milestone.objects.filter(pk__in=steps).update(share=to)
        if items:
            ActionItem.objects.filter(pk__in=items).update(share=to)

    return give
