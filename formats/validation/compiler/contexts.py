"""Contexts of rules: where in a document a rule looks, as a path of names with conditions."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from formats.validation.compiler.code import ANY, NUMBERS, one
from formats.validation.compiler.emit import Scope, State, emit
from formats.validation.compiler.free import free
from formats.validation.compiler.paths import simplified
from formats.validation.compiler.values import truth
from formats.validation.schematron.model import UnsupportedRuleError
from formats.validation.xpath import syntax

_ANYTHING = (syntax.KindTest("node"), syntax.KindTest("element"))
_NAMES = frozenset({"name", "local-name", "namespace-uri"})


@dataclass(frozen=True, slots=True)
class Condition:
    """What must hold of a node for a step of a context to mean it.

    Attributes:
        function: The helper that keeps the nodes for which it holds.
        exact: The helper that meets errors as the oracle does; it asks all predicates.
        kind: What it asks about: the `name` of the node, the `document`, or the `node` itself.
    """

    function: str
    exact: str
    kind: str


@dataclass(frozen=True, slots=True)
class ContextStep:
    """A step of a context, read from its end.

    Attributes:
        deep: What is before may be any number of elements above (`//`).
        attribute: It is an attribute.
        namespace, local: The name; None is any.
        conditions: Its predicates.
    """

    deep: bool
    attribute: bool
    namespace: str | None
    local: str | None
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Context:
    """One alternative of a context; without steps it is the document itself.

    Attributes:
        absolute: The first step is the root element.
        steps: From the outside in.
    """

    absolute: bool
    steps: tuple[ContextStep, ...]

    @property
    def fixed(self) -> bool:
        """True when only the root element can match."""
        return (
            self.absolute
            and len(self.steps) == 1
            and not self.steps[0].attribute
            and not self.steps[0].deep
        )


def contexts(expression: syntax.Expression, state: State) -> tuple[Context, ...]:
    """Return the alternatives of a context.

    Raises:
        UnsupportedRuleError: It is no match pattern of XSLT 2.0, or one we do not know.
    """
    return tuple(
        Context(path.absolute, _steps(path, state))
        for path in (simplified(each) for each in _expanded(expression))
    )


def _expanded(expression: "syntax.Step | syntax.Expression") -> list[syntax.Path]:
    """Return the plain paths that a context with parentheses stands for."""
    match expression:
        case syntax.Step():
            return [syntax.Path(absolute=False, steps=(expression,))]
        case syntax.SetOperation("union", left, right):
            return [*_expanded(left), *_expanded(right)]
        case syntax.Filter(primary, predicates):
            return [_narrowed(path, predicates) for path in _expanded(primary)]
        case syntax.Path(absolute, steps):
            found = [syntax.Path(absolute, ())]
            for number, step in enumerate(steps):
                ends = _expanded(step)
                if any(end.absolute for end in ends) and (number or absolute):
                    raise UnsupportedRuleError("a context with a root inside")
                found = [
                    syntax.Path(path.absolute or end.absolute, (*path.steps, *end.steps))
                    for path in found
                    for end in ends
                ]
            return found
        case _:
            raise UnsupportedRuleError(f"a context that is a {type(expression).__name__}")


def _narrowed(path: syntax.Path, predicates: tuple[syntax.Expression, ...]) -> syntax.Path:
    *before, last = path.steps
    if not isinstance(last, syntax.Step) or any(
        isinstance(predicate, syntax.Literal) for predicate in predicates
    ):
        raise UnsupportedRuleError("a context selected by number from several paths")
    narrowed = replace(last, predicates=(*last.predicates, *predicates))
    return syntax.Path(path.absolute, (*before, narrowed))


def _steps(path: syntax.Path, state: State) -> tuple[ContextStep, ...]:
    steps: list[ContextStep] = []
    deep = False
    for step in path.steps:
        if not isinstance(step, syntax.Step):
            raise UnsupportedRuleError("a context with something else than steps")
        if step.axis == "descendant-or-self" and step.test in _ANYTHING and not step.predicates:
            deep = True
            continue
        if step.axis not in {"child", "descendant", "attribute", "descendant-or-self"}:
            raise UnsupportedRuleError(f"a context along {step.axis}")
        if step.axis == "descendant-or-self":
            raise UnsupportedRuleError("a context along descendant-or-self")
        namespace, local = _name(step)
        steps.append(
            ContextStep(
                deep or step.axis == "descendant",
                step.axis == "attribute",
                namespace,
                local,
                tuple(_conditions(step, state)),
            )
        )
        deep = False
    return tuple(steps)


def _name(step: syntax.Step) -> tuple[str | None, str | None]:
    if isinstance(step.test, syntax.NameTest):
        return step.test.namespace, step.test.local
    if step.test.kind in {"element", "attribute"} and step.test.name is None:
        return None, None
    if step.test.kind == "node" and step.axis != "attribute":
        return None, None  # of what is offered to rules, only elements are children
    raise UnsupportedRuleError(f"a context of {step.test.kind}()")


def _conditions(step: syntax.Step, state: State) -> list[Condition]:
    """Return the conditions of a step: those of its name, of the document, of the node."""
    found = []
    predicates = list(step.predicates)
    if predicates and isinstance(predicates[0], syntax.Literal):
        found.append(_counted(step, predicates.pop(0), state))
    kinds: dict[str, list[syntax.Expression]] = {"name": [], "document": [], "node": []}
    item = "attribute" if step.axis == "attribute" else "element"
    for predicate in predicates:
        for part in _parts(predicate):
            kinds[_kind(part, item, state)].append(part)
    if any(kinds.values()):
        exact = state.name("p")
        _filter(exact, predicates, item, replace(state, optimise=False))
        for kind, parts in kinds.items():
            if parts:
                name = state.name("p")
                _filter(name, parts, item, state)
                found.append(Condition(name, exact, kind))
    return found


def _kind(part: syntax.Expression, item: str, state: State) -> str:
    found = free(part)
    if found.focus:
        raise UnsupportedRuleError("a context that counts")
    if not found.context and not found.variables - set(state.globals):
        return "document"
    return "name" if item == "element" and _of_name(part) else "node"


def _filter(name: str, predicates: Sequence[syntax.Expression], item: str, state: State) -> None:
    """Emit the helper that keeps the nodes for which predicates hold."""
    tests = []
    for predicate in predicates:
        code = emit(predicate, Scope(state, one("n", item)))
        if code.item in NUMBERS or code.item == ANY:
            raise UnsupportedRuleError("a context selected by number")
        tests.append(truth(code))
    state.lines += [
        f"def {name}(nodes, T):",
        f"    return [n for n in nodes if {' and '.join(tests)}]",
    ]


def _counted(step: syntax.Step, predicate: syntax.Expression, state: State) -> Condition:
    """Return the condition of being, of the elements of its name, the one at a position."""
    test = step.test
    position = predicate.value if isinstance(predicate, syntax.Literal) else None
    if (
        not isinstance(position, int)
        or step.axis != "child"
        or not isinstance(test, syntax.NameTest)
        or test.local is None
    ):
        raise UnsupportedRuleError("a context selected by number")
    name = state.name("p")
    state.lines += [
        f"def {name}(nodes, T):",
        f"    return [n for n in nodes if len(siblings_before(n, n.tag)) == {position - 1}]",
    ]
    return Condition(name, name, "node")


def _parts(predicate: syntax.Expression) -> list[syntax.Expression]:
    if isinstance(predicate, syntax.Logical) and predicate.operator == "and":
        return [part for operand in predicate.operands for part in _parts(operand)]
    return [predicate]


def _of_name(expression: syntax.Expression) -> bool:
    """Return whether a condition asks for nothing but the name of its node."""
    asked = False
    for node in syntax.walk(expression):
        match node:
            case syntax.Call(name, ()) if name in _NAMES:
                asked = True
            case syntax.Call(name, (syntax.ContextItem(),)) if name in _NAMES:
                asked = True
            case syntax.Call("not" | "ends-with" | "starts-with" | "contains" | "true" | "false"):
                pass
            case syntax.Comparison() | syntax.Logical() | syntax.Literal() | syntax.Sequence():
                pass
            case syntax.ContextItem():
                pass  # only below name(.): anything else that takes it is refused below
            case _:
                return False
    return asked and not _bare_context(expression)


def _bare_context(expression: syntax.Expression) -> bool:
    """Return whether `.` stands somewhere else than in `name(.)`."""
    calls = sum(
        1
        for node in syntax.walk(expression)
        if isinstance(node, syntax.Call)
        and node.name in _NAMES
        and node.arguments == (syntax.ContextItem(),)
    )
    items = sum(1 for node in syntax.walk(expression) if isinstance(node, syntax.ContextItem))
    return items > calls


def contexts_source(found: Sequence[Context]) -> str:
    """Return contexts as `runtime.matching` reads them."""
    return "(" + "".join(f"{_context(each)}, " for each in found) + ")"


def _context(context: Context) -> str:
    steps = "".join(
        f"({step.deep}, {step.attribute}, {step.namespace!r}, {step.local!r}, ("
        + "".join(
            f"({condition.function}, {condition.exact}, {condition.kind!r}), "
            for condition in step.conditions
        )
        + ")), "
        for step in context.steps
    )
    return f"({context.absolute}, ({steps}))"
