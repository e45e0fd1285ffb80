"""The explanation of a person's rights on a measure as lines of text."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from workflow.pages.access.answers import Answer, part_label
from workflow.pages.access.explanation import (
    Explanation,
    reading_words,
    role_words,
    standing_words,
    why_not,
)


def access_lines(found: Explanation) -> Iterator[str]:
    """Who, what and when; what is seen and by which role; what may be done and what decides; every role."""
    about = {"name": str(found.person), "code": found.measure.code, "day": found.on.isoformat()}
    yield _("%(name)s · %(code)s · roles and dates of %(day)s, the measure as it stands now") % about
    yield _seen(found)
    for ground in found.view.grounds:
        rights = "; ".join(str(right.label) for right in ground.rights)
        yield f"  {role_words(ground.grant, ground.scope)}: {reading_words(ground.reading)} {rights}".rstrip()
    for part, answers in found.answers.items():
        yield f"{part_label(part)}:"
        for answer in answers:
            yield f"  {_answer(answer, found)}"
    yield _("Roles:") if found.roles else _("Roles: none.")
    for one in found.roles:
        role = one.held.appointment
        where = one.held.scope or role.get_scope_kind_display()
        dates = f"{role.since.isoformat()} – {role.until.isoformat() if role.until else ''}".rstrip()
        yield f"  {one.held.words} · {where} · {dates}: {standing_words(one)}"


def _seen(found: Explanation) -> str:
    verdict = _("May see: yes.") if found.view.sees else _("May see: no.")
    words = (verdict, reading_words(found.view.reading, found.view.own), why_not(found, tells_state=True))
    return " ".join(word for word in words if word)


def _answer(one: Answer, found: Explanation) -> str:
    about = f" ({'、'.join(one.about)})" if one.about else ""
    words = [_("%(verdict)s.") % {"verdict": one.verdict}, one.why]
    if one.by:
        roles = "、".join(found.role_words(grant) for grant in one.by)
        words.append(_("Role: %(roles)s.") % {"roles": roles})
    elif one.needs:
        roles = "、".join(str(role) for role in one.roles)
        words.append(_("Asks for the role there: %(roles)s.") % {"roles": roles})
    words.append(one.note)
    return f"{one.label}{about}: {' '.join(word for word in words if word)}"
