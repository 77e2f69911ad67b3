import dataclasses

import pytest
from asn1crypto import cms as asn1
from asn1crypto import pem, x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from pyhanko.sign.validation.generic_cms import validate_sig_integrity

from formats.signatures import cms, cms_making
from formats.signatures.cms_reading import UnreadableCmsError
from formats.signatures.report import Indication, Outcome, SubIndication
from formats.signatures.signer import Algorithm, SignerError
from formats.signatures.trust import Revocations, Terms, TrustStore
from tests.formats.signatures import ber, tsa
from tests.formats.signatures.pki import (
    DAY,
    END,
    NOW,
    Key,
    SoftwareSigner,
    ec_key,
    edwards_key,
    house,
    rsa_key,
)

TOP, MIDDLE, LEAF = house()
STORE = TrustStore("test", (TOP.der,))
TERMS = Terms(STORE, NOW)
CONTENT = b"<FatturaElettronica/>" * 9
PASSED = Indication.TOTAL_PASSED

KEYS: dict[Algorithm, Key] = {
    Algorithm.RSA_SHA256: rsa_key("Signer"),
    Algorithm.RSA_SHA384: rsa_key("Signer"),
    Algorithm.RSA_SHA512: rsa_key("Signer"),
    Algorithm.RSA_PSS_SHA256: rsa_key("Signer"),
    Algorithm.RSA_PSS_SHA384: rsa_key("Signer"),
    Algorithm.RSA_PSS_SHA512: rsa_key("Signer"),
    Algorithm.ECDSA_SHA256: ec_key("P-256"),
    Algorithm.ECDSA_SHA384: ec_key("P-384", ec.SECP384R1),
    Algorithm.ECDSA_SHA512: ec_key("P-521", ec.SECP521R1),
    Algorithm.ED25519: edwards_key("Ed25519"),
}


@pytest.mark.parametrize("algorithm", KEYS)
@pytest.mark.parametrize("detached", [False, True])
def test_every_algorithm_signs_and_is_verified(
    algorithm: Algorithm,
    detached: bool,  # noqa: FBT001
) -> None:
    entity = MIDDLE.issue("Any key", key=KEYS[algorithm])
    made = cms_making.sign(CONTENT, entity.signer(algorithm), at=NOW, detached=detached)
    report = cms.check(made, TERMS, detached=CONTENT if detached else None)
    (signature,) = report.signatures
    assert signature.indication is PASSED
    assert signature.format == "CAdES-B"
    assert [one.content for one in signature.signed] == [CONTENT]
    assert signature.claimed_at == NOW
    assert signature.proven_at is None
    assert signature.certificate == entity.der
    assert signature.subject == "CN=Any key,O=Test,C=SI"
    assert (CONTENT in made) is not detached


def test_pyhanko_verifies_what_we_sign() -> None:
    for algorithm, key in KEYS.items():
        entity = MIDDLE.issue("Any key", key=key)
        made = cms_making.sign(CONTENT, entity.signer(algorithm), at=NOW)
        signed = asn1.ContentInfo.load(made)["content"]
        name = signed["signer_infos"][0]["digest_algorithm"]["algorithm"].native
        known = {"sha256": hashes.SHA256(), "sha384": hashes.SHA384(), "sha512": hashes.SHA512()}
        digest = hashes.Hash(known[name])
        digest.update(CONTENT)
        intact, valid = validate_sig_integrity(
            signed["signer_infos"][0],
            x509.Certificate.load(entity.der),
            expected_content_type="data",
            actual_digest=digest.finalize(),
        )
        assert (intact, valid) == (True, True), algorithm


@pytest.mark.parametrize("options", [[], [pkcs7.PKCS7Options.DetachedSignature]])
@pytest.mark.parametrize("encoding", [Encoding.DER, Encoding.PEM])
def test_what_others_sign_is_verified(
    options: list[pkcs7.PKCS7Options], encoding: Encoding
) -> None:
    made = (
        pkcs7.PKCS7SignatureBuilder()
        .set_data(CONTENT)
        .add_signer(LEAF.certificate, rsa_key("Signer"), hashes.SHA256())
        .add_certificate(MIDDLE.certificate)
        .sign(encoding, [*options, pkcs7.PKCS7Options.Binary])
    )
    (signature,) = cms.check(made, TERMS, detached=CONTENT if options else None).signatures
    assert signature.indication is PASSED
    assert signature.format == "CMS"  # it does not say which certificate it is by
    bound = [check for check in signature.checks if check.id == "signing-certificate"]
    assert [check.outcome for check in bound] == [Outcome.NOT_JUDGED]


def test_base64_pem_and_ber_say_the_same() -> None:
    made = cms_making.sign(CONTENT, LEAF.signer(), at=NOW)
    armoured = pem.armor("PKCS7", made)
    bare = b"".join(armoured.splitlines()[1:-1])
    wrapped = b"\r\n".join(bare[at : at + 76] for at in range(0, len(bare), 76)) + b"\r\n"
    for text in (made, armoured, bare, wrapped, ber.streamed(made), ber.streamed(made, 200)):
        (signature,) = cms.check(text, TERMS).signatures
        assert signature.indication is PASSED
        assert signature.signed[0].content == CONTENT


def test_attributes_sent_in_another_order_than_they_were_signed_in_are_put_in_order() -> None:
    made = cms_making.sign(CONTENT, LEAF.signer(), at=NOW)
    signer = asn1.ContentInfo.load(made)["content"]["signer_infos"][0]
    ordered = ber.read(signer["signed_attrs"].dump())[1]
    turned = b"".join(reversed(ber.members(ordered)))
    assert turned != ordered
    (signature,) = cms.check(made.replace(ordered, turned), TERMS).signatures
    assert signature.indication is PASSED
    assert signature.claimed_at == NOW


