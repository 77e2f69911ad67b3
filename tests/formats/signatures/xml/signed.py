"""Signers, a store that believes them, and random documents for tests of XML signatures."""

import functools
from collections.abc import Mapping

from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import strategies as st

from formats.signatures.report import Signature, SignatureReport
from formats.signatures.signer import Algorithm
from formats.signatures.trust import Terms, TrustStore
from formats.signatures.xml import Properties, check
from tests.formats.signatures import pki

AT = pki.NOW
C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
C14N_11 = "http://www.w3.org/2006/12/xml-c14n11"
EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
METHODS = (
    *(C14N, f"{C14N}#WithComments", C14N_11, f"{C14N_11}#WithComments"),
    *(EXCLUSIVE, f"{EXCLUSIVE}WithComments"),
)
DS = "http://www.w3.org/2000/09/xmldsig#"
ENVELOPED = f"{DS}enveloped-signature"
PLAIN = Properties(signing_time=AT)


@functools.cache
def terms() -> Terms:
    return Terms(TrustStore("tests", (pki.house()[0].der,)), AT)


@functools.cache
def signer(algorithm: Algorithm = Algorithm.ECDSA_SHA256) -> pki.SoftwareSigner:
    """Return one of our signers, with its issuing CA's certificate behind its own."""
    middle = pki.house()[1]
    if algorithm.startswith("rsa"):
        return middle.issue("RSA", key=pki.rsa_key("RSA")).signer(algorithm)
    curve = {"256": ec.SECP256R1, "384": ec.SECP384R1, "512": ec.SECP521R1}[algorithm[-3:]]
    return middle.issue(algorithm, key=pki.ec_key(algorithm, curve)).signer(algorithm)


def judged(document: bytes, detached: Mapping[str, bytes] | None = None) -> SignatureReport:
    return check(document, terms(), detached=detached)


def only(report: SignatureReport) -> Signature:
    assert len(report.signatures) == 1
    return report.signatures[0]


def failures(signature: Signature) -> list[str]:
    return [one.id for one in signature.checks if one.outcome == "failed"]


_TEXTS = st.lists(
    st.sampled_from(
        ["a", " ", "\n", "\t", "&#13;", "&amp;", "&lt;", "]]&gt;", "č", "𝄞", "<![CDATA[<&]]>"]
    ),
    max_size=4,
).map("".join)
_VALUES = st.lists(
    st.sampled_from(["b", " ", "&#9;", "&#10;", "&#13;", "&quot;", "&lt;", "'", "ž", "  "]),
    max_size=4,
).map("".join)
_PREFIXES = st.sampled_from(["", "p", "q", "ds", "xml-like"])
_NAMESPACES = st.sampled_from(["urn:one", "urn:two", DS, "http://example.com/a?b='c'"])
_ASIDES = st.sampled_from(["<!-- note -->", "<?do this?>", "<!---->", "<?go?>"])


@st.composite
def _elements(draw: st.DrawFn, scope: frozenset[str] = frozenset(), depth: int = 0) -> str:
    declared = draw(st.dictionaries(_PREFIXES, _NAMESPACES, max_size=2))
    written = [f'xmlns{":" if key else ""}{key}="{value}"' for key, value in declared.items()]
    if not declared.get("") and draw(st.booleans()):
        written.append('xmlns=""')
    known = scope | {key for key in declared if key}
    prefix = draw(st.sampled_from(["", *sorted(known)]))
    name = f"{prefix}:e" if prefix else "e"
    for key in draw(st.sets(st.sampled_from(["a", "B", "xml:lang", "xml:space"]), max_size=3)):
        value = "preserve" if key == "xml:space" else draw(_VALUES)
        written.append(f'{key}="{value}"')
    if draw(st.booleans()) and known:
        written.append(f'{min(known)}:c="{draw(_VALUES)}"')
    inside = draw(_TEXTS)
    if depth < 3:
        children = st.one_of(_elements(known, depth + 1), _ASIDES, _TEXTS)
        inside += "".join(draw(st.lists(children, max_size=3)))
    space = draw(st.sampled_from([" ", "\n  ", "\t"]))
    return f"<{name}{''.join(space + one for one in written)}>{inside}</{name}>"


@st.composite
def documents(draw: st.DrawFn) -> bytes:
    """Return a document with whatever XML allows around and in elements."""
    before = "".join(draw(st.lists(_ASIDES, max_size=2)))
    after = "\n".join(draw(st.lists(_ASIDES, max_size=2)))
    return f"{before}\n{draw(_elements())}\n{after}".encode()
