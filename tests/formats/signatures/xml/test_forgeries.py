"""Forged signatures (goal S3): never is anything read that was not signed.

Every forgery is made from a signature of ours that passes. `refused`: nothing passes any more.
`same`: the honest content is still signed, and it is all that can be read. `none`: there is no
signature to be seen.
"""

from collections.abc import Callable

import pytest
from lxml import etree

from formats.signatures.report import SignatureReport
from formats.signatures.xml import (
    Form,
    NotSignedError,
    Properties,
    Target,
    Transform,
    read_signed,
    sign_detached,
    sign_enveloped,
    sign_enveloping,
)
from tests.formats.signatures.xml.coaxed import COAXED
from tests.formats.signatures.xml.coaxed_xades import XADES_COAXED
from tests.formats.signatures.xml.confusion import WHOLE
from tests.formats.signatures.xml.forging import TOTAL, evil, first, forged, made
from tests.formats.signatures.xml.signed import EXCLUSIVE, PLAIN, judged, only, signer
from tests.formats.signatures.xml.wrapping import BY_ID

INVOICE = b'<i:Invoice xmlns:i="urn:i"><i:Total currency="EUR">10.00</i:Total></i:Invoice>'
PARTS = (
    b'<Batch><i:Invoice xmlns:i="urn:i" Id="invoice"><i:Total>10.00</i:Total></i:Invoice></Batch>'
)
KINDS = pytest.mark.parametrize("properties", [None, PLAIN], ids=["xmldsig", "xades"])


def whole(properties: Properties | None) -> bytes:
    return sign_enveloped(INVOICE, signer(), properties=properties)


def part(properties: Properties | None) -> bytes:
    target = Target(uri="#invoice", transforms=(Transform(algorithm=EXCLUSIVE),))
    return sign_enveloped(PARTS, signer(), properties=properties, targets=[target])


def read_totals(report: SignatureReport) -> set[str | None]:
    """Return every total that a careful reader could come to read."""
    totals: set[str | None] = set()
    for signature in report.signatures:
        try:
            root = read_signed(signature)
        except NotSignedError:
            continue
        totals |= {one.text for one in root.iter(TOTAL)}
    return totals


def assert_judged(forgery: bytes, expected: str, detached: dict[str, bytes] | None = None) -> None:
    report = judged(forgery, detached)
    assert read_totals(report) <= {"10.00"}
    if expected == "same":
        assert only(report).passed
        assert read_totals(report) == {"10.00"}
    else:
        assert not any(one.passed for one in report.signatures)
        assert bool(report.signatures) == (expected == "refused")


@KINDS
def test_what_is_forged_was_honest(properties: Properties | None) -> None:
    assert_judged(whole(properties), "same")
    assert_judged(part(properties), "same")


@KINDS
@pytest.mark.parametrize("name", BY_ID)
def test_a_wrapped_element_is_not_read(name: str, properties: Properties | None) -> None:
    forgery, expected = BY_ID[name]
    assert_judged(forged(part(properties), forgery), expected)


@KINDS
@pytest.mark.parametrize("name", WHOLE)
def test_confusion_does_not_help(name: str, properties: Properties | None) -> None:
    change, expected = WHOLE[name]
    assert_judged(change(whole(properties)), expected)


@KINDS
@pytest.mark.parametrize("name", COAXED)
def test_what_a_signer_was_made_to_sign(name: str, properties: Properties | None) -> None:
    report = judged(COAXED[name](whole(properties)))
    assert not any(one.passed for one in report.signatures)
    assert read_totals(report) <= {"10.00"}


@pytest.mark.parametrize("name", XADES_COAXED)
def test_properties_that_are_not_the_signers(name: str) -> None:
    report = judged(XADES_COAXED[name](whole(PLAIN)))
    assert not all(one.passed for one in report.signatures)
    assert read_totals(report) <= {"10.00"}


def _evil_object(identifier: str | None, place: int) -> Callable[[bytes], bytes]:
    def change(document: bytes) -> bytes:
        def forgery(root: etree._Element) -> None:
            honest = first(root, "Object")
            bad = evil(honest)
            bad.attrib.clear()
            if identifier:
                bad.set("Id", identifier)
            root.insert(place, bad)

        return forged(document, forgery)

    return change


def _wrapped_object(document: bytes) -> bytes:
    def forgery(root: etree._Element) -> None:
        honest = first(root, "Object")
        outer = made("Object")
        root.replace(honest, outer)
        outer.append(honest)
        outer.append(evil(honest[0]))

    return forged(document, forgery)


def _bare(document: bytes) -> bytes:
    return document[document.index(b"<ds:Signature") :]


ENVELOPING: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "evil Object behind": (_evil_object(None, 99), "refused"),
    "evil Object before": (_evil_object(None, 3), "refused"),
    "evil Object with the same id": (_evil_object("signature-object", 3), "refused"),
    "evil Object with another id": (_evil_object("other", 3), "refused"),
    "evil Object around": (_wrapped_object, "refused"),
    "content changed": (lambda one: one.replace(b"10.00", b"99999.00"), "refused"),
    "in an envelope": (lambda one: b"<Mail><T>99999.00</T>" + _bare(one) + b"</Mail>", "same"),
    "two of them": (lambda one: b"<M>" + _bare(one) + _bare(one) + b"</M>", "refused"),
}


@KINDS
@pytest.mark.parametrize("name", ENVELOPING)
def test_objects_that_nobody_signed(name: str, properties: Properties | None) -> None:
    change, expected = ENVELOPING[name]
    honest = sign_enveloping(INVOICE, signer(), Form(), properties)
    assert_judged(honest, "same")
    assert_judged(change(honest), expected)


EVIL_INVOICE = INVOICE.replace(b"10.00", b"99999.00")
DETACHED: dict[str, tuple[dict[str, bytes], str]] = {
    "another file": ({"invoice.xml": EVIL_INVOICE}, "refused"),
    "the name in other case": ({"Invoice.xml": INVOICE}, "refused"),
    "in a directory": ({"./invoice.xml": INVOICE}, "refused"),
    "nothing": ({}, "refused"),
    "another file besides": ({"invoice.xml": INVOICE, "x.xml": EVIL_INVOICE}, "same"),
    "one byte more": ({"invoice.xml": INVOICE + b"\n"}, "refused"),
}


@KINDS
@pytest.mark.parametrize("name", DETACHED)
def test_only_the_file_that_was_signed(name: str, properties: Properties | None) -> None:
    files, expected = DETACHED[name]
    target = Target(uri="invoice.xml", content=INVOICE)
    assert_judged(sign_detached([target], signer(), Form(), properties), expected, files)


def test_there_are_enough_of_them() -> None:
    every = (*BY_ID, *WHOLE, *COAXED, *XADES_COAXED, *ENVELOPING, *DETACHED)
    assert len(every) >= 150
