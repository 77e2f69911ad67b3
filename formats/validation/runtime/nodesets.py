"""Sets of nodes in document order, and where in a document they are looked up."""

import math
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from formats.validation.runtime.axes import position
from formats.validation.runtime.errors import DynamicError
from formats.validation.runtime.numbers import Number, double, double_of
from formats.validation.runtime.place import Place
from formats.validation.runtime.tree import NO_CHILDREN, ORDER, Element, Node, Tree


def distinct_nodes(nodes: Sequence[Node]) -> Sequence[Node]:
    """Return nodes in document order, each once."""
    if len(nodes) < 2:  # noqa: PLR2004 - one node is in order
        return nodes
    distinct = dict.fromkeys(nodes)
    if all(node.__class__ is Element for node in distinct):
        return sorted(distinct, key=ORDER)  # type: ignore[arg-type]  # elements
    return sorted(distinct, key=position)


def union_of(left: Sequence[Node], right: Sequence[Node]) -> Sequence[Node]:
    """Return left | right."""
    return distinct_nodes([*left, *right])


def intersect_of(left: Sequence[Node], right: Sequence[Node]) -> Sequence[Node]:
    """Return left intersect right."""
    others = set(right)
    return distinct_nodes([node for node in left if node in others])


def except_of(left: Sequence[Node], right: Sequence[Node]) -> Sequence[Node]:
    """Return left except right."""
    others = set(right)
    return distinct_nodes([node for node in left if node not in others])


def below_top(tree: Tree, names: tuple[str, ...]) -> Sequence[Element]:
    """Return the elements at a path of names from the root."""
    return _below(tree, tree.place, names)


def below_root(tree: Tree, names: tuple[str, ...]) -> Sequence[Element]:
    """Return the elements at a path of names below the root element."""
    return _below(tree, next(iter(tree.at)), names)  # the root element came first


def _below(tree: Tree, place: Place, names: tuple[str, ...]) -> Sequence[Element]:
    for each in names:
        found = place.down.get(each)
        if found is None:
            return NO_CHILDREN
        place = found
    return tree.at.get(place, NO_CHILDREN)


def indexed(pairs: Iterable[tuple[Node, Iterable[object]]]) -> dict[object, list[Node]]:
    """Return nodes by the values they have, each once for a value."""
    index: dict[object, list[Node]] = {}
    for node, values in pairs:
        for value in values:
            nodes = index.setdefault(value, [])
            if not nodes or nodes[-1] is not node:
                nodes.append(node)
    return index


def any_of(index: dict[object, list[Node]], values: Iterable[object]) -> Sequence[Node]:
    """Return the nodes an index has for some values, in document order, each once."""
    found = [nodes for value in values if (nodes := index.get(value)) is not None]
    if len(found) == 1:
        return found[0]
    return distinct_nodes([node for nodes in found for node in nodes])


def first_of(pairs: Iterable[tuple[Element, Iterable[str]]]) -> dict[str, int]:
    """Return where the first element that has each value begins."""
    firsts: dict[str, int] = {}
    for element, values in pairs:
        for value in values:
            firsts.setdefault(value, element.order)
    return firsts


def is_before(firsts: dict[str, int], values: Iterable[str], order: int) -> bool:
    """Return whether an element that has one of some values begins before another."""
    return any(firsts.get(value, order) < order for value in values)


def text_key(text: str) -> float:
    """Return untyped text as the key of an index that is asked with numbers.

    Raises:
        DynamicError: It is no number, or a zero below zero: the exact twin knows what that equals.
    """
    value = double_of(text)
    if not value and math.copysign(1.0, value) < 0:
        raise DynamicError("FORG0001", "a negative zero is no key")
    return value


def number_key(number: Number) -> float:
    """Return a number as the key that equal texts have; errors as of `text_key`."""
    value = double(number)
    if not value and math.copysign(1.0, value) < 0:
        raise DynamicError("FORG0001", "a negative zero is no key")
    return value


def number_key_or_none(number: Number | None) -> float | None:
    """Return an optional number as a key."""
    return None if number is None else number_key(number)


def recalled(tree: Tree, function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:  # noqa: ANN401
    """Return what a function says of lists of nodes, computed once for the same lists.

    The memo holds the arguments too, so that no other list can have the identity of one of them.
    """
    key = (function, *(_told_apart(each) for each in arguments))
    known = tree.memo.get(key)
    if known is None:
        known = tree.memo[key] = (function(tree, *arguments), arguments)
    return known[0]


def _told_apart(argument: Any) -> tuple[object, object]:  # noqa: ANN401 - any value
    """Return a key that only this argument has: 1, 1.0 and true are equal in Python."""
    if isinstance(argument, list | tuple):
        return None, id(argument)
    return type(argument), repr(argument) if isinstance(argument, float) else argument