def test_a_time_stamp_makes_it_t_and_carries_it_past_the_end_of_the_certificate() -> None:
    short = MIDDLE.issue("Short", end=NOW + DAY)
    made = cms_making.sign(CONTENT, short.signer(), at=NOW, stamp=tsa.token)
    later = Terms(STORE, NOW + 90 * DAY)
    (signature,) = cms.check(made, later).signatures
    assert (signature.format, signature.indication) == ("CAdES-T", PASSED)
    assert signature.proven_at == NOW
    (without,) = cms.check(cms_making.sign(CONTENT, short.signer(), at=NOW), later).signatures
    assert without.sub_indication is SubIndication.OUT_OF_BOUNDS_NO_POE


def test_a_time_stamp_over_something_else_proves_nothing() -> None:
    made = cms_making.sign(CONTENT, LEAF.signer(), at=NOW, stamp=lambda _: tsa.token(b"other"))
    (signature,) = cms.check(made, TERMS).signatures
    assert (signature.format, signature.proven_at) == ("CAdES-B", None)
    assert signature.sub_indication is SubIndication.SIG_CONSTRAINTS_FAILURE


def test_a_time_stamp_of_nobody_known_takes_nothing_away() -> None:
    made = cms_making.sign(CONTENT, LEAF.signer(), at=NOW, stamp=tsa.token)
    terms = dataclasses.replace(TERMS, stamps=TrustStore("nobody", ()))
    (signature,) = cms.check(made, terms).signatures
    assert (signature.format, signature.proven_at) == ("CAdES-B", None)
    assert signature.indication is PASSED
    stamps = [check.outcome for check in signature.checks if check.id == "timestamp"]
    assert stamps == [Outcome.NOT_JUDGED]


def test_a_time_stamp_saves_what_was_revoked_afterwards_and_nothing_else() -> None:
    made = cms_making.sign(CONTENT, LEAF.signer(), at=NOW, stamp=tsa.token)
    for moment, expected in ((NOW + DAY, None), (NOW - DAY, SubIndication.REVOKED_NO_POE)):
        known = Revocations(crls=(MIDDLE.crl([(LEAF, moment)], made=NOW + 3 * DAY, until=END),))
        (signature,) = cms.check(made, Terms(STORE, NOW + 9 * DAY, known)).signatures
        assert signature.sub_indication is expected


def test_every_signer_is_judged_for_itself() -> None:
    second = TOP.issue("Second")
    stranger = SoftwareSigner(ec_key("stranger"), house()[2].chain[1:])
    made = cms_making.sign(CONTENT, LEAF.signer(), at=NOW)
    both = cms_making.add_signer(made, second.signer(), at=NOW)
    report = cms.check(both, TERMS)
    found = {one.subject: one.indication for one in report.signatures}
    assert found == {"CN=Signer,O=Test,C=SI": PASSED, "CN=Second,O=Test,C=SI": PASSED}
    assert report.indication is PASSED
    three = cms_making.add_signer(both, stranger, at=NOW)  # it says it is the CA, and is not
    report = cms.check(three, TERMS)
    assert sorted(one.indication for one in report.signatures) == sorted(
        [PASSED, PASSED, Indication.TOTAL_FAILED]
    )
    assert report.indication is Indication.TOTAL_FAILED


def test_a_second_signer_of_a_detached_message_needs_what_is_signed() -> None:
    made = cms_making.sign(CONTENT, LEAF.signer(), at=NOW, detached=True)
    with pytest.raises(UnreadableCmsError):
        cms_making.add_signer(made, TOP.issue("Second").signer(), at=NOW)
    both = cms_making.add_signer(made, TOP.issue("Second").signer(), at=NOW, content=CONTENT)
    assert cms.check(both, TERMS, detached=CONTENT).indication is PASSED


def test_a_message_in_a_message_is_opened() -> None:
    inner = cms_making.sign(CONTENT, LEAF.signer(), at=NOW)
    outer = cms_making.sign(inner, TOP.issue("Outer").signer(), at=NOW)
    report = cms.check(outer, TERMS)
    assert [one.signed[0].name for one in report.signatures] == ["payload", "payload/payload"]
    assert report.signatures[-1].signed[0].content == CONTENT
    assert report.indication is PASSED


def test_too_many_messages_in_one_another_are_refused() -> None:
    made = CONTENT
    for _ in range(cms.MAX_DEPTH + 1):
        made = cms_making.sign(made, LEAF.signer(), at=NOW)
    report = cms.check(made, TERMS)
    assert report.signatures[-1].sub_indication is SubIndication.FORMAT_FAILURE
    assert report.indication is Indication.TOTAL_FAILED


def test_without_a_store_nothing_passes() -> None:
    made = cms_making.sign(CONTENT, LEAF.signer(), at=NOW)
    (signature,) = cms.check(made, dataclasses.replace(TERMS, store=None)).signatures
    assert signature.sub_indication is SubIndication.NO_CERTIFICATE_CHAIN_FOUND
    assert signature.signed[0].content == CONTENT


def test_a_key_without_certificate_and_a_weak_digest_do_not_sign() -> None:
    with pytest.raises(SignerError):
        cms_making.sign(CONTENT, SoftwareSigner(ec_key("bare"), ()), at=NOW)
    with pytest.raises(SignerError):
        cms_making.sign(CONTENT, LEAF.signer(Algorithm.RSA_SHA1), at=NOW)
