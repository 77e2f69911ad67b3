"""A look at BER before a parser reads it: how deep, how many parts, how long the names.

The parser behind us takes time that grows with the square of an object identifier's length, and
descends as deep as it is led.
"""

MAX_DEPTH = 40
MAX_PARTS = 100_000
MAX_NAME = 64
"""Bytes of an object identifier; the longest in use have about twenty."""

_CONSTRUCTED = 0x20
_OID = 0x06
_LONG_TAG = 0x1F
_INDEFINITE = 0x80
_LONGEST_LENGTH = 4


class StructureError(ValueError):
    """The bytes are not BER, or not within the bounds."""


def check_structure(data: bytes, parts: int = MAX_PARTS) -> None:
    """Walk through an encoding.

    Args:
        data: One value, with nothing after it that is looked at here.
        parts: How many values may be inside one another and beside one another.

    Raises:
        StructureError: See there.
    """
    walk = _Walk(data)
    walk.step()
    seen = 1
    while walk.inside():
        walk.step()
        seen += 1
        if seen > parts:
            raise StructureError(f"It has more than {parts} parts.")


class _Walk:
    """A place in an encoding, and the ends of all that holds it (None: until two zero bytes)."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._place = 0
        self._ends: list[int | None] = []

    def inside(self) -> bool:
        """Leave what ends here; tell whether something still holds the place."""
        while self._ends:
            end = self._ends[-1]
            if end is None or self._place < end:
                return True
            if self._place > end:
                raise StructureError("A value is longer than what holds it.")
            self._ends.pop()
        return False

    def step(self) -> None:
        """Go into the next value, or past it when nothing is inside."""
        tag, size = self._head()
        if tag == 0 and size == 0 and self._ends and self._ends[-1] is None:
            self._ends.pop()
        elif tag & _CONSTRUCTED:
            if len(self._ends) == MAX_DEPTH:
                raise StructureError(f"It is nested more than {MAX_DEPTH} deep.")
            self._ends.append(None if size is None else self._place + size)
        elif size is None:
            raise StructureError("A plain value has no length.")
        elif tag == _OID and size > MAX_NAME:
            raise StructureError(f"An object identifier has {size} bytes.")
        else:
            self._place += size

    def _head(self) -> tuple[int, int | None]:
        """Return a value's tag and its length (None: indefinite), and stand at its content."""
        tag = self._byte()
        if tag & _LONG_TAG == _LONG_TAG:  # the tag's number follows
            while self._byte() & 0x80:
                pass
        size = self._byte()
        if size == _INDEFINITE:
            return tag, None
        if size > _INDEFINITE:
            count = size & 0x7F
            if count > _LONGEST_LENGTH:
                raise StructureError(f"A length has {count} bytes.")
            size = int.from_bytes(bytes(self._byte() for _ in range(count)))
        if self._place + size > len(self._data):
            raise StructureError("It ends too early.")
        return tag, size

    def _byte(self) -> int:
        if self._place >= len(self._data):
            raise StructureError("It ends too early.")
        self._place += 1
        return self._data[self._place - 1]
