"""People and bureaus: everybody is named by their post, and made when first asked for."""

from datetime import date
from typing import Any

import factory
from django.db import transaction
from factory.django import DjangoModelFactory

from accounts import grants
from accounts.models import Appointment, Bureau, BureauKind, Membership, User
from accounts.roles import Role, ScopeKind
from workflow.models import Engagement, Plan

LONG_AGO = date(2020, 1, 1)


class PersonFactory(DjangoModelFactory[User]):
    """A person without a password: nobody signs in where only actions are tried."""

    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"person-{n}")
    name = factory.LazyAttribute(lambda person: person.username)
    password = "!"


def make_bureau(
    name: str, kind: str = BureauKind.BUREAU, under: Bureau | None = None, **fields: Any
) -> Bureau:
    """A bureau in the tree: a root, or below `under`."""
    bureau = Bureau(name=name, kind=kind, **fields)
    if under is None:
        return Bureau.objects.add_root(instance=bureau)
    return Bureau.objects.add_child(Bureau.objects.get(pk=under.pk), instance=bureau)


def join(person: User, bureau: Bureau, since: date = LONG_AGO, until: date | None = None) -> Membership:
    """Make `person` a member of `bureau`."""
    return Membership.objects.create(user=person, bureau=bureau, since=since, until=until)


def appoint(
    person: User,
    role: Role,
    scope: Bureau | Plan | Engagement | None,
    since: date = LONG_AGO,
    until: date | None = None,
) -> Appointment:
    """Give a role without asking who gives it."""
    kinds = {Bureau: ScopeKind.BUREAU, Plan: ScopeKind.PLAN, Engagement: ScopeKind.ENGAGEMENT}
    kind = ScopeKind.ALL if scope is None else kinds[type(scope)]
    with transaction.atomic():  # the person's row is locked, which PostgreSQL does in a transaction alone
        return grants.appoint(person, role, kind, scope, since, until)


class Cast:
    """Whoever a test needs, by post: `cast.handler(bureau)` is the same person each time it is asked for.

    `n` tells several holders of one post apart; `mark` tells the bureaus of one cast from those of another.
    """

    def __init__(self, mark: str = "") -> None:
        self.mark = mark
        self._bureaus: dict[str, Bureau] = {}
        self._people: dict[tuple[Any, ...], User] = {}

    def bureau(self, name: str, kind: str = BureauKind.BUREAU, under: Bureau | None = None) -> Bureau:
        """The bureau of that name."""
        if name not in self._bureaus:
            self._bureaus[name] = make_bureau(self.mark + name, kind, under)
        return self._bureaus[name]

    @property
    def office(self) -> Bureau:
        """The supervision office."""
        return self.bureau("督查室")

    @property
    def issuer(self) -> Bureau:
        """The bureau that issues plans."""
        return self.bureau("区政府办")

    @property
    def agency(self) -> Bureau:
        """The evaluation agency."""
        return self.bureau("评估中心", BureauKind.AGENCY)

    def stranger(self, n: int = 1) -> User:
        """A person without bureau or role."""
        return self._person(("stranger", n), f"路人{n}")

    def handler(self, bureau: Bureau, n: int = 1) -> User:
        """经办人 of the bureau."""
        return self._of_bureau(Role.HANDLER, bureau, n)

    def head(self, bureau: Bureau, n: int = 1) -> User:
        """负责人 of the bureau."""
        return self._of_bureau(Role.HEAD, bureau, n)

    def supervisor(self, plan: Plan, n: int = 1, bureau: Bureau | None = None) -> User:
        """督查员 of the plan, a member of the supervision office unless another bureau is named."""
        return self._of_plan(Role.SUPERVISOR, plan, n, bureau or self.office)

    def approver(self, plan: Plan, n: int = 1, bureau: Bureau | None = None) -> User:
        """分管领导 of the plan."""
        return self._of_plan(Role.APPROVER, plan, n, bureau)

    def auditor(self, plan: Plan | None = None, n: int = 1) -> User:
        """审计员 of one plan, or of all."""
        return self._of_plan(Role.AUDITOR, plan, n, None)

    def observer(self, plan: Plan, n: int = 1) -> User:
        """观察员 of the plan."""
        return self._of_plan(Role.OBSERVER, plan, n, None)

    def administrator(self, n: int = 1) -> User:
        """管理员."""
        return self._of_plan(Role.ADMINISTRATOR, None, n, None)

    def evaluator(self, engagement: Engagement, n: int = 1) -> User:
        """评估员 of the engagement, a member of its agency."""
        key = (Role.EVALUATOR, engagement.pk, n)
        if key not in self._people:
            person = self._person(key, f"评估员{engagement.pk}-{n}")
            join(person, engagement.agency)
            appoint(person, Role.EVALUATOR, engagement)
        return self._people[key]

    def _of_bureau(self, role: Role, bureau: Bureau, n: int) -> User:
        key = (role, bureau.pk, n)
        if key not in self._people:
            person = self._person(key, f"{bureau.name}-{role.value}-{n}")
            join(person, bureau)
            appoint(person, role, bureau)
        return self._people[key]

    def _of_plan(self, role: Role, plan: Plan | None, n: int, bureau: Bureau | None) -> User:
        key = (role, plan.pk if plan else None, n)
        if key not in self._people:
            person = self._person(key, f"{plan.code if plan else ''}-{role.value}-{n}")
            if bureau is not None:
                join(person, bureau)
            appoint(person, role, plan)
        return self._people[key]

    def _person(self, key: tuple[Any, ...], name: str) -> User:
        if key not in self._people:
            self._people[key] = PersonFactory(name=name)
        return self._people[key]
