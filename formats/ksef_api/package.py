"""A batch's package: one ZIP, cut into parts of at most 100 MB, each encrypted for itself.

Nothing is held whole: invoices go in one after the other, the ZIP is written to a place of the
caller's, and is read again in pieces when its parts are measured and sent. The same invoices
give the same bytes.

Source: CIRFMF/ksef-docs, sesja-wsadowa.md, faktury/weryfikacja-faktury.md, and `BatchFileInfo`.
"""

import hashlib
import io
import zipfile
from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO

from formats.ksef_api.bodies import Sized
from formats.ksef_api.encryption import SessionKey

MOST_INVOICES = 10_000
MOST_PARTS = 50
MOST_PART_BYTES = 100_000_000
MOST_BYTES = 5_000_000_000
_PIECE = 1 << 20
_EPOCH = (1980, 1, 1, 0, 0, 0)  # ZIP's first moment: the file's own time is nobody's business


class PackageError(ValueError):
    """It is more than KSeF takes in one package, or cannot be unpacked; the message says what."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a package.

    Attributes:
        start: Where it begins in the ZIP.
        length: Of its bytes before they are encrypted.
        sealed: Its encrypted bytes, as they must be declared.
    """

    start: int
    length: int
    sealed: Sized


@dataclass(frozen=True, slots=True)
class Plan:
    """What must be declared before a package is sent.

    Attributes:
        package: The ZIP.
        parts: In order.
    """

    package: Sized
    parts: tuple[Part, ...]


def pack(invoices: Iterable[tuple[str, bytes]], into: IO[bytes]) -> int:
    """Write a ZIP with invoices and return how many they are.

    Args:
        invoices: File names, each once, and bytes; one is held at a time.
        into: A file, open for writing.

    Raises:
        PackageError: There are too many, none, or two of the same name.
    """
    names: set[str] = set()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in invoices:
            if name in names or len(names) == MOST_INVOICES:
                raise PackageError(f"{name} is there twice, or is one too many")
            names.add(name)
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    if not names:
        raise PackageError("there is nothing to send")
    return len(names)


def plan(package: IO[bytes], secret: SessionKey, most: int = MOST_PART_BYTES) -> Plan:
    """Measure a ZIP and its encrypted parts, in two passes.

    Args:
        package: A file that can be read and wound back.
        secret: What the parts are encrypted with.
        most: Bytes of a part before it is encrypted.

    Raises:
        PackageError: It is too large.
    """
    package.seek(0)
    whole, size = hashlib.sha256(), 0
    for piece in _pieces(package, MOST_BYTES + 1):
        whole.update(piece)
        size += len(piece)
    count = -(-size // most)
    if not size or size > MOST_BYTES or count > MOST_PARTS:
        raise PackageError(f"a package of {size} bytes in {count} parts is not taken")
    length = -(-size // count)
    parts = []
    for start in range(0, size, length):
        kept = min(length, size - start)
        found, sealed = hashlib.sha256(), 0
        for piece in encrypted(package, start, kept, secret):
            found.update(piece)
            sealed += len(piece)
        parts.append(Part(start, kept, Sized(sealed, b64encode(found.digest()).decode())))
    return Plan(Sized(size, b64encode(whole.digest()).decode()), tuple(parts))


def encrypted(package: IO[bytes], start: int, length: int, secret: SessionKey) -> Iterator[bytes]:
    """Yield one encrypted part, piece by piece."""
    package.seek(start)
    update, end = secret.encrypting()
    for piece in _pieces(package, length):
        yield update(piece)
    yield end()


def unpacked(package: bytes, most: int = 1 << 30) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a package (an export): names and bytes, one at a time.

    Args:
        package: The ZIP, its parts decrypted and joined.
        most: Bytes that all files may have together.

    Raises:
        PackageError: It is no ZIP, or grows beyond what it may.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(package)) as archive:
            for one in archive.infolist():
                most -= one.file_size
                if most < 0:
                    raise PackageError("the package grows too large")
                with archive.open(one) as file:
                    content = file.read(one.file_size + 1)
                if len(content) != one.file_size:
                    raise PackageError(f"{one.filename} is larger than it says")
                yield one.filename, content
    except (zipfile.BadZipFile, RuntimeError, EOFError) as error:
        raise PackageError(f"not a ZIP file: {error}") from error


def _pieces(file: IO[bytes], length: int) -> Iterator[bytes]:
    while length > 0 and (piece := file.read(min(_PIECE, length))):
        length -= len(piece)
        yield piece
