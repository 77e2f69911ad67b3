"""The operations of the API as methods of a client: which resource, which name, what goes in."""

import keyword
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Literal

Gives = Literal["json", "pages", "bytes", "text", "nothing"]

LEFT_OUT = ("/health", "/ready", "/problems/", "/v1/channels/", "/v1/witness/")
"""Addresses that are nothing for a client with a key."""

_COLLECTION = 2  # slashes in /v1/sessions
_VERBS = {"PATCH": "update", "PUT": "replace", "DELETE": "delete"}


@dataclass(frozen=True)
class Parameter:
    """A query parameter."""

    name: str
    schema: Mapping[str, Any]
    required: bool

    @property
    def variable(self) -> str:
        """Its name in code."""
        name = re.sub(r"\W", "_", self.name)
        return f"{name}_" if keyword.iskeyword(name) else name


@dataclass(frozen=True)
class Operation:
    """One method of a client.

    Attributes:
        resource: `invoices`; empty for functions of the client itself.
        name: Of the method.
        body: Name of the schema of a JSON body.
        raw: True when the body may be a document of any format; `content_type` is then the usual.
        gives: What comes back; `answer` is its schema, for pages that of one item.
        entity: Whether it is about one entity.
        metadata: Whether `metadata[name]=value` may be asked for.
    """

    resource: str
    name: str
    method: str
    path: str
    ids: tuple[str, ...]
    query: tuple[Parameter, ...]
    body: str | None
    raw: bool
    content_type: str
    gives: Gives
    answer: str | None
    entity: bool
    metadata: bool
    about: str


def read(described: Mapping[str, Any]) -> dict[str, list[Operation]]:
    """Return the operations by resource.

    Raises:
        ValueError: Two operations of a resource would have one name.
    """
    schemas = described["components"]["schemas"]
    found: dict[str, list[Operation]] = {}
    for path, methods in described["paths"].items():
        if path.startswith(LEFT_OUT):
            continue
        below = any(other.startswith(f"{path}/") for other in described["paths"])
        several = "get" in methods or (path.count("/") == _COLLECTION and below)
        for method, said in methods.items():
            one = _operation(method.upper(), path, said, schemas, several=several)
            same = found.setdefault(one.resource, [])
            names = {other.name for other in same}
            if one.name in names:
                one = replace(one, name=f"{method}_{one.name}")
            if one.name in names:
                raise ValueError(f"{one.resource}.{one.name} stands for two operations: {path}")
            same.append(one)
    return dict(sorted(found.items()))


def _operation(
    method: str,
    path: str,
    said: Mapping[str, Any],
    schemas: Mapping[str, Any],
    *,
    several: bool,
) -> Operation:
    segments = path.removeprefix("/v1/").split("/")
    alone = len(segments) == 1 and method == "POST" and not several
    gives, answer = _answer(method, said, schemas)
    parts = said.get("parameters", [])
    body, raw = _body(said)
    return Operation(
        resource="" if alone else _snake(segments[0]),
        name=_snake(segments[0])
        if alone
        else _name(method, segments, str(answer), gives, raw=raw, several=several),
        method=method,
        path=path,
        ids=tuple(one[1:-1] for one in segments if one.startswith("{")),
        query=tuple(
            Parameter(one["name"], one["schema"], bool(one.get("required")))
            for one in parts
            if one["in"] == "query" and one["name"] not in {"entity_id", "cursor"}
        ),
        body=body,
        raw=raw,
        content_type=_usual(said),
        gives=gives,
        answer=answer,
        entity=any(one["name"] == "Entity-Id" for one in parts),
        metadata=gives == "pages" or (raw and len(segments) == 1 and not alone),
        about=str(said.get("summary") or said["operationId"]),
    )


def _name(
    method: str, segments: Sequence[str], answer: str, gives: Gives, *, raw: bool, several: bool
) -> str:
    rest = segments[1:]
    words = [_snake(one) for one in rest if not one.startswith("{")]
    on_one = bool(rest) and rest[-1].startswith("{")
    if not words:
        if method == "POST":
            return "upload" if raw else "create"
        if method == "GET":
            several = gives == "pages" or answer.endswith(("List", "Feed"))
            return "list" if several else "get"
        return _VERBS[method]
    if on_one:
        return f"{'get' if method == 'GET' else _VERBS[method]}_{_one(words[-1])}"
    if method == "POST" and several:  # the address is that of a list
        return f"create_{_one(words[-1])}"
    nested = any(before.startswith("{") for before, _ in pairwise(rest[1:]))
    if method != "GET" and len(words) > 1 and nested:
        return f"{words[-1]}_{_one(words[-2])}"
    if method in _VERBS:
        return f"{_VERBS[method]}_{'_'.join(words)}"
    return "_".join(words)


def _one(plural: str) -> str:
    if plural.endswith("ies"):
        return plural[:-3] + "y"
    return plural.removesuffix("s")


def _snake(text: str) -> str:
    return text.replace("-", "_")


def _usual(said: Mapping[str, Any]) -> str:
    content = said.get("requestBody", {}).get("content", {})
    return next((kind for kind in ("application/xml", "text/csv") if kind in content), "")


def _body(said: Mapping[str, Any]) -> tuple[str | None, bool]:
    content = said.get("requestBody", {}).get("content", {})
    raw = any(kind not in {"application/json", "application/merge-patch+json"} for kind in content)
    names = [named for one in content.values() for named in _referred(one["schema"])]
    return (names[0] if names else None), raw


def _answer(
    method: str, said: Mapping[str, Any], schemas: Mapping[str, Any]
) -> tuple[Gives, str | None]:
    good = [one for status, one in said["responses"].items() if re.fullmatch("2..", status)]
    content = good[-1].get("content", {})
    if "204" in said["responses"]:
        return "nothing", None
    named = list(_referred(content.get("application/json", {}).get("schema", {})))
    if named:
        shape = schemas[named[0]].get("properties", {})
        if method == "GET" and {"data", "next_cursor"} <= shape.keys():
            (item,) = _referred(shape["data"]["items"])
            return "pages", item
        return "json", named[0]
    if "text/plain" in content:
        return "text", None
    return ("json" if "application/json" in content else "bytes"), None


def _referred(schema: Mapping[str, Any]) -> Iterator[str]:
    if "$ref" in schema:
        yield str(schema["$ref"]).rpartition("/")[2]
