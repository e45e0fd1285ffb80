"""Who acts: a person, or a named timed duty."""

from dataclasses import dataclass

from accounts.models import User


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that acts by itself: timed work, or the installation before there is a person."""

    name: str


Actor = User | Duty
INSTALLATION = Duty("installation")
STRANGER = Duty("stranger")
"""Whoever is not signed in."""
