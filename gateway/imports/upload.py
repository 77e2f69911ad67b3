"""The file of a request: CSV or XLSX, by its content type."""

from dataclasses import dataclass
from email.message import Message
from typing import Annotated

from fastapi import Depends, Query, Request

from formats.spreadsheet.delimited import ENCODINGS
from gateway.imports.schemas import CSV, XLSX
from gateway.imports.service import Mode
from gateway.problems import UnsupportedMediaTypeProblem


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as sent.

    Attributes:
        content: Its bytes.
        encoding: Of a CSV file, where the content type names one.
    """

    content: bytes
    encoding: str | None


async def _upload(request: Request) -> Upload:
    """Return the file of a request.

    Raises:
        UnsupportedMediaTypeProblem: The content type is neither, or the encoding is not known.
    """
    header = Message()
    header["Content-Type"] = request.headers.get("content-type", "")
    kind = header.get_content_type()
    if kind not in {CSV, XLSX} or not request.headers.get("content-type"):
        raise UnsupportedMediaTypeProblem(f"The body must be {CSV} or {XLSX}.")
    charset = header.get_param("charset")
    encoding = charset.lower() if isinstance(charset, str) else None
    if encoding is not None and encoding not in ENCODINGS:
        known = ", ".join(ENCODINGS)
        raise UnsupportedMediaTypeProblem(f"The charset is not known; there are {known}.")
    return Upload(await request.body(), encoding)


UploadedFile = Annotated[Upload, Depends(_upload)]
"""For endpoints: the file as sent."""

DryRun = Annotated[bool, Query(description="Say what would come of it, and write nothing.")]
"""For endpoints: `dry_run: DryRun = False`."""

ImportMode = Annotated[
    Mode, Query(description="`all`: nothing when a row is refused; `each`: every row for itself.")
]
"""For endpoints: `mode: ImportMode = "all"`."""
