"""Invoices of our own that between them use every business term; the golden files show them."""

from collections.abc import Callable

from formats.en16931 import Invoice
from formats.en16931.model import ProcessControl
from tests.formats.ubl import examples as ubl

_PLAIN = ProcessControl(
    business_process_type="urn:fdc:peppol.eu:2017:poacc:billing:01:1.0",
    specification_identifier="urn:cen.eu:en16931:2017",
)


def full_invoice() -> Invoice:
    """Return an invoice with every term that the rules allow together, paid by transfer.

    D16B has one preceding invoice (BG-3), so this has one.
    """
    return _plain(ubl.full_invoice())


def credit_note() -> Invoice:
    """Return a credit note, with the date of its tax point instead of a code for it."""
    return _plain(ubl.credit_note())


def direct_debit() -> Invoice:
    """Return a reverse charge invoice paid by direct debit, without anything optional."""
    return _plain(ubl.direct_debit())


def card_payment() -> Invoice:
    """Return an invoice paid by card."""
    card = {"primary_account_number": "123456", "holder_name": "B. Buyer"}
    instructions = {
        "payment_means_type_code": "48",
        "remittance_information": "2026-003",
        "payment_card_information": card,
    }
    document = direct_debit().model_dump(mode="json")
    return Invoice.model_validate(document | {"payment_instructions": [instructions]})


EXAMPLES: dict[str, Callable[[], Invoice]] = {
    "full-invoice.xml": full_invoice,
    "credit-note.xml": credit_note,
    "direct-debit.xml": direct_debit,
    "card-payment.xml": card_payment,
}


def _plain(invoice: Invoice) -> Invoice:
    preceding = invoice.preceding_invoice_references[:1]
    identifiers = invoice.seller.identifiers
    ordered = sorted(identifiers, key=lambda entry: entry.scheme_identifier is not None)
    return invoice.model_copy(
        update={
            "process_control": _PLAIN,
            "preceding_invoice_references": preceding,
            "seller": invoice.seller.model_copy(update={"identifiers": tuple(ordered)}),
        }
    )
