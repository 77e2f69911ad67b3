"""Paths: steps one after the other, and what of them can be computed once per document."""

from dataclasses import replace

from formats.validation.compiler.code import (
    ANY,
    EMPTY,
    MANY,
    MOST_NAMES,
    NODES,
    ONE,
    OPTIONAL,
    Code,
    looped,
    one,
    trailed,
)
from formats.validation.compiler.emit import Scope, context, emit, handles
from formats.validation.compiler.free import free, may_count
from formats.validation.compiler.memo import remembered
from formats.validation.compiler.steps import along, filtered, tag
from formats.validation.compiler.values import nodes_only
from formats.validation.schematron.model import UnsupportedRuleError
from formats.validation.xpath import syntax

_ANY_NODE = syntax.Step("descendant-or-self", syntax.KindTest("node"))
_ANY_ELEMENT = syntax.Step("descendant-or-self", syntax.KindTest("element"))
_MULTIPLE = {"parent", "ancestor", "ancestor-or-self", "preceding", "following",
             "preceding-sibling", "following-sibling"}  # fmt: skip


@handles(syntax.Step)
def lone_step(expression: syntax.Step, scope: Scope) -> Code:
    """Emit a step alone: a path of one."""
    return path(syntax.Path(absolute=False, steps=(expression,)), scope)


@handles(syntax.Path)
def path(expression: syntax.Path, scope: Scope) -> Code:
    """Emit a path."""
    plain = simplified(expression)
    if scope.state.optimise and (found := remembered(plain, scope)) is not None:
        return found
    return walked(plain, scope)


@handles(syntax.Filter)
def filtering(expression: syntax.Filter, scope: Scope) -> Code:
    """Emit `$x[1]`."""
    if scope.state.optimise and not any(may_count(each) for each in expression.predicates):
        found = remembered(syntax.Path(absolute=False, steps=(expression,)), scope)
        if found is not None:
            return found
    primary = in_order(emit(expression.primary, scope))
    return filtered(primary, expression.predicates, "child", scope)


def simplified(expression: syntax.Path) -> syntax.Path:
    """Return a path in which `//name` is one step, where that means the same."""
    steps: list[syntax.Step | syntax.Expression] = []
    for step in expression.steps:
        if (
            isinstance(step, syntax.Step)
            and steps
            and steps[-1] == _ANY_NODE
            and step.axis == "child"
            and not any(may_count(predicate) for predicate in step.predicates)
        ):
            steps[-1] = replace(step, axis="descendant")
        elif (
            isinstance(step, syntax.Step)
            and step.axis == "attribute"
            and steps[-1:] == [_ANY_NODE]
        ):
            steps[-1] = _ANY_ELEMENT  # nothing else has attributes
            steps.append(step)
        elif expression.absolute and steps == [_ANY_NODE] and (names := _names(step)):
            # `//(a | b)/c` is `(//a | //b)/c`
            return syntax.Path(absolute=False, steps=(names, *expression.steps[2:]))
        elif step == syntax.Step("self", syntax.KindTest("node")) and steps:
            continue
        else:
            steps.append(step)
    return syntax.Path(expression.absolute, tuple(steps))


def _names(step: "syntax.Step | syntax.Expression") -> syntax.Expression | None:
    """Return `//a | //b` for `a | b`; None for anything else."""
    match step:
        case syntax.SetOperation("union", left, right):
            first, second = _names(left), _names(right)
            if first is None or second is None:
                return None
            return syntax.SetOperation("union", first, second)
        case syntax.Step("child", syntax.NameTest(), ()):
            return syntax.Path(absolute=True, steps=(replace(step, axis="descendant"),))
        case _:
            return None


def walked(expression: syntax.Path, scope: Scope) -> Code:
    """Return a path computed where it stands."""
    steps = expression.steps
    if expression.absolute:
        current = root()
    else:
        first, steps = steps[0], steps[1:]
        if isinstance(first, syntax.Step):
            current = step_from(context(scope), first, scope)
        else:
            current = emit(first, scope)
    return continued(current, steps, scope)


def root() -> Code:
    """Return the document that the context node is in."""
    return one("T", "document")


def continued(
    current: Code, steps: tuple["syntax.Step | syntax.Expression", ...], scope: Scope
) -> Code:
    """Return the rest of a path."""
    if current.text == "T" and steps[:1] == (_ANY_ELEMENT,) and len(steps) > 1:
        holder = _holders(steps[1])
        if holder is not None:
            current, steps = holder, steps[1:]
    for step in steps:
        current = step_from(current, step, scope)
    return current


def _holders(step: "syntax.Step | syntax.Expression") -> Code | None:
    """Return all elements of the document that have an attribute."""
    if isinstance(step, syntax.Step) and isinstance(step.test, syntax.NameTest):
        name = tag(step.test)
        if name is not None:
            return Code(f"holding(T, {name!r})", "element", MANY, nested=True)
    return None


def step_from(current: Code, step: "syntax.Step | syntax.Expression", scope: Scope) -> Code:
    """Return one step from every item of what was found so far."""
    if current.item == "none":
        return EMPTY
    if isinstance(step, syntax.Step):
        current = nodes_only(current, "a step")
    if current.count is ONE:
        return _one_step(current, step, scope)
    if current.count is OPTIONAL:
        return _from_optional(current, step, scope)
    return _from_many(current, step, scope)


