"""A value in a ledger file together with where it stands, so that an error can name the place."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from workflow.intake.errors import Fault, IntakeError

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
WHOLE_DIGITS = 12
DECIMALS = 4


@dataclass(frozen=True, slots=True)
class Place:
    """`path` such as `sections[2].measures[0].units`; "" is the whole file. Every method raises IntakeError."""

    path: str
    value: Any

    def wrong(self, why: str) -> IntakeError:
        """The error that names this place."""
        return IntakeError(Fault.LEDGER_PLACE, place=self.path or _("the top"), why=why)

    def fields(self, needed: Collection[str], allowed: Collection[str] = ()) -> dict[str, "Place"]:
        """The fields of an object by name; all of `needed`, and none but those and `allowed`."""
        if not isinstance(self.value, dict):
            raise self.wrong(_("an object is needed"))
        for name in sorted(set(needed) - set(self.value)):
            raise self.wrong(_("“%(name)s” is missing") % {"name": name})
        for name in sorted(set(self.value) - set(needed) - set(allowed)):
            shown = "".join(sign for sign in name[:40] if sign.isprintable())
            raise self.wrong(_("“%(name)s” is not known here") % {"name": shown})
        prefix = f"{self.path}." if self.path else ""
        return {name: Place(f"{prefix}{name}", value) for name, value in self.value.items()}

    def items(self) -> list["Place"]:
        """The items of a list."""
        if not isinstance(self.value, list):
            raise self.wrong(_("a list is needed"))
        return [Place(f"{self.path}[{n}]", value) for n, value in enumerate(self.value)]

    def filled_items(self) -> list["Place"]:
        """The items of a list that may not be empty."""
        found = self.items()
        if not found:
            raise self.wrong(_("the list is empty"))
        return found

    def text(self, limit: int, *, may_be_empty: bool = False) -> str:
        """A text of at most `limit` characters; null counts as empty."""
        found = "" if self.value is None and may_be_empty else self.value
        if not isinstance(found, str):
            raise self.wrong(_("a text is needed"))
        found = found.strip()
        if not found and not may_be_empty:
            raise self.wrong(_("the text is empty"))
        if len(found) > limit:
            raise self.wrong(_("the text is longer than %(limit)s characters") % {"limit": limit})
        if _UNPRINTABLE.search(found):
            raise self.wrong(_("the text holds characters that cannot be stored"))
        return found

    def one_of(self, words: Collection[str]) -> str:
        """One of a few words."""
        if not isinstance(self.value, str) or self.value not in words:
            choices = ", ".join(f"“{word}”" for word in words)
            raise self.wrong(_("one of %(choices)s is needed") % {"choices": choices})
        return self.value

    def number(self) -> Decimal | None:
        """A number that the ledger can keep, or None for null."""
        if self.value is None:
            return None
        if isinstance(self.value, bool) or not isinstance(self.value, int | Decimal):
            raise self.wrong(_("a number or null is needed"))
        number = Decimal(self.value)
        if number.adjusted() >= WHOLE_DIGITS or number != round(number, DECIMALS):
            limits = {"digits": WHOLE_DIGITS, "decimals": DECIMALS}
            raise self.wrong(_("at most %(digits)s digits and %(decimals)s decimals can be kept") % limits)
        return number

    def day(self) -> date | None:
        """A date as 2027-12-31, or None for null."""
        if self.value is None:
            return None
        try:
            if isinstance(self.value, str) and _DAY.fullmatch(self.value):
                return date.fromisoformat(self.value)
        except ValueError:
            pass
        raise self.wrong(_("a date such as 2027-12-31 or null is needed"))
