"""DER (ITU-T X.690), as far as signatures of others need it: definite lengths, short tags."""

from collections.abc import Iterator
from dataclasses import dataclass

SEQUENCE, SET, OCTETS, OBJECT = 0x30, 0x31, 0x04, 0x06
_LONG, _MOST = 0x80, 4
_LONGEST_NAME = 100
"""Bytes of an object identifier: reading takes longer than there are bytes, so it has an end."""


class DerError(ValueError):
    """The bytes are no DER, or not of the shape that is expected."""


@dataclass(frozen=True, slots=True)
class Value:
    """One value: its tag, its content, and both with the length as they stand."""

    tag: int
    content: bytes
    whole: bytes

    def parts(self) -> "list[Value]":
        """Return the values inside."""
        return list(values(self.content))

    def must(self, *tags: int) -> "Value":
        """Return itself when it has one of these tags.

        Raises:
            DerError: It has not.
        """
        if self.tag not in tags:
            raise DerError(f"the tag {self.tag:#04x} stands where another should")
        return self


def only(content: bytes) -> Value:
    """Read the one value that the bytes are.

    Raises:
        DerError: They are none, or several.
    """
    found = list(values(content))
    if len(found) != 1:
        raise DerError("one value is expected")
    return found[0]


def values(content: bytes) -> Iterator[Value]:
    """Yield the values that stand one after the other.

    Raises:
        DerError: They cannot be read to the end.
    """
    place = 0
    while place < len(content):
        if place + 2 > len(content) or content[place] & 0x1F == 0x1F:  # noqa: PLR2004 - a long tag
            raise DerError("a value ends in its head, or has a long tag")
        size, start = content[place + 1], place + 2
        if size >= _LONG:
            count = size - _LONG
            size = int.from_bytes(content[start : start + count], "big")
            if not 0 < count <= _MOST or size < _LONG or size >> 8 * (count - 1) == 0:
                raise DerError("a length is not written as DER writes it")
            start += count
        end = start + size
        if end > len(content):
            raise DerError("a value is longer than what there is")
        yield Value(content[place], content[start:end], content[place:end])
        place = end


def dotted(value: Value) -> str:
    """Read an object identifier.

    Raises:
        DerError: It is none, or longer than any that is given out.
    """
    numbers, number = list[int](), 0
    if len(value.content) > _LONGEST_NAME:
        raise DerError("an object identifier is too long")
    for byte in value.must(OBJECT).content:
        number = number << 7 | byte & 0x7F
        if not byte & _LONG:
            numbers.append(number)
            number = 0
    if not numbers:
        raise DerError("an object identifier is empty")
    first = min(numbers[0] // 40, 2)
    return ".".join(str(one) for one in (first, numbers[0] - 40 * first, *numbers[1:]))
