"""What stands in a rule: variables, checks, and the XSLT that publishers write around them."""

import pytest

from formats import xml
from formats.validation.schematron.model import (
    Cases,
    Check,
    Each,
    Let,
    Statement,
    UnsupportedRuleError,
)
from formats.validation.xpath.syntax import Call, Expression, Literal
from formats.validation.xslt import schxslt_rules, skeleton
from formats.validation.xslt.checks import ReadDetails, statements
from formats.validation.xslt.reading import Source, children

NAMESPACES = (
    'xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:svrl="http://purl.oclc.org/dsdl/svrl"'
)
PLACE = (
    '<xsl:attribute name="location">'
    '<xsl:apply-templates mode="schematron-select-full-path" select="."/></xsl:attribute>'
)


def body(text: str, details: ReadDetails = skeleton.details) -> tuple[Statement, ...]:
    rule = xml.parse(f"<rule {NAMESPACES}>\n{text}</rule>".encode())
    return statements(Source(), children(rule), details)


def said(element: str = "failed-assert", more: str = "", text: str = "no") -> str:
    return (
        f'<svrl:{element} test="t"><xsl:attribute name="id">R-1</xsl:attribute>'
        f"{more}{PLACE}<svrl:text>{text}</svrl:text></svrl:{element}>"
    )


def otherwise(inside: str) -> str:
    return f'<xsl:choose><xsl:when test="1"/><xsl:otherwise>{inside}</xsl:otherwise></xsl:choose>'


def test_an_assert_of_the_skeleton() -> None:
    flag = '<xsl:attribute name="flag">fatal</xsl:attribute>'
    assert body(otherwise(said(more=flag))) == (
        Check("R-1", "assert", Literal(1), "fatal", ("no",)),
    )


def test_a_report_of_the_skeleton() -> None:
    role = '<xsl:attribute name="role">warning</xsl:attribute>'
    report = said("successful-report", more=role)
    assert body(f'<xsl:if test="2">{report}</xsl:if>') == (
        Check("R-1", "report", Literal(2), "warning", ("no",)),
    )


def test_a_report_without_condition() -> None:
    assert body(said("successful-report")) == (
        Check("R-1", "report", Call("true", ()), "", ("no",)),
    )


def test_flag_goes_before_role() -> None:
    both = (
        '<xsl:attribute name="role">warning</xsl:attribute>'
        '<xsl:attribute name="flag">error</xsl:attribute>'
    )
    (check,) = body(otherwise(said(more=both)))
    assert isinstance(check, Check)
    assert check.severity == "error"


def test_a_message_is_text_and_values() -> None:
    text = 'a <xsl:text/><!-- c --><xsl:value-of select="3"/><xsl:text> </xsl:text> b'
    (check,) = body(otherwise(said(text=text)))
    assert isinstance(check, Check)
    assert check.message == ("a ", Literal(3), " ", " b")


def test_a_diagnostic_says_more() -> None:
    more = (
        '<svrl:diagnostic-reference diagnostic="d"><svrl:text>x<xsl:value-of select="4"/>'
        "</svrl:text></svrl:diagnostic-reference>"
    )
    (check,) = body(otherwise(said(more=more)))
    assert isinstance(check, Check)
    assert (check.message, check.diagnostics) == (("no",), (("x", Literal(4)),))


def test_order_is_kept() -> None:
    variable = '<xsl:variable name="v" select="1"/>'
    read = body(variable + otherwise(said()) + variable)
    assert [type(each) for each in read] == [Let, Check, Let]


HAND = (
    '<svrl:failed-assert location="{schxslt:location(.)}" id="R-2" flag="error">'
    '<xsl:attribute name="test">t</xsl:attribute><svrl:text>no</svrl:text>'
    "<svrl:message-code>R-2</svrl:message-code></svrl:failed-assert>"
)


@pytest.mark.parametrize(
    ("condition", "test"),
    [
        ("not(5)", Literal(5)),
        ("5", Call("not", (Literal(5),))),
        ("not(not(5))", Call("not", (Literal(5),))),
    ],
)
def test_an_assert_of_schxslt(condition: str, test: Expression) -> None:
    read = body(f'<xsl:if test="{condition}">{HAND}</xsl:if>', schxslt_rules.details)
    assert read == (Check("R-2", "assert", test, "error", ("no",)),)


def test_what_is_written_around_checks_by_hand() -> None:
    inner = f'<xsl:if test="not(6)">{HAND}</xsl:if>'
    read = body(
        f'<xsl:for-each select="7"><xsl:if test="8">{inner}{inner}</xsl:if></xsl:for-each>'
        f'<xsl:choose><xsl:when test="9">{HAND}</xsl:when>'
        f"<xsl:otherwise>{inner}</xsl:otherwise></xsl:choose>",
        schxslt_rules.details,
    )
    check = Check("R-2", "assert", Literal(6), "error", ("no",))
    always = Check("R-2", "assert", Call("false", ()), "error", ("no",))
    assert read == (
        Each(Literal(7), (Cases(((Literal(8), (check, check)),)),)),
        Cases(((Literal(9), (always,)),), (check,)),
    )


@pytest.mark.parametrize(
    "text",
    [
        "<xsl:call-template name='t'/>",
        "<xsl:next-match/>",
        "<entry/>",
        "text",
        "<xsl:if test='1'>text</xsl:if>",
        "<xsl:for-each select='1'><xsl:sort/></xsl:for-each>",
        otherwise(said(more="<xsl:attribute name='id'>R-2</xsl:attribute>")),
        otherwise(said(more="<xsl:attribute name='unknown'>1</xsl:attribute>")),
        otherwise(said(more="<xsl:attribute name='flag' select='1'/>")),
        otherwise(
            said(more="<xsl:attribute name='flag'><xsl:value-of select='1'/></xsl:attribute>")
        ),
        otherwise(said(more="<unknown/>")),
        otherwise(said(more="<svrl:text>another</svrl:text>")),
        otherwise(said(text="<b>bold</b>")),
        otherwise(said(text="<xsl:apply-templates/>")),
        otherwise(said(text="<xsl:value-of select='1' separator=','/>")),
        otherwise(said(text="<xsl:value-of select='('/>")),
        otherwise(said().replace(PLACE, "")),
        otherwise(said().replace("select-full", "get-full")),
        otherwise(said().replace("'.'", "'..'").replace('"."', '".."')),
        otherwise("<svrl:failed-assert test='t' extra='1'/>"),
        otherwise(
            said(more="<svrl:diagnostic-reference diagnostic='d'><b/></svrl:diagnostic-reference>")
        ),
    ],
)
def test_what_is_not_understood_is_refused(text: str) -> None:
    with pytest.raises(UnsupportedRuleError, match=r"^line \d+: "):
        body(text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{schxslt:location(.)}", "{path(.)}"),
        ('id="R-2"', 'id="{.}"'),
        ('flag="error"', 'see="error"'),
        ("<svrl:text>no</svrl:text>", ""),
        ("<svrl:message-code>R-2</svrl:message-code>", "<svrl:unknown/>"),
        ('name="test"', 'name="id"'),
    ],
)
def test_what_schxslt_does_not_write_is_refused(old: str, new: str) -> None:
    assert old in HAND
    text = f'<xsl:if test="1">{HAND.replace(old, new)}</xsl:if>'
    with pytest.raises(UnsupportedRuleError, match=r"^line \d+: "):
        body(text, schxslt_rules.details)
