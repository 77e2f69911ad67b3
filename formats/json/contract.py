"""The schema of a body as it may be sent: short names, numbers for amounts, texts for identifiers.

Pydantic describes the body by EN 16931's own names, because the model has no others, and shares
the schemas of its groups with the answers, which hold amounts as strings and identifiers as
objects only. So the groups of bodies get schemas of their own here, called as their models with
`Input` behind.
"""

import copy
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from formats.json.aliases import SHORT_NAMES

Schema = dict[str, Any]

_PREFIX = "#/components/schemas/"
_SUFFIX = "Input"
_IDENTIFIER = f"{_PREFIX}SchemedIdentifier"
_GROUPS: Mapping[str, str] = {"Buyer": "buyer", "Seller": "seller", "Line": "lines"}
"""Groups with short names, and their place in `SHORT_NAMES`."""


def describe_bodies(components: dict[str, Schema], bodies: tuple[str, ...]) -> None:
    """Let the schemas of bodies say what is taken.

    Args:
        components: Every schema by its name; some are added, and those of bodies changed.
        bodies: Names of the schemas of bodies.
    """
    names = [name for name in bodies if name in components]
    reached = _closure(components, names)
    changed = {name for name in reached if name in _GROUPS or _takes_more(components[name])}
    while more := {
        name for name in reached - changed if changed & set(_references(components[name]))
    }:
        changed |= more
    renamed = {name: f"{name}{_SUFFIX}" for name in changed if name not in names}

    def as_input(schema: Schema) -> Schema:
        if schema.get("$ref", "").removeprefix(_PREFIX) in renamed:
            target = renamed[schema["$ref"].removeprefix(_PREFIX)]
            return {**schema, "$ref": _PREFIX + target}
        if schema.get("$ref") == _IDENTIFIER:
            return {"anyOf": [{"type": "string"}, schema]}
        return {**schema, "type": ["string", "number"]} if _is_amount(schema) else schema

    for name in sorted(changed):
        made = _rebuilt(components[name], as_input)
        components[renamed.get(name, name)] = made
        if name in renamed:
            made["title"] = renamed[name]
    for group, place in _GROUPS.items():
        if group in renamed:
            _add_short_names(components, components[renamed[group]], place)
    for name in names:
        _add_short_names(components, components[name], "")
        _loosen(components[name])


def _loosen(body: Schema) -> None:
    """Describe what `formats.json.aliases` does beside renaming."""
    properties = body["properties"]
    for name in ("notes", "note"):
        entry = {"anyOf": [{"type": "string"}, properties["notes"]["items"]]}
        properties[name] = {**properties[name], **_one_or_many(entry)}
    instructions = properties["payment_instructions"]
    properties["payment_instructions"] = {**instructions, **_one_or_many(instructions["items"])}
    for name in ("notes", "note", "payment_instructions"):
        for member in ("type", "items"):
            properties[name].pop(member, None)
    required = [name for name in body.get("required", ()) if name != "buyer"]
    body.pop("required", None)
    if required:
        body["required"] = required
    body["oneOf"] = [{"required": ["buyer"]}, {"required": ["customer"]}]


def _one_or_many(entry: Schema) -> Schema:
    return {"anyOf": [entry, {"type": "array", "items": entry}]}


def _add_short_names(components: dict[str, Schema], group: Schema, place: str) -> None:
    properties = group["properties"]
    for short, name in SHORT_NAMES[place].items():
        outer, _, inner = name.partition("/")
        meant = properties[outer]
        if inner:
            target = next(_references(meant))
            meant = components[target]["properties"][inner]
        described = copy.deepcopy(meant)
        described.pop("title", None)
        described["description"] = f"Short for `{name.replace('/', '.')}`; give one of them."
        properties[short] = described
    group["properties"] = dict(sorted(properties.items()))


def _is_amount(schema: Schema) -> bool:
    return schema.get("type") == "string" and schema.get("examples") == ["12.50"]


def _takes_more(schema: Schema) -> bool:
    parts = _parts(schema)
    return any(_is_amount(part) or part.get("$ref") == _IDENTIFIER for part in parts)


def _parts(value: Any) -> Iterator[Schema]:  # noqa: ANN401 - JSON
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _parts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _parts(inner)


def _references(schema: Schema) -> Iterator[str]:
    for part in _parts(schema):
        if isinstance(target := part.get("$ref"), str):
            yield target.removeprefix(_PREFIX)


def _closure(components: Mapping[str, Schema], names: list[str]) -> set[str]:
    reached: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting.extend(_references(components[name]))
    return reached


def _rebuilt(value: Any, change: Callable[[Schema], Schema]) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, dict):
        return change({name: _rebuilt(inner, change) for name, inner in value.items()})
    if isinstance(value, list):
        return [_rebuilt(inner, change) for inner in value]
    return value
