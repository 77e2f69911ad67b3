"""What extensions add to the seller, the buyer, the payee and the seller's tax representative."""

from typing import Annotated

from formats.en16931.extensions.parties import TradeAddress, TradeContact, address, contact
from formats.en16931.group import Group, Identifier, Text
from formats.en16931.terms import Term


class SellerContactExtensions(Group):
    """Beside BG-6."""

    department_name: Annotated[Text | None, Term("BT-41-0")] = None
    type_code: Annotated[Text | None, Term("BT-X-317")] = None
    fax_number: Annotated[Text | None, Term("BT-X-107")] = None


class BuyerContactExtensions(Group):
    """Beside BG-9."""

    department_name: Annotated[Text | None, Term("BT-56-0")] = None
    type_code: Annotated[Text | None, Term("BT-X-318")] = None
    fax_number: Annotated[Text | None, Term("BT-X-115")] = None


class SellerPostalAddressExtensions(Group):
    """Beside BG-5."""

    country_subdivision_code: Annotated[Text | None, Term("BTOM-024")] = None


class BuyerPostalAddressExtensions(Group):
    """Beside BG-8."""

    country_subdivision_code: Annotated[Text | None, Term("BTOM-026")] = None


class TaxRegistration(Group):
    """A registration beside those EN 16931 knows (BT-31, BT-32, BT-48, BT-63).

    A second number, a number without the tax it is for, or a tax without a number: the rules
    refuse the latter (UBL-SR-53), so a document that has it must keep it.
    """

    identifier: Annotated[Text | None, Term("UBL-PartyTaxScheme")] = None
    scheme: Annotated[Text | None, Term("UBL-PartyTaxScheme-TaxScheme")] = None


class TaxRepresentativePostalAddressExtensions(Group):
    """Beside BG-12."""

    country_subdivision_code: Annotated[
        Text | None, Term("UBL-TaxRepresentativeParty-CountrySubentityCode")
    ] = None


class SellerExtensions(Group):
    """Beside BG-4.

    Attributes:
        identifier_scheme_name: What kind of number the first identifier (BT-29) is.
        legal_registration_type_code: What kind of registration BT-30 is.
        legal_registration_authority: Who registered; of a passport, the country.
        tax_registration_scheme: What BT-32 is a registration for, empty when it is not said; TAX
            when this is absent.
        registration_key: Number of the seller with the tax authority's service.
        operator_name, operator_identifier: Who issued the invoice, for the Croatian authority.
    """

    role_code: Annotated[Text | None, Term("BT-X-543")] = None
    legal_address: Annotated[
        TradeAddress | None, Term("BG-X-14", parts=address("BG-X-14", 100)[1:])
    ] = None
    additional_contacts: Annotated[tuple[TradeContact, ...], Term("BG-6", repeats=True)] = ()
    identifier_scheme_name: Annotated[Text | None, Term("BTOM-015")] = None
    legal_registration_type_code: Annotated[Text | None, Term("BTAE-15")] = None
    legal_registration_authority: Annotated[Text | None, Term("BTAE-12", also=("BTAE-18",))] = None
    tax_registration_scheme: Annotated[Text | None, Term("UBL-BT-32-TaxScheme")] = None
    tax_registrations: Annotated[
        tuple[TaxRegistration, ...], Term("UBL-Seller-PartyTaxScheme")
    ] = ()
    registration_key: Annotated[Text | None, Term("BTOM-004")] = None
    industry_classification_code: Annotated[
        Text | None, Term("UBL-IndustryClassificationCode")
    ] = None
    industry_classification_name: Annotated[
        Text | None, Term("UBL-IndustryClassificationCode-name")
    ] = None
    operator_name: Annotated[Text | None, Term("HR-BT-4")] = None
    operator_identifier: Annotated[Text | None, Term("HR-BT-5")] = None


