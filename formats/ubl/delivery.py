"""Where and when: BG-13 to BG-15, and BT-8, which shares an element with BG-14."""

from formats.en16931.model import Invoice
from formats.ubl.markup import day, group, leaf
from formats.ubl.party import write_address, write_identifier


def write_invoice_period(invoice: Invoice) -> str:
    """Write BG-14 and BT-8."""
    delivery = invoice.delivery_information
    period = delivery.invoicing_period if delivery else None
    return group(
        "cac:InvoicePeriod",
        day("cbc:StartDate", period.start_date if period else None),  # BT-73
        day("cbc:EndDate", period.end_date if period else None),  # BT-74
        leaf("cbc:DescriptionCode", invoice.value_added_tax_point_date_code),  # BT-8
    )


def write_delivery(invoice: Invoice) -> str:
    """Write BG-13 and BG-15."""
    delivery = invoice.delivery_information
    if delivery is None:
        return ""
    return group(
        "cac:Delivery",
        day("cbc:ActualDeliveryDate", delivery.actual_delivery_date),  # BT-72
        group(
            "cac:DeliveryLocation",
            write_identifier("cbc:ID", delivery.deliver_to_location_identifier),  # BT-71
            write_address("cac:Address", delivery.deliver_to_address),  # BG-15
        ),
        group(
            "cac:DeliveryParty",
            group("cac:PartyName", leaf("cbc:Name", delivery.deliver_to_party_name)),  # BT-70
        ),
    )
