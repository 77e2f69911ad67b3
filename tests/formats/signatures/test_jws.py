import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from joserfc import jws as joserfc_jws
from joserfc.jwk import ECKey, OKPKey, RSAKey

from formats.signatures import jws, jws_making
from formats.signatures.jws_making import NAMES, encoded
from formats.signatures.report import Indication, SubIndication
from formats.signatures.signer import Algorithm, SignerError
from formats.signatures.trust import Terms, TrustStore
from tests.formats.signatures.pki import (
    NOW,
    Key,
    SoftwareSigner,
    ec_key,
    edwards_key,
    house,
    root,
    rsa_key,
)

TOP, MIDDLE, LEAF = house()
TERMS = Terms(TrustStore("test", (TOP.der,)), NOW)
TRUE, FALSE = b'{"pay":1}', b'{"pay":9}'
SUB = SubIndication
MADE = jws_making.sign(TRUE, LEAF.signer(), kind="order", at=NOW)
FLAT = jws_making.sign(TRUE, LEAF.signer(), kind="order", flattened=True)
CURVED = MIDDLE.issue("Curved", key=ec_key("curved"))

KEYS: dict[Algorithm, Key] = {
    **{name: rsa_key("Signer") for name in NAMES if name.startswith("rsa")},
    Algorithm.ECDSA_SHA256: ec_key("P-256"),
    Algorithm.ECDSA_SHA384: ec_key("P-384", ec.SECP384R1),
    Algorithm.ECDSA_SHA512: ec_key("P-521", ec.SECP521R1),
    Algorithm.ED25519: edwards_key("Ed25519"),
}


@pytest.mark.parametrize("algorithm", NAMES)
@pytest.mark.parametrize("flattened", [False, True])
def test_every_algorithm_signs_and_is_verified(
    algorithm: Algorithm,
    flattened: bool,  # noqa: FBT001
) -> None:
    entity = MIDDLE.issue("Any key", key=KEYS[algorithm])
    made = jws_making.sign(
        TRUE, entity.signer(algorithm), kind="order", at=NOW, flattened=flattened
    )
    (signature,) = jws.check(made, TERMS, kind="order").signatures
    assert signature.indication is Indication.TOTAL_PASSED
    assert [one.content for one in signature.signed] == [TRUE]
    assert (signature.algorithm, signature.claimed_at) == (NAMES[algorithm], NOW)
    assert jws.looks_like(made)
    _joserfc_agrees(made, algorithm, flattened=flattened)


def _joserfc_agrees(made: bytes, algorithm: Algorithm, *, flattened: bool) -> None:
    """Ask joserfc, as a second opinion."""
    private = KEYS[algorithm]
    key: RSAKey | ECKey | OKPKey
    match private:
        case rsa.RSAPrivateKey():
            key = RSAKey.import_key(private.public_key())
        case ec.EllipticCurvePrivateKey():
            key = ECKey.import_key(private.public_key())
        case _:
            key = OKPKey.import_key(private.public_key())
    roomy = joserfc_jws.JWSRegistry(algorithms=[NAMES[algorithm]], strict_check_header=False)
    roomy.max_header_length = 20_000
    if flattened:
        found = joserfc_jws.deserialize_json(json.loads(made), key, registry=roomy).payload
    else:
        found = joserfc_jws.deserialize_compact(made, key, registry=roomy).payload
    assert found == TRUE


def test_what_joserfc_signs_is_verified() -> None:
    chain = [base64.b64encode(der).decode() for der in LEAF.chain]
    made = joserfc_jws.serialize_compact(
        {"alg": "RS256", "x5c": chain}, TRUE, RSAKey.import_key(rsa_key("Signer"))
    )
    assert jws.check(made.encode(), TERMS).indication is Indication.TOTAL_PASSED


def test_the_old_name_of_ed25519_is_known() -> None:
    entity = MIDDLE.issue("Edwards", key=edwards_key("Ed25519"))
    made = jws_making.sign(TRUE, entity.signer(), header={"alg": "EdDSA"})
    assert jws.check(made, TERMS).indication is Indication.TOTAL_PASSED


def test_the_payload_may_travel_beside() -> None:
    head, _, last = MADE.split(b".")
    bare = head + b".." + last
    assert jws.check(bare, TERMS, detached=TRUE).indication is Indication.TOTAL_PASSED
    assert jws.check(bare, TERMS, detached=FALSE).signatures[0].sub_indication is (
        SUB.SIG_CRYPTO_FAILURE
    )
    assert (
        jws.check(MADE, TERMS, detached=FALSE).signatures[0].sub_indication is SUB.FORMAT_FAILURE
    )
    assert jws.check(bare, TERMS).indication is Indication.TOTAL_FAILED


def test_a_bare_key_signs_and_is_not_believed_here() -> None:
    made = jws_making.sign(TRUE, SoftwareSigner(ec_key("bare"), ()))
    (signature,) = jws.check(made, TERMS).signatures
    assert signature.sub_indication is SUB.NO_SIGNING_CERTIFICATE_FOUND
    with pytest.raises(SignerError):
        jws_making.sign(TRUE, LEAF.signer(), algorithm=Algorithm.RSA_SHA1)


