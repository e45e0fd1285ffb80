"""Where a later edition has its measures: its sections beside the plan's own, the order, and codes for what is new."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from django.db.models import F, Max

from workflow.actions.edition_differences import Place, words_of
from workflow.actions.plan_input import SectionInput
from workflow.models import Measure, Plan, Section

CODE = re.compile(r"(?P<stem>.+)-(?P<section>\d+)-(?P<number>\d+)")
BATCH = 500


def places_of(
    own: Sequence[Section], given: Sequence[SectionInput], pairs: Sequence[Sequence[Measure | None]]
) -> list[Place]:
    """For each section of the edition the plan's own that it is.

    One of the same title is; else, where a title has changed, the one from which most of its measures (`pairs`) come.
    """
    free = list(own)
    kept: list[Section | None] = []
    for section in given:
        same = next((one for one in free if _is_same(one, section)), None)
        kept.append(same)
        if same is not None:
            free.remove(same)
    for n, measures in enumerate(pairs):
        if kept[n] is None:
            kept[n] = _renamed(free, measures)
            free = [one for one in free if one is not kept[n]]
    return [_place(one, mine) for one, mine in zip(given, kept, strict=True)]


def _place(given: SectionInput, own: Section | None) -> Place:
    """A title that is written as the plan's own number and title together is that."""
    if own is not None and words_of(own.number + own.title) == words_of(given.number + given.title):
        return Place(own.number, own.title, own)
    return Place(given.number, given.title, own)


def _is_same(own: Section, given: SectionInput) -> bool:
    if words_of(own.title) == words_of(given.title):
        return True
    return words_of(own.number + own.title) == words_of(given.number + given.title)


def _renamed(free: Sequence[Section], measures: Sequence[Measure | None]) -> Section | None:
    """The free section from which more than half of these measures come."""
    counts = Counter(measure.section_id for measure in measures if measure is not None)
    return next((one for one in free if counts[one.pk] * 2 > len(measures)), None)


def write_sections(plan: Plan, places: Sequence[Place]) -> list[Section]:
    """Let the plan's sections stand as the edition has them; those that are not in it come behind. Returns them in order."""
    own = list(plan.sections.order_by("position"))
    kept = {place.kept.pk for place in places if place.kept is not None}
    top = max((one.position for one in own), default=0) + len(places) + len(own)
    plan.sections.update(position=F("position") + top)
    rows = []
    for n, place in enumerate(places, start=1):
        row = place.kept or Section(plan=plan)
        row.number, row.title, row.position = place.number or row.number, place.title, n
        row.save()
        rows.append(row)
    for n, one in enumerate((one for one in own if one.pk not in kept), start=len(places) + 1):
        Section.objects.filter(pk=one.pk).update(position=n)
    return rows


class Codes:
    """Gives codes to new measures: the next number of their section, never one that was given before."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.stems: dict[int, Counter[tuple[str, str]]] = {}
        self.last: Counter[str] = Counter()
        self.taken = set(plan.measures.values_list("code", flat=True))
        for code, section in plan.measures.values_list("code", "section_id"):
            found = CODE.fullmatch(code)
            if found is not None:
                self.stems.setdefault(section, Counter())[(found["stem"], found["section"])] += 1
                self._note(f"{found['stem']}-{found['section']}", int(found["number"]))

    def _note(self, stem: str, number: int) -> None:
        self.last[stem] = max(self.last[stem], number)

    def next(self, section: Section) -> str:
        """A code in this section."""
        stem = self._stem(section)
        while True:
            self.last[stem] += 1
            code = f"{stem}-{self.last[stem]:02}"
            if code not in self.taken:
                self.taken.add(code)
                return code

    def _stem(self, section: Section) -> str:
        if section.pk not in self.stems:
            used = [int(stem.rpartition("-")[2]) for stem in self.last]
            number = max([0, *used]) + 1
            self.stems[section.pk] = Counter({(self.plan.code, f"{number:02}"): 1})
        ((stem, number_),) = (key for key, _ in self.stems[section.pk].most_common(1))
        return f"{stem}-{number_}"


def free_positions(plan: Plan) -> Iterable[int]:
    """Places behind all measures of the plan."""
    last = plan.measures.aggregate(last=Max("position"))["last"] or 0
    return range(last + 1, last + 1 + 32_000)


def put_in_order(plan: Plan, order: Sequence[int]) -> None:
    """Let the measures (keys) stand in this order, and the plan's others behind them in their own."""
    rows = list(Measure.objects.filter(plan=plan).only("position").order_by("position"))
    rank = {pk: n for n, pk in enumerate(order)}
    wanted = sorted(rows, key=lambda row: (rank.get(row.pk, len(rank)), row.position))
    if [row.pk for row in wanted] == [row.pk for row in rows]:
        return
    top = max(row.position for row in rows) + len(rows)
    Measure.objects.filter(plan=plan).update(position=F("position") + top)
    for n, row in enumerate(wanted, start=1):
        row.position = n
    Measure.objects.bulk_update(wanted, ["position"], batch_size=BATCH)
