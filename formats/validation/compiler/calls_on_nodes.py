"""Functions on nodes, on truth and on moments."""

from formats.validation.compiler.calls import (
    FUNCTIONS,
    Emitter,
    function,
    number_argument,
    or_context,
)
from formats.validation.compiler.code import (
    MANY,
    NODES,
    ONE,
    OPTIONAL,
    Code,
    one,
    some,
    widened,
)
from formats.validation.compiler.emit import Scope
from formats.validation.compiler.paths import in_order
from formats.validation.compiler.types import declared
from formats.validation.compiler.values import (
    atomized,
    boolean,
    truth,
)
from formats.validation.schematron.model import UnsupportedRuleError
from formats.validation.xpath import syntax


@function("true")
def _true(_: list[Code], __: Scope) -> Code:
    return one("True", "boolean")


@function("false")
def _false(_: list[Code], __: Scope) -> Code:
    return one("False", "boolean")


@function("not")
def _not(arguments: list[Code], _: Scope) -> Code:
    return one(f"(not {truth(arguments[0])})", "boolean")


@function("boolean")
def _boolean(arguments: list[Code], _: Scope) -> Code:
    return one(boolean(arguments[0]), "boolean")


def _some(code: Code) -> str:
    if code.item == "none":
        return "False"
    if code.count is ONE:
        return "True"
    if code.item in NODES:
        return boolean(code)
    if code.count is OPTIONAL:
        return f"({code.text} is not None)"
    if code.loop is not None:
        return some("True", code.loop.clauses)
    return f"(len({code.text}) > 0)"


@function("exists")
def _exists(arguments: list[Code], _: Scope) -> Code:
    return one(_some(arguments[0]), "boolean")


@function("empty")
def _empty(arguments: list[Code], _: Scope) -> Code:
    return one(f"(not {_some(arguments[0])})", "boolean")


@function("reverse")
def _reverse(arguments: list[Code], _: Scope) -> Code:
    code = in_order(arguments[0])
    return Code(f"{code.listed()}[::-1]", code.item, MANY, ordered=False, nested=True, loose=True)


@function("data")
def _data(arguments: list[Code], _: Scope) -> Code:
    return atomized(arguments[0])


def _named(kind: str) -> Emitter:
    def emitter(arguments: list[Code], scope: Scope) -> Code:
        code = or_context(arguments, scope)
        if code.item not in NODES and code.item != "none":
            raise UnsupportedRuleError(f"{kind} needs a node")
        if code.count is ONE:
            return one(f"{kind}({code.text})", "string")
        return one(f"name_of_one({kind}, {code.listed()})", "string")

    return emitter


FUNCTIONS["name"] = _named("name")
FUNCTIONS["local-name"] = _named("local_name")
FUNCTIONS["namespace-uri"] = _named("namespace_uri")


@function("position")
def _position(_: list[Code], scope: Scope) -> Code:
    if scope.position is None:
        raise UnsupportedRuleError("position() is not known here")
    return one(scope.position, "integer")


@function("last")
def _last(_: list[Code], scope: Scope) -> Code:
    if scope.size is None:
        raise UnsupportedRuleError("last() is not known here")
    return one(scope.size, "integer")


@function("current")
def _current(_: list[Code], scope: Scope) -> Code:
    if scope.current is None:
        raise UnsupportedRuleError("current() is not known here")
    return scope.current


@function("root")
def _root(arguments: list[Code], scope: Scope) -> Code:
    code = or_context(arguments, scope)
    if code.count is not ONE or code.item not in NODES:
        raise UnsupportedRuleError("root() of what may be no node")
    return one(f"tree_of({code.text})", "document")


@function("key")
def _key(arguments: list[Code], scope: Scope) -> Code:
    name = arguments[0].literals
    if name is None or name[0] not in scope.state.keys or len(arguments) > 2:  # noqa: PLR2004
        raise UnsupportedRuleError("key() without a known name")
    values = atomized(arguments[1])
    return Code(
        f"{scope.state.keys[name[0]]}(T, {widened(values).listed()})", "element", MANY, nested=True
    )


@function("document", "doc")
def _document(arguments: list[Code], scope: Scope) -> Code:
    name = arguments[0].literals
    if name is None or name[0] not in scope.state.documents:
        raise UnsupportedRuleError("document() of what is not part of the rule set")
    return one(scope.state.documents[name[0]], "document")


@function("current-dateTime")
def _current_date_time(_: list[Code], __: Scope) -> Code:
    return one("current_date_time(T)", "datetime")


@function("current-date")
def _current_date(_: list[Code], __: Scope) -> Code:
    return one("date_part(current_date_time(T))", "date")


def _adjusted(item: str) -> Emitter:
    def emitter(arguments: list[Code], _: Scope) -> Code:
        kind = "xs:date" if item == "date" else "xs:dateTime"
        value = declared(arguments[0], syntax.SequenceType(kind, "?"))
        zone = (
            f", {declared(arguments[1], syntax.SequenceType('xs:dayTimeDuration', '?')).text}"
            if len(arguments) > 1
            else ""
        )
        return Code(f"adjusted_or_none({value.text}{zone})", item, OPTIONAL)

    return emitter


FUNCTIONS["adjust-date-to-timezone"] = _adjusted("date")
FUNCTIONS["adjust-dateTime-to-timezone"] = _adjusted("datetime")


@function("exactly-one")
def _exactly_one(arguments: list[Code], _: Scope) -> Code:
    return one(f"exactly_one({arguments[0].listed()})", arguments[0].item)


@function("zero-or-one")
def _zero_or_one(arguments: list[Code], _: Scope) -> Code:
    code = arguments[0]
    return (
        code if code.count is not MANY else Code(f"at_most_one({code.text})", code.item, OPTIONAL)
    )


@function("subsequence")
def _subsequence(arguments: list[Code], _: Scope) -> Code:
    code = in_order(arguments[0])
    numbers = ", ".join(number_argument(number) for number in arguments[1:])
    return Code(
        f"subsequence({code.listed()}, {numbers})",
        code.item,
        MANY,
        ordered=code.ordered,
        nested=code.nested,
        loose=code.loose,
    )
