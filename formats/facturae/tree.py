"""A Facturae document as a tree: written from dictionaries, read by the local names of elements.

Writers make their dictionaries in the schema's order: element name to text, dictionary, or list of
either. `None` and empty lists are no element, an empty text is an empty element. Read, every name
leads to the list of its elements.
"""

import datetime
import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, TypeAlias

from lxml import etree

from formats.binding import Trace
from formats.binding.markup import escape
from formats.en16931.money import EXACT, MAX_DIGITS
from formats.facturae.names import DS, NAMESPACE, ROOT
from formats.lexical import xs_date, xs_decimal
from formats.xml import WHITESPACE, UnreadableDocumentError, string_value

Tree: TypeAlias = dict[str, Any]
Read: TypeAlias = dict[str, list[Any]]

EIGHT = 8
"""Decimals that amounts and prices may have (DoubleUpToEightDecimalType)."""

_DOUBLE = re.compile(r"([+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+))[eE]([+-]?[0-9]{1,3})")


def amount(value: Decimal, decimals: int = EIGHT) -> str:
    """Return an amount with two decimals, or as many as it needs up to a limit; rounded there."""
    if -int(value.as_tuple().exponent) > decimals:
        value = value.quantize(Decimal(1).scaleb(-decimals), context=EXACT)
    whole, _, fraction = format(value, "f").partition(".")
    negative, digits = whole.startswith("-"), whole.lstrip("+-0") or "0"
    fraction = fraction.rstrip("0").ljust(2, "0")
    zero = digits == "0" and not fraction.strip("0")
    return f"{'-' if negative and not zero else ''}{digits}.{fraction}"


def cents(value: Decimal) -> str:
    """Return an amount with exactly two decimals (DoubleTwoDecimalType)."""
    return amount(value, 2)


def written(tree: Tree) -> bytes:
    """Return a document in UTF-8 without a byte order mark."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<fe:{ROOT} xmlns:fe="{NAMESPACE}" xmlns:ds="{DS}">',
        *_lines(tree, 1),
        f"</fe:{ROOT}>\n",
    ]
    return "\n".join(lines).encode()


def _lines(tree: Tree, depth: int) -> Iterator[str]:
    indent = "  " * depth
    for name, value in tree.items():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                yield f"{indent}<{name}>"
                yield from _lines(one, depth + 1)
                yield f"{indent}</{name}>"
            elif one is not None:
                yield f"{indent}<{name}>{escape(one)}</{name}>"


def read_tree(element: etree._Element) -> Read:
    """Return what an element holds; elements of namespaces are left out."""
    tree: Read = defaultdict(list)
    for node in element.iterchildren(etree.Element):
        name = etree.QName(node)
        if not name.namespace:
            inner = next(node.iterchildren(etree.Element), None)
            value = string_value(node) if inner is None else read_tree(node)
            tree[name.localname].append(value)
    return dict(tree)


def children(tree: Read, *path: str) -> list[Read]:
    """Return the elements at the end of a path; each step before it is the first of its name."""
    *steps, last = path
    return [one for one in child(tree, *steps).get(last, ()) if isinstance(one, dict)]


def child(tree: Read, *path: str) -> Read:
    """Return the first element at the end of a path; an empty one where there is none."""
    for name in path:
        tree = next((one for one in tree.get(name, ()) if isinstance(one, dict)), {})
    return tree


def texts(tree: Read, *path: str) -> list[str]:
    """Return what the elements at the end of a path say, without those that say nothing."""
    *steps, last = path
    found = (one for one in child(tree, *steps).get(last, ()) if isinstance(one, str))
    return [one.strip(WHITESPACE) for one in found if one.strip(WHITESPACE)]


def text(tree: Read, *path: str) -> str | None:
    """Return what the first element at the end of a path says; None for nothing."""
    return next(iter(texts(tree, *path)), None)


def number(tree: Read, *path: str) -> Decimal | None:
    """Return a number; xs:double may have an exponent.

    Raises:
        UnreadableDocumentError: It is none, or has too many digits.
    """
    said = text(tree, *path)
    if said is None:
        return None
    if (found := _DOUBLE.fullmatch(said)) is None:
        return xs_decimal(said)
    value = Decimal(found[1]).scaleb(int(found[2]), EXACT)
    if abs(value.adjusted()) > MAX_DIGITS:
        raise UnreadableDocumentError("out-of-range", f'"{said[:40]}" is out of range.')
    return Decimal(format(value, "f"))


def day(tree: Read, *path: str) -> datetime.date | None:
    """Return a day. Raises like `xs_date`."""
    said = text(tree, *path)
    return None if said is None else xs_date(said)


def filled(**values: object) -> dict[str, Any]:
    """Return what is there."""
    return {name: value for name, value in values.items() if value not in (None, "", {}, [], ())}


def unread(document: etree._Element, again: etree._Element, trace: Trace) -> None:
    """Note what a document says and what is written of what was read of it does not."""
    said, kept = _children(document), _children(again)
    for name, nodes in said.items():
        others = kept.get(name, [])
        for at, node in enumerate(nodes):
            other = others[at] if at < len(others) else None
            if other is None:
                trace.element(node)
            elif next(node.iterchildren(etree.Element), None) is not None:
                unread(node, other, trace)
            elif not _same(string_value(node), string_value(other)):
                trace.value(node)


_ITS_OWN = frozenset({"SchemaVersion", "BatchIdentifier"})
"""What follows from version, number and seller."""


def _children(element: etree._Element) -> dict[str, list[etree._Element]]:
    found: dict[str, list[etree._Element]] = defaultdict(list)
    for node in element.iterchildren(etree.Element):
        name = etree.QName(node)
        if name.localname in _ITS_OWN or name.namespace == DS:
            continue  # a signature is over bytes, and none of theirs is left
        found[str(node.tag)].append(node)
    return found


def _same(one: str, other: str) -> bool:
    one, other = one.strip(WHITESPACE), other.strip(WHITESPACE)
    if one == other:
        return True
    try:
        return xs_decimal(one) == xs_decimal(other)
    except UnreadableDocumentError:
        return False
