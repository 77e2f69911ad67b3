"""Makes abstract patterns and abstract rules concrete, as the skeleton does before it compiles.

- A pattern with `is-a` becomes the abstract pattern of that id with its own id, and `$name` of
  each `param` is replaced by its value in attributes and text. Replaced is text, wherever it
  stands (also in a literal, also at the beginning of a longer name), one parameter after the
  other. The skeleton takes parameters in the order written; here the longest name comes first, so
  that `$BR-1` never spoils `$BR-10`. No official schema tells the two apart.
- `extends rule` becomes the content of the abstract rule: of the same pattern, else of any.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from formats.validation.schematron.model import UnsupportedRuleError
from formats.validation.schematron.node import SCHEMATRON, Node, sch

_PATTERN = sch("pattern")
_RULE = sch("rule")
_PARAM = sch("param")
_EXTENDS = sch("extends")
_LONGEST = 1_000_000
"""A text may become so long: parameters that name each other twice over would grow without end."""
_SAID = {sch("title"), sch("p")}
"""What a pattern may say about itself without changing a verdict."""


def concrete(schema: Node) -> Node:
    """Return a schema without abstract patterns and without `extends`.

    Abstract rules stay where they are, for the next step to leave out.

    Raises:
        UnsupportedRuleError: What is extended or instantiated is missing, ambiguous or circular.
    """
    patterns = [child for child in schema.elements if child.tag == _PATTERN]
    children: list[Node | str] = []
    for child in schema.children:
        if isinstance(child, str) or child.tag != _PATTERN:
            children.append(child)
        elif child.get("is-a") is not None:
            children.append(_instance(child, patterns))
        elif not _is_abstract(child):
            children.append(child)
    rules = [
        rule
        for pattern in children
        if isinstance(pattern, Node)
        for rule in pattern.walk()
        if rule.tag == _RULE and rule.get("id") is not None
    ]
    return schema.having(
        *(
            _extended(child, rules) if isinstance(child, Node) and child.tag == _PATTERN else child
            for child in children
        )
    )


def _is_abstract(node: Node) -> bool:
    return (node.get("abstract") or "false").strip() == "true"


def _instance(pattern: Node, patterns: Iterable[Node]) -> Node:
    name = pattern.required("is-a")
    found = [each for each in patterns if each.get("id") == name and each is not pattern]
    if len(found) != 1:
        raise pattern.refused(f"is a {name!r}, of which there are {len(found)}")
    abstract = found[0]
    if abstract.get("is-a") is not None or any(c.tag == _PARAM for c in abstract.elements):
        raise abstract.refused("is abstract and takes parameters from another one")
    values: dict[str, str] = {}
    for child in pattern.elements:
        if child.tag == _PARAM:
            # CII-SR-282 is given twice in EN 16931's CII binding, and was compiled by the last.
            values[child.required("name")] = child.required("value")
        elif child.namespace == SCHEMATRON and child.tag not in _SAID:
            raise child.refused("stands in a pattern that takes its rules from an abstract one")
    ordered = sorted(values.items(), key=lambda item: -len(item[0]))
    attributes = {k: v for k, v in abstract.attributes.items() if k not in {"id", "abstract"}}
    if (identifier := pattern.get("id")) is not None:
        attributes["id"] = identifier
    return replace(
        abstract,
        attributes=attributes,
        children=tuple(_substituted(child, ordered) for child in abstract.children),
    )


def _substituted(child: Node | str, values: Iterable[tuple[str, str]]) -> Node | str:
    if isinstance(child, str):
        return _replaced(child, values)
    return replace(
        child,
        attributes={name: _replaced(value, values) for name, value in child.attributes.items()},
        children=tuple(_substituted(each, values) for each in child.children),
    )


def _replaced(text: str, values: Iterable[tuple[str, str]]) -> str:
    if "$" in text:
        for name, value in values:
            text = text.replace(f"${name}", value)
            if len(text) > _LONGEST:
                raise UnsupportedRuleError(f"the parameter {name!r} makes a text too long")
    return text


def _extended(pattern: Node, rules: list[Node]) -> Node:
    """Return a pattern whose rules have the content of what they extend."""
    own = [rule for rule in pattern.elements if rule.tag == _RULE and rule.get("id") is not None]
    return pattern.having(
        *(
            child.having(*_content(child, own, rules, ()))
            if isinstance(child, Node) and child.tag == _RULE
            else child
            for child in pattern.children
        )
    )


def _content(
    rule: Node, own: list[Node], rules: list[Node], extending: tuple[str, ...]
) -> Iterator[Node | str]:
    for child in rule.children:
        if isinstance(child, str) or child.tag != _EXTENDS:
            yield child
            continue
        name = child.required("rule")
        if name in extending:
            raise child.refused(f"extends {name!r} by itself")
        found = [each for each in own if each.get("id") == name]
        found = found or [each for each in rules if each.get("id") == name]
        if len(found) != 1 or not _is_abstract(found[0]):
            raise child.refused(f"extends {name!r}: there is no such abstract rule, or several")
        yield from _content(found[0], own, rules, (*extending, name))
