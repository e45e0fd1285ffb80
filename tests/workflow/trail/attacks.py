"""Thirteen attacks on the trail by a superuser whose triggers are off; each says which places it touched."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from random import Random
from typing import Any

from django.db import connection, transaction

from tests.factories.trail import unguarded
from workflow.models import AuditEvent, SealCheckpoint, SealedLine, SealedSubtree
from workflow.trail.canonical import values_of
from workflow.trail.chain import hash_of
from workflow.trail.seal import tree
from workflow.trail.seal.ed25519 import FileSigner
from workflow.trail.seal.note import Checkpoint, parse
from workflow.trail.sealing.checking import Against, SealFault, seal_faults
from workflow.trail.sealing.sealer import seal
from workflow.trail.sealing.store import DatabaseTree
from workflow.trail.verifying import BrokenChain, verify


@dataclass(frozen=True, slots=True)
class Office:
    """A trail, sealed and anchored; the last checkpoint is not anchored yet, and some lines are not sealed."""

    signer: FileSigner
    forger: FileSigner
    against: Against
    anchored: int

    def line(self, random: Random, **wanted: Any) -> SealedLine:
        """A random line that an anchor outside answers for."""
        rows = SealedLine.objects.filter(position__lt=self.anchored, chain__startswith="measure:", **wanted)
        return random.choice(list(rows.order_by("position")))


Found = list[BrokenChain | SealFault]


def found(office: Office) -> Found:
    """What `verify_trail` says, given the anchors."""
    return [*verify(), *seal_faults(office.against)]


def is_placed(faults: Found, touched: Iterable[SealedLine]) -> bool:
    """Whether each place that was touched is told: by its line, by its chain, or by the anchors around it."""
    places = [one for one in faults if isinstance(one, SealFault)]
    chains = {one.chain for one in faults if isinstance(one, BrokenChain)}
    return all(
        row.chain in chains
        or any(one.line == f"{row.chain}#{row.seq}" or one.first <= row.position < one.end for one in places)
        for row in touched
    )


Attack = Callable[[Office, Random], list[SealedLine]]


def _sql(text: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text, values)


def _event(row: SealedLine) -> AuditEvent:
    return AuditEvent.objects.get(pk=row.event_id)


def _edit(office: Office, random: Random) -> list[SealedLine]:
    row = office.line(random)
    column, value = random.choice(
        [("reason", "forged"), ("to_state", "closed"), ("actor_id", None), ("duty", "nobody"), ("role", "x")]
    )
    if getattr(_event(row), column) == value:
        column, value = "reason", "forged again"
    if column == "actor_id":
        _sql("UPDATE workflow_auditevent SET actor_id = NULL, duty = 'night' WHERE id = %s", row.event_id)
    elif column == "duty":
        _sql("UPDATE workflow_auditevent SET actor_id = NULL, duty = 'dawn' WHERE id = %s", row.event_id)
    else:
        _sql(f"UPDATE workflow_auditevent SET {column} = %s WHERE id = %s", value, row.event_id)  # noqa: S608
    return [row]


def _edit_and_hash(office: Office, random: Random) -> list[SealedLine]:
    row = office.line(random)
    _sql("UPDATE workflow_auditevent SET reason = 'forged' WHERE id = %s", row.event_id)
    _sql(
        "UPDATE workflow_auditevent SET hash = %s WHERE id = %s",
        hash_of(values_of(_event(row))),
        row.event_id,
    )
    return [row]


def _delete(keys: Iterable[int | None]) -> None:
    for key in keys:
        _sql("DELETE FROM workflow_auditevent WHERE id = %s", key)


def _delete_middle(office: Office, random: Random) -> list[SealedLine]:
    row = office.line(random)
    _delete([row.event_id])
    return [row]


def _cut(chain: str, last: int) -> None:
    """Take the lines after the last away and lower the count that is kept."""
    _delete(AuditEvent.objects.filter(chain=chain, seq__gt=last).values_list("pk", flat=True))
    _sql("UPDATE workflow_measure SET event_seq = %s WHERE id = %s", last, chain.removeprefix("measure:"))


def _delete_sealed_tail(office: Office, random: Random) -> list[SealedLine]:
    row = office.line(random)
    _cut(row.chain, row.seq - 1)
    return [row]


def _delete_unsealed_tail(office: Office, random: Random) -> list[SealedLine]:
    """Nothing outside knows of these lines; the count kept beside the measure does."""
    lines = AuditEvent.objects.filter(sealed=None, chain__startswith="measure:")
    line = random.choice(list(lines.order_by("pk")))
    _delete(AuditEvent.objects.filter(chain=line.chain, seq__gte=line.seq).values_list("pk", flat=True))
    return [SealedLine(position=-1, chain=line.chain, seq=line.seq)]


def _swap(office: Office, random: Random) -> list[SealedLine]:
    """Two lines change their places in the chains, as they are."""
    first = office.line(random)
    second = office.line(random)
    while second.pk == first.pk:
        second = office.line(random)
    _sql("UPDATE workflow_auditevent SET seq = 900000 WHERE id = %s", first.event_id)
    move = "UPDATE workflow_auditevent SET chain = %s, seq = %s WHERE id = %s"
    _sql(move, first.chain, first.seq, second.event_id)
    _sql(move, second.chain, second.seq, first.event_id)
    return [first, second]


def _move(office: Office, random: Random) -> list[SealedLine]:
    """A line goes to the end of another measure's chain, hashed as if it had been written there."""
    row = office.line(random)
    other = office.line(random)
    while other.chain == row.chain:
        other = office.line(random)
    event, end = _event(row), AuditEvent.objects.filter(chain=other.chain).latest("seq")
    event.chain, event.measure_id, event.seq, event.previous_hash = (
        end.chain,
        end.measure_id,
        end.seq + 1,
        end.hash,
    )
    _sql(
        "UPDATE workflow_auditevent SET chain = %s, measure_id = %s, seq = %s, previous_hash = %s, hash = %s WHERE id = %s",
        event.chain, event.measure_id, event.seq, event.previous_hash, hash_of(values_of(event)), event.pk,
    )  # fmt: skip
    _sql("UPDATE workflow_measure SET event_seq = %s WHERE id = %s", event.seq, event.measure_id)
    return [row]


