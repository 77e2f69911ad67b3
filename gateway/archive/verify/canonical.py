"""JSON that has one spelling: sorted names, no spaces, UTF-8."""

import json
import re
from collections.abc import Mapping

_MAX_PROOF = 128  # two hashes for each of 64 levels


class MalformedError(ValueError):
    """A member is not what its name promises."""


def json_value(content: bytes) -> object:
    """Read a value that is written in its one canonical spelling.

    Raises:
        MalformedError: It is not JSON, or spelled otherwise.
    """
    try:
        value: object = json.loads(content.decode())
        written = json.dumps(
            value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
        ).encode()
    except (ValueError, RecursionError) as error:
        raise MalformedError(f"this JSON cannot be read: {error}") from error
    if written != content:
        raise MalformedError("this JSON is not in its canonical form")
    return value


def json_object(content: bytes) -> Mapping[str, object]:
    """Read an object.

    Raises:
        MalformedError: It is no object, or not canonical.
    """
    value = json_value(content)
    if not isinstance(value, dict):
        raise MalformedError("this is not a JSON object")
    return value


def hashes(values: object) -> list[bytes]:
    """Read a list of SHA-256 in lower-case hexadecimal.

    Raises:
        MalformedError: It is not one.
    """
    if not isinstance(values, list) or len(values) > _MAX_PROOF:
        raise MalformedError("a proof is a short list of hashes")
    for value in values:
        if not isinstance(value, str) or not re.fullmatch(r"[0-9a-f]{64}", value):
            raise MalformedError("a hash is 64 hexadecimal digits")
    return [bytes.fromhex(value) for value in values]
