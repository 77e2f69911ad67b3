"""Variables that have one value in a whole document: computed when first asked for, and kept."""

from dataclasses import replace

from formats.validation.compiler.bodies import let
from formats.validation.compiler.code import MANY, TEXTS, Code
from formats.validation.compiler.emit import Scope, State, emit
from formats.validation.compiler.free import free
from formats.validation.schematron.model import Let
from formats.validation.xpath import syntax


def document_variable(variable: Let, scope: Scope) -> Code:
    """Emit a variable that depends on nothing but the document; return how it is read.

    Args:
        variable: Of the rule set, or of a rule when it says the same for every node.
        scope: What it can see.
    """
    if isinstance(variable.value, syntax.Literal):
        return emit(variable.value, scope)
    state = scope.state
    name = state.name("g")
    slot = state.constant(f"object()  # {name} {variable.name}")
    # Other variables ask for this one's value, so it is computed at once and kept.
    plain = replace(scope, state=replace(state, optimise=True))
    lines, code = let(variable, plain, "    ")
    if not lines:
        return code
    fixed = _constant(variable, state)
    state.lines += [
        f"def {name}(T):",
        f"    m = {'CONSTANTS' if fixed else 'T.memo'}",
        f"    if {slot} in m: return m[{slot}]",
        *lines,
        f"    m[{slot}] = {code.text}",
        f"    return {code.text}",
    ]
    texts = fixed and code.item in TEXTS and code.count is MANY
    constant = _as_set(name, state) if texts else None
    return replace(code.saying(f"{name}(T)"), literals=code.literals, constant=constant)


def _as_set(name: str, state: State) -> str:
    """Emit the same texts as a set; return how it is read."""
    state.lines += [
        f"def {name}s(T):",
        "    m = CONSTANTS",
        f"    if '{name}s' in m: return m['{name}s']",
        f"    r = m['{name}s'] = frozenset({name}(T))",
        "    return r",
    ]
    return f"{name}s(T)"


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
