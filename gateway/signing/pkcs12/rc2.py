"""RC2 in CBC mode (RFC 2268), only to decrypt: certificates in PKCS #12 files are often so hidden.

With its 40 bits it protects nothing, and nothing secret is read with it that was not sent to us
with its password.
"""

import struct

BLOCK = 8

_MASK = 0xFFFF
_MIX_TWICE = (5, 11)  # after which rounds, from the end, words are mashed
_SHIFTS = (1, 2, 3, 5)

# RFC 2268, section 2: a permutation that follows from the digits of pi.
_PI_TABLE = bytes.fromhex(
    "d978f9c419ddb5ed28e9fd794aa0d89dc67e37832b76538e624c6488448bfba2"
    "179a59f587b34f1361456d8d09817d32bd8f40eb86b77b0bf09521225c6b4e82"
    "54d66593ce60b21c7356c014a78cf1dc1275ca1f3bbee4d1423dd430a33cb626"
    "6fbf0eda4669075727f21d9bbc944303f811c7f690ef3ee706c3d52fc8661ed7"
    "08e8eade8052eef784aa72ac354d6a2a961ad2715a1549744b9fd05e0418a4ec"
    "c2e0416e0f51cbcc2491af50a1f47039997c3a8523b8b47afc02365b25559731"
    "2d5dfa98e38a92ae05df2910676cbac9d300e6cfe19ea82c6316013f58e289a9"
    "0d38341bab33ffb0bb480c5fb9b1cd2ec5f3db47e5a59c770aa62068fe7fc1ad"
)


def decrypt(key: bytes, bits: int, iv: bytes, content: bytes) -> bytes:
    """Return what was encrypted, with its padding.

    Args:
        key: 1 to 128 bytes.
        bits: How many of them count.
        iv: 8 bytes.
        content: Whole blocks.
    """
    words = _expanded(key, bits)
    plain = bytearray()
    before = iv
    for begin in range(0, len(content), BLOCK):
        block = content[begin : begin + BLOCK]
        opened = _block(words, block)
        plain += bytes(one ^ other for one, other in zip(opened, before, strict=True))
        before = block
    return bytes(plain)


def _expanded(key: bytes, bits: int) -> tuple[int, ...]:
    size = (bits + 7) // 8
    mask = 0xFF >> (8 * size - bits)
    table = bytearray(key) + bytearray(128 - len(key))
    for place in range(len(key), 128):
        table[place] = _PI_TABLE[(table[place - 1] + table[place - len(key)]) & 0xFF]
    table[128 - size] = _PI_TABLE[table[128 - size] & mask]
    for place in range(127 - size, -1, -1):
        table[place] = _PI_TABLE[table[place + 1] ^ table[place + size]]
    return struct.unpack("<64H", table)


def _block(words: tuple[int, ...], block: bytes) -> bytes:
    r = list(struct.unpack("<4H", block))
    place = 63
    for number in range(16):
        for i in (3, 2, 1, 0):
            shift = _SHIFTS[i]
            r[i] = ((r[i] >> shift) | (r[i] << (16 - shift))) & _MASK
            mixed = (r[i - 1] & r[i - 2]) + (~r[i - 1] & r[i - 3])
            r[i] = (r[i] - words[place] - mixed) & _MASK
            place -= 1
        if number + 1 in _MIX_TWICE:
            for i in (3, 2, 1, 0):
                r[i] = (r[i] - words[r[i - 1] & 63]) & _MASK
    return struct.pack("<4H", *r)
