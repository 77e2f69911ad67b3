"""Reads the XPath in a schema, with the prefixes that `sch:ns` declares.

Those only: the skeleton hands no other prefix on to the rules. XSLT in a schema (functions, keys,
variables) is read by the reader of stylesheets and also sees the prefixes declared in XML.
"""

import posixpath
from collections.abc import Callable, Mapping
from typing import TypeVar

from lxml import etree

from formats.validation.schematron.backwards import Backwards
from formats.validation.schematron.model import Let, UnsupportedRuleError
from formats.validation.schematron.node import Node
from formats.validation.xpath.parser import (
    XPathSyntaxError,
    parse,
    parse_pattern,
    parse_sequence_type,
)
from formats.validation.xpath.syntax import Call, Expression, Literal, SequenceType, walk
from formats.validation.xslt.instructions import read_body

_OPENS = {"document", "doc"}
_OPENS_OTHERWISE = {"doc-available", "collection", "unparsed-text", "unparsed-text-available"}
_Read = TypeVar("_Read")


class Expressions:
    """Reads attributes of a schema's elements.

    Args:
        prefixes: Namespace by prefix, from `sch:ns`.
        files: The files of the rule set, by path.
        backwards: Whether they are written for XPath 1.0.

    Attributes:
        documents: The documents that the expressions read so far open, by the name in the call.
    """

    def __init__(
        self, prefixes: Mapping[str, str], files: Mapping[str, bytes], *, backwards: bool = False
    ) -> None:
        self.documents: dict[str, bytes] = {}
        self._prefixes = prefixes
        self._files = files
        self._backwards = Backwards() if backwards else None

    def expression(self, node: Node, attribute: str) -> Expression:
        """Return the expression an attribute holds.

        Raises:
            UnsupportedRuleError: There is no such attribute, it is not XPath 2.0, or it opens
                a document that is not among the files.
        """
        return self.parsed(node, node.required(attribute))

    def parsed(self, node: Node, text: str) -> Expression:
        """Return an expression; errors as `expression`, told of this element."""
        try:
            found = parse(text, self._prefixes)
        except XPathSyntaxError as error:
            raise node.refused(f"has no XPath: {error}") from error
        self._open_documents(node, found)
        return self._explicit(node, found)

    def context(self, node: Node) -> tuple[Expression, ...]:
        """Return the alternatives of a rule's context; errors as `expression`."""
        try:
            found = parse_pattern(node.required("context"), self._prefixes)
        except XPathSyntaxError as error:
            raise node.refused(f"has no XPath: {error}") from error
        for alternative in found:
            self._open_documents(node, alternative)
        return self._explicit(node, found)

    def shown(self, node: Node, attribute: str) -> Expression:
        """Return an expression whose value stands in a text; errors as `expression`."""
        found = self.expression(node, attribute)
        return self._backwards.first(found) if self._backwards else found

    def let(self, node: Node) -> Let:
        """Return a `sch:let`: its `value`, or what its content builds."""
        name = self._clark_name(node, node.required("name"))
        content = self.xslt(node, read_body)
        if (node.get("value") is None) != bool(content):
            raise node.refused("needs either a value or content")
        if content:
            return Let(name, content, self._type(node))
        value = self.expression(node, "value")
        if self._backwards:
            self._backwards.declare(name, value)
        return Let(name, value, self._type(node))

    def xslt(
        self, node: Node, reader: Callable[[etree._Element, Mapping[str, str]], _Read]
    ) -> _Read:
        """Return what the reader of stylesheets makes of an element.

        Raises:
            UnsupportedRuleError: As the reader raises it, with the file.
        """
        if self._backwards and node.elements:
            raise node.refused("holds XSLT in a schema that is written for XPath 1.0")
        try:
            return reader(node.to_element(), self._prefixes)
        except UnsupportedRuleError as error:
            raise UnsupportedRuleError(f"{node.file}: {error}") from error

    def _explicit(self, node: Node, tree: _Read) -> _Read:
        if self._backwards is None:
            return tree
        try:
            return self._backwards.explicit(tree)
        except UnsupportedRuleError as error:
            raise node.refused(f"is written for XPath 1.0: {error}") from error

    def _clark_name(self, node: Node, name: str) -> str:
        prefix, colon, local = name.strip().rpartition(":")
        if not colon:
            return local
        if prefix not in self._prefixes:
            raise node.refused(f"uses the prefix {prefix!r}, which is not declared")
        return f"{{{self._prefixes[prefix]}}}{local}"

    def _type(self, node: Node) -> SequenceType | None:
        text = node.get("as")
        if text is None:
            return None
        try:
            return parse_sequence_type(text, self._prefixes)
        except XPathSyntaxError as error:
            raise node.refused(f"has no type: {error}") from error

    def _open_documents(self, node: Node, expression: Expression) -> None:
        """Keep what an expression opens: `document('codes.xml')`, as Factur-X has it.

        The name is a path relative to the schema; the codes may also lie elsewhere, and are then
        among the files under this very name.
        """
        for call in walk(expression):
            if not isinstance(call, Call) or call.name not in _OPENS | _OPENS_OTHERWISE:
                continue
            match call.arguments:
                case (Literal(value=str(name)),) if call.name in _OPENS:
                    path = posixpath.normpath(posixpath.join(posixpath.dirname(node.file), name))
                    content = self._files.get(path, self._files.get(name))
                case _:
                    raise node.refused(f"opens documents by {call.name}()")
            if content is None:
                raise node.refused(f"opens {name!r}, which is not among the files")
            self.documents[name] = content
