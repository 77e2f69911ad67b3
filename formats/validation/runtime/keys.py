"""`key()` of XSLT (XSLT 2.0, section 16.3)."""

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from formats.validation.runtime.matching import Context, matching
from formats.validation.runtime.nodesets import distinct_nodes
from formats.validation.runtime.tree import Element, Node, Tree

Entry: TypeAlias = tuple[Sequence[Context], Callable[[Element, Tree], Sequence[str]]]


def keyed(
    tree: Tree, slot: object, entries: Sequence[Entry], values: Sequence[Any]
) -> Sequence[Node]:
    """Return the nodes that a key finds for values.

    Args:
        tree: The document.
        slot: Names the key.
        entries: What it is made of: which elements, and the texts each is found by.
        values: What is looked for; a number, a date or a truth is never equal to a text.
    """
    index = tree.memo.get(slot)
    if index is None:
        index = tree.memo[slot] = {}
        for contexts, use in entries:
            for element in matching(contexts, tree):
                for text in use(element, tree):
                    index.setdefault(text, []).append(element)
        for text, nodes in index.items():
            index[text] = distinct_nodes(nodes)
    found: list[Sequence[Node]] = [
        index.get(str(value), ()) for value in values if isinstance(value, str)
    ]
    if len(found) == 1:
        return found[0]
    return distinct_nodes([node for nodes in found for node in nodes])
