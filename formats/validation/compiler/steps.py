"""One step of a path from one node: along which axis, to what, with which predicates."""

from dataclasses import replace
from typing import Final

from formats.validation.compiler.code import (
    ANY,
    ELEMENTS,
    EMPTY,
    EXACT,
    MANY,
    NODES,
    NUMBERS,
    ONE,
    OPTIONAL,
    Code,
    looped,
    many,
    one,
    trailed,
)
from formats.validation.compiler.emit import Scope, emit
from formats.validation.compiler.free import free
from formats.validation.compiler.values import truth
from formats.validation.schematron.model import UnsupportedRuleError
from formats.validation.xpath import syntax

_BACKWARD: Final = {"ancestor", "ancestor-or-self", "preceding", "preceding-sibling", "parent"}

_FUNCTIONS: Final = {
    "descendant": "descendants",
    "descendant-or-self": "descendants_or_self",
    "ancestor": "ancestors_of",
    "ancestor-or-self": "ancestors_or_self",
    "following-sibling": "following_siblings",
    "preceding-sibling": "preceding_siblings",
    "following": "following",
    "preceding": "preceding",
}
_NESTED: Final = {"descendant", "descendant-or-self", "ancestor", "ancestor-or-self", "following",
                  "preceding"}  # fmt: skip

_BELOW: Final = {"child", "descendant", "attribute", "namespace"}


def tag(test: syntax.NameTest) -> str | None:
    """Return a name as nodes have it; None when it is a wildcard."""
    if test.local is None or test.namespace is None:
        return None
    return f"{test.namespace}}}{test.local}" if test.namespace else test.local


def along(axis: str, test: syntax.NameTest | syntax.KindTest, node: Code) -> Code:  # noqa: C901, PLR0911, PLR0912 - the axes
    """Return what one node has along an axis, before predicates.

    Args:
        axis: The axis.
        test: What to take.
        node: Exactly one node; its text is a name when it is used twice.
    """
    name = tag(test) if isinstance(test, syntax.NameTest) else None
    if node.item in {"attribute", "text"}:
        if axis == "descendant-or-self":
            return _self(node, test, name)
        if axis in _BELOW or (node.item == "attribute" and axis.endswith("-sibling")):
            return EMPTY
    v = node.text
    if axis == "attribute":
        return _attributes(node, test, name)
    if axis == "namespace" and name is not None and node.item in ELEMENTS:
        return Code(f"namespace_of({v}, {name!r})", "node", OPTIONAL)
    if axis == "child" and node.item in ELEMENTS:
        if name is not None:
            return (
                trailed(v, (name,))
                if node.is_name
                else many(f"{v}.kids.get({name!r}, NO_CHILDREN)", "element")
            )
        if test == syntax.NameTest(None, None) or test == syntax.KindTest("element"):
            return Code(f"{v}.children", "element", MANY, held=f"{v}.kids")
        if test == syntax.KindTest("text"):
            return many(f"texts({v})", "text")
    if axis == "child":
        return replace(many(f"children({v}, {_tester(test)})", _result(test)), nested=False)
    if axis == "parent":
        return _parent(node, test)
    if axis == "self":
        return _self(node, test, name)
    if axis == "descendant" and name is not None and node.item in ELEMENTS:
        function = "named" if node.item == "document" else "inside"
        return Code(f"{function}({v}, {name!r})", "element", MANY, nested=True)
    if (
        axis in {"following-sibling", "preceding-sibling"}
        and name is not None
        and node.item == "element"
    ):
        function = "siblings_after" if axis == "following-sibling" else "siblings_before"
        return many(f"{function}({v}, {name!r})", "element")
    if axis in {"preceding", "following"} and name is not None and node.item == "element":
        return Code(f"{axis}_named({v}, {name!r})", "element", MANY, nested=True)
    known = _FUNCTIONS.get(axis)
    if known is None:
        raise UnsupportedRuleError(f"the axis {axis} is not supported")
    item = _result(test)
    if (
        item == "element"
        and axis in {"ancestor", "ancestor-or-self"}
        and not isinstance(test, syntax.NameTest)
    ):
        item = "element" if test == syntax.KindTest("element") else "container"
    return Code(f"{known}({v}, {_tester(test)})", item, MANY, nested=axis in _NESTED)


def _attributes(node: Code, test: syntax.NameTest | syntax.KindTest, name: str | None) -> Code:
    if node.item not in ELEMENTS:
        return many(f"attributes_of({node.text}, {_tester(test)})", "attribute")
    if name is not None:
        text = f"attribute_of({node.text}, {name!r})"
        attribute = (node.text, name) if node.is_name else None
        return Code(text, "attribute", OPTIONAL, attribute=attribute)
    return many(f"attributes_of({node.text}, {_tester(test)})", "attribute")


def _parent(node: Code, test: syntax.NameTest | syntax.KindTest) -> Code:
    if test != syntax.KindTest("node"):
        return Code(
            f"parent_if({node.text}, {_tester(test)})",
            "element"
            if isinstance(test, syntax.NameTest) or test.kind == "element"
            else "container",
            OPTIONAL,
        )
    if node.item == "element":
        return one(f"{node.text}.parent", "container")
    if node.item in {"attribute", "text"}:
        return one(f"{node.text}.parent", "element" if node.item == "attribute" else "container")
    return Code(f"{node.text}.parent", "container", OPTIONAL)


