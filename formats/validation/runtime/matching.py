"""Which nodes a context means, told by their places.

A context is, as generated modules hold it, `(absolute, steps)`; a step is `(deep, attribute,
namespace, local, conditions)`, see `compiler.contexts.ContextStep`; a condition is `(function,
exact, kind)`: the function takes nodes and the document and returns those for which it holds; its
exact twin is asked when it meets an error; what it asks about is the `name`, `document` or `node`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeAlias

from formats.validation.runtime.errors import DynamicError
from formats.validation.runtime.place import Place
from formats.validation.runtime.tree import Attribute, Element, Node, Tree

Filter: TypeAlias = Callable[[Sequence[Any], Tree], Sequence[Any]]
Condition: TypeAlias = tuple[Filter, Filter, str]
Step: TypeAlias = tuple[bool, bool, str | None, str | None, tuple[Condition, ...]]
Context: TypeAlias = tuple[bool, tuple[Step, ...]]

Test: TypeAlias = tuple[int, Condition]
"""A condition, and how many elements above the node it is asked of."""

Tests: TypeAlias = tuple[Test, ...]


def ways(context: Context, place: Place, *, attribute: str | None = None) -> Iterator[Tests]:
    """Yield every way in which a context can mean what lies at a place, with its conditions.

    Args:
        context: The context.
        place: The place of elements.
        attribute: The name of an attribute of them; None asks about the elements themselves.
    """
    absolute, steps = context
    if not steps or steps[-1][1] != (attribute is not None):
        return
    if attribute is None:
        yield from _ways(absolute, steps, len(steps) - 1, place, 0)
        return
    *before, last = steps
    if not _fits(last, attribute):
        return
    own = tuple((0, condition) for condition in last[4])
    if not before:
        yield own
        return
    deep = last[0]
    up: Place | None = place
    height = 1
    while up is not None and up.depth:
        for tests in _ways(absolute, tuple(before), len(before) - 1, up, height):
            yield own + tests
        if not deep:
            return
        up, height = up.up, height + 1


def _ways(
    absolute: bool,  # noqa: FBT001 - a part of the context
    steps: tuple[Step, ...],
    number: int,
    place: Place,
    height: int,
) -> Iterator[Tests]:
    step = steps[number]
    if not _fits(step, place.tag):
        return
    own = tuple((height, condition) for condition in step[4])
    deep = step[0]
    above = place.up
    if above is None:
        return
    if number == 0:
        if not absolute or deep or above.up is None:
            yield own
        return
    height += 1
    while above is not None and above.depth:
        for tests in _ways(absolute, steps, number - 1, above, height):
            yield own + tests
        if not deep:
            return
        above, height = above.up, height + 1


def _fits(step: Step, tag: str) -> bool:
    namespace, _, local = tag.rpartition("}")
    return (step[2] is None or step[2] == namespace) and (step[3] is None or step[3] == local)


def named(every: Iterable[Tests], node: Node, tree: Tree) -> tuple[Tests, ...]:
    """Return the ways that remain when the name of a node is known, without what it decides.

    All elements at a place have one name, and while a namespace has one prefix they are written
    alike: what a name decides for one, it decides for all.
    """
    if tree.prefixes is None:
        return tuple(every)
    found = []
    for tests in every:
        decided = [test for test in tests if test[0] == 0 and test[1][2] == "name"]
        if all(_held(condition, [node], tree) for _, condition in decided):
            found.append(tuple(test for test in tests if test not in decided))
    return tuple(found)


def passing(nodes: Sequence[Any], every: tuple[Tests, ...], tree: Tree) -> Sequence[Any]:
    """Return the nodes for which all conditions of one of the ways hold, in their order."""
    if len(every) == 1:
        return _passing(nodes, every[0], tree)
    found: set[Node] = set()
    for tests in every:
        found.update(_passing([node for node in nodes if node not in found], tests, tree))
    return [node for node in nodes if node in found]


def _passing(nodes: Sequence[Any], tests: Tests, tree: Tree) -> Sequence[Any]:
    remaining: Sequence[Any] = list(nodes)
    for height, condition in tests:
        if not remaining:
            break
        if height == 0:
            remaining = _held(condition, remaining, tree)
        else:
            holders = {node: above(node, height) for node in remaining}
            holding = set(_held(condition, list(dict.fromkeys(holders.values())), tree))
            remaining = [node for node in remaining if holders[node] in holding]
    return remaining


def _held(condition: Condition, nodes: Sequence[Node], tree: Tree) -> Sequence[Node]:
    function, exact, kind = condition
    if kind == "document":
        known = tree.memo.get(function)
        if known is not None:
            return list(nodes) if known else []
    try:
        if kind != "document":
            return function(nodes, tree)
        known = tree.memo[function] = bool(function(nodes[:1], tree))
        return list(nodes) if known else []
    except DynamicError:
        return [node for node in nodes if _holds(exact, node, tree)]


def _holds(exact: Filter, node: Node, tree: Tree) -> bool:
    try:
        return bool(exact([node], tree))
    except DynamicError:
        # An error in a match pattern means that it does not match (XSLT 2.0, section 5.5.4).
        return False


def above(node: Node, height: int) -> Element:
    """Return what stands so many elements above a node; its place says there is one."""
    for _ in range(height):
        node = node.parent  # type: ignore[assignment]
    return node  # type: ignore[return-value]  # what is above is an element


def matching(contexts: Sequence[Context], tree: Tree) -> list[Element]:
    """Return all elements of a document that one of several contexts means."""
    found: list[Element] = []
    for place, nodes in tree.at.items():
        every = tuple(tests for context in contexts for tests in ways(context, place))
        if every:
            found += nodes if () in every else passing(nodes, every, tree)
    found.sort(key=lambda node: node.order)
    return found


def attributes(nodes: Sequence[Element]) -> dict[str, list[Attribute]]:
    """Return the attributes of elements, by name."""
    found: dict[str, list[Attribute]] = {}
    for node in nodes:
        for name, value in node.attributes.items():
            found.setdefault(name, []).append(Attribute(node, name, value))
    return found
