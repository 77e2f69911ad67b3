"""Reading BG-4 to BG-12; the twin of `party.py`."""

from typing import TypeVar

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
from formats.ubl.element import Element, present
from formats.ubl.names import SEPA, VAT

_Address = TypeVar(
    "_Address",
    SellerPostalAddress,
    BuyerPostalAddress,
    TaxRepresentativePostalAddress,
    DeliverToAddress,
)
_Contact = TypeVar("_Contact", SellerContact, BuyerContact)


def read_seller(document: Element) -> Seller:
    """Read BG-4."""
    party = document.group("AccountingSupplierParty", "Party")
    entity = party.group("PartyLegalEntity")
    return Seller(
        name=entity.text("RegistrationName"),
        trading_name=party.group("PartyName").text("Name"),
        identifiers=tuple(_identifiers(party)),
        legal_registration_identifier=entity.identifier("CompanyID"),
        vat_identifier=_tax_identifier(party, vat=True),
        tax_registration_identifier=_tax_identifier(party, vat=False),
        additional_legal_information=entity.text("CompanyLegalForm"),
        electronic_address=party.identifier("EndpointID"),
        postal_address=read_address(party.group("PostalAddress"), SellerPostalAddress),
        contact=_contact(party, SellerContact),
    )


def read_buyer(document: Element) -> Buyer:
    """Read BG-7."""
    party = document.group("AccountingCustomerParty", "Party")
    entity = party.group("PartyLegalEntity")
    return Buyer(
        name=entity.text("RegistrationName"),
        trading_name=party.group("PartyName").text("Name"),
        identifier=next(iter(_identifiers(party)), None),
        legal_registration_identifier=entity.identifier("CompanyID"),
        vat_identifier=_tax_identifier(party, vat=True),
        electronic_address=party.identifier("EndpointID"),
        postal_address=read_address(party.group("PostalAddress"), BuyerPostalAddress),
        contact=_contact(party, BuyerContact),
    )


def read_payee(document: Element) -> Payee | None:
    """Read BG-10."""
    party = document.group("PayeeParty")
    return present(
        Payee(
            name=party.group("PartyName").text("Name"),
            identifier=next(iter(_identifiers(party)), None),
            legal_registration_identifier=party.group("PartyLegalEntity").identifier("CompanyID"),
        )
    )


def read_tax_representative(document: Element) -> SellerTaxRepresentative | None:
    """Read BG-11."""
    party = document.group("TaxRepresentativeParty")
    return present(
        SellerTaxRepresentative(
            name=party.group("PartyName").text("Name"),
            vat_identifier=_tax_identifier(party, vat=True),
            postal_address=read_address(
                party.group("PostalAddress"), TaxRepresentativePostalAddress
            ),
        )
    )


def read_creditor(document: Element) -> str | None:
    """Read BT-90, the identification with scheme SEPA of the payee or the seller."""
    for party in (
        document.group("PayeeParty"),
        document.group("AccountingSupplierParty", "Party"),
    ):
        for identification in party.groups("PartyIdentification"):
            identifier = identification.identifier("ID")
            if identifier is not None and _is_sepa(identifier):
                return identifier.value
    return None


def read_address(address: Element, kind: type[_Address]) -> _Address | None:
    """Read a postal address."""
    return present(
        kind(
            line_1=address.text("StreetName"),
            line_2=address.text("AdditionalStreetName"),
            line_3=address.group("AddressLine").text("Line"),
            city=address.text("CityName"),
            post_code=address.text("PostalZone"),
            country_subdivision=address.text("CountrySubentity"),
            country_code=address.group("Country").code("IdentificationCode"),
        )
    )


def is_vat(scheme_holder: Element) -> bool:
    """Tell whether a tax category or registration is about VAT, as the official rules do."""
    return (scheme_holder.group("TaxScheme").code("ID") or "").upper() == VAT


def _identifiers(party: Element) -> list[SchemedIdentifier]:
    found = (entry.identifier("ID") for entry in party.groups("PartyIdentification"))
    return [entry for entry in found if entry is not None and not _is_sepa(entry)]


def _is_sepa(identifier: SchemedIdentifier) -> bool:
    return (identifier.scheme_identifier or "").upper() == SEPA  # UBL-SR-29 folds case


def _tax_identifier(party: Element, *, vat: bool) -> str | None:
    for scheme in party.groups("PartyTaxScheme"):
        if is_vat(scheme) is vat and (number := scheme.code("CompanyID")) is not None:
            return number
    return None


def _contact(party: Element, kind: type[_Contact]) -> _Contact | None:
    contact = party.group("Contact")
    return present(
        kind(
            point=contact.text("Name"),
            telephone_number=contact.text("Telephone"),
            email_address=contact.text("ElectronicMail"),
        )
    )
