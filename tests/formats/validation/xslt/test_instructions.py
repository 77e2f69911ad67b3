"""Functions, keys, variables and their instructions, in small stylesheets."""

import pytest
from lxml import etree

from formats import xml
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
    UnsupportedRuleError,
    ValueOf,
)
from formats.validation.xpath.syntax import (
    Call,
    ContextItem,
    Expression,
    Literal,
    NameTest,
    SequenceType,
    Step,
    Variable,
)
from formats.validation.xslt.instructions import (
    read_body,
    read_function,
    read_key,
    read_variable,
)


def element(text: str) -> etree._Element:
    stylesheet = (
        '<xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform"'
        f' xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:u="utils">\n{text}</xsl:stylesheet>'
    )
    return xml.parse(stylesheet.encode())[0]


def test_a_function() -> None:
    read = read_function(
        element(
            """<xsl:function name="u:f" as="xs:boolean?">
                 <xsl:param name="a" as="xs:string*"/><xsl:param name="b"/>
                 <xsl:variable name="c" select="$a"/>
                 <xsl:sequence select="u:f($c, .)"/>
               </xsl:function>"""
        )
    )
    assert read == Function(
        name="{utils}f",
        parameters=(("a", SequenceType("xs:string", "*")), ("b", None)),
        result=SequenceType("xs:boolean", "?"),
        body=(
            Let("c", Variable("a")),
            Emit(Call("{utils}f", (Variable("c"), ContextItem()))),
        ),
    )


def test_branches_and_loops() -> None:
    read = read_body(
        element(
            """<xsl:function name="u:f"><xsl:choose>
                 <xsl:when test="1"><xsl:value-of select="2" separator="{{"/></xsl:when>
                 <xsl:when test="3"/>
                 <xsl:otherwise>
                   <xsl:if test="4"><xsl:for-each select="5"><xsl:text> </xsl:text></xsl:for-each>
                   </xsl:if>
                 </xsl:otherwise>
               </xsl:choose></xsl:function>"""
        )
    )
    loop = ForEach(Literal(5), (Text(" "),))
    assert read == (
        Choose(
            (
                (Literal(1), (ValueOf(Literal(2), "{"),)),
                (Literal(3), ()),
            ),
            (Choose(((Literal(4), (loop,)),)),),
        ),
    )


def test_a_table_of_constants() -> None:
    read = read_variable(
        element('<xsl:variable name="t"> <entry key="{{2}}">a<!-- b -->c</entry>\n</xsl:variable>')
    )
    assert read == Let("t", (Element("entry", (("key", "{2}"),), (Text("ac"),)),))


@pytest.mark.parametrize(
    ("variable", "value", "kind"),
    [
        ('<xsl:variable name="v"/>', Literal(""), None),
        ('<xsl:variable name="v"> <!-- nothing --> </xsl:variable>', Literal(""), None),
        ('<xsl:variable name="v" as="xs:string*"/>', (), SequenceType("xs:string", "*")),
        ('<xsl:variable name="v"> x </xsl:variable>', (Text(" x "),), None),
        ('<xsl:variable name="v">\u00a0</xsl:variable>', (Text("\u00a0"),), None),
        ('<xsl:variable name="v"><xsl:text/></xsl:variable>', (Text(""),), None),
        (
            '<xsl:variable name="v"><xsl:text>a<!-- --> </xsl:text></xsl:variable>',
            (Text("a "),),
            None,
        ),
        ('<xsl:param name="v" select="1"/>', Literal(1), None),
    ],
)
def test_what_a_variable_is(
    variable: str, value: Expression | tuple[Instruction, ...], kind: SequenceType | None
) -> None:
    assert read_variable(element(variable)) == Let("v", value, kind)


def test_a_key() -> None:
    read = read_key(element('<xsl:key name="k" match="a | u:b" use="@c"/>'))
    assert read == Key(
        "k",
        (Step("child", NameTest("", "a")), Step("child", NameTest("utils", "b"))),
        Step("attribute", NameTest("", "c")),
    )