def _self(node: Code, test: syntax.NameTest | syntax.KindTest, name: str | None) -> Code:
    if test == syntax.KindTest("node"):
        return node
    if node.item == "element" and name is not None and node.is_name:
        return Code(f"({node.text} if {node.text}.tag == {name!r} else None)", "element", OPTIONAL)
    if node.item == "element" and test in {
        syntax.NameTest(None, None),
        syntax.KindTest("element"),
    }:
        return node
    return Code(
        f"self_if({node.text}, {_tester(test)})",
        _result(test) if node.item in {"node", "container"} else node.item,
        OPTIONAL,
    )


def _result(test: syntax.NameTest | syntax.KindTest) -> str:
    if isinstance(test, syntax.NameTest):
        return "element"
    return {
        "element": "element",
        "text": "text",
        "attribute": "attribute",
        "document-node": "document",
    }.get(test.kind, "node")


def _tester(test: syntax.NameTest | syntax.KindTest) -> str:
    """Return Python for a node test that is not one name: the arguments of `is_a`."""
    if isinstance(test, syntax.NameTest):
        return repr(("name", test.namespace, test.local))
    if test.name is not None or test.type is not None:
        raise UnsupportedRuleError(f"{test.kind}() with arguments is not supported")
    return repr((test.kind, None, None))


def filtered(
    found: Code, predicates: tuple[syntax.Expression, ...], axis: str, scope: Scope
) -> Code:
    """Return what passes the predicates of a step or of a primary expression."""
    for predicate in predicates:
        found = _filtered(found, predicate, axis, scope)
    return found


def _filtered(  # noqa: PLR0911 - one line per kind
    found: Code, predicate: syntax.Expression, axis: str, scope: Scope
) -> Code:
    if found.item == "none":
        return found
    if isinstance(predicate, syntax.Literal) and isinstance(predicate.value, int):
        index = predicate.value
        if index < 1:
            return EMPTY
        listed = found.listed()
        part = f"{listed}[{index - 1}:{index}]"
        if axis in _BACKWARD:
            part = f"from_end({listed}, {index})"
        return replace(found.saying(part, MANY), nested=False)
    if predicate == syntax.Call("last", ()) and axis not in _BACKWARD:
        return replace(found.saying(f"{found.listed()}[-1:]", MANY), nested=False)
    if free(predicate).focus:
        return _counted(found, predicate, axis, scope)
    if found.attribute is not None and found.count is OPTIONAL:
        owner, name = found.attribute
        node = Code(
            f"attribute_of({owner}, {name!r})", "attribute", ONE, attribute=found.attribute
        )
        test = _test(predicate, scope.at(node), None)
        if test is None:
            raise UnsupportedRuleError("an attribute is selected by number")
        return Code(
            f"({found.text} if {name!r} in {owner}.attributes and {test} else None)",
            "attribute",
            OPTIONAL,
        )
    each = scope.state.name("w")
    node = one(each, found.item)
    inner = scope.at(node)
    code = emit(predicate, inner)
    if code.item in NUMBERS or code.item == ANY:
        return _by_number(found, code, each, axis)
    clauses = _clauses(found, each)
    test = truth(code)
    return looped(
        node,
        f"{clauses} if {test}",
        ordered=found.ordered,
        nested=found.nested,
        loose=found.loose,
    )


def _clauses(found: Code, each: str) -> str:
    if found.loop is not None:
        return f"{found.loop.clauses} for {each} in ({found.loop.head.text},)"
    return f"for {each} in {found.listed()}"


def _test(predicate: syntax.Expression, scope: Scope, _: None) -> str | None:
    code = emit(predicate, scope)
    return None if code.item in NUMBERS or code.item == ANY else truth(code)


def _by_number(found: Code, code: Code, each: str, axis: str) -> Code:
    """Return the items whose position is what a predicate computes."""
    position = f"{each}p"
    listed = found.listed()
    if axis in _BACKWARD:
        listed = f"{listed}[::-1]"
    test = (
        f"{position} == {code.text}"
        if code.item in EXACT and code.count is ONE
        else f"selected({position}, {code.listed()})"
    )
    text = f"[{each} for {position}, {each} in enumerate({listed}, 1) if {test}]"
    if axis in _BACKWARD:
        text = f"{text}[::-1]"
    return found.saying(text, MANY)


def _counted(found: Code, predicate: syntax.Expression, axis: str, scope: Scope) -> Code:
    """Return what passes a predicate that asks for `position()` or `last()`."""
    state = scope.state
    each, position, all_ = state.name("w"), state.name("p"), state.name("l")
    listed = found.listed()
    if axis in _BACKWARD:
        listed = f"{listed}[::-1]"
    inner = scope.at(one(each, found.item), position, f"len({all_})")
    code = emit(predicate, inner)
    if code.item in NUMBERS:
        test = f"selected({position}, {code.listed()})"
    elif code.item == ANY:
        raise UnsupportedRuleError("a predicate may be a number or not")
    else:
        test = truth(code)
    text = (
        f"[{each} for {all_} in ({listed},) for {position}, {each} in enumerate({all_}, 1)"
        f" if {test}]"
    )
    if axis in _BACKWARD:
        text = f"{text}[::-1]"
    return found.saying(text, MANY)


def is_node(code: Code) -> bool:
    """Return whether a step can start at the items of a piece."""
    return code.item in NODES
