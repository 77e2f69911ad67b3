"""A stylesheet that says something else than its generator writes is refused, never half read.

Official stylesheets are taken and changed in one place each.
"""

import contextlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from formats.validation.schematron.model import Check, RuleSet, UnsupportedRuleError
from formats.validation.xslt.stylesheet import read
from formats.xml import UnreadableDocumentError

pytestmark = pytest.mark.official

SELECT = "*|comment()|processing-instruction()"
APPLY = f'<xsl:apply-templates mode="M5" select="{SELECT}" />'
IDLE = """<xsl:template match="text()" mode="M5" priority="-1" />"""
REST = f"""<xsl:template match="@*|node()" mode="M5" priority="-2">
    {APPLY}
  </xsl:template>"""
ROOT = '<xsl:apply-templates mode="M5" select="/" />'
CONTEXT = 'match="/ubl:ApplicationResponse" mode'
FULL_PATH = 'match="*" mode="schematron-select-full-path"'
LAST = 'mode="M5" priority="1000"'
TOP = "<!--SCHEMATRON PATTERNS-->"


@pytest.fixture(scope="module")
def skeleton(official: Path) -> str:
    """A small rule set by the ISO skeleton: one pattern, six rules."""
    return (official / "peppol-network/schemas/mls-xslt/peppol-mls-1.0.1.xslt").read_text()


@pytest.fixture(scope="module")
def schxslt(official: Path) -> str:
    """A rule set by SchXslt: four patterns in one mode, edited by hand."""
    return (official / "sa-zatca/xsl/CEN-EN16931-UBL.xsl").read_text()


def changed(text: str, old: str, new: str, times: int | None = 1) -> RuleSet:
    assert times is None or text.count(old) == times
    assert old in text
    return read({"rules": text.replace(old, new).encode()}, "rules")


