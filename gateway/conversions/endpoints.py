"""HTTP for conversions: pure functions of the body. Nothing is stored, and any key may call them.

The work is CPU-bound, so these are plain functions: they run in the thread pool, not on the loop.
"""

import base64
import binascii
import hashlib
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response

from formats.conversion import UnexpectedTotalError, UnwritableInvoiceError, convert_reading
from formats.en16931.changes import diff
from formats.en16931.hashing import semantic_hash
from formats.fidelity import FidelityReport, LossyConversionError
from formats.pdf import InvalidOptionError, RenderOptions, Template
from formats.reading import Reading, read
from formats.refusal import READING_ERRORS, refusal_of
from formats.registry import PROFILES
from formats.spreadsheet import SheetOptions
from gateway.conversions import service, views
from gateway.conversions.content import Document, takes_document
from gateway.conversions.problems import (
    ConversionLossyProblem,
    DocumentUnreadableProblem,
    DocumentUnwritableProblem,
)
from gateway.conversions.schemas import (
    ConversionView,
    DiffInput,
    DiffView,
    InspectionView,
    ProfileList,
)
from gateway.documents.problems import InvoiceNotCompliantProblem
from gateway.kit import clock
from gateway.kit.json_body import JsonContent, parse_json, to_json, validated
from gateway.openapi import takes
from gateway.problems import RequestInvalidProblem
from gateway.tenants.access import CallerDependency

router = APIRouter(prefix="/v1", tags=["Conversions"])

MOST_LOSSES = 1_000
"""Losses that an answer lists; `loss_count` is how many there are."""

To = Annotated[
    str,
    Query(
        max_length=200,
        description="Profile to write, see /v1/profiles.",
        examples=["xrechnung-ubl"],
    ),
]
Strict = Annotated[bool, Query(description="Refuse (422) to lose anything.")]
XmlOnly = Annotated[
    bool, Query(alias="xml", description="Of Factur-X profiles the XML alone, without the PDF.")
]
Layout = Annotated[
    Literal["classic", "modern", "condensed"], Query(description="Layout of the pages.")
]
Locale = Annotated[str, Query(max_length=20, description="Language of the pages: de, fr, sl ...")]
Color = Annotated[
    str | None, Query(max_length=7, description="Main colour of the pages, #rrggbb.")
]
DecimalSign = Annotated[
    Literal[".", ","] | None,
    Query(alias="decimal", description="Decimal sign of CSV that leaves it open."),
]

_RAW = {
    "application/xml": {"schema": {"type": "string"}},
    "application/pdf": {"schema": {"type": "string", "format": "binary"}},
}
_DOCUMENT = {
    200: {
        "description": "The document and the report; or, as `Accept` asks for XML or PDF, the "
        "document alone, with `Gateway-Lossless` and `Gateway-Losses` in the headers.",
        "model": ConversionView,
        "content": _RAW,
    }
}
_PAGES = {
    200: {"description": "PDF/A-3b", "content": {"application/pdf": _RAW["application/pdf"]}}
}


@router.post(
    "/convert",
    responses=_DOCUMENT,  # type: ignore[arg-type] # FastAPI's own type is invariant
    openapi_extra=takes_document(),
    summary="Convert a document to another profile",
)
def convert(  # noqa: PLR0913, PLR0917 - one for each part of the request
    request: Request,
    _: CallerDependency,
    document: Document,
    to: To,
    strict: Strict = False,  # noqa: FBT002 - a query parameter
    xml: XmlOnly = False,  # noqa: FBT002 - a query parameter
    template: Layout = "classic",
    locale: Locale = "en",
    color: Color = None,
    decimal: DecimalSign = None,
) -> Response:
    """Write the invoice of a document in another profile, with a report of everything lost.

    Every value that the target has no place for, that it says differently, or that went to a note
    is listed with its place in your document, its term, and what became of it. Nothing is judged:
    the result may break the target's rules, which `POST /v1/invoices` would tell. The answer is
    JSON with the document in base64, unless `Accept` names `application/xml` or
    `application/pdf`.
    """
    profile = PROFILES.get(to)
    if profile is None:
        message = f"there is no profile {to!r}; see /v1/profiles"
        raise RequestInvalidProblem([{"parameter": "to", "message": message}])
    options = _options(template, locale, color)
    reading = _reading(document.content, _sheets(document.sheets, decimal))
    try:
        made = convert_reading(service.addressed(reading, profile), profile, strict=strict)
    except LossyConversionError as error:
        raise ConversionLossyProblem(str(error), **_report(error.report)) from None
    except UnwritableInvoiceError as error:
        raise DocumentUnwritableProblem(str(error)) from None
    except UnexpectedTotalError as error:
        raise InvoiceNotCompliantProblem(map(views.finding_json, error.findings)) from None
    result = service.delivered(made, options, clock.now(), xml_only=xml)
    name = f"{profile.id}.{result.extension}"
    if _wants(request, result.media_type):
        headers = {
            "Content-Disposition": f'attachment; filename="{name}"',
            "Gateway-Lossless": "true" if made.report.lossless else "false",
            "Gateway-Losses": str(len(made.report.losses)),
            "Vary": "Accept",
        }
        return Response(result.content, headers=headers, media_type=result.media_type)
    answer = {
        "object": "conversion",
        "profile": profile.id,
        "media_type": result.media_type,
        "filename": name,
        "content": base64.b64encode(result.content).decode(),
        "sha256": hashlib.sha256(result.content).hexdigest(),
        "semantic_hash": semantic_hash(made.invoice),
        "source": reading.source.value,
        "source_profile": reading.profile.id if reading.profile else None,
        **_report(made.report),
        "findings": [views.finding_json(finding) for finding in reading.findings],
    }
    return _json(answer, {"Vary": "Accept"})


