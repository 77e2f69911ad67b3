"""An invoice as far as a profile has room for it, and what is left over.

A few terms that a profile has no place for go into a note, if it has notes: those that say
something to whoever reads the invoice, and are one value without a scheme. All else is dropped,
and either is in the report.
"""

import operator
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeVar

from pydantic import BaseModel

from formats.en16931.comparison import is_empty
from formats.en16931.leaves import INVOICE, Leaf, Slot, is_value, leaves
from formats.en16931.model import Invoice, InvoiceNote
from formats.fidelity import Fate, Loss, shown
from formats.json.aliases import PointerMap

DOCUMENT_NOTE, LINE_NOTE = "BT-22", "BT-127"

TO_DOCUMENT_NOTE = frozenset(
    {
        *("BT-7", "BT-10", "BT-11", "BT-12", "BT-13", "BT-14", "BT-15", "BT-16", "BT-17"),
        *("BT-19", "BT-20", "BT-33", "BT-41", "BT-42", "BT-43", "BT-70", "BT-82", "BT-83"),
    }
)
"""Terms of the document that go into a note (BT-22) of their own where the target lacks them."""

TO_LINE_NOTE = frozenset(
    {"BT-132", "BT-133", "BT-134", "BT-135", "BT-154", "BT-155", "BT-156", "BT-159"}
)
"""Terms of a line that go into its note (BT-127), a line of text each."""

_Group = TypeVar("_Group", bound=BaseModel)


@dataclass(slots=True)
class Restricted:
    """An invoice that fits, and what did not.

    Attributes:
        invoice: What is left.
        losses: What was taken out, with pointers into the invoice as it was.
        pointers: From pointers into what is left to pointers into the invoice as it was, where
            elements before one went away.
    """

    invoice: Invoice
    losses: tuple[Loss, ...]
    pointers: PointerMap = field(default_factory=PointerMap)


def restrict(invoice: Invoice, carried: frozenset[str] | None, profile: str) -> Restricted:
    """Take out of an invoice the terms that a profile does not carry.

    Args:
        invoice: The invoice.
        carried: Ids of the terms that there is room for; None for all.
        profile: What the profile is called in the report.
    """
    if carried is None:
        return Restricted(invoice, ())
    work = _Work(carried)
    left = work.group(invoice, "", "", INVOICE)
    homeless = move_to_notes(left or invoice, work.taken, carried, profile)
    return Restricted(homeless.invoice, homeless.losses, PointerMap(work.places))


def move_to_notes(
    invoice: Invoice, homeless: list[Leaf], carried: frozenset[str] | None, profile: str
) -> Restricted:
    """Put what has no place into the notes where that is defined, and report all of it."""
    losses = []
    notes = list(invoice.notes)
    line_notes: dict[int, list[str]] = {}
    for leaf in homeless:
        term = leaf.term
        text = f"{leaf.name} ({term}): {shown(leaf.value)}"
        index = _line_of(leaf.pointer)
        target = None
        if index is None and term in TO_DOCUMENT_NOTE and _has(carried, DOCUMENT_NOTE):
            target = f"/notes/{len(notes)}"
            notes.append(InvoiceNote(note=text))
        elif index is not None and term in TO_LINE_NOTE and _has(carried, LINE_NOTE):
            target = f"/lines/{index}/note"
            line_notes.setdefault(index, []).append(text)
        losses.append(_loss(leaf, profile, target))
    lines = [
        line.model_copy(
            update={"note": "\n".join([*filter(None, [line.note]), *line_notes[index]])}
        )
        if index in line_notes
        else line
        for index, line in enumerate(invoice.lines)
    ]
    changed = invoice.model_copy(update={"notes": tuple(notes), "lines": tuple(lines)})
    return Restricted(changed, tuple(losses))


def _has(carried: frozenset[str] | None, term: str) -> bool:
    return carried is None or term in carried


def _line_of(pointer: str) -> int | None:
    parts = pointer.split("/", 3)
    return int(parts[2]) if parts[1] == "lines" else None


def _loss(leaf: Leaf, profile: str, target: str | None) -> Loss:
    if target is None:
        fate, detail = Fate.DROPPED, f"{profile} has no place for it."
    else:
        fate, detail = Fate.MOVED, f"{profile} has no place for it; it went to the note {target}."
    return Loss(fate, shown(leaf.value), detail, leaf.term, leaf.name, leaf.pointer)


def _carriers(slot: Slot) -> tuple[str, ...]:
    """Return what a profile must carry for a value here; `BT-46*` for a further one of a term."""
    return tuple(f"{each}*" for each in slot.ids) if slot.repeats else slot.ids


class _Work:
    """One restriction: what is taken out, and how places shift by it."""

    def __init__(self, carried: frozenset[str]) -> None:
        self._carried = carried
        self.taken: list[Leaf] = []
        self._places: dict[str, str] = {}

    @property
    def places(self) -> Mapping[str, str]:
        return MappingProxyType(self._places)

    def group(self, group: _Group, was: str, now: str, slot: Slot) -> _Group | None:
        """Return what is left of a group, None when that is nothing."""
        update: dict[str, object] = {}
        for name, value in group:
            if is_empty(value):
                continue
            inner = slot.inner(type(group), name)
            if isinstance(value, tuple):
                left: object = self._several(value, f"{was}/{name}", f"{now}/{name}", inner)
            else:
                left = self._one(value, f"{was}/{name}", f"{now}/{name}", inner)
                if left is None and type(group).model_fields[name].is_required():
                    left = type(value)() if isinstance(value, BaseModel) else None
            if left is not value:
                update[name] = left
        if not update:
            return group
        changed = group.model_copy(update=update)
        hollow = isinstance(changed, InvoiceNote) and is_empty(changed.note)
        return None if hollow or is_empty(changed) else changed

    def _one(self, value: object, was: str, now: str, slot: Slot) -> object | None:
        if isinstance(value, BaseModel) and not is_value(value):
            return self.group(value, was, now, slot)
        if not slot.ids or not self._carried.isdisjoint(_carriers(slot)):
            return value
        self.taken += leaves(value, was, slot)
        return None

    def _several(
        self, values: tuple[object, ...], was: str, now: str, slot: Slot
    ) -> tuple[object, ...]:
        kept: list[object] = []
        for index, value in enumerate(values):
            place = f"{now}/{len(kept)}"
            left = self._one(value, f"{was}/{index}", place, slot)
            if left is None:
                continue
            if len(kept) != index:
                self._places[place] = f"{was}/{index}"
            kept.append(left)
        same = len(kept) == len(values) and all(map(operator.is_, kept, values))
        return values if same else tuple(kept)
