"""Certification paths and CMS messages, judged by other verifiers too: the same verdicts."""

import datetime
import warnings

import pytest
from asn1crypto import cms as asn1
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.x509.verification import (
    ExtensionPolicy,
    PolicyBuilder,
    Store,
    VerificationError,
)
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import validate_sig_integrity

from formats.signatures import cms
from formats.signatures.report import SubIndication
from formats.signatures.trust import TrustStore, check_path
from tests.formats.signatures.pki import (
    DAY,
    END,
    NOW,
    START,
    Entity,
    ec_key,
    house,
    key_usage,
    root,
    rsa_key,
)
from tests.formats.signatures.test_cms_hostile import HOSTILE, TERMS

TOP, MIDDLE, LEAF = house()
NAMES = x509.NameConstraints([x509.DNSName("example.org")], None)
CONSTRAINED = TOP.issue("Constrained", ca=True, constraints=NAMES)
THIEF = Entity(MIDDLE.certificate, ec_key("thief"), MIDDLE.above)
STRANGE = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00")

CHAINS: dict[str, tuple[Entity, datetime.datetime]] = {
    "good": (LEAF, NOW),
    "good, RSA": (MIDDLE.issue("R", key=rsa_key("Signer")), NOW),
    "on its first day": (LEAF, START),
    "on its last day": (LEAF, END),
    "too early": (LEAF, START - DAY),
    "too late": (LEAF, END + DAY),
    "a CA that ended": (TOP.issue("Ended", ca=True, end=NOW - DAY).issue("Leaf"), NOW),
    "below a signer": (LEAF.issue("Below"), NOW),
    "too deep": (MIDDLE.issue("Deep", ca=True).issue("Leaf"), NOW),
    "forged": (THIEF.issue("Forged"), NOW),
    "another root": (root("Root", ec_key("other root")).issue("Leaf"), NOW),
    "names inside": (CONSTRAINED.issue("In", names=[x509.DNSName("a.example.org")]), NOW),
    "names outside": (CONSTRAINED.issue("Out", names=[x509.DNSName("a.example.net")]), NOW),
    "a CA for lists alone": (
        TOP.issue("Lists", ca=True, usage=key_usage("crl_sign")).issue("Leaf"),
        NOW,
    ),
    "critical and unknown": (
        TOP.issue("Strange", ca=True, extra=[(STRANGE, True)]).issue("Leaf"),
        NOW,
    ),
}
"""Weak keys of signers are not among them: the other verifier looks at the keys of CAs alone."""


def their_opinion(entity: Entity, at: datetime.datetime) -> bool:
    """Ask `cryptography`'s own verifier, with rules for signers instead of web servers."""
    policy = (
        PolicyBuilder()
        .store(Store([TOP.certificate]))
        .time(at)
        .extension_policies(
            ee_policy=ExtensionPolicy.permit_all(), ca_policy=ExtensionPolicy.webpki_defaults_ca()
        )
    )
    above = [one.certificate for one in entity.above]
    try:
        policy.build_client_verifier().verify(entity.certificate, above)
    except VerificationError:
        return False
    return True


@pytest.mark.parametrize("name", CHAINS)
def test_paths_are_judged_alike(name: str) -> None:
    entity, at = CHAINS[name]
    chain = [entity.der, *(one.der for one in entity.above)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of keys that it does not like
        theirs = their_opinion(entity, at)
    _, sub = check_path(chain, TrustStore("x", (TOP.der,)), at)
    assert (sub is None) == theirs


def test_messages_whose_mathematics_fail_here_fail_for_pyhanko() -> None:
    failing = {SubIndication.HASH_FAILURE, SubIndication.SIG_CRYPTO_FAILURE}
    compared = 0
    for name, (made, expected) in HOSTILE.items():
        if expected not in failing:
            continue
        data = made()
        (signature, *_) = cms.check(data, TERMS).signatures
        assert signature.certificate is not None
        assert not pyhanko_agrees(data, signature.certificate), name
        compared += 1
    assert compared >= 10


def pyhanko_agrees(data: bytes, certificate: bytes) -> bool:
    signed = asn1.ContentInfo.load(data)["content"]
    digest = hashes.Hash(hashes.SHA256())
    digest.update(bytes(signed["encap_content_info"]["content"]))
    try:
        verdict = validate_sig_integrity(
            signed["signer_infos"][0],
            asn1_x509.Certificate.load(certificate),
            expected_content_type="data",
            actual_digest=digest.finalize(),
        )
    except (SignatureValidationError, InvalidSignature):
        return False
    return verdict == (True, True)
