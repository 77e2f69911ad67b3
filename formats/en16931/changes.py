"""What changed between two invoices, by business term: for people, and in nearly linear time.

Groups that repeat are matched before they are compared, so that a line put in front of 10,000
others is one addition. First those are paired that are equal; then lines that are equal but for
their number; then what has the same key (an item's name, a VAT category with its rate ...). What
is left over was added or removed.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from pydantic import BaseModel

from formats.en16931.comparison import (
    CREDITOR,
    MANDATE,
    REMITTANCE,
    Normal,
    is_empty,
    normalised,
    payment_pointer,
    placed,
)
from formats.en16931.hashing import plain_value, without_defaults
from formats.en16931.leaves import INVOICE, Slot, is_value
from formats.en16931.line import Line
from formats.en16931.matching import matched
from formats.en16931.model import Invoice, InvoiceNote

ORDERED = (Line, InvoiceNote)
"""Groups whose order people read; elsewhere EN 16931 knows none."""

_PARTICULARS = ("UBL-", "CII-")
"""Begin the ids of what one syntax has and no business term is."""


class Kind(StrEnum):
    """How a term changed.

    `MOVED`: a line or note stands elsewhere among the others. `RENUMBERED`: lines got other
    identifiers (BT-126); one change for all of them.
    """

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"
    RENUMBERED = "renumbered"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    Attributes:
        kind: What happened.
        term: Id of the business term or group; None for what has none.
        name: The term in words, e.g. "Seller VAT identifier".
        pointer: JSON pointer into the new invoice, None for what was removed.
        old_pointer: JSON pointer into the old invoice, None for what was added.
        old, new: The values as JSON (attached files by size and hash), None where there is none.
            Of what moved the places, from 1; of renumbered lines first and last identifier.
    """

    kind: Kind
    term: str | None
    name: str
    pointer: str | None
    old_pointer: str | None
    old: object | None
    new: object | None


@dataclass(frozen=True, slots=True)
class _Place:
    """A term, and where it stands in both invoices."""

    slot: Slot
    old: str
    new: str

    def at(self, old: int, new: int) -> "_Place":
        return _Place(self.slot, f"{self.old}/{old}", f"{self.new}/{new}")

    def below(self, group: type[BaseModel], name: str) -> "_Place":
        return _Place(self.slot.inner(group, name), f"{self.old}/{name}", f"{self.new}/{name}")

    def change(self, kind: Kind, old: object, new: object) -> Change:
        pointer = None if kind is Kind.REMOVED else self.new
        old_pointer = None if kind is Kind.ADDED else self.old
        term = self.slot.ids[0] if self.slot.ids else None
        return Change(kind, term, self.slot.name, pointer, old_pointer, old, new)


def diff(
    old: Invoice, new: Invoice, *, process_control: bool = False, everything: bool = False
) -> tuple[Change, ...]:
    """Return what changed from one invoice to the other; nothing where they say the same.

    What the semantic hash holds equal is equal here too. Terms of extensions, and the order of
    lines and notes, are compared as well.

    Args:
        old: The one that was first.
        new: The other.
        process_control: Also compare what the documents claim to follow (BG-2).
        everything: Also compare that, particulars of one syntax that are no business terms, and
            values that mean the same as their absence.
    """
    if not everything:
        old, new = without_defaults(old), without_defaults(new)
    one, other = normalised(old), normalised(new)
    before, after = one.invoice, other.invoice
    if not (process_control or everything):
        after = after.model_copy(update={"process_control": before.process_control})
    found = [
        _with_own_places(change, one, other)
        for change in _group(before, after, _Place(INVOICE, "", ""))
        if everything or _is_term(change.term)
    ]
    once = (
        ("BT-83", REMITTANCE, "Remittance information", one.remittance, other.remittance),
        ("BT-89", MANDATE, "Mandate reference identifier", one.mandate, other.mandate),
        ("BT-90", CREDITOR, "Bank assigned creditor identifier", _joined(one), _joined(other)),
    )
    for term, path, name, first, second in once:
        slot = Slot((term,), name)
        place = _Place(slot, payment_pointer(old, path), payment_pointer(new, path))
        found += _values(first, second, place)
    return tuple(found)


def _is_term(term: str | None) -> bool:
    """Tell a business term from a particular of one syntax, which another need not have."""
    return term is not None and not term.startswith(_PARTICULARS)


