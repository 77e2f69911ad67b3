"""A whole rule set as the source of a Python module."""

from dataclasses import replace

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
from formats.validation.compiler.bodies import define, let, signature
from formats.validation.compiler.code import MANY, TEXTS, Code, one
from formats.validation.compiler.contexts import contexts, contexts_source
from formats.validation.compiler.emit import Scope, State, emit
from formats.validation.compiler.free import free
from formats.validation.compiler.rule import Collected, rule_source
from formats.validation.compiler.values import atomized
from formats.validation.schematron.model import (
    Check,
    Key,
    Let,
    RuleSet,
    UnsupportedRuleError,
)
from formats.validation.xpath import syntax

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
        _global(variable, state)
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


def _global(variable: Let, state: State) -> None:
    """Emit a variable of the rule set: computed when first asked for."""
    scope = Scope(state, one("T", "document"))
    if isinstance(variable.value, syntax.Literal):
        state.globals[variable.name] = emit(variable.value, scope)
        return
    name, slot = state.name("g"), state.constant(f"object()  # {variable.name}")
    # Other variables ask for this one's value, so it is computed at once and kept.
    plain = replace(scope, state=replace(state, optimise=True))
    lines, code = let(variable, plain, "    ")
    state.counter = plain.state.counter
    fixed = _constant(variable, state)
    home = "CONSTANTS" if fixed else "T.memo"
    if not lines:
        state.globals[variable.name] = code
        return
    state.lines += [
        f"def {name}(T):",
        f"    m = {home}",
        f"    if {slot} in m: return m[{slot}]",
        *lines,
        f"    m[{slot}] = {code.text}",
        f"    return {code.text}",
    ]
    constant = None
    if fixed and code.item in TEXTS and code.count is MANY:
        constant = f"{name}s"
        state.lines += [
            f"def {constant}(T):",
            "    m = CONSTANTS",
            f"    if '{constant}' in m: return m['{constant}']",
            f"    r = m['{constant}'] = frozenset({name}(T))",
            "    return r",
        ]
        constant = f"{constant}(T)"
    state.globals[variable.name] = Code(
        f"{name}(T)", code.item, code.count, ordered=code.ordered, nested=code.nested,
        loose=code.loose, literals=code.literals, constant=constant,
    )  # fmt: skip


def _constant(variable: Let, state: State) -> bool:
    """Return whether a variable is the same for every document."""
    if isinstance(variable.value, tuple):
        return False
    for node in syntax.walk(variable.value):
        match node:
            case syntax.Literal() | syntax.Sequence() | syntax.Arithmetic() | syntax.Range():
                pass
            case syntax.Call("tokenize" | "concat" | "true" | "false" | "string-to-codepoints"):
                pass
            case syntax.SequenceType():
                pass
            case _:
                return False
    return not free(variable.value).variables - set(state.globals)


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
