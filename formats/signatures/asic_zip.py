"""The zip file of an ASiC container, opened with suspicion.

Two readers of one container must find the same files in it: names stand once, the directory and
the entries say the same, nothing overlaps, nothing precedes and nothing follows. Limits hold for
what really comes out.
"""

import io
import struct
import unicodedata
import zipfile
import zlib
from urllib.parse import unquote

MAX_BYTES = 64 * 1024 * 1024
MAX_ENTRIES = 1_000
MAX_ENTRY_BYTES = 64 * 1024 * 1024
MAX_TOTAL_BYTES = 128 * 1024 * 1024
MAX_RATIO = 200
MAX_NAME = 500
_SMALL = 1024 * 1024
"""Entries up to this size may be as well compressed as they like."""

_LOCAL = struct.Struct("<4s5H3L2H")  # APPNOTE.TXT 4.3.7
_ENCRYPTED = 0x1
_LATER = 0x8
"""Sizes follow the data (APPNOTE.TXT 4.4.4, bit 3)."""
_DESCRIPTOR = (12, 16)
_OTHER_NAME = 0x7075
"""A field with another name for the entry (APPNOTE.TXT 4.6.9), which some readers prefer."""
_MAX_COMMENT = 100
_FIELD = struct.Struct("<2H")
_BEFORE_NAME = 5
"""Its version, and the digest of the name that it replaces."""
_END = b"PK\x05\x06"
_END_SIZE = 22


class ContainerError(ValueError):
    """The container is damaged, ambiguous or too large."""


def opened(content: bytes) -> dict[str, bytes]:
    """Return the files of a container by name, in the order they stand.

    Raises:
        ContainerError: See there.
    """
    if len(content) > MAX_BYTES:
        raise ContainerError(f"{len(content)} bytes; more than {MAX_BYTES} are not read.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = sorted(archive.infolist(), key=lambda info: info.header_offset)
            _check_frame(content, archive, infos)
            return _contents(archive, infos)
    except ContainerError:
        raise
    except (zipfile.BadZipFile, zlib.error, struct.error) as error:
        raise ContainerError(f"The container is damaged: {error}") from error
    except (ValueError, OverflowError, EOFError, RuntimeError) as error:
        raise ContainerError(f"The container cannot be read: {error}") from error


def _check_frame(content: bytes, archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo]) -> None:
    if len(infos) > MAX_ENTRIES:
        raise ContainerError(f"It has {len(infos)} entries.")
    end = len(content) - _END_SIZE - len(archive.comment)
    if content[end : end + 4] != _END:
        raise ContainerError("Something follows the end of the container.")
    known = archive.comment.startswith(b"mimetype=")  # EN 319 162-1 A.1
    if archive.comment and (not known or len(archive.comment) > _MAX_COMMENT):
        raise ContainerError("The container has a comment.")
    directory = int.from_bytes(content[end + 16 : end + 20], "little")
    place = 0
    seen: set[str] = set()
    for info in infos:
        _check_name(info, seen)
        if info.header_offset != place:
            raise ContainerError(f"Before {info.filename} are bytes of nobody, or they overlap.")
        place = _end_of(content, info)
    if place != directory:
        raise ContainerError("Between the files and their directory are bytes of nobody.")


def _check_name(info: zipfile.ZipInfo, seen: set[str]) -> None:
    name = info.orig_filename
    parts = name.split("/")
    strange = (
        not name
        or len(name) > MAX_NAME
        or "\\" in name
        or ":" in parts[0]
        or name.startswith(("/", "#"))  # to a reference `#` is a part of its own document
        or unquote(name) != name  # to a reference it is the name of another file
        or any(part in {".", ".."} for part in parts)
        or any(not part for part in parts[:-1])
        or any(unicodedata.category(sign)[0] == "C" for sign in name)
    )
    if strange:
        raise ContainerError(f"{name!r} is no name for a file in a container.")
    folded = unicodedata.normalize("NFC", name).casefold()
    if folded in seen:
        raise ContainerError(f"{name} stands twice.")
    seen.add(folded)
    if info.flag_bits & _ENCRYPTED:
        raise ContainerError(f"{name} is encrypted.")
    if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise ContainerError(f"{name} is packed in an unusual way.")


def _end_of(content: bytes, info: zipfile.ZipInfo) -> int:
    """Return where an entry ends; its own header must say what the directory says."""
    head = content[info.header_offset : info.header_offset + _LOCAL.size]
    mark, _, flags, method, _, _, _, packed, size, name, extra = _LOCAL.unpack(head)
    start = info.header_offset + _LOCAL.size
    written = content[start : start + name]
    said = info.orig_filename.encode("utf-8" if flags & 0x800 else "cp437", "replace")
    if mark != b"PK\x03\x04" or written != said or method != info.compress_type:
        raise ContainerError(f"{info.filename} is something else in the directory.")
    written_again = content[start + name : start + name + extra]
    for fields in (info.extra, written_again):
        _check_fields(fields, info)
    end: int = start + name + extra + info.compress_size
    if not flags & _LATER:
        if (packed, size) != (info.compress_size, info.file_size):
            raise ContainerError(f"{info.filename} has another size in the directory.")
        return end
    signed = content[end : end + 4] == b"PK\x07\x08"
    return end + _DESCRIPTOR[1 if signed else 0]


def _check_fields(fields: bytes, info: zipfile.ZipInfo) -> None:
    """Check that what stands beside a name gives it no other, and hides no document.

    Raises:
        ContainerError: It does.
    """
    if len(info.comment) > _MAX_COMMENT or b"%PDF-" in fields:
        raise ContainerError(f"Beside {info.filename} are bytes of nobody.")
    place = 0
    while place + _FIELD.size <= len(fields):
        kind, size = _FIELD.unpack_from(fields, place)
        place += _FIELD.size + size
        name = fields[place - size + _BEFORE_NAME : place]
        if kind == _OTHER_NAME and name != info.orig_filename.encode():
            raise ContainerError(f"{info.filename} has another name beside it.")


def _contents(archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    left, found = MAX_TOTAL_BYTES, {}
    for info in infos:
        limit = min(left, MAX_ENTRY_BYTES, max(_SMALL, info.compress_size * MAX_RATIO))
        with archive.open(info) as part:
            content = part.read(limit + 1)
        if len(content) > limit or len(content) != info.file_size:
            raise ContainerError(f"{info.filename} unpacks to more than is read.")
        left -= len(content)
        if info.is_dir() and content:
            raise ContainerError(f"{info.filename} is a folder with a content.")
        if not info.is_dir():
            found[info.filename] = content
    return found
