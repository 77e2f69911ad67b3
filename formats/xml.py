"""The only XML parser: everything the product reads from outside goes through `parse`.

Schematron, XSD and our readers must agree on what a document says, so an element's value is its
XPath string value and lexical forms are those of XML Schema part 2: Python's `Decimal` and
`date.fromisoformat` accept more. Inclusive C14N is not used anywhere, because libxml2's takes
time super-linear in namespace declarations.
"""

import functools
import re

from lxml import etree

from formats.en16931.group import XML_WHITE_SPACE
from formats.xml_refusal import UnreadableDocumentError
from formats.xml_size import DEFAULT_LIMITS, LIBXML2_DEPTH, Limits, check_size, end_of_prolog

__all__ = (
    "DEFAULT_LIMITS",
    "ENCODINGS",
    "WHITESPACE",
    "Limits",
    "UnreadableDocumentError",
    "parse",
    "string_value",
    "utf8",
)

ENCODINGS = frozenset({"UTF-8", "UTF-16"})
"""What documents may be written in."""


# [23] XMLDecl of XML 1.0, the whole of it: a parser that takes more would obey another encoding
_DECLARATION = re.compile(
    r"""<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:"1\.[0-9]+"|'1\.[0-9]+')"""
    r"""(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*"""
    r"""(?:"([A-Za-z][A-Za-z0-9._-]*)"|'([A-Za-z][A-Za-z0-9._-]*)'))?"""
    r"""(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?"""
    r"""[ \t\r\n]*\?>"""
)
_DECLARED = re.compile(r"<\?xml[ \t\r\n]")
_LATIN = re.compile(
    rb"""<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*["']1\.[0-9]+["']"""
    rb"""[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*["'](ISO-8859-[12])["']""",
    re.IGNORECASE,
)


def parse(
    content: bytes, limits: Limits = DEFAULT_LIMITS, encodings: frozenset[str] = ENCODINGS
) -> etree._Element:
    """Parse a document and return its root element.

    Args:
        content: The document.
        limits: How big it may be.
        encodings: What it may be written in: `UTF-8`, `UTF-16`; `ISO-8859-1` and `ISO-8859-2`
            when it says so.

    Raises:
        UnreadableDocumentError: It is not well-formed, has a DOCTYPE, another encoding than UTF-8
            or UTF-16, or exceeds a limit. Nothing is fetched, no entity is expanded.
    """
    if not content:
        raise UnreadableDocumentError("empty", "The document is empty.")
    if len(content) > limits.bytes:
        raise UnreadableDocumentError(
            "too-large", f"The document has {len(content)} bytes, more than {limits.bytes}."
        )
    text = _decoded(content, encodings)
    if "\0" in text:
        raise UnreadableDocumentError("nul", "The document holds NUL characters.")
    check_size(text, limits)
    _refuse_doctype(text)
    # Our own transcoding: libxml2 sees the very characters that were checked above.
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        collect_ids=False,  # an xml:id that is no name, or twice, is not malformed
        huge_tree=False,
    )
    try:
        root: etree._Element = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise _syntax_error(error) from None
    if root.getroottree().docinfo.internalDTD is not None:  # pragma: no cover - a second lock
        raise UnreadableDocumentError("doctype", "A DOCTYPE is not allowed.")
    if limits.depth < LIBXML2_DEPTH:
        _check_depth(root, limits)
    return root


def utf8(content: bytes, encodings: frozenset[str] = ENCODINGS) -> bytes:
    """Return a document that `parse` has read in UTF-8, whatever it is written in.

    A second reader must be given these bytes, and told that they are UTF-8: then it sees the
    characters that `parse` saw, whatever the XML declaration says.
    """
    codec, _ = _coding(content, encodings)
    return content if codec == _UTF_8 else content.decode(codec).encode()


_UTF_8 = "utf-8-sig"


def _coding(content: bytes, encodings: frozenset[str]) -> tuple[str, str]:
    """Return Python's name of what the bytes are written in, and the name it is declared by."""
    if content.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        raise UnreadableDocumentError("encoding", "UTF-32 is not accepted; use UTF-8.")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16", "UTF-16"
    if content.startswith(b"<\0"):
        return "utf-16-le", "UTF-16"
    if content.startswith(b"\0<"):
        return "utf-16-be", "UTF-16"
    latin = _LATIN.match(content[:200])
    if latin and (name := latin[1].decode("ascii").upper()) in encodings:
        return name, name
    return _UTF_8, "UTF-8"


def _decoded(content: bytes, encodings: frozenset[str]) -> str:
    codec, family = _coding(content, encodings)
    try:
        text = content.decode(codec)
    except UnicodeDecodeError as error:
        raise UnreadableDocumentError(
            "encoding", f"The bytes are not {family}: {error.reason} at byte {error.start}."
        ) from None
    if text.startswith("\ufeff"):  # the codecs took one
        raise UnreadableDocumentError("encoding", "There is more than one byte order mark.", 1)
    declaration = _DECLARATION.match(text)
    if declaration is None and _DECLARED.match(text):
        raise UnreadableDocumentError("not-well-formed", "The XML declaration is malformed.", 1)
    if declaration and (name := declaration[1] or declaration[2]):
        declared = "UTF-16" if name.upper() in {"UTF-16LE", "UTF-16BE"} else name.upper()
        if declared != family:
            raise UnreadableDocumentError(
                "encoding", f"Declared as {name[:40]}, but the bytes are {family}.", 1
            )
    return text


def _refuse_doctype(text: str) -> None:
    # Well-formed XML can have a DOCTYPE only here; "<!DOCTYPE" in a note's CDATA is just text.
    end = end_of_prolog(text)
    if text.startswith("<!DOCTYPE", end):
        raise UnreadableDocumentError(
            "doctype", "A DOCTYPE is not allowed.", text.count("\n", 0, end) + 1
        )


def _check_depth(root: etree._Element, limits: Limits) -> None:
    for element in _too_deep(limits.depth)(root):
        raise UnreadableDocumentError(
            "too-deep", f"Elements stand more than {limits.depth} deep.", element.sourceline
        )


@functools.cache
def _too_deep(depth: int) -> etree.XPath:
    return etree.XPath(f"({'/*' * (depth + 1)})[1]")


def _syntax_error(error: etree.XMLSyntaxError) -> UnreadableDocumentError:
    message = " ".join((error.msg or "not well-formed").split())[:300]
    lowered = message.lower()
    if "excessive depth" in lowered:
        code = "too-deep"
    elif "too long" in lowered or "limit exceeded" in lowered:
        code = "text-too-long"
    else:
        code = "not-well-formed"
    return UnreadableDocumentError(code, message, error.lineno or None)


def string_value(element: etree._Element) -> str:
    """Return the XPath string value: comments and PIs inside do not split the text.

    `<Amount>1<!---->00</Amount>` is 100 for XPath; lxml's `.text` alone would say 1.
    """
    if len(element) == 0:
        return element.text or ""
    return str(_STRING_VALUE(element))  # libxml2 joins the pieces; Python would make each of them


_STRING_VALUE = etree.XPath("string()", smart_strings=False)


WHITESPACE = XML_WHITE_SPACE
"""White space of XML; `str.strip()` would take no-break spaces too."""
