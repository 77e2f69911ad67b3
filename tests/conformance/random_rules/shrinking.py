"""A difference cut down to what shows it: fewer rules, smaller expressions, less of a document."""

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from formats.validation.schematron.model import UnsupportedRuleError
from formats.validation.xpath.lexer import XPathSyntaxError
from tests.conformance.random_rules.campaign import Difference
from tests.conformance.random_rules.judging import CrashError, Saxon, differing, judged, prepare
from tests.conformance.random_rules.schema import Rule, Schema
from tests.conformance.random_rules.sheet import guarded

_TRIES = 600


def shrunk(difference: Difference, saxon: Saxon) -> Difference:
    """Return the smallest difference of the same kind that some hundreds of tries find."""
    best = difference
    tries = 0
    again = True
    while again and tries < _TRIES:
        again = False
        for candidate in _smaller(best):
            tries += 1
            found = differs(candidate, saxon)
            if found is not None:
                best, again = found, True
                break
            if tries >= _TRIES:
                break
    return best


def differs(candidate: Difference, saxon: Saxon) -> Difference | None:
    """Return a candidate as a difference; None when both say the same or one refuses it."""
    if candidate.ours.startswith("crash"):
        return _crashes(candidate, saxon)
    try:
        ours = prepare(candidate.rules)
        mine = judged(ours.quick if candidate.which == "quick" else ours.exact, candidate.content)
    except (UnsupportedRuleError, XPathSyntaxError, CrashError):
        return None
    theirs = saxon.judged(saxon.key(), guarded(candidate.rules), candidate.content)
    if isinstance(theirs, str):
        return None
    found = differing(mine, theirs)
    if not found:
        return None
    check, place, one, other = found[0]
    return replace(candidate, check=check, place=place, ours=one, theirs=other)


def _crashes(candidate: Difference, saxon: Saxon) -> Difference | None:
    try:
        ours = prepare(candidate.rules)
        if candidate.content:
            judged(ours.quick if candidate.which == "quick" else ours.exact, candidate.content)
    except (UnsupportedRuleError, XPathSyntaxError):
        return None
    except CrashError as error:
        if saxon.refuses(candidate.rules) is None:
            return replace(candidate, ours=f"crash: {error}")
    return None


def _smaller(difference: Difference) -> Iterator[Difference]:
    for rules in _schemas(difference.rules):
        yield replace(difference, rules=rules)
    if difference.content:
        for content in _documents(difference.content):
            yield replace(difference, content=content)


def _schemas(schema: Schema) -> Iterator[Schema]:
    for number, rules in enumerate(schema.patterns):
        if not any(rule.checks for rule in rules):
            yield replace(
                schema, patterns=schema.patterns[:number] + schema.patterns[number + 1 :]
            )
    if len(schema.checks) > 1:
        half = len(schema.checks) // 2
        for some in (schema.checks[:half], schema.checks[half:]):
            yield schema.only(frozenset(check.id for check in some))
    yield from _without(schema)
    for number, rules in enumerate(schema.patterns):
        for place, rule in enumerate(rules):
            if not rule.checks:
                yield _with(schema, number, rules[:place] + rules[place + 1 :])
            for less in _rules(rule):
                yield _with(schema, number, (*rules[:place], less, *rules[place + 1 :]))


def _without(schema: Schema) -> Iterator[Schema]:
    for name in ("functions", "keys", "lets"):
        held = getattr(schema, name)
        if held:
            yield replace(schema, **{name: ()})
            for number in range(len(held)):
                yield replace(schema, **{name: held[:number] + held[number + 1 :]})
    for number, (name, value) in enumerate(schema.lets):
        for smaller in value.smaller():
            lets = (*schema.lets[:number], (name, smaller), *schema.lets[number + 1 :])
            yield replace(schema, lets=lets)


def _with(schema: Schema, number: int, rules: tuple[Rule, ...]) -> Schema:
    patterns = (*schema.patterns[:number], rules, *schema.patterns[number + 1 :])
    return replace(schema, patterns=patterns)


def _rules(rule: Rule) -> Iterator[Rule]:
    if rule.lets:
        yield replace(rule, lets=())
    for number in range(len(rule.lets)):
        yield replace(rule, lets=rule.lets[:number] + rule.lets[number + 1 :])
    for number, check in enumerate(rule.checks):
        less = [replace(check, test=test) for test in check.test.smaller()]
        if check.shown is not None:
            less.append(replace(check, shown=None))
            less += [replace(check, shown=shown) for shown in check.shown.smaller()]
        for smaller in less:
            checks = (*rule.checks[:number], smaller, *rule.checks[number + 1 :])
            yield replace(rule, checks=checks)
    for number, (name, value) in enumerate(rule.lets):
        for inner in value.smaller():
            lets = (*rule.lets[:number], (name, inner), *rule.lets[number + 1 :])
            yield replace(rule, lets=lets)


def _documents(content: bytes) -> Iterator[bytes]:
    root = etree.fromstring(content)
    count = sum(1 for _ in root.iter())
    for number in range(1, count):
        copy = etree.fromstring(content)
        node = list(copy.iter())[number]
        parent = node.getparent()
        if parent is not None:
            parent.remove(node)
            yield etree.tostring(copy.getroottree(), encoding="unicode").encode()
    for number in range(count):
        node = list(root.iter())[number]
        if not isinstance(node.tag, str):
            continue
        for name in node.attrib:
            copy = etree.fromstring(content)
            del list(copy.iter())[number].attrib[name]
            yield etree.tostring(copy.getroottree(), encoding="unicode").encode()
        if node.text and node.text.strip() and not len(node):
            copy = etree.fromstring(content)
            list(copy.iter())[number].text = ""
            yield etree.tostring(copy.getroottree(), encoding="unicode").encode()
