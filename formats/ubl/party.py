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
from formats.binding.kinds import attribute_of, code_of
from formats.binding.markup import branch, leaf
from formats.binding.nodes import Values
from formats.en16931.group import Group, SchemedIdentifier
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
from formats.ubl.extensions import (
    TRADE_ADDRESS,
    address,
    contact,
    elsewhere,
    subdivision_code,
)
from formats.ubl.names import BINDING, SEPA
from formats.ubl.registrations import REGISTRATIONS, SELLER_REGISTRATIONS
from formats.ubl.vat import TAX_SCHEME, is_tax

CREDITOR = "creditor of {}"
"""What a party notes about BT-90, which UBL keeps with a party instead of with the payment."""

_is_sepa = BINDING.holds("cbc:ID/@schemeID", SEPA)  # UBL-SR-29 folds case


def _is_no_creditor(element: etree._Element, context: ReadContext) -> bool:
    return not _is_sepa(element, context)


def _contact(model: type[Group]) -> Shape:
    """BG-6 and BG-9."""
    return Shape(
        model,
        Value("cbc:Name", "point"),
        Value("cbc:Telephone", "telephone_number"),
        Value("cbc:Telefax", "extensions.fax_number"),  # BT-X-107, BT-X-115
        Value("cbc:ElectronicMail", "email_address"),
    )


def _creditor(holder: str) -> Odd:
    """BT-90: an identification of the payee, or of the seller when there is no payee."""
    key = CREDITOR.format(holder)

    def read(nodes: Sequence[etree._Element], _values: Values, context: ReadContext) -> None:
        for node in nodes:
            number = next(node.iterchildren(BINDING.clark("cbc:ID")), None)
            creditor = None if number is None else code_of(number)
            if number is None or creditor is None or key in context.notes:
                context.unread(node)
            else:
                context.attributes(number, "schemeID")
                context.notes[key] = creditor

    def write(_group: Group, context: WriteContext) -> Sequence[str]:
        creditor = context.notes.get(key)
        return (branch("cac:PartyIdentification", leaf("cbc:ID", creditor, schemeID=SEPA)),)

    return Odd(("cac:PartyIdentification",), read, write)


def _read_identifiers(
    nodes: Sequence[etree._Element], values: Values, context: ReadContext
) -> None:
    """Read BT-29 with BTOM-015 of the first; the one with the scheme SEPA is BT-90."""
    creditors = {node: None for node in nodes if _is_sepa(node, context)}  # in their order
    if creditors:
        _SELLERS_CREDITOR.read([*creditors], values, context)
    found: list[SchemedIdentifier] = []
    for node in nodes:
        if node in creditors:
            continue
        number = next(node.iterchildren(BINDING.clark("cbc:ID")), None)
        identifier = None if number is None else IDENTIFIER.read(number, context)
        if number is None or identifier is None:
            continue
        kind = attribute_of(number, "schemeName")
        context.attributes(number, "schemeID", *(() if found else ("schemeName",)))
        if kind is not None and not found:
            values.setdefault("extensions", {})["identifier_scheme_name"] = kind
        found.append(identifier)
    values["identifiers"] = found


def _write_identifiers(seller: Seller, context: WriteContext) -> Sequence[str]:
    extensions = seller.extensions
    kind = None if extensions is None else extensions.identifier_scheme_name
    texts = []
    for place, each in enumerate(seller.identifiers):
        names = {"schemeID": each.scheme_identifier, "schemeName": None if place else kind}
        texts.append(branch("cac:PartyIdentification", leaf("cbc:ID", each.value, **names)))
    return (*texts, *_SELLERS_CREDITOR.write(seller, context))


_SELLERS_CREDITOR = _creditor("seller")
_REGISTRATION = {
    "schemeAgencyID": "extensions.legal_registration_type_code",  # BTAE-15, BTAE-16
    "schemeAgencyName": "extensions.legal_registration_authority",  # BTAE-12, BTAE-11
}

DELIVER_TO_ADDRESS = address(DeliverToAddress, subdivision_code())

