"""Parts of signatures that are seldom met, one by one."""

import base64
import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from lxml import etree

from formats.signatures.report import SubIndication
from formats.signatures.signer import Algorithm
from formats.signatures.xml import Form, SigningError, Target, Transform, check
from formats.signatures.xml.document import Document
from formats.signatures.xml.form import KeyPart
from formats.signatures.xml.make import sign_detached, sign_enveloped
from formats.signatures.xml.names import DSIG11, WSSE, WSU, ds
from formats.signatures.xml.rejection import Rejected
from formats.signatures.xml.work import Work
from formats.signatures.xml.writing import packed
from formats.xml import parse
from tests.formats.signatures import pki
from tests.formats.signatures.xml.forging import first, forged, gone, made, resigned
from tests.formats.signatures.xml.signed import (
    C14N,
    EXCLUSIVE,
    failures,
    judged,
    only,
    signer,
    terms,
)

INVOICE = b'<i:Invoice xmlns:i="urn:i"><i:Total>10.00</i:Total></i:Invoice>'


def test_a_part_that_cannot_stand_alone() -> None:
    """What it inherits counts for it: more namespaces than one element may declare."""
    half = " ".join(f'xmlns:n{place}="urn:{place}"' for place in range(40))
    rest = " ".join(f'xmlns:m{place}="urn:{place}"' for place in range(40))
    document = f'<a {half}><b {rest} id="b"/></a>'.encode()
    with pytest.raises(SigningError):
        sign_enveloped(document, signer(), targets=[Target(uri="#b")])


def test_a_document_between_two_canonicalizations() -> None:
    twice = (Transform(algorithm=EXCLUSIVE), Transform(algorithm=C14N))
    target = Target(uri="a.xml", content=INVOICE, transforms=twice)
    found = only(judged(sign_detached([target], signer()), {"a.xml": INVOICE}))
    assert (found.passed, found.signed[0].content) == (True, INVOICE)
    wrong = Target(uri="a.xml", content=b"no XML", transforms=twice)
    with pytest.raises(SigningError):
        sign_detached([wrong], signer())


def test_base64_of_a_file_and_not_of_half_a_document() -> None:
    packed = Transform(algorithm="http://www.w3.org/2000/09/xmldsig#base64")
    target = Target(uri="a.b64", content=b"QUI=\n", transforms=(packed,))
    found = only(judged(sign_detached([target], signer()), {"a.b64": b"QUI=\n"}))
    assert found.signed[0].content == b"AB"


def test_a_curve_that_has_no_name_here() -> None:
    odd = pki.house()[1].issue("p224", key=pki.ec_key("p224", ec.SECP224R1))
    with pytest.raises(SigningError):
        sign_enveloped(INVOICE, odd.signer(), Form(key_info=("key-value",)))


def _key_info(parts: tuple[KeyPart, ...], *more: etree._Element) -> bytes:
    document = sign_enveloped(INVOICE, signer(), Form(key_info=parts))

    def forgery(root: etree._Element) -> None:
        first(root, "KeyInfo").extend(more)

    return forged(document, forgery)


def key_value(*inside: etree._Element) -> etree._Element:
    held = made("KeyValue")
    held.extend(inside)
    return held


@pytest.mark.parametrize(
    ("more", "failed"),
    [
        (key_value(), "format"),
        (key_value(made("{urn:x}Key")), None),
        (key_value(made("DSAKeyValue")), None),
        (key_value(made(f"{{{DSIG11}}}ECKeyValue")), None),
        (made(f"{{{DSIG11}}}DEREncodedKeyValue", "bm9uc2Vuc2U="), "certificate"),
    ],
)
def test_keys_besides_the_certificate(more: etree._Element, failed: str | None) -> None:
    found = only(judged(_key_info(("certificates",), more)))
    assert failures(found) == ([failed] if failed else [])


def test_another_key_besides_the_certificate() -> None:
    stranger = pki.root("Stranger", pki.ec_key("stranger"), ca=False).signer()
    other = sign_enveloped(INVOICE, stranger, Form(key_info=("key-value",)))
    value = first(parse(other), "KeyValue")
    found = only(judged(_key_info(("certificates",), value)))
    assert found.sub_indication is SubIndication.SIG_CONSTRAINTS_FAILURE
    assert failures(found) == ["certificate"]
    twice = only(judged(_key_info(("key-value",), value)))
    assert twice.sub_indication is SubIndication.SIG_CONSTRAINTS_FAILURE


