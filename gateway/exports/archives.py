"""ZIP files of documents: the issued bytes, or PDFs, each under a name of its own."""

import hashlib
import re
import shutil
import zipfile
from typing import IO

from gateway.exports.manifest import FileOf
from gateway.exports.repository import ExportedDocument
from gateway.kit.ids import public_id

_DATE = (1980, 1, 1, 0, 0, 0)  # the first there is in ZIP; so the same files give the same bytes
_MODE = 0o644 << 16
_OTHER = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST = 60
MANIFEST = "manifest.json"


class ZipOfDocuments:
    """A ZIP file being written.

    Args:
        sink: Where to.
        extension: Of its files, without dot.
    """

    def __init__(self, sink: IO[bytes], extension: str) -> None:
        self._extension = extension
        self._zip = zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED)

    def add(self, document: ExportedDocument, content: bytes) -> FileOf:
        """Add the file of a document, in the folder of its entity."""
        identifier = public_id(document.kind.prefix, document.id)
        number = _OTHER.sub("_", document.number or "")[:_LONGEST]
        folder = public_id("ent", document.entity_id)
        name = f"{folder}/{number}_{identifier}.{self._extension}"
        self._zip.writestr(_entry(name), content)
        return FileOf(name, len(content), hashlib.sha256(content).hexdigest())

    def close(self, manifest: IO[bytes]) -> None:
        """Add the manifest, and finish."""
        manifest.seek(0)
        with self._zip.open(_entry(MANIFEST), "w", force_zip64=True) as target:
            shutil.copyfileobj(manifest, target)
        self._zip.close()

    def release(self) -> None:
        """Let go of the file, finished or not."""
        self._zip.close()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _DATE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = _MODE
    entry.create_system = 3  # Unix, wherever it is made
    return entry
