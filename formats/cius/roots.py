"""Which of the two documents of UBL an invoice is: the rules of a CIUS tell them apart."""

from formats.en16931.model import Invoice
from formats.ubl.names import Root, root_for


def is_credit_note(invoice: Invoice) -> bool:
    """Tell whether the invoice is written as a CreditNote: by BT-3, or as it was read."""
    extensions = invoice.extensions
    if extensions is not None and extensions.document_name in set(Root):
        return extensions.document_name == Root.CREDIT_NOTE
    return root_for(invoice.type_code) is Root.CREDIT_NOTE
