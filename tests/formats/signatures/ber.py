"""DER written as BER: indefinite lengths everywhere, strings in pieces."""


def read(der: bytes, place: int = 0) -> tuple[int, bytes, int]:
    """Return a tag, its content, and where the next one begins."""
    tag, first = der[place], der[place + 1]
    if first < 0x80:
        start, length = place + 2, first
    else:
        start = place + 2 + (first & 0x7F)
        length = int.from_bytes(der[place + 2 : start])
    return tag, der[start : start + length], start + length


def members(content: bytes) -> list[bytes]:
    """Return the encodings that stand one after another."""
    found, place = [], 0
    while place < len(content):
        end = read(content, place)[2]
        found.append(content[place:end])
        place = end
    return found


def indefinite(der: bytes, *, depth: int) -> bytes:
    """Return the same value with indefinite lengths, down to a depth."""
    tag, content, _ = read(der)
    if not tag & 0x20 or depth == 0:
        return der
    inner = b"".join(indefinite(one, depth=depth - 1) for one in members(content))
    return bytes([tag, 0x80]) + inner + b"\0\0"


def in_pieces(der: bytes, size: int) -> bytes:
    """Return an OCTET STRING as a constructed one of several pieces."""
    tag, content, _ = read(der)
    assert tag == 0x04
    pieces = [content[at : at + size] for at in range(0, len(content), size)]
    inner = b"".join(bytes([0x04]) + length(len(one)) + one for one in pieces)
    return b"\x24\x80" + inner + b"\0\0"


def length(size: int) -> bytes:
    """Return a definite length."""
    if size < 0x80:
        return bytes([size])
    digits = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes([0x80 | len(digits)]) + digits


def wrapped(tag: int, content: bytes) -> bytes:
    """Return a tag around some content."""
    return bytes([tag]) + length(len(content)) + content


def streamed(der: bytes, size: int = 3) -> bytes:
    """Return signed data as software that streams writes it: indefinite, content in pieces."""
    oid, explicit = members(read(der)[1])
    parts = members(read(members(read(explicit)[1])[0])[1])
    kind, holder = members(read(parts[2])[1])
    string = in_pieces(members(read(holder)[1])[0], size)
    parts[2] = b"\x30\x80" + kind + b"\xa0\x80" + string + b"\0\0" + b"\0\0"
    inner = b"\x30\x80" + b"".join(parts) + b"\0\0"
    return b"\x30\x80" + oid + b"\xa0\x80" + inner + b"\0\0" + b"\0\0"
