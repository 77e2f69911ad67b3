"""Properties of XAdES that are seldom met, one by one."""

import datetime
import hashlib

from lxml import etree

from formats.signatures.report import Outcome, SubIndication
from formats.signatures.xml import Form, Policy, Properties, Target, Transform, check
from formats.signatures.xml.make import sign_enveloped, sign_enveloping
from formats.signatures.xml.names import COUNTERSIGNED, XADES
from formats.signatures.xml.writing import packed
from formats.xml import parse
from tests.formats.signatures import pki, tsa
from tests.formats.signatures.xml.forging import first, forged, resigned
from tests.formats.signatures.xml.signed import (
    AT,
    C14N,
    EXCLUSIVE,
    PLAIN,
    failures,
    judged,
    only,
    signer,
    terms,
)

INVOICE = b'<i:Invoice xmlns:i="urn:i"><i:Total>10.00</i:Total></i:Invoice>'


def test_countersigning_is_signing_the_value_around() -> None:
    """A counter signature as EN 319 132-1 has it passes, and is reported as its own."""
    target = Target(
        uri="#signature-value", type=COUNTERSIGNED, transforms=(Transform(algorithm=C14N),)
    )
    honest = sign_enveloped(INVOICE, signer(), properties=PLAIN)

    def inside(root: etree._Element) -> tuple[etree._Element, int]:
        held = first(root, f"{{{XADES}}}QualifyingProperties")
        for part in ("UnsignedProperties", "UnsignedSignatureProperties", "CounterSignature"):
            held = etree.SubElement(held, f"{{{XADES}}}{part}")
        return held, 0

    form = Form(id="counter")
    both = sign_enveloped(honest, signer(), form, PLAIN, targets=[target], place=inside)
    report = judged(both)
    assert [one.passed for one in report.signatures] == [True, True]
    assert "counter-signature" in [one.id for one in report.signatures[1].checks]
    other = Target(uri="#b", type=COUNTERSIGNED)
    beside = sign_enveloped(b'<a><b id="b"/></a>', signer(), targets=[other])
    assert failures(only(judged(beside))) == ["counter-signature"]


def test_a_stamp_without_a_token_and_too_many() -> None:
    properties = Properties(signing_time=AT, stamp=tsa.token)
    document = sign_enveloped(INVOICE, signer(), properties=properties)
    stamp = f"{{{XADES}}}SignatureTimeStamp"

    def emptied(root: etree._Element) -> None:
        held = first(root, stamp)
        held.remove(held[1])

    def plain(root: etree._Element) -> None:
        held = first(root, stamp)
        held.remove(held[0])

    def many(root: etree._Element) -> None:
        held = first(root, stamp)
        parent = held.getparent()
        assert parent is not None
        parent.extend(etree.Element(stamp) for _ in range(20))

    assert failures(only(judged(forged(document, emptied)))) == ["timestamp"]
    assert failures(only(judged(forged(document, plain)))) == ["timestamp"]
    assert failures(only(judged(forged(document, many)))).count("timestamp") == 16
    by_default = Form(canonicalization=C14N)
    inclusive = sign_enveloped(INVOICE, signer(), by_default, properties)
    assert only(judged(forged(inclusive, plain))).format == "XAdES-T"


def test_evidence_in_a_signature_helps_its_path() -> None:
    """XAdES-LT: the issuing CA's certificate and a list of revoked ones come along."""
    middle = pki.house()[1]
    revoked = middle.issue("revoked", key=pki.ec_key("revoked"))
    listed = middle.crl([(revoked, pki.NOW - pki.DAY)])
    document = sign_enveloped(INVOICE, revoked.signer(), Form(key_info=("certificate",)), PLAIN)

    def with_evidence(*held: tuple[str, str, bytes]) -> bytes:
        def forgery(root: etree._Element) -> None:
            unsigned = first(root, f"{{{XADES}}}QualifyingProperties")
            for part in ("UnsignedProperties", "UnsignedSignatureProperties"):
                unsigned = etree.SubElement(unsigned, f"{{{XADES}}}{part}")
            for outer, inner, content in held:
                element = etree.SubElement(unsigned, f"{{{XADES}}}{outer}")
                value = etree.SubElement(element, f"{{{XADES}}}{inner}")
                value.text = "?" if not content else packed(content)

        return forged(document, forgery)

    values = ("CertificateValues", "EncapsulatedX509Certificate", middle.der)
    list_ = ("RevocationValues", "EncapsulatedCRLValue", listed)
    without = only(judged(document))
    assert without.sub_indication is SubIndication.NO_CERTIFICATE_CHAIN_FOUND
    assert only(judged(with_evidence(values, (*values[:2], b"")))).passed
    known = only(judged(with_evidence(values, list_)))
    assert known.sub_indication is SubIndication.REVOKED_NO_POE


