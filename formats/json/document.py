"""An invoice as JSON in a file: the canonical invoice, or the body of `POST /v1/invoices`.

The canonical invoice has its totals and its VAT breakdown, and is taken as it stands. The body
may leave out what follows from the rest; with its seller in it, it is completed as the API would.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from pydantic import ValidationError

from formats.en16931.determination import NOWHERE, Place
from formats.en16931.model import Invoice
from formats.en16931.party import Seller
from formats.en16931.rules.base import warning
from formats.en16931.terms import Term
from formats.findings import Finding
from formats.json.aliases import PointerMap
from formats.json.body import DocumentInput, shaped
from formats.json.completion import Circumstances, complete_body
from formats.json.parsing import parse_json


class DocumentWithSeller(DocumentInput):
    """The body of `POST /v1/invoices`, with the seller that the API takes from the entity."""

    seller: Annotated[Seller, Term("BG-4")]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a body may leave out and nobody can compute; time and law come from the caller.

    Attributes:
        issue_date: BT-2, when the body gives none.
        number: BT-1, when the body gives none.
        place: Tells from a country code (BT-40) and the tax point where the seller is.
        currency: Tells the currency of a country.
    """

    issue_date: datetime.date | None = None
    number: str | None = None
    place: Callable[[str, datetime.date], Place] = lambda _country, _day: NOWHERE
    currency: Callable[[str], str | None] = lambda _country: None


@dataclass(frozen=True, slots=True)
class JsonReading:
    """An invoice read from JSON.

    Attributes:
        invoice: Complete.
        findings: What is wrong with its amounts and VAT so far; canonical pointers.
        pointers: The way back to the names that the file uses.
        profile: The profile that the body asks for, if any.
        completed: Whether anything had to be computed.
    """

    invoice: Invoice
    findings: tuple[Finding, ...]
    pointers: PointerMap
    profile: str | None
    completed: bool


def read_json(content: bytes, around: Surroundings | None = None) -> JsonReading:
    """Read an invoice from JSON.

    Raises:
        MalformedJsonError: It is not JSON, or JSON that cannot be read in one way only.
        BodyRefusedError: A field is unknown, missing or of the wrong type.
    """
    value = parse_json(content)
    canonical = _canonical(value)
    if canonical is not None:
        return JsonReading(canonical, (), PointerMap(), None, completed=False)
    body = shaped(DocumentWithSeller, value)
    given, around = body.input, around or Surroundings()
    issue_date = given.issue_date or around.issue_date
    day = given.value_added_tax_point_date or issue_date
    address = given.seller.postal_address
    country = address.country_code if address else None
    completed = complete_body(
        given,
        Circumstances(
            seller=given.seller,
            issue_date=issue_date,
            number=around.number,
            currency_code=around.currency(country) if country else None,
            place=around.place(country, day) if country and day else NOWHERE,
        ),
    )
    findings = completed.findings
    if given.number is None and around.number is not None:
        findings = (_unnumbered(around.number), *findings)
    return JsonReading(completed.invoice, findings, body.pointers, given.profile, completed=True)


def _unnumbered(number: str) -> Finding:
    return warning(
        "BR-02",
        "/number",
        "BT-1",
        f"The body has no invoice number (BT-1); {number} stands in its place.",
        "Give number; over the API a series gives it at finalize.",
    )


def _canonical(value: object) -> Invoice | None:
    """Return the canonical invoice, nothing of which is left to compute; None for a body."""
    try:
        invoice = Invoice.model_validate(value)
    except ValidationError:
        return None
    broken_down = invoice.vat_breakdown or not invoice.lines  # Factur-X MINIMUM has neither
    return invoice if broken_down and invoice.totals.amount_due is not None else None
