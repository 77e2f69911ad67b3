"""How much work a document may cause while its signatures are checked."""

from formats.signatures.xml.rejection import rejected

_TIMES = 16
_LEAST = 200_000


class Work:
    """Bytes that may still be parsed, made canonical and digested.

    Every signature and every reference may name all of the document: honest ones do so a few
    times, hostile ones as often as there is room.
    """

    def __init__(self, octets: int) -> None:
        """Allow 16 times the bytes that were handed in: by several signatures over all of them."""
        self._left = max(_LEAST, _TIMES * octets)

    def spend(self, octets: int) -> None:
        """Take work from what is left; 0 asks whether there is any.

        Raises:
            Rejected: There is none left.
        """
        self._left -= octets
        if self._left < 0:
            raise rejected("format", "Checking the references would be too much work.")
