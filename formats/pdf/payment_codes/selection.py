"""Which codes stand on an invoice."""

from dataclasses import dataclass

from formats.en16931.model import Invoice
from formats.pdf.language import Language
from formats.pdf.options import RenderOptions


@dataclass(frozen=True, slots=True)
class PaymentCode:
    """A code ready to print."""

    svg: str
    caption: str
    alt: str
    width_mm: float


def codes(invoice: Invoice, options: RenderOptions, language: Language) -> list[PaymentCode]:
    """Return the codes."""
    return []
