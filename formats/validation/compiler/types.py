"""Types: `castable as`, `cast as`, `instance of`, and what is declared of variables."""

from formats.validation.compiler.code import (
    ANY,
    MANY,
    NODES,
    ONE,
    OPTIONAL,
    Code,
    Count,
    many,
    one,
    widened,
)
from formats.validation.compiler.emit import Scope, emit, handles
from formats.validation.compiler.values import atomized
from formats.validation.schematron.model import UnsupportedRuleError
from formats.validation.xpath import syntax

_TYPES = {
    "xs:string": "string",
    "xs:anyURI": "string",
    "xs:untypedAtomic": "untyped",
    "xs:boolean": "boolean",
    "xs:integer": "integer",
    "xs:decimal": "decimal",
    "xs:double": "double",
    "xs:float": "float",
    "xs:date": "date",
    "xs:dateTime": "datetime",
    "xs:time": "time",
    "xs:dayTimeDuration": "duration",
}


def item_of(name: str) -> str:
    """Return what we call the items of an atomic type.

    Raises:
        UnsupportedRuleError: The type is not known.
    """
    item = _TYPES.get(name)
    if item is None:
        raise UnsupportedRuleError(f"the type {name} is not supported")
    return item


def castable_item(name: str) -> str:
    """Return what we call the items of an atomic type that values can be cast to.

    Raises:
        UnsupportedRuleError: The type is not known, or is xs:float: it may be declared only.
    """
    if name == "xs:float":
        raise UnsupportedRuleError("casting to xs:float is not supported")
    return item_of(name)


@handles(syntax.TypeOperation)
def type_operation(expression: syntax.TypeOperation, scope: Scope) -> Code:
    """Emit `castable as`, `cast as`, `treat as`, `instance of`."""
    code = emit(expression.operand, scope)
    wanted = expression.type
    if expression.operator in {"cast", "castable"}:
        return _cast(expression.operator, code, wanted)
    listed = widened(code).listed() if code.item not in NODES else code.listed()
    call = f"instance({listed}, {wanted.item!r}, {wanted.occurrence!r})"
    if expression.operator == "instance":
        return one(call, "boolean")
    raise UnsupportedRuleError("treat as is not supported")


def _cast(operator: str, code: Code, wanted: syntax.SequenceType) -> Code:
    item = castable_item(wanted.item)
    wide = widened(atomized(code))
    empty_allowed = wanted.occurrence == "?"
    if operator == "castable":
        values = atomized(code)
        if values.count is ONE and values.item in {"untyped", "string"}:
            return one(f"castable_text({values.text}, {wanted.item!r})", "boolean")
        return one(f"is_castable({wide.listed()}, {wanted.item!r}, {empty_allowed})", "boolean")
    if code.count is ONE:
        return one(f"cast({wide.text}, {wanted.item!r})", item)
    count = OPTIONAL if empty_allowed else ONE
    return Code(f"cast_one({wide.listed()}, {wanted.item!r}, {empty_allowed})", item, count)


def declared(  # noqa: PLR0911 - one line per kind
    code: Code, wanted: syntax.SequenceType | None
) -> Code:
    """Return a piece converted to a declared type (XPath 2.0, section 3.1.5).

    Raises:
        UnsupportedRuleError: The type is not known.
    """
    if wanted is None:
        return code
    if wanted.item == "xs:anyAtomicType":
        return _declared_atomic(code, wanted)
    if "(" in wanted.item:
        return _declared_nodes(code, wanted)
    item = item_of(wanted.item)
    values = atomized(code)
    count = {"": Count.ONE, "?": Count.OPTIONAL}.get(wanted.occurrence, Count.MANY)
    fits = values.item == item or (item == "decimal" and values.item == "integer")
    if fits and (values.count is count or values.count is ONE):
        if count is MANY and (wanted.occurrence == "*" or values.count is ONE):
            return many(values.listed(), item)
        if count is MANY:
            return many(f"one_or_more({values.listed()})", item)
        return Code(values.text, item, count)
    if fits and count is ONE and values.count is Count.OPTIONAL:
        return one(f"required({values.text})", item)
    return Code(
        f"converted({widened(values).listed()}, {wanted.item!r}, {wanted.occurrence!r})",
        item,
        count,
    )


def _declared_atomic(code: Code, wanted: syntax.SequenceType) -> Code:
    values = widened(atomized(code))
    match wanted.occurrence:
        case "":
            return one(f"exactly_one({values.listed()})", ANY)
        case "?":
            return Code(f"at_most_one({values.listed()})", ANY, OPTIONAL)
        case "+":
            return many(f"one_or_more({values.listed()})", ANY)
        case _:
            return many(values.listed(), ANY)


def _declared_nodes(code: Code, wanted: syntax.SequenceType) -> Code:
    """Return a piece that stops with XPTY0004 where its items are not of a kind."""
    if wanted.item == "item()" or (code.item, wanted.item) in {
        ("element", "element()"), ("attribute", "attribute()"), ("document", "document-node()")
    } or (code.item in NODES and wanted.item == "node()"):  # fmt: skip
        checked, item = code, code.item
    else:
        item = {"element()": "element", "attribute()": "attribute", "text()": "text",
                "document-node()": "document"}.get(wanted.item, "node")  # fmt: skip
        checked = Code(
            f"all_of({code.listed()}, {wanted.item!r})",
            item,
            MANY,
            ordered=code.ordered,
            nested=True,
            loose=code.loose,
        )
    match wanted.occurrence:
        case "" if checked.count is not ONE:
            return one(f"exactly_one({checked.listed()})", item)
        case "?" if checked.count is MANY:
            return Code(f"at_most_one({checked.text})", item, OPTIONAL)
        case "+" if checked.count is not ONE:
            return checked.saying(f"one_or_more({checked.listed()})", MANY)
        case "*" | "+" if checked.count is not MANY:
            return many(checked.listed(), item)
        case _:
            return checked
