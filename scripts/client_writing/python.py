"""The generated half of the Python client."""

import keyword
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from scripts.client_writing.operations import Operation

HEAD = '"""{about}\n\nGenerated from openapi.json: change scripts/client_writing.\n"""\n'
_SIMPLE = {"string": "str", "integer": "int", "boolean": "bool", "null": "None"}
_EMPTY = {"json": "Any", "bytes": "bytes", "text": "str", "nothing": "None"}


def annotation(schema: Mapping[str, Any], prefix: str = "") -> str:
    """Return a JSON schema as a Python type. Numbers with a fraction are `Decimal`."""
    if "$ref" in schema:
        return prefix + str(schema["$ref"]).rpartition("/")[2]
    for name in ("anyOf", "oneOf"):
        if name in schema:
            return _either(annotation(one, prefix) for one in schema[name])
    if "const" in schema:
        return f"Literal[{schema['const']!r}]"
    if "enum" in schema:
        return f"Literal[{', '.join(map(repr, schema['enum']))}]"
    kind = schema.get("type")
    if isinstance(kind, list):
        return _either(annotation({**schema, "type": one}, prefix) for one in kind)
    match kind:
        case "number":
            return "Decimal | int"
        case "array":
            return f"Sequence[{annotation(schema.get('items', {}), prefix)}]"
        case "object":
            inner = schema.get("additionalProperties")
            value = annotation(inner, prefix) if isinstance(inner, Mapping) else "Any"
            return f"Mapping[str, {value}]"
        case _:
            return _SIMPLE.get(str(kind), "Any")


def _either(options: Iterator[str]) -> str:
    names = dict.fromkeys(options)
    return "Any" if "Any" in names else " | ".join(names)


def types(schemas: Mapping[str, Any]) -> str:
    """Return `types.py`: a TypedDict for every object, an alias for everything else."""
    lines = [
        HEAD.format(about="What the API takes and gives."),
        "from __future__ import annotations\n",
        "from collections.abc import Mapping, Sequence",
        "from decimal import Decimal",
        "from typing import Any, Literal, NotRequired, Required, TypedDict\n",
    ]
    for name, schema in schemas.items():
        if schema.get("type") == "object" and "properties" in schema:
            lines += ["", *_typed_dict(name, schema)]
        else:
            lines += ["", f"{name} = {annotation(schema)}"]
    return "\n".join(lines) + "\n"


def _typed_dict(name: str, schema: Mapping[str, Any]) -> Iterator[str]:
    required = set(schema.get("required", ()))
    fields = {
        field: f"{'Required' if field in required else 'NotRequired'}[{annotation(one)}]"
        for field, one in schema["properties"].items()
    }
    if all(field.isidentifier() and field not in {"from", "class"} for field in fields):
        yield f"class {name}(TypedDict):"
        yield f'    """{_about(schema, name)}"""\n'
        yield from (f"    {field}: {kind}" for field, kind in fields.items())
        return
    yield f"{name} = TypedDict("
    yield f'    "{name}",'
    inner = ", ".join(f'"{field}": "{kind}"' for field, kind in fields.items())
    yield f"    {{{inner}}},"
    yield ")"


def _about(schema: Mapping[str, Any], name: str) -> str:
    text = (
        str(schema.get("description", name)).split("\n\n")[0].replace("\\", "").replace('"', "'")
    )
    return " ".join(text.split())


def resources(found: Mapping[str, Sequence[Operation]]) -> str:
    """Return `resources.py`: a class for each resource, and all of them together."""
    lines = [
        HEAD.format(about="Every operation of the API, by resource."),
        "from __future__ import annotations\n",
        "from collections.abc import Mapping, Sequence",
        "from decimal import Decimal",
        "from typing import Any, Literal, cast",
        "from urllib.parse import quote\n",
        "from gateway_client import types",
        "from gateway_client.transport import Pages, Transport\n",
    ]
    for resource, methods in found.items():
        if resource:
            lines += [
                "",
                f"class {_class(resource)}:",
                f'    """`/v1/{resource.replace("_", "-")}`."""\n',
            ]
            lines += ["    def __init__(self, transport: Transport) -> None:"]
            lines += ["        self._transport = transport\n"]
            lines += [line for one in methods for line in _method(one)]
    lines += ["", "class Resources:", '    """Everything a key can do."""\n']
    lines += ["    def __init__(self, transport: Transport) -> None:"]
    lines += ["        self._transport = transport"]
    lines += [f"        self.{one} = {_class(one)}(transport)" for one in found if one]
    lines += ["", *(line for one in found.get("", ()) for line in _method(one))]
    return "\n".join(lines) + "\n"


def _class(resource: str) -> str:
    return "".join(word.capitalize() for word in resource.split("_"))


def _method(one: Operation) -> Iterator[str]:
    body = []
    if one.raw:
        json_body = f" | types.{one.body}" if one.body else ""
        body = [f"body: bytes{json_body}", f'content_type: str = "{one.content_type}"']
    elif one.body:
        body = [f"body: types.{one.body}"]
    named = [
        f"{part.variable}: {_optional(annotation(part.schema, 'types.'), required=part.required)}"
        for part in sorted(one.query, key=lambda part: not part.required)
    ]
    if one.metadata:
        named.append("metadata: Mapping[str, str] | None = None")
    if one.entity:
        named.append("entity: str | None = None")
    if one.method == "POST":
        named.append("idempotency_key: str | None = None")
    star = ["*"] if named else []
    given = ", ".join(["self", *(f"{name}: str" for name in one.ids), *body, *star, *named])
    returns = _returns(one)
    name = f"{one.name}_" if keyword.iskeyword(one.name) else one.name
    yield f"    def {name}({given}) -> {returns}:"
    yield f'        """{one.about}: {one.method} {one.path}."""'
    path = f'"{one.path}"'
    if one.ids:
        for part in one.ids:
            path = path.replace(f"{{{part}}}", f"{{quote({part}, safe='')}}")
        path = "f" + path
    query = [f'"{part.name}": {part.variable}' for part in one.query]
    query += ['"metadata": metadata'] if one.metadata else []
    entity = "entity" if one.entity else "None"
    asked = f"{{{', '.join(query)}}}"
    if one.gives == "pages":
        yield f"        return Pages(self._transport, {path}, {asked}, {entity})\n"
        return
    more = [f"query={asked}"] if query else []
    more += ["body=body"] if body else []
    more += ["content_type=content_type"] if one.raw else []
    more += ["entity=entity"] if one.entity else []
    more += ["idempotency_key=idempotency_key"] if one.method == "POST" else []
    call = f'("{one.method}", {", ".join([path, *more])})'
    match one.gives:
        case "bytes":
            yield f"        return self._transport.content{call}\n"
        case "text":
            yield f"        return self._transport.content{call}.decode()\n"
        case "nothing":
            yield f"        self._transport.json{call}\n"
        case _:
            yield f'        return cast("{returns}", self._transport.json{call})\n'


def _returns(one: Operation) -> str:
    if one.answer is None:
        return _EMPTY[one.gives]
    return f"Pages[types.{one.answer}]" if one.gives == "pages" else f"types.{one.answer}"


def _optional(kind: str, *, required: bool) -> str:
    if required:
        return kind
    return f"{kind if 'None' in kind.split(' | ') else f'{kind} | None'} = None"
