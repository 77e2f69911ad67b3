"""An element of a schema, apart from the file it was read from.

Includes and abstract patterns rewrite a schema before it is read. Elements that cannot change, and
that know their file and line, make that a matter of building new ones.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from lxml import etree

from formats import xml
from formats.validation.schematron.model import UnsupportedRuleError

SCHEMATRON = "http://purl.oclc.org/dsdl/schematron"
XSLT = "http://www.w3.org/1999/XSL/Transform"
XINCLUDE = "http://www.w3.org/2001/XInclude"

# [23] XMLDecl of XML 1.0. Documents are UTF-8 or UTF-16 (formats.xml); some official schemas say
# otherwise.
_LATIN_1 = re.compile(
    rb"""(<\?xml[ \t\r\n][^>]*?encoding[ \t\r\n]*=[ \t\r\n]*["'])ISO-8859-1(["'])""", re.IGNORECASE
)


def sch(name: str) -> str:
    """Return the Clark name of an element of Schematron."""
    return f"{{{SCHEMATRON}}}{name}"


def xsl(name: str) -> str:
    """Return the Clark name of an element of XSLT."""
    return f"{{{XSLT}}}{name}"


@dataclass(frozen=True)
class Node:
    """An element.

    Attributes:
        tag: Clark name.
        attributes: By Clark name.
        children: Elements and the text between them; comments and instructions are left out.
        namespaces: Namespace by prefix, as declared where it was written; None is the default.
        file: The file it was written in.
        line: 1-based line of that file.
    """

    tag: str
    attributes: Mapping[str, str]
    children: "tuple[Node | str, ...]"
    namespaces: Mapping[str | None, str]
    file: str
    line: int | None

    @cached_property
    def namespace(self) -> str:
        """The namespace; empty when there is none."""
        return self.tag[1:].partition("}")[0] if self.tag.startswith("{") else ""

    @cached_property
    def local(self) -> str:
        """The local name."""
        return self.tag.rpartition("}")[2]

    @property
    def elements(self) -> "tuple[Node, ...]":
        """The child elements."""
        return tuple(child for child in self.children if isinstance(child, Node))

    @property
    def text(self) -> str:
        """The text of the element itself and of all in it, white space collapsed."""
        return " ".join("".join(_text(self)).split())

    def get(self, name: str) -> str | None:
        """Return an attribute."""
        return self.attributes.get(name)

    def having(self, *children: "Node | str") -> "Node":
        """Return the element with other children."""
        return replace(self, children=children)

    def walk(self) -> "Iterator[Node]":
        """Yield the element and all elements in it, in document order."""
        yield self
        for child in self.elements:
            yield from child.walk()

    def required(self, name: str) -> str:
        """Return an attribute that must be there.

        Raises:
            UnsupportedRuleError: It is not.
        """
        value = self.attributes.get(name)
        if value is None:
            raise self.refused(f"has no attribute {name!r}")
        return value

    def refused(self, why: str) -> UnsupportedRuleError:
        """Return the error that says what is wrong with this element, and where it stands."""
        return UnsupportedRuleError(f"{self.file}:{self.line or '?'}: <{self.local}> {why}")

    def to_element(self) -> etree._Element:
        """Return an lxml element, with lines, for the reader of XSLT instructions."""
        element = etree.Element(self.tag, dict(self.attributes), nsmap=dict(self.namespaces))
        if self.line is not None:
            element.sourceline = self.line  # type: ignore[misc]  # lxml has a setter, its stubs not
        last: etree._Element | None = None
        for child in self.children:
            if isinstance(child, Node):
                last = child.to_element()
                element.append(last)
            elif last is None:
                element.text = (element.text or "") + child
            else:
                last.tail = (last.tail or "") + child
        return element


def parse(content: bytes, file: str) -> Node:
    """Read a file.

    Raises:
        UnreadableDocumentError: It is not XML that may be read.
    """
    if declared := _LATIN_1.match(content):
        content = b"%sUTF-8%s" % declared.groups() + _utf_8(content[declared.end() :])
    return _node(xml.parse(content), file)


def _utf_8(latin_1: bytes) -> bytes:
    return latin_1.decode("iso-8859-1").encode()


def _node(element: etree._Element, file: str) -> Node:
    children: list[Node | str] = [element.text] if element.text else []
    for child in element:
        if isinstance(child.tag, str):
            children.append(_node(child, file))
        if child.tail:
            children.append(child.tail)
    return Node(
        tag=str(element.tag),
        attributes={str(name): str(value) for name, value in element.attrib.items()},
        children=tuple(children),
        namespaces=dict(element.nsmap),
        file=file,
        line=element.sourceline,
    )


def _text(node: Node) -> Iterator[str]:
    for child in node.children:
        if isinstance(child, Node):
            yield from _text(child)
        else:
            yield child
