"""Numbers of a sheet as a person sees them: 95% and not 0.95, 2025年6月 and not 45809."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

GENERAL = "General"
BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "yyyy-m-d", 15: "yyyy-m-d", 16: "m-d",
    17: "yyyy-m", 18: "h:mm", 19: "h:mm", 20: "h:mm", 21: "h:mm", 22: "yyyy-m-d h:mm", 27: "yyyy-m", 28: "m-d",
    29: "m-d", 30: "yyyy-m-d", 31: "yyyy-m-d", 32: "h:mm", 33: "h:mm", 34: "h:mm", 35: "h:mm", 36: "yyyy-m",
    37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 45: "mm:ss", 46: "h:mm", 47: "mm:ss", 50: "yyyy-m",
    51: "m-d", 52: "yyyy-m", 53: "m-d", 54: "m-d", 55: "yyyy-m", 56: "m-d", 57: "yyyy-m", 58: "m-d",
}  # fmt: skip
"""The formats that a workbook names by number alone."""

_PIECE = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|[_*].|\[\$(?P<money>[^\]-]*)[^\]]*\]|\[[^\]]*\]|(?P<sign>.)',
    re.DOTALL,
)
_PLACEHOLDERS = "0#?.,"
_LARGEST = 1e15
_SIGNIFICANT = 11


@dataclass(frozen=True, slots=True)
class _Shape:
    """A section of a number format: what stands around the number, and how it is written."""

    before: str
    digits: str
    after: str
    date: str
    is_words: bool = False

    @property
    def is_percent(self) -> bool:
        return "%" in self.before + self.after


def shown(written: str, code: str, *, from_1904: bool = False) -> str:
    """The number `written` in a file as the format `code` shows it; as it is written where it is no number."""
    try:
        number = float(written)
    except ValueError:
        return written
    if not abs(number) < _LARGEST:
        return written
    shape = _shape(code, (number < 0) - (number == 0))
    if shape.date:
        return date_shown(number, shape.date, from_1904=from_1904) or general(number)
    if not shape.digits:
        return shape.before if shape.is_words else general(number)
    exact = Decimal(repr(number)) * (100 if shape.is_percent else 1)
    return f"{shape.before}{_digits(exact, shape.digits)}{shape.after}"


def general(number: float) -> str:
    """A number without a format."""
    if number == int(number):
        return str(int(number))
    return format(Decimal(f"{number:.{_SIGNIFICANT}g}"), "f")


def date_shown(serial: float, tokens: str, *, from_1904: bool = False) -> str:
    """The day `serial` with the parts that `tokens` has (y, m, d, h); "" for a number that is no day."""
    try:
        start = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)  # noqa: DTZ001 - a sheet knows no zone
        moment = start + timedelta(seconds=round(serial * 86_400))
    except (OverflowError, ValueError):
        return ""
    return moment_shown(moment, tokens) if serial >= 0 else ""


def moment_shown(moment: datetime, tokens: str = "ymd") -> str:
    """A day as documents write it; its time where that is asked for and not midnight."""
    day = "".join(
        f"{part}{sign}"
        for token, part, sign in (
            ("y", moment.year, "年"),
            ("m", moment.month, "月"),
            ("d", moment.day, "日"),
        )
        if token in tokens
    )
    clock = f"{moment:%H:%M}" if "h" in tokens and (not day or moment.time() != time()) else ""
    return f"{day} {clock}".strip()


@lru_cache(maxsize=1024)
def _shape(code: str, sign: int) -> _Shape:
    """The section of `code` for a number above nothing (0), nothing (-1) or below it (1)."""
    sections = _sections(code[:300])
    negative = len(sections) > 1 and sign > 0
    section = sections[1] if negative else sections[2] if len(sections) > 2 and sign < 0 else sections[0]
    before, digits, after, letters = "", "", "", ""
    for literal, symbol in section:
        if symbol in _PLACEHOLDERS and symbol:
            digits += symbol
            continue
        letters += symbol.lower() if symbol.isalpha() else ""
        if digits:
            after += literal or symbol
        else:
            before += literal or symbol
    date = _date_tokens(letters)
    if sign > 0 and not negative:
        before = f"-{before}" if digits else before
    is_general = not digits or "general" in letters or "e" in letters
    is_words = not digits and not letters and bool(before) and "@" not in before
    return _Shape(before, "" if is_general else digits, after, date, is_words)


def _sections(code: str) -> list[list[tuple[str, str]]]:
    """The sections of a code, each a list of (literal text, "") and ("", sign with a meaning)."""
    sections: list[list[tuple[str, str]]] = [[]]
    for found in _PIECE.finditer(code):
        literal = found["quoted"] or found["escaped"] or found["money"] or ""
        if found["sign"] == ";":
            sections.append([])
        else:
            sections[-1].append((literal, found["sign"] or ""))
    return sections


def _date_tokens(letters: str) -> str:
    """Which parts of a date a format shows; m is a month unless hours or seconds stand without a day."""
    if "general" in letters or not set(letters) & set("ymdhs"):
        return ""
    has_clock = bool(set(letters) & set("hs"))
    is_month = "m" in letters and (not has_clock or bool(set(letters) & set("yd")))
    tokens = ("y" if "y" in letters else "") + ("m" if is_month else "") + ("d" if "d" in letters else "")
    return tokens + ("h" if has_clock else "")


def _digits(exact: Decimal, digits: str) -> str:
    """The size of a number with the places that `digits` (as 0.0#) has."""
    whole, _, places = digits.partition(".")
    scaled = len(whole) - len(whole.rstrip(",")) if not places else len(places) - len(places.rstrip(","))
    places = places.replace(",", "")[:15]
    rounded = (abs(exact) / 1000**scaled).quantize(Decimal(1).scaleb(-len(places)), ROUND_HALF_UP)
    text = f"{rounded:,f}" if "," in whole.rstrip(",") else f"{rounded:f}"
    for place in reversed(places):
        if place == "0" or not text.endswith("0"):
            break
        text = text[:-1]
    least = whole.count("0")
    number, point, rest = text.rstrip(".").partition(".")
    return number.zfill(least) + point + rest
