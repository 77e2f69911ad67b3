"""PDFs and XML for the tests of hybrid invoices."""

import datetime
import io
from functools import cache

import pikepdf

from formats.facturx.levels import HybridLevel
from formats.pdf import render
from tests.formats.pdf.invoices import TYPICAL

NOON = datetime.datetime(2026, 11, 21, 12, tzinfo=datetime.UTC)


@cache
def pages() -> bytes:
    """Return an invoice for people, as the renderer makes it."""
    return render(TYPICAL, created_at=NOON)


def xml_of(level: HybridLevel | None = HybridLevel.EN16931, guideline: str | None = None) -> bytes:
    """Return a CII document that claims a level, and says nothing else."""
    claimed = guideline or (level.guideline if level else "")
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rsm:CrossIndustryInvoice'
        ' xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"'
        ' xmlns:ram="urn:un:unece:uncefact:data:standard:'
        'ReusableAggregateBusinessInformationEntity:100"><rsm:ExchangedDocumentContext>'
        f"<ram:GuidelineSpecifiedDocumentContextParameter><ram:ID>{claimed}</ram:ID>"
        "</ram:GuidelineSpecifiedDocumentContextParameter></rsm:ExchangedDocumentContext>"
        "</rsm:CrossIndustryInvoice>\n"
    ).encode()


def bare(*, pages: int = 1) -> pikepdf.Pdf:
    """Return a PDF of empty pages."""
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page()
    return pdf


def saved(pdf: pikepdf.Pdf, *, packed: bool = True) -> bytes:
    """Return the bytes of a PDF; `packed=False` leaves streams as they are."""
    output = io.BytesIO()
    level = None if packed else pikepdf.StreamDecodeLevel.none
    pdf.save(
        output,
        static_id=True,
        fix_metadata_version=False,
        compress_streams=packed,
        stream_decode_level=level,
    )
    return output.getvalue()


def specification(
    pdf: pikepdf.Pdf, name: str, content: bytes, relationship: str = "Alternative"
) -> pikepdf.Object:
    """Return a file specification with its file."""
    stream = pdf.make_stream(content)
    stream.Type = pikepdf.Name.EmbeddedFile
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Filespec,
            F=name,
            UF=name,
            AFRelationship=pikepdf.Name(f"/{relationship}"),
            EF=pikepdf.Dictionary(F=stream),
        )
    )


def with_files(*files: tuple[str, bytes], tree: bool = True, associated: bool = True) -> bytes:
    """Return a PDF with files attached, through the name tree, /AF or both."""
    with bare() as pdf:
        items = [(name, specification(pdf, name, content)) for name, content in files]
        if associated:
            pdf.Root.AF = pikepdf.Array([item for _, item in items])
        if tree:
            pairs = [part for name, item in items for part in (pikepdf.String(name), item)]
            pdf.Root.Names = pikepdf.Dictionary(
                EmbeddedFiles=pikepdf.Dictionary(Names=pikepdf.Array(pairs))
            )
        return saved(pdf)
