"""What carries a signature is told by its bytes, and what nothing covers is told with it."""

import pytest

from formats.signatures import cms_making, xml
from formats.signatures.report import Indication
from formats.signatures.trust import Terms, TrustStore
from formats.signatures.verification import Kind, kind_of, verify
from tests.formats.signatures.pki import NOW, house

TOP, MIDDLE, LEAF = house()
TERMS = Terms(TrustStore("test", (TOP.der,)), NOW)
XML = b"<Invoice><Total>1</Total></Invoice>"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"<a/>", Kind.XML),
        (b"\xef\xbb\xbf \n<a>%PDF-1.7</a>", Kind.XML),
        ("<a/>".encode("utf-16"), Kind.XML),
        (b"%PDF-1.7\n<a/>", Kind.PDF),
        (b"junk\n%PDF-1.7\n", Kind.PDF),
        (b"PK\x03\x04", Kind.ASIC),
        (b"eyJhbGciOiJub25lIn0..", Kind.JWS),
        (b'{"payload":"","protected":"","signature":""}', Kind.JWS),
        (b'{"payload":""}', Kind.UNKNOWN),
        (cms_making.sign(b"x", LEAF.signer(), at=NOW), Kind.CMS),
        (b"hello", Kind.UNKNOWN),
        (b"", Kind.UNKNOWN),
    ],
)
def test_the_bytes_tell_what_it_is(content: bytes, kind: Kind) -> None:
    assert kind_of(content) is kind
    assert verify(content, TERMS).kind is kind


def test_an_enveloped_xml_signature_covers_the_document() -> None:
    made = xml.sign_enveloped(XML, LEAF.signer(), properties=xml.Properties(signing_time=NOW))
    verification = verify(made, TERMS)
    assert verification.report.indication is Indication.TOTAL_PASSED
    assert verification.report.signatures[0].subject == "CN=Signer,O=Test,C=SI"
    assert verification.unsigned == ()
    changed = verify(made.replace(b"<Total>1", b"<Total>9"), TERMS)
    assert changed.report.indication is Indication.TOTAL_FAILED
    assert [one.name for one in changed.unsigned] == ["document"]


def test_a_detached_cms_takes_the_only_file() -> None:
    made = cms_making.sign(b"a", LEAF.signer(), at=NOW, detached=True)
    assert verify(made, TERMS, files={"a.txt": b"a"}).report.indication is Indication.TOTAL_PASSED
    two = verify(made, TERMS, files={"a.txt": b"a", "b.txt": b"b"})
    assert two.report.indication is Indication.INDETERMINATE
    assert [one.name for one in two.unsigned] == ["payload", "a.txt", "b.txt"]
