"""Decrypting what stands in a PKCS #12 file, by the algorithms that are in use."""

from collections.abc import Callable

from asn1crypto import algos
from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from gateway.signing.pkcs12 import rc2, stretching
from gateway.signing.pkcs12.stretching import IV, KEY, Budget, Password
from gateway.signing.problems import KeyRefusedProblem

_DES_BLOCK, _AES_BLOCK = 8, 16
_AES = frozenset({"aes128_cbc", "aes192_cbc", "aes256_cbc"})


class WrongPaddingError(ValueError):
    """What came out is no text: the password, or the file, is another."""


def decrypt(
    algorithm: algos.EncryptionAlgorithm, content: bytes, password: Password, budget: Budget
) -> bytes:
    """Return what was encrypted.

    Raises:
        KeyRefusedProblem: The algorithm is not one we know, or costs too much.
        WrongPaddingError: The password is another, or the content was changed.
    """
    name = str(algorithm["algorithm"].native)
    if name == "pbes2":
        return _by_pbes2(algorithm, content, password, budget)
    if name not in _OF_PKCS12:
        raise _unknown(name)
    parameters = algorithm["parameters"]
    salt, iterations = bytes(parameters["salt"].native), int(parameters["iterations"].native)
    size, opened = _OF_PKCS12[name]

    def made(purpose: int, length: int) -> bytes:
        return stretching.of_pkcs12(
            password.wide, salt, iterations, purpose, length, "sha1", budget
        )

    _check_blocks(content, _DES_BLOCK)
    return _unpadded(opened(made(KEY, size), made(IV, _DES_BLOCK), content), _DES_BLOCK)


def _by_pbes2(
    algorithm: algos.EncryptionAlgorithm, content: bytes, password: Password, budget: Budget
) -> bytes:
    scheme = str(algorithm["parameters"]["encryption_scheme"]["algorithm"].native)
    if algorithm.kdf != "pbkdf2":
        raise _unknown(f"{scheme} with {algorithm.kdf}")
    if algorithm.kdf_hmac not in stretching.DIGESTS:
        raise _unknown(f"PBKDF2 with {algorithm.kdf_hmac}")
    if scheme not in _AES and scheme != "tripledes_3key":
        raise _unknown(scheme)
    key = stretching.of_pbkdf2(
        password.narrow,
        bytes(algorithm.kdf_salt),
        int(algorithm.kdf_iterations),
        int(algorithm.key_length),
        str(algorithm.kdf_hmac),
        budget,
    )
    iv = bytes(algorithm.encryption_iv)
    if scheme == "tripledes_3key":
        _check_blocks(content, _DES_BLOCK)
        return _unpadded(_triple_des(key, iv, content), _DES_BLOCK)
    _check_blocks(content, _AES_BLOCK)
    decryptor = Cipher(AES(key), CBC(iv)).decryptor()
    return _unpadded(decryptor.update(content) + decryptor.finalize(), _AES_BLOCK)


def _triple_des(key: bytes, iv: bytes, content: bytes) -> bytes:
    decryptor = Cipher(TripleDES(key + key[: 24 - len(key)]), CBC(iv)).decryptor()
    return decryptor.update(content) + decryptor.finalize()


def _rc2(bits: int) -> Callable[[bytes, bytes, bytes], bytes]:
    return lambda key, iv, content: rc2.decrypt(key, bits, iv, content)


_OF_PKCS12: dict[str, tuple[int, Callable[[bytes, bytes, bytes], bytes]]] = {
    "pkcs12_sha1_tripledes_3key": (24, _triple_des),
    "pkcs12_sha1_tripledes_2key": (16, _triple_des),
    "pkcs12_sha1_rc2_128": (16, _rc2(128)),
    "pkcs12_sha1_rc2_40": (5, _rc2(40)),
}
"""Algorithm -> bytes of its key, and how it decrypts (RFC 7292, appendix C)."""


def _check_blocks(content: bytes, size: int) -> None:
    if not content or len(content) % size:
        raise WrongPaddingError("not whole blocks")


def _unpadded(content: bytes, size: int) -> bytes:
    count = content[-1]
    if not 1 <= count <= size or content[-count:] != bytes([count]) * count:
        raise WrongPaddingError("no padding of PKCS #7")
    return content[:-count]


def _unknown(name: str) -> KeyRefusedProblem:
    return KeyRefusedProblem(
        "unsupported",
        f"The file is encrypted by {name}, which we do not read. Export it again, with AES-256 and"
        " PBKDF2, or with 3DES for old programs.",
    )
