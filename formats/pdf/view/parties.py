"""Who: names, addresses and numbers of the parties, and where the goods went."""

from typing import Protocol, TypedDict

from formats.en16931.model import Invoice
from formats.en16931.party import Buyer, BuyerContact, Seller, SellerContact
from formats.pdf.language import Language
from formats.pdf.view.facts import Fact, day, facts, rest, text_of

_ADDRESS = (
    *("line_1", "line_2", "line_3", "city", "post_code", "country_subdivision", "country_code"),
)
_CONTACT = ("point", "telephone_number", "email_address")


class Party(TypedDict):
    """A party: its role, name, address lines and other facts."""

    title: str
    name: str
    lines: list[str]
    facts: list[Fact]


class _Address(Protocol):
    """What the five address groups of EN 16931 (BG-5, 8, 12, 15) have in common."""

    @property
    def line_1(self) -> str | None: ...
    @property
    def line_2(self) -> str | None: ...
    @property
    def line_3(self) -> str | None: ...
    @property
    def city(self) -> str | None: ...
    @property
    def post_code(self) -> str | None: ...
    @property
    def country_subdivision(self) -> str | None: ...
    @property
    def country_code(self) -> str | None: ...


def address_lines(address: _Address | None, language: Language) -> list[str]:
    """Return an address as the lines of a letter."""
    if address is None:
        return []
    town = " ".join(part for part in (address.post_code, address.city) if part)
    country = None if address.country_code is None else language.country(address.country_code)
    lines = (
        *(address.line_1, address.line_2, address.line_3),
        *(town, address.country_subdivision, country),
    )
    return [line for line in lines if line]


def seller(invoice: Invoice, language: Language) -> Party:
    """Return BG-4 to BG-6."""
    group = invoice.seller
    shown = (
        *("name", "trading_name", "identifiers", "legal_registration_identifier"),
        *("vat_identifier", "tax_registration_identifier", "additional_legal_information"),
        *("electronic_address", "postal_address", "contact"),
    )
    return Party(
        title=language["seller"],
        name=group.name or "",
        lines=address_lines(group.postal_address, language),
        facts=[
            *facts(language, ("trading_name", group.trading_name)),
            *facts(language, ("vat_id", group.vat_identifier)),
            *facts(language, ("tax_number", group.tax_registration_identifier)),
            *_numbers(group, language),
            *facts(language, *(("identifier", text_of(item)) for item in group.identifiers)),
            *_contact(group.contact, language),
            *facts(language, ("legal_information", group.additional_legal_information)),
            *rest(group.postal_address, _ADDRESS, language),
            *rest(group.contact, _CONTACT, language),
            *rest(group, shown, language),
        ],
    )


def buyer(invoice: Invoice, language: Language, *, billed: bool = True) -> Party:
    """Return BG-7 to BG-9; what asks nobody to pay is not billed to them."""
    group = invoice.buyer
    shown = (
        *("name", "trading_name", "identifier", "legal_registration_identifier"),
        *("vat_identifier", "electronic_address", "postal_address", "contact"),
    )
    return Party(
        title=language["buyer" if billed else "customer"],
        name=group.name or "",
        lines=address_lines(group.postal_address, language),
        facts=[
            *facts(language, ("trading_name", group.trading_name)),
            *facts(language, ("vat_id", group.vat_identifier)),
            *_numbers(group, language),
            *facts(language, ("identifier", text_of(group.identifier))),
            *_contact(group.contact, language),
            *rest(group.postal_address, _ADDRESS, language),
            *rest(group.contact, _CONTACT, language),
            *rest(group, shown, language),
        ],
    )


def _numbers(group: Seller | Buyer, language: Language) -> list[Fact]:
    return facts(
        language,
        ("registration", text_of(group.legal_registration_identifier)),
        ("electronic_address", text_of(group.electronic_address)),
    )


def _contact(contact: SellerContact | BuyerContact | None, language: Language) -> list[Fact]:
    if contact is None:
        return []
    return facts(
        language,
        ("contact", contact.point),
        ("telephone", contact.telephone_number),
        ("email", contact.email_address),
    )


def other_parties(invoice: Invoice, language: Language) -> list[Party]:
    """Return payee, tax representative and place of delivery, those that there are."""
    found = (_payee(invoice, language), _representative(invoice, language))
    return [
        *(party for party in found if party is not None),
        *_place_of_delivery(invoice, language),
    ]


def _payee(invoice: Invoice, language: Language) -> Party | None:
    group = invoice.payee
    if group is None:
        return None
    shown = ("name", "identifier", "legal_registration_identifier")
    return Party(
        title=language["payee"],
        name=group.name or "",
        lines=[],
        facts=[
            *facts(language, ("identifier", text_of(group.identifier))),
            *facts(language, ("registration", text_of(group.legal_registration_identifier))),
            *rest(group, shown, language),
        ],
    )


def _representative(invoice: Invoice, language: Language) -> Party | None:
    group = invoice.seller_tax_representative
    if group is None:
        return None
    return Party(
        title=language["tax_representative"],
        name=group.name or "",
        lines=address_lines(group.postal_address, language),
        facts=[
            *facts(language, ("vat_id", group.vat_identifier)),
            *rest(group.postal_address, _ADDRESS, language),
            *rest(group, ("name", "vat_identifier", "postal_address"), language),
        ],
    )


_DELIVERY = (
    *("deliver_to_party_name", "deliver_to_location_identifier", "actual_delivery_date"),
    *("invoicing_period", "deliver_to_address"),
)


def _place_of_delivery(invoice: Invoice, language: Language) -> list[Party]:
    group = invoice.delivery_information
    if group is None:
        return []
    date = facts(language, ("delivery_date", day(language, group.actual_delivery_date)))
    party = Party(
        title=language["deliver_to"],
        name=group.deliver_to_party_name or "",
        lines=address_lines(group.deliver_to_address, language),
        facts=[
            *facts(language, ("location_id", text_of(group.deliver_to_location_identifier))),
            *date,
            *rest(group.deliver_to_address, _ADDRESS, language),
            *rest(group.invoicing_period, ("start_date", "end_date"), language),
            *rest(group, _DELIVERY, language),
        ],
    )
    if not party["name"] and not party["lines"] and party["facts"] == date:
        return []  # date and period stand among the document's facts
    return [party]
