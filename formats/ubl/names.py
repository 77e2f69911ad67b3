"""The names of UBL 2.1: namespaces, the two roots, and the codes that mean something there."""

from enum import StrEnum

from formats.binding import Binding
from formats.en16931.codes.documents import CREDIT_NOTE_TYPES
from formats.xml import WHITESPACE

COMPONENTS = "urn:oasis:names:specification:ubl:schema:xsd:"
CAC = COMPONENTS + "CommonAggregateComponents-2"
CBC = COMPONENTS + "CommonBasicComponents-2"
EXT = COMPONENTS + "CommonExtensionComponents-2"
HR = "urn:mfin.gov.hr:schema:xsd:HRExtensionAggregateComponents-1"


class Root(StrEnum):
    """The two documents EN 16931 uses, named as their root elements and in their lines."""

    INVOICE = "Invoice"
    CREDIT_NOTE = "CreditNote"

    @property
    def namespace(self) -> str:
        """The namespace of the root element."""
        return f"{COMPONENTS}{self.value}-2"


CREDIT_NOTE = "381"
"""BT-3 of a CreditNote that states none: the root says what it is, BT-3 must not unsay it."""

BINDING = Binding({"cac": CAC, "cbc": CBC, "ext": EXT, "hrextac": HR})
"""Everything of EN 16931 is in the first two namespaces; the root declares only these."""

OTHER_TAX = "TAX"
"""The tax scheme written for BT-32: any but VAT marks it (UBL-SR-13)."""

INVOICED_OBJECT = "130"
"""UNTDID 1001 code that marks a document reference as BT-18 or BT-128."""

PROJECT = "50"
"""UNTDID 1001 code that marks BT-11 in a CreditNote, which has no ProjectReference (UBL-SR-43)."""

SEPA = "SEPA"
"""The scheme that marks a party identification as BT-90."""

CARD_NETWORK = "NA"
"""The network of a payment card, which UBL demands and EN 16931 does not know."""

DIRECT_DEBIT_CODES = frozenset(("49", "59"))
"""BT-81 values (UNTDID 4461) for direct debits."""


def root_for(type_code: str | None) -> Root:
    """Return the document that carries an invoice with this BT-3 (BR-CL-01).

    BR-CL-01 allows 81 in both; PEPPOL-EN16931-P0101 only in a CreditNote, so that is ours.
    """
    code = (type_code or "").strip(WHITESPACE)
    return Root.CREDIT_NOTE if code in CREDIT_NOTE_TYPES else Root.INVOICE
