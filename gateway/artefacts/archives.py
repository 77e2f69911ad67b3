"""Single files out of a zip archive, none of whose names, sizes or offsets is trusted.

Only the members that the manifest names are read, into memory and up to a limit; no path of the
archive ever becomes a path on the disk.
"""

import io
import zipfile
import zlib
from collections.abc import Iterable, Mapping

from gateway.artefacts.errors import FetchError

MOST_MEMBERS = 20_000
_LOCAL_HEADER = 30
_ENCRYPTED = 0x1
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


def members(
    content: bytes, base: str, names: Iterable[str], most_bytes: int
) -> Mapping[str, bytes]:
    """Return members of an archive.

    Args:
        content: The archive, its own sha256 already compared.
        base: The folder in the archive that `names` are relative to.
        names: What is wanted.
        most_bytes: Of all of them together, unpacked.

    Raises:
        FetchError: It is no zip archive, or one that is damaged or made to harm.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            directory = _directory(archive)
            return _read(archive, directory, base, names, most_bytes)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError) as error:
        raise FetchError(f"the archive cannot be read: {error}") from error


def _directory(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    infos = archive.infolist()
    if len(infos) > MOST_MEMBERS:
        raise FetchError(f"the archive has more than {MOST_MEMBERS} members")
    end = 0
    for info in sorted(infos, key=lambda each: each.header_offset):
        # Members that share their compressed bytes make a small archive unpack without end.
        if info.header_offset < end:
            raise FetchError(f"the archive's member {info.filename} overlaps another")
        end = info.header_offset + _LOCAL_HEADER + info.compress_size
    directory = {info.filename: info for info in infos}
    if len(directory) != len(infos):
        raise FetchError("the archive has two members of one name")
    return directory


def _read(
    archive: zipfile.ZipFile,
    directory: Mapping[str, zipfile.ZipInfo],
    base: str,
    names: Iterable[str],
    most_bytes: int,
) -> dict[str, bytes]:
    contents: dict[str, bytes] = {}
    left = most_bytes
    for name in names:
        path = f"{base}/{name}" if base else name
        info = directory.get(path)
        if info is None:
            raise FetchError(f"the archive has no member {path}")
        if info.flag_bits & _ENCRYPTED or info.compress_type not in _METHODS:
            raise FetchError(f"the archive's member {path} is encrypted or packed unusually")
        with archive.open(info) as member:
            content = member.read(left + 1)
        left -= len(content)
        if left < 0:
            raise FetchError(f"the archive unpacks to more than {most_bytes} bytes")
        contents[name] = content
    return contents
