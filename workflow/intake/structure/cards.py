"""Cards: a table for each measure, names of cells with what they hold beside them, become the rows of one list."""

from collections.abc import Iterable, Sequence

from workflow.intake.content import Block, Cell, Passage, Table
from workflow.intake.source import key
from workflow.intake.structure.columns import Column, columns_of, is_header, meaning
from workflow.intake.structure.serials import mark_of

_NAMES_LEAST = 3
_ROWS_LEAST = 2
_Card = dict[str, tuple[Cell, Cell]]


def with_cards(blocks: Iterable[Block]) -> list[Block]:
    """The blocks with cards that follow each other as one table, at the place of the last; a numbered line parts them."""
    found: list[Block] = []
    cards: list[_Card] = []
    place = 0
    for block in blocks:
        card = _card(block) if isinstance(block, Table) else None
        if card is not None:
            cards.append(card)
            place = len(found)
            continue
        if isinstance(block, Table) or mark_of(block.passage) is not None:
            _end(cards, place, found)
            cards = []
        found.append(block)
    _end(cards, place, found)
    return found


def _end(cards: Sequence[_Card], place: int, found: list[Block]) -> None:
    if not cards:
        return
    names = {name: cell for card in reversed(cards) for name, (cell, _) in card.items()}
    order = sorted(names, key=lambda name: next(list(card).index(name) for card in cards if name in card))
    blank = Cell(Passage(""))
    rows = (tuple(card[name][1] if name in card else blank for name in order) for card in cards)
    found.insert(place, Table((tuple(names[name] for name in order), *rows)))


def _card(table: Table) -> _Card | None:
    """Each name with its cell and the one beside it; None for a table that is no card."""
    card: _Card = {}
    for row in table.rows:
        own = [cell for cell in row if not cell.is_spread]
        if len(own) % 2 or any(cell.is_continued for cell in own):
            return None
        for name, value in zip(own[::2], own[1::2], strict=True):
            plain = key(name.text)
            if columns_of((name.text,))[0] in (Column.UNKNOWN, Column.SERIAL) or plain in card:
                return None
            card[plain] = (name, value)
    is_whole = len(card) >= _NAMES_LEAST and len(table.rows) >= _ROWS_LEAST and is_header(list(card))
    has_values = any(meaning(value.text) is Column.UNKNOWN for _, value in card.values())
    return card if is_whole and has_values else None
