"""Who: BG-4 to BG-12 as UBL parties."""

from formats.en16931.group import SchemedIdentifier
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
from formats.ubl.markup import group, leaf, required
from formats.ubl.names import OTHER_TAX, SEPA, VAT

PostalAddress = (
    SellerPostalAddress | BuyerPostalAddress | TaxRepresentativePostalAddress | DeliverToAddress
)
"""BG-5, BG-8, BG-12 and BG-15: different terms, one shape."""


def write_seller(seller: Seller, creditor: str | None) -> str:
    """Write BG-4. `creditor` is BT-90 when it goes with the seller."""
    return required(
        "cac:AccountingSupplierParty",
        group(
            "cac:Party",
            write_identifier("cbc:EndpointID", seller.electronic_address),  # BT-34
            *(_identification(identifier) for identifier in seller.identifiers),  # BT-29
            write_creditor(creditor),
            group("cac:PartyName", leaf("cbc:Name", seller.trading_name)),  # BT-28
            write_address("cac:PostalAddress", seller.postal_address),  # BG-5
            _tax_scheme(seller.vat_identifier, VAT),  # BT-31
            _tax_scheme(seller.tax_registration_identifier, OTHER_TAX),  # BT-32
            group(
                "cac:PartyLegalEntity",
                leaf("cbc:RegistrationName", seller.name),  # BT-27
                write_identifier("cbc:CompanyID", seller.legal_registration_identifier),  # BT-30
                leaf("cbc:CompanyLegalForm", seller.additional_legal_information),  # BT-33
            ),
            _contact(seller.contact),  # BG-6
        ),
    )


def write_buyer(buyer: Buyer) -> str:
    """Write BG-7."""
    return required(
        "cac:AccountingCustomerParty",
        group(
            "cac:Party",
            write_identifier("cbc:EndpointID", buyer.electronic_address),  # BT-49
            _identification(buyer.identifier),  # BT-46
            group("cac:PartyName", leaf("cbc:Name", buyer.trading_name)),  # BT-45
            write_address("cac:PostalAddress", buyer.postal_address),  # BG-8
            _tax_scheme(buyer.vat_identifier, VAT),  # BT-48
            group(
                "cac:PartyLegalEntity",
                leaf("cbc:RegistrationName", buyer.name),  # BT-44
                write_identifier("cbc:CompanyID", buyer.legal_registration_identifier),  # BT-47
            ),
            _contact(buyer.contact),  # BG-9
        ),
    )


def write_payee(payee: Payee | None, creditor: str | None) -> str:
    """Write BG-10. `creditor` is BT-90, which goes with the payee when there is one."""
    if payee is None:
        return ""
    identification = _identification(payee.identifier)  # BT-60
    name = group("cac:PartyName", leaf("cbc:Name", payee.name))  # BT-59
    registration = write_identifier("cbc:CompanyID", payee.legal_registration_identifier)  # BT-61
    entity = group("cac:PartyLegalEntity", registration)
    if not (identification or name or entity):
        return ""
    return group("cac:PayeeParty", identification, write_creditor(creditor), name, entity)


def write_tax_representative(representative: SellerTaxRepresentative | None) -> str:
    """Write BG-11."""
    if representative is None:
        return ""
    return group(
        "cac:TaxRepresentativeParty",
        group("cac:PartyName", leaf("cbc:Name", representative.name)),  # BT-62
        write_address("cac:PostalAddress", representative.postal_address),  # BG-12
        _tax_scheme(representative.vat_identifier, VAT),  # BT-63
    )


def write_address(name: str, address: PostalAddress | None) -> str:
    """Write a postal address."""
    if address is None:
        return ""
    return group(
        name,
        leaf("cbc:StreetName", address.line_1),
        leaf("cbc:AdditionalStreetName", address.line_2),
        leaf("cbc:CityName", address.city),
        leaf("cbc:PostalZone", address.post_code),
        leaf("cbc:CountrySubentity", address.country_subdivision),
        group("cac:AddressLine", leaf("cbc:Line", address.line_3)),
        group("cac:Country", leaf("cbc:IdentificationCode", address.country_code)),
    )


def write_identifier(name: str, identifier: SchemedIdentifier | None) -> str:
    """Write an identifier with its scheme."""
    if identifier is None:
        return ""
    return leaf(name, identifier.value, schemeID=identifier.scheme_identifier)


def write_creditor(creditor: str | None) -> str:
    """Write BT-90, which UBL keeps with a party instead of with the payment."""
    return group("cac:PartyIdentification", leaf("cbc:ID", creditor, schemeID=SEPA))


def _identification(identifier: SchemedIdentifier | None) -> str:
    return group("cac:PartyIdentification", write_identifier("cbc:ID", identifier))


def _tax_scheme(identifier: str | None, scheme: str) -> str:
    company = leaf("cbc:CompanyID", identifier)
    if not company:  # a scheme without a number is refused: UBL-SR-53
        return ""
    return group("cac:PartyTaxScheme", company, group("cac:TaxScheme", leaf("cbc:ID", scheme)))


def _contact(contact: SellerContact | BuyerContact | None) -> str:
    if contact is None:
        return ""
    return group(
        "cac:Contact",
        leaf("cbc:Name", contact.point),
        leaf("cbc:Telephone", contact.telephone_number),
        leaf("cbc:ElectronicMail", contact.email_address),
    )