def _delete_all_of_a_measure(office: Office, random: Random) -> list[SealedLine]:
    chain = office.line(random).chain
    rows = list(SealedLine.objects.filter(chain=chain, position__lt=office.anchored))
    _cut(chain, 0)
    return rows


def _recompute_chain(office: Office, random: Random) -> list[SealedLine]:
    row = office.line(random)
    _sql("UPDATE workflow_auditevent SET reason = 'forged' WHERE id = %s", row.event_id)
    before = _event(row).previous_hash
    for event in AuditEvent.objects.filter(chain=row.chain, seq__gte=row.seq).order_by("seq"):
        event.previous_hash = before
        before = hash_of(values_of(event))
        _sql(
            "UPDATE workflow_auditevent SET previous_hash = %s, hash = %s WHERE id = %s",
            event.previous_hash, before, event.pk,
        )  # fmt: skip
    return [row]


def _seal_anew(by: FileSigner) -> None:
    heads = list(SealCheckpoint.objects.order_by("size").values_list("size", "at"))
    for model in (SealCheckpoint, SealedSubtree, SealedLine):
        _sql(f"DELETE FROM {model._meta.db_table}")  # noqa: S608
    seal(by)
    _sql("DELETE FROM workflow_sealcheckpoint")
    for size, at in heads:
        head = Checkpoint(by.name, size, tree.root(DatabaseTree(), size), at).signed(by)
        SealCheckpoint.objects.create(size=size, root=head.root.hex(), at=at, note=str(head))


def _rewrite_without_key(office: Office, random: Random) -> list[SealedLine]:
    rows = _recompute_chain(office, random)
    _seal_anew(office.forger)
    return rows


def _rewrite_with_key(office: Office, random: Random) -> list[SealedLine]:
    rows = _recompute_chain(office, random)
    _seal_anew(office.signer)
    return rows


