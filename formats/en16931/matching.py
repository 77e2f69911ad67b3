"""Which element of one list is which of another: for the diff, without comparing all with all."""

import functools
from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass

from formats.en16931.amounts import DocumentLevelAllowance, DocumentLevelCharge, VatBreakdown
from formats.en16931.comparison import is_empty
from formats.en16931.group import XML_WHITE_SPACE, SchemedIdentifier
from formats.en16931.line import ItemAttribute, Line, LineAllowance, LineCharge
from formats.en16931.model import AdditionalSupportingDocument, PrecedingInvoiceReference
from formats.en16931.payment import CreditTransfer

_REASON = (("reason_code", "reason"), ("reason",), ("reason_code",))
_KEYS: Mapping[type, tuple[tuple[str, ...], ...]] = {
    Line: (
        ("identifier", "item_name"),
        ("identifier", "item_sellers_identifier"),
        ("item_sellers_identifier",),
        ("item_standard_identifier",),
        ("item_name",),
        ("identifier",),
    ),
    VatBreakdown: (("category_code", "category_rate"),),
    DocumentLevelAllowance: _REASON,
    DocumentLevelCharge: _REASON,
    LineAllowance: _REASON,
    LineCharge: _REASON,
    PrecedingInvoiceReference: (("reference",),),
    AdditionalSupportingDocument: (("reference",), ("description",)),
    ItemAttribute: (("name",),),
    CreditTransfer: (("payment_account_identifier",),),
    SchemedIdentifier: (("value",), ("scheme_identifier",)),
}
"""By what elements are recognised that are not equal, best first; a key must be there whole."""

_STRANGERS = (Line, VatBreakdown, PrecedingInvoiceReference, AdditionalSupportingDocument)
"""Groups of which two with different keys are different things; others are paired in order."""


@dataclass(frozen=True, slots=True)
class Matched:
    """Which element became which, by index.

    Attributes:
        pairs: Every pair (old, new).
        changed: Those that are not equal.
        removed: Indexes of the old list.
        added: Indexes of the new list.
    """

    pairs: tuple[tuple[int, int], ...]
    changed: tuple[tuple[int, int], ...]
    removed: tuple[int, ...]
    added: tuple[int, ...]


def matched(old: Sequence[object], new: Sequence[object]) -> Matched:
    """Pair the elements of two lists of the same group; elements that say nothing are left out."""
    work = _Matching(old, new)
    work.pair(_itself)
    equal = len(work.pairs)
    kind = type((*old, *new)[0]) if old or new else object
    if kind is Line:
        work.pair(_but_for_number)
    for key in _KEYS.get(kind, ()):
        work.pair(functools.partial(_key, key))
    if kind not in _STRANGERS:
        work.pair(lambda _: True)
    return Matched(
        tuple(work.pairs), tuple(sorted(work.pairs[equal:])), tuple(work.old), tuple(work.new)
    )


class _Matching:
    """What is not paired yet, by index, and the pairs so far."""

    def __init__(self, old: Sequence[object], new: Sequence[object]) -> None:
        self.old = {index: entry for index, entry in enumerate(old) if not is_empty(entry)}
        self.new = {index: entry for index, entry in enumerate(new) if not is_empty(entry)}
        self.pairs: list[tuple[int, int]] = []

    def pair(self, key: Callable[[object], Hashable | None]) -> None:
        """Pair elements with equal keys, in their order; None is no key."""
        if not self.old or not self.new:
            return
        waiting: defaultdict[Hashable, deque[int]] = defaultdict(deque)
        for index, entry in self.new.items():
            if (found := key(entry)) is not None:
                waiting[found].append(index)
        for index, entry in tuple(self.old.items()):
            found = key(entry)
            if found is not None and (line := waiting.get(found)):
                other = line.popleft()
                del self.old[index], self.new[other]
                self.pairs.append((index, other))


def _itself(entry: object) -> Hashable:
    return entry  # groups are frozen, so they can be hashed; Decimals by value


def _but_for_number(line: object) -> Hashable | None:
    return line.model_copy(update={"identifier": None}) if isinstance(line, Line) else None


def _key(names: tuple[str, ...], entry: object) -> Hashable | None:
    parts = tuple(_plain(getattr(entry, name)) for name in names)
    return None if None in parts else parts


def _plain(value: Hashable) -> Hashable | None:
    return (value.strip(XML_WHITE_SPACE) or None) if isinstance(value, str) else value
