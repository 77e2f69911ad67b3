"""Forged and broken CMS messages: none passes, and nothing unsigned is shown as signed."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from asn1crypto import cms as asn1
from asn1crypto import x509

from formats.signatures import cms, cms_making
from formats.signatures.report import Indication, SubIndication
from formats.signatures.trust import Terms, TrustStore
from tests.formats.signatures import ber
from tests.formats.signatures.pki import (
    END,
    NOW,
    START,
    Entity,
    SoftwareSigner,
    certified,
    ec_key,
    house,
    key_usage,
    named,
    root,
    rsa_key,
)

TOP, MIDDLE, LEAF = house()
TERMS = Terms(TrustStore("test", (TOP.der,)), NOW)
TRUE, FALSE = b"pay 1 to Alice", b"pay 9 to Mallory"
MADE = cms_making.sign(TRUE, LEAF.signer(), at=NOW)
BESIDE = cms_making.sign(TRUE, LEAF.signer(), at=NOW, detached=True)

Change = Callable[[Any], None]


def changed(change: Change, message: bytes = MADE) -> bytes:
    outer = asn1.ContentInfo.load(message)
    signed = asn1.SignedData.load(outer["content"].untag().dump())
    change(signed)
    made: bytes = asn1.ContentInfo({"content_type": "signed_data", "content": signed}).dump(
        force=True
    )
    return made


def attributes(signer: Any) -> dict[str, Any]:  # noqa: ANN401
    return {one["type"].native: one for one in signer["signed_attrs"]}


def signed_again(change: Change, **made: Any) -> bytes:  # noqa: ANN401
    """Change the signed attributes and sign again with the right key: only the form is wrong."""

    def both(signed: Any) -> None:  # noqa: ANN401
        signer = signed["signer_infos"][0]
        listed = {one["type"].native: one.copy() for one in signer["signed_attrs"]}
        change(listed)
        fresh = asn1.CMSAttributes([one for key in listed for one in _each(listed[key])])
        signer["signed_attrs"] = fresh
        signer["signature"] = LEAF.signer().sign(fresh.dump())

    return changed(both, **made)


def _each(value: Any) -> list[Any]:  # noqa: ANN401
    return value if isinstance(value, list) else [value]


def _attribute(name: str, *values: Any) -> asn1.CMSAttribute:  # noqa: ANN401
    return asn1.CMSAttribute({"type": name, "values": list(values)})


def _content(signed: Any, content: bytes) -> None:  # noqa: ANN401
    signed["encap_content_info"] = {"content_type": "data", "content": content}


def _without_attributes(signed: Any, content: bytes, signature: bytes) -> None:  # noqa: ANN401
    _content(signed, content)
    signer = signed["signer_infos"][0].copy()
    fields = {
        name: signer[name]
        for name in ("version", "sid", "digest_algorithm", "signature_algorithm")
    }
    signed["signer_infos"] = [asn1.SignerInfo({**fields, "signature": signature})]


def _confused(signed: Any) -> None:  # noqa: ANN401
    """Show the attributes of the signature as if they were the document."""
    signer = signed["signer_infos"][0]
    _without_attributes(signed, signer["signed_attrs"].untag().dump(), signer["signature"].native)


def _swap_signature(signed: Any) -> None:  # noqa: ANN401
    other = asn1.ContentInfo.load(cms_making.sign(FALSE, LEAF.signer(), at=NOW))
    signed["signer_infos"][0]["signature"] = other["content"]["signer_infos"][0]["signature"]


def _graft(signed: Any) -> None:  # noqa: ANN401
    """Attributes and signature of another message beside this content."""
    other = asn1.ContentInfo.load(cms_making.sign(FALSE, LEAF.signer(), at=NOW))["content"]
    signed["signer_infos"] = other["signer_infos"]


def _countersigned(signed: Any) -> None:  # noqa: ANN401
    """Who signed only the signature of another stands there as who signed the content."""
    value = signed["signer_infos"][0]["signature"].native
    other = asn1.ContentInfo.load(cms_making.sign(value, LEAF.signer(), at=NOW))["content"]
    signed["signer_infos"] = other["signer_infos"]


def _two_signers(signed: Any) -> None:  # noqa: ANN401
    """Somebody who signed something else beside who signed this."""
    other = asn1.ContentInfo.load(cms_making.sign(FALSE, LEAF.signer(), at=NOW))["content"]
    signed["signer_infos"] = [signed["signer_infos"][0], other["signer_infos"][0]]


def _strip_attribute(signed: Any) -> None:  # noqa: ANN401
    signer = signed["signer_infos"][0]
    kept = [one for one in signer["signed_attrs"] if one["type"].native != "signing_time"]
    signer["signed_attrs"] = asn1.CMSAttributes(kept)


def _other_certificate(signed: Any) -> None:  # noqa: ANN401
    """A certificate of the attacker's with the signer's name and number."""
    theft = root("Issuing CA").issue("Signer", key=rsa_key("thief"))
    parsed = x509.Certificate.load(theft.der)
    parsed["tbs_certificate"]["serial_number"] = LEAF.certificate.serial_number
    signed["certificates"] = [x509.Certificate.load(parsed.dump(force=True))]


def _no_certificates(signed: Any) -> None:  # noqa: ANN401
    signed["certificates"] = []


def _digest(name: str) -> Change:
    def change(signed: Any) -> None:  # noqa: ANN401
        signed["signer_infos"][0]["digest_algorithm"] = {"algorithm": name}

    return change


def _algorithm(name: str) -> Change:
    def change(signed: Any) -> None:  # noqa: ANN401
        signed["signer_infos"][0]["signature_algorithm"] = {"algorithm": name}

    return change


def _digest_of(content: bytes) -> Change:
    def change(listed: Any) -> None:  # noqa: ANN401
        listed["message_digest"] = _attribute("message_digest", content)

    return change


def _remove(name: str) -> Change:
    return lambda listed: listed.pop(name)


def _twice(name: str) -> Change:
    def change(listed: Any) -> None:  # noqa: ANN401
        listed[name] = [listed[name], listed[name]]

    return change


def _two_values(listed: Any) -> None:  # noqa: ANN401
    value = listed["message_digest"]["values"][0].native
    listed["message_digest"] = _attribute("message_digest", value, b"\0" * 32)


def _other_type(listed: Any) -> None:  # noqa: ANN401
    listed["content_type"] = _attribute("content_type", "tst_info")


def _tst() -> bytes:
    data, digested = (bytes.fromhex(f"06092a864886f70d0107{last}") for last in ("01", "05"))
    return MADE.replace(data, digested, 1)  # the first is the content's, the second an attribute's


def _no_signers(signed: Any) -> None:  # noqa: ANN401
    signed["signer_infos"] = []


def _many_signers() -> bytes:
    oid, explicit = ber.members(ber.read(MADE)[1])
    parts = ber.members(ber.read(ber.read(explicit)[1])[1])
    parts[-1] = ber.wrapped(0x31, ber.read(parts[-1])[1] * 40)
    signed = ber.wrapped(0xA0, ber.wrapped(0x30, b"".join(parts)))
    return ber.wrapped(0x30, oid + signed)


def _many_certificates(signed: Any) -> None:  # noqa: ANN401
    signed["certificates"] = [
        x509.Certificate.load(root(f"noise {number}").der) for number in range(70)
    ]


def _weak_key() -> bytes:
    return cms_making.sign(TRUE, MIDDLE.issue("Weak", key=rsa_key("weak", 1024)).signer(), at=NOW)


def _self_signed() -> bytes:
    key, name = ec_key("self"), named("Signer of itself")
    usage = [(key_usage("digital_signature"), True)]
    own = Entity(certified(name, key, name, key, usage, START, END), key)
    return cms_making.sign(TRUE, SoftwareSigner(own.key, (own.der,)), at=NOW)


FAILED, UNSURE = Indication.TOTAL_FAILED, Indication.INDETERMINATE
SUB = SubIndication
HOSTILE: dict[str, tuple[Callable[[], bytes], SubIndication]] = {
    "content replaced": (lambda: changed(lambda s: _content(s, FALSE)), SUB.HASH_FAILURE),
    "content emptied": (lambda: changed(lambda s: _content(s, b"")), SUB.HASH_FAILURE),
    "content one byte longer": (
        lambda: changed(lambda s: _content(s, TRUE + b" ")),
        SUB.HASH_FAILURE,
    ),
    "attributes shown as the document": (lambda: changed(_confused), SUB.FORMAT_FAILURE),
    "attributes dropped": (
        lambda: changed(
            lambda s: _without_attributes(s, TRUE, s["signer_infos"][0]["signature"].native)
        ),
        SUB.SIG_CRYPTO_FAILURE,
    ),
    "no signed attributes, honestly signed": (
        lambda: changed(lambda s: _without_attributes(s, TRUE, LEAF.signer().sign(TRUE))),
        SUB.SIG_CONSTRAINTS_FAILURE,
    ),
    "signature of another message": (lambda: changed(_swap_signature), SUB.SIG_CRYPTO_FAILURE),
    "signer of another message": (lambda: changed(_graft), SUB.HASH_FAILURE),
    "a countersignature as the signature": (
        lambda: changed(_countersigned),
        SUB.HASH_FAILURE,
    ),
    "an attribute removed": (lambda: changed(_strip_attribute), SUB.SIG_CRYPTO_FAILURE),
    "a certificate of the same name and number": (
        lambda: changed(_other_certificate),
        SUB.NO_SIGNING_CERTIFICATE_FOUND,
    ),
    "no certificate": (lambda: changed(_no_certificates), SUB.NO_SIGNING_CERTIFICATE_FOUND),
    "digest said to be md5": (lambda: changed(_digest("md5")), SUB.FORMAT_FAILURE),
    "digest said to be sha1": (lambda: changed(_digest("sha1")), SUB.FORMAT_FAILURE),
    "digest said to be sha512": (lambda: changed(_digest("sha512")), SUB.FORMAT_FAILURE),
    "algorithm said to be sha1": (lambda: changed(_algorithm("sha1_rsa")), SUB.FORMAT_FAILURE),
    "algorithm said to be ecdsa": (
        lambda: changed(_algorithm("sha256_ecdsa")),
        SUB.FORMAT_FAILURE,
    ),
    "wrong digest signed": (lambda: signed_again(_digest_of(b"\0" * 32)), SUB.HASH_FAILURE),
    "empty digest signed": (lambda: signed_again(_digest_of(b"")), SUB.HASH_FAILURE),
    "short digest signed": (lambda: signed_again(_digest_of(b"\0")), SUB.HASH_FAILURE),
    "no message-digest": (lambda: signed_again(_remove("message_digest")), SUB.FORMAT_FAILURE),
    "no content-type": (lambda: signed_again(_remove("content_type")), SUB.FORMAT_FAILURE),
    "message-digest twice": (lambda: signed_again(_twice("message_digest")), SUB.FORMAT_FAILURE),
    "signing-certificate twice": (
        lambda: signed_again(_twice("signing_certificate_v2")),
        SUB.FORMAT_FAILURE,
    ),
    "two digests": (lambda: signed_again(_two_values), SUB.FORMAT_FAILURE),
    "another content type signed": (lambda: signed_again(_other_type), SUB.FORMAT_FAILURE),
    "content type changed": (_tst, SUB.FORMAT_FAILURE),
    "nobody signed": (lambda: changed(_no_signers), SUB.FORMAT_FAILURE),
    "forty signers": (_many_signers, SUB.FORMAT_FAILURE),
    "seventy certificates": (lambda: changed(_many_certificates), SUB.FORMAT_FAILURE),
    "a weak key": (_weak_key, SUB.CRYPTO_CONSTRAINTS_FAILURE),
    "signed by itself": (_self_signed, SUB.NO_CERTIFICATE_CHAIN_FOUND),
    "detached, and nothing beside": (lambda: BESIDE, SUB.SIGNED_DATA_NOT_FOUND),
    "bytes after the end": (lambda: MADE + b"\0", SUB.FORMAT_FAILURE),
    "a second message after the end": (lambda: MADE + MADE, SUB.FORMAT_FAILURE),
    "cut": (lambda: MADE[:-1], SUB.FORMAT_FAILURE),
    "empty": (lambda: b"", SUB.FORMAT_FAILURE),
    "not CMS": (lambda: b"<Invoice/>", SUB.FORMAT_FAILURE),
    "broken base64": (lambda: b"MIIC=AAA", SUB.FORMAT_FAILURE),
    "plain data in CMS": (
        lambda: asn1.ContentInfo({"content_type": "data", "content": TRUE}).dump(),
        SUB.FORMAT_FAILURE,
    ),
    "deep nesting": (lambda: b"\x30\x80" * 20_000, SUB.FORMAT_FAILURE),
    "a length without an end": (lambda: b"\x30\x84\x7f\xff\xff\xff", SUB.FORMAT_FAILURE),
    "an endless number": (
        lambda: ber.wrapped(0x30, ber.wrapped(0x06, b"\xff" * 40_000)),
        SUB.FORMAT_FAILURE,
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_messages_never_pass(name: str) -> None:
    made, expected = HOSTILE[name]
    data = made()
    begun = time.process_time()
    report = cms.check(data, TERMS)
    assert time.process_time() - begun < 1
    assert report.indication is not Indication.TOTAL_PASSED
    assert report.signatures[0].sub_indication is expected
    for signature in report.signatures:
        assert all(signed.content == TRUE for signed in signature.signed)


def test_the_hostile_set_is_large_enough() -> None:
    assert len(HOSTILE) >= 40


def test_a_signer_of_something_else_spoils_the_message_and_lends_nothing() -> None:
    report = cms.check(changed(_two_signers), TERMS)
    assert report.indication is Indication.TOTAL_FAILED
    said = {
        (one.sub_indication, tuple(part.content for part in one.signed))
        for one in report.signatures
    }
    assert said == {(None, (TRUE,)), (SUB.HASH_FAILURE, ())}


def test_a_detached_file_cannot_be_exchanged() -> None:
    assert cms.check(BESIDE, TERMS, detached=TRUE).indication is Indication.TOTAL_PASSED
    report = cms.check(BESIDE, TERMS, detached=FALSE)
    assert report.signatures[0].sub_indication is SUB.HASH_FAILURE
    assert not report.signatures[0].signed
    report = cms.check(MADE, TERMS, detached=FALSE)  # inside and beside differ
    assert report.signatures[0].sub_indication is SUB.FORMAT_FAILURE


def test_only_the_signed_inner_message_is_opened() -> None:
    """The outer content was replaced by another signed message: it is not looked into."""
    inner = cms_making.sign(FALSE, root("M", ec_key("m")).issue("Mallory").signer(), at=NOW)
    outer = changed(
        lambda s: _content(s, inner),
        cms_making.sign(MADE, TOP.issue("Outer").signer(), at=NOW),
    )
    (signature,) = cms.check(outer, TERMS).signatures
    assert signature.sub_indication is SUB.HASH_FAILURE


def test_every_changed_byte_is_noticed_or_harmless() -> None:
    for place in range(0, len(MADE), 23):
        bent = MADE[:place] + bytes([MADE[place] ^ 0x04]) + MADE[place + 1 :]
        for signature in cms.check(bent, TERMS).signatures:
            assert all(signed.content == TRUE for signed in signature.signed)


def test_a_megabyte_takes_little_time() -> None:
    made = cms_making.sign(b"x" * 1_000_000, LEAF.signer(), at=NOW)
    begun = time.process_time()
    assert cms.check(made, TERMS).indication is Indication.TOTAL_PASSED
    assert time.process_time() - begun < 1