def _forge_proof(office: Office, random: Random) -> list[SealedLine]:
    """A line, its leaf and the subtree above it are rewritten, so that a proof made from them begins well."""
    row = office.line(random)
    _sql("UPDATE workflow_auditevent SET reason = 'forged' WHERE id = %s", row.event_id)
    forged = hash_of(values_of(_event(row)))
    _sql("UPDATE workflow_auditevent SET hash = %s WHERE id = %s", forged, row.event_id)
    _sql("UPDATE workflow_sealedline SET hash = %s WHERE position = %s", forged, row.position)
    level = tree.BLOCK_LEVEL
    for subtree in SealedSubtree.objects.filter(level=level, place=row.position >> level):
        leaves = DatabaseTree().leaves(subtree.place << level, (subtree.place + 1) << level)
        _sql(
            "UPDATE workflow_sealedsubtree SET hash = %s WHERE id = %s",
            tree.root_of(leaves).hex(), subtree.pk,
        )  # fmt: skip
    return [row]


def _roll_back(office: Office, random: Random) -> list[SealedLine]:
    """The database as an older backup had it, all counts and checkpoints with it."""
    heads = SealCheckpoint.objects.filter(size__lt=office.anchored).values_list("size", flat=True)
    size = random.choice([0, *heads.order_by("size")])
    gone = list(SealedLine.objects.filter(position__gte=size, position__lt=office.anchored))
    kept = SealedLine.objects.filter(position__lt=size).values("event_id")
    _delete(AuditEvent.objects.exclude(pk__in=kept).values_list("pk", flat=True))
    _sql("DELETE FROM workflow_sealcheckpoint WHERE size > %s", size)
    _sql("DELETE FROM workflow_sealedline WHERE position >= %s", size)
    for subtree in SealedSubtree.objects.all():
        if (subtree.place + 1) << subtree.level > size:
            _sql("DELETE FROM workflow_sealedsubtree WHERE id = %s", subtree.pk)
    for table in ("measure", "plan"):
        _sql(
            f"UPDATE workflow_{table} SET event_seq = (SELECT count(*) FROM workflow_auditevent "  # noqa: S608
            f"WHERE chain = '{table}:' || workflow_{table}.id)"
        )
    _sql(
        "UPDATE workflow_trailhead SET last = (SELECT count(*) FROM workflow_auditevent e WHERE e.chain = workflow_trailhead.chain)"
    )
    return gone


ATTACKS: dict[str, Attack] = {
    "edit a line": _edit,
    "edit a line and its hash": _edit_and_hash,
    "delete a line": _delete_middle,
    "delete a sealed tail": _delete_sealed_tail,
    "delete an unsealed tail": _delete_unsealed_tail,
    "swap two lines": _swap,
    "move a line to another measure": _move,
    "delete all of a measure": _delete_all_of_a_measure,
    "edit and recompute the chain": _recompute_chain,
    "rewrite the seal without its key": _rewrite_without_key,
    "rewrite the seal with its key": _rewrite_with_key,
    "forge a proof": _forge_proof,
    "roll the database back": _roll_back,
}


def attacked(attack: Attack, office: Office, random: Random) -> tuple[Found, list[SealedLine]]:
    """What is found after the attack, and what it touched; then all is as before."""
    with transaction.atomic():
        with unguarded():
            touched = attack(office, random)
        faults = found(office)
        transaction.set_rollback(True)
    return faults, touched


def withstands(office: Office, name: str, times: int) -> None:
    """Assert that the attack is found and placed wherever it strikes, and leaves nothing behind here."""
    random = Random(f"{name}, 20261124")
    for n in range(times):
        faults, touched = attacked(ATTACKS[name], office, random)
        assert touched
        assert faults, f"{name}, {n}: not found"
        assert is_placed(faults, touched), f"{name}, {n}: {touched} not among {[str(one) for one in faults]}"
    assert found(office) == []


def anchors() -> list[Checkpoint]:
    """What was given to somebody outside."""
    return [parse(one.note) for one in SealCheckpoint.objects.order_by("size")]