def test_prefixes_of_the_schema_hold_besides_the_declared_ones() -> None:
    prefixes = {"cbc": "urn:cbc", "u": "urn:other"}
    function = element('<xsl:function name="u:f"><xsl:sequence select="cbc:ID"/></xsl:function>')
    with pytest.raises(UnsupportedRuleError, match="line 2: xsl:sequence: select"):
        read_function(function)
    read = read_function(function, prefixes)
    assert read.name == "{utils}f"
    assert read.body == (Emit(Step("child", NameTest("urn:cbc", "ID"))),)


@pytest.mark.parametrize(
    "instruction",
    [
        '<xsl:call-template name="t"/>',
        "<xsl:apply-templates/>",
        "<xsl:message/>",
        '<xsl:number level="single"/>',
        '<xsl:copy-of select="."/>',
        '<xsl:sort select="."/>',
        '<xsl:when test="1"/>',
        "<xsl:choose/>",
        "<xsl:choose><xsl:otherwise/></xsl:choose>",
        '<xsl:choose><xsl:otherwise/><xsl:when test="1"/></xsl:choose>',
        '<xsl:choose><xsl:when test="1"/>text</xsl:choose>',
        "<xsl:choose><xsl:when/></xsl:choose>",
        '<xsl:if test="1" xpath-default-namespace="urn:x"/>',
        '<xsl:for-each select="a"><xsl:sort select="b"/></xsl:for-each>',
        "<xsl:sequence/>",
        '<xsl:sequence select="1">2</xsl:sequence>',
        "<xsl:value-of>1</xsl:value-of>",
        '<xsl:value-of select="1" separator="{$s}"/>',
        '<xsl:value-of select="1" disable-output-escaping="yes"/>',
        "<xsl:text>a<b/></xsl:text>",
        '<xsl:variable name="v" select="1">2</xsl:variable>',
        '<xsl:variable select="1"/>',
        '<xsl:variable name="q:v" select="1"/>',
        '<xsl:variable name="v" as="not a type" select="1"/>',
        '<xsl:variable name="v" select="1" tunnel="yes"/>',
        '<entry key="{$x}"/>',
        '<entry xsl:use-attribute-sets="s"/>',
        '<xsl:sequence select="1 +"/>',
        "<xsl:sequence select=\"document('other.xml')\"/>",
        '<xsl:sequence select="doc(@name)"/>',
        "<xsl:sequence select=\"unparsed-text('/etc/hostname')\"/>",
        "<xsl:sequence select=\"if (a) then b else collection('c')\"/>",
    ],
)
def test_what_is_not_understood_is_refused(instruction: str) -> None:
    function = element(f'<xsl:function name="u:f">\n{instruction}</xsl:function>')
    with pytest.raises(UnsupportedRuleError, match=r"^line 3: "):
        read_function(function)


@pytest.mark.parametrize(
    "declaration",
    [
        '<xsl:function name="u:f"><xsl:param name="p" select="1"/></xsl:function>',
        '<xsl:function name="u:f"><xsl:param name="p">1</xsl:param></xsl:function>',
        '<xsl:function name="u:f">1<xsl:param name="p"/></xsl:function>',
        '<xsl:function name="u:f" override="no"/>',
        "<xsl:function/>",
    ],
)
def test_functions_that_are_not_understood(declaration: str) -> None:
    with pytest.raises(UnsupportedRuleError):
        read_function(element(declaration))


@pytest.mark.parametrize(
    "declaration",
    [
        '<xsl:key name="k" match="a">b</xsl:key>',
        '<xsl:key name="k" match="a" use="b" collation="c"/>',
        '<xsl:key name="k" match="a" use="b">c</xsl:key>',
        '<xsl:key name="k" match="a[" use="b"/>',
    ],
)
def test_keys_that_are_not_understood(declaration: str) -> None:
    with pytest.raises(UnsupportedRuleError):
        read_key(element(declaration))
