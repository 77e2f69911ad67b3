"""Hybrid invoices (Factur-X, ZUGFeRD): putting the XML into a PDF, and taking it out again.

Sources: Factur-X 1.0.7 / ZUGFeRD 2.3, technical part; ISO 19005-3 (PDF/A-3); ISO 32000-1, 7.11.
"""

import datetime
import hashlib
import io
from dataclasses import dataclass

import pikepdf

from formats.facturx.archivability import shortcomings
from formats.facturx.container import (
    DEFAULT_LIMITS,
    AttachedFile,
    ContainerLimits,
    UnreadableHybridError,
    attached_files,
    content_of,
    damage_told,
    opened,
    refuse_repaired,
)
from formats.facturx.guideline import guideline_of
from formats.facturx.levels import HybridLevel, level_of_guideline
from formats.facturx.xmp import XmpClaims, claims_of, hybrid_packet
from formats.xml import UnreadableDocumentError

INVOICE_FILENAMES = frozenset({"factur-x.xml", "xrechnung.xml", "zugferd-invoice.xml"})
"""Names of the invoice in a hybrid PDF, in lower case: ZUGFeRD 1 wrote `ZUGFeRD-invoice.xml`."""


class UnfitPdfError(ValueError):
    """A PDF that cannot become a hybrid invoice.

    Attributes:
        reasons: Each a sentence's second half: "the PDF cannot carry it: ...".
    """

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__(f"The PDF cannot become PDF/A-3: {'; '.join(reasons)}.")
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """Something that a received hybrid PDF says differently in two places.

    Attributes:
        code: Stable: `level-differs`, `filename-differs`, `relationship`, `not-pdfa-3`,
            `no-metadata`, `metadata-unreadable`, `no-guideline`, `not-associated`.
        detail: For people.
    """

    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class HybridAttachment:
    """The invoice inside a hybrid PDF.

    Attributes:
        xml: Its bytes, as attached.
        filename: As attached.
        relationship: AFRelationship without its slash; None if the PDF gives none.
        conformance_level: The level in the XMP metadata, as written there.
        guideline: The specification identifier (BT-24) inside the XML.
        level: The level that the XML itself claims; None if it is none of Factur-X.
        pdfa: PDF/A part and conformance claimed, e.g. `3B`.
        other_files: Names of what else is attached.
        discrepancies: Where the PDF contradicts its XML or the standard; never a reason not to
            read.
    """

    xml: bytes
    filename: str
    relationship: str | None
    conformance_level: str | None
    guideline: str | None
    level: HybridLevel | None
    pdfa: str | None
    other_files: tuple[str, ...]
    discrepancies: tuple[Discrepancy, ...]


def embed(pdf: bytes, xml: bytes, level: HybridLevel, *, modified: datetime.datetime) -> bytes:
    """Return the PDF as PDF/A-3b with the XML attached; the same input gives the same bytes.

    Args:
        pdf: A PDF/A (part 1, 2 or 3), such as `formats.pdf.render` makes.
        xml: The invoice, as issued. Attached byte for byte.
        level: Its level; names the file, its relationship and the metadata.
        modified: When the document was made, with time zone.

    Raises:
        UnfitPdfError: The PDF is not PDF/A or carries an invoice already.
        UnreadableHybridError: It is no PDF, encrypted or damaged.
        ValueError: `modified` has no time zone, or the XML claims another level.
    """
    if modified.tzinfo is None:
        raise ValueError("modified needs a time zone")
    claimed = level_of_guideline(guideline_of(xml))
    if claimed is not None and claimed is not level:
        raise ValueError(f"the XML claims the level {claimed.value}, not {level.value}")
    with opened(pdf) as document:
        with damage_told():
            packet = _packet(document)
        _refuse_unfit(document, packet)
        specification = _attach(document, xml, level, modified)
        associated = document.Root.get("/AF")
        others = list(associated) if isinstance(associated, pikepdf.Array) else []
        document.Root.AF = pikepdf.Array([*others, specification])
        metadata = document.make_stream(hybrid_packet(packet, level, modified))
        metadata.Type = pikepdf.Name.Metadata
        metadata.Subtype = pikepdf.Name.XML
        document.Root.Metadata = metadata
        document.Root.Version = pikepdf.Name("/1.7")
        if "/Info" in document.trailer:  # says the same as the XMP
            document.docinfo["/ModDate"] = _pdf_date(modified)
        output = io.BytesIO()
        # pikepdf would rewrite the packet: it stays as made above.
        document.save(output, min_version="1.7", deterministic_id=True, fix_metadata_version=False)
    return output.getvalue()


def _refuse_unfit(document: pikepdf.Pdf, packet: bytes | None) -> None:
    part = None
    if packet is not None:
        try:
            part = claims_of(packet).pdfa_part
        except UnreadableDocumentError:
            raise UnfitPdfError(("its metadata cannot be read",)) from None
    with damage_told():
        reasons = shortcomings(document, part)
    if any(_is_invoice(file) for file in attached_files(document)):
        reasons = (*reasons, "it carries an invoice already")
    if reasons:
        raise UnfitPdfError(reasons)


