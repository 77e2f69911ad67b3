"""Saxon as the oracle of single functions: what an expression gives for many arguments at once.

A case is a tuple of arguments, an argument one item or a list of items, an item `kind:text`, for
example `decimal:1.50`, `untyped:abc`, `node:abc`. A result is written the same way; errors are
`!code`. Expressions are those of a stylesheet of version 2.0, as rule sets are.
"""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import pytest
from lxml import etree
from typing_extensions import override

from formats.validation.runtime import dates
from formats.validation.runtime.casts import CASTS
from formats.validation.runtime.errors import DynamicError
from formats.validation.runtime.texts import string_of
from formats.validation.runtime.tree import Node
from formats.validation.runtime.untyped import Untyped

saxonche = pytest.importorskip("saxonche", reason="the oracle is not installed")

_PROCESSOR = saxonche.PySaxonProcessor(license=False)
_COMPILER = _PROCESSOR.new_xslt30_processor()

Case = tuple[str | list[str], ...]

_KINDS = (
    *("string", "integer", "decimal", "double", "boolean", "date", "dateTime", "time"),
    *("dayTimeDuration", "anyURI"),
)
_WHEN = "".join(
    f"""<xsl:when test="@t = '{kind}'"><xsl:sequence select="xs:{kind}(string())"/></xsl:when>"""
    for kind in _KINDS
)
_SHEET = f"""<xsl:stylesheet version="2.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
 xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t"
 xmlns:err="http://www.w3.org/2005/xqt-errors" exclude-result-prefixes="#all">
<xsl:function name="t:items" as="item()*"><xsl:param name="argument" as="element()?"/>
 <xsl:for-each select="$argument/v"><xsl:choose>
  <xsl:when test="@t = 'node'"><xsl:sequence select="."/></xsl:when>
  <xsl:when test="@t = 'untyped'"><xsl:sequence select="data(.)"/></xsl:when>
  {_WHEN}</xsl:choose></xsl:for-each></xsl:function>
<xsl:template name="write"><xsl:param name="items" as="item()*"/>
 <xsl:for-each select="$items"><i t="{{
  if (. instance of node()) then 'node' else
  if (. instance of xs:untypedAtomic) then 'untyped' else
  if (. instance of xs:boolean) then 'boolean' else
  if (. instance of xs:decimal) then 'exact' else
  if (. instance of xs:double) then 'double' else
  if (. instance of xs:date) then 'date' else
  if (. instance of xs:dateTime) then 'dateTime' else
  if (. instance of xs:time) then 'time' else
  if (. instance of xs:dayTimeDuration) then 'dayTimeDuration' else 'string'}}"
  v="{{string(.)}}"/></xsl:for-each></xsl:template>
<xsl:template match="/"><r><xsl:for-each select="/cases/case">
 <xsl:variable name="a" select="t:items(*[1])"/>
 <xsl:variable name="b" select="t:items(*[2])"/>
 <xsl:variable name="c" select="t:items(*[3])"/>
 <c><xsl:try><xsl:call-template name="write">
  <xsl:with-param name="items" select="EXPRESSION"/></xsl:call-template>
  <xsl:catch errors="*"><xsl:attribute name="e"
   select="local-name-from-QName($err:code)"/></xsl:catch></xsl:try></c>
</xsl:for-each></r></xsl:template></xsl:stylesheet>"""


class Text(Node):
    """A node with nothing but text."""

    kind = "text"

    def __init__(self, text: str) -> None:
        self.parent = None
        self._text = text

    @override
    def string_value(self) -> str:
        return self._text


def expected(expression: str, cases: Sequence[Case]) -> list[str]:
    """Return what Saxon gives, for each case."""
    written = expression.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    sheet = _COMPILER.compile_stylesheet(stylesheet_text=_SHEET.replace("EXPRESSION", written))
    document = "".join(f"<case>{''.join(map(_argument, case))}</case>" for case in cases)
    source = _PROCESSOR.parse_xml(xml_text=f"<cases>{document}</cases>")
    root = etree.fromstring(sheet.transform_to_string(xdm_node=source).encode())
    return [
        f"!{case.get('e')}"
        if case.get("e")
        else " ; ".join(f"{item.get('t')}:{item.get('v')}" for item in case)
        for case in root
    ]


def _argument(argument: str | list[str]) -> str:
    items = [argument] if isinstance(argument, str) else argument
    parts = (item.partition(":") for item in items)
    inside = "".join(
        f"<v t={quoteattr(kind)}>{escape(text, {chr(13): '&#13;'})}</v>" for kind, _, text in parts
    )
    return f"<x>{inside}</x>"


def item(written: str) -> Any:  # noqa: ANN401 - a value of any type
    """Return an item as the runtime has it."""
    kind, _, text = written.partition(":")
    if kind == "node":
        return Text(text)
    if kind == "untyped":
        return Untyped(text)
    return CASTS[f"xs:{kind}"](text)


def items(argument: str | list[str]) -> Any:  # noqa: ANN401 - values of any type
    """Return an argument: one item bare, several as a list."""
    return item(argument) if isinstance(argument, str) else [item(each) for each in argument]


def written(result: object) -> str:
    """Return a result of ours as `expected` writes Saxon's."""
    if result is None:
        return ""
    if isinstance(result, list | tuple | range):
        return " ; ".join(written(each) for each in result)
    return f"{_kind(result)}:{string_of(result)}"


def _kind(value: object) -> str:
    if isinstance(value, dates.Moment | dates.DayTimeDuration):
        return value.name.removeprefix("xs:")
    if isinstance(value, Node):
        return "node"
    names = {bool: "boolean", int: "exact", Decimal: "exact", float: "double", Untyped: "untyped"}
    return names.get(type(value), "string")


def given(function: Callable[..., object], case: Case) -> str:
    """Return what our function gives for a case."""
    try:
        return written(function(*(items(argument) for argument in case)))
    except DynamicError as error:
        return f"!{error.code}"


def agree(expression: str, function: Callable[..., object], cases: Iterable[Case]) -> None:
    """Hold a function of ours to an expression of Saxon's for every case."""
    listed = list(cases)
    results = expected(expression, listed)
    assert len(results) == len(listed)
    differences = [
        (case, ours, saxons)
        for case, saxons in zip(listed, results, strict=True)
        if (ours := given(function, case)) != saxons
    ]
    assert not differences, f"{expression}: {len(differences)} differ, e.g. {differences[:5]}"
