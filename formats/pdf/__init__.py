"""Invoices for people: PDF/A-3b by typst, from the model alone.

`render(invoice, RenderOptions(...), created_at=...)` returns the bytes.
"""

from formats.pdf.language import LOCALES
from formats.pdf.options import (
    FiscalQr,
    InvalidOptionError,
    PaymentQr,
    RenderOptions,
    Template,
    Texts,
)
from formats.pdf.rendering import RenderingError, render

__all__ = [
    "LOCALES",
    "FiscalQr",
    "InvalidOptionError",
    "PaymentQr",
    "RenderOptions",
    "RenderingError",
    "Template",
    "Texts",
    "render",
]
