"""Steps of the roadmap and single things to do, as the pages of their decisions read them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q

from workflow.models import ActionItem, Measure, Milestone, Share
from workflow.rules.refusal import NotFound
from workflow.states import ShareState


def milestone_of(measure: Measure, key: int) -> Milestone:
    """The measure's milestone of that key; raises NotFound."""
    found = measure.milestones.select_related("share__bureau", "reached_by").filter(pk=key).first()
    if found is None:
        raise NotFound("thing.unknown")
    found.measure = measure
    return found


def item_of(measure: Measure, key: int) -> ActionItem:
    """The measure's single thing to do of that key; raises NotFound."""
    found = measure.items.select_related("share__bureau").filter(pk=key).first()
    if found is None:
        raise NotFound("thing.unknown")
    found.measure = measure
    return found


def open_bureaus(measure: Measure) -> Mapping[int, str]:
    """Share id → bureau's name of the open shares, the lead's first."""
    shares = Share.objects.filter(measure=measure).exclude(state=ShareState.CLOSED)
    return dict(shares.order_by("-is_lead", "pk").values_list("pk", "bureau__name"))


def steps_to_reach(measure: Measure) -> list[Milestone]:
    """The steps of the roadmap that nobody has said to be reached, in order."""
    return list(measure.milestones.filter(reached_on__isnull=True).order_by("position"))


def steps_reached(measure: Measure) -> list[Milestone]:
    """The other ones."""
    return list(measure.milestones.filter(reached_on__isnull=False).order_by("position"))


@dataclass(frozen=True, slots=True)
class InHand:
    """What a share has to see to besides its report."""

    steps: list[Milestone]
    items: list[ActionItem]

    def __bool__(self) -> bool:
        return bool(self.steps or self.items)


def in_hand_of(share: Share) -> InHand:
    """The open steps and things of the share; of the lead's also those that nobody has. Two statements."""
    whose = Q(share=share) | Q(share__isnull=True) if share.is_lead else Q(share=share)
    steps = Milestone.objects.filter(whose, measure=share.measure_id, reached_on__isnull=True)
    items = ActionItem.objects.filter(whose, measure=share.measure_id, done_on__isnull=True)
    return InHand(list(steps.order_by("position")), list(items.order_by("position")))
