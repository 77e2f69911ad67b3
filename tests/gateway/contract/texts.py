"""Every place of a body that takes a text, as the API's description has it."""

from collections.abc import Iterator, Mapping
from typing import Any

Path = tuple[str | int, ...]
Schemas = Mapping[str, Any]


def places(model: str, schemas: Schemas) -> list[Path]:
    """Return the path of every free text in a model: no list of values to choose from."""
    found = dict.fromkeys(_within({"$ref": f"#/{model}"}, schemas, (), frozenset()))
    return list(found)


def _within(
    schema: Mapping[str, Any], schemas: Schemas, path: Path, seen: frozenset[str]
) -> Iterator[Path]:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        if name not in seen:
            yield from _within(schemas[name], schemas, path, seen | {name})
        return
    for word in ("anyOf", "oneOf", "allOf"):
        for option in schema.get(word, ()):
            yield from _within(option, schemas, path, seen)
    for name, inner in schema.get("properties", {}).items():
        yield from _within(inner, schemas, (*path, name), seen)
    if isinstance(inner := schema.get("additionalProperties"), Mapping):
        yield from _within(inner, schemas, (*path, "key"), seen)
    if isinstance(inner := schema.get("items"), Mapping):
        yield from _within(inner, schemas, (*path, 0), seen)
    if schema.get("type") == "string" and not {"enum", "const"} & schema.keys():
        yield path


def put(body: Any, path: Path, text: str) -> None:  # noqa: ANN401 - JSON
    """Put a text at its place in a body, making what stands around it."""
    *steps, last = path
    for step, after in zip(steps, path[1:], strict=True):
        empty: Any = [] if isinstance(after, int) else {}
        if isinstance(body, list):
            if not body:
                body.append(empty)
            body = body[0]
        else:
            if not isinstance(body.get(step), list | dict):
                body[step] = empty
            body = body[step]
    if isinstance(body, list):
        body[:] = [text]
    else:
        body[last] = text


def at(value: Any, path: Path) -> Any:  # noqa: ANN401 - JSON
    """Return what stands at a place of an answer, None when nothing does."""
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def all_texts(value: Any) -> Iterator[str]:  # noqa: ANN401 - JSON
    """Yield every text of an answer."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from all_texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from all_texts(inner)
