"""An invoice out of any document we can read; what the document is, its bytes tell."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from lxml import etree

from formats import eslog, facturae, ksef, ubl
from formats.binding import Trace
from formats.cii import document as cii
from formats.en16931.model import Invoice
from formats.eslog.names import SPECIFICATION
from formats.facturx.hybrid import extract
from formats.fidelity import Fate, Loss, shown
from formats.findings import Finding
from formats.json.document import Surroundings, read_json
from formats.json.parsing import other_encoding, parse_json
from formats.profile import Profile, Syntax
from formats.provenance import Path, locate
from formats.registry import profile_for
from formats.spreadsheet import SheetOptions, SpreadsheetError, looks_like_workbook
from formats.spreadsheet import read as read_sheets
from formats.xml import UnreadableDocumentError, parse


class Source(StrEnum):
    """What a document is, whatever profile it follows."""

    UBL = "ubl"
    CII = "cii"
    KSEF = "ksef"
    FACTURAE = "facturae"
    ESLOG = "eslog"
    HYBRID = "hybrid-pdf"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"


Locate = Callable[[Collection[str]], Mapping[str, Path]]
"""From JSON pointers into the invoice to the places in the source they were read from."""


def _nowhere(_pointers: Collection[str]) -> Mapping[str, Path]:
    return {}


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read.

    Attributes:
        invoice: The invoice.
        source: What the document is.
        profile: The profile it says it follows (BT-24), if it is one of ours.
        losses: What the document says and the invoice does not.
        findings: What is wrong with the amounts that JSON and spreadsheets give; their pointers
            are the invoice's.
        locate: Tells where in the document terms of the invoice stand.
        xml: The XML document itself; out of the PDF for a hybrid; None for JSON and spreadsheets.
        several: Whether the document holds further invoices.
    """

    invoice: Invoice
    source: Source
    profile: Profile | None
    losses: tuple[Loss, ...] = ()
    findings: tuple[Finding, ...] = ()
    locate: Locate = field(default=_nowhere, repr=False, compare=False)
    xml: bytes | None = field(default=None, repr=False)
    several: bool = False


def read(
    content: bytes,
    around: Surroundings | None = None,
    sheets: SheetOptions | None = None,
) -> Reading:
    """Return the one invoice of a document.

    XML, PDF, JSON and XLSX tell by their first bytes what they are; all else is taken for CSV
    when `sheets` is given.

    Raises:
        UnreadableDocumentError: No format of ours, or not readable in it.
        UnreadableHybridError: A PDF without an invoice, damaged or beyond a limit.
        MalformedJsonError, BodyRefusedError: JSON that is no invoice.
        SpreadsheetError: A spreadsheet that cannot be read, or that holds several invoices.
    """
    found = readings(content, around, sheets)
    if len(found) > 1:
        numbers = ", ".join(one.invoice.number or "without number" for one in found[:5])
        raise SpreadsheetError.whole(
            f"The spreadsheet holds {len(found)} invoices ({numbers} ...); give one at a time."
        )
    return found[0]


