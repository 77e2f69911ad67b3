"""The kinds of document there are, and what tells them apart."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from formats.en16931.codes.documents import CREDIT_NOTE_TYPES, INVOICE_TYPES


class DocumentKind(StrEnum):
    """The kinds of document, each with a collection of its own."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    ADVANCE_INVOICE = "advance_invoice"
    SELF_BILLED_INVOICE = "self_billed_invoice"
    SELF_BILLED_CREDIT_NOTE = "self_billed_credit_note"
    ESTIMATE = "estimate"
    PROFORMA = "proforma"
    DELIVERY_NOTE = "delivery_note"
    ORDER = "order"
    RECEIPT = "receipt"

    @property
    def collection(self) -> str:
        """The path segment: `invoices`, `credit-notes`."""
        return self.value.replace("_", "-") + "s"

    @property
    def words(self) -> str:
        """The name as people say it: `credit note`."""
        return self.value.replace("_", " ")

    @property
    def prefix(self) -> str:
        """The prefix of the public id."""
        return KINDS[self].prefix

    @property
    def default_type_code(self) -> str:
        """BT-3 (UNTDID 1001) when the caller names none."""
        return KINDS[self].type_code

    @property
    def default_series(self) -> str:
        """The code of the series that numbers it when the caller names none."""
        return KINDS[self].series

    @property
    def fiscal(self) -> bool:
        """True for what EN 16931 and tax law know: it is judged, transmitted and retained."""
        return KINDS[self].fiscal

    @property
    def credits(self) -> bool:
        """True for what reduces a debt."""
        return self in {DocumentKind.CREDIT_NOTE, DocumentKind.SELF_BILLED_CREDIT_NOTE}

    @property
    def self_billed(self) -> bool:
        """True where the entity is the buyer, and writes the seller's document."""
        return self in {
            DocumentKind.SELF_BILLED_INVOICE,
            DocumentKind.SELF_BILLED_CREDIT_NOTE,
        }

    def unless_said(self, type_code: str | None) -> "DocumentKind":
        """Return the kind that a type code (BT-3) says, this one where it says none.

        Only fiscal kinds have type codes of EN 16931; the others stay what they are.
        """
        if not self.fiscal or type_code is None:
            return self
        if type_code == _PREPAYMENT and not self.self_billed:
            return DocumentKind.ADVANCE_INVOICE
        if type_code in CREDIT_NOTE_TYPES:
            return self if self.credits else DocumentKind.CREDIT_NOTE
        if type_code in INVOICE_TYPES:
            return DocumentKind.INVOICE if self.credits else self
        return self


_PREPAYMENT = "386"


@dataclass(frozen=True, slots=True)
class Kind:
    """What is declared of a kind.

    Attributes:
        prefix: Of the public id.
        type_code: UNTDID 1001.
        series: Code of the series every entity gets for it.
        fiscal: See `DocumentKind.fiscal`.
    """

    prefix: str
    type_code: str
    series: str
    fiscal: bool = True


KINDS: Mapping[DocumentKind, Kind] = MappingProxyType(
    {
        DocumentKind.INVOICE: Kind("inv", "380", "INV"),
        DocumentKind.CREDIT_NOTE: Kind("crn", "381", "CRN"),
        DocumentKind.ADVANCE_INVOICE: Kind("adv", "386", "ADV"),
        DocumentKind.SELF_BILLED_INVOICE: Kind("sbi", "389", "SBI"),
        DocumentKind.SELF_BILLED_CREDIT_NOTE: Kind("sbc", "261", "SBC"),
        DocumentKind.ESTIMATE: Kind("est", "310", "EST", fiscal=False),
        DocumentKind.PROFORMA: Kind("pro", "325", "PRO", fiscal=False),
        DocumentKind.DELIVERY_NOTE: Kind("dln", "270", "DLN", fiscal=False),
        DocumentKind.ORDER: Kind("ord", "220", "ORD", fiscal=False),
        DocumentKind.RECEIPT: Kind("rct", "632", "RCT", fiscal=False),
    }
)