def test_a_time_without_a_zone_is_utc() -> None:
    document = sign_enveloped(INVOICE, signer(), properties=PLAIN)
    zoneless = document.replace(b"12:00:00Z", b"12:00:00")
    found = only(judged(resigned(zoneless)))
    assert (found.passed, found.claimed_at) == (True, AT)
    other = only(judged(resigned(document.replace(b"12:00:00Z", b"12:00:00+02:00"))))
    assert other.claimed_at == AT - datetime.timedelta(hours=2)


def test_properties_may_leave_out_the_time() -> None:
    found = only(judged(sign_enveloping(INVOICE, signer(), Form(), Properties(signing_time=None))))
    assert (found.passed, found.claimed_at) == (True, None)


def test_a_key_info_that_is_signed_names_the_certificate() -> None:
    document = sign_enveloped(INVOICE, signer(), Form(signs_key_info=True), PLAIN)
    without = document.replace(b"SigningCertificateV2", b"Other")
    found = only(judged(resigned(without)))
    assert ("signing-certificate", Outcome.PASSED) in [
        (one.id, one.outcome) for one in found.checks
    ]
    assert found.passed


def test_properties_in_their_place_that_are_not_the_signed_ones() -> None:
    """The signed ones stand outside of the signature; a copy with other words in their place."""
    target = Target(uri="#b", transforms=(Transform(algorithm=EXCLUSIVE),))
    honest = sign_enveloped(b'<a><b id="b"/></a>', signer(), Form(), PLAIN, targets=[target])
    name = f"{{{XADES}}}SignedProperties"

    def forgery(root: etree._Element) -> None:
        properties = first(root, name)
        fake = parse(etree.tostring(properties).replace(b"2026", b"2020"))
        fake.set("Id", "fake")
        parent = properties.getparent()
        assert parent is not None
        parent.replace(properties, fake)
        root.append(properties)

    found = only(judged(forged(honest, forgery)))
    assert "signature" in [one.id for one in found.checks if one.outcome is Outcome.PASSED]
    assert failures(found) == ["signed-properties"]
    assert (found.signed, found.claimed_at) == ((), None)


def test_a_policy_with_transforms_is_not_accepted() -> None:
    policy = Policy(identifier="urn:p", digest=hashlib.sha256(b"policy").digest())
    properties = Properties(signing_time=AT, policy=policy)
    document = sign_enveloped(INVOICE, signer(), properties=properties)
    held = b"</xades:SigPolicyId>"
    changed = resigned(document.replace(held, held + b"<ds:Transforms/>"))
    assert only(check(document, terms(), policies={"urn:p": b"policy"})).passed
    found = only(check(changed, terms(), policies={"urn:p": b"policy"}))
    assert found.sub_indication is SubIndication.POLICY_PROCESSING_ERROR


def test_content_with_a_time_stamp_of_its_own() -> None:
    """The token goes where this signature keeps it, not to what it signs."""
    properties = Properties(signing_time=AT, stamp=tsa.token)
    once = sign_enveloped(INVOICE, signer(), Form(id="inner"), properties)
    twice = sign_enveloping(once, signer(), Form(), properties)
    report = judged(twice)
    assert (report.signatures[0].passed, report.signatures[0].format) == (True, "XAdES-T")
    inner = report.signatures[1]  # it was over a whole document, which is another one now
    assert inner.sub_indication is SubIndication.HASH_FAILURE
