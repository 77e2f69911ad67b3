"""XSLT instructions (sequence constructors), as functions and variables of rule sets have them.

Also for functions, keys and variables that stand in a Schematron source: those see the prefixes
of `sch:ns` besides the ones declared in XML, so every reader takes further prefixes.
"""

from collections.abc import Callable, Mapping

from lxml import etree

from formats.validation.schematron.model import (
    Choose,
    Element,
    Emit,
    ForEach,
    Function,
    Instruction,
    Key,
    Let,
    Text,
    ValueOf,
)
from formats.validation.xpath.syntax import Expression, Literal, SequenceType
from formats.validation.xslt.reading import (
    XSL,
    Source,
    attributes,
    children,
    content,
    name_of,
    tag_of,
    unsupported,
)

_NO_PREFIXES: Mapping[str, str] = {}


def read_body(
    element: etree._Element, namespaces: Mapping[str, str] = _NO_PREFIXES
) -> tuple[Instruction, ...]:
    """Return the instructions inside an element.

    Args:
        element: Its content is read, not the element itself.
        namespaces: Prefixes besides those declared in the file.

    Raises:
        UnsupportedRuleError: An instruction, attribute or expression that is not understood.
    """
    return body(Source(namespaces), element)


def read_function(
    element: etree._Element, namespaces: Mapping[str, str] = _NO_PREFIXES
) -> Function:
    """Return an `xsl:function`; arguments and errors as `read_body`."""
    return function(Source(namespaces), element)


def read_key(element: etree._Element, namespaces: Mapping[str, str] = _NO_PREFIXES) -> Key:
    """Return an `xsl:key`; arguments and errors as `read_body`."""
    return key(Source(namespaces), element)


def read_variable(element: etree._Element, namespaces: Mapping[str, str] = _NO_PREFIXES) -> Let:
    """Return an `xsl:variable` or a global `xsl:param`; arguments and errors as `read_body`."""
    return variable(Source(namespaces), element)


def function(source: Source, element: etree._Element) -> Function:
    """Read an `xsl:function`."""
    attributes(element, ("name",), ("as",))
    parameters: list[tuple[str, SequenceType | None]] = []
    instructions: list[Instruction] = []
    for item in content(element):
        # Parameters stand before everything else; one that comes later is refused below.
        if not instructions and not isinstance(item, str) and item.tag == f"{XSL}param":
            attributes(item, ("name",), ("as",))
            _no_content(item)
            parameters.append((source.clark_name(item, "name"), source.type(item)))
        else:
            instructions.append(_instruction(source, element, item))
    return Function(
        name=source.clark_name(element, "name"),
        parameters=tuple(parameters),
        result=source.type(element),
        body=tuple(instructions),
    )


def key(source: Source, element: etree._Element) -> Key:
    """Read an `xsl:key`."""
    attributes(element, ("name", "match", "use"))
    _no_content(element)
    return Key(
        name=source.clark_name(element, "name"),
        match=source.pattern(element, "match"),
        use=source.expression(element, "use"),
    )


def variable(source: Source, element: etree._Element) -> Let:
    """Read an `xsl:variable`, or an `xsl:param` as the variable it is when nobody sets it."""
    attributes(element, ("name",), ("select", "as"))
    inside = body(source, element)
    value: Expression | tuple[Instruction, ...]
    if "select" in element.attrib:
        if inside:
            raise unsupported(element, "both select and content")
        value = source.expression(element, "select")
    elif inside or "as" in element.attrib:
        value = inside
    else:
        # Section 9.3: nothing at all is the zero-length string, not an empty tree.
        value = Literal("")
    return Let(source.clark_name(element, "name"), value, source.type(element))


def body(source: Source, element: etree._Element) -> tuple[Instruction, ...]:
    """Read the content of an element as instructions."""
    return tuple(_instruction(source, element, item) for item in content(element))


def _instruction(
    source: Source, parent: etree._Element, item: str | etree._Element
) -> Instruction:
    if isinstance(item, str):
        return Text(item)
    tag = tag_of(item)
    if reader := _READERS.get(tag):
        return reader(source, item)
    if tag.startswith(XSL):
        raise unsupported(item, f"not understood inside {name_of(parent)}")
    return _literal_element(source, item)


def _sequence(source: Source, element: etree._Element) -> Emit:
    attributes(element, ("select",))
    _no_content(element)
    return Emit(source.expression(element, "select"))


def text(_: Source, element: etree._Element) -> Text:
    """Read an `xsl:text`; an empty one is an empty text node, which a function may return."""
    attributes(element, ())
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str):
            raise unsupported(child, "only text is expected here")
        parts.append(child.tail or "")
    return Text("".join(parts))


def value_of(source: Source, element: etree._Element) -> ValueOf:
    """Read an `xsl:value-of`."""
    attributes(element, ("select",), ("separator",))
    _no_content(element)
    separator = element.get("separator", " ")
    return ValueOf(source.expression(element, "select"), _constant(element, separator))


def _choose(source: Source, element: etree._Element) -> Choose:
    branches, otherwise = choices(element)
    return Choose(
        tuple((source.expression(each, "test"), body(source, each)) for each in branches),
        () if otherwise is None else body(source, otherwise),
    )


def choices(element: etree._Element) -> tuple[list[etree._Element], etree._Element | None]:
    """Return the elements of an `xsl:choose`: every `xsl:when`, and the `xsl:otherwise`."""
    attributes(element, ())
    branches = children(element)
    otherwise = None
    if branches and branches[-1].tag == f"{XSL}otherwise":
        otherwise = branches.pop()
        attributes(otherwise, ())
    if not branches:
        raise unsupported(element, "it has no xsl:when")
    for branch in branches:
        if branch.tag != f"{XSL}when":
            raise unsupported(branch, "not understood inside choose")
        attributes(branch, ("test",))
    return branches, otherwise


def _if(source: Source, element: etree._Element) -> Choose:
    attributes(element, ("test",))
    return Choose(((source.expression(element, "test"), body(source, element)),))


def _for_each(source: Source, element: etree._Element) -> ForEach:
    attributes(element, ("select",))
    return ForEach(source.expression(element, "select"), body(source, element))


def _literal_element(source: Source, element: etree._Element) -> Element:
    constant = []
    for name, value in element.items():
        if name.startswith(XSL):
            raise unsupported(element, f"unknown attribute {name}")
        constant.append((name, _constant(element, value)))
    return Element(tag_of(element), tuple(constant), body(source, element))


def _constant(element: etree._Element, template: str) -> str:
    """Return the value of an attribute value template without expressions (section 5.6)."""
    value = template.replace("{{", "").replace("}}", "")
    if "{" in value or "}" in value:
        raise unsupported(element, f"an expression in an attribute: {template[:60]!r}")
    return template.replace("{{", "{").replace("}}", "}")


def _no_content(element: etree._Element) -> None:
    if any(True for _ in content(element)):
        raise unsupported(element, "content where none is expected")


_READERS: dict[str, Callable[[Source, etree._Element], Instruction]] = {
    f"{XSL}variable": variable,
    f"{XSL}sequence": _sequence,
    f"{XSL}text": text,
    f"{XSL}value-of": value_of,
    f"{XSL}choose": _choose,
    f"{XSL}if": _if,
    f"{XSL}for-each": _for_each,
}
