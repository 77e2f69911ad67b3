"""Documents for the benchmark of validation: valid to EN 16931 and Peppol BIS, and broken ones."""

import re
from collections.abc import Callable, Mapping

from benchmarks.invoices import sample
from formats import ubl
from formats.en16931 import Invoice
from formats.peppol.profile import PEPPOL_BIS_3


def valid(lines: int) -> bytes:
    """Return an ordinary Peppol BIS Billing 3.0 invoice in UBL that no rule objects to."""
    return ubl.write(_peppol(sample(lines)))


def failing(lines: int) -> bytes:
    """Return the same without a few mandatory fields, and with sums that are not those."""
    content = valid(lines)
    for missing in (
        rb"<cbc:BuyerReference>.*?</cbc:BuyerReference>",
        rb"<cac:OrderReference>.*?</cac:OrderReference>",
        rb"<cbc:RegistrationName>Nordlicht.*?</cbc:RegistrationName>",
        rb"<cac:Country>.*?</cac:Country>",
    ):
        content = _broken(*re.subn(missing, b"", content, count=1, flags=re.DOTALL))
    for sum_of, instead in (("TaxInclusiveAmount", "1"), ("PayableAmount", "2")):
        content = _wrong(content, sum_of, instead)
    return content


def every_line_fails(lines: int) -> bytes:
    """Return the same with a wrong amount and no item name in each line."""
    content = valid(lines)
    start = content.index(b"<cac:InvoiceLine>")
    head, body = content[:start], content[start:]
    body = _wrong(body, "LineExtensionAmount", "7777777", most=0)
    return head + re.sub(rb"<cbc:Name>Article \d+</cbc:Name>", b"", body)


KINDS: Mapping[str, Callable[[int], bytes]] = {
    "valid": valid,
    "failing": failing,
    "every line fails": every_line_fails,
}


def _peppol(invoice: Invoice) -> Invoice:
    control = invoice.process_control.model_copy(
        update={
            "business_process_type": PEPPOL_BIS_3.process_id,
            "specification_identifier": PEPPOL_BIS_3.customization_id,
        }
    )
    return invoice.model_copy(update={"process_control": control})


def _wrong(content: bytes, element: str, euros: str, most: int = 1) -> bytes:
    """Put other whole euros in the place of an amount's, in so many elements (0: in all)."""
    amount = rf"(<cbc:{element} [^>]*>)\d+".encode()
    return _broken(*re.subn(amount, rb"\g<1>" + euros.encode(), content, count=most))


def _broken(content: bytes, replaced: int) -> bytes:
    if not replaced:
        raise ValueError("there is nothing to break: the sample has changed")
    return content
