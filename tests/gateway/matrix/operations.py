"""Every operation of the API as the OpenAPI document describes it, and how a test calls it."""

import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any, Literal
from urllib.parse import quote
from uuid import uuid4

from typing_extensions import override

from gateway.contract import PATH
from gateway.kinds import DocumentKind
from tests.gateway.matrix.bodies import BODIES, FILES, QUERIES, self_billed
from tests.gateway.matrix.exceptions import FUNCTIONS
from tests.gateway.matrix.names import ID_NAMES, LINKS, NUMBERS_OF_OTHERS, OTHER_NAMES

In = Literal["path", "query", "header", "body"]

SELF_BILLED = "/v1/self-billed-"

OF_ISSUED = ("/send", "/share-links", "/remind", "/subjects", "/holds")
"""How the addresses end that write about an issued document, and not about a draft."""


@dataclass(frozen=True)
class Place:
    """A part of a request that holds an id."""

    where: In
    name: str

    @property
    def of(self) -> str:
        return ID_NAMES[self.name]

    @property
    def optional(self) -> bool:
        """A link of a document's body, which is good without it."""
        return self.where == "body" and self.name in LINKS

    @override
    def __str__(self) -> str:
        return f"{self.where} {self.name}"


@dataclass(frozen=True)
class Operation:
    """One operation of the API."""

    method: str
    path: str
    places: tuple[Place, ...]
    body: str | None
    described: Mapping[str, Any]

    @override
    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def key(self) -> tuple[str, str]:
        return self.method, self.path

    @property
    def writes(self) -> bool:
        reads = self.method == "GET" or self.path.endswith("/preview")
        return not reads and self.key not in FUNCTIONS

    @property
    def asks_all(self) -> bool:
        """Of ten collections made by one function, one stands for all where links are tried."""
        return self.path.startswith("/v1/invoices")

    @property
    def names_entity(self) -> bool:
        """An account's key must say which entity this is about."""
        return Place("header", "Entity-Id") in self.places

    @property
    def document_kind(self) -> str:
        """Which document of a stock it takes: of this kind, issued or still a draft."""
        kind = next((k for k in DocumentKind if f"/{k.collection}" in self.path), None)
        draft = self.writes and not self.path.endswith(OF_ISSUED)
        return f"{kind or DocumentKind.INVOICE}{'_draft' if draft else ''}"

    def request(self, values: Mapping[Place, str]) -> tuple[str, dict[str, Any]]:
        """Return the address and the client's further arguments, with ids in their places."""
        path, headers = self.path, dict[str, str]()
        query = dict(QUERIES.get(self.path, {}))
        body = None if self.body is None else deepcopy(dict(BODIES[self.body]))
        if self.body == "SeriesInput" and body is not None:
            body["code"] = f"M{uuid4().hex[:20]}"
        if self.body in {"MemberInput", "UserInput"} and body is not None:
            body["email"] = f"{uuid4().hex}@example.com"
        if self.body == "DocumentInput" and body is not None and self.path.startswith(SELF_BILLED):
            body = self_billed(body)
        for place, value in values.items():
            if place.where == "path":
                path = path.replace(f"{{{place.name}}}", quote(value, safe=""))
            elif place.where == "query":
                query[place.name] = value
            elif place.where == "header":
                headers[place.name] = value
            elif body is not None:
                links = LINKS if self.body == "DocumentInput" else {}
                _put(body, links.get(place.name, place.name).split("/"), value)
        path = path.replace("{name}", "not-found").replace("{number}", "1")
        path = path.replace("{permission}", "0" * 36)
        path = path.replace("{level}", "0").replace("{tile}", "000.p/1")
        if self.path in FILES:
            content, kind = FILES[self.path]
            headers["Content-Type"] = kind
            return path, {"params": query, "headers": headers, "content": content}
        return path, {"params": query, "headers": headers} | (
            {} if body is None else {"json": body}
        )


@cache
def described() -> dict[str, Any]:
    """Return what the API says of itself; not to be changed.

    As it is written, which takes seconds less than to build an application and to ask it; `make
    check` compares the two.
    """
    written: dict[str, Any] = json.loads(PATH.read_bytes())
    return written


@cache
def operations() -> tuple[Operation, ...]:
    """Return every operation; not while tests are collected.

    Raises:
        AssertionError: A parameter, body model or id in a body is new: decide what it is, above.
    """
    return tuple(_described_in(described()))


def _described_in(described: Mapping[str, Any]) -> Iterator[Operation]:
    models = described["components"]["schemas"]
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            places = [_place(part) for part in operation.get("parameters", ())]
            model = _model(operation)
            assert model is None or model in BODIES, f"no body for {model}"
            places += _ids_within(model, models)
            if path.startswith(SELF_BILLED):  # there the entity itself is the customer
                places = [one for one in places if one != Place("body", "customer_id")]
            yield Operation(method.upper(), path, tuple(filter(None, places)), model, operation)


def _place(part: Mapping[str, Any]) -> Place | None:
    name = part["name"]
    assert name in ID_NAMES or name in OTHER_NAMES, f"is the parameter {name} an id, and of what?"
    return Place(part["in"], name) if name in ID_NAMES else None


def _model(operation: Mapping[str, Any]) -> str | None:
    schemas = [
        content["schema"]
        for content in operation.get("requestBody", {}).get("content", {}).values()
    ]
    names = [schema["$ref"].rpartition("/")[2] for schema in schemas if "$ref" in schema]
    return names[0] if names else None


def _ids_within(model: str | None, models: Mapping[str, Any]) -> list[Place]:
    """Return the members of a body that hold an id: those called id or ..._id, at any depth."""
    found, seen, ahead = list[Place](), set[str](), [model] if model else []
    while ahead:
        name = ahead.pop()
        if name in seen:
            continue
        seen.add(name)
        for member, schema in models[name].get("properties", {}).items():
            if member in NUMBERS_OF_OTHERS:
                continue
            if name in {"DocumentInput", "LineInput"} and member in LINKS:
                found += [Place("body", member)] if model == "DocumentInput" else []
                continue
            if member == "id" or member.endswith("_id"):
                assert member in ID_NAMES, f"is the member {member} of {name} an id, and of what?"
                assert name == model, f"{member} stands deeper in the body: say how to fill it in"
                found.append(Place("body", member))
            ahead += [text.rpartition("/")[2] for text in _references(schema)]
    return found


def _put(body: Any, path: list[str], value: str) -> None:  # noqa: ANN401 - JSON
    """Put a value into a body, at a path whose last step may begin a list."""
    for step, after in pairwise(path):
        if isinstance(body, list):
            body = body[int(step)]
        else:
            body = body.setdefault(step, [] if after.isdigit() else {})
    if isinstance(body, list):
        body.append(value)
    else:
        body[path[-1]] = value


def _references(schema: object) -> Iterator[str]:
    if isinstance(schema, Mapping):
        if isinstance(reference := schema.get("$ref"), str):
            yield reference
        for inner in schema.values():
            yield from _references(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from _references(inner)
