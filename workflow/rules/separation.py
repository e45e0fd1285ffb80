"""Who may not decide what: the separation of duties (DOMAIN.md, Separation of duties, 1 to 5 and 7).

Each function takes plain ids and raises the refusal that names the rule and the tie; none reads the database. Every rule that a deputy's act
comes under applies to both, the deputy and the head for whom they act (DOMAIN.md, Roles).
Rule 6 stands with the roles (`accounts.roles.may_hold_together`).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from workflow.rules.refusal import Forbidden, require


def is_not_the_author(people: Collection[int], touched_by: Iterable[int]) -> None:
    """Rule 1: nobody reviews a report that they wrote or submitted. `people`: who acts and, for a deputy, for whom."""
    require(set(touched_by).isdisjoint(people), Forbidden("separation.review"))


def may_verify(person: int, own_bureau_shares: bool, touched_by: Iterable[int]) -> None:  # noqa: FBT001
    """Rule 2: nobody verifies a measure of their own bureau, or whose report they touched."""
    require(not own_bureau_shares, Forbidden("separation.verify_bureau"))
    require(person not in set(touched_by), Forbidden("separation.verify_report"))


def verifies_from_the_right_office(is_of_the_other_office: bool, other: str) -> None:  # noqa: FBT001
    """Where the supervision office has a share itself, the named `other` office verifies (DESIGN.md)."""
    require(is_of_the_other_office, Forbidden("separation.office", office=other))


def may_close(person: int, own_bureau_shares: bool, verified_by: Iterable[int]) -> None:  # noqa: FBT001
    """Rule 3: nobody closes a measure that they verified, or of their own bureau."""
    require(person not in set(verified_by), Forbidden("separation.close_verified"))
    require(not own_bureau_shares, Forbidden("separation.close_bureau"))


@dataclass(frozen=True, slots=True)
class Tie:
    """What binds an agency or its evaluator to one bureau of a measure."""

    bureau: str
    is_the_agency: bool
    is_related: bool
    had_the_evaluator: bool


def is_independent(ties: Iterable[Tie], years: int) -> None:
    """Rule 4: the agency has no share, stands neither above nor below a bureau that has one, and its
    evaluator was no member of one within `years` (three). The refusal names the tie.
    """
    for tie in ties:
        require(not tie.is_the_agency, Forbidden("separation.agency_has_share"))
        require(not tie.is_related, Forbidden("separation.agency_related", bureau=tie.bureau))
        member = Forbidden("separation.evaluator_member", bureau=tie.bureau, years=years)
        require(not tie.had_the_evaluator, member)


def may_end_share(person: int, own_bureau_shares: bool, touched_by: Iterable[int]) -> None:  # noqa: FBT001
    """Rule 2, for who ends a share: not of a measure of their own bureau, nor one whose report they touched."""
    require(not own_bureau_shares, Forbidden("separation.end_bureau"))
    require(person not in set(touched_by), Forbidden("separation.end_report"))


def may_decide_request(people: Collection[int], touched_by: Iterable[int]) -> None:
    """Rule 5: nobody decides a request that they raised or signed. `people`: who acts and, for a deputy, for whom."""
    require(set(touched_by).isdisjoint(people), Forbidden("separation.request"))


def may_decide_objection(person: int, *, author: int, raised_by: Collection[int]) -> None:
    """Rule 5: nobody decides an objection to their own conclusion, or one that they raised or a deputy raised for them."""
    require(person != author, Forbidden("separation.objection_author"))
    require(person not in raised_by, Forbidden("separation.objection_raised"))


def is_not_the_preparer(person: int, prepared_by: Iterable[int]) -> None:
    """Rule 7: whoever prepared a plan does not alone put it on the ledger."""
    require(person not in set(prepared_by), Forbidden("separation.prepared"))