def test_unchanged_it_is_read(skeleton: str) -> None:
    rule_set = changed(skeleton, TOP, "")
    (pattern,) = rule_set.patterns
    assert (pattern.id, len(pattern.rules)) == ("default", 6)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # the descent
        (REST, ""),
        (REST, REST + REST),
        (IDLE, ""),
        (IDLE, IDLE.replace("/>", f">{APPLY}</xsl:template>")),
        (REST, REST.replace(SELECT, "*")),
        (REST, REST.replace(SELECT, "node()")),
        (REST, REST.replace('"M5" select', '"M6" select')),
        (REST, REST.replace(APPLY, "")),
        (REST, REST.replace(APPLY, APPLY + APPLY)),
        (REST, REST.replace('"-2"', '"-3"')),
        (LAST, 'mode="M5" priority="-0.5"'),
        (LAST, 'mode="M5" priority="high"'),
        (LAST, 'mode="M5"'),
        (LAST, 'mode="M5 M6" priority="1000"'),
        (LAST, 'mode="M5" priority="1000" as="item()*"'),
        # the report
        (ROOT, ""),
        (ROOT, ROOT.replace('"/"', '"/*"')),
        (ROOT, ROOT.replace("M5", "M6")),
        (ROOT, ROOT * 2),
        ("<svrl:active-pattern>", "<svrl:active-pattern><xsl:message/>"),
        ("<svrl:active-pattern>", "<xsl:message/><svrl:active-pattern>"),
        ('<xsl:attribute name="name">', '<xsl:attribute name="other">'),
        ('<xsl:value-of select="$fileDirParameter" />', '<xsl:value-of select="1 div 0" />'),
        ("<svrl:schematron-output schema", "<other/><svrl:schematron-output schema"),
        # the places
        ("<xsl:text>*:</xsl:text>", "<xsl:text>p:</xsl:text>"),
        ("<xsl:text>]</xsl:text>\n  </xsl:template>", "</xsl:template>"),
        (FULL_PATH, FULL_PATH.replace('"*"', '"*|@*"')),
        # what is declared
        (TOP, "<xsl:import href='other.xsl'/>"),
        (TOP, "<xsl:include href='other.xsl'/>"),
        (TOP, "<xsl:strip-space elements='*'/>"),
        (TOP, "<xsl:decimal-format/>"),
        (TOP, "<xsl:template match='/' priority='2'/>"),
        (TOP, "<xsl:template match='/'/>"),
        (TOP, "<xsl:template match='a'/>"),
        (TOP, "<xsl:template name='a'/>"),
        (TOP, "<xsl:template match='a' mode='M9' priority='1'/>"),
        (TOP, "<xsl:template match='text()' mode='#all' priority='9'/>"),
        (TOP, "<xsl:variable name='cl_rc' select='1'/>"),
        (TOP, "<xsl:variable name='a' select='$b'/><xsl:variable name='b' select='$a'/>"),
        (TOP, "<xsl:function name='ubl:f'/>" * 2),
        (TOP, "<xsl:param name='fileNameParameter' select='1'/>"),
        (TOP, "<svrl:other/>"),
        (TOP, "text"),
        ('<xsl:value-of select="document-uri(/)" />\n  </xsl:variable>', "</xsl:variable>"),
        # the rules
        ('<svrl:fired-rule context="/ubl:ApplicationResponse" />', ""),
        ('<svrl:fired-rule context="/ubl:ApplicationResponse" />', "<xsl:message/>"),
        (CONTEXT, 'match="/ubl:ApplicationResponse[" mode'),
        (CONTEXT, 'match="q:ApplicationResponse" mode'),
        (CONTEXT, 'match="1 + 1" mode'),
        (CONTEXT, 'match="string(.)" mode'),
        (CONTEXT, 'match="a/node()" mode'),
        (CONTEXT, 'match="a/text()" mode'),
        ('test="normalize-space(cbc:ID) != \'\'" />', 'test="document(\'x.xml\')" />'),
        ('version="2.0"', 'version="3.0"'),
        ('version="2.0"', 'version="1.0"'),
        ('version="2.0"', 'version="2.0" default-mode="M5"'),
    ],
)  # fmt: skip
def test_the_skeleton_changed(skeleton: str, old: str, new: str) -> None:
    times = None if old.startswith(("<xsl:text", "test=")) else 1
    with pytest.raises(UnsupportedRuleError):
        changed(skeleton, old, new, times)


def test_one_rule_that_goes_on_to_other_nodes(skeleton: str) -> None:
    head, _, tail = skeleton.partition(APPLY)
    for other in ("", APPLY.replace(SELECT, "*"), APPLY + APPLY):
        with pytest.raises(UnsupportedRuleError):
            read({"rules": (head + other + tail).encode()}, "rules")


def test_priority_decides_and_of_equal_ones_the_last(skeleton: str) -> None:
    before = changed(skeleton, TOP, "").patterns[0].rules
    equal = changed(skeleton, 'priority="1004"', 'priority="1005.0"').patterns[0].rules
    assert equal == (before[1], before[0], *before[2:])
    lowest = changed(skeleton, 'priority="1004"', 'priority="3"').patterns[0].rules
    assert lowest == (before[0], *before[2:], before[1])


def test_globals_in_an_order_in_which_each_has_what_it_needs(skeleton: str) -> None:
    declared = (
        "<xsl:variable name='a' select='ubl:f(1)'/><xsl:variable name='b' select='$c'/>"
        "<xsl:variable name='c' select='1'/>"
        "<xsl:function name='ubl:f'><xsl:param name='p'/>"
        "<xsl:variable name='a' select='$b + ubl:f(2)'/><xsl:sequence select='$a'/></xsl:function>"
    )
    names = [variable.name for variable in changed(skeleton, TOP, declared).variables]
    assert names == ["c", "b", "a", "cl_rc", "cl_src", "regex_spis"]


def test_the_default_namespace_of_expressions(skeleton: str) -> None:
    version = 'version="2.0"'
    default = changed(skeleton, version, version + ' xpath-default-namespace="urn:d"')
    assert changed(skeleton, TOP, "").patterns == default.patterns
    variable = "<xsl:variable name='a' select='b'/>"
    both = skeleton.replace(version, version + ' xpath-default-namespace="urn:d"')
    assert "namespace='urn:d'" in str(changed(both, TOP, variable).variables[0])


