"""Verifying whatever carries a signature: XML, CMS (.p7m), JWS, PDF or ASiC, told by its bytes."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import unquote

from formats.signatures import cms, jws
from formats.signatures.cms_reading import is_signed_data
from formats.signatures.report import SignatureReport
from formats.signatures.trust import Terms
from formats.signatures.xml import check as check_xml
from formats.xml import parse


class Kind(StrEnum):
    """What carries the signatures."""

    XML = "xml"
    CMS = "cms"
    JWS = "jws"
    PDF = "pdf"
    ASIC = "asic"
    UNKNOWN = "unknown"


class Coverage(StrEnum):
    """How much of what was given a signature that holds covers."""

    ALL = "all"
    PART = "part"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Unsigned:
    """Something that is there and that no signature covers.

    Attributes:
        name: A file's name, a part of the document.
        detail: For people.
    """

    name: str
    detail: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found.

    Attributes:
        kind: What it is.
        report: Every signature.
        unsigned: What none of those that hold covers. Whoever reads it reads what nobody signed.
    """

    kind: Kind
    report: SignatureReport
    unsigned: tuple[Unsigned, ...] = ()

    @property
    def coverage(self) -> Coverage:
        """How much is signed: whoever reads what is not reads what anybody may have written."""
        if not any(signature.signed for signature in self.report.signatures):
            return Coverage.NONE
        return Coverage.PART if self.unsigned else Coverage.ALL


def kind_of(data: bytes) -> Kind:
    """Tell what carries the signatures, by its first bytes."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if data[:4] == b"PK\x03\x04":
        return Kind.ASIC
    if head[:1] == b"<" or data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return Kind.XML
    if b"%PDF-" in data[:1024]:
        return Kind.PDF
    if jws.looks_like(data):
        return Kind.JWS
    return Kind.CMS if is_signed_data(data) else Kind.UNKNOWN


def verify(data: bytes, terms: Terms, *, files: Mapping[str, bytes] | None = None) -> Verification:
    """Verify every signature. Never raises.

    Args:
        data: What carries the signatures.
        terms: Whom to believe, when, and what is known.
        files: What travels beside, by the names that signatures use; CMS and JWS name nothing,
            and take the only one.
    """
    kind = kind_of(data)
    beside = dict(files or {})
    ambiguous = _ambiguous(beside)
    if ambiguous is not None:
        return _whole(kind, SignatureReport((cms.unreadable(ambiguous, "-"),)), beside)
    return _verified(kind, data, terms, beside)


def _verified(kind: Kind, data: bytes, terms: Terms, beside: Mapping[str, bytes]) -> Verification:
    only = next(iter(beside.values())) if len(beside) == 1 else None
    match kind:
        case Kind.XML:
            return _xml(data, terms, beside)
        case Kind.JWS:
            return _whole(kind, jws.check(data, terms, detached=only), beside)
        case Kind.PDF:
            from formats.signatures.pdf import check  # noqa: PLC0415 - the library loads slowly

            checked = check(data, terms)
            left = tuple(Unsigned(*pair) for pair in checked.unsigned)
            return Verification(kind, checked.report, (*left, *_beside(beside)))
        case Kind.ASIC:
            from formats.signatures import asic  # noqa: PLC0415 - only where it is needed

            found = asic.check(data, terms)
            left = tuple(Unsigned(*pair) for pair in found.unsigned)
            return Verification(kind, found.report, (*left, *_beside(beside)))
        case Kind.CMS:
            return _whole(kind, cms.check(data, terms, detached=only), beside)
    report = SignatureReport((cms.unreadable("It is none of XML, CMS, JWS, PDF and ASiC.", "-"),))
    return _whole(kind, report, beside)


_UNCOVERED = "No signature that holds covers it."


def _ambiguous(files: Mapping[str, bytes]) -> str | None:
    """Say which name a reference cannot mean, or could mean for another's; None when all are well.

    A reference that begins with `#` is a part of its own document, an empty one all of it, and
    what is escaped in one is escaped once (RFC 3986 2.4).
    """
    for name in files:
        if not name or name.startswith("#"):
            return f"{name!r} is no name for a file: it means a part of the document itself."
        if unquote(name) != name and unquote(name) in files:
            return f"{name!r} and {unquote(name)!r} are one name to a reference."
    return None


def _whole(kind: Kind, report: SignatureReport, files: Mapping[str, bytes]) -> Verification:
    """Return a report on something of which all is signed, or nothing.

    One file beside it is the payload; of several, none is.
    """
    left = _beside(files) if len(files) > 1 else ()
    if any(signature.signed for signature in report.signatures):
        return Verification(kind, report, left)
    payload = Unsigned("payload", "No signature over it holds.")
    return Verification(kind, report, (payload, *left))


def _beside(files: Mapping[str, bytes]) -> tuple[Unsigned, ...]:
    return tuple(Unsigned(name, _UNCOVERED) for name in files)


def _is_but_signature(data: bytes, report: SignatureReport) -> bool:
    """Tell whether a document is nothing but a signature, beside or around what it signs.

    Nothing in it is there to be read but what it signs: objects that it does not are refused.
    """
    if not report.signatures or not all(signature.signed for signature in report.signatures):
        return False
    return parse(data).tag == "{http://www.w3.org/2000/09/xmldsig#}Signature"


def _xml(data: bytes, terms: Terms, files: Mapping[str, bytes]) -> Verification:
    report = check_xml(data, terms, detached=files)
    parts = [signed for signature in report.signatures for signed in signature.signed]
    inside = {part.name for part in parts if not part.file}
    covered = {part.name for part in parts if part.file}
    unsigned = []
    if "" not in inside and not _is_but_signature(data, report):
        named = ", ".join(sorted(inside))
        detail = "Only these parts are signed: " + named if named else "None of it is signed."
        unsigned.append(Unsigned("document", detail))
    unsigned += [Unsigned(name, _UNCOVERED) for name in files if name not in covered]
    return Verification(Kind.XML, report, tuple(unsigned))
