"""The one ZIP file that names and contents make: stored, sorted, fixed times, nothing extra.

Written as its members come, so that its size costs no memory: the directory waits in a file of its
own. ZIP64 (APPNOTE 4.3.14, 4.3.15, 4.5.3) is used where a number does not fit otherwise, and only
there, so that the same members still make the same bytes.
"""

import shutil
import struct
import tempfile
import zlib
from typing import IO, Self

LARGEST_MEMBER = 0xFFFFFFFE
"""Bytes: a member's own size never needs ZIP64."""

_MOST_32, _MOST_16 = 0xFFFFFFFF, 0xFFFF
_PLAIN, _LARGE = 20, 45  # versions that a reader must know
_UNIX = 3 << 8
_FIRST_DAY = 0x21  # 1 January 1980, the first that a ZIP file can name
_READ_ONLY = 0o100444 << 16
_IN_MEMORY = 1 << 20  # bytes of the directory
_AT_ONCE = 1 << 20  # bytes of a file

_HEADER = struct.Struct("<IHHHHHIIIHH")
_ENTRY = struct.Struct("<IHHHHHHIIIHHHHHII")
_OFFSET = struct.Struct("<HHQ")
_END_64 = struct.Struct("<IQHHIIQQQQ")
_LOCATOR = struct.Struct("<IIQI")
_END = struct.Struct("<IHHHHIIH")


class ZipFile:
    """A ZIP file being written; close it, and it is whole.

    Args:
        sink: Where to; only ever appended to.
        first: The one name that may stand before those that sort before it.
    """

    def __init__(self, sink: IO[bytes], *, first: str = "") -> None:
        self._sink, self._first = sink, first.encode("ascii")
        self._directory = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - `close`
        self._offset = self._entries = 0
        self._last = b""

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the directory, whether the file was finished or not."""
        self.release()

    def release(self) -> None:
        """Do the same where there is no `with`."""
        self._directory.close()

    def add(self, name: str, content: bytes) -> None:
        """Add a member.

        Raises:
            ValueError: Its name does not come after those before it, or it is too large.
        """
        self._begin(name, len(content), zlib.crc32(content))
        self._sink.write(content)

    def add_file(self, name: str, file: IO[bytes], *, size: int) -> None:
        """Add a file as a member; it is read twice, from its beginning.

        Args:
            name: As in `add`.
            file: Can be read and sought.
            size: Bytes.

        Raises:
            ValueError: As in `add`.
        """
        crc = 0
        file.seek(0)
        while part := file.read(_AT_ONCE):
            crc = zlib.crc32(part, crc)
        self._begin(name, size, crc)
        file.seek(0)
        shutil.copyfileobj(file, self._sink, _AT_ONCE)

    def _begin(self, name: str, size: int, crc: int) -> None:
        """Write all of a member but its content, which must be written next."""
        encoded = name.encode("ascii")
        if encoded <= self._last:
            raise ValueError(f"{name} does not come after {self._last.decode()}")
        if size > LARGEST_MEMBER:
            raise ValueError(f"{name} has {size} bytes, more than {LARGEST_MEMBER}")
        header = _HEADER.pack(
            0x04034B50, _PLAIN, 0, 0, 0, _FIRST_DAY, crc, size, size, len(encoded), 0
        )  # fmt: skip
        far = self._offset >= _MOST_32
        extra = _OFFSET.pack(1, 8, self._offset) if far else b""
        entry = _ENTRY.pack(
            0x02014B50, _UNIX | _PLAIN, _LARGE if far else _PLAIN, 0, 0, 0, _FIRST_DAY, crc, size,
            size, len(encoded), len(extra), 0, 0, 0, _READ_ONLY, min(self._offset, _MOST_32),
        )  # fmt: skip
        for part in (header, encoded):
            self._sink.write(part)
        for part in (entry, encoded, extra):
            self._directory.write(part)
        self._offset += len(header) + len(encoded) + size
        self._entries += 1
        self._last = b"" if encoded == self._first and self._entries == 1 else encoded

    def finish(self) -> None:
        """Write the directory: the file is whole."""
        start, size, entries = self._offset, self._directory.tell(), self._entries
        self._directory.seek(0)
        shutil.copyfileobj(self._directory, self._sink)
        if entries >= _MOST_16 or max(start, size) >= _MOST_32:
            end = start + size
            rest = _END_64.size - 12  # without signature and this field itself
            self._sink.write(_END_64.pack(
                0x06064B50, rest, _UNIX | _LARGE, _LARGE, 0, 0, entries, entries, size, start
            ))  # fmt: skip
            self._sink.write(_LOCATOR.pack(0x07064B50, 0, end, 1))
        few = min(entries, _MOST_16)
        self._sink.write(
            _END.pack(0x06054B50, 0, 0, few, few, min(size, _MOST_32), min(start, _MOST_32), 0)
        )
