"""Looking for secrets: however they are spelled, and whatever they are packed in."""

import base64
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping

LEAST = 8
"""Bytes; what is shorter stands anywhere by chance."""

_DEEPEST = 3
_MOST = 64 * 1024 * 1024


def spellings(secret: bytes) -> set[bytes]:
    """Return how a secret may be written: raw, hexadecimal, base64 at any offset, wide."""
    assert len(secret) >= LEAST
    found = {secret, secret.hex().encode(), secret.hex().upper().encode()}
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        for offset in range(3):  # where it begins within a longer text
            text = encode(bytes(offset) + secret)
            begin = (offset * 8 + 5) // 6
            end = (offset + len(secret)) * 8 // 6
            found.add(text[begin:end])
    if secret.isascii():
        found.add(secret.decode().encode("utf-16-be"))
        found.add(secret.decode().encode("utf-16-le"))
    return {one for one in found if len(one) >= LEAST}


def unpacked(content: bytes, depth: int = 0) -> Iterator[bytes]:
    """Yield a file, and whatever is packed in it."""
    yield content
    if depth < _DEEPEST and zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.infolist():
                if member.file_size <= _MOST:
                    yield from unpacked(archive.read(member), depth + 1)


def scan(
    places: Mapping[str, Iterable[bytes]], canaries: Mapping[str, bytes]
) -> set[tuple[str, str]]:
    """Return what was found: the name of a canary, and the place it was in."""
    wanted = [(name, text) for name, secret in canaries.items() for text in spellings(secret)]
    found = set()
    for place, contents in places.items():
        for content in contents:
            for part in unpacked(content):
                found |= {(name, place) for name, text in wanted if text in part}
    return found