def header(change: Callable[[dict[str, Any]], None], *, again: bool = True) -> bytes:
    """Change the header, and sign again with the right key unless told otherwise."""
    first, payload, last = MADE.decode().split(".")
    members = json.loads(base64.urlsafe_b64decode(first + "=="))
    change(members)
    protected = encoded(json.dumps(members).encode())
    if again:
        last = encoded(LEAF.signer().sign(f"{protected}.{payload}".encode()))
    return f"{protected}.{payload}.{last}".encode()


def put(**members: Any) -> Callable[[dict[str, Any]], None]:  # noqa: ANN401
    return lambda found: found.update(members)


def without_chain(**members: Any) -> Callable[[dict[str, Any]], None]:  # noqa: ANN401
    def change(found: dict[str, Any]) -> None:
        found.update(members)
        del found["x5c"]

    return change


def replaced(part: int, text: str) -> bytes:
    parts = MADE.decode().split(".")
    parts[part] = text
    return ".".join(parts).encode()


def flat(**members: Any) -> bytes:  # noqa: ANN401
    return json.dumps({**json.loads(FLAT), **members}).encode()


def hmac_with_the_public_key() -> bytes:
    public = LEAF.certificate.public_bytes(Encoding.PEM)
    first, payload, _ = header(put(alg="HS256"), again=False).decode().split(".")
    mac = hmac.new(public, f"{first}.{payload}".encode(), hashlib.sha256).digest()
    return f"{first}.{payload}.{encoded(mac)}".encode()


def twice() -> bytes:
    text = FLAT.decode()
    return (text[:-1] + ',"payload":"' + encoded(FALSE) + '"}').encode()


def header_twice() -> bytes:
    first, payload, _ = MADE.decode().split(".")
    text = base64.urlsafe_b64decode(first + "==").decode()
    protected = encoded((text[:-1] + ',"alg":"none"}').encode())
    last = encoded(LEAF.signer().sign(f"{protected}.{payload}".encode()))
    return f"{protected}.{payload}.{last}".encode()


def other_curve() -> bytes:
    """ES256 with a key on another curve of the same size."""
    entity = MIDDLE.issue("Brainpool", key=ec_key("brainpool", ec.BrainpoolP256R1))
    return jws_making.sign(TRUE, entity.signer(Algorithm.ECDSA_SHA256))


def der_signature() -> bytes:
    first, payload, _ = jws_making.sign(TRUE, CURVED.signer()).decode().split(".")
    last = encoded(CURVED.signer().sign(f"{first}.{payload}".encode()))
    return f"{first}.{payload}.{last}".encode()


def nulls() -> bytes:
    first, payload, _ = jws_making.sign(TRUE, CURVED.signer()).decode().split(".")
    return f"{first}.{payload}.{encoded(bytes(64))}".encode()


def stranger() -> bytes:
    return jws_making.sign(TRUE, root("S", ec_key("s")).issue("Stranger").signer())


THEFT: Mapping[str, Any] = {"x5c": [base64.b64encode(CURVED.der).decode()]}

