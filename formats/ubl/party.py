"""Who: BG-4 to BG-12 as UBL parties."""

from collections.abc import Sequence

from lxml import etree

from formats.binding import (
    CODE,
    IDENTIFIER,
    Branch,
    Each,
    Nested,
    Odd,
    ReadContext,
    Shape,
    Value,
    WriteContext,
)
from formats.binding.markup import branch, leaf
from formats.binding.nodes import Values
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
from formats.ubl.names import BINDING, OTHER_TAX, SEPA
from formats.ubl.vat import TAX_SCHEME, is_tax, other_scheme

CREDITOR = "creditor of {}"
"""What a party notes about BT-90, which UBL keeps with a party instead of with the payment."""

_is_sepa = BINDING.holds("cbc:ID/@schemeID", SEPA)  # UBL-SR-29 folds case


def _is_no_creditor(element: etree._Element, context: ReadContext) -> bool:
    return not _is_sepa(element, context)


def _address(model: type[Group]) -> Shape:
    """BG-5, BG-8, BG-12 and BG-15: different terms, one shape."""
    return Shape(
        model,
        Value("cbc:StreetName", "line_1"),
        Value("cbc:AdditionalStreetName", "line_2"),
        Value("cbc:CityName", "city"),
        Value("cbc:PostalZone", "post_code"),
        Value("cbc:CountrySubentity", "country_subdivision"),
        Branch("cac:AddressLine", Value("cbc:Line", "line_3")),
        Branch("cac:Country", Value("cbc:IdentificationCode", "country_code", CODE)),
    )


def _contact(model: type[Group]) -> Shape:
    """BG-6 and BG-9."""
    return Shape(
        model,
        Value("cbc:Name", "point"),
        Value("cbc:Telephone", "telephone_number"),
        Value("cbc:ElectronicMail", "email_address"),
    )


def _creditor(holder: str) -> Odd:
    """BT-90: an identification of the payee, or of the seller when there is no payee."""
    key = CREDITOR.format(holder)

    def read(nodes: Sequence[etree._Element], _values: Values, context: ReadContext) -> None:
        for node in nodes:
            creditor = BINDING.first(node, "cbc:ID")
            if creditor is None or key in context.notes:
                context.unread(node)
            else:
                context.notes[key] = creditor

    def write(_group: Group, context: WriteContext) -> Sequence[str]:
        creditor = context.notes.get(key)
        return (branch("cac:PartyIdentification", leaf("cbc:ID", creditor, schemeID=SEPA)),)

    return Odd(("cac:PartyIdentification",), read, write)


DELIVER_TO_ADDRESS = _address(DeliverToAddress)

_VAT_REGISTRATION = Branch(
    "cac:PartyTaxScheme", Value("cbc:CompanyID", "vat_identifier", CODE), TAX_SCHEME, when=is_tax
)

SELLER = Shape(
    Seller,
    Branch(
        "cac:Party",
        Value("cbc:EndpointID", "electronic_address", IDENTIFIER),  # BT-34
        Each(
            "cac:PartyIdentification",
            "identifiers",
            Value("cbc:ID", "", IDENTIFIER),  # BT-29
            when=_is_no_creditor,
        ),
        _creditor("seller"),
        Branch("cac:PartyName", Value("cbc:Name", "trading_name")),  # BT-28
        Nested("cac:PostalAddress", "postal_address", _address(SellerPostalAddress)),  # BG-5
        _VAT_REGISTRATION,  # BT-31
        Branch(
            "cac:PartyTaxScheme",
            Value("cbc:CompanyID", "tax_registration_identifier", CODE),  # BT-32
            other_scheme(OTHER_TAX),
            when=lambda element, context: not is_tax(element, context),
        ),
        Branch(
            "cac:PartyLegalEntity",
            Value("cbc:RegistrationName", "name"),  # BT-27
            Value("cbc:CompanyID", "legal_registration_identifier", IDENTIFIER),  # BT-30
            Value("cbc:CompanyLegalForm", "additional_legal_information"),  # BT-33
        ),
        Nested("cac:Contact", "contact", _contact(SellerContact)),  # BG-6
    ),
)
"""BG-4."""

BUYER = Shape(
    Buyer,
    Branch(
        "cac:Party",
        Value("cbc:EndpointID", "electronic_address", IDENTIFIER),  # BT-49
        Branch(
            "cac:PartyIdentification",
            Value("cbc:ID", "identifier", IDENTIFIER),  # BT-46
            when=_is_no_creditor,
        ),
        Branch("cac:PartyName", Value("cbc:Name", "trading_name")),  # BT-45
        Nested("cac:PostalAddress", "postal_address", _address(BuyerPostalAddress)),  # BG-8
        _VAT_REGISTRATION,  # BT-48
        Branch(
            "cac:PartyLegalEntity",
            Value("cbc:RegistrationName", "name"),  # BT-44
            Value("cbc:CompanyID", "legal_registration_identifier", IDENTIFIER),  # BT-47
        ),
        Nested("cac:Contact", "contact", _contact(BuyerContact)),  # BG-9
    ),
)
"""BG-7."""

PAYEE = Shape(
    Payee,
    Branch(
        "cac:PartyIdentification",
        Value("cbc:ID", "identifier", IDENTIFIER),  # BT-60
        when=_is_no_creditor,
    ),
    _creditor("payee"),
    Branch("cac:PartyName", Value("cbc:Name", "name")),  # BT-59
    Branch(
        "cac:PartyLegalEntity",
        Value("cbc:CompanyID", "legal_registration_identifier", IDENTIFIER),  # BT-61
    ),
)
"""BG-10."""

TAX_REPRESENTATIVE = Shape(
    SellerTaxRepresentative,
    Branch("cac:PartyName", Value("cbc:Name", "name")),  # BT-62
    Nested("cac:PostalAddress", "postal_address", _address(TaxRepresentativePostalAddress)),
    _VAT_REGISTRATION,  # BT-63
)
"""BG-11."""
