"""Digests of what several signatures cover, each of them computed once.

A container may hold as many signatures as files, and each of them may cover each file: without
this, checking it would take as long as both numbers multiplied.
"""

import hashlib

MOST_TIMES = 16
"""So often bytes are gone through that cannot be digested before."""


class Digests:
    """The digests of some bytes, by the algorithm's name. Made for one check, and then dropped."""

    def __init__(self) -> None:
        # with the bytes themselves, so that no others can come to stand in their place
        self._known: dict[tuple[int, str], tuple[bytes, bytes]] = {}
        self._times = 0

    def has(self, name: str, content: bytes) -> bool:
        """Tell whether a digest of these very bytes is known."""
        return (id(content), name) in self._known

    def of(self, name: str, content: bytes) -> bytes:
        """Return a digest by the name that `hashlib` gives it: `sha256`, `sha3_256`.

        Raises:
            ValueError: There is no such digest.
        """
        key = (id(content), name)
        if key not in self._known:
            made = hashlib.new(name, content, usedforsecurity=False).digest()
            self._known[key] = (content, made)
        return self._known[key][1]

    def gone_through(self) -> None:
        """Note that a signature goes through all the bytes itself, as Ed25519 does.

        Raises:
            ValueError: That was too often.
        """
        self._times += 1
        if self._times > MOST_TIMES:
            raise ValueError("too many signatures go through all the content")