def test_comments_are_matched_where_they_are_visited(skeleton: str) -> None:
    rule_set = changed(skeleton, CONTEXT, 'match="comment()" mode')
    assert rule_set.visited == {"default": "elements, comments and instructions"}
    with pytest.raises(UnsupportedRuleError):
        changed(skeleton.replace(SELECT, "@*|*"), CONTEXT, 'match="comment()" mode')


def test_patterns_without_ids_have_their_modes_for_ids(skeleton: str) -> None:
    named = '<xsl:attribute name="id">default</xsl:attribute>'
    (pattern,) = changed(skeleton, named, "").patterns
    assert pattern.id == "M5"


def test_xml_alone_is_no_stylesheet() -> None:
    for content in (b"<a/>", b'<stylesheet version="2.0"/>'):
        with pytest.raises(UnsupportedRuleError):
            read({"rules": content}, "rules")


def test_an_empty_stylesheet_is_no_rule_set() -> None:
    content = b'<x:stylesheet xmlns:x="http://www.w3.org/1999/XSL/Transform" version="2.0"/>'
    with pytest.raises(UnsupportedRuleError):
        read({"rules": content}, "rules")


HIDDEN = "$schxslt:patterns-matched[. = 'd7e371']"
FIRED = "($schxslt:patterns-matched, 'd7e371')"
UNAPPLIED = "<xsl:template match='a' mode='b' priority='1'/>"
PASSED = '<xsl:with-param name="schxslt:patterns-matched" as="xs:string*" '
FIRED_RULE = '<svrl:fired-rule xmlns:svrl="http://purl.oclc.org/dsdl/svrl">'


def first(text: str, old: str, new: str) -> RuleSet:
    """Change the first place only."""
    assert old in text
    return read({"rules": text.replace(old, new, 1).encode()}, "rules")


def test_patterns_of_one_mode_are_told_apart(schxslt: str) -> None:
    rule_set = changed(schxslt, "<xsl:output", "<xsl:output", 1)
    assert rule_set.locations == "schxslt"
    assert [(pattern.id, len(pattern.rules)) for pattern in rule_set.patterns] == [
        ("UBL-model", 26),
        ("CustomRules_documentCurrency", 1),
        ("CustomRules_taxCurrency", 1),
        ("Codesmodel", 7),
    ]


