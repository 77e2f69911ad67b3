"""signxml as second verifier, and the canonical forms that W3C's interoperability test published.

Where the two differ, the reason stands here.
"""

from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from lxml import etree
from signxml.algorithms import DigestAlgorithm, SignatureMethod
from signxml.exceptions import InvalidSignature
from signxml.verifier import SignatureConfiguration, XMLVerifier
from typing_extensions import override

from formats.signatures.report import Outcome
from formats.signatures.signer import Algorithm
from formats.signatures.trust import Terms
from formats.signatures.xml import Form, Properties, check, sign_enveloped, sign_enveloping
from formats.signatures.xml.document import Document
from formats.signatures.xml.names import ds
from formats.signatures.xml.references import resolve
from formats.signatures.xml.rejection import Rejected
from formats.signatures.xml.structure import read_structure
from formats.signatures.xml.work import Work
from formats.xml import parse
from tests.formats.signatures.xml.corpora import LATE, table
from tests.formats.signatures.xml.signed import METHODS, PLAIN, judged, only, signer

ANY = SignatureConfiguration(
    require_x509=False,
    expect_references=True,
    signature_methods=frozenset(SignatureMethod),
    digest_algorithms=frozenset(DigestAlgorithm),
)
DOCUMENT = b'<a xmlns="urn:a" xmlns:b="urn:b"><b:b> x </b:b><?p i?></a>'


class Verifier(XMLVerifier):
    """signxml without what keeps it from an opinion on old files.

    It does not judge certificates here. And it canonicalizes an element by itself: in place,
    libxml2 2.14 under lxml adds `xmlns=""` to what is below a default namespace, and signxml
    calls 17 right signatures of the W3C wrong.
    """

    @override
    def _check_cert_validity(self, *_: object) -> None:
        pass

    @override
    def _c14n(self, nodes: etree._Element, *way: Any, **how: Any) -> bytes:
        alone = etree.ElementTree(parse(etree.tostring(nodes, with_tail=False)))
        found: bytes = super()._c14n(alone.getroot(), *way, **how)
        return found


def theirs(document: bytes, certificate: bytes | None) -> list[bytes]:
    """Return what signxml says is signed.

    Raises:
        Exception: It refuses.
    """
    given = x509.load_der_x509_certificate(certificate) if certificate else None
    results = Verifier().verify(
        document, x509_cert=given, expect_config=ANY, validate_schema=False
    )
    return [one.signed_data for one in (results if isinstance(results, list) else [results])]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("properties", [None, PLAIN], ids=["xmldsig", "xades"])
@pytest.mark.parametrize("make", [sign_enveloped, sign_enveloping])
def test_signxml_agrees_on_what_we_make(  # type: ignore[no-untyped-def]
    make,  # noqa: ANN001
    method: str,
    properties: Properties | None,
) -> None:
    key = signer(Algorithm.RSA_SHA256)
    made = make(DOCUMENT, key, Form(canonicalization=method), properties)
    ours = only(judged(made))
    assert ours.passed
    assert theirs(made, key.chain[0])[0] == ours.signed[0].content


@pytest.mark.parametrize("algorithm", [Algorithm.RSA_PSS_SHA512, Algorithm.ECDSA_SHA512])
def test_signxml_agrees_on_algorithms(algorithm: Algorithm) -> None:
    key = signer(algorithm)
    made = sign_enveloped(DOCUMENT, key, Form(digest="sha512"))
    assert theirs(made, key.chain[0])[0] == only(judged(made)).signed[0].content
    with pytest.raises(Exception):  # noqa: B017, PT011 - whatever it raises, it refuses
        theirs(made.replace(b" x ", b" y "), key.chain[0])


def test_attributes_of_xml_are_inherited_and_comments_are_left_out() -> None:
    """signxml says no: it lifts the signature out of its ancestors, and keeps comments.

    Canonical XML 1.0 section 2.4: `xml:lang` of an ancestor belongs to SignedInfo. XMLDSig
    4.4.3.3: what a reference without `xpointer` names has no comments, however it is written.
    """
    key = signer(Algorithm.RSA_SHA256)
    method = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments"
    made = sign_enveloped(b'<a xml:lang="sl"><!-- c --></a>', key, Form(canonicalization=method))
    document = Document(made, Work(len(made)))
    structure = read_structure(document.root[1], document)
    assert structure.signed_octets.startswith(b'<ds:SignedInfo xmlns:ds="')
    assert b' xml:lang="sl">' in structure.signed_octets[:120]
    assert only(judged(made)).signed[0].content == b'<a xml:lang="sl"></a>'
    with pytest.raises(InvalidSignature):
        theirs(made, key.chain[0])


_XPATH = (b"/REC-xpath-19991116", b"/06/xmldsig-filter2")
_UNKNOWN = (b"#rsa-md5", b"KeyInfoReference")


@pytest.mark.filterwarnings("ignore")
@pytest.mark.official
def test_signxml_agrees_on_the_corpora(official: Path) -> None:
    """It has no MD5, KeyInfoReference or XPath; in all else the two say the same."""
    judged_files = 0
    for file in dict.fromkeys(row.file for row in table()):
        document = (official / file).read_bytes()
        found = check(document, Terms(None, LATE)).signatures[:1]
        if not found or any(one in document for one in (*_XPATH, *_UNKNOWN)):
            continue
        passed = {one.id for one in found[0].checks if one.outcome is Outcome.PASSED}
        try:
            opinion = bool(theirs(document, found[0].certificate))
        except Exception:  # noqa: BLE001 - whatever it raises, it refuses
            opinion = False
        judged_files += 1
        assert opinion == ({"reference", "signature"} <= passed), file
    assert judged_files > 150


@pytest.mark.official
def test_canonical_forms_are_those_that_were_published(official: Path) -> None:
    """Each `-c14n-` file of Merlin's vectors is what some reference, or SignedInfo, comes to."""
    folder = official / "xmldsig-interop/merlin-xmldsig-twenty-three"
    seen = 0
    for path in sorted(folder.glob("signature-en*.xml")):
        published = {one.read_bytes() for one in folder.glob(f"{path.stem}-c14n-*.txt")}
        document = Document(path.read_bytes(), Work(100_000))
        signature = next(document.root.iter(ds("Signature")))
        try:
            octets = {read_structure(signature, document).signed_octets}
        except Rejected:
            continue  # HMAC with a parameter
        references = signature.iter(ds("Reference"))
        ours = octets | {resolve(one, document, signature, {})[0] for one in references}
        assert published <= ours, path.name
        seen += len(published)
    assert seen >= 7
