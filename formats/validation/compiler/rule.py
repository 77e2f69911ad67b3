"""The rules of a set as functions."""

from dataclasses import dataclass, field, replace

from formats.validation.compiler.alarms import forbidden
from formats.validation.compiler.bodies import joined, let
from formats.validation.compiler.code import NODES, one
from formats.validation.compiler.contexts import Context, contexts, contexts_source
from formats.validation.compiler.emit import Scope, State, emit
from formats.validation.compiler.free import free
from formats.validation.compiler.memo import is_same
from formats.validation.compiler.paths import in_order
from formats.validation.compiler.values import truth
from formats.validation.compiler.variables import document_variable
from formats.validation.schematron.model import (
    Cases,
    Check,
    Each,
    Let,
    Rule,
    Statement,
    UnsupportedRuleError,
)
from formats.validation.xpath import syntax


@dataclass(slots=True)
class Collected:
    """What the rules of a set add up to.

    Attributes:
        rules: Names of their functions, `None` where a rule has nothing to check.
        checks: Of every check its id and its severity as written.
        alarms: Source of `(rule, function, paths)`, see `alarms`.
    """

    rules: list[str] = field(default_factory=list)
    checks: list[tuple[str, str]] = field(default_factory=list)
    alarms: list[str] = field(default_factory=list)


def rule_source(rule: Rule, state: State, collected: Collected) -> str:
    """Emit a rule, a function over all nodes that match it; return its entry in a pattern."""
    found = [each for match in rule.context for each in contexts(match, state)]
    name = "None"
    if any(not isinstance(part, Let) for part in rule.body):
        name = state.name("r")
        body = _body(rule, _item(found), all(each.fixed for each in found), state, collected)
        state.lines += [
            f"def {name}(nodes, T, out):",
            "    for n in nodes:",
            *(body or ["        pass"]),
        ]
    collected.rules.append(name)
    return f"        ({contexts_source(found)}, {len(collected.rules) - 1}),\n"


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
    collected: Collected,
) -> list[str]:
    node = one("n", item)
    scope = Scope(state, node, fixed=fixed, current=node)
    return _statements(rule.body, scope, "        ", collected)


def _statements(
    body: tuple[Statement, ...], scope: Scope, indent: str, collected: Collected
) -> list[str]:
    lines: list[str] = []
    for number, part in enumerate(body):
        match part:
            case Let():
                if not _used(part.name, body[number + 1 :]):
                    continue
                if _says_the_same(part, scope):
                    scope = scope.having(part.name, document_variable(part, _at_root(scope)))
                    scope = replace(scope, same=scope.same | {part.name})
                    continue
                added, code = let(part, scope, indent)
                lines += added
                scope = scope.having(part.name, code)
            case Check() if _is_alarm(part, scope, collected):
                pass
            case Check():
                lines += _guarded(
                    [_check(part, scope, collected)], indent, len(collected.checks) - 1, scope
                )
            case Cases():
                first = len(collected.checks)
                lines += _guarded(_cases(part, scope, collected), indent, first, scope)
            case Each():
                first = len(collected.checks)
                lines += _guarded(_each(part, scope, collected), indent, first, scope)
    return lines


def _says_the_same(variable: Let, scope: Scope) -> bool:
    """Return whether a variable of a rule has one value in a whole document."""
    return (
        scope.state.optimise
        and not isinstance(variable.value, tuple)
        and is_same(free(variable.value), scope)
    )


def _at_root(scope: Scope) -> Scope:
    known = {name: scope.variables[name] for name in scope.same}
    return Scope(scope.state, one("T", "document"), variables=known, same=scope.same)


def _is_alarm(check: Check, scope: Scope, collected: Collected) -> bool:
    """Emit a check that only forbids paths as an alarm; return False when it is not one."""
    if not scope.state.optimise or not scope.fixed:
        return False
    paths = forbidden(check)
    if paths is None:
        return False
    name = scope.state.name("s")
    line = _check(check, scope, collected)
    scope.state.lines += [f"def {name}(nodes, T, out):", "    for n in nodes:", f"        {line}"]
    collected.alarms.append(f"({len(collected.rules)}, {name}, {tuple(paths)!r}), ")
    return True


def _check(check: Check, scope: Scope, collected: Collected) -> str:
    test = truth(emit(check.test, scope))
    condition = f"not {test}" if check.kind == "assert" else test
    number = len(collected.checks)
    collected.checks.append((check.id, check.severity))
    node = scope.node.text if scope.node is not None else "n"
    return f"if {condition}: out.append(({number}, {node}, {_message(check, scope)}))"


def _cases(cases: Cases, scope: Scope, collected: Collected) -> list[str]:
    lines = []
    word = "if"
    for test, body in cases.branches:
        lines.append(f"{word} {truth(emit(test, scope))}:")
        lines += _statements(body, scope, "    ", collected) or ["    pass"]
        word = "elif"
    if cases.otherwise:
        lines += [
            "else:",
            *(_statements(cases.otherwise, scope, "    ", collected) or ["    pass"]),
        ]
    return lines


def _each(each: Each, scope: Scope, collected: Collected) -> list[str]:
    if not scope.state.optimise or not _says_the_same_of_all(each, scope):
        return _loop(each, scope, collected)
    # What it finds does not depend on the node: found once, said for every node.
    state = scope.state
    name, slot = state.name("t"), state.constant(f"object()  # {len(collected.checks)} each")
    state.lines += [
        f"def {name}(T):",
        f"    if {slot} in T.memo: return T.memo[{slot}]",
        "    out = []",
        *(f"    {line}" for line in _loop(each, _at_root(scope), collected)),
        f"    T.memo[{slot}] = out",
        "    return out",
    ]
    return [f"out.extend({name}(T))"]


def _says_the_same_of_all(each: Each, scope: Scope) -> bool:
    """Return whether checks on other nodes find the same whatever node the rule looks at."""
    expressions = [part for part in syntax.walk(each.body) if isinstance(part, syntax.Expression)]
    names = {name for part in expressions for name in free(part).variables}
    own = {part.name for part in syntax.walk(each.body) if isinstance(part, Let)}
    return is_same(free(each.select), scope) and not any(
        name in scope.variables and name not in scope.same for name in names - own
    )


def _loop(each: Each, scope: Scope, collected: Collected) -> list[str]:
    code = in_order(emit(each.select, scope))
    if code.item not in NODES:
        raise UnsupportedRuleError("checks for each of what may be no node")
    name = scope.state.name("n")
    node = one(name, code.item)
    inside = replace(scope.at(node), current=node)
    return [f"for {name} in {code.listed()}:", *_statements(each.body, inside, "    ", collected)]


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
