"""What is wrong with the shape of a JSON value, in the words of whoever wrote it."""

import re
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel

from formats.json.names import known_names, unknown_name

_NO_DECIMAL = "is not a decimal number"
_DIGITS = re.compile(r"[+-]?\d[\d., ]*")
_EXPONENT = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)[eE][+-]?\d+")


def plain_message(error: Any) -> str:  # noqa: ANN401 - a dictionary of pydantic's
    """Say what is wrong without pydantic's own vocabulary."""
    given = error.get("input")
    match error["type"]:
        case "missing":
            return "is required"
        case "extra_forbidden":
            return "is not a name we know here"
        case "string_type" if isinstance(given, int) and not isinstance(given, bool):
            return f'must be a string: write "{given}", and zeros in front if there are any'
        case _:
            message = str(error["msg"]).removeprefix("Value error, ")
            if isinstance(given, str) and message.startswith(_NO_DECIMAL):
                return _no_decimal(given.strip()) or message
            return message


def pointer(path: Sequence[int | str]) -> str:
    """Return a JSON pointer (RFC 6901)."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


def wrong_parts(
    errors: Sequence[Any], model: type[BaseModel] | None = None
) -> list[tuple[str, str]]:
    """Turn pydantic's errors on a value into JSON pointers and messages.

    With the model of a body an unknown name is answered with the known ones.
    """
    return [(pointer(error["loc"]), _message(error, model)) for error in errors]


def _message(error: Any, model: type[BaseModel] | None) -> str:  # noqa: ANN401 - pydantic's
    if model is None or error["type"] != "extra_forbidden":
        return plain_message(error)
    *place, name = error["loc"]
    return unknown_name(str(name), known_names(model, place))


def _no_decimal(given: str) -> str | None:
    """Say which of the usual spellings a text is that is no xs:decimal."""
    if given.endswith("%") and _DIGITS.fullmatch(bare := given[:-1].strip()):
        sent = "has a percent sign; write the number alone"
        return f'{_NO_DECIMAL}: it {sent}, "{bare.replace(",", ".")}"'
    if _EXPONENT.fullmatch(given):
        return f'{_NO_DECIMAL}: it has an exponent; write all digits, e.g. "100" for "1E+2"'
    if _DIGITS.fullmatch(given) and "," in given:
        right = (
            given.replace(",", ".") if given.count(",") == 1 and "." not in given else "1234.50"
        )
        sent = "has a comma; the decimal sign is a point, and thousands have none"
        return f'{_NO_DECIMAL}: it {sent}, e.g. "{right}"'
    return None
