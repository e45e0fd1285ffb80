"""The numbers of RULES.md as the defaults of a rule version; a plan may publish versions of its own."""

from dataclasses import asdict, dataclass, fields
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Numbers:
    """Thresholds in working days unless a name says otherwise (RULES.md)."""

    accept_within: int = 2
    accept_hint_after: int = 1
    roadmap_within: int = 10
    review_within: int = 3
    consolidate_within: int = 3
    verify_within: int = 5
    verify_with_visit_within: int = 10
    evaluate_within: int = 20
    close_within: int = 3
    due_hint_least: int = 5
    due_hint_most: int = 15
    due_hint_percent: int = 20
    report_hint: int = 3
    report_late_red: int = 5
    returns_yellow: int = 2
    independence_years: int = 3
    passed_from: int = 80
    conditional_from: int = 60
    month_share_day: int = 25
    month_lead_day: int = 28
    quarter_share_day: int = 20
    quarter_lead_day: int = 25
    year_share_day: int = 15
    year_lead_day: int = 25
    evidence_max_mb: int = 50
    suspend_months: int = 6
    request_sign_within: int = 2
    request_decide_within: int = 3
    refusal_within: int = 2
    extension_ahead: int = 5
    extension_by_supervisor: int = 15
    extension_count: int = 2
    extension_percent: int = 50
    coordination_lead_within: int = 3
    coordination_supervisor_within: int = 5
    coordination_approver_within: int = 10
    object_within: int = 5

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Self:
        """The numbers stored in a rule version; those it does not name keep their default."""
        known = {f.name for f in fields(cls)}
        return cls(**{name: int(value) for name, value in data.items() if name in known})

    def as_data(self) -> dict[str, int]:
        """The numbers as stored."""
        return asdict(self)


def due_hint_days(whole_period: int, numbers: Numbers) -> int:
    """Working days before the due date from which the lamp is blue: max(5, min(15, 20 % of D))."""
    share = whole_period * numbers.due_hint_percent // 100
    return max(numbers.due_hint_least, min(numbers.due_hint_most, share))
