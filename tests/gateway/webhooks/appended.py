"""Every type of event that the code appends, read from the code.

`events.append(type=...)` gets a text, or a noun and a verb that is a parameter of the function it
is called in. Such a function is followed to whoever calls it in its feature, by name, until the
verb is a text. Where it is a value that only runs know, `SAID` says from which of the code's own
tables it comes; a place that is in neither fails.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gateway.delivery.reminders import REMINDED
from gateway.documents.corrections import DECISIONS
from gateway.documents.effects import CONTINUED
from gateway.kinds import DocumentKind
from gateway.payments.service import PAYABLE
from tests.architecture.sources import SourceFile, python_files

_DOCUMENT = "row.kind.value"
_DECIDED = {kind: DECISIONS.get(kind, frozenset()) for kind in DocumentKind}

SAID: Mapping[tuple[str, str], frozenset[str]] = {
    ("documents", "decision"): frozenset().union(*_DECIDED.values(), CONTINUED.values()),
    ("inbox", "decision"): frozenset({"accepted", "rejected"}),
    ("delivery", "row.state"): frozenset({"sent", "failed", "unknown"}),
    ("transmissions", "transport"): frozenset(
        {"outcome_unknown", "failed_retryable", "failed_permanent"}
    ),
    ("transmissions", "word"): frozenset({"response", "verdict"}),
}
"""By feature and expression: what it can be."""

_KINDS: Mapping[str, frozenset[DocumentKind]] = {
    "corrected": frozenset(kind for kind in DocumentKind if kind.fiscal),
    "correction_voided": frozenset(kind for kind in DocumentKind if kind.fiscal),
    "mended": frozenset(one for one in DocumentKind if one.fiscal and not one.self_billed),
    "applied": frozenset({DocumentKind.ADVANCE_INVOICE}),  # `loading` refuses to settle others
    "paid": frozenset(PAYABLE),
    "overdue": frozenset(REMINDED),
    **{
        verb: frozenset(
            kind for kind in DocumentKind if verb in _DECIDED[kind] or CONTINUED.get(kind) == verb
        )
        for verb in SAID["documents", "decision"]
    },
}
"""Of which kinds of documents a verb is said, where that is not all of them."""


@dataclass(frozen=True)
class Sayer:
    """A function that appends events of a noun, and its parameter that is the verb."""

    feature: str
    name: str
    noun: str
    position: int


def appended_types() -> Iterator[str]:
    """Yield every type of event that the code appends."""
    calls = [(file, *one) for file in python_files("gateway") for one in _calls(file)]
    waiting: list[Sayer] = []
    for file, function, call in calls:
        for value in _types(call):
            yield from _of(file, function, value, waiting)
    done: set[Sayer] = set()
    while waiting:
        sayer = waiting.pop()
        if sayer in done:
            continue
        done.add(sayer)
        for file, function, call in calls:
            if _called(call) != sayer.name or len(call.args) <= sayer.position:
                continue
            if file.feature == sayer.feature or _imports(file, sayer):
                verb = call.args[sayer.position]
                yield from _said(file, function, sayer.noun, verb, waiting)


def _calls(file: SourceFile) -> Iterator[tuple[ast.FunctionDef | None, ast.Call]]:
    """Yield every call, with the innermost function it is in."""

    def walk(
        node: ast.AST, function: ast.FunctionDef | None
    ) -> Iterator[tuple[ast.FunctionDef | None, ast.Call]]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Call):
                yield function, child
            yield from walk(child, child if isinstance(child, ast.FunctionDef) else function)

    yield from walk(file.tree, None)


def _called(call: ast.Call) -> str | None:
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else None


def _types(call: ast.Call) -> list[ast.expr]:
    name = ast.unparse(call.func)
    named = [one.value for one in call.keywords if one.arg == "type"]
    if name == "Step":
        return named or call.args[:1]
    return named if name == "events.append" else []


def _of(
    file: SourceFile, function: ast.FunctionDef | None, value: ast.expr, waiting: list[Sayer]
) -> Iterator[str]:
    if isinstance(value, ast.Constant):
        yield str(value.value)
    elif isinstance(value, ast.JoinedStr):
        noun, verb = _parts(value)
        yield from _said(file, function, noun, verb, waiting)
    else:  # a step that was made elsewhere, and is looked at there
        assert ast.unparse(value) == "step.type", f"{file.name}: {ast.unparse(value)}"


def _parts(text: ast.JoinedStr) -> tuple[str, ast.expr]:
    """Return noun and verb of f"noun.{verb}" or f"{row.kind.value}.verb"."""
    first, *_, last = text.values
    noun = first.value if isinstance(first, ast.Constant) else ast.unparse(first)
    noun = _DOCUMENT if _DOCUMENT in str(noun) else str(noun).rstrip(".")
    if isinstance(last, ast.FormattedValue):
        return noun, last.value
    assert isinstance(last, ast.Constant)
    return noun, ast.Constant(str(last.value).lstrip("."))


def _said(
    file: SourceFile,
    function: ast.FunctionDef | None,
    noun: str,
    verb: ast.expr,
    waiting: list[Sayer],
) -> Iterator[str]:
    """Yield the types of a noun and a verb, or follow the verb to who says it."""
    name = ast.unparse(verb)
    if isinstance(verb, ast.Constant):
        yield from _named(noun, str(verb.value))
    elif (file.feature, name) in SAID:
        for word in SAID[file.feature, name]:
            yield from _named(noun, word)
    else:
        parameters = [] if function is None else [one.arg for one in function.args.args]
        assert function is not None, f"{file.name}: who says {name}?"
        assert name in parameters, f"{file.name}: who says {name}? tell it in SAID"
        position = parameters.index(name) - (parameters[0] == "self")
        waiting.append(Sayer(file.feature, function.name, noun, position))


def _named(noun: str, verb: str) -> Iterator[str]:
    if noun != _DOCUMENT:
        yield f"{noun}.{verb}"
        return
    for kind in _KINDS.get(verb, frozenset(DocumentKind)):
        yield f"{kind.value}.{verb}"


def _imports(file: SourceFile, sayer: Sayer) -> bool:
    return any(
        isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith(f"gateway.{sayer.feature}.")
        and any(one.name == sayer.name for one in node.names)
        for node in ast.walk(file.tree)
    )
