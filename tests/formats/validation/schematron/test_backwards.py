"""XPath 1.0 compatibility mode, written out: Saxon says the same with the mode and without it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from formats.validation.schematron.model import UnsupportedRuleError
from formats.validation.schematron.source import read
from tests.formats.validation.schematron.cases import ORDER, schema
from tests.formats.validation.schematron.official_schemas import files_of
from tests.oracle import rule_set_to_xslt, schematron_to_xslt
from tests.oracle.saxon import SaxonOracle
from tests.oracle.verdict import Verdict

ENTRY = "tr-efatura/sch/UBL-TR_Main_Schematron.sch"

TESTS = (
    "contains(o:line/o:net, '5')",
    "contains(//o:net, '5')",
    "concat(//o:net, '') = '10'",
    "string-length(//o:tax) = 1",
    "string(//o:net) = '10'",
    "substring(//o:net, //o:tax, 1) = '0'",
    "//o:net = 10",
    "//o:tax = 2",
    "//o:tax != 2",
    "//o:tax > 1",
    "//o:tax >= //o:net",
    "'10' > '9'",
    "//o:net > '9'",
    "$word = $number",
    "$word < 3",
    "@number = //o:tax",
    "true() = //o:none",
    "not(//o:none) = //o:net",
    "not(//o:net = //o:tax)",
    "normalize-space(//o:none) = ''",
    "number(//o:tax) = 2",
    "translate(//o:net, '1', '2') = 20",
    "//o:line[2]/o:net = -5",
    "//o:line[o:net > 5]",
    "count(//o:line) > '1'",
    "xs:date('2026-01-01') < current-date()",
    "starts-with(//@id, 'a') = '1'",
)


@pytest.fixture(scope="module")
def oracle() -> Iterator[SaxonOracle]:
    with SaxonOracle() as running:
        yield running


def _said(verdict: Verdict) -> list[tuple[str, str, str, str]]:
    return [(each.rule, each.flag, each.location, each.message) for each in verdict.fired]


def test_each_conversion_is_that_of_saxon_in_compatibility_mode(oracle: SaxonOracle) -> None:
    checks = "".join(
        f'<assert id="t{number}" test="{test.replace("<", "&lt;")}">'
        '<value-of select="//o:net"/> <name path="//o:net"/></assert>'
        for number, test in enumerate(TESTS)
    )
    content = schema(
        '<ns prefix="xs" uri="http://www.w3.org/2001/XMLSchema"/><let name="word" value="\'2\'"/>'
        f'<let name="number" value="2"/><pattern><rule context="o:order">{checks}</rule></pattern>'
    ).replace(b'queryBinding="xslt2" ', b"")
    files = {"main.sch": content}
    theirs = oracle.judge("mode", schematron_to_xslt.stylesheet(files, "main.sch"), ORDER)
    ours = oracle.judge("plain", rule_set_to_xslt.stylesheet(read(files, "main.sch")), ORDER)
    assert (ours.error, theirs.error) == (None, None)
    assert _said(ours) == _said(theirs)
    assert len(ours.fired) == 5


@pytest.mark.parametrize(
    "test",
    [
        "//o:net + 1 = 11",
        "sum(//o:net) = 5",
        "upper-case(//o:net) = 'A'",
        "//o:net eq 10",
        "$unknown = 1",
        "xs:date(@a) = current-date()",
    ],
)
def test_what_the_mode_may_change_and_is_not_known_is_refused(test: str) -> None:
    content = schema(
        '<ns prefix="xs" uri="http://www.w3.org/2001/XMLSchema"/>'
        f'<pattern><rule context="*"><assert test="{test}"/></rule></pattern>'
    ).replace(b'queryBinding="xslt2" ', b"")
    with pytest.raises(UnsupportedRuleError, match=r"<assert> is written for XPath 1\.0"):
        read({"main.sch": content}, "main.sch")


@pytest.mark.official
def test_saxon_says_the_same_of_the_turkish_rules_with_the_mode_and_without_it(
    official: Path, oracle: SaxonOracle
) -> None:
    files = files_of(official, ENTRY)
    theirs = schematron_to_xslt.stylesheet(files, ENTRY)
    ours = rule_set_to_xslt.stylesheet(read(files, ENTRY))
    fired: set[str] = set()
    for path in sorted((official / "tr-efatura/examples").rglob("*.xml")):
        plain = path.read_bytes()
        for document in (
            plain,
            re.sub(rb">([0-9]+)(\.[0-9]+)?<", rb">x\g<1><", plain),
            re.sub(rb"<cbc:([A-Z][A-Za-z]*)>[^<]*</cbc:\1>", rb"<cbc:\1/>", plain),
            re.sub(rb"(<cbc:(ID|UUID|ProfileID)\b[^>]*>[^<]*</cbc:\2>)", rb"\1\1", plain),
        ):
            expected = oracle.judge("Turkey with", theirs, document)
            got = oracle.judge("Turkey without", ours, document)
            assert expected.error == got.error, path
            assert _said(got) == _said(expected), path
            fired |= {each.message for each in got.fired}
    assert len(fired) > 50
