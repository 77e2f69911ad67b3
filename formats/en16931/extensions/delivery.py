"""What extensions add to delivery and invoicing period."""

from typing import Annotated

from formats.en16931.extensions.parties import (
    TradeAddress,
    TradeContact,
    TradeParty,
    address,
    contact,
    party,
)
from formats.en16931.group import Group, Identifier, Indicator, IsoDate, Text
from formats.en16931.money import Amount
from formats.en16931.terms import Term

_ULTIMATE_SHIP_TO = party(
    identifiers=(162, 163),
    name=164,
    trading_name=166,
    role=551,
    legal=165,
    vat=180,
    electronic=179,
    at=address("BG-X-29", 172),
    reached_at=contact("BG-X-28", 167, 168, 322, 169, 170, 171),
    seated_at=address("BG-X-68", 440),
)
_SHIP_FROM = party(
    identifiers=(181, 182),
    name=183,
    trading_name=185,
    role=552,
    legal=184,
    vat=199,
    electronic=198,
    at=address("BG-X-32", 191),
    reached_at=contact("BG-X-31", 186, 187, 323, 188, 189, 190),
    seated_at=address("BG-X-69", 447),
)


class InvoicingPeriodExtensions(Group):
    """Beside BG-14."""

    description: Annotated[Text | None, Term("BT-X-264")] = None


class DeliverToAddressExtensions(Group):
    """Beside BG-15."""

    country_subdivision_code: Annotated[Text | None, Term("UBL-CountrySubentityCode")] = None


class FreightCharge(Group):
    """A charge or allowance of the carrier (`cac:FreightAllowanceCharge`), PINT Malaysia."""

    is_charge: Annotated[Indicator | None, Term("UBL-FreightAllowanceCharge-ChargeIndicator")] = (
        None
    )
    reason: Annotated[Text | None, Term("UBL-FreightAllowanceCharge-AllowanceChargeReason")] = None
    amount: Annotated[Amount | None, Term("UBL-FreightAllowanceCharge-Amount")] = None


class DeliveryInformationExtensions(Group):
    """Beside BG-13.

    Attributes:
        transport_mode_codes: UN/ECE Recommendation 19.
        deliver_to_party_identifiers: Of the party; BT-71 is that of the place.
        additional_location_identifiers: Further ones beside BT-71, which Factur-X allows.
        shipment_identifier: Number of the customs declaration.
        import_date: When the goods came into the country.
        terms_code, terms_scheme_identifier: Incoterms of the delivery
            (`cac:Delivery/cac:DeliveryTerms`).
    """

    deliver_to_party_identifiers: Annotated[
        tuple[Identifier, ...], Term("UBL-DeliveryParty-PartyIdentification")
    ] = ()
    additional_location_identifiers: Annotated[
        tuple[Identifier, ...], Term("BT-71", repeats=True)
    ] = ()
    deliver_to_role_code: Annotated[Text | None, Term("BT-X-550")] = None
    deliver_to_legal_registration_identifier: Annotated[
        Identifier | None, Term("BT-X-153", "BG-X-25")
    ] = None
    deliver_to_trading_name: Annotated[Text | None, Term("BT-X-154", "BG-X-25")] = None
    deliver_to_legal_address: Annotated[
        TradeAddress | None, Term("BG-X-67", parts=address("BG-X-67", 433)[1:])
    ] = None
    deliver_to_contacts: Annotated[
        tuple[TradeContact, ...],
        Term("BG-X-26", parts=contact("BG-X-26", 155, 156, 321, 157, 158, 159)[1:]),
    ] = ()
    deliver_to_electronic_address: Annotated[Identifier | None, Term("BT-X-160")] = None
    deliver_to_vat_identifier: Annotated[Text | None, Term("BT-X-161")] = None
    ultimate_ship_to: Annotated[TradeParty | None, Term("BG-X-27", parts=_ULTIMATE_SHIP_TO)] = None
    ship_from: Annotated[TradeParty | None, Term("BG-X-30", parts=_SHIP_FROM)] = None
    transport_mode_codes: Annotated[tuple[Text, ...], Term("BT-X-152", "BG-X-24")] = ()
    delivery_note_reference: Annotated[Text | None, Term("BT-X-202")] = None
    delivery_note_issue_date: Annotated[IsoDate | None, Term("BT-X-203")] = None
    terms_code: Annotated[Text | None, Term("BTOM-022")] = None
    terms_scheme_identifier: Annotated[Text | None, Term("UBL-DeliveryTerms-ID-schemeID")] = None
    shipment_identifier: Annotated[Text | None, Term("BTOM-021")] = None
    consignment_identifier: Annotated[Text | None, Term("UBL-Consignment-ID")] = None
    consignment_terms_code: Annotated[Text | None, Term("UBL-Consignment-DeliveryTerms")] = None
    import_date: Annotated[IsoDate | None, Term("BTOM-030")] = None
    freight_charges: Annotated[tuple[FreightCharge, ...], Term("UBL-FreightAllowanceCharge")] = ()