@router.post(
    "/inspect",
    response_model=InspectionView,
    openapi_extra=takes_document(),
    summary="Read a document",
)
def inspect(_: CallerDependency, document: Document, decimal: DecimalSign = None) -> Response:
    """Return the canonical invoice of a document, and what of the document no term holds."""
    reading = _reading(document.content, _sheets(document.sheets, decimal))
    return _json(
        {
            "object": "inspection",
            **_head(reading),
            **_report(FidelityReport(reading.losses)),
            "findings": [views.finding_json(finding) for finding in reading.findings],
            "invoice": views.invoice_json(reading.invoice),
        }
    )


@router.post(
    "/render",
    response_class=Response,
    responses=_PAGES,  # type: ignore[arg-type] # FastAPI's own type is invariant
    openapi_extra=takes_document(),
    summary="Show a document as pages",
)
def render(
    _: CallerDependency,
    document: Document,
    template: Layout = "classic",
    locale: Locale = "en",
    color: Color = None,
    decimal: DecimalSign = None,
) -> Response:
    """Return the invoice of a document as PDF/A-3b for people; everything it holds is on it."""
    options = _options(template, locale, color)
    reading = _reading(document.content, _sheets(document.sheets, decimal))
    content = service.pages_of(reading.invoice, options, clock.now())
    headers = {"Content-Disposition": 'inline; filename="invoice.pdf"'}
    return Response(content, headers=headers, media_type=service.PDF)


@router.post(
    "/diff",
    response_model=DiffView,
    openapi_extra=takes(DiffInput),
    summary="Compare two documents",
)
def compare(_: CallerDependency, content: JsonContent) -> Response:
    """Return by business term what changed from one document to the other, whatever their syntax.

    Lines are matched before they are compared: one that was put in front of the others is one
    addition.
    """
    body = parse_json(content)
    given = validated(DiffInput, body)
    old, new = (_part(name, value) for name, value in (("old", given.old), ("new", given.new)))
    changes = diff(old.invoice, new.invoice, process_control=given.process_control)
    return _json(
        {
            "object": "diff",
            "same": not changes,
            "old": _head(old),
            "new": _head(new),
            "changes": [views.change_json(change) for change in changes],
        }
    )


@router.get("/profiles", response_model=ProfileList, summary="List the profiles")
def profiles(_: CallerDependency) -> Response:
    """Return every profile that documents can be converted to, and whether it is proven."""
    data = [views.profile_json(profile) for profile in service.profiles()]
    return _json({"object": "list", "data": data})


def _reading(content: bytes, sheets: SheetOptions | None) -> Reading:
    try:
        return read(content, service.surroundings(clock.now().date()), sheets)
    except READING_ERRORS as error:
        raise DocumentUnreadableProblem(views.refusal_json(refusal_of(error))) from None


def _part(name: str, value: str | dict[str, Any]) -> Reading:
    """Read one side of a comparison; what is wrong with it is wrong at its place in the body."""
    if isinstance(value, str):
        try:
            content = base64.b64decode(value, validate=True)
        except (binascii.Error, ValueError):
            message = "is neither base64 nor a JSON object"
            raise RequestInvalidProblem([{"pointer": f"/{name}", "message": message}]) from None
        return _reading(content, service.CSV_AS_IT_IS)
    return _reading(views.json_bytes(value), None)


def _sheets(sheets: SheetOptions | None, decimal: str | None) -> SheetOptions | None:
    if decimal is None:
        return sheets
    return SheetOptions(sheets.encoding if sheets else None, decimal)


def _options(template: str, locale: str, color: str | None) -> RenderOptions:
    try:
        options = RenderOptions(Template(template), locale)
        return options if color is None else RenderOptions(options.template, locale, color)
    except InvalidOptionError as error:
        name = {"primary_color": "color"}.get(error.option, error.option)
        message = str(error).removeprefix(f"{error.option} ")
        raise RequestInvalidProblem([{"parameter": name, "message": message}]) from None


def _wants(request: Request, media_type: str) -> bool:
    """Tell whether the caller asks for the document itself rather than for the report with it."""
    accepted = [
        entry.partition(";")[0].strip().lower()
        for entry in request.headers.get("accept", "").split(",")
    ]
    if "application/json" in accepted:
        return False
    return media_type in accepted or (media_type == service.XML and "text/xml" in accepted)


def _head(reading: Reading) -> views.Json:
    return {
        "source": reading.source.value,
        "profile": reading.profile.id if reading.profile else None,
        "semantic_hash": semantic_hash(reading.invoice),
    }


def _report(report: FidelityReport) -> views.Json:
    return {
        "lossless": report.lossless,
        "loss_count": len(report.losses),
        "losses": [views.loss_json(loss) for loss in report.losses[:MOST_LOSSES]],
    }


def _json(answer: views.Json, headers: dict[str, str] | None = None) -> Response:
    return Response(to_json(answer), headers=headers, media_type="application/json")
