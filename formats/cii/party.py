"""Who: BG-4 to BG-12 as trade parties."""

from collections.abc import Sequence

from lxml import etree

from formats.binding import (
    CODE,
    IDENTIFIER,
    TEXT,
    Branch,
    Nested,
    Odd,
    ReadContext,
    Shape,
    Value,
    WriteContext,
)
from formats.binding.markup import branch
from formats.binding.nodes import Values
from formats.cii.extensions import (
    TRADE_ADDRESS,
    TRADE_CONTACT,
    address,
    electronic_address,
    first_of,
    reached,
    several,
    tax_number,
)
from formats.cii.kinds import ALSO_TEXT
from formats.cii.names import BINDING, TAX_NUMBER, VAT_NUMBER
from formats.en16931.extensions.party import TaxRegistration
from formats.en16931.group import Group
from formats.en16931.party import (
    Buyer,
    BuyerContact,
    BuyerPostalAddress,
    DeliverToAddress,
    Payee,
    Seller,
    SellerContact,
    SellerPostalAddress,
    SellerTaxRepresentative,
    TaxRepresentativePostalAddress,
)


def _contact(model: type[Group]) -> Shape:
    """Return the shape of BG-6 and BG-9. Contacts without a person are departments."""
    return Shape(
        model,
        *reached(
            Value("ram:PersonName", "point", TEXT),  # BT-41, BT-56
            Value("ram:DepartmentName", "point", ALSO_TEXT),
            Value("ram:DepartmentName", "extensions.department_name", TEXT),  # BT-41-0, BT-56-0
            prefix="extensions.",
        ),
    )


def _organisation(trading_name: str) -> Branch:
    """Return BT-30, BT-47 or BT-61 with the name and address there."""
    return Branch(
        "ram:SpecifiedLegalOrganization",
        Value("ram:ID", "legal_registration_identifier", IDENTIFIER),
        Value("ram:TradingBusinessName", trading_name, TEXT),
        Nested("ram:PostalTradeAddress", "extensions.legal_address", TRADE_ADDRESS),
    )


_FURTHER_CONTACTS = Nested(
    "ram:DefinedTradeContact", "extensions.additional_contacts", TRADE_CONTACT
)
_REGISTRATION = "ram:SpecifiedTaxRegistration"
_NUMBER = Shape(TaxRegistration, Value("ram:ID", "identifier", CODE, {"schemeID": "scheme"}))


def _write_further_numbers(
    party: Seller | Buyer | SellerTaxRepresentative, context: WriteContext
) -> Sequence[str]:
    """Write further registrations, but none that would be read as the VAT number."""
    if party.extensions is None:
        return ()
    return [
        branch(_REGISTRATION, BINDING.inner(_NUMBER, each, context))
        for each in party.extensions.tax_registrations
        if party.vat_identifier or (each.scheme or "").upper() != VAT_NUMBER
    ]


def _read_numbers(nodes: Sequence[etree._Element], values: Values, context: ReadContext) -> None:
    """Read the registrations that are no term of EN 16931."""
    further = []
    for node in nodes:
        found = BINDING.group(_NUMBER, node, context)
        if found is not None:
            further.append(found)
    if further:
        values.setdefault("extensions", {})["tax_registrations"] = further


_FURTHER_NUMBERS = Odd((_REGISTRATION,), _read_numbers, _write_further_numbers)

SELLER = Shape(
    Seller,
    several("identifiers"),  # BT-29
    Value("ram:Name", "name", TEXT),  # BT-27
    Value("ram:RoleCode", "extensions.role_code", CODE),  # BT-X-543
    Value("ram:Description", "additional_legal_information", TEXT),  # BT-33
    _organisation("trading_name"),  # BT-28, BT-30
    Nested("ram:DefinedTradeContact", "contact", _contact(SellerContact)),  # BG-6
    _FURTHER_CONTACTS,
    Nested("ram:PostalTradeAddress", "postal_address", address(SellerPostalAddress)),  # BG-5
    electronic_address("electronic_address"),  # BT-34
    tax_number("vat_identifier", VAT_NUMBER),  # BT-31
    tax_number("tax_registration_identifier", TAX_NUMBER),  # BT-32
    _FURTHER_NUMBERS,
)
"""BG-4."""

BUYER = Shape(
    Buyer,
    first_of("identifier", "extensions.additional_identifiers"),  # BT-46
    Value("ram:Name", "name", TEXT),  # BT-44
    Value("ram:RoleCode", "extensions.role_code", CODE),  # BT-X-544
    Value("ram:Description", "extensions.additional_legal_information", TEXT),  # BT-X-334
    _organisation("trading_name"),  # BT-45, BT-47
    Nested("ram:DefinedTradeContact", "contact", _contact(BuyerContact)),  # BG-9
    _FURTHER_CONTACTS,
    Nested("ram:PostalTradeAddress", "postal_address", address(BuyerPostalAddress)),  # BG-8
    electronic_address("electronic_address"),  # BT-49
    tax_number("vat_identifier", VAT_NUMBER),  # BT-48
    _FURTHER_NUMBERS,
)
"""BG-7."""

TAX_REPRESENTATIVE = Shape(
    SellerTaxRepresentative,
    several("extensions.identifiers"),  # BT-X-116, BT-X-117
    Value("ram:Name", "name", TEXT),  # BT-62
    Value("ram:RoleCode", "extensions.role_code", CODE),  # BT-X-547
    Branch(
        "ram:SpecifiedLegalOrganization",
        Value("ram:ID", "extensions.legal_registration_identifier", IDENTIFIER),  # BT-X-118
        Value("ram:TradingBusinessName", "extensions.trading_name", TEXT),  # BT-X-119
        Nested("ram:PostalTradeAddress", "extensions.legal_address", TRADE_ADDRESS),
    ),
    Nested("ram:DefinedTradeContact", "extensions.contacts", TRADE_CONTACT),  # BG-X-17
    Nested(  # BG-12
        "ram:PostalTradeAddress", "postal_address", address(TaxRepresentativePostalAddress)
    ),
    electronic_address("extensions.electronic_address"),  # BT-X-125
    tax_number("vat_identifier", VAT_NUMBER),  # BT-63
    _FURTHER_NUMBERS,
)
"""BG-11."""

PAYEE = Shape(
    Payee,
    first_of("identifier", "extensions.additional_identifiers"),  # BT-60
    Value("ram:Name", "name", TEXT),  # BT-59
    Value("ram:RoleCode", "extensions.role_code", CODE),  # BT-X-468
    _organisation("extensions.trading_name"),  # BT-61, BT-X-243
    Nested("ram:DefinedTradeContact", "extensions.contacts", TRADE_CONTACT),  # BG-X-39
    Nested("ram:PostalTradeAddress", "extensions.postal_address", TRADE_ADDRESS),  # BG-X-40
    electronic_address("extensions.electronic_address"),  # BT-X-256
    tax_number("extensions.vat_identifier", VAT_NUMBER),  # BT-X-257
)
"""BG-10."""

DELIVER_TO_ADDRESS = address(DeliverToAddress)
"""BG-15."""
