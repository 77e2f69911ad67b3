"""The only XML parser: everything the product reads from outside goes through `parse`.

Schematron, XSD and our readers must agree on what a document says, so an element's value is its
XPath string value and lexical forms are those of XML Schema part 2: Python's `Decimal` and
`date.fromisoformat` accept more. Inclusive C14N is not used anywhere, because libxml2's takes
time super-linear in namespace declarations.
"""

import functools
import re
from dataclasses import dataclass

from lxml import etree

from formats.en16931.group import XML_WHITE_SPACE

LIBXML2_DEPTH = 256
"""How deep libxml2 lets elements stand in each other (`xmlParserMaxDepth`)."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How big a document may be. Checked before or while libxml2 builds the tree.

    Attributes:
        bytes: Of the whole document.
        depth: Elements inside each other; the root has depth 1. libxml2 itself stops at 256,
            so that is free, and a lower limit is looked for.
        elements: Start tags (a 10,000-line invoice has about 230,000).
        attributes: On one element, namespace declarations included.
        namespace_declarations: On one element.
        text: Characters between two tags, or in one tag. libxml2 itself stops at 10,000,000.
    """

    bytes: int = 20 * 1024 * 1024
    depth: int = LIBXML2_DEPTH
    elements: int = 600_000
    attributes: int = 256
    namespace_declarations: int = 64
    text: int = 10_000_000


DEFAULT_LIMITS = Limits()

ENCODINGS = frozenset({"UTF-8", "UTF-16"})
"""What documents may be written in."""


class UnreadableDocumentError(ValueError):
    """A document that cannot be read, and why.

    Attributes:
        code: Stable: `empty`, `too-large`, `encoding`, `nul`, `doctype`, `not-well-formed`,
            `too-deep`, `too-many-elements`, `too-many-attributes`,
            `too-many-namespace-declarations`, `text-too-long`, `unknown-root`,
            `not-a-decimal`, `not-a-date`, `not-a-boolean`, `not-base64`, `out-of-range`.
        message: For people.
        line: 1-based line of the document, when known.
        location: XPath of the element, when there is one.
    """

    def __init__(
        self, code: str, message: str, line: int | None = None, location: str | None = None
    ) -> None:
        super().__init__(f"{code}: {message}" + (f" (line {line})" if line is not None else ""))
        self.code = code
        self.message = message
        self.line = line
        self.location = location


# [23] XMLDecl of XML 1.0
_DECLARATION = re.compile(
    r"""<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:"1\.[0-9]+"|'1\.[0-9]+')"""
    r"""(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*["']([A-Za-z][A-Za-z0-9._-]*)["'])?"""
)
_LATIN_1 = re.compile(
    rb"""<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*["']1\.[0-9]+["']"""
    rb"""[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*["']ISO-8859-1["']""",
    re.IGNORECASE,
)
# What may stand before the root element or a DOCTYPE: [27] Misc
# No possessive quantifiers: Python before 3.11.5 loses matches with them. Every pattern here is
# unambiguous instead (no two ways to match the same text), so giving back costs linear time.
_PROLOG = re.compile(r"(?:[ \t\r\n]+|<\?(?:(?!\?>).)*\?>|<!--(?:(?!-->).)*-->)*", re.DOTALL)
# Start tags with attributes, and whatever may hold a "<" that starts no tag. What is not closed
# runs to the end: trying again at every "<" would take quadratic time.
_MARKUP = re.compile(
    r"<!--(?:(?!-->).)*(?:-->|\Z)|<!\[CDATA\[(?:(?!\]\]>).)*(?:\]\]>|\Z)"
    r"|<\?(?:(?!\?>).)*(?:\?>|\Z)"
    r"""|<(?![!?/])[^<>"'=]*=[^<>"']*(?:(?:"[^"<]*"|'[^'<]*')[^<>"']*)*>""",
    re.DOTALL,
)
_QUOTED = re.compile(r""""[^"]*"|'[^']*'""")
_NAMESPACE_DECLARATION = re.compile(r"[ \t\r\n]xmlns(?::[^ \t\r\n=]+)?[ \t\r\n]*=")


