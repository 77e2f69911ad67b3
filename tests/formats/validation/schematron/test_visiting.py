"""A pattern is offered what its contexts can match."""

import pytest

from formats.validation.schematron.source import read
from tests.formats.validation.schematron.cases import schema

VISITED = {
    "o:line": "elements",
    "o:line[@id]/o:net[. > 0]": "elements",
    "*[attribute::id = 'a(']": "elements",
    "/": "elements",
    "(o:line | o:net)[1]": "elements",
    "element(o:line)": "elements",
    "@id": "elements and attributes",
    "o:line | o:line/@*": "elements and attributes",
    "//attribute::id[. = 'a']": "elements and attributes",
    "(o:line, o:line/@id)": "elements and attributes",
    "attribute(id)": "elements and attributes",
    "key('k', 'a')": "elements and attributes",
    "comment()": "elements, comments and instructions",
    "o:line/processing-instruction()": "elements, comments and instructions",
    "o:line | node()": "elements, comments and instructions",
    "text()": "elements",
}


@pytest.mark.parametrize("context", VISITED)
def test_a_pattern_is_offered_what_its_contexts_can_match(context: str) -> None:
    text = context.replace("<", "&lt;")
    rule_set = read(
        {"a.sch": schema(f'<pattern id="p"><rule context="{text}"/></pattern>')}, "a.sch"
    )
    assert rule_set.visited == {"p": VISITED[context]}


def test_each_pattern_is_offered_its_own_and_has_an_id_of_its_own() -> None:
    patterns = '<pattern><rule context="@id"/></pattern><pattern id="pattern-1"/><pattern/>'
    rule_set = read({"a.sch": schema(patterns)}, "a.sch")
    assert [pattern.id for pattern in rule_set.patterns] == [
        "pattern-1",
        "pattern-1'",
        "pattern-3",
    ]
    assert list(rule_set.visited.values()) == ["elements and attributes", "elements", "elements"]
