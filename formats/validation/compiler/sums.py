"""Sums over what a document has once, computed once: rules hold them against two bounds."""

import re
from collections.abc import Mapping
from typing import Final

from formats.validation.compiler.code import EXACT, LITERAL, NODES, ONE, TEXTS, Code
from formats.validation.compiler.emit import Scope

_INDEXED: Final = re.compile(r"for w\d+ in i\d+\(")
"""How a loop over nodes that an index found begins."""

_BOUND: Final = re.compile(r"\bfor (\w+) in\b")
_NAME: Final = re.compile(r"(?<![.\w'])([a-z]\d*)\b(?!\()")
_TEXT: Final = re.compile(LITERAL)


def kept_sum(computed: Code, scope: Scope) -> Code:
    """Return a sum that is kept with the document, when it is over nodes that an index found.

    Args:
        computed: The sum.
        scope: Where it is computed.
    """
    state = scope.state
    text = computed.text
    if not state.optimise or not _INDEXED.search(text) or "divide(" in text:
        return computed  # 1 and 1.0 are the same key, but not the same divisor
    bound = dict.fromkeys(_BOUND.findall(text))
    plain = _TEXT.sub("", text)
    outside = sorted(dict.fromkeys(_NAME.findall(plain)).keys() - bound.keys())
    known = {each.text for each in _single(scope)}
    if not known.issuperset(outside):
        return computed
    text = _renamed(text, {name: f"b_{number}" for number, name in enumerate(bound)})
    key = ("sum", text)
    name = state.memos.get(key)
    if name is None:
        function = state.helper("s", outside, text)
        name = state.memos[key] = Code(function, computed.item, ONE)
    return Code(f"{name.text}({', '.join(['T', *outside])})", computed.item, ONE)


def _renamed(text: str, names: Mapping[str, str]) -> str:
    """Return Python with other names for some, so that two loops that do the same are the same."""
    known = re.compile(rf"{LITERAL}|\b(?:{'|'.join(names)})\b")
    return known.sub(lambda found: names.get(found[0], found[0]), text)


def _single(scope: Scope) -> list[Code]:
    """Return what has one value where a sum is computed, and a name; equal ones are the same."""
    codes = [scope.node, scope.current, *scope.variables.values()]
    return [
        each
        for each in codes
        if each is not None
        and each.count is ONE
        and each.is_name
        and each.item in NODES | TEXTS | EXACT
    ]
