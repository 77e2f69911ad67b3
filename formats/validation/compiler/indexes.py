"""Predicates answered by an index: `lines[category = $code]`, and what came before."""

import re
from typing import Final

from formats.validation.compiler.code import (
    EXACT,
    LITERAL,
    MANY,
    NODES,
    NUMBERS,
    ONE,
    OPTIONAL,
    TEXTS,
    Code,
    one,
)
from formats.validation.compiler.emit import Scope, emit
from formats.validation.compiler.free import free
from formats.validation.compiler.steps import tag
from formats.validation.compiler.values import atomized, optional
from formats.validation.xpath import syntax

_ANCHORED: Final = re.compile(rf"{LITERAL}|(\bup\(\w+, \d+\)|\ba\b)")
"""The anchor of a kept list, as a rule or a helper says it."""


def selected(base: Code, predicate: syntax.Expression, scope: Scope) -> Code | None:
    """Return the nodes of a kept list for which `inner = outer` holds, found by an index.

    Args:
        base: A call of a helper that keeps its list, or of the run-time's own.
        predicate: The predicate.
        scope: Where the outer side is evaluated.

    Returns:
        None when it is no such predicate, or its sides cannot be told apart.
    """
    if (
        not scope.state.optimise
        or base.loop is not None
        or base.item not in NODES
        or not isinstance(predicate, syntax.Comparison)
        or predicate.operator != "="
        or predicate.kind == "node"
        or "(" not in base.text
    ):
        return None
    sides = _sides(predicate)
    if sides is None:
        return None
    inner, outer = sides
    node = one("x", base.item)
    keys = emit(inner, Scope(scope.state, node))
    wanted = emit(outer, scope)
    keys = optional(keys) if predicate.kind == "value" else atomized(keys)
    wanted = optional(wanted) if predicate.kind == "value" else atomized(wanted)
    if keys.item == "untyped" and wanted.item in NUMBERS and predicate.kind == "general":
        keys, wanted = _as_numbers(keys, wanted)
    comparable = (keys.item in TEXTS and wanted.item in TEXTS) or (
        keys.item == wanted.item == "key" or (keys.item in EXACT and wanted.item in EXACT)
    )
    if not comparable or wanted.count is MANY:
        return None
    index = _index(base, inner, keys, scope)
    return Code(
        f"{index}.get({wanted.text}, NO_CHILDREN)",
        base.item,
        MANY,
        ordered=base.ordered,
        nested=base.nested,
        loose=base.loose,
    )


def _as_numbers(keys: Code, wanted: Code) -> tuple[Code, Code]:
    """Return both sides of untyped text = number as keys of an index."""
    function = "number_key" if wanted.count is ONE else "number_key_or_none"
    number = Code(f"{function}({wanted.text})", "key", wanted.count)
    if keys.count is ONE:
        return one(f"text_key({keys.text})", "key"), number
    texts = Code(f"[text_key(k) for k in {keys.listed()}]", "key", MANY)
    return texts, number


def _sides(predicate: syntax.Comparison) -> tuple[syntax.Expression, syntax.Expression] | None:
    for inner, outer in (
        (predicate.left, predicate.right),
        (predicate.right, predicate.left),
    ):
        within, without = free(inner), free(outer)
        if (
            within.context
            and not (within.focus or within.current or within.variables)
            and not (without.context or without.focus)
        ):
            return inner, outer
    return None


def _index(base: Code, inner: syntax.Expression, keys: Code, scope: Scope) -> str:
    """Return a call of the helper that keeps the nodes of a list by the values they have."""
    state = scope.state
    # Inside a helper the anchor is `a`; its users say how they come to it.
    anchor = next((found[1] for found in _ANCHORED.finditer(base.text) if found[1]), "")
    list_ = _ANCHORED.sub(lambda found: "a" if found[1] else found[0], base.text)
    key = ("index", list_, inner)
    known = state.memos.get(key)
    if known is None:
        name, slot = state.name("i"), state.constant(f"object()  # {len(state.memos)}")
        state.lines += [
            f"def {name}(T{', a' if anchor else ''}):",
            "    m = T.memo",
            f"    k = {f'({slot}, a)' if anchor else slot}",
            "    if k in m: return m[k]",
            f"    r = m[k] = indexed((x, {_keys(keys)}) for x in {list_})",
            "    return r",
        ]
        known = state.memos[key] = Code(name, "none", MANY)
    return f"{known.text}(T, {anchor})" if anchor else f"{known.text}(T)"


def _keys(keys: Code) -> str:
    if keys.count is ONE:
        return f"({keys.text},)"
    if keys.count is OPTIONAL:
        return f"listed({keys.text})"
    return keys.text


def preceded(expression: syntax.Comparison, scope: Scope) -> Code | None:
    """Return `preceding::name = .` by way of where each value ends first.

    Asked for every element of a name, the axis itself would take quadratic time.
    """
    if not scope.state.optimise or scope.node is None or scope.node.item != "element":
        return None
    name = _preceding(expression.left)
    if name is None or not scope.node.is_name:
        return None
    right = atomized(emit(expression.right, scope))
    if right.count is not ONE or right.item not in TEXTS:
        return None
    return one(f"preceded(T, {scope.node.text}, {name!r}, {right.text})", "boolean")


def _preceding(expression: syntax.Expression) -> str | None:
    steps: tuple[object, ...]
    match expression:
        case syntax.Path(False, steps):
            pass
        case syntax.Step():
            steps = (expression,)
        case _:
            return None
    if len(steps) == 2 and steps[1] == syntax.ContextItem():  # noqa: PLR2004 - `a/.`
        steps = steps[:1]
    if len(steps) != 1:
        return None
    step = steps[0]
    if not isinstance(step, syntax.Step) or step.axis != "preceding" or step.predicates:
        return None
    return tag(step.test) if isinstance(step.test, syntax.NameTest) else None
