"""Every expression of every official rule set is read, quickly, and as its own text says."""

from pathlib import Path

import pytest

from formats.validation.xpath.parser import (
    XPathSyntaxError,
    parse,
    parse_pattern,
    parse_sequence_type,
)
from formats.validation.xpath.syntax import Expression
from tests.formats.validation.xpath.official_texts import Text, Texts, official_texts
from tests.formats.validation.xpath.unparse import Unparser
from tests.pace import takes_less_than

pytestmark = pytest.mark.official


@pytest.fixture(scope="module")
def texts(official: Path) -> Texts:
    return official_texts(official)


def _expression(text: Text) -> Expression:
    return parse(text.text, text.namespaces, default_element_namespace=text.default)


def test_the_rule_sets_are_all_there(texts: Texts) -> None:
    assert texts.files >= 250
    assert len({text.text for text in texts.expressions}) >= 6_500
    assert len({text.text for text in texts.patterns}) >= 4_000
    assert texts.placeholders < 4_500  # else rules are taken for the abstract ones of a pattern


def test_every_expression_pattern_and_type_is_read(texts: Texts) -> None:
    refused = []
    for text in texts.expressions:
        try:
            _expression(text)
        except XPathSyntaxError as error:
            refused.append((text.file, text.line, str(error)))
    for text in texts.patterns:
        try:
            assert parse_pattern(
                text.text, text.namespaces, default_element_namespace=text.default
            )
        except XPathSyntaxError as error:
            refused.append((text.file, text.line, str(error)))
    for text in texts.types:
        try:
            parse_sequence_type(text.text, text.namespaces)
        except XPathSyntaxError as error:
            refused.append((text.file, text.line, str(error)))
    assert refused == []


def test_every_tree_written_with_all_parentheses_is_read_as_the_same_tree(texts: Texts) -> None:
    differing = []
    for text in {each.text: each for each in texts.expressions}.values():
        tree = _expression(text)
        namespaces = {**text.namespaces, "default-of-elements": text.default}
        written = Unparser(namespaces)(tree)
        if parse(written, namespaces) != tree:
            differing.append((text.file, text.line, text.text, written))
    assert differing == []


def test_the_distinct_texts_of_all_rule_sets_take_seconds(texts: Texts) -> None:
    distinct = {each.text: each for each in texts.expressions + texts.patterns}.values()

    def work() -> None:
        for text in distinct:
            _expression(text)

    assert takes_less_than(5, work)  # half a second on the machine it was written on
