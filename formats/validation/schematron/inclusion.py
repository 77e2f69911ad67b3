"""Puts a schema together from its files: `sch:include`, `sch:extends href`, `xi:include`.

Read are only the files that were given, by a path relative to the file that includes (RFC 3986;
the skeleton takes all paths relative to the first file, which is the same for every schema that is
published in one folder). What is included is what the skeleton's `iso_dsdl_include.xsl` includes:
the element with the id of the fragment, else the root of the file. What it only warns of (a file
or id that is missing, a whole schema, a circle) is an error here, as rules would be lost.
"""

import posixpath
from collections.abc import Iterator, Mapping
from urllib.parse import unquote, urlsplit

from formats.validation.schematron.node import SCHEMATRON, XINCLUDE, XSLT, Node, parse, sch

_INCLUDE = sch("include")
_EXTENDS = sch("extends")
_SCHEMA = sch("schema")
_XINCLUDE = f"{{{XINCLUDE}}}include"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_IDS = (f"{_XML}id", "id")

MOST_INCLUDES = 10_000
MOST_ELEMENTS = 1_000_000
"""Of a whole schema: files that include each other twice over would grow without end. The biggest
official schemas have 17 includes, or 2,744 elements."""

Place = tuple[str, str]
"""A file and an id in it; an empty id is the whole file."""


def assemble(files: Mapping[str, bytes], entry: str) -> Node:
    """Return the root of the entry file with all that it includes in place.

    Args:
        files: Content by path, with `/` between folders.
        entry: The path of the schema.

    Raises:
        UnsupportedRuleError: Something included is not there, or includes itself.
        UnreadableDocumentError: A file is not XML that may be read.
        KeyError: The entry is not among the files.
    """
    sources = _Sources(files)
    return sources.complete(sources.root(entry), ((entry, ""),))


class _Sources:
    """The files, each parsed once."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files
        self._roots: dict[str, Node] = {}
        self._includes = 0
        self._elements = 0

    def root(self, file: str) -> Node:
        if file not in self._roots:
            self._roots[file] = parse(self._files[file], file)
        return self._roots[file]

    def complete(self, node: Node, open_places: tuple[Place, ...]) -> Node:
        """Return an element with the includes in it resolved.

        Args:
            node: The element.
            open_places: What is being included right now, outermost first.
        """
        self._elements += 1
        if self._elements > MOST_ELEMENTS:
            raise node.refused("is included too many times")
        if node.get(f"{_XML}base") is not None:
            raise node.refused("moves its includes by xml:base")
        children: list[Node | str] = []
        for child in node.children:
            if isinstance(child, str):
                children.append(child)
            elif child.tag in {_INCLUDE, _XINCLUDE}:
                children.append(self._included(child, open_places))
            elif child.tag == _EXTENDS and child.get("href") is not None:
                children.extend(self._contents(child, node, open_places))
            else:
                children.append(self.complete(child, open_places))
        return node.having(*children)

    def _included(self, include: Node, open_places: tuple[Place, ...]) -> Node:
        if include.elements or include.get("parse") not in {None, "xml"}:
            raise include.refused("includes in a way that is not supported")
        target, place = self._target(include, open_places)
        if target.tag == _SCHEMA:
            raise include.refused("includes a whole schema, not a part of one")
        if target.namespace not in {SCHEMATRON, XSLT}:
            raise include.refused(f"includes {target.tag}, which is not Schematron")
        # What is included may itself be an include.
        return self.complete(include.having(target), (*open_places, place)).elements[0]

    def _contents(
        self, extends: Node, parent: Node, open_places: tuple[Place, ...]
    ) -> Iterator[Node]:
        target, place = self._target(extends, open_places)
        if target.tag != parent.tag:
            raise extends.refused(f"extends a {parent.local} by the content of a {target.local}")
        yield from self.complete(target, (*open_places, place)).elements

    def _target(self, include: Node, open_places: tuple[Place, ...]) -> tuple[Node, Place]:
        """Return the element that an include names, and its place.

        Raises:
            UnsupportedRuleError: There is none, or it is being included already.
        """
        self._includes += 1
        if self._includes > MOST_INCLUDES:
            raise include.refused("comes after too many others")
        href = include.get("href") or ""
        url = urlsplit(href)
        identifier = url.fragment or include.get("xpointer") or ""
        if url.scheme or url.netloc or url.query or not (url.path or identifier):
            raise include.refused(f"includes {href!r}; only files of the rule set can be included")
        file = include.file
        if url.path:
            file = posixpath.normpath(posixpath.join(posixpath.dirname(file), unquote(url.path)))
        if file not in self._files:
            raise include.refused(f"includes {file!r}, which is not among the files")
        place = (file, identifier)
        if place in open_places:
            raise include.refused(f"includes {href!r} in itself")
        root = self.root(file)
        if not identifier:
            return root, place
        for node in root.walk():
            if node.namespace == SCHEMATRON and identifier in map(node.get, _IDS):
                return node, place
        raise include.refused(f"includes {href!r}; there is no such id")
