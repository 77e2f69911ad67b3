"""Fill in what a short invoice leaves out and what is certain all the same.

Only what leaves no doubt is filled in: a rate above zero is category S; a domestic sale with
nothing said, or only category S, bears the standard rate of the day; an allowance or charge is
taxed like the lines when they leave one possibility; a percentage is of the lines it is taxed
with. Everything else (reverse charge, exemption, export) is a claim the seller must make, so it
is asked for, not guessed.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from formats.en16931.amounts import (
    DocumentLevelAllowance,
    DocumentLevelCharge,
    VatBreakdown,
)
from formats.en16931.draft import InvoiceDraft
from formats.en16931.line import Line
from formats.en16931.rules.categories import BY_CODE
from formats.en16931.totals import (
    OUT_OF_SCOPE,
    Taxed,
    VatExemption,
    find_exemption,
    rate_in_breakdown,
)
from formats.en16931.undetermined import (
    ALLOWANCE,
    CHARGE,
    needs_rate,
    unknown_lines,
    unknown_reductions,
)
from formats.findings import Finding

STANDARD = "S"
"""Standard rated: every rate above zero that is VAT."""

_Taxed = TypeVar("_Taxed", Line, DocumentLevelAllowance, DocumentLevelCharge)
_Reduction = TypeVar("_Reduction", DocumentLevelAllowance, DocumentLevelCharge)
_Value = TypeVar("_Value")

_Kind = tuple[str | None, Decimal | None]
"""VAT category code and rate, as the breakdown tells them apart."""


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
    rows = tuple(_without_rate(row) for row in draft.vat_breakdown or ())
    rates = _Rates(place.standard_rate if domestic else None, rows)
    lines = tuple(_line(line, rates) for line in draft.lines)
    allowances = tuple(_like(item, lines, rates) for item in draft.document_level_allowances)
    charges = tuple(_like(item, lines, rates) for item in draft.document_level_charges)
    update = {
        "lines": lines,
        "document_level_allowances": allowances,
        "document_level_charges": charges,
        "vat_breakdown": rows if draft.vat_breakdown else draft.vat_breakdown,
    }
    determined = draft.model_copy(update=update)
    reasons = (*draft.vat_exemptions, *_reasons(determined))
    findings = (
        *unknown_lines(lines, buyer_country),
        *unknown_reductions(allowances, "/document_level_allowances", ALLOWANCE),
        *unknown_reductions(charges, "/document_level_charges", CHARGE),
    )
    return Determined(determined.model_copy(update={"vat_exemptions": reasons}), findings)


@dataclass(frozen=True, slots=True)
class _Rates:
    """The rates that are certain for a category without one.

    Attributes:
        standard: The standard rate, when the sale is domestic.
        rows: The VAT breakdown, as far as the caller gives it.
    """

    standard: Decimal | None
    rows: tuple[VatBreakdown, ...]

    def of(self, code: str | None) -> Decimal | None:
        """Return the one rate that the breakdown states, else the standard rate for S."""
        stated = {row.category_rate for row in self.rows if row.category_code == code} - {None}
        if len(stated) == 1:
            return stated.pop()
        return self.standard if code == STANDARD else None


def _line(line: Line, rates: _Rates) -> Line:
    code, rate = line.vat_category_code, line.vat_rate
    if code is None and (rates.standard is not None if rate is None else rate > 0):
        code = STANDARD
    if rate is None and needs_rate(code):
        rate = rates.of(code)
    return _taxed(line, code, rate)


def _like(item: _Reduction, lines: tuple[Line, ...], rates: _Rates) -> _Reduction:
    """Tax an allowance or charge like the lines, as far as they leave one possibility."""
    code, rate = item.vat_category_code, item.vat_rate
    kinds = {
        (line.vat_category_code, rate_in_breakdown(line.vat_category_code, line.vat_rate))
        for line in lines
    }
    if code is None and rate is None and len(kinds) == 1:
        code, rate = next(iter(kinds))
    elif code is None and rate is not None:
        code = _only(_codes_at(rate, kinds))
    elif rate is None and needs_rate(code):
        of_lines = {found for category, found in kinds if category == code}
        rate = _only(of_lines) if of_lines else rates.of(code)
    return _taxed(item, code, rate)


def _codes_at(rate: Decimal, kinds: set[_Kind]) -> set[str | None]:
    """Return the categories that an amount of this rate may have, going by those of the lines."""
    if rate == 0:
        return {code for code, other in kinds if other == 0 or code == OUT_OF_SCOPE}
    if rate < 0:
        return set()
    alike = {code for code, other in kinds if other == rate}
    return alike or {code for code, _ in kinds if needs_rate(code)} or {STANDARD}


def _only(found: set[_Value]) -> _Value | None:
    return next(iter(found)) if len(found) == 1 else None


def _taxed(item: _Taxed, code: str | None, rate: Decimal | None) -> _Taxed:
    if code == OUT_OF_SCOPE and rate == 0:  # that has no rate: BR-O-05 to 07
        rate = None
    if (code, rate) == (item.vat_category_code, item.vat_rate):
        return item
    return item.model_copy(update={"vat_category_code": code, "vat_rate": rate})


def _without_rate(row: VatBreakdown) -> VatBreakdown:
    """Take a rate of zero from a row that is not subject to VAT: nothing of it has one."""
    if row.category_code == OUT_OF_SCOPE and row.category_rate == 0:
        return row.model_copy(update={"category_rate": None})
    return row


def _reasons(draft: InvoiceDraft) -> list[VatExemption]:
    """Explain the categories without VAT: by what their lines say, or by what they are."""
    items: tuple[Taxed, ...] = (
        *draft.lines,
        *draft.document_level_allowances,
        *draft.document_level_charges,
    )
    codes = dict.fromkeys(item.vat_category_code or "" for item in items)
    reasons = []
    for code in codes:
        category = BY_CODE.get(code)
        if category is None or not category.exemption:
            continue
        if find_exemption(draft.vat_exemptions, code, Decimal(0)):
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
