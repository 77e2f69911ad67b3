"""What is not understood is refused, with file, line and element; nothing is skipped."""

import re

import pytest

from formats.validation.schematron.model import UnsupportedRuleError
from formats.validation.schematron.source import read
from formats.xml import UnreadableDocumentError
from tests.formats.validation.schematron.cases import HEAD, NET, pattern, schema

PARTS = {
    "self.sch": b'<pattern xmlns="http://purl.oclc.org/dsdl/schematron"><include href="self.sch"/>'
    b"</pattern>",
    "a/there.sch": b'<pattern xmlns="http://purl.oclc.org/dsdl/schematron">'
    b'<include href="../b/back.sch"/></pattern>',
    "b/back.sch": b'<pattern xmlns="http://purl.oclc.org/dsdl/schematron">'
    b'<include href="../a/there.sch"/></pattern>',
    "whole.sch": schema(""),
    "foreign.xml": b"<x/>",
}

REFUSED = {
    '<include href="none.sch"/>': "main.sch:1: <include> includes 'none.sch', which is not among",
    '<include href="../main.sch"/>': "not among the files",
    '<include href="https://example.com/a.sch"/>': "only files of the rule set",
    '<include href="file:///etc/passwd"/>': "only files of the rule set",
    "<include/>": "only files of the rule set",
    '<include href="whole.sch"/>': "includes a whole schema",
    '<include href="foreign.xml"/>': "not Schematron",
    '<include href="whole.sch#none"/>': "no such id",
    '<include href="self.sch"/>': "self.sch:1: <include> includes 'self.sch' in itself",
    '<include href="a/there.sch"/>': "b/back.sch:1: <include> includes '../a/there.sch' in itself",
    '<xi:include href="foreign.xml" parse="text"/>': "not supported",
    '<pattern is-a="none"/>': "of which there are 0",
    '<pattern id="p" is-a="p"/>': "of which there are 0",
    '<pattern abstract="true" id="a"/><pattern abstract="true" id="a"/><pattern is-a="a"/>': "2",
    f'<pattern abstract="true" id="a"/><pattern is-a="a">{NET}</pattern>': "takes its rules from",
    '<pattern><rule context="*"><extends rule="r"/></rule></pattern>': "no such abstract rule",
    '<pattern><rule id="r" context="*"><extends rule="r"/></rule></pattern>': "no such abstract",
    '<pattern><rule id="r" abstract="true"><extends rule="r"/></rule><rule context="*">'
    '<extends rule="r"/></rule></pattern>': "by itself",
    '<ns prefix="o" uri="urn:other"/>': "a second time",
    '<xsl:include href="a.xsl"/>': "<include> is not known in a schema",
    '<xsl:import href="a.xsl"/>': "<import> is not known in a schema",
    '<xsl:template match="*"/>': "<template> is not known in a schema",
    "<assert/>": "<assert> is not known in a schema",
    "<pattern documents=\"'a.xml'\"/>": "'documents'",
    "<pattern><assert/></pattern>": "<assert> is not known in a pattern",
    "<pattern><rule/></pattern>": "<rule> has no attribute 'context'",
    '<pattern><rule context="a["/></pattern>': "<rule> has no XPath",
    '<pattern><rule context="p:a"/></pattern>': "<rule> has no XPath",
    '<pattern><rule context="*"><assert id="A"/></rule></pattern>': "no attribute 'test'",
    '<pattern><rule context="*"><assert test="1 +"/></rule></pattern>': "<assert> has no XPath",
    '<pattern><rule context="*"><assert test="1" tset="2"/></rule></pattern>': "'tset'",
    '<pattern><rule context="*"><assert test="1" diagnostics="d"/></rule></pattern>': "'d'",
    '<pattern><rule context="*"><assert test="1"><rule/></assert></rule></pattern>': "message",
    '<pattern><rule context="*"><pattern/></rule></pattern>': "<pattern> is not known in a rule",
    '<pattern><rule context="*"><xsl:if test="1"/></rule></pattern>': "<if> is not known in",
    '<pattern><rule context="*"><assert test="doc(\'a.xml\')"/></rule></pattern>': "'a.xml'",
    '<pattern><rule context="*"><assert test="doc(@a)"/></rule></pattern>': "by doc()",
    '<pattern><rule context="@*|comment()"/></pattern>': "attributes and for comments",
    '<xsl:function name="u:f"/><xsl:function name="u:f"/>': "{urn:u}f a second time",
    '<pattern xml:base="b/"/>': "xml:base",
    '<let name="a"/>': "either a value or content",
    '<let name="a" value="1">2</let>': "either a value or content",
    '<let name="q:a" value="1"/>': "prefix 'q'",
    '<let name="a" value="1" as="("/>': "has no type",
    '<let name="a" value="1"/><pattern><let name="a" value="2"/></pattern>': "a",
    '<let name="a" value="$b"/><let name="b" value="$a"/>': "needs itself",
    '<let name="a"><xsl:message/></let>': "main.sch: line 1: xsl:message",
}


