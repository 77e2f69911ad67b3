"""How big a document may be, found out from its text before libxml2 builds a tree.

All of it takes linear time and next to no memory, whatever the text is.
"""

import functools
import re
from dataclasses import dataclass

from formats.xml_refusal import UnreadableDocumentError

LIBXML2_DEPTH = 256
"""How deep libxml2 lets elements stand in each other (`xmlParserMaxDepth`)."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How big a document may be. Checked before or while libxml2 builds the tree.

    Attributes:
        bytes: Of the whole document.
        depth: Elements inside each other; the root has depth 1. libxml2 itself stops at 256,
            so that is free, and a lower limit is looked for.
        elements: Start tags (a 10,000-line invoice has about 190,000).
        asides: Comments and processing instructions.
        attributes: On one element, namespace declarations included.
        attributes_in_all: Signs "=" in all start tags (a 10,000-line invoice has about 43,000).
        crowd: Elements, and attributes in all, that a document may have however short it is. With
            more of them it must also have so many characters for each: a tree takes 500 bytes for
            an element, so short ones would make a document a hundred times as large. None for any
            number.
        characters_per_element: Beyond `crowd` (official documents have 20 to 120).
        characters_per_attribute: Beyond `crowd` (invoices have 100 and more).
        namespace_declarations: On one element.
        text: Characters between two tags, or in one tag. libxml2 itself stops at 10,000,000.
    """

    bytes: int = 20 * 1024 * 1024
    depth: int = LIBXML2_DEPTH
    elements: int = 600_000
    asides: int = 100_000
    attributes: int = 256
    attributes_in_all: int = 300_000
    crowd: int | None = None
    characters_per_element: int = 16
    characters_per_attribute: int = 32
    namespace_declarations: int = 64
    text: int = 10_000_000


DEFAULT_LIMITS = Limits(crowd=50_000)
"""For documents from outside."""


_SPACE = re.compile(r"[ \t\r\n]*")
# What may stand before the root element or a DOCTYPE, [27] Misc, and in content: where each ends.
_MISC = (("<?", "?>"), ("<!--", "-->"))
_UNPARSED = (*_MISC, ("<![CDATA[", "]]>"))
_QUOTED = re.compile(r""""[^"]*"|'[^']*'""")
_NAMESPACE_DECLARATION = re.compile(r"[ \t\r\n]xmlns(?::[^ \t\r\n=]+)?[ \t\r\n]*=")


def _after_space(text: str, place: int) -> int:
    space = _SPACE.match(text, place)
    return space.end() if space else place


def _after(text: str, place: int, kinds: tuple[tuple[str, str], ...]) -> int | None:
    """Return where what begins at a place ends; None when it is none of these.

    What is not closed runs to the end: trying again at every "<" would take quadratic time.
    """
    for opening, closing in kinds:
        if text.startswith(opening, place):
            end = text.find(closing, place + len(opening))
            return len(text) if end < 0 else end + len(closing)
    return None


def end_of_prolog(text: str) -> int:
    """Return where the root element begins, or the DOCTYPE before it."""
    end = _after_space(text, 0)
    while (after := _after(text, end, _MISC)) is not None:
        end = _after_space(text, after)
    return end


def check_size(text: str, limits: Limits) -> None:
    """Apply the limits that must hold before a tree is built; nearly free.

    Raises:
        UnreadableDocumentError: It exceeds one.
    """
    # Every "<" that opens neither an end tag, nor a comment, CDATA or PI: at least the elements.
    tags = text.count("<")
    asides = text.count("<!--") + text.count("<?") if tags > limits.asides else 0
    if asides > limits.asides:
        raise UnreadableDocumentError(
            "too-many-comments",
            f"The document has more than {limits.asides} comments and instructions.",
        )
    most = _most(limits.elements, limits.characters_per_element, text, limits)
    if tags > most:
        tags -= text.count("</") + text.count("<!") + text.count("<?")
    if tags > most:
        raise UnreadableDocumentError(
            "too-many-elements",
            f"The document has more than {most} elements in {len(text)} characters.",
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
    if equals > _most_attributes(text, limits):
        _check_tags(text, limits)
        return
    long = _long_piece(len(' a=""') * min(limits.namespace_declarations, limits.attributes))
    if any(
        piece[0].count("xmlns") > limits.namespace_declarations
        or piece[0].count("=") > limits.attributes
        for piece in long.finditer(text)
    ):
        _check_tags(text, limits)


def _most(limit: int, characters: int, text: str, limits: Limits) -> int:
    """Return how many there may be of what takes so many characters each in an honest document."""
    if limits.crowd is None:
        return limit
    return min(limit, max(limits.crowd, len(text) // characters))


def _most_attributes(text: str, limits: Limits) -> int:
    return _most(limits.attributes_in_all, limits.characters_per_attribute, text, limits)


@functools.cache
def _long_piece(length: int) -> re.Pattern[str]:
    """Return the pattern of tags that, with what follows them, are longer than this."""
    return re.compile(rf"<[^<]{{{length},}}")


@functools.cache
def _markup(attributes: int) -> re.Pattern[str]:
    """Return the pattern of start tags, and of what may hold a "<" that starts no tag.

    A tag is followed to the first attribute too many. No group is repeated over text of any
    length: `re` would keep a mark for every time.
    """
    return re.compile(
        r"<\?|<!--|<!\[CDATA\["
        r"""|<(?![!?/])[^<>"'=]*=[^<>"']*(?:(?:"[^"<]*"|'[^'<]*')[^<>"']*)"""
        rf"{{0,{attributes + 1}}}"
    )


def _check_tags(text: str, limits: Limits) -> None:
    least = min(limits.namespace_declarations, limits.attributes)
    most = _most_attributes(text, limits)
    place = in_all = 0
    markup = _markup(limits.attributes)
    while match := markup.search(text, place):
        after = _after(text, match.start(), _UNPARSED)
        if after is not None:
            place = after
            continue
        place = match.end()
        tag = match[0]
        equals = tag.count("=")
        in_all += equals
        if equals > least:
            _check_tag(tag, limits, text.count("\n", 0, match.start()) + 1)
        if in_all > most:
            raise UnreadableDocumentError(
                "too-many-attributes",
                f"The document has more than {most} in {len(text)} characters.",
                text.count("\n", 0, place) + 1,
            )


def _check_tag(tag: str, limits: Limits, line: int) -> None:
    names = _QUOTED.sub("", tag)
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
