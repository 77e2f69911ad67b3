"""Any invoice that CII and UBL can both say: what UBL can, less what CII cannot.

What CII cannot say is left out here and nowhere else: a discount on a price without the gross
price, further identifiers of the seller between those without scheme and those with one, and
remittance information or a mandate that differ from one payment to the next.
"""

from hypothesis import strategies as st

from formats.en16931 import Invoice
from formats.en16931.line import Line
from formats.en16931.payment import PaymentInstructions
from tests.formats.ubl import invoices as ubl


def any_invoice() -> st.SearchStrategy[Invoice]:
    """Return a strategy for invoices."""
    return ubl.any_invoice().map(_sayable)


def _sayable(invoice: Invoice) -> Invoice:
    seller = invoice.seller
    identifiers = sorted(seller.identifiers, key=lambda entry: entry.scheme_identifier is not None)
    return invoice.model_copy(
        update={
            "lines": tuple(map(_line, invoice.lines)),
            "payment_instructions": tuple(_payments(invoice)),
            "seller": seller.model_copy(update={"identifiers": tuple(identifiers)}),
        }
    )


def _line(line: Line) -> Line:
    gross = line.item_gross_price is not None
    return line if gross else line.model_copy(update={"item_price_discount": None})


def _payments(invoice: Invoice) -> list[PaymentInstructions]:
    """Give all payments the remittance information of the first, all debits one mandate."""
    if not invoice.payment_instructions:
        return []
    first = invoice.payment_instructions[0]
    debits = [entry.direct_debit for entry in invoice.payment_instructions if entry.direct_debit]
    mandate = debits[0].mandate_reference_identifier if debits else None
    return [
        entry.model_copy(
            update={
                "remittance_information": first.remittance_information,
                "direct_debit": entry.direct_debit
                and entry.direct_debit.model_copy(
                    update={"mandate_reference_identifier": mandate}
                ),
            }
        )
        for entry in invoice.payment_instructions
    ]
