"""The sample's people: two for every role in every scope, with invented names and user names easy to type."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.hashers import make_password

from accounts.models import Bureau, User
from accounts.roles import Role
from workflow.actions.people import appoint, join_bureau, register_person
from workflow.management.sample.bureaus import AGENCY, GOVERNMENT, OFFICE, OWN_CENTRE, WITH_SHARES
from workflow.management.sample.diary import drawn
from workflow.models import Engagement, Plan
from workflow.trail.actor import INSTALLATION

PASSWORD = "duban-sample"  # noqa: S105 - one for all, printed at every start, for the sample alone

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
)
GIVEN = [
    "文静",
    "建国",
    "晓东",
    "丽华",
    "志强",
    "海燕",
    "国栋",
    "秀兰",
    "明远",
    "思齐",
    "雅琴",
    "立新",
    "慧敏",
    "永康",
    "春梅",
    "浩然",
    "佳怡",
    "振华",
    "雪莲",
    "子轩",
    "玉珍",
    "博文",
    "婉清",
    "家骏",
    "晨曦",
    "庆生",
    "素芬",
    "宇航",
    "若兰",
    "德明",
    "静怡",
    "伟民",
    "月娥",
    "俊杰",
    "凤英",
    "承志",
    "云鹏",
    "巧玲",
    "少华",
    "书瑶",
]


@dataclass(frozen=True, slots=True)
class Post:
    """A post to be filled: user name, role, the bureau it belongs to (by name), and what it is called there."""

    username: str
    role: Role
    bureau: str
    title: str


def _pairs(name: str, role: Role, bureau: str, title: str, first: int = 1) -> Iterator[Post]:
    for n in (first, first + 1):
        yield Post(f"{name}{n}", role, bureau, title)


def _posts() -> Iterator[Post]:
    yield from _pairs("ducha", Role.SUPERVISOR, OFFICE, "督查员")
    yield from _pairs("fenguan", Role.APPROVER, GOVERNMENT, "分管副区长")
    for unit in WITH_SHARES:
        yield from _pairs(f"{unit.letters}.jb", Role.HANDLER, unit.name, "科员")
        yield from _pairs(f"{unit.letters}.fz", Role.HEAD, unit.name, "负责人")
    yield from _pairs("pinggu", Role.EVALUATOR, AGENCY, "评估员")
    yield from _pairs("pinggu", Role.EVALUATOR, OWN_CENTRE, "评估员", first=3)
    yield from _pairs("shenji", Role.AUDITOR, "区审计局", "审计员")
    yield from _pairs("admin", Role.ADMINISTRATOR, GOVERNMENT, "系统管理员")
    yield from _pairs("guancha", Role.OBSERVER, GOVERNMENT, "观察员")


POSTS = tuple(_posts())
LEFT_BEFORE = {"pinggu2": ("区人社局", "干部"), "pinggu4": ("区教育局", "教研员")}
"""Evaluators who were members of a bureau until a year before the plan: for its measures they stand back."""


def name_of(number: int) -> str:
    """The invented name of the `number`-th person; no two are the same among the sample's."""
    given = (number * 7 + number // len(SURNAMES)) % len(GIVEN)
    return SURNAMES[number % len(SURNAMES)] + GIVEN[given]


def register(bureaus: dict[str, Bureau], since: date) -> dict[str, User]:
    """Register everybody in their bureau and give the roles held in bureaus and everywhere; by user name.

    One hash serves them all: hashing takes a quarter of a second on purpose, and the password is public.
    """
    people: dict[str, User] = {}
    for number, post in enumerate(POSTS):
        person = register_person(post.username, by=INSTALLATION, name=name_of(number), password=None)
        earlier = since - timedelta(days=400 + drawn(post.username, 1500))
        _once_elsewhere(person, bureaus, earlier, since)
        bureau = bureaus[post.bureau]
        joined = since - timedelta(days=300) if post.username in LEFT_BEFORE else earlier
        join_bureau(person, bureau, by=INSTALLATION, since=joined, title=post.title)
        if post.role in {Role.HANDLER, Role.HEAD}:
            appoint(person, post.role, bureau, by=INSTALLATION, since=since)
        elif post.role == Role.ADMINISTRATOR or post.username == "shenji2":
            appoint(person, post.role, None, by=INSTALLATION, since=since)
        people[post.username] = person
    User.objects.filter(pk__in=[person.pk for person in people.values()]).update(
        password=make_password(PASSWORD)
    )
    return people


def _once_elsewhere(person: User, bureaus: dict[str, Bureau], earlier: date, since: date) -> None:
    if person.username not in LEFT_BEFORE:
        return
    name, title = LEFT_BEFORE[person.username]
    last_day = since - timedelta(days=330)
    join_bureau(
        person,
        bureaus[name],
        by=INSTALLATION,
        since=min(earlier, last_day - timedelta(days=700)),
        until=last_day,
        title=title,
    )


def appoint_for_plan(people: dict[str, User], plan: Plan, since: date) -> None:
    """Give the roles that are held on the plan."""
    on_plan = {Role.SUPERVISOR, Role.APPROVER, Role.AUDITOR, Role.OBSERVER}
    for post in POSTS:
        if post.role in on_plan and post.username != "shenji2":
            appoint(people[post.username], post.role, plan, by=INSTALLATION, since=since)


def appoint_for_engagement(people: dict[str, User], engagement: Engagement, since: date) -> None:
    """Give the evaluators of the engaged agency their role."""
    for post in POSTS:
        if post.role == Role.EVALUATOR and post.bureau == engagement.agency.name:
            appoint(people[post.username], post.role, engagement, by=INSTALLATION, since=since)
