"""The OpenAPI 3.1 document: what FastAPI sees, plus bodies and problems, which it does not.

Endpoints take the body raw, so that digits and pointers are the caller's; `takes(Model)` says
what it must look like. Every operation may answer a problem (RFC 9457).
"""

from collections.abc import Callable, Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from formats.json.contract import describe_bodies
from gateway.kit.ids import PREFIXES

_REF = "#/components/schemas/{model}"
_PROBLEM = {
    "type": "object",
    "description": "An error (RFC 9457). `GET {type}` explains the kind.",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": {"type": "string", "examples": ["/problems/request-invalid"]},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["message"],
                "properties": {
                    "pointer": {"type": "string", "description": "Into the body as sent."},
                    "parameter": {"type": "string"},
                    "header": {"type": "string"},
                    "message": {"type": "string"},
                    "fix": {"type": "string"},
                    "rule": {"type": "string"},
                    "patch": {"type": "array", "items": {"type": "object"}},
                },
            },
        },
    },
}
_PROBLEMS = {
    "4XX": "A problem: what was sent cannot be done, and why.",
    "5XX": "A problem of ours, or of those we depend on: nothing was done.",
}
"""Not `default`, which would describe every other success as a problem too."""
_models: set[type[BaseModel]] = set()
_amendments: list[Callable[[dict[str, Any]], None]] = []


def takes(model: type[BaseModel], media_type: str = "application/json") -> dict[str, Any]:
    """Return `openapi_extra` of an endpoint whose body is read by hand and must be this model."""
    _models.add(model)
    schema = {"$ref": _REF.format(model=model.__name__)}
    return {"requestBody": {"required": True, "content": {media_type: {"schema": schema}}}}


def amends(amendment: Callable[[dict[str, Any]], None]) -> None:
    """Have a feature complete the schemas (by name) with what their models cannot know."""
    if amendment not in _amendments:
        _amendments.append(amendment)


def document(app: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI document; the same for the same code."""
    if app.openapi_schema is None:
        made = get_openapi(
            title=app.title,
            version=app.version,
            description=app.description,
            routes=app.routes,
        )
        _add_models(made)
        for path in made["paths"].values():
            for operation in path.values():
                _add_problems(operation)
        app.openapi_schema = made
    return app.openapi_schema


def describe_prefixes() -> str:
    """Return the table of id prefixes, for the description of the API."""
    return ", ".join(f"`{prefix}_` {meaning}" for prefix, meaning in PREFIXES.items())


def _add_models(made: dict[str, Any]) -> None:
    ordered = sorted(_models, key=lambda model: model.__name__)
    _, definitions = models_json_schema(
        [(model, "validation") for model in ordered], ref_template=_REF
    )
    components = made.setdefault("components", {}).setdefault("schemas", {})
    for name, schema in definitions.get("$defs", {}).items():
        components.setdefault(name, schema)
    describe_bodies(components, ("DocumentInput", "DocumentWithSeller"))
    for amend in _amendments:
        amend(components)
    for name in ("HTTPValidationError", "ValidationError"):  # FastAPI's own, which we never send
        components.pop(name, None)
    components["Problem"] = _PROBLEM
    made["components"]["schemas"] = dict(sorted(components.items()))


def _add_problems(operation: dict[str, Any]) -> None:
    responses: dict[str, Any] = operation["responses"]
    validation: Mapping[str, Any] = responses.get("422", {})
    if "HTTPValidationError" in str(validation):
        del responses["422"]
    content = {"application/problem+json": {"schema": {"$ref": _REF.format(model="Problem")}}}
    for kind, description in _PROBLEMS.items():
        responses.setdefault(kind, {"description": description, "content": content})
