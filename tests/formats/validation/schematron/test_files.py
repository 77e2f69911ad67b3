"""How the files of a schema are read: encodings, and the documents that expressions open."""

import pytest

from formats.validation.schematron.model import Check, RuleSet
from formats.validation.schematron.source import read
from tests.formats.validation.schematron.cases import pattern, schema


def _message(rule_set: RuleSet) -> tuple[object, ...]:
    (check,) = rule_set.patterns[0].rules[0].body
    assert isinstance(check, Check)
    return check.message


@pytest.mark.parametrize("declared", ["ISO-8859-1", "iso-8859-1", "UTF-8", "utf-16"])
def test_a_file_is_read_in_the_encoding_it_declares(declared: str) -> None:
    text = schema(pattern('<rule context="*"><assert test="1">né</assert></rule>')).decode()
    content = f'<?xml version="1.0" encoding="{declared}"?>\n{text}'.encode(declared)
    assert _message(read({"a.sch": content}, "a.sch")) == ("né",)


def test_a_document_is_found_beside_the_schema_or_under_its_own_name() -> None:
    opens = pattern('<rule context="*"><assert test="document(\'c.xml\')//a"/></rule>')
    files = {"s/a.sch": schema(opens), "c.xml": b"<far/>"}
    assert read(files, "s/a.sch").documents == {"c.xml": b"<far/>"}
    assert read({**files, "s/c.xml": b"<near/>"}, "s/a.sch").documents == {"c.xml": b"<near/>"}


def test_the_title_is_that_of_the_schema() -> None:
    assert read({"a.sch": schema("<title> A\n title</title>")}, "a.sch").title == "A title"


def test_flag_goes_before_role_and_neither_is_inherited() -> None:
    checks = (
        '<assert id="1" test="1" flag="warning" role="x"/><report id="2" test="1" role="y"/>'
        '<assert id="3" test="1"/>'
    )
    rule_set = read(
        {"a.sch": schema(pattern(f'<rule context="*" flag="f" role="r">{checks}</rule>'))}, "a.sch"
    )
    found = [c for c in rule_set.patterns[0].rules[0].body if isinstance(c, Check)]
    assert [(c.id, c.kind, c.severity) for c in found] == [
        ("1", "assert", "warning"),
        ("2", "report", "y"),
        ("3", "assert", ""),
    ]


def test_a_diagnostic_is_no_part_of_the_message() -> None:
    rule_set = read(
        {
            "a.sch": schema(
                '<pattern><rule context="*"><assert test="1" diagnostics="d">m</assert></rule>'
                '</pattern><diagnostics><diagnostic id="d">more</diagnostic></diagnostics>'
            )
        },
        "a.sch",
    )
    (check,) = rule_set.patterns[0].rules[0].body
    assert isinstance(check, Check)
    assert (check.message, check.diagnostics) == (("m",), (("more",),))
