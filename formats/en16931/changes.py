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
from formats.en16931.group import BinaryObject, SchemedIdentifier
from formats.en16931.hashing import group_terms, plain_value
from formats.en16931.line import Line
from formats.en16931.matching import matched
from formats.en16931.model import Invoice, InvoiceNote
from formats.en16931.naming import field_words

ORDERED = (Line, InvoiceNote)
"""Groups whose order people read; elsewhere EN 16931 knows none."""


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

    term: str | None
    name: str
    old: str
    new: str

    def at(self, old: int, new: int) -> "_Place":
        return _Place(self.term, self.name, f"{self.old}/{old}", f"{self.new}/{new}")

    def change(self, kind: Kind, old: object, new: object) -> Change:
        pointer = None if kind is Kind.REMOVED else self.new
        old_pointer = None if kind is Kind.ADDED else self.old
        return Change(kind, self.term, self.name, pointer, old_pointer, old, new)


def diff(old: Invoice, new: Invoice, *, process_control: bool = False) -> tuple[Change, ...]:
    """Return what changed from one invoice to the other; nothing where they say the same.

    What the semantic hash holds equal is equal here too; extensions and the order of lines and
    notes are compared as well.

    Args:
        old: The one that was first.
        new: The other.
        process_control: Also compare what the documents claim to follow (BG-2).
    """
    one, other = normalised(old), normalised(new)
    before, after = one.invoice, other.invoice
    if not process_control:
        after = after.model_copy(update={"process_control": before.process_control})
    found = list(_group(before, after, _Place(None, "Invoice", "", "")))
    found = [_with_own_places(change, one, other) for change in found]
    once = (
        ("BT-83", REMITTANCE, "Remittance information", one.remittance, other.remittance),
        ("BT-89", MANDATE, "Mandate reference identifier", one.mandate, other.mandate),
        ("BT-90", CREDITOR, "Bank assigned creditor identifier", _joined(one), _joined(other)),
    )
    for term, path, name, first, second in once:
        place = _Place(term, name, payment_pointer(old, path), payment_pointer(new, path))
        found += _values(first, second, place)
    return tuple(found)


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
    elif isinstance(old, BaseModel) and type(old) is type(new) and not _is_value(old):
        yield from _group(old, new, place)
    else:
        yield from _values(old, new, place)


def _is_value(value: object) -> bool:
    return isinstance(value, SchemedIdentifier | BinaryObject)


def _group(old: BaseModel, new: object, place: _Place) -> Iterator[Change]:
    if old is new:
        return
    group = type(old)
    terms = group_terms(group)
    for name in group.model_fields:
        before, after = getattr(old, name), getattr(new, name)
        if before is after:
            continue
        inner = _Place(
            terms[name].id if name in terms else None,
            field_words(group, name),
            f"{place.old}/{name}",
            f"{place.new}/{name}",
        )
        yield from _any(before, after, inner)


def _values(old: object, new: object, place: _Place) -> Iterator[Change]:
    """Yield how one value became another; a group that came or went is one change."""
    before = None if is_empty(old) else plain_value(old)
    after = None if is_empty(new) else plain_value(new)
    if before == after:
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
