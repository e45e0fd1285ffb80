"""The units that a draft names, each text once: which bureau it means, which ones it may mean, what was decided."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from accounts.models import Bureau, BureauKind
from workflow.models import PlanImport
from workflow.models.responsible_unit import UnitKind
from workflow.queries.bureau_directory import bureau_directory
from workflow.rules.bureau_names import area_of, without_brackets
from workflow.rules.refusal import Invalid
from workflow.rules.resolving import Directory, Why, resolve

KINDS = (
    (re.compile(r"(?:街道|街道办事处|镇|乡|镇政府|乡政府|镇人民政府|乡人民政府)$"), BureauKind.SUBDISTRICT),
    (re.compile(r"(?:学校|中学|小学|幼儿园|学院|大学)$"), BureauKind.SCHOOL),
    (
        re.compile(r"(?:妇联|残联|工商联|总工会|红十字会|文联|科协|侨联|协会)$|团[区市县省]委"),
        BureauKind.PEOPLES_GROUP,
    ),
    (
        re.compile(
            r"委(?:组织部|宣传部|统战部|政法委|编办|网信办|办公室|社会工作部)|纪委|党校|[区市县省]委办"
        ),
        BureauKind.PARTY_ORGAN,
    ),
)

LONGEST_NAME: int = Bureau._meta.get_field("name").max_length
"""Characters of a bureau's name, and of each of its other names."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A bureau that can be chosen."""

    key: int
    name: str


@dataclass(frozen=True, slots=True)
class UnitName:
    """A unit's text, in how many measures it stands, and who stands behind it.

    `bureau` is the one that it means or that was decided for it; `candidates` those who bear the name, or one like it.
    `is_shared`: several bear it; `is_near`: one differs in area or wording alone, and is not to be added twice.
    `decision`: "bureau", "create", "later", or "" where nobody decided; `kind` the kind that a new bureau would have.
    """

    text: str
    count: int
    bureau: Choice | None
    candidates: list[Choice]
    is_shared: bool
    is_near: bool
    decision: str
    kind: str
    aliases: list[str] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether a person has still to say who is meant."""
        return self.bureau is None and not self.decision

    @property
    def is_created(self) -> bool:
        """Whether a bureau of this name is to be added."""
        return self.decision == "create"

    @property
    def is_missing(self) -> bool:
        """Whether no bureau bears the name, or nearly this one: one can be added."""
        return self.is_open and not self.is_shared and not self.is_near and not self.is_long

    @property
    def new_name(self) -> str:
        """The name that a new bureau would have."""
        return without_brackets(self.text) if self.aliases else self.text

    @property
    def is_long(self) -> bool:
        """Whether no bureau can have so long a name."""
        return len(self.new_name) > LONGEST_NAME

    @property
    def kind_label(self) -> str:
        """The kind of the new bureau in words."""
        return str(BureauKind(self.kind).label)


def area_of_import(plan_import: PlanImport) -> str:
    """The area that the document is of: that of the supervision office, else that of the title; "" where neither says."""
    return area_of(plan_import.office.name) or area_of(plan_import.title)


def unit_names(plan_import: PlanImport) -> list[UnitName]:
    """Every bureau that the draft names, those to be decided first, then by how often. Three statements."""
    units = plan_import.measures.values_list("data__units", flat=True)
    return names_among((unit for listed in units for unit in listed or ()), plan_import)


def names_among(units: Iterable[Mapping[str, Any]], plan_import: PlanImport) -> list[UnitName]:
    """The bureaus among these units of the draft (as it keeps them), each text once. Two statements."""
    counts: Counter[str] = Counter()
    aliases: dict[str, set[str]] = {}
    for unit in units:
        if unit["kind"] == UnitKind.BUREAU:
            counts[unit["text"]] += 1
            aliases.setdefault(unit["text"], set()).update(filter(None, [unit.get("alias", "")]))
    reader = _Reader(bureau_directory(), area_of_import(plan_import), plan_import.bureaus)
    found = [reader.named(text, count, sorted(aliases[text])) for text, count in counts.items()]
    return sorted(found, key=lambda name: (not name.is_open, -name.count, name.text))


@dataclass(frozen=True, slots=True)
class _Reader:
    """Looks names up: in the directory, in the document's area, after what was decided."""

    directory: Directory
    area: str
    decided: Mapping[str, Mapping[str, Any]]

    def named(self, text: str, count: int, aliases: list[str]) -> UnitName:
        """Who stands behind the unit of that text."""
        means, decision = resolve(text, self.directory, self.area, aliases), self.decided.get(text)
        bureau, word, kind = means.exact, "", kind_of_bureau(text)
        if decision is not None:
            word = "bureau" if "bureau" in decision else "create" if "create" in decision else "later"
            bureau, kind = decision.get("bureau"), decision.get("create", kind)
        candidates = means.several or tuple(proposal.key for proposal in means.proposals)
        return UnitName(
            text=text,
            count=count,
            bureau=self.choice(bureau) if bureau in self.directory.bureaus else None,
            candidates=[self.choice(key) for key in candidates],
            is_shared=bool(means.several),
            is_near=any(proposal.why is not Why.LIKENESS for proposal in means.proposals),
            decision=word,
            kind=kind,
            aliases=aliases,
        )

    def choice(self, key: Any) -> Choice:
        """The bureau of that key."""
        return Choice(key, self.directory.name_of(key))


def long_name(name: UnitName) -> Invalid:
    """The refusal of a new bureau whose name would be too long."""
    return Invalid("import.bureau_long", field="bureau", name=name.text[:40], limit=LONGEST_NAME)


def kind_of_bureau(name: str) -> str:
    """The kind that a bureau of this name is likely to be."""
    return next((kind for pattern, kind in KINDS if pattern.search(name)), BureauKind.BUREAU).value
