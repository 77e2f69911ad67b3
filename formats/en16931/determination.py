"""Fill in what a short invoice leaves out and what is certain all the same.

Only what leaves no doubt is filled in: a rate above zero is category S; a domestic sale with
nothing said bears the standard rate of the day; an allowance or charge is taxed like the lines
when they are all taxed alike; a percentage is of the lines it is taxed with. Everything else
(reverse charge, exemption, export) is a claim the seller must make, so it is asked for, not
guessed.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from formats.en16931.amounts import DocumentLevelAllowance, DocumentLevelCharge
from formats.en16931.draft import InvoiceDraft
from formats.en16931.line import Line
from formats.en16931.rules.categories import BY_CODE
from formats.en16931.totals import OUT_OF_SCOPE, Taxed, VatExemption
from formats.findings import Finding, Flag

RULE_SET = "formats.en16931:determination"

_Taxed = TypeVar("_Taxed", Line, DocumentLevelAllowance, DocumentLevelCharge)
_Reduction = TypeVar("_Reduction", DocumentLevelAllowance, DocumentLevelCharge)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the seller is, as far as VAT is concerned.

    Attributes:
        country_code: ISO 3166-1; None when it is not known.
        standard_rate: The country's standard VAT rate of the day; None when it is not known.
    """

    country_code: str | None = None
    standard_rate: Decimal | None = None


NOWHERE = Place()
"""No country is known: no rate is certain."""


@dataclass(frozen=True, slots=True)
class Determined:
    """The draft with its VAT filled in, and what could not be filled in."""

    draft: InvoiceDraft
    findings: tuple[Finding, ...]


def determine(draft: InvoiceDraft, place: Place = NOWHERE) -> Determined:
    """Return the draft with the VAT categories, rates and reasons that are certain.

    Lines, allowances and charges get their category and rate. Categories whose reason is the
    category itself (AE, K, G, O) get its code of the CEF VATEX list, unless the draft gives one.

    Args:
        draft: As the caller gave it.
        place: Where the seller is.
    """
    address = draft.buyer.postal_address
    buyer_country = address.country_code if address else None
    domestic = place.country_code is not None and buyer_country in {None, place.country_code}
    standard_rate = place.standard_rate if domestic else None
    lines = tuple(_line(line, standard_rate) for line in draft.lines)
    findings = tuple(
        _unknown(number, buyer_country)
        for number, line in enumerate(lines)
        if line.vat_category_code is None
    )
    update = {
        "lines": lines,
        "document_level_allowances": _like_lines(draft.document_level_allowances, lines),
        "document_level_charges": _like_lines(draft.document_level_charges, lines),
    }
    determined = draft.model_copy(update=update)
    reasons = (*draft.vat_exemptions, *_reasons(determined))
    return Determined(determined.model_copy(update={"vat_exemptions": reasons}), findings)


def _line(line: Line, standard_rate: Decimal | None) -> Line:
    if line.vat_category_code is not None:
        return _without_rate(line)
    if line.vat_rate is not None and line.vat_rate > 0:
        return line.model_copy(update={"vat_category_code": "S"})
    if line.vat_rate is None and standard_rate is not None:
        return line.model_copy(update={"vat_category_code": "S", "vat_rate": standard_rate})
    return line


def _like_lines(items: tuple[_Reduction, ...], lines: tuple[Line, ...]) -> tuple[_Reduction, ...]:
    """Tax what says nothing of VAT, or no rate, like the lines that leave one possibility."""
    return tuple(_like(item, lines) for item in items)


def _like(item: _Reduction, lines: tuple[Line, ...]) -> _Reduction:
    if item.vat_rate is not None:
        return _without_rate(item)
    kinds = {
        (line.vat_category_code, line.vat_rate)
        for line in lines
        if item.vat_category_code in {None, line.vat_category_code}
    }
    if len(kinds) != 1:
        return item
    code, rate = kinds.pop()
    return item.model_copy(update={"vat_category_code": code, "vat_rate": rate})


def _without_rate(item: _Taxed) -> _Taxed:
    """Take a rate of zero from what is not subject to VAT: that has no rate (BR-O-05 to 07)."""
    if item.vat_category_code == OUT_OF_SCOPE and item.vat_rate == 0:
        return item.model_copy(update={"vat_rate": None})
    return item


def _reasons(draft: InvoiceDraft) -> list[VatExemption]:
    """Explain the categories without VAT: by what their lines say, or by what they are."""
    items: tuple[Taxed, ...] = (
        *draft.lines,
        *draft.document_level_allowances,
        *draft.document_level_charges,
    )
    codes = dict.fromkeys(item.vat_category_code or "" for item in items)
    explained = {reason.category_code for reason in draft.vat_exemptions}
    reasons = []
    for code in codes:
        category = BY_CODE.get(code)
        if category is None or not category.exemption or code in explained:
            continue
        said = _said_by_lines(draft.lines, code)
        if len(said) == 1:
            text, reason_code = said.pop()
            reasons.append(VatExemption(category_code=code, text=text, code=reason_code))
        elif category.vatex is not None and not said:
            reasons.append(VatExemption(category_code=code, code=category.vatex))
    return reasons


def _said_by_lines(lines: tuple[Line, ...], code: str) -> set[tuple[str | None, str | None]]:
    """Return the different reasons (BT-X-96, BT-X-97) that the lines of a category give."""
    said = {
        (line.extensions.vat_exemption_reason_text, line.extensions.vat_exemption_reason_code)
        for line in lines
        if line.vat_category_code == code and line.extensions is not None
    }
    return said - {(None, None)}


def _unknown(number: int, buyer_country_code: str | None) -> Finding:
    return Finding(
        rule="GW-01",
        rule_set=RULE_SET,
        flag=Flag.FATAL,
        message=(
            f"Line {number + 1} has no VAT category, and none is certain for a buyer in "
            f"{buyer_country_code or 'an unknown country'}."
        ),
        term="BT-151",
        pointer=f"/lines/{number}/vat_category_code",
        fix=(
            "Give vat_category_code: S with vat_rate, AE (reverse charge), K (intra-community "
            "supply), G (export), E (exempt), Z (zero rated) or O (outside the scope)."
        ),
    )