def _with_own_places(change: Change, old: Normal, new: Normal) -> Change:
    """Let pointers to payments lead into the invoices as they are, not as they were joined."""
    if not (change.pointer or change.old_pointer or "").startswith("/payment_instructions/"):
        return change
    pointer = None if change.pointer is None else placed(change.pointer, new.places)
    old_pointer = None if change.old_pointer is None else placed(change.old_pointer, old.places)
    return replace(change, pointer=pointer, old_pointer=old_pointer)


def _joined(normal: Normal) -> str | None:
    return ", ".join(normal.creditors) or None


def _any(old: object, new: object, place: _Place) -> Iterator[Change]:
    if isinstance(old, tuple) and isinstance(new, tuple):
        yield from _repeated(old, new, place)
    elif isinstance(old, BaseModel) and type(old) is type(new) and not is_value(old):
        yield from _group(old, new, place)
    else:
        yield from _values(old, new, place)


def _group(old: BaseModel, new: object, place: _Place) -> Iterator[Change]:
    if old is new:
        return
    group = type(old)
    for name in group.model_fields:
        before, after = getattr(old, name), getattr(new, name)
        if before is not after:
            yield from _any(before, after, place.below(group, name))


def _values(old: object, new: object, place: _Place) -> Iterator[Change]:
    """Yield how one value became another; a group that came or went is one change."""
    before = None if is_empty(old) else plain_value(old)
    after = None if is_empty(new) else plain_value(new)
    if before == after:
        return
    if not place.slot.ids:  # a group of an extension, which is no term by itself
        inside = old if before is not None else new
        if isinstance(inside, BaseModel) and (before is None or after is None):
            nothing = type(inside).model_construct()
            pair = (nothing, inside) if before is None else (inside, nothing)
            yield from _group(*pair, place)
            return
    kind = Kind.ADDED if before is None else Kind.REMOVED if after is None else Kind.CHANGED
    yield place.change(kind, before, after)


def _repeated(old: tuple[object, ...], new: tuple[object, ...], place: _Place) -> Iterator[Change]:
    """Match the elements of a group that repeats, and yield how they differ."""
    found = matched(old, new)
    renumbered = []
    for before, after in found.changed:
        one, other = old[before], new[after]
        if isinstance(one, Line) and isinstance(other, Line) and _number(one) != _number(other):
            renumbered.append((before, after))
            other = other.model_copy(update={"identifier": one.identifier})
        yield from _any(one, other, place.at(before, after))
    if renumbered:
        yield _renumbered(old, new, sorted(renumbered), place)
    if isinstance((*old, *new, None)[0], ORDERED):
        yield from _moved(found.pairs, place)
    for index in found.removed:
        yield from _values(old[index], None, place.at(index, index))
    for index in found.added:
        yield from _values(None, new[index], place.at(index, index))


def _number(line: object) -> str:
    return (line.identifier or "").strip() if isinstance(line, Line) else ""


def _renumbered(
    old: Sequence[object], new: Sequence[object], pairs: list[tuple[int, int]], place: _Place
) -> Change:
    """Return one change for all lines that have another identifier."""
    first, last = pairs[0], pairs[-1]
    before = list(dict.fromkeys((_number(old[first[0]]), _number(old[last[0]]))))
    after = list(dict.fromkeys((_number(new[first[1]]), _number(new[last[1]]))))
    words = "1 line" if len(pairs) == 1 else f"{len(pairs)} lines"
    return Change(
        Kind.RENUMBERED,
        "BT-126",
        f"Identifier of {words}",
        f"{place.new}/{first[1]}/identifier",
        f"{place.old}/{first[0]}/identifier",
        " to ".join(before),
        " to ".join(after),
    )


def _moved(pairs: Sequence[tuple[int, int]], place: _Place) -> Iterator[Change]:
    """Yield the elements that left the order of the others: as few as explain the new order."""
    ordered = sorted(pairs)
    staying = _longest_rise([new for _, new in ordered])
    for before, after in ordered:
        if after not in staying:
            yield place.at(before, after).change(Kind.MOVED, before + 1, after + 1)


def _longest_rise(numbers: Sequence[int]) -> frozenset[int]:
    """Return the longest subsequence of different numbers that rises (patience sorting)."""
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        place = bisect_left(ends, number)
        before[number] = ends[place - 1] if place else None
        ends[place : place + 1] = [number]
    found: set[int] = set()
    current = ends[-1] if ends else None
    while current is not None:
        found.add(current)
        current = before[current]
    return frozenset(found)
