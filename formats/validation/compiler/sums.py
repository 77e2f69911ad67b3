"""Sums over what a document has once, computed once: rules hold them against two bounds."""

import ast
import re
from collections.abc import Iterator, Mapping
from typing import Final

from formats.validation.compiler.code import EXACT, LITERAL, NODES, ONE, TEXTS, Code
from formats.validation.compiler.emit import Scope

_INDEXED: Final = re.compile(r"for w\d+ in i\d+\(")
"""How a loop over nodes that an index found begins."""

_NAME: Final = re.compile(r"[a-z]\w*")


def kept_sum(computed: Code, scope: Scope) -> Code:
    """Return a sum that is kept with the document, when it is over nodes that an index found.

    Args:
        computed: The sum.
        scope: Where it is computed.
    """
    text = computed.text
    if not scope.state.optimise or not _INDEXED.search(text) or "divide(" in text:
        return computed  # 1 and 1.0 are the same number, but not the same divisor
    names = list(ast.walk(ast.parse(text, mode="eval")))
    bound = dict.fromkeys(
        each.id for each in names if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)
    )
    used = {each.id for each in names if isinstance(each, ast.Name)} - bound.keys()
    single = {each.text: each for each in _codes(scope) if _is_single(each)}
    outside = sorted(used & _local(scope))
    if not single.keys() >= set(outside):
        return computed
    text = _renamed(text, {name: f"b_{number}" for number, name in enumerate(bound)})
    parameters, given = ["T", *outside], ["T", *outside]
    for name in outside:
        if single[name].item in EXACT:  # 1 and 1.0 are equal, and may be told apart
            parameters.append(f"{name}_type")
            given.append(f"{name}.__class__")
    key = ("sum", text)
    known = scope.state.memos.get(key)
    if known is None:
        function = scope.state.helper("s", parameters[1:], text)
        known = scope.state.memos[key] = computed.saying(function)
    return known.saying(f"{known.text}({', '.join(given)})")


def _renamed(text: str, names: Mapping[str, str]) -> str:
    """Return Python with other names for some, so that two loops that do the same are the same."""
    if not names:
        return text
    found = re.compile(rf"{LITERAL}|\b(?:{'|'.join(names)})\b")
    return found.sub(lambda each: names.get(each[0], each[0]), text)


def _codes(scope: Scope) -> Iterator[Code]:
    """Yield what an expression can see."""
    yield from (each for each in (scope.node, scope.current) if each is not None)
    yield from scope.variables.values()


def _local(scope: Scope) -> set[str]:
    """Return every name of Python that has a value only where an expression stands."""
    texts = [each.text for each in _codes(scope)] + [scope.position or "", scope.size or ""]
    return {name for text in texts for name in _NAME.findall(text)}


def _is_single(code: Code) -> bool:
    """Return whether it has one value and a name, and no equal value is another one."""
    return code.count is ONE and code.is_name and code.item in NODES | TEXTS | EXACT
