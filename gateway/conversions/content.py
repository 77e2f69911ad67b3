"""The body of a conversion: a document as it is, and what its content type says about it."""

from dataclasses import dataclass
from email.message import Message
from typing import Annotated, Any

from fastapi import Depends, Request

from formats.json.document import DocumentWithSeller
from formats.spreadsheet import SheetOptions
from gateway.openapi import takes
from gateway.problems import UnsupportedMediaTypeProblem

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"
_TAKEN = ("application/xml", "text/xml", "application/pdf", "application/json", CSV, XLSX)
_ANY = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class DocumentContent:
    """A document as sent.

    Attributes:
        content: The bytes.
        sheets: How to read it as CSV; None when the caller did not say that it is CSV.
    """

    content: bytes
    sheets: SheetOptions | None


async def document_content(request: Request) -> DocumentContent:
    """Return the body of a request.

    Raises:
        UnsupportedMediaTypeProblem: It says that it is something else, or is compressed.
    """
    header = Message()
    header["content-type"] = request.headers.get("content-type", "")
    kind = header.get_content_type() if header["content-type"] else ""
    known = kind in {*_TAKEN, _ANY} or kind.endswith(("+xml", "+json"))
    if not known:
        sent = f"not {kind!r}" if kind else "and no Content-Type was sent"
        raise UnsupportedMediaTypeProblem(f"The body must be {', '.join(_TAKEN)}, {sent}.")
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise UnsupportedMediaTypeProblem("Send the body without Content-Encoding.")
    sheets = None
    if kind == CSV:
        charset = header.get_content_charset()
        sheets = SheetOptions(None if charset in {None, "utf-8", "us-ascii"} else charset)
    return DocumentContent(await request.body(), sheets)


Document = Annotated[DocumentContent, Depends(document_content)]
"""For endpoints: a document of any format."""


def takes_document() -> dict[str, Any]:
    """Return `openapi_extra` of an endpoint that takes a document of any format."""
    described = takes(DocumentWithSeller)
    content = described["requestBody"]["content"]
    content["application/json"]["examples"] = {
        "short": {"summary": "The body of POST /v1/invoices, with its seller", "value": _EXAMPLE}
    }
    content |= {
        "application/xml": {"schema": {"type": "string"}},
        "application/pdf": {"schema": {"type": "string", "format": "binary"}},
        CSV: {"schema": {"type": "string"}, "example": _CSV},
        XLSX: {"schema": {"type": "string", "format": "binary"}},
    }
    described["requestBody"]["description"] = (
        "UBL or CII, a hybrid PDF (Factur-X, ZUGFeRD), the canonical invoice or the body of "
        "POST /v1/invoices with its seller, CSV (in the charset of the Content-Type, UTF-8 "
        "without one) or XLSX. What it is, its bytes tell; CSV has to be said."
    )
    return described


_EXAMPLE = {
    "number": "2026-001",
    "issue_date": "2026-11-30",
    "currency_code": "EUR",
    "seller": {
        "name": "Example Seller",
        "vat_identifier": "SI50223054",
        "postal_address": {"city": "Ljubljana", "country_code": "SI"},
    },
    "customer": {"name": "Example Buyer", "country_code": "DE"},
    "items": [
        {
            "name": "Consulting",
            "quantity": "3",
            "unit": "HUR",
            "price": "33.35",
            "vat_category_code": "S",
            "vat_rate": "22",
        }
    ],
}
_CSV = (
    "Invoice number,Invoice date,Currency,Seller name,Buyer name,Item name,Quantity,Net price,"
    "VAT category,VAT rate\n"
    "2026-001,2026-11-30,EUR,Example Seller,Example Buyer,Consulting,3,33.35,S,22\n"
)
