"""The records of a ZIP file (APPNOTE 4.3.7, 4.3.12, 4.3.14 to 4.3.16, 4.5.3), field by field."""

import struct
from collections.abc import Iterator, Mapping


class Record:
    """A fixed part of a ZIP file, little endian; a member's name may follow it.

    Args:
        codes: `struct` code of each field, by name, in order.
    """

    def __init__(self, **codes: str) -> None:
        self._struct = struct.Struct("<" + "".join(codes.values()))
        self._widths = {field: struct.calcsize("<" + code) for field, code in codes.items()}
        self.size = self._struct.size

    def pack(self, **values: int | bytes) -> bytes:
        """Write the record; every field must be given."""
        return self._struct.pack(*(values.pop(field) for field in self._widths))

    def unpack(self, view: memoryview, offset: int) -> Mapping[str, int]:
        """Read the numbers of the record at an offset that has room for it."""
        return dict(zip(self._widths, self._struct.unpack_from(view, offset), strict=True))

    def fields(self, length: int) -> Iterator[tuple[str, int, int]]:
        """Yield name, start and end of each field of a record of `length` bytes with its name."""
        start = 0
        for field, width in self._widths.items():
            yield field, start, start + width
            start += width
        if length > start:
            yield "name", start, length


_COMMON = {
    "version": "H",
    "flags": "H",
    "method": "H",
    "time": "H",
    "date": "H",
    "crc": "I",
    "stored_size": "I",
    "size": "I",
    "name_length": "H",
    "extra_length": "H",
}

HEADER_SIGNATURE, ENTRY_SIGNATURE, END_SIGNATURE = 0x04034B50, 0x02014B50, 0x06054B50
LARGE_END_SIGNATURE, LOCATOR_SIGNATURE = 0x06064B50, 0x07064B50

MOST_32, MOST_16 = 0xFFFFFFFF, 0xFFFF
"""What a field holds when ZIP64 holds its value; no smaller value is ever held there."""

HEADER = Record(signature="I", **_COMMON)
"""Stands before each member."""

ENTRY = Record(
    signature="I",
    made_by="H",
    **_COMMON,
    comment_length="H",
    disk="H",
    internal_attributes="H",
    external_attributes="I",
    offset="I",
)
"""One per member in the directory at the end."""

END = Record(
    signature="I",
    disk="H",
    directory_disk="H",
    entries_here="H",
    entries="H",
    directory_size="I",
    directory_offset="I",
    comment_length="H",
)
"""The last bytes of the file."""

FAR = Record(kind="H", length="H", offset="Q")
"""Follows the name in an entry whose member begins beyond 32 bits (ZIP64)."""

LARGE_END = Record(
    signature="I",
    rest="Q",
    made_by="H",
    version="H",
    disk="I",
    directory_disk="I",
    entries_here="Q",
    entries="Q",
    directory_size="Q",
    directory_offset="Q",
)
"""Stands after a directory whose numbers do not fit the last record (ZIP64)."""

LOCATOR = Record(signature="I", disk="I", offset="Q", disks="I")
"""Says where that record is."""
