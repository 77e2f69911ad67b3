"""Ed25519 signatures (RFC 8032), checked also where nothing but Python is installed.

Where `cryptography` is there, it decides, being quicker. Otherwise the arithmetic of the RFC is
done here, slowly and in the open: no secret passes, so its time tells nothing.
"""

from hashlib import sha512

_Point = tuple[int, int, int, int]
"""Extended coordinates X, Y, Z, T: x = X/Z, y = Y/Z, xy = T/Z (RFC 8032, 5.1.4)."""

_PRIME = 2**255 - 19
_ORDER = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, _PRIME) % _PRIME
_ROOT_OF_MINUS_ONE = pow(2, (_PRIME - 1) // 4, _PRIME)
_NEUTRAL: _Point = (0, 1, 1, 0)
_HALF = 32  # bytes of a signature's two halves, and of a key
_SIGN = 1 << 255


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether a signature over a message was made with a key."""
    try:
        from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - where it is installed
        from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415 - the same
            Ed25519PublicKey,
        )
    except ImportError:
        return is_signed_by_hand(public, message, signature)
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def is_signed_by_hand(public: bytes, message: bytes, signature: bytes) -> bool:
    """Do the same with the standard library alone (RFC 8032, 5.1.7, without the cofactor)."""
    key = _decoded(public)
    if key is None or len(signature) != 2 * _HALF:
        return False
    commitment, scalar = signature[:_HALF], int.from_bytes(signature[_HALF:], "little")
    if scalar >= _ORDER:
        return False
    challenge = int.from_bytes(sha512(commitment + public + message).digest(), "little") % _ORDER
    x, y, z, t = key
    minus_key = (-x % _PRIME, y, z, -t % _PRIME)
    expected = _sum(_times(scalar, _BASE), _times(challenge, minus_key))
    return _encoded(expected) == commitment


def _sum(one: _Point, other: _Point) -> _Point:
    a = (one[1] - one[0]) * (other[1] - other[0]) % _PRIME
    b = (one[1] + one[0]) * (other[1] + other[0]) % _PRIME
    c = 2 * one[3] * other[3] * _D % _PRIME
    d = 2 * one[2] * other[2] % _PRIME
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % _PRIME, g * h % _PRIME, f * g % _PRIME, e * h % _PRIME


def _times(factor: int, point: _Point) -> _Point:
    total = _NEUTRAL
    while factor:
        if factor & 1:
            total = _sum(total, point)
        point = _sum(point, point)
        factor >>= 1
    return total


def _encoded(point: _Point) -> bytes:
    x, y, z, _ = point
    inverse = pow(z, -1, _PRIME)
    sign = _SIGN if x * inverse % _PRIME & 1 else 0
    return (y * inverse % _PRIME | sign).to_bytes(_HALF, "little")


def _decoded(encoded: bytes) -> _Point | None:
    """Return the point of 32 bytes (RFC 8032, 5.1.3); None: they are of none."""
    number = int.from_bytes(encoded, "little")
    y, odd = number & ~_SIGN, bool(number & _SIGN)
    if len(encoded) != _HALF or y >= _PRIME:
        return None
    square = (y * y - 1) * pow(_D * y * y + 1, -1, _PRIME) % _PRIME
    x = pow(square, (_PRIME + 3) // 8, _PRIME)
    if x * x % _PRIME != square:
        x = x * _ROOT_OF_MINUS_ONE % _PRIME
    if x * x % _PRIME != square or (x == 0 and odd):
        return None
    if bool(x & 1) != odd:
        x = _PRIME - x
    return x, y, 1, x * y % _PRIME


def _base() -> _Point:
    point = _decoded((4 * pow(5, -1, _PRIME) % _PRIME).to_bytes(_HALF, "little"))
    if point is None:
        raise AssertionError("the base point of RFC 8032 is on its curve")
    return point


_BASE = _base()
