"""No regular expression of an official rule set takes long, whatever the text says."""

import re
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from lxml import etree

from formats.validation.runtime import regex
from formats.validation.runtime.errors import DynamicError
from tests.pace import takes_less_than

_CALL = re.compile(r"(?<![\w-])(matches|replace|tokenize)\s*\([^'\"]*?(?:'([^']*)'|\"([^\"]*)\")")
_VARIABLE = re.compile(r"^\s*'(.*)'\s*$")
_LENGTH = 100_000
_SECONDS = 1.0  # linear ones take about 0.05; 100,000 squared would be hours
_SEEDS = (
    *("a", "1", "@", "a@", "a@b.", "a.b@", "a-", "#", "#SKONTO#TAGE=1", "1.", " ", "\n", "\r\n"),
    *("é", "9\n", "0", "é1", "#\n", "xrechnung_1", "20", "2024-01-", "urn:", "\t 1"),
)
_AROUND = (("a@", "!"), ("12", "\n"), ("#", ""))


def _official_patterns(folder: Path) -> set[tuple[str, str]]:
    found = set()
    for path in sorted((*folder.rglob("*.sch"), *folder.rglob("*.xsl*"))):
        for text in _attributes(path):
            for name, single, double in _CALL.findall(text):
                found.add((name, single or double))
            if (variable := _VARIABLE.match(text)) and any(sign in text for sign in "+*{^$"):
                found.add(("matches", variable[1]))
    return found


def _attributes(path: Path) -> Iterator[str]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        root = etree.parse(path, parser)
    except etree.XMLSyntaxError:
        return
    for element in root.iter("*"):
        yield from map(str, element.attrib.values())


def _near_misses() -> Iterator[str]:
    for seed in _SEEDS:
        for before, after in _AROUND:
            yield before + seed * (_LENGTH // len(seed)) + after


@pytest.mark.official
def test_no_official_expression_takes_more_than_linear_time(official: Path) -> None:
    patterns = _official_patterns(official)
    assert len(patterns) > 100
    texts = list(_near_misses())
    slow = []
    for name, pattern in sorted(patterns):
        try:
            regex.expression(pattern)
        except DynamicError:
            continue  # a variable that is no expression
        for text in texts:
            begin = time.thread_time()
            _run(name, text, pattern)
            taken = time.thread_time() - begin
            again = partial(_run, name, text, pattern)
            if taken > _SECONDS and not takes_less_than(_SECONDS, again):
                slow.append((round(taken, 1), name, pattern, text[:20]))
    assert not slow


def _run(name: str, text: str, pattern: str) -> None:
    try:
        if name == "matches":
            regex.matches(text, pattern)
        elif name == "replace":
            regex.replace(text, pattern, "")
        else:
            regex.tokenize(text, pattern)
    except DynamicError as error:
        assert error.code == "FORX0003"  # noqa: PT017 - it fits nothing at all


@pytest.mark.parametrize(
    "pattern",
    [r"(a+)+$", r"(a|a)*b", r"a*a*a*b", r".*a.*a.*a.*b", r"([a-z]+\d?)+x", r"(.*),(.*),z"],
)
def test_searching_takes_linear_time_for_expressions_made_to_take_long(pattern: str) -> None:
    text = "a" * _LENGTH + "!"
    assert not regex.matches(text, pattern)
    assert takes_less_than(_SECONDS, lambda: regex.matches(text, pattern))