class BuyerExtensions(Group):
    """Beside BG-7.

    Attributes:
        additional_legal_information: What BT-33 is for the seller.
        identifier_scheme_name, legal_registration_type_code, legal_registration_authority: As for
            the seller.
    """

    role_code: Annotated[Text | None, Term("BT-X-544")] = None
    additional_legal_information: Annotated[Text | None, Term("BT-X-334")] = None
    additional_identifiers: Annotated[tuple[Identifier, ...], Term("BT-46", repeats=True)] = ()
    legal_address: Annotated[
        TradeAddress | None, Term("BG-X-15", parts=address("BG-X-15", 108)[1:])
    ] = None
    additional_contacts: Annotated[tuple[TradeContact, ...], Term("BG-9", repeats=True)] = ()
    identifier_scheme_name: Annotated[Text | None, Term("BTOM-018")] = None
    legal_registration_type_code: Annotated[Text | None, Term("BTAE-16")] = None
    legal_registration_authority: Annotated[Text | None, Term("BTAE-11", also=("BTAE-19",))] = None
    tax_registrations: Annotated[
        tuple[TaxRegistration, ...], Term("UBL-Buyer-PartyTaxScheme")
    ] = ()


_FRENCH_PAYEE_ADDRESS = {
    "": 31,
    "line_1": 32,
    "line_2": 33,
    "line_3": 34,
    "post_code": 35,
    "city": 36,
    "country_subdivision": 37,
    "country_code": 38,
}
_FRENCH_PAYEE_CONTACT = {"": 39, "point": 40, "telephone_number": 41, "email_address": 42}


class PayeeExtensions(Group):
    """Beside BG-10."""

    role_code: Annotated[Text | None, Term("BT-X-468", also=("EXT-FR-FE-26",))] = None
    trading_name: Annotated[Text | None, Term("BT-X-243", also=("EXT-FR-FE-27",))] = None
    additional_identifiers: Annotated[tuple[Identifier, ...], Term("BT-60", repeats=True)] = ()
    vat_identifier: Annotated[Text | None, Term("BT-X-257", also=("EXT-FR-FE-28",))] = None
    electronic_address: Annotated[Identifier | None, Term("BT-X-256", also=("EXT-FR-FE-29",))] = (
        None
    )
    postal_address: Annotated[
        TradeAddress | None,
        Term(
            "BG-X-40",
            also=("EXT-FR-FE-31",),
            parts=tuple(
                (field, (*ids, f"EXT-FR-FE-{_FRENCH_PAYEE_ADDRESS[field]}"))
                for field, ids in address("BG-X-40", 249)[1:]
            ),
        ),
    ] = None
    legal_address: Annotated[
        TradeAddress | None, Term("BG-X-72", parts=address("BG-X-72", 469)[1:])
    ] = None
    contacts: Annotated[
        tuple[TradeContact, ...],
        Term(
            "BG-X-39",
            also=("EXT-FR-FE-39",),
            parts=tuple(
                (
                    field,
                    (*ids, f"EXT-FR-FE-{_FRENCH_PAYEE_CONTACT[field]}")
                    if field in _FRENCH_PAYEE_CONTACT
                    else ids,
                )
                for field, ids in contact("BG-X-39", 244, 245, 326, 246, 247, 248)[1:]
            ),
        ),
    ] = ()


class SellerTaxRepresentativeExtensions(Group):
    """Beside BG-11."""

    identifiers: Annotated[tuple[Identifier, ...], Term("BT-X-117", also=("BT-X-116",))] = ()
    role_code: Annotated[Text | None, Term("BT-X-547")] = None
    trading_name: Annotated[Text | None, Term("BT-X-119")] = None
    legal_registration_identifier: Annotated[Identifier | None, Term("BT-X-118")] = None
    legal_address: Annotated[
        TradeAddress | None, Term("BG-X-59", parts=address("BG-X-59", 389)[1:])
    ] = None
    contacts: Annotated[
        tuple[TradeContact, ...],
        Term("BG-X-17", parts=contact("BG-X-17", 120, 121, 319, 122, 123, 124)[1:]),
    ] = ()
    electronic_address: Annotated[Identifier | None, Term("BT-X-125")] = None
    tax_registrations: Annotated[
        tuple[TaxRegistration, ...], Term("UBL-TaxRepresentative-PartyTaxScheme")
    ] = ()
