"""Whatever is done to a document or ledger file: it is read, or refused by the reader's own error."""

import contextlib
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflow.intake.greenway import WHOLE
from tests.workflow.intake.test_ledger_file import LEDGER
from workflow.intake.errors import IntakeError
from workflow.intake.plan_read import TARGET_LONGEST, TITLE_LONGEST, UNIT_LONGEST, PlanRead
from workflow.intake.preview import as_data, as_lines
from workflow.intake.reading import read_bytes

LINES = WHOLE.split("\n")
PIECES = [
    "",
    "（一）",
    "（十二）实施",
    "九、",
    "1.",
    "99.修",
    "（责任单位：",
    "（责任单位：）",
    "）",
    "、",
    "。",
    "等相关部门",
    "各市、县（市、区）政府",
    "区园林局、区园林局",
    "持续推进",
    "2027年13月底前",
    "到9999年，超过99999999999%",
    "至少2项和3项",
    "序号",
    "责任单位",
    "牵头单位",
    "绿" * 500,
    "2028-2026年",
    "%(title)s",
    "\x00",
    "\u2028",
]


def mutated(choice: st.DataObject) -> str:
    """The sample after a few cuts, repeats, swaps and insertions."""
    lines = list(LINES)
    place = st.integers(0, len(LINES) - 1)
    for _ in range(choice.draw(st.integers(1, 8))):
        at, other = choice.draw(place) % len(lines), choice.draw(place) % len(lines)
        match choice.draw(st.sampled_from(["drop", "repeat", "swap", "insert", "splice", "cut", "join"])):
            case "drop" if len(lines) > 1:
                del lines[at]
            case "repeat":
                lines.insert(other, lines[at])
            case "swap":
                lines[at], lines[other] = lines[other], lines[at]
            case "insert":
                lines.insert(at, choice.draw(st.sampled_from(PIECES) | st.text(max_size=30)))
            case "splice":
                cut = choice.draw(st.integers(0, len(lines[at])))
                lines[at] = lines[at][:cut] + choice.draw(st.sampled_from(PIECES)) + lines[at][cut:]
            case "cut":
                lines[at] = lines[at][: choice.draw(st.integers(0, len(lines[at])))]
            case _:
                lines[at] += lines[other]
    return "\n".join(lines)


def must_hold(plan: PlanRead) -> None:
    """What the ledger relies on, whatever was read."""
    assert len(plan.plan.title) <= TITLE_LONGEST
    assert plan.plan.period_start <= plan.plan.period_end
    for section in plan.plan.sections:
        assert len(section.number) <= 20
        assert len(section.title) <= TITLE_LONGEST
        for measure in section.measures:
            assert measure.title
            assert len(measure.title) <= TITLE_LONGEST
            assert len(measure.number) <= 20
            assert sum(unit.is_lead for unit in measure.units) <= 1
            assert all(unit.text and len(unit.text) <= UNIT_LONGEST for unit in measure.units)
            assert all(len(target.text) <= TARGET_LONGEST for target in measure.targets)
    assert len(as_lines(plan)) > len(plan.warnings)
    json.dumps(as_data(plan))


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.data())
def test_a_mutated_document_is_read_or_refused(choice: st.DataObject) -> None:
    with contextlib.suppress(IntakeError):
        must_hold(read_bytes(mutated(choice).encode("utf-8", "surrogatepass"), "greenway.txt"))


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.data())
def test_a_document_with_broken_bytes_is_read_or_refused(choice: st.DataObject) -> None:
    data = bytearray(WHOLE.encode(choice.draw(st.sampled_from(["utf-8", "gb18030"]))))
    for _ in range(choice.draw(st.integers(1, 6))):
        data[choice.draw(st.integers(0, len(data) - 1))] = choice.draw(st.integers(0, 255))
    with contextlib.suppress(IntakeError):
        must_hold(read_bytes(bytes(data), "greenway.txt"))


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.sampled_from(PIECES)
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.data())
def test_a_mutated_ledger_file_is_read_or_refused(choice: st.DataObject) -> None:
    data = json.loads(json.dumps(LEDGER))
    place = data
    while True:
        name = choice.draw(st.sampled_from(sorted(place))) if isinstance(place, dict) else 0
        if isinstance(place[name], dict | list) and place[name] and choice.draw(st.booleans()):
            place = place[name]
            continue
        place[name] = choice.draw(VALUES)
        break
    with contextlib.suppress(IntakeError):
        must_hold(read_bytes(json.dumps(data).encode(), "greenway.json"))
