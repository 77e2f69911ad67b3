"""JSON as callers send it: numbers at their written digits, and nothing RFC 8259 leaves open."""

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request
from pydantic import BaseModel, ValidationError

from formats.json import parsing
from formats.json.shape import wrong_parts
from gateway.problems import (
    InvalidPart,
    MalformedJsonProblem,
    RequestInvalidProblem,
    UnsupportedMediaTypeProblem,
)

Model = TypeVar("Model", bound=BaseModel)


def parse_json(content: bytes) -> Any:  # noqa: ANN401 - the JSON edge
    """Read a body: numbers with a fraction or exponent become `Decimal`, whole ones `int`.

    Raises:
        MalformedJsonProblem: It is not UTF-8, not one JSON value, holds NaN or Infinity, a name
            twice in one object, half a surrogate pair, an endless number, or is nested too deep.
    """
    try:
        return parsing.parse_json(content)
    except parsing.MalformedJsonError as error:
        raise MalformedJsonProblem(
            f"The body cannot be read at line {error.line}, column {error.column}:"
            f" {error.detail}.",
            line=error.line,
            column=error.column,
            offset=error.offset,
        ) from None


def json_object(content: bytes) -> dict[str, Any]:
    """Read a body that must be a JSON object; see `parse_json`.

    Raises:
        MalformedJsonProblem: It is not JSON.
        RequestInvalidProblem: It is something else than an object.
    """
    value = parse_json(content)
    if not isinstance(value, dict):
        raise RequestInvalidProblem([{"pointer": "", "message": "must be a JSON object"}])
    return value


def to_json(value: object) -> bytes:
    """Write an answer: compact, UTF-8 as it is."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def plain(value: Any) -> Any:  # noqa: ANN401 - the JSON edge
    """Return a parsed body so that it can be written again: decimals as texts, digit for digit."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dict):
        return {name: plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return value


def validated(model: type[Model], value: object) -> Model:
    """Return a parsed body as its model.

    Raises:
        RequestInvalidProblem: It has another shape; every wrong place is listed.
    """
    if not isinstance(value, dict):
        raise RequestInvalidProblem([{"pointer": "", "message": "must be a JSON object"}])
    try:
        return model.model_validate(value)
    except ValidationError as error:
        raise RequestInvalidProblem(invalid_parts(error.errors(include_url=False))) from None


def invalid_parts(errors: Sequence[Any]) -> list[InvalidPart]:
    """Turn pydantic's errors on a body into pointers and messages."""
    return [{"pointer": place, "message": message} for place, message in wrong_parts(errors)]


async def json_content(request: Request) -> bytes:
    """Return the raw body of a request that says it is JSON.

    Raises:
        UnsupportedMediaTypeProblem: It says something else, or is compressed.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json" and not (
        kind.startswith("application/") and kind.endswith("+json")
    ):
        sent = f"not {kind!r}" if kind else "and no Content-Type was sent"
        raise UnsupportedMediaTypeProblem(f"The body must be application/json, {sent}.")
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise UnsupportedMediaTypeProblem("Send the body without Content-Encoding.")
    return await request.body()


JsonContent = Annotated[bytes, Depends(json_content)]
"""For endpoints: the body as sent. They parse it, so pointers and digits are the caller's."""
