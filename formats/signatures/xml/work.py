"""How much work a document may cause while its signatures are checked."""

from collections.abc import Callable

from formats.signatures.digests import Digests
from formats.signatures.xml.rejection import rejected

_TIMES = 16
_LEAST = 200_000


class Work:
    """Bytes that may still be parsed, made canonical and digested.

    Every signature and every reference may name all of the document: honest ones do so a few
    times, hostile ones as often as there is room. Files from outside are digested and transformed
    once, however many signatures name them.
    """

    def __init__(self, octets: int, digests: Digests | None = None) -> None:
        """Allow 16 times the bytes that were handed in: by several signatures over all of them.

        Args:
            octets: How many bytes were handed in; all of a container with many signatures.
            digests: What is known of files already.
        """
        self._left = max(_LEAST, _TIMES * octets)
        self._digests = digests or Digests()
        self._transformed: dict[tuple[int, bytes], tuple[bytes, bytes]] = {}

    def spend(self, octets: int) -> None:
        """Take work from what is left; 0 asks whether there is any.

        Raises:
            Rejected: There is none left.
        """
        self._left -= octets
        if self._left < 0:
            raise rejected("format", "Checking the references would be too much work.")

    def digest(self, name: str, file: bytes) -> bytes:
        """Return the digest of a file from outside, which costs something the first time.

        Raises:
            Rejected: There is nothing left.
        """
        self.spend(0 if self._digests.has(name, file) else len(file))
        return self._digests.of(name, file)

    def transformed(self, file: bytes, way: bytes, make: Callable[[], bytes]) -> bytes:
        """Return a file from outside, transformed; made once for each way.

        Args:
            file: The file.
            way: What is done to it, in words that say all of it.
            make: Does it.

        Raises:
            Rejected: It cannot be done, or there is nothing left.
        """
        key = (id(file), way)
        if key not in self._transformed:
            self.spend(len(file))
            self._transformed[key] = (file, make())
        return self._transformed[key][1]
