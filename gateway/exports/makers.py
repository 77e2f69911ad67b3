"""What makes the file of an export, by its format: documents in, bytes out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO, Literal, Protocol

from gateway.exports import cells
from gateway.exports.archives import ZipOfDocuments
from gateway.exports.cells import Column
from gateway.exports.manifest import FileOf, Manifest
from gateway.exports.repository import ExportedDocument
from gateway.exports.schemas import ExportInput
from gateway.sheets.writing import DelimitedSheet, Sheet, WorkbookSheet

Content = Literal["xml", "pdf"]

_ROWS_AT_ONCE = 500


class Maker(Protocol):
    """Makes the file of one export."""

    @property
    def page(self) -> int:
        """How many documents to read at a time."""

    @property
    def needs_invoice(self) -> bool:
        """Whether the documents must come with their invoices."""

    @property
    def content(self) -> Content | None:
        """What file of each document it holds."""

    def add(self, document: ExportedDocument, content: bytes | None) -> FileOf | None:
        """Add a document, and return the file of it that is in the export."""

    def close(self, manifest: Manifest) -> None:
        """Finish the manifest, which may go into the file, and the file."""

    def release(self) -> None:
        """Let go of the file, also where it was never finished."""


@dataclass(frozen=True, slots=True)
class SheetMaker:
    """CSV and XLSX."""

    sheet: Sheet
    columns: Sequence[Column]
    needs_invoice: bool
    page: int = _ROWS_AT_ONCE
    content: Content | None = None

    def add(self, document: ExportedDocument, content: bytes | None) -> FileOf | None:
        """Add the rows of a document."""
        if content is not None:
            raise AssertionError("a sheet holds no files")
        for row in cells.rows(document, self.columns, lines=self.needs_invoice):
            self.sheet.add(row)
        return None

    def close(self, manifest: Manifest) -> None:
        """Finish; the manifest stays beside the file."""
        manifest.close()
        self.sheet.close()

    def release(self) -> None:
        """There is nothing to let go of."""


@dataclass(frozen=True, slots=True)
class ZipMaker:
    """XML and PDF."""

    zip: ZipOfDocuments
    content: Content | None
    page: int = _ROWS_AT_ONCE
    needs_invoice: bool = False

    def add(self, document: ExportedDocument, content: bytes | None) -> FileOf | None:
        """Add the file of a document; one that has none stands in the manifest alone."""
        return None if content is None else self.zip.add(document, content)

    def close(self, manifest: Manifest) -> None:
        """Add the manifest, and finish."""
        self.zip.close(manifest.close())

    def release(self) -> None:
        """Let go of the file."""
        self.zip.release()


def maker_for(given: ExportInput, sink: IO[bytes], metadata: Sequence[str]) -> Maker:
    """Return what makes the file that was asked for.

    Args:
        given: What was asked for.
        sink: Where to.
        metadata: The names of all metadata of the documents.
    """
    match given.format:
        case "xml_zip":
            return ZipMaker(ZipOfDocuments(sink, "xml"), "xml")
        case "pdf_zip":
            return ZipMaker(ZipOfDocuments(sink, "pdf"), "pdf")
        case "bundle" | "asice":
            raise AssertionError("a bundle is written by the archive")
    lines = given.rows == "lines"
    columns = cells.columns(lines=lines, metadata=metadata)
    names = [column.name for column in columns]
    sheet: Sheet = (DelimitedSheet if given.format == "csv" else WorkbookSheet)(sink, names)
    return SheetMaker(sheet, columns, needs_invoice=lines)
