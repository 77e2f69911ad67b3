"""Who: BG-4 to BG-12 as trade parties."""

from collections.abc import Sequence

from lxml import etree

from formats.binding import (
    CODE,
    IDENTIFIER,
    TEXT,
    Branch,
    Nested,
    Node,
    Odd,
    ReadContext,
    Shape,
    Value,
    WriteContext,
)
from formats.binding.markup import leaf
from formats.binding.nodes import Values
from formats.cii.kinds import ALSO_TEXT, GLOBAL_ID, ID, PAYEE_GLOBAL_ID
from formats.cii.names import BINDING, SEPA, TAX_NUMBER, VAT_NUMBER
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


def _address(model: type[Group]) -> Shape:
    """Return the shape of BG-5, BG-8, BG-12 and BG-15: different terms, one shape."""
    return Shape(
        model,
        Value("ram:PostcodeCode", "post_code", TEXT),
        Value("ram:LineOne", "line_1", TEXT),
        Value("ram:LineTwo", "line_2", TEXT),
        Value("ram:LineThree", "line_3", TEXT),
        Value("ram:CityName", "city", TEXT),
        Value("ram:CountryID", "country_code", CODE),
        Value("ram:CountrySubDivisionName", "country_subdivision", TEXT),
    )


def _contact(model: type[Group]) -> Shape:
    """Return the shape of BG-6 and BG-9. Contacts without a person are departments."""
    return Shape(
        model,
        Value("ram:PersonName", "point", TEXT),  # BT-41, BT-56
        Value("ram:DepartmentName", "point", ALSO_TEXT),
        Branch(
            "ram:TelephoneUniversalCommunication",
            Value("ram:CompleteNumber", "telephone_number", TEXT),  # BT-42, BT-57
        ),
        Branch(
            "ram:EmailURIUniversalCommunication",
            Value("ram:URIID", "email_address", TEXT),  # BT-43, BT-58
        ),
    )


def identifiers(field: str) -> tuple[Value, Value]:
    """Return the nodes of an identifier that occurs once: with a scheme it is global."""
    return Value("ram:ID", field, ID), Value("ram:GlobalID", field, GLOBAL_ID)


def _electronic_address(field: str) -> Branch:
    return Branch("ram:URIUniversalCommunication", Value("ram:URIID", field, IDENTIFIER))


def _tax_number(field: str, scheme: str) -> Node:
    tag, number = BINDING.clark("ram:ID"), {"schemeID": scheme}

    def says(element: etree._Element, _context: ReadContext) -> bool:
        node = element.find(tag)
        return node is not None and (node.get("schemeID") or "").strip().upper() == scheme

    return Branch(
        "ram:SpecifiedTaxRegistration", Value("ram:ID", field, CODE, constants=number), when=says
    )


def _read_identifiers(
    nodes: Sequence[etree._Element], values: Values, context: ReadContext
) -> None:
    """Read BT-29: several, with and without scheme, in the order they are written in."""
    found = [entry for node in nodes if (entry := GLOBAL_ID.read(node, context)) is not None]
    values["identifiers"] = sorted(found, key=lambda entry: entry.scheme_identifier is not None)


def _write_identifiers(seller: Seller, _context: WriteContext) -> list[str]:
    """Write BT-29; the schema wants those without scheme first. BT-90 stands elsewhere."""
    plain, schemed = [], []
    for entry in seller.identifiers:
        scheme = (entry.scheme_identifier or "").strip()
        if not scheme:
            plain.append(leaf("ram:ID", entry.value))
        elif scheme.upper() != SEPA:
            schemed.append(leaf("ram:GlobalID", entry.value, schemeID=scheme))
    return plain + schemed


SELLER = Shape(
    Seller,
    Odd(("ram:ID", "ram:GlobalID"), _read_identifiers, _write_identifiers),  # BT-29
    Value("ram:Name", "name", TEXT),  # BT-27
    Value("ram:Description", "additional_legal_information", TEXT),  # BT-33
    Branch(
        "ram:SpecifiedLegalOrganization",
        Value("ram:ID", "legal_registration_identifier", IDENTIFIER),  # BT-30
        Value("ram:TradingBusinessName", "trading_name", TEXT),  # BT-28
    ),
    Nested("ram:DefinedTradeContact", "contact", _contact(SellerContact)),  # BG-6
    Nested("ram:PostalTradeAddress", "postal_address", _address(SellerPostalAddress)),  # BG-5
    _electronic_address("electronic_address"),  # BT-34
    _tax_number("vat_identifier", VAT_NUMBER),  # BT-31
    _tax_number("tax_registration_identifier", TAX_NUMBER),  # BT-32
)
"""BG-4."""

BUYER = Shape(
    Buyer,
    *identifiers("identifier"),  # BT-46
    Value("ram:Name", "name", TEXT),  # BT-44
    Branch(
        "ram:SpecifiedLegalOrganization",
        Value("ram:ID", "legal_registration_identifier", IDENTIFIER),  # BT-47
        Value("ram:TradingBusinessName", "trading_name", TEXT),  # BT-45
    ),
    Nested("ram:DefinedTradeContact", "contact", _contact(BuyerContact)),  # BG-9
    Nested("ram:PostalTradeAddress", "postal_address", _address(BuyerPostalAddress)),  # BG-8
    _electronic_address("electronic_address"),  # BT-49
    _tax_number("vat_identifier", VAT_NUMBER),  # BT-48
)
"""BG-7."""

TAX_REPRESENTATIVE = Shape(
    SellerTaxRepresentative,
    Value("ram:Name", "name", TEXT),  # BT-62
    Nested(  # BG-12
        "ram:PostalTradeAddress", "postal_address", _address(TaxRepresentativePostalAddress)
    ),
    _tax_number("vat_identifier", VAT_NUMBER),  # BT-63
)
"""BG-11."""

PAYEE = Shape(
    Payee,
    Value("ram:ID", "identifier", ID),  # BT-60
    Value("ram:GlobalID", "identifier", PAYEE_GLOBAL_ID),  # BT-60
    Value("ram:Name", "name", TEXT),  # BT-59
    Branch(
        "ram:SpecifiedLegalOrganization",
        Value("ram:ID", "legal_registration_identifier", IDENTIFIER),  # BT-61
    ),
)
"""BG-10."""

DELIVER_TO_ADDRESS = _address(DeliverToAddress)
"""BG-15."""
