"""Certificates in PEM (RFC 7468), found in one pass: whoever sends them may be hostile."""

from collections.abc import Iterator

MAX_TEXT = 100_000
"""Of one certificate in base64: more than the largest that is read."""

_BEGIN, _END, _DASHES = b"-----BEGIN ", b"-----END ", b"-----"
_LABELS = frozenset({b"CERTIFICATE", b"X509 CERTIFICATE"})
_LONGEST_LABEL = 40


class BrokenPemError(ValueError):
    """A certificate begins and does not end, or is too long."""


def blocks(content: bytes) -> Iterator[bytes]:
    """Yield what stands between the lines of each certificate; other things are passed over.

    Raises:
        BrokenPemError: See there.
    """
    place = 0
    while (found := content.find(_BEGIN, place)) >= 0:
        place = found + len(_BEGIN)
        label = _label(content, place)
        if label not in _LABELS:
            continue
        start = place + len(label) + len(_DASHES)
        end = content.find(_DASHES, start, start + MAX_TEXT)
        if end < 0 or not content.startswith(_END, end):
            raise BrokenPemError("A certificate in PEM begins and does not end, or is too long.")
        place = end + len(_END)
        if _label(content, place) not in _LABELS:
            raise BrokenPemError("A certificate in PEM ends as something else.")
        yield content[start:end]


def _label(content: bytes, place: int) -> bytes:
    """Return what a line says to begin or end; nothing when it is no such line."""
    end = content.find(_DASHES, place, place + _LONGEST_LABEL)
    return b"" if end < 0 else content[place:end]
