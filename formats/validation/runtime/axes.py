"""The axes of XPath over the light tree (XPath 2.0, section 3.2.1.1), in document order.

A node test is `("name", namespace, local)`, where None is any, or `(kind, None, None)`.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import TypeAlias

from formats.validation.runtime.tree import (
    NO_CHILDREN,
    NO_KIDS,
    ORDER,
    Attribute,
    Element,
    Leaf,
    Node,
    Tree,
    ancestors,
    tree_of,
)

NodeTest: TypeAlias = tuple[str, str | None, str | None]


def local_name(node: Node) -> str:
    """Return fn:local-name of a node."""
    return _full_name(node).rpartition("}")[2]


def namespace_uri(node: Node) -> str:
    """Return fn:namespace-uri of a node."""
    return _full_name(node).rpartition("}")[0]


def name(node: Node) -> str:
    """Return fn:name of a node: with the prefix it is written with."""
    if isinstance(node, Element):
        return tree_of(node).name(node) if node.tag else ""
    if isinstance(node, Attribute):
        return tree_of(node).attribute_name(node)
    return _full_name(node)


def _full_name(node: Node) -> str:
    if isinstance(node, Element):
        return node.tag
    return node.name if isinstance(node, Attribute) else ""


def is_a(node: Node, test: NodeTest, *, principal: str = "element") -> bool:
    """Return whether a node test takes a node."""
    kind, namespace, local = test
    if kind != "name":
        return kind in ("node", node.kind)
    if node.kind != principal:
        return False
    found, _, own = _full_name(node).rpartition("}")
    return (namespace is None or namespace == found) and (local is None or local == own)


def children(node: Node, test: NodeTest) -> Sequence[Node]:
    """Return child::test."""
    if not isinstance(node, Element):
        return NO_CHILDREN
    if test[0] in {"name", "element"}:
        return [child for child in node.children if is_a(child, test)]
    found: list[Node] = [leaf for leaf in tree_of(node).leaves(node) if is_a(leaf, test)]
    if test[0] == "node":
        found += node.children
        found.sort(key=position)
    return found


def texts(node: Element) -> Sequence[Node]:
    """Return child::text()."""
    if node.kids is NO_KIDS:
        return (Leaf(node, "text", node.text, 0, node.last),) if node.text else ()
    return [leaf for leaf in tree_of(node).leaves(node) if leaf.kind == "text"]


def namespace_of(element: Element, prefix: str) -> Leaf | None:
    """Return namespace::prefix: the node of a namespace that is declared at an element."""
    if isinstance(element, Tree):
        return None
    uri = tree_of(element).original(element).nsmap.get(prefix)
    return None if uri is None else Leaf(element, "namespace", uri, -1, element.order)


def attribute_of(element: Element, name: str) -> Attribute | None:
    """Return attribute::name."""
    value = element.attributes.get(name)
    return None if value is None else Attribute(element, name, value)


def attributes_of(node: Node, test: NodeTest) -> Sequence[Attribute]:
    """Return attribute::test."""
    if not isinstance(node, Element):
        return ()
    every = (Attribute(node, key, value) for key, value in node.attributes.items())
    return [each for each in every if is_a(each, test, principal="attribute")]


def parent_if(node: Node, test: NodeTest) -> Element | None:
    """Return parent::test."""
    parent = node.parent
    return parent if parent is not None and is_a(parent, test) else None


def self_if(node: Node, test: NodeTest) -> Node | None:
    """Return self::test."""
    return node if is_a(node, test) else None


def up(node: Node, steps: int) -> Element | None:
    """Return what is some steps above a node."""
    found: Node | None = node
    while steps and found is not None:
        found = found.parent
        steps -= 1
    return found  # type: ignore[return-value]  # what is above is an element


def tops(node: Element | None) -> tuple[Element, ...]:
    """Return an optional element as a sequence that a value can be kept for."""
    return () if node is None else (node,)


def ancestors_of(node: Node, test: NodeTest) -> Sequence[Node]:
    """Return ancestor::test."""
    return [each for each in ancestors(node) if is_a(each, test)][::-1]


def ancestors_or_self(node: Node, test: NodeTest) -> Sequence[Node]:
    """Return ancestor-or-self::test."""
    own = [node] if is_a(node, test) else []
    return [*ancestors_of(node, test), *own]


def named(tree: Tree, tag: str) -> Sequence[Element]:
    """Return all elements of a name in a document."""
    memo = tree.memo
    if tag in memo:
        return memo[tag]  # type: ignore[no-any-return]
    lists = _by_name(tree).get(tag, ())
    found = lists[0] if len(lists) == 1 else sorted(chain.from_iterable(lists), key=ORDER)
    memo[tag] = found
    return found


def _by_name(tree: Tree) -> Mapping[str, Sequence[list[Element]]]:
    """Return the elements by their names: those of every place."""
    found: dict[str, list[list[Element]]] | None = tree.memo.get(_by_name)
    if found is None:
        found = tree.memo[_by_name] = {}
        for place, elements in tree.at.items():
            if place.tag in found:
                found[place.tag].append(elements)
            else:
                found[place.tag] = [elements]
    return found


def holding(tree: Tree, attribute: str) -> Sequence[Element]:
    """Return all elements of a document that have an attribute."""
    return tree.holders.get(attribute, NO_CHILDREN)


def inside(node: Element, tag: str) -> Sequence[Element]:
    """Return descendant::name of an element or document."""
    if isinstance(node, Tree):
        return named(node, tag)
    found = named(tree_of(node), tag)
    start = bisect_right(found, node.order, key=ORDER)
    return found[start : bisect_left(found, node.last, start, key=ORDER)]


def descendants(node: Node, test: NodeTest) -> Sequence[Node]:
    """Return descendant::test."""
    found: list[Node] = []
    if isinstance(node, Element):
        _descend(node, test, found)
        if test[0] not in {"name", "element"}:
            found.sort(key=position)
    return found


def _descend(element: Element, test: NodeTest, found: list[Node]) -> None:
    waiting = [element]
    leaves = test[0] in {"node", "text", "comment", "processing-instruction"}
    tree = tree_of(element) if leaves else None
    while waiting:
        each = waiting.pop()
        if tree is not None:
            found.extend(leaf for leaf in tree.leaves(each) if is_a(leaf, test))
        if each is not element and is_a(each, test):
            found.append(each)
        waiting.extend(reversed(each.children))


def descendants_or_self(node: Node, test: NodeTest) -> Sequence[Node]:
    """Return descendant-or-self::test."""
    return [*([node] if is_a(node, test) else []), *descendants(node, test)]


def siblings_after(element: Element, tag: str) -> Sequence[Element]:
    """Return following-sibling::name."""
    same = element.parent.kids.get(tag, NO_CHILDREN) if element.parent else NO_CHILDREN
    return same[bisect_right(same, element.order, key=ORDER) :]


def siblings_before(element: Element, tag: str) -> Sequence[Element]:
    """Return preceding-sibling::name."""
    same = element.parent.kids.get(tag, NO_CHILDREN) if element.parent else NO_CHILDREN
    return same[: bisect_left(same, element.order, key=ORDER)]


def following_siblings(node: Node, test: NodeTest) -> Sequence[Node]:
    """Return following-sibling::test."""
    place = position(node)
    return [each for each in _siblings(node, test) if position(each) > place]


def preceding_siblings(node: Node, test: NodeTest) -> Sequence[Node]:
    """Return preceding-sibling::test."""
    place = position(node)
    return [each for each in _siblings(node, test) if position(each) < place]


def _siblings(node: Node, test: NodeTest) -> Sequence[Node]:
    if node.parent is None or node.kind == "attribute":
        return ()
    return children(node.parent, test)


def following_named(element: Element, tag: str) -> Sequence[Element]:
    """Return following::name."""
    found = named(tree_of(element), tag)
    return found[bisect_left(found, element.last, key=ORDER) :]


def preceding_named(element: Element, tag: str) -> Sequence[Element]:
    """Return preceding::name."""
    found = named(tree_of(element), tag)
    before = found[: bisect_left(found, element.order, key=ORDER)]
    return [each for each in before if each.last <= element.order]


def following(node: Node, test: NodeTest) -> Sequence[Node]:
    """Return following::test."""
    end = node.last if isinstance(node, Element) else None
    place = position(node)
    return [
        each
        for each in descendants(tree_of(node), test)
        if (position(each) >= (end - 0.75,) if end is not None else position(each) > place)
        and not _holds(node, each)
    ]


def preceding(node: Node, test: NodeTest) -> Sequence[Node]:
    """Return preceding::test."""
    place = position(node)
    return [
        each
        for each in descendants(tree_of(node), test)
        if position(each) < place and not _holds(each, node)
    ]


def _holds(outer: Node, inner: Node) -> bool:
    return any(each is outer for each in ancestors(inner))


def preceded(tree: Tree, element: Element, tag: str, value: str) -> bool:
    """Return whether an element of a name and a text ends before an element begins."""
    key = ("preceded", tag)
    ends = tree.memo.get(key)
    if ends is None:
        ends = tree.memo[key] = {}
        for each in named(tree, tag):
            text = each.string_value()
            if each.last < ends.get(text, each.last + 1):
                ends[text] = each.last
    end = ends.get(value)
    return end is not None and end <= element.order


def position(node: Node) -> tuple[float, ...]:
    """Return what document order is sorted by."""
    return node.position()
