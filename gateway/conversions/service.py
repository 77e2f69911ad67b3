"""What conversions need beside `formats`: the day, the law of the countries, pages for hybrids."""

import datetime
import functools
from dataclasses import dataclass, replace

from countries.base import Country
from countries.registry import COUNTRIES
from formats.conversion import Conversion
from formats.en16931 import Invoice
from formats.en16931.determination import Place
from formats.facturx.hybrid import embed
from formats.json.document import Surroundings
from formats.pdf import RenderOptions, render
from formats.profile import Profile, Syntax
from formats.reading import Reading, Source
from formats.registry import PROFILES
from formats.spreadsheet import SheetOptions
from gateway.compliance.addressing import with_electronic_address
from gateway.tax.determination import place_of

XML, PDF = "application/xml", "application/pdf"

DRAFT = "DRAFT"
"""The number (BT-1) of an invoice that says none: a series gives it when it is issued."""

CSV_AS_IT_IS = SheetOptions()
"""Bytes that are nothing else are read as CSV, in UTF-8 and with the decimal sign they use."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """A converted document as its receiver wants it.

    Attributes:
        content: XML, or the PDF around it for the levels of Factur-X.
        media_type: Of the bytes.
        extension: For a file name, without dot.
    """

    content: bytes
    media_type: str
    extension: str


def surroundings(today: datetime.date) -> Surroundings:
    """Return what JSON and spreadsheets may leave out: the day, and what the law says."""
    return Surroundings(today, DRAFT, place=_place, currency=_currency)


def addressed(reading: Reading, to: Profile) -> Reading:
    """Give the seller of a body its country's usual address (BT-34), as the API does.

    Only where the target asks for one: documents that were issued say what they say.
    """
    if reading.source not in {Source.JSON, Source.CSV, Source.XLSX}:
        return reading
    seller = reading.invoice.seller
    address = seller.postal_address
    country = COUNTRIES.get((address.country_code if address else None) or "")
    invoice = reading.invoice.model_copy(
        update={"seller": with_electronic_address(seller, country, to)}
    )
    return replace(reading, invoice=invoice)


def delivered(
    conversion: Conversion,
    options: RenderOptions,
    now: datetime.datetime,
    *,
    xml_only: bool = False,
) -> Delivered:
    """Return the document in its container: hybrids get their pages, and the XML in them.

    Raises:
        RenderingError: The pages cannot be made, as with a damaged logo.
    """
    level = conversion.profile.hybrid
    if level is None or xml_only:
        return Delivered(conversion.content, XML, "xml")
    pages = render(conversion.invoice, options, created_at=now)
    return Delivered(embed(pages, conversion.content, level, modified=now), PDF, "pdf")


def pages_of(invoice: Invoice, options: RenderOptions, now: datetime.datetime) -> bytes:
    """Return an invoice as PDF/A-3b for people. Raises like `delivered`."""
    return render(invoice, options, created_at=now)


def profiles() -> tuple[Profile, ...]:
    """Return every profile, proven ones first, then by syntax and id."""
    order = {Syntax.UBL: 0, Syntax.CII: 1}
    return tuple(
        sorted(
            PROFILES.values(),
            key=lambda one: (one.unproven is not None, order.get(one.syntax, 2), one.id),
        )
    )


def _place(country_code: str, day: datetime.date) -> Place:
    return place_of(country_code, day)


def _currency(country_code: str) -> str | None:
    country = _country(country_code)
    return None if country is None else country.currency


@functools.cache
def _country(code: str) -> Country | None:
    return COUNTRIES.get(code)
