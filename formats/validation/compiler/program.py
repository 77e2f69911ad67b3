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
)
from formats.validation.compiler.bodies import define, joined, let, signature
from formats.validation.compiler.code import MANY, NODES, TEXTS, Code, one
from formats.validation.compiler.contexts import Context, contexts
from formats.validation.compiler.emit import Scope, State, emit
from formats.validation.compiler.free import free
from formats.validation.compiler.paths import in_order
from formats.validation.compiler.values import atomized, truth
from formats.validation.schematron.model import (
    Cases,
    Check,
    Each,
    Key,
    Let,
    Rule,
    RuleSet,
    Statement,
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
    names: list[str] = []
    checks: list[tuple[str, str]] = []
    for pattern in rules.patterns:
        entries = []
        for rule in pattern.rules:
            try:
                entries.append(_rule(rule, state, names, checks))
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
            f"CHECKS = {checks!r}",
            f"RULES = ({', '.join(names)},)",
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
        literals=code.literals, constant=constant,
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
        entries.append(f"({_contexts(found)}, {use})")
    slot = state.constant(f"object()  # key {python}")
    state.lines += [
        f"def {python}(T, values):",
        f"    return keyed(T, {slot}, ({', '.join(entries)},), values)",
    ]


def _as_texts(values: Code) -> str:
    if values.item not in TEXTS:
        raise UnsupportedRuleError("a key that is no text")
    return values.listed()


def _rule(rule: Rule, state: State, names: list[str], checks: list[tuple[str, str]]) -> str:
    """Emit a rule: a function over all nodes that match it."""
    found = [each for match in rule.context for each in contexts(match, state)]
    name = "None"
    if any(not isinstance(part, Let) for part in rule.body):
        name = state.name("r")
        state.lines += [
            f"def {name}(nodes, T, out):",
            "    for n in nodes:",
            *_body(rule, _item(found), all(each.fixed for each in found), state, checks),
        ]
    names.append(name)
    return f"        ({_contexts(found)}, {len(names) - 1}),\n"


def _item(found: list[Context]) -> str:
    kinds = {
        "document" if not each.steps else "attribute" if each.steps[-1].attribute else "element"
        for each in found
    }
    if len(kinds) == 1:
        return kinds.pop()
    return "container" if kinds == {"document", "element"} else "node"


def _body(
    rule: Rule,
    item: str,
    fixed: bool,  # noqa: FBT001 - a fact, not a switch
    state: State,
    checks: list[tuple[str, str]],
) -> list[str]:
    node = one("n", item)
    scope = Scope(state, node, fixed=fixed, current=node)
    return _statements(rule.body, scope, "        ", checks)


def _statements(
    body: tuple[Statement, ...], scope: Scope, indent: str, checks: list[tuple[str, str]]
) -> list[str]:
    lines: list[str] = []
    for number, part in enumerate(body):
        match part:
            case Let():
                if _used(part.name, body[number + 1 :]):
                    added, code = let(part, scope, indent)
                    lines += added
                    scope = scope.having(part.name, code)
            case Check():
                lines += _guarded([_check(part, scope, checks)], indent, len(checks) - 1, scope)
            case Cases():
                first = len(checks)
                lines += _guarded(_cases(part, scope, checks), indent, first, scope)
            case Each():
                first = len(checks)
                lines += _guarded(_each(part, scope, checks), indent, first, scope)
    return lines


def _check(check: Check, scope: Scope, checks: list[tuple[str, str]]) -> str:
    test = truth(emit(check.test, scope))
    condition = f"not {test}" if check.kind == "assert" else test
    number = len(checks)
    checks.append((check.id, check.severity))
    node = scope.node.text if scope.node is not None else "n"
    return f"if {condition}: out.append(({number}, {node}, {_message(check, scope)}))"


def _cases(cases: Cases, scope: Scope, checks: list[tuple[str, str]]) -> list[str]:
    lines = []
    word = "if"
    for test, body in cases.branches:
        lines.append(f"{word} {truth(emit(test, scope))}:")
        lines += _statements(body, scope, "    ", checks) or ["    pass"]
        word = "elif"
    if cases.otherwise:
        lines += ["else:", *(_statements(cases.otherwise, scope, "    ", checks) or ["    pass"])]
    return lines


def _each(each: Each, scope: Scope, checks: list[tuple[str, str]]) -> list[str]:
    code = in_order(emit(each.select, scope))
    if code.item not in NODES:
        raise UnsupportedRuleError("checks for each of what may be no node")
    name = scope.state.name("n")
    node = one(name, code.item)
    inside = replace(scope.at(node), current=node)
    return [f"for {name} in {code.listed()}:", *_statements(each.body, inside, "    ", checks)]


def _guarded(lines: list[str], indent: str, check: int, scope: Scope) -> list[str]:
    """Return statements that, where the oracle's errors are wanted, say which check has one."""
    if scope.state.optimise:
        return [f"{indent}{line}" for line in lines]
    return [
        f"{indent}try:",
        *(f"{indent}    {line}" for line in lines),
        f"{indent}except DynamicError as error:",
        f"{indent}    out.append(Stopped({check}, n, error))",
    ]


def _used(name: str, rest: tuple[Statement, ...]) -> bool:
    """Return whether a variable is asked for by what comes after it."""
    return any(
        isinstance(node, syntax.Variable) and node.name == name for node in syntax.walk(rest)
    )


def _message(check: Check, scope: Scope) -> str:
    message = _text(check.message, scope)
    if not check.diagnostics:
        return message
    more = "".join(f"{_text(text, scope)}, " for text in check.diagnostics)
    return f"said({message}, ({more}))"


def _text(parts: tuple[str | syntax.Expression, ...], scope: Scope) -> str:
    pieces = [repr(part) if isinstance(part, str) else joined(part, scope) for part in parts]
    return " + ".join(pieces) or "''"


def _contexts(found: list[Context]) -> str:
    return "(" + "".join(f"{_context(each)}, " for each in found) + ")"


def _context(context: Context) -> str:
    steps = "".join(
        f"({step.deep}, {step.attribute}, {step.namespace!r}, {step.local!r}, ("
        + "".join(
            f"({condition.function}, {condition.of_name}), " for condition in step.conditions
        )
        + ")), "
        for step in context.steps
    )
    return f"({context.absolute}, ({steps}))"
