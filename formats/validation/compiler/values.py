"""From what a piece computes to what its user needs: values, strings, numbers, truth."""

from formats.validation.compiler.code import (
    ANY,
    ELEMENTS,
    EXACT,
    MANY,
    NODES,
    NUMBERS,
    ONE,
    OPTIONAL,
    TEXTS,
    Code,
    looped,
    many,
    one,
    some,
    trailed,
)
from formats.validation.schematron.model import UnsupportedRuleError


def text_of(node: Code) -> str:
    """Return Python for the string value of one node."""
    if node.attribute is not None:
        owner, name = node.attribute
        return f"{owner}.attributes[{name!r}]"
    if node.item == "element":
        if node.is_name:
            return f"({node.text}.string_value() if {node.text}.kids else {node.text}.text)"
        return f"text_of({node.text})"
    return f"{node.text}.string_value()"


def atomized(code: Code) -> Code:  # noqa: PLR0911 - one line per kind
    """Return the values of a sequence (XPath 2.0, section 2.4.2): of nodes their text, untyped."""
    if code.item not in NODES:
        if code.item == ANY:
            return code.saying(f"values_of({code.listed()})", MANY)
        return code
    if code.count is ONE:
        return one(text_of(code), "untyped")
    if code.count is OPTIONAL:
        if code.attribute is not None:
            owner, name = code.attribute
            return Code(f"{owner}.attributes.get({name!r})", "untyped", OPTIONAL)
        return Code(f"text_or_none({code.text})", "untyped", OPTIONAL)
    if code.loop is not None:
        return looped(one(text_of(code.loop.head), "untyped"), code.loop.clauses)
    if code.item == "element":
        return looped(one(text_of(one("x", "element")), "untyped"), f"for x in {code.text}")
    return many(f"[x.string_value() for x in {code.text}]", "untyped")


def truth(code: Code) -> str:  # noqa: C901, PLR0911 - one line per kind
    """Return Python for the effective boolean value, as something that Python finds true."""
    if code.item == "none":
        return "False"
    if code.item in NODES:
        if code.count is ONE:
            return "True"
        if code.attribute is not None and code.count is OPTIONAL:
            owner, name = code.attribute
            return f"({name!r} in {owner}.attributes)"
        if code.count is OPTIONAL:
            return f"({code.text} is not None)"
        if code.loop is not None:
            return some("True", code.loop.clauses)
        if code.trail is not None:
            return _held(*code.trail)
        return code.held or code.text
    if code.count is MANY and code.item == "boolean":
        return f"only_boolean({code.text})"
    if code.count is MANY:
        return f"truth({code.text})"
    if code.item in TEXTS or code.item == "boolean":
        return code.held or code.text
    if code.item in EXACT and code.count is ONE:
        return f"({code.text} != 0)"
    return f"truth({code.listed()})"


def _held(start: str, names: tuple[str, ...]) -> str:
    """Return Python for whether there is an element at a path of names."""
    if len(names) == 1:
        return f"({names[0]!r} in {start}.kids)"
    *above, last = names
    nodes = trailed(start, tuple(above)).text
    return f"holds({nodes}, {last!r})"


def boolean(code: Code) -> str:
    """Return Python for the effective boolean value, as True or False."""
    if code.item == "boolean" and code.count is ONE:
        return code.text
    said = truth(code)
    if code.trail is not None:
        return said
    if (code.item in NODES and (code.loop is not None or said.startswith("("))) or said in {
        "True",
        "False",
    }:
        return said
    return f"(True if {said} else False)"


def string(code: Code, *, any_type: bool = False) -> str:  # noqa: PLR0911 - one line per kind
    """Return Python for a string argument: of nothing the empty string, of one item its text.

    Several items are an error (XPTY0004), which the run-time function raises.

    Args:
        code: The argument.
        any_type: Numbers and the like are converted, as `string()` and `concat()` do.

    Raises:
        UnsupportedRuleError: It is known to be of another type; the oracle refuses such rules.
    """
    if code.item == "none":
        return "''"
    if code.item in NODES or code.item in TEXTS:
        if code.count is ONE:
            return text_of(code) if code.item in NODES else code.text
        if code.attribute is not None and code.count is OPTIONAL:
            owner, name = code.attribute
            return f"{owner}.attributes.get({name!r}, '')"
        if code.count is OPTIONAL:
            return f"({atomized(code).text} or '')"
        if code.item == "element" and code.loop is None:
            return f"only_text({code.text})"
        return f"only_string({code.text})"
    if any_type:
        return f"string_of({code.text})" if code.count is ONE else f"string({code.listed()})"
    if code.item != ANY:
        raise UnsupportedRuleError(f"{code.item} where a string is expected")
    return f"string_argument({code.listed()})"


def optional(code: Code) -> Code:
    """Return the values of a sequence of at most one; more of them are an error (XPTY0004)."""
    values = atomized(code)
    if values.count is not MANY:
        return values
    if values.item == "none":
        return Code("None", "none", OPTIONAL)
    return Code(f"at_most_one({values.text})", values.item, OPTIONAL)


def exactly(code: Code, items: frozenset[str]) -> bool:
    """Return whether it is known to be one item of the given types."""
    return code.count is ONE and code.item in items


def as_number(code: Code) -> Code:
    """Return what arithmetic computes with: numbers as they are, untyped values as doubles."""
    values = optional(code)
    if values.item in NUMBERS or values.item == "none":
        return values
    if values.item == "untyped":
        if values.count is ONE:
            return one(f"double_of({values.text})", "double")
        return Code(f"double_or_none({values.text})", "double", OPTIONAL)
    return values


def elements(code: Code) -> bool:
    """Return whether all its items are known to be nodes that have children."""
    return code.item in ELEMENTS


def nodes_only(code: Code, what: str) -> Code:
    """Return a piece that computes nodes, or stops with XPTY0019 where it does not.

    Raises:
        UnsupportedRuleError: It never computes nodes; the oracle refuses such rules.
    """
    if code.item == ANY:
        return Code(
            f"nodes_of({code.listed()})", "node", MANY, ordered=False, nested=True, loose=True
        )
    if code.item not in NODES and code.item != "none":
        raise UnsupportedRuleError(f"{what} needs nodes, not {code.item}")
    return code