def parse(
    content: bytes, limits: Limits = DEFAULT_LIMITS, encodings: frozenset[str] = ENCODINGS
) -> etree._Element:
    """Parse a document and return its root element.

    Args:
        content: The document.
        limits: How big it may be.
        encodings: What it may be written in: `UTF-8`, `UTF-16`, `ISO-8859-1` when it says so.

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
    _refuse_doctype(text)
    _check_size(text, limits)
    # Our own transcoding: libxml2 sees the very characters that were checked above.
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
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


def _decoded(content: bytes, encodings: frozenset[str]) -> str:
    if content.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        raise UnreadableDocumentError("encoding", "UTF-32 is not accepted; use UTF-8.")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        codec, family = "utf-16", "UTF-16"
    elif content.startswith(b"<\0"):
        codec, family = "utf-16-le", "UTF-16"
    elif content.startswith(b"\0<"):
        codec, family = "utf-16-be", "UTF-16"
    elif "ISO-8859-1" in encodings and _LATIN_1.match(content[:200]):
        codec, family = "latin-1", "ISO-8859-1"
    else:
        codec, family = "utf-8-sig", "UTF-8"
    try:
        text = content.decode(codec)
    except UnicodeDecodeError as error:
        raise UnreadableDocumentError(
            "encoding", f"The bytes are not {family}: {error.reason} at byte {error.start}."
        ) from None
    if (declaration := _DECLARATION.match(text)) and (name := declaration[1]):
        declared = "UTF-16" if name.upper() in {"UTF-16LE", "UTF-16BE"} else name.upper()
        if declared != family:
            raise UnreadableDocumentError(
                "encoding", f"Declared as {name[:40]}, but the bytes are {family}.", 1
            )
    return text


def _refuse_doctype(text: str) -> None:
    # Well-formed XML can have a DOCTYPE only here; "<!DOCTYPE" in a note's CDATA is just text.
    prolog = _PROLOG.match(text)
    end = prolog.end() if prolog else 0
    if text.startswith("<!DOCTYPE", end):
        raise UnreadableDocumentError(
            "doctype", "A DOCTYPE is not allowed.", text.count("\n", 0, end) + 1
        )


def _check_size(text: str, limits: Limits) -> None:
    """Apply the limits that must hold before a tree is built; linear, and nearly free."""
    # Every "<" that opens neither an end tag, nor a comment, CDATA or PI: at least the elements.
    tags = text.count("<")
    if tags > limits.elements:
        tags -= text.count("</") + text.count("<!") + text.count("<?")
    if tags > limits.elements:
        raise UnreadableDocumentError(
            "too-many-elements", f"The document has more than {limits.elements} elements."
        )
    if len(text) > limits.text and (found := re.search(rf"<[^<]{{{limits.text + 1}}}", text)):
        raise UnreadableDocumentError(
            "text-too-long",
            f"More than {limits.text} characters without markup.",
            text.count("\n", 0, found.start()) + 1,
        )
    # "<" cannot stand inside a tag, so these see every tag with what follows it: a hit is a
    # suspicion only (the text after the tag counts too), and only then the tags are taken apart.
    equals, declarations = text.count("="), text.count("xmlns")
    if equals <= limits.attributes and declarations <= limits.namespace_declarations:
        return
    long = _long_piece(len(' a=""') * min(limits.namespace_declarations, limits.attributes))
    if any(
        piece[0].count("xmlns") > limits.namespace_declarations
        or piece[0].count("=") > limits.attributes
        for piece in long.finditer(text)
    ):
        _check_tags(text, limits)


@functools.cache
def _long_piece(length: int) -> re.Pattern[str]:
    """Return the pattern of tags that, with what follows them, are longer than this."""
    return re.compile(rf"<[^<]{{{length},}}")


def _check_tags(text: str, limits: Limits) -> None:
    least = min(limits.namespace_declarations, limits.attributes)
    for match in _MARKUP.finditer(text):
        tag = match[0]
        if tag.startswith(("<!", "<?")) or tag.count("=") <= least:
            continue
        names = _QUOTED.sub("", tag)
        line = text.count("\n", 0, match.start()) + 1
        if len(_NAMESPACE_DECLARATION.findall(names)) > limits.namespace_declarations:
            raise UnreadableDocumentError(
                "too-many-namespace-declarations",
                f"An element has more than {limits.namespace_declarations} of them.",
                line,
            )
        if names.count("=") > limits.attributes:
            raise UnreadableDocumentError(
                "too-many-attributes", f"An element has more than {limits.attributes}.", line
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
    return "".join(element.itertext())


WHITESPACE = XML_WHITE_SPACE
"""White space of XML; `str.strip()` would take no-break spaces too."""
