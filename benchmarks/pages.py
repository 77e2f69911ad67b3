"""A page to put an XML into: PDF/A-3b, as plain as can be."""

from functools import cache

import typst


@cache
def page() -> bytes:
    """Return the PDF."""
    source = (
        b'#set document(title: "Invoice 2026-4711")\n= Invoice 2026-4711\nTotal: 1234.56 EUR\n'
    )
    pdf = typst.compile(source, format="pdf", pdf_standards=["a-3b"])
    if not isinstance(pdf, bytes):
        raise TypeError("typst gives several files for several pages of images only")
    return pdf
