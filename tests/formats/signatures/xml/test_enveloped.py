"""Signatures inside of the document they sign: made, checked, and broken by one byte."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formats.signatures.report import Indication, SubIndication
from formats.signatures.signer import Algorithm
from formats.signatures.trust import Terms
from formats.signatures.xml import (
    Form,
    Properties,
    SigningError,
    Target,
    Transform,
    check,
    first_in_root,
    read_signed,
    sign_enveloped,
)
from tests.formats.signatures import pki
from tests.formats.signatures.xml.signed import (
    AT,
    EXCLUSIVE,
    METHODS,
    PLAIN,
    documents,
    failures,
    judged,
    only,
    signer,
)

DOCUMENT = b'<i:Invoice xmlns:i="urn:i"><i:Total currency="EUR">10.00</i:Total></i:Invoice>'
ALGORITHMS = [
    *(Algorithm.RSA_SHA256, Algorithm.RSA_SHA384, Algorithm.RSA_SHA512),
    *(Algorithm.RSA_PSS_SHA256, Algorithm.RSA_PSS_SHA384, Algorithm.RSA_PSS_SHA512),
    *(Algorithm.ECDSA_SHA256, Algorithm.ECDSA_SHA384, Algorithm.ECDSA_SHA512),
]


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.parametrize("properties", [None, PLAIN], ids=["xmldsig", "xades"])
def test_what_is_signed_passes(algorithm: Algorithm, properties: Properties | None) -> None:
    found = only(judged(sign_enveloped(DOCUMENT, signer(algorithm), properties=properties)))
    assert found.indication is Indication.TOTAL_PASSED, found.checks
    assert found.format == ("XAdES-B" if properties else "XMLDSig")
    assert [one.name for one in found.signed] == [""]
    assert read_signed(found).findtext("{urn:i}Total") == "10.00"
    assert found.claimed_at == (AT if properties else None)


@given(document=documents(), method=st.sampled_from(METHODS), first=st.booleans())
@settings(max_examples=60, deadline=None)
def test_any_document_can_be_signed_any_way(document: bytes, method: str, *, first: bool) -> None:
    form = Form(canonicalization=method, digest="sha384")
    if first:
        made = sign_enveloped(document, signer(), form, PLAIN, place=first_in_root)
    else:
        made = sign_enveloped(document, signer(), form, PLAIN)
    found = only(judged(made))
    assert found.indication is Indication.TOTAL_PASSED, found.checks


@given(document=documents(), data=st.data())
@settings(max_examples=60, deadline=None)
def test_one_byte_changed_is_never_read_as_signed(document: bytes, data: st.DataObject) -> None:
    """Some bytes may change: quotes of attributes, comments. What is read as signed never does."""
    made = sign_enveloped(document, signer(), properties=PLAIN)
    signed = only(judged(made)).signed
    place = data.draw(st.integers(0, len(made) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda octet: octet != made[place]))
    changed = made[:place] + bytes([other]) + made[place + 1 :]
    for found in judged(changed).signatures:
        assert found.signed in {(), signed}


def test_one_changed_character_of_the_content_is_a_wrong_digest() -> None:
    made = sign_enveloped(DOCUMENT, signer())
    for place in range(made.index(b"EUR"), made.index(b"</i:Total")):
        octet = b"7" if made[place : place + 1].isalnum() else b"x"
        if made[place : place + 1] in {b'"', b">"} or made[place : place + 1] == octet:
            continue
        found = only(judged(made[:place] + octet + made[place + 1 :]))
        assert found.sub_indication is SubIndication.HASH_FAILURE
        assert found.signed == ()


def test_signed_info_is_what_the_value_is_over() -> None:
    made = sign_enveloped(DOCUMENT, signer())
    changed = made.replace(b'Id="signature-reference-1"', b'Id="signature-reference-2"')
    found = only(judged(changed))
    assert found.sub_indication is SubIndication.SIG_CRYPTO_FAILURE
    assert failures(found) == ["signature"]


def test_without_a_store_nothing_passes() -> None:
    found = only(check(sign_enveloped(DOCUMENT, signer()), Terms(None, AT)))
    assert found.indication is Indication.INDETERMINATE
    assert found.sub_indication is SubIndication.NO_CERTIFICATE_CHAIN_FOUND
    assert [one.id for one in found.checks if one.outcome == "passed"][:3] == [
        "format",
        "reference",
        "signature",
    ]


def test_a_document_without_signature_is_no_pass() -> None:
    assert judged(DOCUMENT).indication is Indication.INDETERMINATE


@pytest.mark.parametrize(
    ("form", "document"),
    [
        (Form(id="no name"), DOCUMENT),
        (Form(id="taken"), b'<a id="taken"/>'),
        (Form(algorithm=Algorithm.ED25519), DOCUMENT),
        (Form(canonicalization="urn:none"), DOCUMENT),
        (Form(), b'<a xmlns="relative"/>'),
        (Form(), b"<!DOCTYPE a><a/>"),
    ],
)
def test_what_cannot_be_signed_says_so(form: Form, document: bytes) -> None:
    with pytest.raises(SigningError):
        sign_enveloped(document, signer(), form)


def test_a_signer_whose_key_is_not_its_certificates_is_found_out() -> None:
    wrong = pki.SoftwareSigner(pki.ec_key("other"), signer().chain)
    with pytest.raises(SigningError):
        sign_enveloped(DOCUMENT, wrong)


def test_croatia_subtracts_the_signature_by_a_filter() -> None:
    """Fiskalizacija 2.0 asks for XPath Filter 2.0, then exclusive canonicalization."""
    away = Transform(
        algorithm="http://www.w3.org/2002/06/xmldsig-filter2",
        xpath="/descendant::ds:Signature",
        subtract=True,
    )
    target = Target(transforms=(away, Transform(algorithm=EXCLUSIVE)))
    made = sign_enveloped(DOCUMENT, signer(Algorithm.RSA_SHA256), None, PLAIN, targets=[target])
    assert only(judged(made)).passed


def test_prefixes_are_kept_where_a_list_names_them() -> None:
    form = Form(prefixes=("i", "#default"))
    listed = Transform(algorithm=EXCLUSIVE, prefixes=("i", "#default"))
    target = Target(uri="#part", transforms=(listed,))
    document = b'<a xmlns="urn:a" xmlns:i="urn:i"><b xmlns="" id="part">1</b></a>'
    found = only(judged(sign_enveloped(document, signer(), form, targets=[target])))
    assert found.passed
    assert found.signed[0].content == b'<b xmlns:i="urn:i" id="part">1</b>'
