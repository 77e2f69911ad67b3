"""A whole rule set as the source of a Python module."""

from formats.validation.compiler import (
    arithmetic,
    calls,
    calls_on_nodes,
    calls_on_numbers,
    calls_on_texts,
    comparisons,
    expressions,
    paths,
    types,
)
from formats.validation.compiler.bodies import define, signature
from formats.validation.compiler.code import TEXTS, Code, one
from formats.validation.compiler.contexts import contexts, contexts_source
from formats.validation.compiler.emit import Scope, State, emit
from formats.validation.compiler.rule import Collected, rule_source
from formats.validation.compiler.values import atomized
from formats.validation.compiler.variables import document_variable
from formats.validation.schematron.model import (
    Check,
    Key,
    RuleSet,
    UnsupportedRuleError,
)

_KNOWN = (
    arithmetic,
    calls,
    calls_on_nodes,
    calls_on_numbers,
    calls_on_texts,
    comparisons,
    expressions,
    paths,
    types,
)
"""Importing them is what makes them known to `emit`."""


def compiled(rules: RuleSet, *, optimise: bool) -> str:
    """Return Python for a rule set.

    Args:
        rules: The rule set.
        optimise: As of `State`.

    Raises:
        UnsupportedRuleError: Something in it is not known; the message says which rule.
    """
    state = State(optimise)
    state.documents = {name: f"DOCUMENTS[{name!r}]" for name in rules.documents}
    for function in rules.functions:
        state.functions[function.name] = signature(function, state)
    for key in rules.keys:
        state.keys.setdefault(key.name, state.name("k"))
    for variable in rules.variables:
        root = Scope(state, one("T", "document"))
        state.globals[variable.name] = document_variable(variable, root)
    for function in rules.functions:
        define(function, state.functions[function.name], state)
    for name, python in state.keys.items():
        _key([key for key in rules.keys if key.name == name], python, state)
    patterns: list[str] = []
    collected = Collected()
    for pattern in rules.patterns:
        entries = []
        for rule in pattern.rules:
            try:
                entries.append(rule_source(rule, state, collected))
            except UnsupportedRuleError as error:
                named = ", ".join(part.id for part in rule.body if isinstance(part, Check))
                raise UnsupportedRuleError(f"{pattern.id}: {named[:200]}: {error}") from error
        attributes = rules.visited.get(pattern.id, "elements") == "elements and attributes"
        patterns.append(f"    ({attributes}, (\n{''.join(entries)}    )),\n")
    constants = [f"{name} = {value}" for value, name in state.constants.items()]
    return "\n".join(
        [
            *constants,
            *state.lines,
            f"CHECKS = {collected.checks!r}",
            f"RULES = ({''.join(f'{name}, ' for name in collected.rules)})",
            f"ALARMS = ({''.join(collected.alarms)})",
            f"PATTERNS = (\n{''.join(patterns)})",
            "",
        ]
    )


def _key(keys: list[Key], python: str, state: State) -> None:
    """Emit a key: the nodes by value, found when first asked for."""
    entries = []
    for key in keys:
        found = [each for match in key.match for each in contexts(match, state)]
        scope = Scope(state, one("n", "element"), current=one("n", "element"))
        values = atomized(emit(key.use, scope))
        use = state.name("u")
        state.lines += [f"def {use}(n, T):", f"    return {_as_texts(values)}"]
        entries.append(f"({contexts_source(found)}, {use})")
    slot = state.constant(f"object()  # key {python}")
    state.lines += [
        f"def {python}(T, values):",
        f"    return keyed(T, {slot}, ({', '.join(entries)},), values)",
    ]


def _as_texts(values: Code) -> str:
    if values.item not in TEXTS:
        raise UnsupportedRuleError("a key that is no text")
    return values.listed()
