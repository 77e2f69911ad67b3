"""How the elements of a stylesheet are read: content, attributes, expressions, and refusals.

Every reader of this package asks for exactly the attributes and children it understands; what is
left over is refused with its name and line, because it could change a verdict.
"""

from collections.abc import Collection, Iterator, Mapping

from lxml import etree

from formats.validation.schematron.model import UnsupportedRuleError
from formats.validation.xpath.parser import (
    XPathSyntaxError,
    parse,
    parse_pattern,
    parse_sequence_type,
)
from formats.validation.xpath.syntax import Call, Expression, Literal, SequenceType, walk
from formats.xml import WHITESPACE

XSL = "{http://www.w3.org/1999/XSL/Transform}"
SVRL = "{http://purl.oclc.org/dsdl/svrl}"

_PREFIXES = {XSL: "xsl:", SVRL: "svrl:"}
_OPENS_DOCUMENTS = {"document", "doc", "doc-available", "collection", "unparsed-text"}
_NO_PREFIXES: Mapping[str, str] = {}


def unsupported(node: etree._Element, what: str) -> UnsupportedRuleError:
    """Return the error to raise about an element, with its name and line."""
    return UnsupportedRuleError(f"line {node.sourceline}: {name_of(node)}: {what}")


def name_of(node: etree._Element) -> str:
    """Return how an element is called in messages."""
    tag = tag_of(node)
    for namespace, prefix in _PREFIXES.items():
        if tag.startswith(namespace):
            return prefix + tag.removeprefix(namespace)
    return tag


def tag_of(element: etree._Element) -> str:
    """Return the Clark name of an element; empty for what is none."""
    return element.tag if isinstance(element.tag, str) else ""


def content(element: etree._Element) -> Iterator[str | etree._Element]:
    """Yield texts and elements, white space stripped as XSLT does (section 4.2).

    Comments and processing instructions go first, so text around them is one node; then nodes of
    nothing but white space, except in `xsl:text`, which has no elements and is read elsewhere.
    """
    text = element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            if text.strip(WHITESPACE):
                yield text
            yield child
            text = ""
        text += child.tail or ""
    if text.strip(WHITESPACE):
        yield text


def children(element: etree._Element) -> list[etree._Element]:
    """Return the child elements.

    Raises:
        UnsupportedRuleError: Text stands between them.
    """
    found = []
    for item in content(element):
        if isinstance(item, str):
            raise unsupported(element, f"text is not expected here: {item.strip()[:60]!r}")
        found.append(item)
    return found


def text_only(element: etree._Element) -> str:
    """Return the text of an element that may hold nothing else."""
    parts = []
    for item in content(element):
        if not isinstance(item, str):
            raise unsupported(item, "only text is expected here")
        parts.append(item)
    return "".join(parts)


def attributes(
    element: etree._Element, required: Collection[str], optional: Collection[str] = ()
) -> None:
    """Hold an element to the attributes that are understood.

    Raises:
        UnsupportedRuleError: One is missing, or there is another.
    """
    present = element.attrib
    for name in required:
        if name not in present:
            raise unsupported(element, f"it has no {name}")
    if len(present) > len(required):
        for name in present:
            if name not in required and name not in optional:
                raise unsupported(element, f"unknown attribute {name}")


class Source:
    """Reads the expressions of a file, with the prefixes that hold where each stands.

    Args:
        outer: Prefixes that hold besides the declared ones (`sch:ns`).
        files: Names of the documents that expressions may open.
        default_element_namespace: Of names of elements without prefix.
    """

    def __init__(
        self,
        outer: Mapping[str, str] = _NO_PREFIXES,
        *,
        files: Collection[str] = (),
        default_element_namespace: str = "",
    ) -> None:
        self._outer = outer
        self._files = files
        self._default = default_element_namespace
        self._known: dict[tuple[tuple[str | None, str], ...], Mapping[str, str]] = {}

    def namespaces(self, element: etree._Element) -> Mapping[str, str]:
        """Return the prefixes in scope; equal ones are the same object."""
        declared = element.nsmap
        key = tuple(declared.items())
        found = self._known.get(key)
        if found is None:
            found = {**self._outer, **{k: v for k, v in declared.items() if k is not None}}
            self._known[key] = found
        return found

    def clark_name(self, element: etree._Element, attribute: str) -> str:
        """Return the name an attribute gives (of a variable, a function, a key)."""
        prefix, colon, local = element.attrib[attribute].strip(WHITESPACE).rpartition(":")
        if not colon:
            return local
        namespace = self.namespaces(element).get(prefix)
        if namespace is None:
            raise unsupported(element, f"the prefix {prefix} is not declared")
        return f"{{{namespace}}}{local}"

    def expression(self, element: etree._Element, attribute: str) -> Expression:
        """Return the expression an attribute holds.

        Raises:
            UnsupportedRuleError: It is not XPath, or opens a document that is not at hand.
        """
        text = element.attrib[attribute]
        try:
            expression = parse(
                text, self.namespaces(element), default_element_namespace=self._default
            )
        except XPathSyntaxError as error:
            raise unsupported(element, f"{attribute}: {error}") from error
        if "doc" in text or "collection" in text or "unparsed" in text:
            self._check_documents(element, expression)
        return expression

    def pattern(self, element: etree._Element, attribute: str) -> tuple[Expression, ...]:
        """Return the alternatives of a match pattern; the same errors as an expression."""
        try:
            alternatives = parse_pattern(
                element.attrib[attribute],
                self.namespaces(element),
                default_element_namespace=self._default,
            )
        except XPathSyntaxError as error:
            raise unsupported(element, f"{attribute}: {error}") from error
        for alternative in alternatives:
            self._check_documents(element, alternative)
        return alternatives

    def type(self, element: etree._Element) -> SequenceType | None:
        """Return the type that `as` declares, if any."""
        text = element.get("as")
        if text is None:
            return None
        try:
            return parse_sequence_type(text, self.namespaces(element))
        except XPathSyntaxError as error:
            raise unsupported(element, f"as: {error}") from error

    def _check_documents(self, element: etree._Element, expression: Expression) -> None:
        for node in walk(expression):
            if not isinstance(node, Call) or node.name not in _OPENS_DOCUMENTS:
                continue
            match node.arguments:
                case (Literal(value=str(name)),) if name in self._files:
                    pass
                case _:
                    raise unsupported(element, f"{node.name}() opens what is not at hand")
