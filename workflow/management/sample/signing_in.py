"""Who may sign in to the sample: the most useful people, for the command line."""

from collections.abc import Iterator
from dataclasses import dataclass

from accounts.models import User
from workflow.management.sample.people import POSTS

USEFUL = (
    "ducha1",
    "ducha2",
    "jyj.jb1",
    "jyj.jb2",
    "jyj.fz1",
    "hzb.jb1",
    "hzb.fz1",
    "rsj.jb1",
    "lj.jb1",
    "fenguan1",
    "pinggu1",
    "shenji1",
    "guancha1",
    "admin1",
)


@dataclass(frozen=True, slots=True)
class Account:
    """One line of the list."""

    role: str
    username: str
    name: str
    bureau: str


def accounts() -> Iterator[Account]:
    """The accounts to begin with, as far as they are in the database and active."""
    posts = {post.username: post for post in POSTS}
    names = dict(User.objects.filter(username__in=USEFUL, is_active=True).values_list("username", "name"))
    for username in USEFUL:
        if username in names:
            post = posts[username]
            yield Account(str(post.role.label), username, names[username], post.bureau)
