"""Checkpoints go out: to witnesses, who sign them, and to timestamp authorities. What does not arrive is tried again.

A row for each anchor (`AnchorPush`) says what arrived last and when it is tried next; what comes back is verified and
kept (`AnchorReceipt`). Nothing is held open in the database while the network is asked.
"""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from workflow.models import AnchorPush, AnchorReceipt, SealCheckpoint
from workflow.trail.seal.note import Key, NoteError, parse
from workflow.trail.seal.tree import consistency
from workflow.trail.sealing.signing import verifier
from workflow.trail.sealing.store import DatabaseTree
from workflow.trail.sealing.timestamps import QUERY, TimestampError, stamped

ANSWER_LONGEST = 65_536
LONGEST_PAUSE = timedelta(hours=1)


class AnchorError(RuntimeError):
    """The anchor did not take the checkpoint, or what it answered does not hold."""


class AnchorIsElsewhereError(AnchorError):
    """The witness holds another size than was thought."""

    def __init__(self, size: int) -> None:
        """`size`: what it holds."""
        super().__init__(f"the anchor holds {size} lines")
        self.size = size


@dataclass(frozen=True, slots=True)
class Given:
    """What came back."""

    kind: AnchorReceipt.Kind
    at: datetime
    content: str


Send = Callable[[SealCheckpoint, int], Given]
"""A checkpoint and the size that arrived before → what came back. Raises AnchorError, OSError and HTTPException."""


def anchors() -> dict[str, Send]:
    """The anchors of the settings, by their names. Raises NoteError for a witness's key that cannot be read."""
    found: dict[str, Send] = {}
    for text in settings.TRAIL_WITNESSES:
        address, _space, key = text.strip().partition(" ")
        found[address] = _to_witness(address.rstrip("/") + "/add-checkpoint", Key.parse(key))
    for address in settings.TRAIL_TIMESTAMPS:
        found[address] = _to_authority(address)
    return found


def push_due() -> int:
    """Send the last checkpoint to every anchor whose time it is; how many took it."""
    last, now, taken = SealCheckpoint.objects.order_by("-size").first(), timezone.now(), 0
    for name, send in anchors().items() if last is not None else ():
        push, _made = AnchorPush.objects.get_or_create(anchor=name, defaults={"due_at": now})
        if last is not None and push.due_at <= now and push.sent_size < last.size:
            taken += _push(push, last, send)
    return taken


def _push(push: AnchorPush, last: SealCheckpoint, send: Send) -> bool:
    """Try once; where the witness is elsewhere than was thought (a receipt that was lost), once more from there."""
    every = timedelta(seconds=settings.TRAIL_ANCHOR_SECONDS)
    try:
        try:
            given = send(last, push.sent_size)
        except AnchorIsElsewhereError as why:
            if why.size > last.size:
                raise
            given = send(last, why.size)
    except (AnchorError, NoteError, TimestampError, OSError, HTTPException) as why:
        push.tries += 1
        push.error = str(why)
        push.due_at = timezone.now() + min(every * 2 ** min(push.tries, 20), LONGEST_PAUSE)
        push.save()
        return False
    with transaction.atomic():
        AnchorReceipt.objects.create(
            checkpoint=last, anchor=push.anchor, kind=given.kind, at=given.at, content=given.content
        )
        push.sent_size, push.tries, push.error = last.size, 0, ""
        push.due_at = timezone.now() + every
        push.save()
    return True


def _to_witness(address: str, key: Key) -> Send:
    def send(last: SealCheckpoint, before: int) -> Given:
        proof = [b64encode(step).decode() for step in consistency(DatabaseTree(), before, last.size)]
        body = "\n".join([f"old {before}", *proof]) + "\n\n" + last.note
        answer = _asked(address, "text/plain; charset=utf-8", body.encode()).decode()
        shown = parse(last.note + answer)
        seen = shown.seen_at(key)
        if seen is None or not shown.is_signed_by(key, verifier()):
            raise AnchorError("the witness's signature does not hold")
        mine = [one for one in shown.signatures if (one.name, one.key_hash) == (key.name, key.hash)]
        kept = replace(shown, signatures=(*parse(last.note).signatures, *mine))
        return Given(AnchorReceipt.Kind.WITNESS, seen, str(kept))

    return send


def _to_authority(address: str) -> Send:
    def send(last: SealCheckpoint, before: int) -> Given:
        trusted = Path(settings.TRAIL_TIMESTAMP_AUTHORITIES)
        stamp = stamped(last.note.encode(), trusted, lambda query: _asked(address, QUERY, query))
        return Given(AnchorReceipt.Kind.TIMESTAMP, stamp.at, b64encode(stamp.content).decode())

    return send


def _asked(address: str, kind: str, body: bytes) -> bytes:
    if not address.startswith(("https://", "http://")):
        raise AnchorError(f"{address} is no address that can be asked")
    request = Request(address, data=body, headers={"Content-Type": kind})  # noqa: S310 - looked at above
    try:
        with urlopen(request, timeout=10) as answer:  # noqa: S310 - as above
            return bytes(answer.read(ANSWER_LONGEST))
    except HTTPError as why:
        with why:
            told = why.read(200).decode(errors="replace").strip()
        if why.code == 409 and told.isascii() and told.isdigit():
            raise AnchorIsElsewhereError(int(told)) from why
        raise AnchorError(f"{why.code}: {told}") from why
