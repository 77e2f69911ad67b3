"""Where and when: BG-13 to BG-15, and BT-8, which shares an element with BG-14."""

from formats.binding import CODE, DATE, IDENTIFIER, Branch, Nested, Value
from formats.ubl.party import DELIVER_TO_ADDRESS

INVOICE_PERIOD = Branch(
    "cac:InvoicePeriod",
    Value("cbc:StartDate", "delivery_information.invoicing_period.start_date", DATE),  # BT-73
    Value("cbc:EndDate", "delivery_information.invoicing_period.end_date", DATE),  # BT-74
    Value("cbc:DescriptionCode", "value_added_tax_point_date_code", CODE),  # BT-8
    merges=True,  # some write BT-8 in a period of its own
)
"""BG-14 and BT-8."""

DELIVERY = Branch(
    "cac:Delivery",
    Value("cbc:ActualDeliveryDate", "delivery_information.actual_delivery_date", DATE),  # BT-72
    Branch(
        "cac:DeliveryLocation",
        Value(
            "cbc:ID", "delivery_information.deliver_to_location_identifier", IDENTIFIER
        ),  # BT-71
        Nested("cac:Address", "delivery_information.deliver_to_address", DELIVER_TO_ADDRESS),
    ),
    Branch(
        "cac:DeliveryParty",
        Branch(
            "cac:PartyName",
            Value("cbc:Name", "delivery_information.deliver_to_party_name"),  # BT-70
        ),
    ),
)
"""BG-13 and BG-15."""
