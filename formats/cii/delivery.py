"""Where and when: BG-13 to BG-15, with the advices that CII keeps there (BT-15, BT-16)."""

from formats.binding import CODE, IDENTIFIER, TEXT, Branch, Each, Nested, Value
from formats.cii.extensions import (
    TRADE_ADDRESS,
    TRADE_CONTACT,
    electronic_address,
    first_of,
    issued,
    party,
    tax_number,
)
from formats.cii.kinds import date
from formats.cii.names import VAT_NUMBER
from formats.cii.party import DELIVER_TO_ADDRESS

_EXTENSIONS = "delivery_information.extensions"

DELIVERY = Branch(
    "ram:ApplicableHeaderTradeDelivery",
    Branch(
        "ram:RelatedSupplyChainConsignment",
        Each(
            "ram:SpecifiedLogisticsTransportMovement",
            f"{_EXTENSIONS}.transport_mode_codes",
            Value("ram:ModeCode", "", CODE),  # BT-X-152
        ),
    ),
    Branch(
        "ram:ShipToTradeParty",
        first_of(  # BT-71
            "delivery_information.deliver_to_location_identifier",
            f"{_EXTENSIONS}.additional_location_identifiers",
        ),
        Value("ram:Name", "delivery_information.deliver_to_party_name", TEXT),  # BT-70
        Value("ram:RoleCode", f"{_EXTENSIONS}.deliver_to_role_code", CODE),  # BT-X-550
        Branch(
            "ram:SpecifiedLegalOrganization",
            Value(  # BT-X-153
                "ram:ID", f"{_EXTENSIONS}.deliver_to_legal_registration_identifier", IDENTIFIER
            ),
            Value(  # BT-X-154
                "ram:TradingBusinessName", f"{_EXTENSIONS}.deliver_to_trading_name", TEXT
            ),
            Nested(  # BG-X-67
                "ram:PostalTradeAddress", f"{_EXTENSIONS}.deliver_to_legal_address", TRADE_ADDRESS
            ),
        ),
        Nested(  # BG-X-26
            "ram:DefinedTradeContact", f"{_EXTENSIONS}.deliver_to_contacts", TRADE_CONTACT
        ),
        Nested(  # BG-15
            "ram:PostalTradeAddress",
            "delivery_information.deliver_to_address",
            DELIVER_TO_ADDRESS,
        ),
        electronic_address(f"{_EXTENSIONS}.deliver_to_electronic_address"),  # BT-X-160
        tax_number(f"{_EXTENSIONS}.deliver_to_vat_identifier", VAT_NUMBER),  # BT-X-161
    ),
    party("ram:UltimateShipToTradeParty", f"{_EXTENSIONS}.ultimate_ship_to"),  # BG-X-27
    party("ram:ShipFromTradeParty", f"{_EXTENSIONS}.ship_from"),  # BG-X-30
    Branch(
        "ram:ActualDeliverySupplyChainEvent",
        date("ram:OccurrenceDateTime", "delivery_information.actual_delivery_date"),  # BT-72
    ),
    Branch(
        "ram:DespatchAdviceReferencedDocument",
        Value("ram:IssuerAssignedID", "despatch_advice_reference", CODE),  # BT-16
        issued("extensions.despatch_advice_issue_date"),  # BT-X-200
    ),
    Branch(
        "ram:ReceivingAdviceReferencedDocument",
        Value("ram:IssuerAssignedID", "receiving_advice_reference", CODE),  # BT-15
        issued("extensions.receiving_advice_issue_date"),  # BT-X-201
    ),
    Branch(
        "ram:DeliveryNoteReferencedDocument",
        Value("ram:IssuerAssignedID", f"{_EXTENSIONS}.delivery_note_reference", CODE),  # BT-X-202
        issued(f"{_EXTENSIONS}.delivery_note_issue_date"),  # BT-X-203
    ),
    always=True,
)

INVOICING_PERIOD = Branch(
    "ram:BillingSpecifiedPeriod",
    Value(  # BT-X-264
        "ram:Description", "delivery_information.invoicing_period.extensions.description", TEXT
    ),
    date("ram:StartDateTime", "delivery_information.invoicing_period.start_date"),  # BT-73
    date("ram:EndDateTime", "delivery_information.invoicing_period.end_date"),  # BT-74
)
"""BG-14, which stands in the settlement."""