def readings(
    content: bytes,
    around: Surroundings | None = None,
    sheets: SheetOptions | None = None,
) -> tuple[Reading, ...]:
    """Return every invoice of a document: one, but for spreadsheets. Raises like `read`."""
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF-" in content[:1024] and start[:1] not in {b"<", b"{"}:
        return (_hybrid(content),)
    if looks_like_workbook(content):
        return _spreadsheet(content, Source.XLSX, around, sheets)
    if start[:1] in {b"{", b"["} or other_encoding(content) is not None:
        return (_json(content, around),)
    if sheets is None or start[:1] == b"<" or not content:
        return (_xml(content),)
    return _spreadsheet(content, Source.CSV, around, sheets)


def source_profile(
    invoice: Invoice, syntax: Syntax | None = None, *, hybrid: bool = False
) -> Profile | None:
    """Return the profile a document that was read says it follows, if it is one of ours."""
    return profile_for(invoice.process_control.specification_identifier, syntax, hybrid=hybrid)


def _xml(content: bytes, *, hybrid: bool = False) -> Reading:
    element = parse(content)
    if ubl.root_of(element) is not None:
        source, syntax, read_element = Source.UBL, Syntax.UBL, ubl.read_element
    elif cii.root_of(element) is not None:
        source, syntax, read_element = Source.CII, Syntax.CII, cii.read_element
    elif ksef.is_ours(element):
        source, syntax, read_element = Source.KSEF, Syntax.KSEF, ksef.read_element
    elif facturae.is_ours(element):
        source, syntax, read_element = Source.FACTURAE, Syntax.FACTURAE, facturae.read_element
    elif eslog.root_of(element):
        source, syntax, read_element = Source.ESLOG, Syntax.ESLOG, eslog.read_element
    else:
        raise UnreadableDocumentError(
            "unknown-root",
            f"{element.tag!r} is the root of no invoice format known here.",
            element.sourceline,
            "/*",
        )
    trace = Trace()
    invoice = read_element(element, trace)
    losses = tuple(
        Loss(
            Fate.DROPPED,
            shown(one.value),
            "No term of EN 16931 or of an extension known here holds it.",
            source=one.path,
            line=one.line or None,
        )
        for one in trace.unread
    )
    if trace.more:
        losses = (*losses, Loss(Fate.DROPPED, None, "There is more that no term holds."))

    def locate_in(pointers: Collection[str]) -> Mapping[str, Path]:
        def again(changed: etree._Element) -> Invoice:
            return read_element(changed, None)

        return locate(element, again, invoice, pointers)

    profile = source_profile(invoice, syntax, hybrid=hybrid)
    if profile is None and syntax is Syntax.ESLOG:  # its namespace says it, BT-24 or not
        profile = profile_for(SPECIFICATION, syntax)
    return Reading(invoice, source, profile, losses, locate=locate_in, xml=content)


def _hybrid(content: bytes) -> Reading:
    attachment = extract(content)
    inner = _xml(attachment.xml, hybrid=True)
    others = tuple(
        Loss(Fate.DROPPED, None, "A file attached to the PDF, beside the invoice.", source=name)
        for name in attachment.other_files
    )
    return replace(inner, source=Source.HYBRID, losses=(*inner.losses, *others))


def _json(content: bytes, around: Surroundings | None) -> Reading:
    found = read_json(content, around)

    def locate_in(pointers: Collection[str]) -> Mapping[str, Path]:
        return {pointer: (found.pointers.as_sent(pointer), None) for pointer in pointers}

    value = parse_json(content) if found.completed else {}
    labels = value.get("metadata") or {}
    losses = tuple(
        Loss(
            Fate.DROPPED,
            shown(label),
            "Your own label; no document carries it.",
            source=f"/metadata/{name.replace('~', '~0').replace('/', '~1')}",
        )
        for name, label in labels.items()
    )
    return Reading(
        found.invoice,
        Source.JSON,
        source_profile(found.invoice),
        losses,
        found.findings,
        locate_in,
    )


def _spreadsheet(
    content: bytes, source: Source, around: Surroundings | None, options: SheetOptions | None
) -> tuple[Reading, ...]:
    made = []
    sheets = read_sheets(content, around or Surroundings(), options or SheetOptions())
    for sheet in sheets:
        cells = sheet.cells

        def locate_in(
            pointers: Collection[str], cells: Mapping[str, str] = cells
        ) -> Mapping[str, Path]:
            return {pointer: (cells[pointer], None) for pointer in pointers if pointer in cells}

        losses = tuple(
            Loss(Fate.DROPPED, shown(value), "The column is not known here.", source=cell)
            for cell, value in sheet.unread
        )
        profile = source_profile(sheet.invoice)
        made.append(
            Reading(
                sheet.invoice,
                source,
                profile,
                losses,
                sheet.findings,
                locate_in,
                several=len(sheets) > 1,
            )
        )
    return tuple(made)
