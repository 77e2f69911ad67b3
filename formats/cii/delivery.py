"""Where and when: BG-13 to BG-15, with the advices that CII keeps there (BT-15, BT-16)."""

from formats.binding import CODE, TEXT, Branch, Nested, Value
from formats.cii.kinds import date
from formats.cii.party import DELIVER_TO_ADDRESS, identifiers

DELIVERY = Branch(
    "ram:ApplicableHeaderTradeDelivery",
    Branch(
        "ram:ShipToTradeParty",
        *identifiers("delivery_information.deliver_to_location_identifier"),  # BT-71
        Value("ram:Name", "delivery_information.deliver_to_party_name", TEXT),  # BT-70
        Nested(  # BG-15
            "ram:PostalTradeAddress",
            "delivery_information.deliver_to_address",
            DELIVER_TO_ADDRESS,
        ),
    ),
    Branch(
        "ram:ActualDeliverySupplyChainEvent",
        date("ram:OccurrenceDateTime", "delivery_information.actual_delivery_date"),  # BT-72
    ),
    Branch(
        "ram:DespatchAdviceReferencedDocument",
        Value("ram:IssuerAssignedID", "despatch_advice_reference", CODE),  # BT-16
    ),
    Branch(
        "ram:ReceivingAdviceReferencedDocument",
        Value("ram:IssuerAssignedID", "receiving_advice_reference", CODE),  # BT-15
    ),
    always=True,
)

INVOICING_PERIOD = Branch(
    "ram:BillingSpecifiedPeriod",
    date("ram:StartDateTime", "delivery_information.invoicing_period.start_date"),  # BT-73
    date("ram:EndDateTime", "delivery_information.invoicing_period.end_date"),  # BT-74
)
"""BG-14, which stands in the settlement."""
