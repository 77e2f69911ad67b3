"""Predicates answered by an index: `lines[category = $code]`."""

import re
from dataclasses import dataclass
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
from formats.validation.compiler.free import free, may_count
from formats.validation.compiler.predicates import joining
from formats.validation.compiler.values import atomized, optional
from formats.validation.xpath import syntax

_ANCHORED: Final = re.compile(rf"{LITERAL}|(\bup\(\w+, \d+\)|\ba\b)")
"""The anchor of a kept list, as a rule or a helper says it."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """One equality that an index answers.

    Attributes:
        inner: The side that depends on the node.
        keys: Its values, of a node called `x`.
        wanted: The other side.
    """

    inner: syntax.Expression
    keys: Code
    wanted: Code


def selected(
    base: Code, predicates: tuple[syntax.Expression, ...], scope: Scope
) -> tuple[Code, tuple[syntax.Expression, ...]]:
    """Return the nodes of a kept list for which `inner = outer` holds, found by an index.

    Several equalities make one index: `lines[category = $code and rate = $rate]`.

    Args:
        base: A call of a helper that keeps its list, or of the run-time's own.
        predicates: What is asked of its nodes.
        scope: Where the outer sides are evaluated.

    Returns:
        The nodes found, and the predicates still to be asked: all of them of all nodes when none
        is such an equality, or its sides cannot be told apart.
    """
    if not scope.state.optimise or base.loop is not None or "(" not in base.text:
        return base, predicates
    lookups: list[Lookup] = []
    others: list[syntax.Expression] = []
    for number, predicate in enumerate(predicates):
        if may_count(predicate):
            # It counts what those before it leave.
            others += predicates[number:]
            break
        wanted, enough = joining(predicate)
        lookup = _lookup(base, wanted, scope)
        if lookup is not None:
            lookups.append(lookup)
        if lookup is None or not enough:
            others.append(predicate)
    if not lookups:
        return base, predicates
    found = Code(
        _looked_up(_index(base, lookups, scope), [each.wanted for each in lookups]),
        base.item,
        MANY,
        ordered=base.ordered,
        nested=base.nested,
        loose=base.loose,
    )
    return found, tuple(others)


def _looked_up(index: str, wanted: list[Code]) -> str:
    """Return Python for what an index has of the wanted values, one for each of its keys."""
    if any(each.count is MANY for each in wanted):
        asked = ", ".join(each.listed() for each in wanted)
        return f"any_of({index}, {f'product({asked})' if len(wanted) > 1 else asked})"
    asked = ", ".join(each.text for each in wanted)
    return f"{index}.get({f'({asked})' if len(wanted) > 1 else asked}, NO_CHILDREN)"


def _lookup(base: Code, predicate: syntax.Expression, scope: Scope) -> Lookup | None:
    if (
        base.item not in NODES
        or not isinstance(predicate, syntax.Comparison)
        or predicate.operator != "="
        or predicate.kind == "node"
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
    if not comparable or (wanted.count is MANY and not _are_few(wanted, base)):
        return None
    return Lookup(inner, keys, wanted)


def _are_few(wanted: Code, base: Code) -> bool:
    """Return whether to look many values up: not the codes of a list, nor where order is lost."""
    known = wanted.literals is not None or wanted.constant is not None
    return wanted.item in TEXTS and not known and not base.loose


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


def _index(base: Code, lookups: list[Lookup], scope: Scope) -> str:
    """Return a call of the helper that keeps the nodes of a list by the values they have."""
    state = scope.state
    # Inside a helper the anchor is `a`; its users say how they come to it.
    anchor = next((found[1] for found in _ANCHORED.finditer(base.text) if found[1]), "")
    list_ = _ANCHORED.sub(lambda found: "a" if found[1] else found[0], base.text)
    kinds = tuple((each.inner, each.keys.item == "key") for each in lookups)
    key = ("index", list_, kinds)
    known = state.memos.get(key)
    if known is None:
        value = f"indexed((x, {_all_keys(lookups)}) for x in {list_})"
        name = state.helper("i", ["a"] if anchor else [], value)
        known = state.memos[key] = Code(name, "none", MANY)
    return f"{known.text}(T, {anchor})" if anchor else f"{known.text}(T)"


def _all_keys(lookups: list[Lookup]) -> str:
    if len(lookups) == 1:
        return as_keys(lookups[0].keys)
    return f"product({', '.join(as_keys(each.keys) for each in lookups)})"


def as_keys(keys: Code) -> str:
    """Return Python for the values of a piece, to be looked up."""
    if keys.count is ONE:
        return f"({keys.text},)"
    if keys.count is OPTIONAL:
        return f"listed({keys.text})"
    return keys.text
