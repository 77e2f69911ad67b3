"""What a document has once: paths that every rule sees the same are walked once and kept.

A path is split where it begins to depend on the rule: `//cac:InvoiceLine[cbc:ID = $line]/cbc:Note`
has a part that is the same for every rule and every node, a predicate that can be answered by an
index, and a rest. The first two are computed when first asked for and kept with the document.
"""

from dataclasses import dataclass, replace

from formats.validation.compiler.code import ELEMENTS, MANY, NODES, ONE, Code, one
from formats.validation.compiler.emit import Scope
from formats.validation.compiler.free import Free, free, may_count
from formats.validation.compiler.predicates import flattened
from formats.validation.compiler.steps import tag
from formats.validation.schematron.model import UnsupportedRuleError
from formats.validation.xpath import syntax

_UP = syntax.Step("parent", syntax.KindTest("node"))


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a path starts that does not depend on the rule.

    Attributes:
        start: What it starts at, as the helper functions know it.
        key: Tells anchors of the same path apart.
        argument: Python for the anchor node where it varies (an ancestor of the context node).
        fixed: The start is the root element of the document.
    """

    start: Code
    key: object
    argument: str | None = None
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Cut:
    """A path cut in two.

    Attributes:
        prefix: The steps that are the same for all.
        join: The step whose next predicate is not, without the predicates before; None when the
            cut is between steps.
        rest: The steps after.
    """

    prefix: tuple[syntax.Step, ...]
    join: tuple[syntax.Expression, ...]
    rest: tuple["syntax.Step | syntax.Expression", ...]


def remembered(expression: syntax.Path, scope: Scope) -> Code | None:
    """Return a path whose beginning is kept with the document; None when nothing is gained."""
    found = anchored(expression, scope)
    if found is None:
        return None
    anchor, steps = found
    cut = _cut(steps, scope)
    if not cut.prefix or (anchor.key == "here" and not cut.join):
        return None
    if not (_worth(cut.prefix) or (cut.join and len(cut.prefix) > 0)):
        plain = _place(anchor, cut.prefix)
        if plain is None or cut.join:
            return None
        return _rest(plain, cut, scope)
    return _rest(kept(anchor, cut.prefix, scope), cut, scope)


def _rest(base: Code, cut: Cut, scope: Scope) -> Code:
    from formats.validation.compiler.indexes import selected  # noqa: PLC0415 - they need each other
    from formats.validation.compiler.paths import continued  # noqa: PLC0415
    from formats.validation.compiler.steps import filtered  # noqa: PLC0415

    if cut.join:
        found, others = selected(base, cut.join, scope)
        base = filtered(found, others, cut.prefix[-1].axis, scope)
    return continued(base, cut.rest, scope)


def anchored(
    expression: syntax.Path, scope: Scope
) -> tuple[Anchor, tuple["syntax.Step | syntax.Expression", ...]] | None:
    """Return where a path starts and its steps, when that does not depend on the rule."""
    steps = expression.steps
    if expression.absolute:
        return Anchor(one("T", "document"), "/"), steps
    first = steps[0]
    if isinstance(first, syntax.Call) and first.name in {"document", "doc"}:
        from formats.validation.compiler.emit import emit  # noqa: PLC0415

        other = emit(first, scope)
        _own_root_only(steps[1:])
        return Anchor(other, other.text), steps[1:]
    if isinstance(first, syntax.Filter) and not any(may_count(each) for each in first.predicates):
        # `$lines[a]/b` is `$lines/self::node()[a]/b`
        own = syntax.Step("self", syntax.KindTest("node"), first.predicates)
        steps = (first.primary, own, *steps[1:])
        first = steps[0]
    if not isinstance(first, syntax.Step) and is_same(free(first), scope):
        start = _constant(first, scope)
        if start is not None:
            return Anchor(start, ("expression", first)), steps[1:]
    if not isinstance(first, syntax.Step) or scope.node is None:
        return None
    if scope.fixed:
        return Anchor(one("T.children[0]", "element"), "root", fixed=True), steps
    return _from_node(expression, steps, scope, scope.node)


def _from_node(
    expression: syntax.Path,
    steps: tuple["syntax.Step | syntax.Expression", ...],
    scope: Scope,
    node: Code,
) -> tuple[Anchor, tuple["syntax.Step | syntax.Expression", ...]] | None:
    """Return what is above the context node, or in a loop that node itself, as an anchor."""
    count = 0
    while count < len(steps) and steps[count] == _UP:
        count += 1
    if count == len(steps) or node.item != "element":
        return None
    if not count and not (scope.turns & free(expression).variables):
        return None
    # What a loop asks of the context node is kept with that node.
    argument = f"up({node.text}, {count})"
    return Anchor(one("a", "container"), "up" if count else "here", argument), steps[count:]


def _constant(first: syntax.Expression, scope: Scope) -> Code | None:
    """Return the nodes that a path starts at, when they are the same for all."""
    from formats.validation.compiler.emit import emit  # noqa: PLC0415
    from formats.validation.compiler.paths import in_order  # noqa: PLC0415 - they need each other

    start = emit(first, replace(scope, node=None))
    return in_order(start) if start.item in NODES and start.count is MANY else None


def _own_root_only(steps: tuple["syntax.Step | syntax.Expression", ...]) -> None:
    """Refuse `/` below another document: it would mean that document, not the one judged."""
    if any(isinstance(each, syntax.Path) and each.absolute for each in syntax.walk(steps)):
        raise UnsupportedRuleError("the root of another document is asked for")


def _cut(steps: tuple["syntax.Step | syntax.Expression", ...], scope: Scope) -> Cut:
    prefix: list[syntax.Step] = []
    for number, each in enumerate(steps):
        step = _same_first(flattened(each), scope)
        if not isinstance(step, syntax.Step) or step.axis not in {"child", "descendant", "self"}:
            return Cut(tuple(prefix), (), steps[number:])
        if any(may_count(predicate) for predicate in step.predicates):
            # `a[1]` is the first of each parent: such a step is taken whole or not at all.
            if not all(is_same(free(each).inside(), scope) for each in step.predicates):
                return Cut(tuple(prefix), (), steps[number:])
            prefix.append(step)
            continue
        same = 0
        while same < len(step.predicates) and is_same(free(step.predicates[same]).inside(), scope):
            same += 1
        prefix.append(replace(step, predicates=step.predicates[:same]))
        if same < len(step.predicates):
            return Cut(tuple(prefix), step.predicates[same:], steps[number + 1 :])
    return Cut(tuple(prefix), (), ())


def _same_first(
    step: "syntax.Step | syntax.Expression", scope: Scope
) -> "syntax.Step | syntax.Expression":
    """Return a step with those predicates in front that are the same for all."""
    if not isinstance(step, syntax.Step) or any(may_count(each) for each in step.predicates):
        return step
    ranked = sorted(step.predicates, key=lambda each: not is_same(free(each).inside(), scope))
    return replace(step, predicates=tuple(ranked))


def is_same(found: Free, scope: Scope) -> bool:
    """Return whether something is the same wherever in a document it is asked for."""
    return not (
        found.context
        or found.focus
        or found.current
        or any(name in scope.variables and name not in scope.same for name in found.variables)
    )


def _worth(steps: tuple[syntax.Step, ...]) -> bool:
    """Return whether keeping a path is cheaper than walking it."""
    return any(step.predicates for step in steps) or (
        len(steps) > 1 and any(step.axis == "descendant" for step in steps)
    )


def _place(anchor: Anchor, steps: tuple[syntax.Step, ...]) -> Code | None:
    """Return the elements at a path of names below the root, which every document has ready."""
    if anchor.key not in {"/", "root"} or any(step.axis != "child" for step in steps):
        return None
    names = [tag(step.test) if isinstance(step.test, syntax.NameTest) else None for step in steps]
    if None in names or (anchor.fixed and len(names) < 2):  # noqa: PLR2004 - a child is at hand
        return None
    function = "below_root" if anchor.fixed else "below_top"
    return Code(f"{function}(T, {tuple(names)!r})", "element", MANY)


def kept(anchor: Anchor, steps: tuple[syntax.Step, ...], scope: Scope) -> Code:
    """Return the nodes of a path, walked when first asked for."""
    from formats.validation.compiler.paths import in_order  # noqa: PLC0415 - they need each other

    state = scope.state
    key = ("kept", anchor.key, steps, _meaning(steps, scope))
    known = state.memos.get(key)
    if known is None:
        body = in_order(_body(anchor, steps, scope))
        other = isinstance(anchor.key, str) and anchor.key not in {"/", "root", "up", "here"}
        home = anchor.start.text if other else "T"
        name = state.helper(
            "c",
            ["a"] if anchor.argument else [],
            body.listed(),
            before=["if a is None: return NO_CHILDREN"] if anchor.argument else [],
            home=home,
        )
        known = state.memos[key] = body.saying(name, MANY)
    call = "T" if anchor.argument is None else f"T, {anchor.argument}"
    return known.saying(f"{known.text}({call})")


def _meaning(steps: tuple[syntax.Step, ...], scope: Scope) -> tuple[str, ...]:
    """Return what the variables of a path stand for: rules may give one name to several."""
    names = sorted({name for step in steps for name in free(step).variables})
    return tuple(scope.variables[name].text for name in names if name in scope.variables)


def _body(anchor: Anchor, steps: tuple[syntax.Step, ...], scope: Scope) -> Code:
    """Return how the last step or predicate of a path is computed from what is before it."""
    from formats.validation.compiler.indexes import selected  # noqa: PLC0415
    from formats.validation.compiler.paths import step_from  # noqa: PLC0415
    from formats.validation.compiler.steps import filtered  # noqa: PLC0415

    known = {name: scope.variables[name] for name in scope.same}
    inner = replace(scope, node=None, variables=known, fixed=False, current=None)
    inside = replace(anchor, argument="a" if anchor.argument else None)
    *before, last = steps
    if last.predicates and not any(may_count(predicate) for predicate in last.predicates):
        shorter = (*before, replace(last, predicates=last.predicates[:-1]))
        base = _short(inside, shorter, inner)
        found, others = selected(base, last.predicates[-1:], inner)
        return filtered(found, others, last.axis, inner)
    base = _short(inside, tuple(before), inner)
    return step_from(base, last, inner)


def _short(anchor: Anchor, steps: tuple[syntax.Step, ...], scope: Scope) -> Code:
    if not steps:
        return anchor.start
    if _worth(steps):
        return kept(anchor, steps, scope)
    return _place(anchor, steps) or _walked(anchor, steps, scope)


def _walked(anchor: Anchor, steps: tuple[syntax.Step, ...], scope: Scope) -> Code:
    from formats.validation.compiler.paths import continued  # noqa: PLC0415

    return continued(anchor.start, steps, scope)


def is_container(code: Code) -> bool:
    """Return whether one element or document is known."""
    return code.count is ONE and code.item in ELEMENTS and code.item in NODES
