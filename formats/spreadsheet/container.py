"""The zip file around a workbook, opened with suspicion.

Every limit holds for what really comes out, not for what the file says of itself. All XML is
parsed by `formats.xml` before anything is believed of it: no DOCTYPE, no entity, one parser.
"""

import io
import zipfile
import zlib
from dataclasses import dataclass

from lxml import etree

from formats.spreadsheet.problems import SpreadsheetError
from formats.xml import Limits, UnreadableDocumentError, parse

MAX_BYTES = 20 * 1024 * 1024
MAX_ENTRIES = 1_000
MAX_ENTRY_BYTES = 64 * 1024 * 1024
MAX_TOTAL_BYTES = 128 * 1024 * 1024
MAX_RATIO = 200
_SMALL = 1024 * 1024
"""Entries up to this size may be as well compressed as they like."""

_XML_LIMITS = Limits(bytes=MAX_ENTRY_BYTES, elements=2_000_000, attributes_in_all=4_000_000)
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
"""OLE2: .xls, and an .xlsx with a password."""


@dataclass(slots=True)
class Container:
    """The parts of a workbook, by name."""

    archive: zipfile.ZipFile
    entries: dict[str, zipfile.ZipInfo]
    left: int = MAX_TOTAL_BYTES

    @classmethod
    def opened(cls, content: bytes) -> "Container":
        """Open a workbook.

        Raises:
            SpreadsheetError: No workbook, encrypted, too large, or with references to others.
        """
        if content.startswith(_OLD_WORKBOOK):
            raise SpreadsheetError.whole(
                "This is an old or a password-protected workbook.", "Save it as .xlsx without one."
            )
        if len(content) > MAX_BYTES:
            raise SpreadsheetError.whole(f"More than {MAX_BYTES} bytes.", "Split the file.")
        try:
            archive = zipfile.ZipFile(io.BytesIO(content))
            infos = archive.infolist()
        except (zipfile.BadZipFile, ValueError, OverflowError, EOFError):
            raise SpreadsheetError.whole("The file is damaged: it is no zip.") from None
        entries = {info.filename: info for info in infos}
        if len(infos) > MAX_ENTRIES or len(entries) != len(infos):
            raise SpreadsheetError.whole("The workbook has too many parts, or one of them twice.")
        for info in infos:
            _check(info)
        if "[Content_Types].xml" not in entries or "xl/workbook.xml" not in entries:
            fix = "Save it as .xlsx." if "mimetype" in entries else None
            raise SpreadsheetError.whole("The zip file is no .xlsx workbook.", fix)
        if any(name.startswith("xl/externalLinks/") for name in entries):
            raise SpreadsheetError.whole(
                "The workbook takes values from other files.",
                "Break the links, so that the values stand in it.",
            )
        return cls(archive, entries)

    def xml(self, name: str) -> etree._Element | None:
        """Return the root element of a part, None when there is none of this name.

        Raises:
            SpreadsheetError: It is damaged, too large or no XML of ours.
        """
        if (info := self.entries.get(name)) is None:
            return None
        try:
            return parse(self._content(info), _XML_LIMITS)
        except UnreadableDocumentError as error:
            raise SpreadsheetError.whole(f"{name} cannot be read: {error.message}") from None

    def _content(self, info: zipfile.ZipInfo) -> bytes:
        limit = min(self.left, MAX_ENTRY_BYTES, max(_SMALL, info.compress_size * MAX_RATIO))
        try:
            with self.archive.open(info) as part:
                content = part.read(limit + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError):
            raise SpreadsheetError.whole(f"{info.filename} is damaged.") from None
        if len(content) > limit:
            raise SpreadsheetError.whole(f"{info.filename} unpacks to more than a workbook holds.")
        self.left -= len(content)
        return content


def _check(info: zipfile.ZipInfo) -> None:
    encrypted = info.flag_bits & 0x1
    if encrypted or info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise SpreadsheetError.whole("The workbook is encrypted or packed in an unusual way.")
    if info.file_size > MAX_ENTRY_BYTES:
        raise SpreadsheetError.whole(f"{info.filename} unpacks to more than a workbook holds.")
