"""The template that SchXslt 1.x writes for a rule."""

import re
from dataclasses import dataclass

from lxml import etree

from formats.validation.xslt.checks import Details, message
from formats.validation.xslt.reading import (
    SVRL,
    XSL,
    Source,
    attributes,
    children,
    tag_of,
    text_only,
    unsupported,
)
from formats.validation.xslt.schxslt_scaffold import SCHXSLT

_MATCHED = "$schxslt:patterns-matched"
_HAD_ITS_RULE = re.compile(rf"{re.escape(_MATCHED)}\[\. = '([^'{{}}]+)'\]")
_HAS_ITS_RULE = re.compile(rf"\({re.escape(_MATCHED)}, '([^'{{}}]+)'\)")
_PLACE = "{schxslt:location(.)}"


@dataclass(frozen=True, slots=True)
class RuleParts:
    """What the template of a rule says.

    Attributes:
        key: Of its pattern.
        marks: Key of the pattern that has its rule when this one fired; meant to be the same.
        body: Its variables and checks; None when it does not say that it fired.
        always: It judges its nodes even when an earlier rule of the pattern did.
    """

    key: str
    marks: str
    body: list[etree._Element] | None
    always: bool


def rule_parts(template: etree._Element) -> RuleParts:
    """Take the template of a rule apart.

    Raises:
        UnsupportedRuleError: It does not pass its node on as SchXslt's templates do.
    """
    if template.nsmap.get("schxslt") != SCHXSLT[1:-1]:
        raise unsupported(template, "the prefix schxslt means something else")
    match children(template):
        case [parameter, choose] if tag_of(choose) == f"{XSL}choose" and _is_list(parameter):
            key, otherwise = _choice(choose)
            marks, body = _fired(otherwise, children(otherwise), key)
            return RuleParts(key, marks, body, always=False)
        case [parameter, rule, following] if _is_list(parameter):
            # As edited by hand: without asking whether the pattern had its rule.
            key = rule.get("pattern", "")
            marks, body = _fired(template, [rule, following], key)
            return RuleParts(key, marks, body, always=True)
        case _:
            raise unsupported(template, "not a rule as SchXslt writes it")


def _choice(choose: etree._Element) -> tuple[str, etree._Element]:
    """Return the key of the pattern, and the branch for when it had no rule yet."""
    attributes(choose, ())
    match children(choose):
        case [when, otherwise] if _tags(when, otherwise) == [f"{XSL}when", f"{XSL}otherwise"]:
            attributes(when, ("test",))
            attributes(otherwise, ())
        case _:
            raise unsupported(choose, "not a choice as SchXslt writes it")
    had = _HAD_ITS_RULE.fullmatch(when.attrib["test"])
    if had is None:
        raise unsupported(when, "not a condition as SchXslt writes it")
    _check_hidden(when, had[1])
    return had[1], otherwise


def details(source: Source, element: etree._Element) -> Details:
    """Read a `svrl:failed-assert` or `svrl:successful-report`."""
    attributes(element, ("location",), ("id", "flag", "role"))
    if element.get("location") != _PLACE:
        raise unsupported(element, "a place that is told in another way")
    for name in ("id", "flag", "role"):
        if "{" in element.get(name, "") or "}" in element.get(name, ""):
            raise unsupported(element, f"{name} is computed")
    texts = []
    for child in children(element):
        match tag_of(child):
            case "{http://purl.oclc.org/dsdl/svrl}text":
                texts.append(message(source, child))
            case "{http://purl.oclc.org/dsdl/svrl}message-code" | (
                "{http://purl.oclc.org/dsdl/svrl}message-category"
            ):
                text_only(child)  # an addition of ZATCA's; the same codes as the ids
            case "{http://www.w3.org/1999/XSL/Transform}attribute" if child.get("name") == "test":
                text_only(child)
            case _:
                raise unsupported(child, "not understood in a check")
    if len(texts) != 1:
        raise unsupported(element, "a check has one text")
    severity = element.get("flag") or element.get("role") or ""
    return Details(element.get("id", ""), severity, texts[0], ())


def _is_list(parameter: etree._Element) -> bool:
    return (
        tag_of(parameter) == f"{XSL}param"
        and dict(parameter.items()) == {"name": _MATCHED[1:], "as": "xs:string*"}
        and not children(parameter)
    )


def _check_hidden(when: etree._Element, key: str) -> None:
    """Hold the branch for a node whose pattern had its rule to saying so and passing it on."""
    match children(when):
        case [rule, following]:
            if _passed_on(following) != _MATCHED:
                raise unsupported(following, "it does not pass its node on")
        case _:
            raise unsupported(when, "not a hidden rule as SchXslt writes it")
    _check_of_pattern(rule, key)
    for child in children(rule):
        if tag_of(child) == f"{XSL}comment":
            text_only(child)
        elif tag_of(child) != f"{SVRL}suppressed-rule":
            raise unsupported(child, "not understood in a hidden rule")


def _fired(
    parent: etree._Element, inside: list[etree._Element], key: str
) -> tuple[str, list[etree._Element] | None]:
    """Return what a rule that fires marks, and its body."""
    *said, following = inside or [parent]
    marks = _HAS_ITS_RULE.fullmatch(_passed_on(following))
    if marks is None or len(said) > 1:
        raise unsupported(parent, "not a rule as SchXslt writes it")
    if not said:
        return marks[1], None
    _check_of_pattern(said[0], key)
    match children(said[0]):
        case [fired, *body] if tag_of(fired) == f"{SVRL}fired-rule":
            _check_fired(fired)
            return marks[1], body
        case _:
            raise unsupported(said[0], "a rule that does not say that it fired")


def _check_fired(fired: etree._Element) -> None:
    attributes(fired, (), ("id", "flag", "role"))
    for child in children(fired):
        attributes(child, ("name",))
        if tag_of(child) != f"{XSL}attribute":
            raise unsupported(child, "not understood in a fired rule")
        for value in children(child) if len(child) else []:
            if tag_of(value) != f"{XSL}value-of" or dict(value.items()) != {"select": "name()"}:
                raise unsupported(value, "not understood in a fired rule")


def _check_of_pattern(rule: etree._Element, key: str) -> None:
    if tag_of(rule) != f"{SCHXSLT}rule" or dict(rule.items()) != {"pattern": key}:
        raise unsupported(rule, f"not a rule of the pattern {key}")


def _passed_on(element: etree._Element) -> str:
    """Return what the next template that matches is told of the patterns that had their rule."""
    if tag_of(element) == f"{XSL}next-match" and not element.attrib:
        match children(element):
            case [passed] if tag_of(passed) == f"{XSL}with-param" and not children(passed):
                attributes(passed, ("name", "as", "select"))
                if (passed.get("name"), passed.get("as")) == (_MATCHED[1:], "xs:string*"):
                    return passed.attrib["select"]
    raise unsupported(element, "it does not pass its node on")


def _tags(*elements: etree._Element) -> list[str]:
    return [tag_of(element) for element in elements]
