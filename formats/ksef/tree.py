"""An FA(3) document as a tree of texts, in the order and the shape of its schema.

A `Tree` is a dictionary from element name to text, to a tree, or to a list of either where the
element may repeat. Mapping to EN 16931 is done on trees; XML is only read and written here.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple, TypeAlias

from lxml import etree

from formats.binding import Trace
from formats.binding.markup import attribute, escape
from formats.ksef.names import FORM_CODE, NAMESPACE, ROOT
from formats.ksef.structure import CONTENT, OF_TYPE
from formats.xml import WHITESPACE, string_value

Tree: TypeAlias = dict[str, Any]

_NAME = re.compile(r"[A-Za-z_]\w*")
_MANY = re.compile(r"([A-Za-z_]\w*)\{")
_PARTICLE = re.compile(r"\{[^}]*\}|[A-Za-z_]\w*")

WHOLE = frozenset({"DaneIdentyfikacyjne", "Zwolnienie", "NoweSrodkiTransportu", "PMarzy"})
"""Choices: one of them takes the place of another as a whole."""


_FORM_CODE = "".join(attribute(name, value) for name, value in FORM_CODE.items())


class Layout(NamedTuple):
    """The content of a type.

    Attributes:
        names: Its elements, in the order of the schema.
        several: Those that repeat.
        pattern: Matches the names of the children, each with a semicolon.
    """

    names: tuple[str, ...]
    several: frozenset[str]
    pattern: re.Pattern[str]


@cache
def layout(kind: str) -> Layout:
    """Return the content of a type."""
    content = CONTENT[kind]
    bare = re.sub(r"\{[^}]*\}", "", content)
    pattern = _PARTICLE.sub(
        lambda found: found[0] if found[0][0] == "{" else f"(?:{found[0]};)", content
    )
    return Layout(
        tuple(dict.fromkeys(_NAME.findall(bare))),
        frozenset(_MANY.findall(content)),
        re.compile(pattern.replace(" ", "")),
    )


@cache
def type_of(kind: str, name: str) -> str | None:
    """Return the type of an element inside a type, None when it holds only text."""
    found = OF_TYPE.get((kind, name), name)
    return found if found in CONTENT else None


def read_tree(element: etree._Element, kind: str, trace: Trace | None) -> Tree:
    """Return what an element holds; what its type does not know is noted in the trace."""
    shape = layout(kind)
    tree: Tree = {"Typ": element.get("Typ") or ""} if kind == "Kol" else {}
    for node in element.iterchildren(etree.Element):
        tag = etree.QName(node)
        name = tag.localname
        if tag.namespace != NAMESPACE or name not in shape.names:
            if trace is not None:
                trace.element(node)
            continue
        inner = type_of(kind, name)
        if inner is None:
            value: Any = string_value(node).strip(WHITESPACE)
        else:
            value = read_tree(node, inner, trace)
        if name in shape.several:
            tree.setdefault(name, []).append(value)
        elif name not in tree:
            tree[name] = value
        elif trace is not None:
            trace.element(node)
    return tree


def lines_of(tree: Tree, kind: str, depth: int) -> Iterator[str]:
    """Yield the elements of a tree, a line each."""
    indent = "  " * depth
    for name in layout(kind).names:
        if name not in tree or (kind == "Kol" and name == "Typ"):
            continue
        inner = type_of(kind, name)
        values = tree[name] if name in layout(kind).several else [tree[name]]
        for value in values:
            if inner is not None:
                yield f"{indent}<{name}{_attributes(inner, value)}>"
                yield from lines_of(value, inner, depth + 1)
                yield f"{indent}</{name}>"
            else:
                start = _FORM_CODE if name == "KodFormularza" else ""
                yield f"{indent}<{name}{start}>{escape(value)}</{name}>"


def _attributes(kind: str, tree: Tree) -> str:
    return attribute("Typ", tree.get("Typ", "")) if kind == "Kol" else ""


def document_of(tree: Tree) -> bytes:
    """Return a whole tree as a document in UTF-8 without a byte order mark."""
    start = f'<?xml version="1.0" encoding="UTF-8"?>\n<{ROOT} xmlns="{NAMESPACE}">'
    return "\n".join((start, *lines_of(tree, ROOT, 1), f"</{ROOT}>\n")).encode()


def difference(actual: Tree, follows: Tree) -> Tree:
    """Return what a document says beside or otherwise than what follows from EN 16931."""
    left: Tree = {}
    for name, value in actual.items():
        other = follows.get(name)
        if other is None:
            left[name] = value
        elif isinstance(value, dict) and isinstance(other, dict) and name not in WHOLE:
            if inner := difference(value, other):
                left[name] = inner
        elif value != other:
            left[name] = value
    return left


def overlay(follows: Tree, given: Tree) -> Tree:
    """Return a tree in which what is given goes before what follows."""
    whole = dict(follows)
    for name, value in given.items():
        other = whole.get(name)
        if isinstance(value, dict) and isinstance(other, dict) and name not in WHOLE:
            whole[name] = overlay(other, value)
        else:
            whole[name] = value
    return whole
