"""What the profiles of authorities differ in: properties, key info, places, several things."""

import datetime
from pathlib import Path

import pytest
import xmlschema
from cryptography.x509.oid import ExtendedKeyUsageOID as Usage
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from formats.signatures.algorithms import digest
from formats.signatures.report import Indication, Outcome, SubIndication
from formats.signatures.signer import Algorithm
from formats.signatures.xml import (
    Form,
    NotSignedError,
    Policy,
    Properties,
    SigningError,
    Target,
    Transform,
    check,
    content,
    read_signed,
    sign_detached,
    sign_enveloped,
    sign_enveloping,
)
from formats.signatures.xml.names import XADES, ds
from formats.xml import parse
from tests.formats.signatures import pki, tsa
from tests.formats.signatures.xml.signed import (
    AT,
    C14N,
    DS,
    ENVELOPED,
    METHODS,
    PLAIN,
    documents,
    failures,
    judged,
    only,
    signer,
    terms,
)

INVOICE = b'<i:Invoice xmlns:i="urn:i"><i:Total>10.00</i:Total></i:Invoice>'
POLICY_DOCUMENT = b"%PDF-1.7 the policy"
POLICY = Policy(
    identifier="urn:oid:2.16.724.1.3.1.1.2.1.9",
    digest=digest("sha1", POLICY_DOCUMENT),
    digest_algorithm="sha1",
    description="Política",
    uri="https://example.com/policy.pdf",
)
FULL = Properties(signing_time=AT, policy=POLICY, roles=("emisor", "<supplier>"))
SPAIN = Form(
    digest="sha512",
    canonicalization=C14N,
    key_info=("certificates", "key-value"),
    signs_key_info=True,
    id="Signature-1",
)


def named(root: etree._Element, name: str) -> list[str | None]:
    return [one.text for one in root.iter(f"{{{XADES}}}{name}")]


@pytest.mark.parametrize("version", [1, 2])
def test_spain_asks_for_a_policy_a_role_and_a_signed_key_info(version: int) -> None:
    properties = Properties(
        signing_time=AT,
        policy=POLICY,
        roles=("emisor", "<supplier>"),
        version=version,  # type: ignore[arg-type]
    )
    made = sign_enveloped(INVOICE, signer(Algorithm.RSA_SHA256), SPAIN, properties)
    root = parse(made)
    assert named(root, "ClaimedRole") == ["emisor", "<supplier>"]
    assert named(root, "Identifier") == ["urn:oid:2.16.724.1.3.1.1.2.1.9"]
    assert len(list(root.iter(f"{{{XADES}}}SigningCertificate"))) == (version == 1)
    assert len(list(root.iter(ds("Reference")))) == 3
    found = only(check(made, terms(), policies={POLICY.identifier: POLICY_DOCUMENT}))
    assert found.passed, found.checks
    assert ("policy", Outcome.PASSED) in [(one.id, one.outcome) for one in found.checks]
    assert [one.name for one in found.signed] == [""]


def test_a_policy_with_another_digest_is_refused() -> None:
    made = sign_enveloped(INVOICE, signer(), Form(), FULL)
    found = only(check(made, terms(), policies={POLICY.identifier: b"another"}))
    assert found.sub_indication is SubIndication.POLICY_PROCESSING_ERROR


def test_a_policy_that_nobody_has_is_said_not_to_be_judged() -> None:
    found = only(judged(sign_enveloped(INVOICE, signer(), Form(), FULL)))
    assert found.passed
    assert ("policy", Outcome.NOT_JUDGED) in [(one.id, one.outcome) for one in found.checks]


@pytest.mark.parametrize("algorithm", [Algorithm.RSA_SHA256, Algorithm.ECDSA_SHA384])
def test_key_info_holds_what_is_asked_for(algorithm: Algorithm) -> None:
    form = Form(key_info=("certificate", "issuer-serial", "key-value"))
    made = sign_enveloped(INVOICE, signer(algorithm), form)
    root = parse(made)
    assert [one.tag for one in next(root.iter(ds("KeyInfo")))] == [ds("KeyValue"), ds("X509Data")]
    assert len(list(root.iter(ds("X509Certificate")))) == 1
    middle = pki.house()[1].der
    assert only(check(made, terms(), certificates=[middle])).sub_indication in {
        None,
        SubIndication.NO_CERTIFICATE_CHAIN_FOUND,
    }


def test_a_certificate_can_be_named_and_handed_in() -> None:
    key = signer()
    made = sign_enveloped(INVOICE, key, Form(key_info=("issuer-serial",)))
    assert only(judged(made)).sub_indication is SubIndication.NO_SIGNING_CERTIFICATE_FOUND
    found = only(check(made, terms(), certificates=[*key.chain]))
    assert found.certificate == key.chain[0]
    assert "signature" in [one.id for one in found.checks if one.outcome is Outcome.PASSED]