def _attach(
    document: pikepdf.Pdf, xml: bytes, level: HybridLevel, modified: datetime.datetime
) -> pikepdf.Object:
    date = _pdf_date(modified)
    stream = document.make_stream(xml)
    stream.Type = pikepdf.Name.EmbeddedFile
    stream.Subtype = pikepdf.Name("/text/xml")
    stream.Params = pikepdf.Dictionary(
        CreationDate=date,
        ModDate=date,
        Size=len(xml),
        # ISO 32000-1, table 46: MD5, to notice damage
        CheckSum=pikepdf.String(hashlib.md5(xml, usedforsecurity=False).digest()),
    )
    specification = document.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Filespec,
            F=level.filename,
            UF=level.filename,
            Desc="Invoice data (Factur-X)",
            AFRelationship=pikepdf.Name(f"/{level.relationship}"),
            EF=pikepdf.Dictionary(F=stream, UF=stream),
        )
    )
    if "/Names" not in document.Root:
        document.Root.Names = pikepdf.Dictionary()
    names = document.Root.Names
    if "/EmbeddedFiles" not in names:
        names.EmbeddedFiles = pikepdf.Dictionary(
            Names=pikepdf.Array([pikepdf.String(level.filename), specification])
        )
    else:
        pikepdf.NameTree(names.EmbeddedFiles)[level.filename] = specification
    return specification


def _pdf_date(moment: datetime.datetime) -> str:
    """Return a date of ISO 32000-1, 7.9.4, in UTC."""
    return moment.astimezone(datetime.UTC).strftime("D:%Y%m%d%H%M%SZ")


def extract(pdf: bytes, limits: ContainerLimits = DEFAULT_LIMITS) -> HybridAttachment:
    """Return the invoice inside a hybrid PDF that arrived whole.

    Raises:
        UnreadableHybridError: No PDF, encrypted, damaged, beyond a limit, with no invoice or with
            several different ones inside. Its `code` says which.
    """
    with opened(pdf, limits, whole=True) as document, damage_told():
        files = attached_files(document, limits)
        invoices = [file for file in files if _is_invoice(file)]
        if not invoices:
            raise _no_invoice(files)
        contents = {content_of(file, limits) for file in invoices}
        if len(contents) > 1:
            names = ", ".join(sorted(file.filename[:40] for file in invoices))
            raise UnreadableHybridError(
                "several-invoices", f"The PDF carries different invoices: {names}."
            )
        others = tuple(file.filename for file in files if not _is_invoice(file))
        found = _judged(document, invoices[0], contents.pop(), others)
        refuse_repaired(document)
        return found


def _judged(
    document: pikepdf.Pdf, file: AttachedFile, xml: bytes, others: tuple[str, ...]
) -> HybridAttachment:
    claims, found = _claims(document)
    guideline = guideline_of(xml)
    level = level_of_guideline(guideline)
    if guideline is None:
        found.append(Discrepancy("no-guideline", "The XML names no specification (BT-24)."))
    said = claims.conformance_level
    if said is not None and level is not None and _word(said) != _word(level.value):
        found.append(Discrepancy("level-differs", f"The PDF says {said}, its XML {level.value}."))
    if claims.filename is not None and claims.filename != file.filename:
        found.append(
            Discrepancy(
                "filename-differs",
                f"The metadata names {claims.filename}, attached is {file.filename}.",
            )
        )
    if level is not None and file.relationship not in level.relationships:
        found.append(
            Discrepancy(
                "relationship",
                f"AFRelationship is {file.relationship or 'absent'}, for {level.value} it"
                f" should be {level.relationship}.",
            )
        )
    if not isinstance(document.Root.get("/AF"), pikepdf.Array):
        found.append(Discrepancy("not-associated", "The PDF's catalogue associates no file."))
    part = claims.pdfa_part
    if part != "3":
        found.append(Discrepancy("not-pdfa-3", f"The PDF claims PDF/A part {part or 'none'}."))
    return HybridAttachment(
        xml=xml,
        filename=file.filename,
        relationship=file.relationship,
        conformance_level=said,
        guideline=guideline,
        level=level,
        pdfa=None if part is None else f"{part}{claims.pdfa_conformance or ''}",
        other_files=others,
        discrepancies=tuple(found),
    )


def _claims(document: pikepdf.Pdf) -> tuple[XmpClaims, list[Discrepancy]]:
    packet = _packet(document)
    if packet is None:
        return XmpClaims(), [Discrepancy("no-metadata", "The PDF has no XMP metadata.")]
    try:
        return claims_of(packet), []
    except UnreadableDocumentError as error:
        return XmpClaims(), [Discrepancy("metadata-unreadable", error.message)]


def _packet(document: pikepdf.Pdf) -> bytes | None:
    metadata = document.Root.get("/Metadata")
    return bytes(metadata.read_bytes()) if isinstance(metadata, pikepdf.Stream) else None


def _is_invoice(file: AttachedFile) -> bool:
    return file.filename.replace("\\", "/").rpartition("/")[2].lower() in INVOICE_FILENAMES


def _no_invoice(files: tuple[AttachedFile, ...]) -> UnreadableHybridError:
    names = ", ".join(file.filename[:40] for file in files[:5])
    said = f"attached are: {names}" if names else "nothing is attached"
    return UnreadableHybridError("no-invoice", f"The PDF carries no invoice; {said}.")


def _word(level: str) -> str:
    return "".join(level.upper().split()).replace("COMFORT", "EN16931")
