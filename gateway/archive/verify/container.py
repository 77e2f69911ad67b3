"""The ZIP file of a bundle, read so strictly that no byte of it is free.

A bundle is the one ZIP file that its names and contents can make: stored, sorted, fixed times,
nothing extra. So it is not interpreted but made again and compared. The sizes that say where
everything lies are there twice, before each member and in the directory at the end; whichever
fits better is believed, and what differs from it is named. Nothing is ever inflated.
"""

import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from mmap import mmap

from .records import (
    END,
    END_SIGNATURE,
    ENTRY,
    ENTRY_SIGNATURE,
    FAR,
    HEADER,
    HEADER_SIGNATURE,
    LARGE_END,
    LARGE_END_SIGNATURE,
    LOCATOR,
    LOCATOR_SIGNATURE,
    MOST_16,
    MOST_32,
    Record,
)
from .result import Problem

MAX_MEMBERS = 10_000_000
_MAX_NAME = 255

_FIXED = {"version": 20, "flags": 0, "method": 0, "time": 0, "date": 0x21, "extra_length": 0}
_FIXED_IN_DIRECTORY = {
    "made_by": 3 << 8 | 20,  # Unix
    "comment_length": 0,
    "disk": 0,
    "internal_attributes": 0,
    "external_attributes": 0o100444 << 16,
}
_FIXED_AT_THE_END = {"disk": 0, "directory_disk": 0, "comment_length": 0}
_LARGE_VERSION = 45

_Layout = tuple[tuple[bytes, int], ...]
"""Name and size of every member, in the order of the file."""


class UnreadableError(ValueError):
    """The bytes cannot be a bundle; `offset` is where reading stopped."""

    def __init__(self, offset: int, what: str) -> None:
        super().__init__(what)
        self.offset = offset


