"""The vocabulary countries are written in; a declaration imports everything from here."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from zoneinfo import ZoneInfo

from countries.corrections import CorrectionMethod, Corrections, Voiding
from countries.obligations import Deadline, Duty, Flow, Mandate
from countries.retention import Anchor, Basis, Kept, RecordKind, Retention, Subject, kept
from countries.safekeeping import Safekeeping
from countries.sources import Confidence, Source
from countries.vat.system import Rate
from formats.en16931 import Invoice
from formats.en16931.group import SchemedIdentifier
from formats.en16931.party import Seller
from formats.findings import Finding

__all__ = [
    "Address",
    "Anchor",
    "Basis",
    "Confidence",
    "CorrectionMethod",
    "Corrections",
    "Country",
    "Deadline",
    "Duty",
    "Flow",
    "Identifier",
    "Kept",
    "Mandate",
    "NumberKind",
    "Rate",
    "RecordKind",
    "Retention",
    "Safekeeping",
    "Source",
    "Subject",
    "Voiding",
]


class NumberKind(StrEnum):
    """Which number of a party it is, and thereby where an invoice carries it."""

    VAT = "vat"
    """BT-31, BT-48."""
    COMPANY = "company"
    """BT-30, BT-47: the register of businesses."""
    TAX = "tax"
    """BT-32: the tax office's own number, never valid abroad."""
    ROUTING = "routing"
    """BT-10 or BT-49: where a public body wants its invoices."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """A national number and how to check it.

    Attributes:
        name: What the country calls it.
        kind: Which number of the party it is.
        scheme: Its code in the Electronic Address Scheme list (also the ISO 6523 ICD code where
            it has four digits beginning with 0); None when it has none.
        is_valid: Whether the length, alphabet and check digit are right. Says nothing about
            whether the number was ever given out.
        compact: The number without the spaces, dots and prefix that people write.
    """

    name: str
    kind: NumberKind
    scheme: str | None
    is_valid: Callable[[str], bool]
    compact: Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """One way to make an electronic address (BT-34) from a number the party already has.

    Attributes:
        scheme: EAS code of the address.
        kind: The number it is made from.
        prefix: Written before the compact number; VAT schemes keep the country's letters.
    """

    scheme: str
    kind: NumberKind
    prefix: str = ""


def _finds_nothing(_: Invoice) -> tuple[Finding, ...]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """All we know about a country.

    Attributes:
        code: ISO 3166-1 alpha-2.
        name: In English.
        native_name: In its own language or languages.
        currency: ISO 4217.
        timezone: IANA name; the issue date of an invoice is a day there.
        zones: Where its clocks differ, by what the post codes of such places begin with.
        rates: VAT rates, past and present.
        identifiers: Its numbers.
        addresses: How a party without an electronic address gets one, first choice first.
        mandates: Duties to issue or receive structured invoices.
        retention: Rules, past and present; one for ordinary invoices at least for every day of
            issue, whenever it is asked.
        safekeeping: Where records may lie, where the law says that.
        deadlines: By when an invoice must be issued.
        corrections: How what was issued is corrected, and whether it can be voided; none where
            we do not know.
        check: What its law finds wrong with an invoice that EN 16931 does not say.
        rules: Every rule id that `check` can find, and the rule in one sentence.
        notes: What a reader should know, by subject; contradictions between sources above all.
    """

    code: str
    name: str
    native_name: str
    currency: str
    timezone: str
    rates: tuple[Rate, ...]
    identifiers: tuple[Identifier, ...]
    addresses: tuple[Address, ...]
    mandates: tuple[Mandate, ...]
    retention: tuple[Retention, ...]
    safekeeping: tuple[Safekeeping, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    corrections: tuple[Corrections, ...] = ()
    zones: Mapping[str, str] = field(default_factory=dict)
    check: Callable[[Invoice], tuple[Finding, ...]] = _finds_nothing
    rules: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)

    @property
    def zone(self) -> ZoneInfo:
        """Return the time zone whose days are the law's days."""
        return ZoneInfo(self.timezone)

    def zone_at(self, post_code: str | None) -> ZoneInfo:
        """Return the time zone at a place, by its post code; the usual one where none is known."""
        said = (post_code or "").strip()
        found = (zone for beginning, zone in self.zones.items() if said.startswith(beginning))
        return ZoneInfo(next(found, self.timezone))

    def corrections_on(self, day: datetime.date) -> Corrections | None:
        """Return how a document issued on a day is corrected; None where we do not know."""
        return next((one for one in self.corrections if one.holds_on(day)), None)

    def rates_on(self, day: datetime.date) -> tuple[Rate, ...]:
        """Return the VAT rates in force on a day."""
        return tuple(rate for rate in self.rates if rate.holds_on(day))

    def mandates_on(self, day: datetime.date, flow: Flow) -> tuple[Mandate, ...]:
        """Return the duties of a flow that have begun by a day."""
        return tuple(
            mandate for mandate in self.mandates if mandate.flow is flow and mandate.since <= day
        )

    def kept(self, basis: Basis, on: datetime.date) -> Kept:
        """Return how long a document is kept by the law of a day, and by which rule.

        Raises:
            NoRuleError: Never for a declared country: a test walks every day.
        """
        return kept(self.retention, basis, on)

    def identifier(self, kind: NumberKind, scheme: str | None = None) -> Identifier | None:
        """Return the declared number of a kind (with that scheme, if one is named), or None."""
        for identifier in self.identifiers:
            if identifier.kind is kind and scheme in {None, identifier.scheme}:
                return identifier
        return None

    def electronic_address(self, seller: Seller) -> SchemedIdentifier | None:
        """Return the address the country's networks know the seller by, or None.

        Made from the legal registration (BT-30) or VAT identifier (BT-31), whichever the country
        prefers and the seller has. A number whose check digit is wrong makes no address: it could
        be somebody else's.
        """
        for address in self.addresses:
            number = self._number(seller, address)
            if number is not None:
                return SchemedIdentifier(
                    value=address.prefix + number, scheme_identifier=address.scheme
                )
        return None

    def _number(self, seller: Seller, address: Address) -> str | None:
        registration = seller.legal_registration_identifier
        written: str | None = None
        identifier: Identifier | None = None
        if address.kind is NumberKind.VAT:
            written, identifier = seller.vat_identifier, self.identifier(NumberKind.VAT)
        elif (
            address.kind is NumberKind.COMPANY
            and registration is not None
            and registration.scheme_identifier in {None, address.scheme}
        ):
            written = registration.value
            identifier = self.identifier(NumberKind.COMPANY, address.scheme)
        if not written or identifier is None or not identifier.is_valid(written):
            return None
        return identifier.compact(written)