@pytest.mark.parametrize("content", REFUSED)
def test_what_is_not_understood_is_refused(content: str) -> None:
    with pytest.raises(UnsupportedRuleError, match=re.escape(REFUSED[content])):
        read({"main.sch": schema(content), **PARTS}, "main.sch")


@pytest.mark.parametrize(
    "binding", ['queryBinding="exslt"', 'queryBinding="xslt3"', 'queryBinding=""']
)
def test_another_query_binding_is_refused(binding: str) -> None:
    text = schema(pattern(NET)).replace(b'queryBinding="xslt2"', binding.encode())
    with pytest.raises(UnsupportedRuleError, match="query binding"):
        read({"main.sch": text}, "main.sch")


def test_an_unknown_phase_is_refused() -> None:
    with pytest.raises(UnsupportedRuleError, match="0 phases 'none'"):
        read({"main.sch": schema(pattern(NET))}, "main.sch", phase="none")


def test_a_phase_that_activates_what_is_not_there_is_refused() -> None:
    text = schema('<phase id="p"><active pattern="none"/></phase>')
    with pytest.raises(UnsupportedRuleError, match="activates 'none'"):
        read({"main.sch": text}, "main.sch", phase="p")


def test_parameters_that_grow_without_end_are_refused() -> None:
    params = "".join(
        f'<param name="{"p" * n}" value="$' + "p" * (n - 1) + "$" + "p" * (n - 1) + '"/>'
        for n in range(40, 1, -1)
    )
    text = schema(
        '<pattern abstract="true" id="a"><rule context="*"><assert test="$' + "p" * 40 + '"/>'
        f'</rule></pattern><pattern is-a="a">{params}</pattern>'
    )
    with pytest.raises(UnsupportedRuleError, match="too long"):
        read({"main.sch": text}, "main.sch")


def test_what_is_no_schema_is_refused() -> None:
    with pytest.raises(UnsupportedRuleError, match="<pattern> is not a schema"):
        read({"main.sch": pattern(NET).encode()}, "main.sch")


def test_a_doctype_is_refused_and_no_entity_expanded() -> None:
    text = b'<!DOCTYPE schema [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + schema("<p>&e;</p>")
    with pytest.raises(UnreadableDocumentError, match="doctype"):
        read({"main.sch": text}, "main.sch")


def test_a_schema_that_includes_itself_many_times_is_refused_at_once() -> None:
    twice = '<include href="{0}"/><include href="{0}"/>'
    files = {
        f"{number}.sch": pattern(twice.format(f"{number + 1}.sch")).encode()
        for number in range(20)
    }
    files |= {"20.sch": pattern("").encode(), "main.sch": schema('<include href="0.sch"/>')}
    with pytest.raises(UnsupportedRuleError, match="too many"):
        read(files, "main.sch")


def test_the_line_is_that_of_the_element() -> None:
    content = schema("\n\n<pattern>\n<rule context='*'>\n<assert/></rule></pattern>")
    assert content.startswith(HEAD[:40].encode())
    with pytest.raises(UnsupportedRuleError, match=r"main\.sch:5: <assert>"):
        read({"main.sch": content}, "main.sch")
