"""Whether a signature value is right for a public key: mathematics and nothing else."""

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import dsa, ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)

from formats.signatures.xml.algorithms import (
    HASHES,
    MOST_EXPONENT,
    MOST_RSA,
    Method,
)

PublicKey = rsa.RSAPublicKey | ec.EllipticCurvePublicKey | dsa.DSAPublicKey


def is_right(key: PublicKey, method: Method, value: bytes, signed: bytes) -> bool:
    """Tell whether `value` is the signature of `signed` under a key.

    A key of another kind than the method's is a wrong signature, never an error.
    """
    try:
        _verify(key, method, value, signed)
    except (InvalidSignature, ValueError, UnsupportedAlgorithm):
        return False
    return True


def _verify(key: PublicKey, method: Method, value: bytes, signed: bytes) -> None:
    algorithm = HASHES[method.digest]
    if method.kind in {"rsa", "rsa-pss"} and isinstance(key, rsa.RSAPublicKey):
        numbers = key.public_numbers()
        if key.key_size > MOST_RSA or numbers.e.bit_length() > MOST_EXPONENT:
            raise ValueError("too large a key")
        pss = padding.PSS(padding.MGF1(algorithm), algorithm.digest_size)
        padded = padding.PKCS1v15() if method.kind == "rsa" else pss
        key.verify(value, signed, padded, algorithm)
    elif method.kind == "ecdsa" and isinstance(key, ec.EllipticCurvePublicKey):
        der = to_der(value, (key.curve.key_size + 7) // 8)
        key.verify(der, signed, ec.ECDSA(algorithm))
    elif method.kind == "dsa" and isinstance(key, dsa.DSAPublicKey):
        if key.key_size > MOST_RSA:
            raise ValueError("too large a key")
        order = key.public_numbers().parameter_numbers.q
        key.verify(to_der(value, (order.bit_length() + 7) // 8), signed, algorithm)
    else:
        raise InvalidSignature


def to_der(value: bytes, width: int) -> bytes:
    """Return the two numbers of an (EC)DSA signature in DER (XMLDSig 6.4.3: side by side).

    Raises:
        ValueError: They do not have this width.
    """
    if len(value) != 2 * width:
        raise ValueError("not two numbers of the key's width")
    return encode_dss_signature(int.from_bytes(value[:width]), int.from_bytes(value[width:]))


def side_by_side(der: bytes, width: int) -> bytes:
    """Return the two numbers of an ECDSA signature as XML signatures hold them."""
    first, second = decode_dss_signature(der)
    return first.to_bytes(width) + second.to_bytes(width)
