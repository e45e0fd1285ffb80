"""交办单 in words: what the printed page and the Word file of a dispatch order both say.

Always Chinese, whatever language the reader's pages have: the order is an office document. The date is written as
offices write it (2026年3月2日, by GB/T 9704).
"""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from workflow.models.measure import MeasureKind
from workflow.queries.orders import OrderCopy, OrderedMeasure, OrderedShare
from workflow.queries.sheet_words import CYCLES, long_date

KIND = "督查交办单"
LEADS, SUPPORTS = "牵头", "配合"
HEADINGS = ("序号", "责任单位", "分工", "工作任务", "报送时限")
DUTY = {True: "牵头办理，汇总各配合单位进展并报送办结情况", False: "配合办理，按期报送本单位进展"}
"""What a share owes whose duty nobody has worded."""
UNDATED = "另行通知"


@dataclass(frozen=True, slots=True)
class Entry:
    """One measure of the order: its heading, its text, its lines of facts, and a row for each share."""

    heading: str
    text: str
    facts: list[str]
    rows: list[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class OrderWords:
    """The order from top to bottom."""

    office: str
    number: str
    kind: str
    extract: str
    title: str
    addressees: str
    opening: str
    headings: tuple[str, ...]
    entries: list[Entry]
    closing: str
    signed: str
    dated: str


def order_words(copy: OrderCopy) -> OrderWords:
    """The words of a reader's copy."""
    plan, order = copy.plan, copy.order
    return OrderWords(
        office=order.office.name,
        number=order.number,
        kind=KIND,
        extract=f"（摘件：仅列{'、'.join(copy.extract_for)}承担的举措）" if copy.extract_for else "",
        title=f"关于交办《{plan.title}》重点举措的通知",
        addressees=f"{'、'.join(copy.addressees)}：",
        opening=f"现将《{plan.title}》下列{len(copy.measures)}项举措交办你们，请按照分工和时限抓好落实。",
        headings=HEADINGS,
        entries=[_entry(n, one) for n, one in enumerate(copy.measures, start=1)],
        closing=_closing(copy),
        signed=order.office.name,
        dated=day_of(order.issued_at, plan.time_zone),
    )


def day_of(moment: datetime, zone: str) -> str:
    """The day of a moment in the plan's zone, as offices write it."""
    return long_date(moment.astimezone(ZoneInfo(zone)).date())


def _closing(copy: OrderCopy) -> str:
    if copy.accept_by is None:
        return "请按期报送办理情况。"
    return f"请于{long_date(copy.accept_by)}前签收，并按上述时限报送办理情况。"


def _entry(n: int, one: OrderedMeasure) -> Entry:
    measure = one.measure
    return Entry(
        heading=f"{n}. {measure.code}　{measure.title}",
        text=measure.text,
        facts=_facts(one),
        rows=[_row(place, share) for place, share in enumerate(one.shares, start=1)],
    )


def _facts(one: OrderedMeasure) -> list[str]:
    """The schedule as decided and, for an ongoing measure, its first period."""
    measure, cycle = one.measure, one.cycle
    if measure.kind == MeasureKind.DATED and measure.due is not None:
        facts = [f"完成时限：{long_date(measure.due)}"]
    else:
        facts = [f"办理周期：{CYCLES.get(measure.cycle_length, UNDATED)}"]
    if cycle is None:
        return facts
    if not cycle.is_last or measure.kind != MeasureKind.DATED:
        facts.append(f"首个周期：{long_date(cycle.period_start)}至{long_date(cycle.period_end)}")
    return [*facts, f"牵头单位办结报送时限：{long_date(cycle.due)}"]


def _row(place: int, share: OrderedShare) -> tuple[str, ...]:
    return (
        str(place),
        share.bureau,
        LEADS if share.is_lead else SUPPORTS,
        share.duty or DUTY[share.is_lead],
        long_date(share.due) if share.due else UNDATED,
    )