def test_a_bare_key_is_right_and_belongs_to_nobody() -> None:
    found = only(judged(sign_enveloped(INVOICE, signer(), Form(key_info=("key-value",)))))
    assert found.indication is Indication.INDETERMINATE
    assert found.sub_indication is SubIndication.NO_SIGNING_CERTIFICATE_FOUND
    assert read_signed(found).findtext("{urn:i}Total") == "10.00"


@given(document=documents(), method=st.sampled_from(METHODS))
@settings(max_examples=40, deadline=None)
def test_any_document_can_be_enveloped(document: bytes, method: str) -> None:
    form = Form(canonicalization=method)
    target = Target(mime_type="text/xml", description="a document")
    found = only(judged(sign_enveloping(document, signer(), form, PLAIN, target=target)))
    assert found.passed, found.checks
    assert read_signed(found).tag == ds("Object")


@given(octets=st.binary(max_size=200).filter(lambda one: not one.lstrip().startswith(b"<")))
@settings(max_examples=40, deadline=None)
def test_any_bytes_can_be_enveloped_and_detached(octets: bytes) -> None:
    if octets:
        found = only(judged(sign_enveloping(octets, signer(), Form(), PLAIN)))
        assert (found.passed, found.signed[0].content) == (True, octets)
    made = sign_detached([Target(uri="a.bin", content=octets)], signer(), Form(), PLAIN)
    found = only(judged(made, {"a.bin": octets}))
    assert (found.passed, content(found).content) == (True, octets)
    other = only(judged(made, {"a.bin": octets + b"\0"}))
    assert other.sub_indication is SubIndication.HASH_FAILURE


def test_several_things_are_signed_at_once() -> None:
    canonical = Transform(algorithm=C14N)
    targets = [
        Target(transforms=(Transform(algorithm=ENVELOPED), canonical), mime_type="text/xml"),
        Target(uri="#line", transforms=(canonical,), digest="sha512"),
        Target(uri="terms.txt", content=b"terms", encoding="urn:text"),
        Target(uri="copy.xml", content=INVOICE, transforms=(canonical,)),
    ]
    document = b'<a><b id="line" xml:lang="sl">x</b></a>'
    made = sign_enveloped(document, signer(), Form(), FULL, targets=targets)
    files = {"terms.txt": b"terms", "copy.xml": b'<?xml version="1.0"?>\n' + INVOICE}
    found = only(judged(made, files))
    assert found.passed, found.checks
    assert [one.name for one in found.signed] == ["", "#line", "terms.txt", "copy.xml"]
    assert [one.digest_algorithm for one in found.signed][1] == "sha512"
    assert read_signed(found, "#line").text == "x"
    with pytest.raises(NotSignedError):
        read_signed(found)
    with pytest.raises(NotSignedError):
        read_signed(found, "terms.txt")
    missing = only(judged(made, {"terms.txt": b"terms"}))
    assert missing.sub_indication is SubIndication.SIGNED_DATA_NOT_FOUND
    assert missing.signed == ()


def test_two_signers_sign_one_after_the_other() -> None:
    """Each leaves every signature out of what it signs."""
    away = Transform(
        algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116",
        xpath="not(ancestor-or-self::ds:Signature)",
    )
    target = Target(transforms=(away, Transform(algorithm=C14N)))
    once = sign_enveloped(INVOICE, signer(), Form(id="one"), PLAIN, targets=[target])
    twice = sign_enveloped(once, signer(), Form(id="two"), PLAIN, targets=[target])
    report = judged(twice)
    assert [one.passed for one in report.signatures] == [True, True]
    assert report.indication is Indication.TOTAL_PASSED


def test_a_signature_somewhere_else() -> None:
    def inside(root: etree._Element) -> tuple[etree._Element, int]:
        return root[0], 0

    made = sign_enveloped(b"<a><b>text<c/></b></a>", signer(), place=inside)
    assert made.index(b"text<ds:Signature") < made.index(b"<c/>")
    assert only(judged(made)).passed


def stamped(data: bytes) -> bytes:
    return tsa.token(data, at=AT - datetime.timedelta(hours=1))


def test_a_time_stamp_proves_when() -> None:
    properties = Properties(signing_time=AT, stamp=stamped)
    made = sign_enveloped(INVOICE, signer(), Form(), properties)
    found = only(judged(made))
    assert found.passed, found.checks
    assert found.format == "XAdES-T"
    assert found.proven_at == AT - datetime.timedelta(hours=1)


