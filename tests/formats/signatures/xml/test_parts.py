"""Names, numbers, certificates and canonical forms, each by itself."""

import pytest
from asn1crypto import x509 as asn1
from cryptography.hazmat.primitives.asymmetric import dsa, ec, rsa
from cryptography.hazmat.primitives.serialization import PublicFormat

from formats.signatures.report import SubIndication
from formats.signatures.xml import canonical as canonicalization
from formats.signatures.xml.algorithms import Method
from formats.signatures.xml.canonical import METHODS, NAMESPACE_WORK, check_namespaces
from formats.signatures.xml.certificates import public_key, read_certificate, readable
from formats.signatures.xml.distinguished import says
from formats.signatures.xml.mathematics import is_right, to_der
from formats.signatures.xml.names import from_base64, text
from formats.signatures.xml.rejection import Rejected
from formats.xml import parse
from tests.formats.signatures import pki
from tests.formats.signatures.xml.signed import (
    C14N,
    C14N_11,
    EXCLUSIVE,
    judged,
    only,
)


def name(*pairs: tuple[str, str]) -> asn1.Name:
    return asn1.Name.build(dict(pairs))


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("CN=A\\, B,O=Č,C=SI", True),
        ("C=SI,O=Č,CN=A\\2c B", True),
        ("c = si ; o= č ;cn=a,  b", False),
        ('CN="A, B", O=Č, C=SI', True),
        ("2.5.4.3=A\\, B,OID.2.5.4.10=\\C4\\8C,2.5.4.6=SI", True),
        ("2.5.4.3=#0c04412c2042,O=Č,C=SI", True),
        ("CN=#zz,O=Č,C=SI", False),
        ("CN=#30,O=Č,C=SI", False),
        ("XX=A\\, B,O=Č,C=SI", False),
        ("O=Č,C=SI", False),
        ("CN=A\\, B,C=SI,O=Č", False),
        ("nonsense", False),
        ("", False),
        ("CN=" + "a" * 5000, False),
        ("OID=A\\, B,O=Č,C=SI", False),
    ],
)
def test_names_are_compared_by_what_they_say(written: str, *, right: bool) -> None:
    held = name(("country_name", "SI"), ("organization_name", "Č"), ("common_name", "A, B"))
    assert says(written, held) is right


def test_numbers_of_a_signature_have_the_width_of_the_key() -> None:
    assert to_der(bytes([0, 1, 0, 2]), 2) == b"\x30\x06\x02\x01\x01\x02\x01\x02"
    with pytest.raises(ValueError, match="width"):
        to_der(bytes(3), 2)


def test_a_key_of_another_kind_or_too_large_is_a_wrong_signature() -> None:
    small = rsa.RSAPublicNumbers(2**70 + 1, 2**2048 - 1).public_key()
    weak = dsa.generate_private_key(1024).public_key()  # noqa: S505 - weak on purpose
    for key in (small, weak, ec.generate_private_key(ec.SECP256R1()).public_key()):
        for kind in ("rsa", "rsa-pss", "ecdsa", "dsa"):
            assert not is_right(key, Method(kind, "sha256"), bytes(64), b"")
    huge = rsa.RSAPublicNumbers(65537, 2**8200 - 1).public_key()
    assert not is_right(huge, Method("rsa", "sha256"), bytes(1025), b"")


def test_certificates_that_are_none() -> None:
    with pytest.raises(ValueError, match="too long"):
        read_certificate(bytes(70_000))
    with pytest.raises(ValueError, match="not a certificate"):
        read_certificate(b"\x30\x03\x02\x01\x01")
    good = pki.house()[2].der
    assert [one.der for one in readable([b"nonsense", good])] == [good]
    odd = pki.house()[1].issue("Ed", key=pki.edwards_key("Ed")).der
    assert read_certificate(odd).key is None
    with pytest.raises(ValueError, match="kind"):
        public_key(
            pki.edwards_key("Ed")
            .public_key()
            .public_bytes(pki.DER, PublicFormat.SubjectPublicKeyInfo)
        )


def test_a_kind_of_key_that_nobody_knows() -> None:
    der = pki.rsa_key("RSA").public_key().public_bytes(pki.DER, PublicFormat.SubjectPublicKeyInfo)
    unknown = der.replace(bytes.fromhex("2a864886f70d010101"), bytes.fromhex("2a864886f70d010163"))
    assert unknown != der
    with pytest.raises(ValueError):  # noqa: PT011 - of the library's words
        public_key(unknown)


def test_text_is_text_alone() -> None:
    assert text(parse(b"<a> x\n</a>")) == "x"
    assert from_base64(" QQ\n==", "it") == b"A"
    for wrong in ("Q", "QQ=", "QQ==QQ==", "č", "QQ-_"):
        with pytest.raises(Rejected):
            from_base64(wrong, "it")


def canonical(document: bytes, method: str, path: str, *prefixes: str) -> bytes:
    root = parse(document)
    element = root.find(path)
    assert element is not None
    return canonicalization.canonical(element, METHODS[method], prefixes=prefixes)


def test_a_part_inherits_what_canonical_xml_says() -> None:
    document = (
        b'<a xmlns="urn:a" xmlns:p="urn:p" xml:lang="sl" xml:id="x" xml:space="preserve">'
        b'<b xmlns="" xml:lang="de"><c q="1"><d xmlns="urn:a"/></c></b></a>'
    )
    tail = b' q="1"%s xml:lang="de" xml:space="preserve"><d xmlns="urn:a"></d></c>'
    assert canonical(document, C14N, "b/c") == b'<c xmlns:p="urn:p"' + tail % b' xml:id="x"'
    assert canonical(document, C14N_11, "b/c") == b'<c xmlns:p="urn:p"' + tail % b""
    assert canonical(document, EXCLUSIVE, "b/c") == b'<c q="1"><d xmlns="urn:a"></d></c>'
    listed = b'<c xmlns:p="urn:p" q="1"><d xmlns="urn:a"></d></c>'
    assert canonical(document, EXCLUSIVE, "b/c", "p", "#default") == listed
    based = b'<a xml:base="http://localhost/"><b/></a>'
    assert canonical(based, C14N, "b") == b'<b xml:base="http://localhost/"></b>'
    with pytest.raises(Rejected):
        canonical(based, C14N_11, "b")


def test_too_many_namespaces_in_scope() -> None:
    declared = " ".join(f'xmlns:n{place}="urn:{place}"' for place in range(60))
    many = NAMESPACE_WORK // 60 + 1
    document = f"<a {declared}>{'<line>some text</line>' * many}</a>".encode()
    report = judged(document)
    assert only(report).sub_indication is SubIndication.FORMAT_FAILURE
    check_namespaces(parse(b'<a xmlns="urn:a"><b xmlns="urn:b"/><c/></a>'))
