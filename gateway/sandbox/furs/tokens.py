"""Tokens: the signed JSON that goes both ways, and what can be read of it before it is proven."""

import base64
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from gateway.sandbox.kit import jws, replies
from gateway.sandbox.kit.certificates import Pair
from gateway.sandbox.kit.replies import Reply

JSON = "application/json; charset=UTF-8"


def sealed(pair: Pair, said: Mapping[str, Any]) -> Reply:
    """Return a signed answer, as FURS sends it."""
    leaf = pair.certificate
    header = {
        "subject_name": leaf.subject.rfc4514_string(),
        "issuer_name": leaf.issuer.rfc4514_string(),
        "x5c": [base64.b64encode(pair.der).decode()],
        "serial": leaf.serial_number,
    }
    content = json.dumps(said, ensure_ascii=False).encode()
    token = jws.compact(pair, header, jws.encoded(content))
    return replies.plain(200, json.dumps({"token": token}), JSON)


def content_of(body: bytes) -> bytes | None:
    """Return what a token carries, proven or not; None where there is none."""
    token = read(body)
    text = token.get("token") if isinstance(token, dict) else None
    try:
        return jws.decoded(text.split(".")[1]) if isinstance(text, str) else None
    except (ValueError, IndexError):
        return None


def message_id(body: bytes) -> str:
    """Return the id that a message says it has; empty where none can be read."""
    value = read(content_of(body) or b"")
    for request in value.values() if isinstance(value, dict) else ():
        header = request.get("Header") if isinstance(request, dict) else None
        said = header.get("MessageID") if isinstance(header, dict) else None
        if isinstance(said, str):
            return said[:36]
    return ""


def read(content: bytes) -> Any:  # noqa: ANN401 - JSON
    """Return what JSON says, amounts as Decimals; None for what is none."""
    try:
        return json.loads(content, parse_float=Decimal)
    except (ValueError, RecursionError, ArithmeticError):
        return None


def header_of(text: object) -> dict[str, Any] | None:
    """Return the header of a compact JWS; None for what is none."""
    if not isinstance(text, str) or text.count(".") != 2:  # noqa: PLR2004 - RFC 7515
        return None
    try:
        value = read(jws.decoded(text.split(".")[0]))
    except ValueError:
        return None
    return value if isinstance(value, dict) else None