def test_a_time_stamp_outlives_the_certificate() -> None:
    short = pki.house()[1].issue("short", key=pki.ec_key("short"), end=pki.NOW - pki.DAY)
    early = pki.NOW - 2 * pki.DAY
    properties = Properties(signing_time=early, stamp=lambda one: tsa.token(one, at=early))
    made = sign_enveloped(INVOICE, short.signer(), Form(), properties)
    assert only(judged(made)).passed
    without = sign_enveloped(INVOICE, short.signer(), Form(), PLAIN)
    assert only(judged(without)).sub_indication is SubIndication.OUT_OF_BOUNDS_NO_POE


@pytest.mark.parametrize(
    ("stamp", "reason"),
    [
        (lambda one: tsa.token(one + b"x"), SubIndication.SIG_CONSTRAINTS_FAILURE),
        (lambda _: b"no token", SubIndication.SIG_CONSTRAINTS_FAILURE),
        (
            lambda one: tsa.token(one, at=AT + datetime.timedelta(days=1)),
            SubIndication.TIMESTAMP_ORDER_FAILURE,
        ),
    ],
)
def test_a_time_stamp_that_is_wrong(stamp, reason: SubIndication) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    properties = Properties(signing_time=AT, stamp=stamp)
    found = only(judged(sign_enveloped(INVOICE, signer(), Form(), properties)))
    assert found.sub_indication is reason
    assert failures(found) == ["timestamp"]
    assert (found.format, found.proven_at) == ("XAdES-B", None)


def test_a_time_stamp_of_strangers_proves_nothing() -> None:
    stranger = pki.root("Others").issue(
        "Stamps",
        extended=[Usage.TIME_STAMPING],
        extended_critical=True,
    )
    properties = Properties(signing_time=AT, stamp=lambda one: tsa.token(one, by=stranger))
    found = only(judged(sign_enveloped(INVOICE, signer(), Form(), properties)))
    assert (found.passed, found.format, found.proven_at) == (True, "XAdES-B", None)


def test_what_is_made_is_valid_to_the_schemas(official: Path) -> None:
    base = official / "w3c-etsi"
    core = "http://www.w3.org/TR/2008/REC-xmldsig-core-20080610/xmldsig-core-schema.xsd"
    schema = xmlschema.XMLSchema(
        str(base / "xades/XAdES01903v132-202407.xsd"),
        uri_mapper={core: str(base / "xmldsig/xmldsig-core-schema.xsd")},
        allow="local",
    )
    full = Properties(signing_time=AT, policy=POLICY, roles=("emisor",), stamp=stamped)
    old = Properties(signing_time=AT, policy=POLICY, roles=("emisor",), version=1)
    target = Target(uri="a.txt", content=b"a", mime_type="text/plain", description="a")
    key = signer(Algorithm.RSA_SHA256)
    for form in (Form(), SPAIN):
        for properties in (None, PLAIN, full, old):
            made = sign_detached([target], key, form, properties)
            assert [str(one) for one in schema.iter_errors(made)] == []
    wrong = sign_detached([target], key, Form(), full).replace(
        b"xades:SigningTime", b"xades:SignedTime"
    )
    assert [str(one) for one in schema.iter_errors(wrong)] != []


@pytest.mark.parametrize(
    "targets",
    [
        [],
        [Target(uri="a", content=b"1"), Target(uri="a", content=b"2")],
        [Target(uri="a")],
        [Target(uri="#nothing")],
        [Target(uri="#signature", transforms=(Transform(algorithm=ENVELOPED),))],
        [Target(uri="a", content=b"1", transforms=(Transform(algorithm="urn:x"),))],
    ],
)
def test_what_cannot_be_signed(targets: list[Target]) -> None:
    with pytest.raises(SigningError):
        sign_detached(targets, signer(), Form(), PLAIN)


def test_a_time_needs_a_zone_and_a_signer_a_certificate() -> None:
    naive = Properties(signing_time=datetime.datetime(2026, 1, 1))  # noqa: DTZ001
    with pytest.raises(SigningError):
        sign_enveloped(INVOICE, signer(), Form(), naive)
    bare = pki.SoftwareSigner(pki.ec_key("bare"), ())
    with pytest.raises(SigningError):
        sign_enveloped(INVOICE, bare)
    nonsense = pki.SoftwareSigner(pki.ec_key("bare"), (b"nonsense",))
    with pytest.raises(SigningError):
        sign_enveloped(INVOICE, nonsense)


def test_content_that_looks_like_xml_and_is_none() -> None:
    with pytest.raises(SigningError):
        sign_enveloping(b"<!DOCTYPE a><a/>", signer())


def test_objects_are_typed() -> None:
    root = parse(sign_enveloping(INVOICE, signer()))
    assert next(root.iter(ds("Reference"))).get("Type") == f"{DS}Object"