def test_of_equal_priorities_the_last_rule_of_a_pattern_goes_first(schxslt: str) -> None:
    rules = changed(schxslt, "<xsl:output", "<xsl:output", 1).patterns[0].rules
    first_ids = [
        next((each.id for each in rule.body if isinstance(each, Check)), "") for rule in rules
    ]
    assert first_ids[:5] == ["BR-52", "BR-43", "BR-36", "", "BR-31"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (HIDDEN, "$schxslt:patterns-matched = 'd7e371'"),
        (HIDDEN, "$schxslt:patterns-matched[. = 'd7e353']"),
        (FIRED, "'d7e371'"),
        # It would no longer hide the rules behind it.
        (FIRED, "($schxslt:patterns-matched, 'd7e353')"),
        ('<schxslt:rule pattern="d7e371">', '<schxslt:rule pattern="d7e42">'),
        ("<xsl:next-match>", "<xsl:apply-templates/><xsl:next-match>"),
        ("<xsl:next-match>", '<xsl:next-match><xsl:with-param name="a"/>'),
        ('<schxslt:pattern id="d7e371">', '<schxslt:pattern id="d7e353">'),
        ('<schxslt:pattern id="d7e371">', '<schxslt:pattern id="d7e372">'),
        ('<xsl:apply-templates mode="d7e42" select="/"/>', ""),
        ('<xsl:apply-templates mode="d7e42" select="/"/>', '<xsl:apply-templates mode="d7e42"/>'),
        ('<xsl:call-template name="d7e42"/>', '<xsl:call-template name="d7e43"/>'),
        ('mode="#all" priority="-10"/>', 'mode="#all" priority="-9"/>'),
        ('select="node()"/>\n   </xsl:template>', 'select="*"/>\n   </xsl:template>'),
        ('<xsl:sequence select="node()"/>', '<xsl:sequence select="*"/>'),
        ('<xsl:number level="single"/>', '<xsl:number level="any"/>'),
        ('match="cac:PaymentMeans" ', 'match="cac:PaymentMeans/node()" '),
        ('match="cac:PaymentMeans" ', 'match="cac:PaymentMeans" as="item()" '),
        ("<xsl:template name", "<xsl:template name='other'/><xsl:template name"),
        ("<xsl:template name", UNAPPLIED + "<xsl:template name"),
        ("<svrl:suppressed-rule", "<xsl:message/><svrl:suppressed-rule"),
        (PASSED + "select", PASSED + 'tunnel="yes" select'),
        (PASSED + 'select="$schxslt:patterns-matched"', PASSED + 'select="()"'),
        (FIRED_RULE, FIRED_RULE + "<other/>"),
        (FIRED_RULE, FIRED_RULE + "<xsl:attribute name='a'><xsl:message/></xsl:attribute>"),
        ('<xsl:param name="schxslt:patterns-matched" as="xs:string*"/>', ""),
        ("<svrl:fired-rule xmlns", "<xsl:message/><svrl:fired-rule xmlns"),
    ],
)  # fmt: skip
def test_schxslt_changed(schxslt: str, old: str, new: str) -> None:
    with pytest.raises(UnsupportedRuleError):
        first(schxslt, old, new)


def test_a_pattern_of_schxslt_without_id(schxslt: str) -> None:
    patterns = changed(schxslt, ' id="UBL-model"', "").patterns
    assert [pattern.id for pattern in patterns][:2] == ["d7e42", "CustomRules_documentCurrency"]


def test_a_rule_that_asks_for_no_earlier_one_must_be_the_first(official: Path) -> None:
    content = (official / "sa-zatca/xsl/20210819_ZATCA_E-invoice_Validation_Rules.xsl").read_text()
    patterns = changed(content, 'priority="50"', 'priority="49.5"').patterns
    assert patterns == changed(content, 'priority="50"', 'priority="50"').patterns
    with pytest.raises(UnsupportedRuleError):
        changed(content, 'priority="50"', 'priority="30"')


DAMAGE = [b"", b"<", b">", b'"', b"'", b"(", b"[1", b" | ", b"\xff", b"xsl:", b"5", b"<a>"]


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_a_damaged_stylesheet_is_refused_in_words(skeleton: str, data: st.DataObject) -> None:
    content = skeleton.encode()
    start = data.draw(st.integers(0, len(content) - 1))
    end = data.draw(st.integers(start, min(len(content), start + 40)))
    other = data.draw(st.sampled_from(DAMAGE))
    with contextlib.suppress(UnsupportedRuleError, UnreadableDocumentError):
        read({"rules": content[:start] + other + content[end:]}, "rules")


def test_deep_nesting_is_refused_in_words(skeleton: str) -> None:
    deep = "<xsl:if test='1'>" * 500 + "</xsl:if>" * 500
    with pytest.raises(UnreadableDocumentError):
        changed(skeleton, TOP, f"<xsl:function name='ubl:f'>{deep}</xsl:function>")
    expression = "(" * 60 + "1" + ")" * 60
    nested = f"<xsl:if test='{expression}'>" * 30 + "</xsl:if>" * 30
    read_function = changed(skeleton, TOP, f"<xsl:function name='ubl:f'>{nested}</xsl:function>")
    assert len(read_function.functions) == 1
    long = "<xsl:variable name='a' select='" + "1+" * 5000 + "1'/>"
    with pytest.raises(UnsupportedRuleError):
        changed(skeleton, TOP, long)