def _one_step(node: Code, step: "syntax.Step | syntax.Expression", scope: Scope) -> Code:
    if isinstance(step, syntax.Step):
        return filtered(along(step.axis, step.test, node), step.predicates, step.axis, scope)
    return emit(step, scope.at(node, "1", "1"))


def _from_optional(current: Code, step: "syntax.Step | syntax.Expression", scope: Scope) -> Code:
    each = scope.state.name("w")
    found = _one_step(one(each, current.item), step, scope)
    clauses = f"for {each} in listed({current.text})"
    return _joined(found, clauses, current, step, scope)


def _from_many(current: Code, step: "syntax.Step | syntax.Expression", scope: Scope) -> Code:
    longer = _longer_trail(current, step)
    if longer is not None:
        return longer
    if not isinstance(step, syntax.Step):
        current = in_order(current)  # values have the order of the nodes they come from
    loop = current.loop
    if loop is not None and loop.head.is_name and loop.head.attribute is None:
        node, clauses = loop.head, loop.clauses
    else:
        each = scope.state.name("w")
        node = one(each, current.item)
        clauses = f"for {each} in {current.text}"
    if not isinstance(step, syntax.Step):
        if free(step).focus:
            raise UnsupportedRuleError("a step of a path asks for its position")
        found = emit(step, scope.at(node))
    else:
        found = _one_step(node, step, scope)
    return _joined(found, clauses, current, step, scope)


def _longer_trail(current: Code, step: "syntax.Step | syntax.Expression") -> Code | None:
    """Return a path of names with one more name; None when it is not one."""
    if (
        current.trail is None
        or len(current.trail[1]) == MOST_NAMES
        or not isinstance(step, syntax.Step)
        or step.axis != "child"
        or step.predicates
        or not isinstance(step.test, syntax.NameTest)
    ):
        return None
    name = tag(step.test)
    return None if name is None else trailed(current.trail[0], (*current.trail[1], name))


def _joined(found: Code, clauses: str, before: Code, step: object, scope: Scope) -> Code:
    """Return what one step from each item gives, all together."""
    if found.item == "none":
        return EMPTY
    several = before.count is MANY
    axis = step.axis if isinstance(step, syntax.Step) else ""
    if found.item not in NODES:
        return _values(found, clauses, scope)
    ordered, nested = found.ordered, found.nested or before.nested
    if several:
        if axis not in {"child", "attribute", "self", ""} or before.nested or not before.ordered:
            ordered = False
        if axis in {"child", "attribute", "self"} and before.ordered and not before.nested:
            ordered, nested = found.ordered, False
        if axis == "":
            ordered, nested = False, True
    code = _collected(found, clauses, scope, ordered=ordered, nested=nested)
    repeated = several and (
        axis in _MULTIPLE
        or axis == ""
        or before.loose
        or found.loose
        or (axis.startswith("descendant") and before.nested)
    )
    if repeated:
        return Code(f"distinct_nodes({code.text})", found.item, MANY, nested=True)
    return code


def _collected(found: Code, clauses: str, scope: Scope, *, ordered: bool, nested: bool) -> Code:
    if found.count is ONE:
        return looped(found, clauses, ordered=ordered, nested=nested)
    if found.loop is not None:
        return looped(
            found.loop.head, f"{clauses} {found.loop.clauses}", ordered=ordered, nested=nested
        )
    if found.attribute is not None:
        owner, name = found.attribute
        head = Code(
            f"Attribute({owner}, {name!r}, {owner}.attributes[{name!r}])",
            "attribute",
            ONE,
            attribute=found.attribute,
        )
        return looped(
            head, f"{clauses} if {name!r} in {owner}.attributes", ordered=ordered, nested=nested
        )
    each = scope.state.name("w")
    return looped(
        one(each, found.item),
        f"{clauses} for {each} in {found.listed()}",
        ordered=ordered,
        nested=nested,
    )


def _values(found: Code, clauses: str, scope: Scope) -> Code:
    if found.count is ONE:
        return looped(found, clauses)
    if found.loop is not None:
        return looped(found.loop.head, f"{clauses} {found.loop.clauses}")
    each = scope.state.name("w")
    if found.count is OPTIONAL:
        return looped(
            one(each, found.item), f"{clauses} for {each} in ({found.text},) if {each} is not None"
        )
    return looped(one(each, found.item), f"{clauses} for {each} in {found.text}")


def in_order(code: Code) -> Code:
    """Return the same nodes in document order, each once."""
    if code.ordered or code.loose or code.item not in NODES or code.count is not MANY:
        return code
    return Code(f"distinct_nodes({code.text})", code.item, MANY, nested=code.nested)


@handles(syntax.SetOperation)
def set_operation(expression: syntax.SetOperation, scope: Scope) -> Code:
    """Emit `union`, `intersect`, `except`."""
    left = nodes_only(emit(expression.left, scope), expression.operator)
    right = nodes_only(emit(expression.right, scope), expression.operator)
    item = left.item if left.item == right.item else "node"
    if right.item == "none":
        item = left.item
    if item == "node" and {left.item, right.item} <= {"element", "container", "document"}:
        item = "container"
    if item == "none":
        item = right.item if expression.operator == "union" else "none"
    if item in {"none", ANY}:
        return EMPTY
    text = f"{expression.operator}_of({left.listed()}, {right.listed()})"
    return Code(text, item, MANY, nested=True)