@pytest.mark.parametrize(
    ("tag", "content", "found"),
    [
        ("X509SubjectName", "CN=ecdsa-sha256,O=Test,C=SI", True),
        ("X509SubjectName", "CN=other,O=Test,C=SI", False),
        ("X509CRL", "AAAA", False),
    ],
)
def test_a_certificate_is_found_by_what_names_it(tag: str, content: str, *, found: bool) -> None:
    data = made("X509Data")
    data.append(made(tag, content))
    document = _key_info(("issuer-serial",), data)
    document = forged(document, lambda root: first(root, "X509IssuerSerial").clear())
    document = document.replace(b"<ds:X509IssuerSerial/>", b"")
    signature = only(check(document, terms(), certificates=[*signer().chain]))
    assert (signature.certificate is not None) == found


def test_a_reference_by_a_pointer_has_its_comments() -> None:
    method = Transform(algorithm=f"{C14N}#WithComments")
    document = b'<a><b id="b"><!-- c --></b></a>'
    for quote in "'\"":
        target = Target(uri=f"#xpointer(id({quote}b{quote}))", transforms=(method,))
        found = only(judged(sign_enveloped(document, signer(), targets=[target])))
        assert found.signed[0].content == b'<b id="b"><!-- c --></b>'
    away = Transform(algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature")
    whole = Target(uri="#xpointer(/)", transforms=(away, method))
    found = only(judged(sign_enveloped(document, signer(), targets=[whole])))
    assert found.signed[0].content == document


def test_what_a_library_raises_is_a_rejection(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RecursionError("deep")

    document = sign_enveloped(INVOICE, signer())
    monkeypatch.setattr("formats.signatures.xml.judging.read_structure", broken)
    found = only(judged(document))
    assert found.sub_indication is SubIndication.FORMAT_FAILURE
    assert (found.signed, found.passed) == ((), False)


def test_ids_of_a_document_are_looked_at_once() -> None:
    document = Document(b'<a id="x"><b ID="y"/></a>', Work(100))
    assert document.element("y").tag == "b"
    assert document.element("x").tag == "a"
    with pytest.raises(Rejected):
        document.element("z")
    assert ds("Signature").startswith("{")


def test_what_has_two_ids_is_not_signed() -> None:
    """One reader takes the one for its id, and another the other."""
    with pytest.raises(SigningError):
        sign_enveloped(b'<a><b Id="x" ID="y"/></a>', signer(), targets=[Target(uri="#x")])


def test_a_namespace_that_has_no_canonical_form_is_not_signed() -> None:
    """libxml2 would write its name unescaped, where it is used."""
    with pytest.raises(SigningError):
        sign_enveloped(b'<a xmlns:r="urn:a&amp;b"/>', signer())


def test_names_of_files_may_be_escaped() -> None:
    made_once = sign_detached([Target(uri="r%C4%8D%201.txt", content=b"1")], signer())
    found = only(judged(made_once, {"rč 1.txt": b"1"}))
    assert (found.passed, found.signed[0].name) == (True, "rč 1.txt")
    exact = only(judged(made_once, {"rč 1.txt": b"2", "r%C4%8D%201.txt": b"1"}))
    assert (exact.passed, exact.signed[0].name) == (True, "r%C4%8D%201.txt")


def test_one_file_may_have_no_name() -> None:
    document = sign_detached([Target(uri="x", content=b"1")], signer())
    nameless = document.replace(b' URI="x"', b"")
    found = only(judged(resigned(nameless, digests=False), {"": b"1"}))
    assert (found.passed, found.signed[0].name) == (True, "")


def test_a_root_named_by_its_id() -> None:
    """As SAML and Facturae's relatives do: the id of the root, without its own signature."""
    away = Transform(algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature")
    target = Target(uri="#r", transforms=(away, Transform(algorithm=EXCLUSIVE)))
    document = b'<?p i?><r Id="r"><a>1</a></r>'
    found = only(judged(sign_enveloped(document, signer(), targets=[target])))
    assert (found.passed, found.signed[0].content) == (True, document[7:])


def test_what_is_too_much_to_check_is_not_signed() -> None:
    with pytest.raises(SigningError):
        sign_enveloped(b"<a>" + b"<b/>" * 20_000 + b"</a>", signer())


def test_a_value_of_another_kind_of_key() -> None:
    wrong = pki.SoftwareSigner(pki.rsa_key("RSA"), signer().chain, Algorithm.RSA_SHA256)
    with pytest.raises(SigningError):
        sign_enveloped(INVOICE, wrong)


def test_a_document_that_speaks_of_signatures() -> None:
    found = only(judged(sign_enveloped(b"<a>signature-0<?signature-1 ?></a>", signer())))
    assert found.passed


@pytest.mark.parametrize("held", [True, False])
def test_a_token_of_web_services_security(held: bool) -> None:  # noqa: FBT001
    """The certificate stands elsewhere in the message, and KeyInfo names it."""
    token = etree.Element(f"{{{WSSE}}}SecurityTokenReference")
    etree.SubElement(token, f"{{{WSSE}}}Reference").set("URI", "#token")
    der = packed(signer().chain[0])
    name = "BinarySecurityToken" if held else "Other"
    spaces = f'xmlns:w="{WSSE}" xmlns:u="{WSU}"'
    message = f'<m><w:{name} {spaces} u:Id="token">{der}</w:{name}><b Id="b"/></m>'
    target = Target(uri="#b", transforms=(Transform(algorithm=EXCLUSIVE),))
    form = Form(key_info=("issuer-serial",))
    document = sign_enveloped(message.encode(), signer(), form, targets=[target])

    def forgery(root: etree._Element) -> None:
        info = first(root, "KeyInfo")
        info.remove(info[0])
        info.append(token)

    found = only(judged(forged(document, forgery)))
    assert (found.certificate is not None) == held


def test_a_certificate_is_found_by_its_digest() -> None:
    data = made("X509Data")
    der = signer().chain[0]
    digest = made(f"{{{DSIG11}}}X509Digest", packed(hashlib.sha256(der).digest()))
    digest.set("Algorithm", "http://www.w3.org/2001/04/xmlenc#sha256")
    data.append(digest)
    document = forged(_key_info(("key-value",), data), gone_key_value)
    found = only(check(document, terms(), certificates=[der]))
    assert found.certificate == der


def gone_key_value(root: etree._Element) -> None:
    gone(first(root, "KeyValue"))


@pytest.mark.parametrize("uri", ["#there", "#nowhere", "#b"])
def test_key_info_may_stand_elsewhere(uri: str) -> None:
    target = Target(uri="#b", transforms=(Transform(algorithm=EXCLUSIVE),))
    document = sign_enveloped(b'<a><b id="b"/></a>', signer(), targets=[target])

    def forgery(root: etree._Element) -> None:
        info = first(root, "KeyInfo")
        pointer = made("KeyInfo")
        pointer.append(made(f"{{{DSIG11}}}KeyInfoReference", URI=uri))
        first(root, "Signature").replace(info, pointer)
        info.set("Id", "there")
        root.append(info)

    assert only(judged(forged(document, forgery))).passed == (uri == "#there")


def test_a_hint_where_the_schema_is_takes_nothing_away() -> None:
    def hinted(root: etree._Element) -> None:
        place = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
        first(root, "Signature").set(place, "urn:x http://127.0.0.1:9/x.xsd")

    found = only(judged(forged(sign_enveloped(INVOICE, signer()), hinted)))
    assert (found.passed, found.signed[0].content) == (True, INVOICE)


def test_a_certificate_whose_name_is_nonsense_is_nobodys() -> None:
    """A part of a name that is no set: the reader finds out only when it writes the name."""

    def bent(root: etree._Element) -> None:
        for held in list(root.iter(ds("X509Certificate")))[:1]:
            der = base64.b64decode(held.text or "")
            place = der.rindex(b"\x31", 0, der.rindex(b"Test") - 8)  # in its subject
            held.text = base64.b64encode(der[:place] + b"\x71" + der[place + 1 :]).decode()

    found = only(judged(forged(sign_enveloped(INVOICE, signer()), bent)))
    assert (found.passed, found.subject) == (False, None)


@pytest.mark.parametrize(("name", "text"), [("ISO-8859-1", "é"), ("iso-8859-2", "čő")])
def test_a_document_in_an_older_encoding(name: str, text: str) -> None:
    document = f'<?xml version="1.0" encoding="{name}"?><a>{text}</a>'.encode(name)
    found = only(judged(sign_enveloped(document, signer())))
    assert found.signed[0].content == f"<a>{text}</a>".encode()
    target = Target(uri="a.xml", content=document, transforms=(Transform(algorithm=EXCLUSIVE),))
    files = {"a.xml": document}
    assert only(judged(sign_detached([target], signer()), files)).passed
