"""A PKCS #12 file and its password -> the one key in it, and the certificates."""

import hmac
from collections.abc import Iterator

from asn1crypto import cms, keys
from asn1crypto import pkcs12 as asn1
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import load_der_private_key

from gateway.signing import kinds
from gateway.signing.kinds import MOST_RSA_BITS, PrivateKey, WeakKeyError
from gateway.signing.making import Brought
from gateway.signing.pkcs12 import opening, stretching
from gateway.signing.pkcs12.opening import WrongPaddingError
from gateway.signing.pkcs12.stretching import MAC, Budget, Password
from gateway.signing.problems import KeyRefusedProblem

MOST_BYTES = 128 * 1024

_MOST_PARTS = 16
_MOST_BAGS = 40
_VERSION = 3


def read(content: bytes, password: str) -> Brought:
    """Return the key of a file, and its certificates.

    Raises:
        KeyRefusedProblem: Whatever is wrong with it; see there.
    """
    if len(content) > MOST_BYTES:
        raise KeyRefusedProblem("too_large", f"A PKCS #12 file has at most {MOST_BYTES} bytes.")
    try:
        return _read(content, Password(password))
    except WrongPaddingError:
        raise _wrong_password() from None
    except KeyRefusedProblem:
        raise
    except Exception:  # noqa: BLE001 - asn1crypto raises whatever its parts raise
        raise _unreadable() from None


def _read(content: bytes, password: Password) -> Brought:
    file = asn1.Pfx.load(content, strict=True)
    if file["version"].native != f"v{_VERSION}":
        raise _unreadable()
    if file["auth_safe"]["content_type"].native != "data":
        raise KeyRefusedProblem(
            "unsupported", "The file is protected by a public key and not by a password."
        )
    safe = bytes(file["auth_safe"]["content"].native)
    budget = Budget()
    password = _checked(file["mac_data"], safe, password, budget)
    found_keys: list[PrivateKey] = []
    certificates: list[x509.Certificate] = []
    for bag in _bags(safe, password, budget):
        name = str(bag["bag_id"].native)
        if name == "cert_bag":
            certificates += _certificate(bag["bag_value"])
        elif name == "key_bag":
            found_keys.append(_key(bag["bag_value"].untag().dump()))
        elif name == "pkcs8_shrouded_key_bag":
            hidden = bag["bag_value"]
            algorithm, sealed = hidden["encryption_algorithm"], hidden["encrypted_data"].native
            found_keys.append(_key(opening.decrypt(algorithm, sealed, password, budget)))
        elif name == "safe_contents":
            raise KeyRefusedProblem("unsupported", "The file holds contents within contents.")
    return Brought(_only(found_keys), tuple(certificates))


def _checked(
    protection: asn1.MacData, safe: bytes, password: Password, budget: Budget
) -> Password:
    """Check the password, and that the file is whole; an empty one has two spellings.

    Raises:
        KeyRefusedProblem: It is wrong, or nothing protects the file.
    """
    if not isinstance(protection, asn1.MacData):
        raise KeyRefusedProblem(
            "not_protected", "Nothing in the file shows that it is whole (it has no MAC)."
        )
    digest = str(protection["mac"]["digest_algorithm"]["algorithm"].native)
    if digest not in stretching.DIGESTS:
        raise KeyRefusedProblem(
            "unsupported", f"The file is protected by {digest}, which we do not read."
        )
    salt, given = protection["mac_salt"].native, bytes(protection["mac"]["digest"].native)
    iterations = int(protection["iterations"].native)
    size = len(stretching.mac(b"", b"", digest))
    spellings = [password.wide] if password.text else [password.wide, b""]
    for spelled in spellings:
        key = stretching.of_pkcs12(spelled, salt, iterations, MAC, size, digest, budget)
        if hmac.compare_digest(stretching.mac(key, safe, digest), given):
            return Password(password.text, nothing=spelled == b"")
    raise _wrong_password()


def _bags(safe: bytes, password: Password, budget: Budget) -> Iterator[asn1.SafeBag]:
    parts = asn1.AuthenticatedSafe.load(safe, strict=True)
    if len(parts) > _MOST_PARTS:
        raise KeyRefusedProblem("too_large", f"The file has more than {_MOST_PARTS} parts.")
    count = 0
    for part in parts:
        for bag in asn1.SafeContents.load(_content(part, password, budget)):
            count += 1
            if count > _MOST_BAGS:
                raise KeyRefusedProblem(
                    "too_large", f"The file holds more than {_MOST_BAGS} keys and certificates."
                )
            yield bag


def _content(part: cms.ContentInfo, password: Password, budget: Budget) -> bytes:
    kind = str(part["content_type"].native)
    if kind == "data":
        return bytes(part["content"].native)
    if kind == "encrypted_data":
        sealed = part["content"]["encrypted_content_info"]
        algorithm = sealed["content_encryption_algorithm"]
        return opening.decrypt(algorithm, sealed["encrypted_content"].native, password, budget)
    raise KeyRefusedProblem("unsupported", f"The file has a part of the kind {kind}.")


def _certificate(bag: asn1.CertBag) -> list[x509.Certificate]:
    if bag["cert_id"].native != "x509":
        return []
    return [x509.load_der_x509_certificate(bytes(bag["cert_value"]))]


def _key(content: bytes) -> PrivateKey:
    """Read one private key (PKCS #8).

    Raises:
        KeyRefusedProblem: We do not sign with it.
    """
    info = keys.PrivateKeyInfo.load(content, strict=True)
    if info.algorithm == "rsa" and info.bit_size > MOST_RSA_BITS:  # checking it would take long
        raise KeyRefusedProblem(
            "weak_key",
            f"An RSA key of {info.bit_size} bits is not taken: {MOST_RSA_BITS} at most.",
        )
    try:
        return kinds.signing_key(load_der_private_key(content, None))
    except WeakKeyError as error:
        raise KeyRefusedProblem("weak_key", f"The key is not taken: {error}.") from None
    except UnsupportedAlgorithm:
        raise KeyRefusedProblem("unsupported", "The file holds a key of unknown kind.") from None


def _only(found: list[PrivateKey]) -> PrivateKey:
    if not found:
        raise KeyRefusedProblem(
            "no_key", "The file holds no private key. Export the certificate with its key."
        )
    if len(found) > 1:
        raise KeyRefusedProblem(
            "several_keys", f"The file holds {len(found)} keys. Export each into its own file."
        )
    return found[0]


def _wrong_password() -> KeyRefusedProblem:
    return KeyRefusedProblem("wrong_password", "The password is wrong.", "/password")


def _unreadable() -> KeyRefusedProblem:
    return KeyRefusedProblem("unreadable", "This is no PKCS #12 file (.p12, .pfx).", "/pkcs12")
