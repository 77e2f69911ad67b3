"""What stands in a journal: sets of stored bytes, each readable without the others.

A file of blocks of 4096 bytes. The first block: `gwj1`, 16 random bytes (the *generation*),
SHA-256 of both. Each record begins with a block: `gwr1`, the generation, the length of its body in
four bytes, SHA-256 of generation and body, the body. A body is one part after the other: the owner
(16 bytes), SHA-256 of the plain bytes (32), the length of what is stored (4), what is stored.
Numbers are big-endian. What a record does not fill of its last block means nothing, and records of
another generation were settled long ago: the file is written over and over.
"""

import struct
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

BLOCK = 4096
"""Bytes. No block has two records, so that writing one cannot tear another."""

GENERATION = 16
"""Bytes."""

_HEADER = struct.Struct(">4s16s32s")
_RECORD = struct.Struct(">4s16sI32s")
_PART = struct.Struct(">16s32sI")
_HEADER_MAGIC, _RECORD_MAGIC = b"gwj1", b"gwr1"


class Part(NamedTuple):
    """A file of a set.

    Attributes:
        owner: Whose.
        digest: SHA-256 of its plain bytes.
        stored: What is stored: the plain bytes, or encrypted ones.
    """

    owner: UUID
    digest: bytes
    stored: bytes


def header(generation: bytes) -> bytes:
    """Return the first block."""
    digest = sha256(_HEADER_MAGIC + generation).digest()
    return _padded(_HEADER.pack(_HEADER_MAGIC, generation, digest))


def record(generation: bytes, parts: Iterable[Part]) -> bytes:
    """Return a record; its length is a multiple of a block."""
    body = b"".join(
        field
        for part in parts
        for field in (
            _PART.pack(part.owner.bytes, part.digest, len(part.stored)),
            part.stored,
        )
    )
    digest = sha256(generation + body).digest()
    return _padded(_RECORD.pack(_RECORD_MAGIC, generation, len(body), digest) + body)


def whole(content: bytes) -> Iterator[tuple[Part, ...]]:
    """Yield the sets of a journal that are there whole, in order.

    What was cut off when the machine stopped was never acknowledged. It is passed over block by
    block, as damage would be: records after it count. A first block that is not whole was being
    written, at the beginning or when all records were settled.
    """
    generation = generation_of(content)
    if generation is None:
        return
    at = BLOCK
    while at + _RECORD.size <= len(content):
        magic, its, length, digest = _RECORD.unpack_from(content, at)
        begin = at + _RECORD.size
        body = content[begin : begin + length] if (magic, its) == _mine(generation) else b""
        if (magic, its) == _mine(generation) and digest == sha256(generation + body).digest():
            yield tuple(_parts(body))
            at = _next_block(begin + length)
        else:
            at += BLOCK


def generation_of(content: bytes) -> bytes | None:
    """Return the generation that the first block names; None when it is not whole."""
    if len(content) < _HEADER.size:
        return None
    magic, generation, digest = _HEADER.unpack_from(content)
    if magic != _HEADER_MAGIC or digest != sha256(magic + generation).digest():
        return None
    return bytes(generation)


def begins(content: bytes) -> bool:
    """Say of the first two blocks whether there may be sets: the second begins the first one."""
    generation = generation_of(content)
    if generation is None or len(content) < BLOCK + _RECORD.size:
        return False
    magic, its, _, _ = _RECORD.unpack_from(content, BLOCK)
    return (magic, its) == _mine(generation)


def _mine(generation: bytes) -> tuple[bytes, bytes]:
    return _RECORD_MAGIC, generation


def _parts(body: bytes) -> Iterator[Part]:
    at = 0
    while at < len(body):
        owner, digest, length = _PART.unpack_from(body, at)
        at += _PART.size
        yield Part(UUID(bytes=owner), digest, body[at : at + length])
        at += length


def _padded(content: bytes) -> bytes:
    return content + bytes(-len(content) % BLOCK)


def _next_block(at: int) -> int:
    return at + -at % BLOCK
