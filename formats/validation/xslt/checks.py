"""The body of a rule: variables and checks, and what publishers write around checks by hand."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Protocol

from lxml import etree

from formats.validation.schematron.model import Cases, Check, Each, Statement
from formats.validation.xpath.syntax import Call, Expression
from formats.validation.xslt.instructions import choices, text, value_of, variable
from formats.validation.xslt.reading import (
    SVRL,
    XSL,
    Source,
    attributes,
    children,
    content,
    tag_of,
    unsupported,
)

Message = tuple[str | Expression, ...]

_FAILED = f"{SVRL}failed-assert"
_REPORTED = f"{SVRL}successful-report"


@dataclass(frozen=True, slots=True)
class Details:
    """What a `svrl:failed-assert` or `svrl:successful-report` says, besides its test."""

    id: str
    severity: str
    message: Message
    diagnostics: tuple[Message, ...]


class ReadDetails(Protocol):
    """Reads them; the generators differ in how they write them."""

    def __call__(self, source: Source, element: etree._Element, /) -> Details:
        """Return what the element says."""


def statements(
    source: Source, elements: Iterable[etree._Element], details: ReadDetails
) -> tuple[Statement, ...]:
    """Return the statements of a rule, in order.

    Raises:
        UnsupportedRuleError: Something else stands among them.
    """
    return tuple(_statement(source, element, details) for element in elements)


def message(source: Source, element: etree._Element) -> Message:
    """Return the parts of a `svrl:text`; white space in texts is as written."""
    attributes(element, (), ("{http://www.w3.org/XML/1998/namespace}lang",))
    parts: list[str | Expression] = []
    for item in content(element):
        if isinstance(item, str):
            parts.append(item)
        elif tag_of(item) == f"{XSL}text":
            parts.append(text(source, item).value)
        elif tag_of(item) == f"{XSL}value-of" and "separator" not in item.attrib:
            parts.append(value_of(source, item).value)
        else:
            raise unsupported(item, "not understood in a message")
    return tuple(part for part in parts if part != "")


def _statement(source: Source, element: etree._Element, details: ReadDetails) -> Statement:
    match tag_of(element):
        case "{http://www.w3.org/1999/XSL/Transform}variable":
            return variable(source, element)
        case "{http://www.w3.org/1999/XSL/Transform}if":
            return _if(source, element, details)
        case "{http://www.w3.org/1999/XSL/Transform}choose":
            return _choose(source, element, details)
        case "{http://www.w3.org/1999/XSL/Transform}for-each":
            attributes(element, ("select",))
            body = statements(source, children(element), details)
            return Each(source.expression(element, "select"), body)
        case "{http://purl.oclc.org/dsdl/svrl}failed-assert":
            return _check(source, element, "assert", Call("false", ()), details)
        case "{http://purl.oclc.org/dsdl/svrl}successful-report":
            return _check(source, element, "report", Call("true", ()), details)
        case _:
            raise unsupported(element, "not understood in a rule")


def _if(source: Source, element: etree._Element, details: ReadDetails) -> Check | Cases:
    """Read an `xsl:if`: around one check, its condition says when the check fires."""
    attributes(element, ("test",))
    condition = source.expression(element, "test")
    inside = children(element)
    match [tag_of(each) for each in inside]:
        case [tag] if tag == _REPORTED:
            return _check(source, inside[0], "report", condition, details)
        case [tag] if tag == _FAILED:
            return _check(source, inside[0], "assert", _negated(condition), details)
        case _:
            return Cases(((condition, statements(source, inside, details)),))


def _choose(source: Source, element: etree._Element, details: ReadDetails) -> Check | Cases:
    """Read an `xsl:choose`: nothing, or else a failed assert, is how the skeleton asserts."""
    whens, otherwise = choices(element)
    branches = [
        (source.expression(when, "test"), statements(source, children(when), details))
        for when in whens
    ]
    rest = [] if otherwise is None else children(otherwise)
    match branches, [tag_of(each) for each in rest]:
        case [(test, ())], [tag] if tag == _FAILED:
            return _check(source, rest[0], "assert", test, details)
        case _:
            return Cases(tuple(branches), statements(source, rest, details))


def _check(
    source: Source,
    element: etree._Element,
    kind: Literal["assert", "report"],
    test: Expression,
    details: ReadDetails,
) -> Check:
    said = details(source, element)
    return Check(said.id, kind, test, said.severity, said.message, said.diagnostics)


def _negated(condition: Expression) -> Expression:
    match condition:
        case Call("not", (argument,)):
            return argument
        case _:
            return Call("not", (condition,))
