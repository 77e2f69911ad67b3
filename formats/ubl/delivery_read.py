"""Reading BG-13 to BG-15 and BT-8; the twin of `delivery.py`."""

from formats.en16931.party import DeliverToAddress, DeliveryInformation, InvoicingPeriod
from formats.ubl.element import Element, present
from formats.ubl.party_read import read_address


def read_tax_point_date_code(document: Element) -> str | None:
    """Read BT-8."""
    codes = (period.code("DescriptionCode") for period in document.groups("InvoicePeriod"))
    return next((code for code in codes if code is not None), None)


def read_delivery(document: Element) -> DeliveryInformation | None:
    """Read BG-13 with BG-14 and BG-15."""
    delivery = document.group("Delivery")
    location = delivery.group("DeliveryLocation")
    return present(
        DeliveryInformation(
            deliver_to_party_name=delivery.group("DeliveryParty", "PartyName").text("Name"),
            deliver_to_location_identifier=location.identifier("ID"),
            actual_delivery_date=delivery.date("ActualDeliveryDate"),
            invoicing_period=_invoicing_period(document),
            deliver_to_address=read_address(location.group("Address"), DeliverToAddress),
        )
    )


def _invoicing_period(document: Element) -> InvoicingPeriod | None:
    for period in document.groups("InvoicePeriod"):
        dates = InvoicingPeriod(
            start_date=period.date("StartDate"), end_date=period.date("EndDate")
        )
        if present(dates):  # the one before may hold BT-8 alone
            return dates
    return None