HOSTILE: dict[str, tuple[Callable[[], bytes], SubIndication]] = {
    "alg none": (lambda: header(put(alg="none"), again=False), SUB.CRYPTO_CONSTRAINTS_FAILURE),
    "alg none without signature": (
        lambda: header(put(alg="none"), again=False).rpartition(b".")[0] + b".",
        SUB.CRYPTO_CONSTRAINTS_FAILURE,
    ),
    "alg None": (lambda: header(put(alg="None")), SUB.CRYPTO_CONSTRAINTS_FAILURE),
    "alg missing": (
        lambda: header(lambda found: found.pop("alg")),
        SUB.CRYPTO_CONSTRAINTS_FAILURE,
    ),
    "alg a list": (lambda: header(put(alg=["RS256"])), SUB.CRYPTO_CONSTRAINTS_FAILURE),
    "HS256 with the public key": (hmac_with_the_public_key, SUB.CRYPTO_CONSTRAINTS_FAILURE),
    "RS1": (lambda: header(put(alg="RS1")), SUB.CRYPTO_CONSTRAINTS_FAILURE),
    "ES256K": (lambda: header(put(alg="ES256K")), SUB.CRYPTO_CONSTRAINTS_FAILURE),
    "RS256 said to be PS256": (lambda: header(put(alg="PS256")), SUB.SIG_CRYPTO_FAILURE),
    "RS256 said to be ES256": (lambda: header(put(alg="ES256")), SUB.SIG_CRYPTO_FAILURE),
    "crit": (lambda: header(put(crit=["x"], x=1)), SUB.FORMAT_FAILURE),
    "b64 false": (lambda: header(put(b64=False, crit=["b64"])), SUB.FORMAT_FAILURE),
    "b64 false without crit": (lambda: header(put(b64=False)), SUB.FORMAT_FAILURE),
    "jwk": (lambda: header(put(jwk={"kty": "EC"})), SUB.FORMAT_FAILURE),
    "zip": (lambda: header(put(zip="DEF")), SUB.FORMAT_FAILURE),
    "no x5c, but jku": (
        lambda: header(without_chain(jku="http://127.0.0.1/")),
        SUB.NO_SIGNING_CERTIFICATE_FOUND,
    ),
    "no x5c, but x5u and kid": (
        lambda: header(without_chain(x5u="file:///etc/passwd", kid="1")),
        SUB.NO_SIGNING_CERTIFICATE_FOUND,
    ),
    "x5c empty": (lambda: header(put(x5c=[])), SUB.NO_SIGNING_CERTIFICATE_FOUND),
    "x5c a text": (lambda: header(put(x5c="MII")), SUB.FORMAT_FAILURE),
    "x5c not base64": (lambda: header(put(x5c=["*"])), SUB.FORMAT_FAILURE),
    "x5c rubbish": (lambda: header(put(x5c=["AAAA"])), SUB.NO_SIGNING_CERTIFICATE_FOUND),
    "x5c of somebody else": (lambda: header(put(**THEFT)), SUB.SIG_CRYPTO_FAILURE),
    "x5c without those between": (
        lambda: header(put(x5c=[base64.b64encode(LEAF.der).decode()])),
        SUB.NO_CERTIFICATE_CHAIN_FOUND,
    ),
    "a hundred certificates": (lambda: header(put(x5c=["AAAA"] * 100)), SUB.FORMAT_FAILURE),
    "x5t#S256 of another": (
        lambda: header(put(**{"x5t#S256": encoded(b"\0" * 32)})),
        SUB.NO_SIGNING_CERTIFICATE_FOUND,
    ),
    "another kind": (lambda: header(put(typ="receipt")), SUB.FORMAT_FAILURE),
    "payload replaced": (lambda: replaced(1, encoded(FALSE)), SUB.SIG_CRYPTO_FAILURE),
    "payload emptied": (lambda: replaced(1, ""), SUB.SIG_CRYPTO_FAILURE),
    "header changed": (
        lambda: header(put(iat=1), again=False),
        SUB.SIG_CRYPTO_FAILURE,
    ),
    "signature emptied": (lambda: replaced(2, ""), SUB.SIG_CRYPTO_FAILURE),
    "signature of nulls": (nulls, SUB.SIG_CRYPTO_FAILURE),
    "signature in DER": (der_signature, SUB.SIG_CRYPTO_FAILURE),
    "another curve": (other_curve, SUB.SIG_CRYPTO_FAILURE),
    "a stranger": (stranger, SUB.NO_CERTIFICATE_CHAIN_FOUND),
    "padding": (lambda: MADE + b"=", SUB.FORMAT_FAILURE),
    "bits left over": (lambda: MADE[:-1] + bytes([MADE[-1] + 1]), SUB.FORMAT_FAILURE),
    "plain base64": (lambda: replaced(1, "ab+/"), SUB.FORMAT_FAILURE),
    "four parts": (lambda: MADE + b".AA", SUB.FORMAT_FAILURE),
    "two parts": (lambda: MADE.rpartition(b".")[0], SUB.FORMAT_FAILURE),
    "not ASCII": (lambda: MADE + b"\xff", SUB.FORMAT_FAILURE),
    "a member twice": (twice, SUB.FORMAT_FAILURE),
    "a header member twice": (header_twice, SUB.FORMAT_FAILURE),
    "unprotected header": (lambda: flat(header={"alg": "none"}), SUB.FORMAT_FAILURE),
    "general form": (
        lambda: json.dumps({"payload": encoded(TRUE), "signatures": [json.loads(FLAT)]}).encode(),
        SUB.FORMAT_FAILURE,
    ),
    "members of other types": (lambda: flat(payload=1), SUB.FORMAT_FAILURE),
    "header not an object": (lambda: replaced(0, encoded(b"[]")), SUB.FORMAT_FAILURE),
    "header not JSON": (lambda: replaced(0, encoded(b"{")), SUB.FORMAT_FAILURE),
    "a huge header": (lambda: header(put(x="y" * 300_000)), SUB.FORMAT_FAILURE),
    "a deep header": (lambda: replaced(0, encoded(b"[" * 90_000)), SUB.FORMAT_FAILURE),
    "empty": (lambda: b"", SUB.FORMAT_FAILURE),
}

KINDS = dict.fromkeys(("a stranger", "another curve", "signature in DER", "signature of nulls"))
"""Those that do not say what they are, so that nothing but their own fault is found."""


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_messages_never_pass(name: str) -> None:
    made, expected = HOSTILE[name]
    data = made()
    begun = time.process_time()
    (signature,) = jws.check(data, TERMS, kind=KINDS.get(name, "order")).signatures
    assert time.process_time() - begun < 1
    assert signature.sub_indication is expected
    assert signature.indication is not Indication.TOTAL_PASSED
    assert all(signed.content == TRUE for signed in signature.signed)


def test_the_hostile_set_is_large_enough() -> None:
    assert len(HOSTILE) >= 48