SELLER = Shape(
    Seller,
    Value("cbc:AdditionalAccountID", "extensions.registration_key", CODE),  # BTOM-004
    Branch(
        "cac:Party",
        Value("cbc:EndpointID", "electronic_address", IDENTIFIER),  # BT-34
        Value(
            "cbc:IndustryClassificationCode",
            "extensions.industry_classification_code",
            CODE,
            {"name": "extensions.industry_classification_name"},
        ),
        Odd(("cac:PartyIdentification",), _read_identifiers, _write_identifiers),  # BT-29
        Branch("cac:PartyName", Value("cbc:Name", "trading_name")),  # BT-28
        Nested(
            "cac:PostalAddress", "postal_address", address(SellerPostalAddress, subdivision_code())
        ),  # BG-5
        SELLER_REGISTRATIONS,  # BT-31, BT-32
        Branch(
            "cac:PartyLegalEntity",
            Value("cbc:RegistrationName", "name"),  # BT-27
            Value(  # BT-30
                "cbc:CompanyID", "legal_registration_identifier", IDENTIFIER, _REGISTRATION
            ),
            Value("cbc:CompanyLegalForm", "additional_legal_information"),  # BT-33
        ),
        Nested("cac:Contact", "contact", _contact(SellerContact)),  # BG-6
        elsewhere("cac:AgentParty", "sales_agent"),  # BG-X-49
        elsewhere("cac:ServiceProviderParty", "invoicer", "cac:Party"),  # BG-X-33
    ),
    Branch(
        "cac:SellerContact",
        Value("cbc:ID", "extensions.operator_identifier", CODE),  # HR-BT-5
        Value("cbc:Name", "extensions.operator_name"),  # HR-BT-4
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
            Value(  # BT-46
                "cbc:ID",
                "identifier",
                IDENTIFIER,
                {"schemeName": "extensions.identifier_scheme_name"},  # BTOM-018
            ),
            when=_is_no_creditor,
        ),
        Each(
            "cac:PartyIdentification",
            "extensions.additional_identifiers",
            Value("cbc:ID", "", IDENTIFIER),
        ),
        Branch("cac:PartyName", Value("cbc:Name", "trading_name")),  # BT-45
        Nested(
            "cac:PostalAddress", "postal_address", address(BuyerPostalAddress, subdivision_code())
        ),  # BG-8
        REGISTRATIONS,  # BT-48
        Branch(
            "cac:PartyLegalEntity",
            Value("cbc:RegistrationName", "name"),  # BT-44
            Value(  # BT-47
                "cbc:CompanyID", "legal_registration_identifier", IDENTIFIER, _REGISTRATION
            ),
            Value("cbc:CompanyLegalForm", "extensions.additional_legal_information"),
        ),
        Nested("cac:Contact", "contact", _contact(BuyerContact)),  # BG-9
        elsewhere("cac:AgentParty", "buyer_agent"),  # BG-X-62
        elsewhere("cac:ServiceProviderParty", "invoicee", "cac:Party"),  # BG-X-36
    ),
)
"""BG-7."""

PAYEE = Shape(
    Payee,
    Value("cbc:EndpointID", "extensions.electronic_address", IDENTIFIER),  # BT-X-256
    Value("cbc:IndustryClassificationCode", "extensions.role_code", CODE),  # BT-X-468
    Branch(
        "cac:PartyIdentification",
        Value("cbc:ID", "identifier", IDENTIFIER),  # BT-60
        when=_is_no_creditor,
    ),
    Each(
        "cac:PartyIdentification",
        "extensions.additional_identifiers",
        Value("cbc:ID", "", IDENTIFIER),
        when=_is_no_creditor,
    ),
    _creditor("payee"),
    Branch("cac:PartyName", Value("cbc:Name", "name")),  # BT-59
    Nested("cac:PostalAddress", "extensions.postal_address", TRADE_ADDRESS),  # BG-X-40
    Branch(
        "cac:PartyTaxScheme",
        Value("cbc:CompanyID", "extensions.vat_identifier", CODE),  # BT-X-257
        TAX_SCHEME,
        when=is_tax,
    ),
    Branch(
        "cac:PartyLegalEntity",
        Value("cbc:CompanyID", "legal_registration_identifier", IDENTIFIER),  # BT-61
    ),
    contact("extensions.contacts"),  # BG-X-39
)
"""BG-10."""

TAX_REPRESENTATIVE = Shape(
    SellerTaxRepresentative,
    Value("cbc:EndpointID", "extensions.electronic_address", IDENTIFIER),  # BT-X-125
    Value("cbc:IndustryClassificationCode", "extensions.role_code", CODE),  # BT-X-547
    Each(
        "cac:PartyIdentification",
        "extensions.identifiers",  # BT-X-116
        Value("cbc:ID", "", IDENTIFIER),
    ),
    Branch("cac:PartyName", Value("cbc:Name", "name")),  # BT-62
    Nested(
        "cac:PostalAddress",
        "postal_address",
        address(TaxRepresentativePostalAddress, subdivision_code()),
    ),
    REGISTRATIONS,  # BT-63
    Branch(
        "cac:PartyLegalEntity",
        Value("cbc:CompanyID", "extensions.legal_registration_identifier", IDENTIFIER),
    ),
    contact("extensions.contacts"),  # BG-X-17
)
"""BG-11."""


def _identified(tag: str, field: str) -> Branch:
    number = Value("cbc:ID", f"extensions.{field}", IDENTIFIER)
    return Branch(tag, Branch("cac:Party", Branch("cac:PartyIdentification", number)))


OTHER_PARTIES = (
    _identified("cac:BuyerCustomerParty", "beneficiary_identifier"),  # BTAE-01
    _identified("cac:SellerSupplierParty", "principal_identifier"),  # BTAE-14
)
"""Parties the Emirates know by a number only."""
