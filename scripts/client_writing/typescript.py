"""The generated half of the TypeScript client: only syntax that a runtime can strip."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from scripts.client_writing.operations import Operation

HEAD = "// Generated from openapi.json by scripts/write_clients.py: change it there.\n"
_SIMPLE = {"string": "string", "integer": "number", "boolean": "boolean", "null": "null"}
_EMPTY = {"json": "unknown", "bytes": "Uint8Array", "text": "string", "nothing": "void"}
_USUAL = "application/xml"
_CALLS = {"bytes": "bytes", "text": "text", "nothing": "nothing", "json": "json"}


def annotation(schema: Mapping[str, Any], prefix: str = "") -> str:
    """Return a JSON schema as a TypeScript type; amounts are strings: a number has no cents."""
    if "$ref" in schema:
        return prefix + str(schema["$ref"]).rpartition("/")[2]
    for name in ("anyOf", "oneOf"):
        if name in schema:
            return " | ".join(dict.fromkeys(annotation(one, prefix) for one in schema[name]))
    if "const" in schema:
        return json.dumps(schema["const"])
    if "enum" in schema:
        return " | ".join(map(json.dumps, schema["enum"]))
    kind = schema.get("type")
    if isinstance(kind, list):
        return " | ".join(
            dict.fromkeys(annotation({**schema, "type": one}, prefix) for one in kind)
        )
    match kind:
        case "number":
            return "string"
        case "array":
            return f"ReadonlyArray<{annotation(schema.get('items', {}), prefix)}>"
        case "object":
            inner = schema.get("additionalProperties")
            value = annotation(inner, prefix) if isinstance(inner, Mapping) else "unknown"
            return f"Readonly<Record<string, {value}>>"
        case _:
            return _SIMPLE.get(str(kind), "unknown")


def types(schemas: Mapping[str, Any]) -> str:
    """Return `types.ts`."""
    lines = [HEAD]
    for name, schema in schemas.items():
        if schema.get("type") == "object" and "properties" in schema:
            required = set(schema.get("required", ()))
            lines.append(f"export interface {name} {{")
            lines += [
                f"  {_key(field)}{'' if field in required else '?'}: {annotation(one)};"
                for field, one in schema["properties"].items()
            ]
            lines.append("}\n")
        else:
            lines.append(f"export type {name} = {annotation(schema)};\n")
    return "\n".join(lines)


def resources(found: Mapping[str, Sequence[Operation]]) -> str:
    """Return `resources.ts`."""
    lines = [
        HEAD,
        'import { Pages, type Labels, type Options, Transport } from "./core.ts";',
        'import type * as types from "./types.ts";\n',
    ]
    for resource, methods in found.items():
        if resource:
            lines += [f"export class {_class(resource)} {{", *_holding()]
            lines += [line for one in methods for line in _method(one)]
            lines += ["}\n"]
    lines += ["export class Resources {", "  readonly transport: Transport;"]
    lines += [f"  readonly {_camel(one)}: {_class(one)};" for one in found if one]
    lines += ["", "  constructor(transport: Transport) {", "    this.transport = transport;"]
    lines += [f"    this.{_camel(one)} = new {_class(one)}(transport);" for one in found if one]
    lines += ["  }\n", *(line for one in found.get("", ()) for line in _method(one)), "}"]
    return "\n".join(lines) + "\n"


def _holding() -> Iterator[str]:
    yield "  readonly transport: Transport;\n"
    yield "  constructor(transport: Transport) {"
    yield "    this.transport = transport;"
    yield "  }\n"


def _method(one: Operation) -> Iterator[str]:
    given = [f"{_camel(name)}: string" for name in one.ids]
    if one.raw:
        given.append(f"body: Uint8Array | string{f' | types.{one.body}' if one.body else ''}")
    elif one.body:
        given.append(f"body: types.{one.body}")
    asked = [
        f"{_key(part.name)}{'' if part.required else '?'}: {annotation(part.schema, 'types.')}"
        for part in one.query
    ]
    asked += ["metadata?: Labels"] if one.metadata else []
    needed = any(part.required for part in one.query)
    fields = "; ".join(asked)
    given.append(f"query: {{ {fields} }}{'' if needed else ' = {}'}" if asked else "")
    given.append("options: Options = {}")
    arguments = ", ".join(one_ for one_ in given if one_)
    path = one.path
    for name in one.ids:
        path = path.replace(f"{{{name}}}", f"${{encodeURIComponent({_camel(name)})}}")
    more = "{ ...options"
    if one.raw and one.content_type != _USUAL:
        more = f'{{ contentType: "{one.content_type}", ...options'
    more += ", query" if asked else ""
    more += ", body" if one.raw or one.body else ""
    more += " }"
    yield f"  /** {one.about}: {one.method} {one.path}. */"
    if one.gives == "pages":
        item = f"types.{one.answer}"
        yield f"  {_camel(one.name)}({arguments}): Pages<{item}> {{"
        yield f"    return new Pages<{item}>(this.transport, `{path}`, {more});"
    else:
        returns = f"types.{one.answer}" if one.answer else _EMPTY[one.gives]
        kind = f"<{returns}>" if one.gives == "json" else ""
        yield f"  {_camel(one.name)}({arguments}): Promise<{returns}> {{"
        call = f'{_CALLS[one.gives]}{kind}("{one.method}", `{path}`, {more})'
        yield f"    return this.transport.{call};"
    yield "  }\n"


def _key(name: str) -> str:
    return name if name.isidentifier() else json.dumps(name)


def _class(resource: str) -> str:
    return "".join(word.capitalize() for word in resource.split("_"))


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