@dataclass(frozen=True, slots=True)
class Member:
    """One member: where its content lies in the file."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Container:
    """The members of the file, and what is wrong with the ZIP structure around them."""

    content: memoryview
    members: Mapping[str, Member]
    problems: tuple[Problem, ...]

    def read(self, name: str) -> bytes:
        """Return the content of a member."""
        member = self.members[name]
        return bytes(self.content[member.start : member.end])


def open_container(
    content: bytes | mmap | memoryview, strangeness: Callable[[Container], int], *, first: str = ""
) -> Container:
    """Read the file.

    Args:
        content: The whole file.
        strangeness: Counts names that are missing or too many, to choose between two readings.
        first: The one name that may stand before those that sort before it.

    Raises:
        UnreadableError: Neither the headers nor the directory can be followed to the end.
    """
    view, readings, failures = memoryview(content), dict[_Layout, None](), []
    for follow in (_by_directory, _by_headers):
        try:
            readings[follow(view)] = None
        except UnreadableError as error:
            failures.append(error)
    if not readings:
        raise max(failures, key=lambda failure: (failure.offset < len(view), failure.offset))
    containers = [_compare(view, layout, first.encode()) for layout in readings]
    return min(containers, key=lambda c: (len(c.problems) + strangeness(c), len(c.problems)))


def _by_directory(view: memoryview) -> _Layout:
    last = len(view) - END.size
    if last < 0:
        raise UnreadableError(len(view), "the file is too short to be a bundle")
    end, stop = END.unpack(view, last), last
    signature = end["signature"]
    if end["entries"] == MOST_16 or MOST_32 in (end["directory_size"], end["directory_offset"]):
        stop = max(last - LOCATOR.size - LARGE_END.size, 0)
        end = _record(view, stop, LARGE_END, LARGE_END_SIGNATURE)
    offset = end["directory_offset"]
    if signature != END_SIGNATURE or offset + end["directory_size"] != stop:
        raise UnreadableError(last, "the file does not end as a ZIP directory does")
    layout = list[tuple[bytes, int]]()
    while offset < stop:
        entry = _record(view, offset, ENTRY, ENTRY_SIGNATURE)
        name = _name(view, offset + ENTRY.size, entry["name_length"])
        layout.append((name, entry["size"]))
        offset += ENTRY.size + len(name) + entry["extra_length"]
    return _fitting(layout, view, stop)


def _by_headers(view: memoryview) -> _Layout:
    offset, layout = 0, list[tuple[bytes, int]]()
    header_begins = HEADER_SIGNATURE.to_bytes(4, "little")
    # Whatever follows the last member is the directory; its first bytes may be the damaged ones.
    while not layout or bytes(view[offset : offset + 4]) == header_begins:
        header = _record(view, offset, HEADER, HEADER_SIGNATURE)
        name = _name(view, offset + HEADER.size, header["name_length"])
        layout.append((name, header["stored_size"]))
        offset += HEADER.size + len(name)
        _room(view, offset, header["stored_size"])
        offset += header["stored_size"]
    return _fitting(layout, view, offset)


def _fitting(layout: list[tuple[bytes, int]], view: memoryview, stopped: int) -> _Layout:
    """Accept a layout only if a file made from it has the length of this one."""
    position, directory = _extent(layout)
    length = position + directory + END.size
    if _is_large(len(layout), position, directory):
        length += LARGE_END.size + LOCATOR.size
    if len(layout) > MAX_MEMBERS:
        raise UnreadableError(stopped, f"there are more than {MAX_MEMBERS} members")
    if length != len(view):
        what = f"its members make a file of {length} bytes, not of {len(view)}"
        raise UnreadableError(stopped, what)
    return tuple(layout)


def _extent(layout: Sequence[tuple[bytes, int]]) -> tuple[int, int]:
    """Return how many bytes the members take with their headers, and the directory."""
    position = directory = 0
    for name, size in layout:
        directory += ENTRY.size + len(name) + (FAR.size if position >= MOST_32 else 0)
        position += HEADER.size + len(name) + size
    return position, directory


def _is_large(members: int, position: int, directory: int) -> bool:
    return members >= MOST_16 or max(position, directory) >= MOST_32


def _record(view: memoryview, offset: int, record: Record, signature: int) -> Mapping[str, int]:
    _room(view, offset, record.size)
    fields = record.unpack(view, offset)
    if fields["signature"] != signature:
        raise UnreadableError(offset, "there is no ZIP record where one should begin")
    return fields


def _name(view: memoryview, offset: int, length: int) -> bytes:
    if not 0 < length <= _MAX_NAME:
        raise UnreadableError(offset, "a member has no name, or too long a one")
    _room(view, offset, length)
    return bytes(view[offset : offset + length])


def _room(view: memoryview, offset: int, size: int) -> None:
    if offset + size > len(view):
        lacking = offset + size - len(view)
        raise UnreadableError(len(view), f"the file ends here, {lacking} bytes are missing")


def _compare(view: memoryview, layout: _Layout, first: bytes) -> Container:
    """Make the ZIP records again from names and contents, and compare every byte."""
    members = dict[str, Member]()
    in_content, in_headers, in_directory = list[Problem](), list[Problem](), list[Problem]()
    position = 0
    directory = entry_at = _extent(layout)[0]
    for encoded, size in layout:
        name = encoded.decode("ascii", "backslashreplace")
        member = Member(name, position + HEADER.size + len(encoded), 0)
        member = Member(name, member.start, member.start + size)
        stored = HEADER.unpack(view, position)["crc"]
        crc = zlib.crc32(view[member.start : member.end])
        if stored == ENTRY.unpack(view, entry_at)["crc"] != crc:
            in_content.append(damaged_content(member, "the content does not fit its checksum"))
            crc = stored
        sizes = {"stored_size": size, "size": size, "name_length": len(encoded), "crc": crc}
        header = HEADER.pack(signature=HEADER_SIGNATURE, **_FIXED, **sizes) + encoded
        part = f"header of {name}"
        in_headers += _differences(view, position, header, HEADER, part=part, member=name)
        fixed = _FIXED | _FIXED_IN_DIRECTORY | sizes | {"offset": min(position, MOST_32)}
        far = b""
        if position >= MOST_32:
            far = FAR.pack(kind=1, length=FAR.size - 4, offset=position)
            fixed |= {"version": _LARGE_VERSION, "extra_length": FAR.size}
        entry = ENTRY.pack(signature=ENTRY_SIGNATURE, **fixed) + encoded + far
        part = f"directory entry of {name}"
        in_directory += _differences(view, entry_at, entry, ENTRY, part=part, member=name)
        members[name] = member
        position, entry_at = member.end, entry_at + len(entry)
    at_the_end = list(_at_the_end(view, len(layout), directory, entry_at))
    names = [name for name, _ in layout]
    rest = names[1:] if names[:1] == [first] else names
    if rest != sorted(set(rest)) or (rest is not names and first in rest):
        at_the_end.append(Problem("ZIP directory", "the names are not sorted and distinct"))
    problems = (*in_content, *in_headers, *in_directory, *at_the_end)
    return Container(view, members, problems)


def _at_the_end(view: memoryview, members: int, directory: int, at: int) -> Iterator[Problem]:
    """Compare what follows a directory that ends at `at`."""
    size, stop = at - directory, at
    if _is_large(members, directory, size):
        counted = {"entries_here": members, "entries": members}
        placed = {"directory_size": size, "directory_offset": directory}
        large = LARGE_END.pack(
            signature=LARGE_END_SIGNATURE,
            rest=LARGE_END.size - 12,  # without its signature and this field
            made_by=3 << 8 | _LARGE_VERSION,
            version=_LARGE_VERSION,
            disk=0,
            directory_disk=0,
            **counted,
            **placed,
        )
        part = "large end of the directory"
        yield from _differences(view, stop, large, LARGE_END, part=part, member=None)
        stop += len(large)
        locator = LOCATOR.pack(signature=LOCATOR_SIGNATURE, disk=0, offset=at, disks=1)
        yield from _differences(view, stop, locator, LOCATOR, part="locator", member=None)
        stop += len(locator)
    end = END.pack(
        signature=END_SIGNATURE,
        entries_here=min(members, MOST_16),
        entries=min(members, MOST_16),
        directory_size=min(size, MOST_32),
        directory_offset=min(directory, MOST_32),
        **_FIXED_AT_THE_END,
    )
    yield from _differences(view, stop, end, END, part="end of the directory", member=None)


def damaged_content(member: Member, what: str) -> Problem:
    """Name the content of a member as the place of a problem."""
    where = f"{member.name}, bytes {member.start}-{member.end - 1} of the bundle"
    return Problem(where, what, member.name, member.start, member.end)


def _differences(  # noqa: PLR0913 - one place of the file, described
    view: memoryview, at: int, expected: bytes, record: Record, *, part: str, member: str | None
) -> Iterator[Problem]:
    actual = bytes(view[at : at + len(expected)])
    if actual == expected:
        return
    for field, start, end in record.fields(len(expected)):
        if actual[start:end] != expected[start:end]:
            where = f"ZIP {part}, field {field}, bytes {at + start}-{at + end - 1} of the bundle"
            what = f"{actual[start:end].hex()} instead of {expected[start:end].hex()}"
            yield Problem(where, what, member, at + start, at + end)
