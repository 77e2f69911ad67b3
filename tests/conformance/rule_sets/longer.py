"""Documents with more of something: lines, rates of VAT, notes ..."""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import islice
from typing import Final

from lxml import etree

from formats import xml
from tests.conformance.rule_sets.inventory import RuleSet, subjects

_LINES: Final = ("InvoiceLine", "CreditNoteLine", "IncludedSupplyChainTradeLineItem")

_OF_INVOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "lines": _LINES,
    # Every line has a rate of its own, and every rate its subtotal.
    "rates": (*_LINES, "TaxSubtotal", "ApplicableTradeTax"),
    "payment means": ("PaymentMeans", "SpecifiedTradeSettlementPaymentMeans"),
    "allowances": ("AllowanceCharge", "SpecifiedTradeAllowanceCharge"),
    "attachments": ("AdditionalDocumentReference", "AdditionalReferencedDocument"),
    "notes": ("Note", "IncludedNote"),
}
"""What an invoice may have many of, by the local names of elements."""

_GROUPS: Final = {
    "TaxTotal",
    "ExchangedDocument",
    "SupplyChainTradeTransaction",
    "ApplicableHeaderTradeAgreement",
    "ApplicableHeaderTradeSettlement",
}
"""Where they stand, if not in the root."""

_NUMBERS: Final = {"ID", "LineID"}
_KEYS: Final = {"Key"}
_RATES: Final = {"Percent", "RateApplicablePercent"}
_LONGEST: Final = 100_000
"""Bytes of a document that is worth to be made longer."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A document to make longer ones from.

    Attributes:
        root: Its root element.
        kinds: By name, the elements there may be many of, by local name.
    """

    root: etree._Element
    kinds: Mapping[str, tuple[str, ...]]

    def times(self, count: int, kind: str | None = None) -> bytes:
        """Return the document with so many things of a kind, or of every kind."""
        root = deepcopy(self.root)
        wanted = {each for key in ([kind] if kind else self.kinds) for each in self.kinds[key]}
        for element in list(_first_ones(root, wanted, anywhere=not _is_invoice(root))):
            _multiply(element, count, rates=kind in {None, "rates"})
        return etree.tostring(root, encoding="utf-8")


def sample(rule_set: RuleSet) -> Sample | None:
    """Return the document of a rule set that has most kinds, and from others what it lacks.

    None when its publisher gives no document.
    """
    found = [
        xml.parse(each.content) for each in subjects(rule_set) if len(each.content) < _LONGEST
    ]
    if not found:
        return None
    kinds = _OF_INVOICES if _is_invoice(found[0]) else _repeated(found)
    best = max(found, key=lambda root: (len(_had(root, kinds)), len(root)))
    for kind in kinds.keys() - _had(best, kinds):
        _take_over(best, kinds[kind], found)
    had = _had(best, kinds)
    return Sample(best, {kind: names for kind, names in kinds.items() if kind in had})


def _is_invoice(root: etree._Element) -> bool:
    return _local(root) in {"Invoice", "CreditNote", "CrossIndustryInvoice"}


def _repeated(roots: Sequence[etree._Element]) -> dict[str, tuple[str, ...]]:
    """Return the names that several elements next to each other have in some document."""
    names = {
        _local(each)
        for root in roots
        for each in root.iter("*")
        if [sibling.tag for sibling in islice(each.itersiblings("*"), 3)] == [each.tag] * 3
    }
    return {name: (name,) for name in sorted(names)}


def _had(root: etree._Element, kinds: Mapping[str, tuple[str, ...]]) -> set[str]:
    anywhere = not _is_invoice(root)
    places = {_local(each) for each in _places(root, anywhere=anywhere)}
    return {kind for kind, names in kinds.items() if _essential(kind, names) & places}


def _essential(kind: str, names: tuple[str, ...]) -> set[str]:
    return set(names) - set(_LINES) if kind == "rates" else set(names)


def _take_over(
    root: etree._Element, names: tuple[str, ...], others: Sequence[etree._Element]
) -> None:
    """Add an element of another document, below the same parent."""
    for other in others:
        if other.tag != root.tag:
            continue
        for element in _first_ones(other, set(names) - set(_LINES), anywhere=False):
            parent = element.getparent()
            place = root if parent is None or parent is other else root.find(f".//{parent.tag!s}")
            if place is not None:
                place.append(deepcopy(element))
                return


def _places(root: etree._Element, *, anywhere: bool) -> Iterator[etree._Element]:
    """Yield the elements that may be of a kind."""
    for element in root.iterdescendants("*"):
        parent = element.getparent()
        if anywhere or parent is root or (parent is not None and _local(parent) in _GROUPS):
            yield element


def _first_ones(
    root: etree._Element, names: set[str], *, anywhere: bool
) -> Iterator[etree._Element]:
    """Yield the first element of every place with one of some names, none inside of another."""
    seen: set[tuple[str, ...]] = set()
    for element in _places(root, anywhere=anywhere):
        path = (*(str(each.tag) for each in element.iterancestors()), str(element.tag))
        inside = any(_local(each) in names for each in element.iterancestors())
        if _local(element) in names and not inside and path not in seen:
            seen.add(path)
            yield element


def _multiply(element: etree._Element, count: int, *, rates: bool) -> None:
    """Put copies after an element, each with a number and, if wanted, rates of its own."""
    for number in range(count - 1, 0, -1):
        copy = deepcopy(element)
        for each in copy.iterdescendants("*"):
            parent = each.getparent()
            own = parent is copy or (parent is not None and _local(parent) == "LineItem")
            if own and _local(each) in _NUMBERS:
                each.text = f"{number + 1000}"
            elif _local(each) in _KEYS:
                each.text = f"{each.text}{number}"
            elif rates and _local(each) in _RATES:
                # 15 with as many decimals as it takes: a rate that many countries know.
                each.text = f"{15 + number / 10_000:.4f}"
        element.addnext(copy)


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname
