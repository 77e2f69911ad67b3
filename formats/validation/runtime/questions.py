"""Which nodes of a place a rule means, as one question made once for the place."""

from collections.abc import Sequence
from typing import Any, Final

from formats.validation.runtime.matching import Condition, Filter, Test, Tests, above
from formats.validation.runtime.tree import Node, Tree

_NONE: Final[list[Node]] = []


def question(every: tuple[Tests, ...]) -> Filter | None:
    """Return what picks the nodes for which the conditions of the one way hold, in their order.

    It may meet an error, which `matching.passing` knows how to take. None when there are several
    ways.
    """
    if len(every) != 1:
        return None
    parts = [_part(test) for test in every[0]]
    if len(parts) == 1:
        return parts[0]

    def together(nodes: Sequence[Any], tree: Tree) -> Sequence[Any]:
        for part in parts:
            nodes = part(nodes, tree)
            if not nodes:
                break
        return nodes

    return together


def _part(test: Test) -> Filter:
    height, condition = test
    if condition[2] == "document":
        return _of_document(condition)
    return _of_above(height, condition[0]) if height else condition[0]


def _of_document(condition: Condition) -> Filter:
    """Return a question that has one answer in a document."""
    function = condition[0]

    def decided(nodes: Sequence[Any], tree: Tree) -> Sequence[Any]:
        known = tree.memo.get(function)
        if known is None:
            known = tree.memo[function] = bool(function(nodes[:1], tree))
        return nodes if known else _NONE

    return decided


def _of_above(height: int, function: Filter) -> Filter:
    """Return a question about what stands so many elements above."""

    def asked(nodes: Sequence[Any], tree: Tree) -> Sequence[Any]:
        if len(nodes) == 1:
            return nodes if function([above(nodes[0], height)], tree) else _NONE
        holders = [above(node, height) for node in nodes]
        holding = set(function(list(dict.fromkeys(holders)), tree))
        return [node for node, holder in zip(nodes, holders, strict=True) if holder in holding]

    return asked
