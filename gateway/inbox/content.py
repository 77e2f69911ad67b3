"""The body of an upload: a document as it is, what it is said to be, and how it is called."""

from dataclasses import dataclass
from email.message import Message
from typing import Annotated, Any

from fastapi import Depends, Query, Request

from formats.json.document import DocumentWithSeller
from gateway.conversions.content import CSV, XLSX
from gateway.openapi import takes
from gateway.problems import RequestInvalidProblem, UnsupportedMediaTypeProblem

XML, PDF, JSON, ANY = (
    "application/xml",
    "application/pdf",
    "application/json",
    "application/octet-stream",
)
TAKEN = (XML, "text/xml", PDF, JSON, CSV, XLSX, ANY)

_BINARY = {"schema": {"type": "string", "format": "binary"}}
_STARTS = ((b"%PDF-", PDF), (b"PK\x03\x04", XLSX), (b"<", XML), (b"{", JSON))

Filename = Annotated[
    str | None,
    Query(
        max_length=200,
        pattern=r"^[^\x00-\x1f/\\]*$",
        description="What the file is called; shown.",
    ),
]


@dataclass(frozen=True, slots=True)
class Upload:
    """A document as sent.

    Attributes:
        content: The bytes; at least one.
        media_type: One of those we take, in one spelling each.
    """

    content: bytes
    media_type: str


def takes_any_document() -> dict[str, Any]:
    """Return `openapi_extra` of the endpoint that takes whatever somebody received."""
    described = takes(DocumentWithSeller)
    content = described["requestBody"]["content"]
    content |= {kind: _BINARY for kind in TAKEN if kind not in {XML, "text/xml", JSON}}
    content[XML] = {"schema": {"type": "string"}}
    described["requestBody"]["description"] = (
        "The document as you received it: UBL, CII, a hybrid PDF, the canonical invoice or the "
        "body of POST /v1/invoices with its seller, CSV, XLSX. What it is, its bytes tell; CSV "
        "has to be said. Whatever it is, it is kept."
    )
    return described


async def upload(request: Request) -> Upload:
    """Return the body of a request.

    Raises:
        UnsupportedMediaTypeProblem: It says that it is no document, or is compressed.
        RequestInvalidProblem: There are no bytes.
    """
    header = Message()
    header["content-type"] = request.headers.get("content-type", "")
    kind = header.get_content_type() if header["content-type"] else ""
    if kind not in TAKEN and not kind.endswith(("+xml", "+json")):
        sent = f"not {kind!r}" if kind else "and no Content-Type was sent"
        raise UnsupportedMediaTypeProblem(f"The body must be {', '.join(TAKEN)}, {sent}.")
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise UnsupportedMediaTypeProblem("Send the body without Content-Encoding.")
    content = await request.body()
    if not content:
        raise RequestInvalidProblem(
            [{"pointer": "", "message": "is empty", "fix": "send the document as the body"}]
        )
    return Upload(content, _plain(kind, content))


Content = Annotated[Upload, Depends(upload)]
"""For endpoints: whatever somebody received."""


def _plain(kind: str, content: bytes) -> str:
    if kind == ANY:
        start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
        return next((found for first, found in _STARTS if start.startswith(first)), ANY)
    if kind.endswith("xml"):
        return XML
    return JSON if kind.endswith("json") else kind
