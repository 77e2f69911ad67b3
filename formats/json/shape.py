"""What is wrong with the shape of a JSON value, in the words of whoever wrote it."""

from collections.abc import Sequence
from typing import Any


def plain_message(error: Any) -> str:  # noqa: ANN401 - a dictionary of pydantic's
    """Say what is wrong without pydantic's own vocabulary."""
    match error["type"]:
        case "missing":
            return "is required"
        case "extra_forbidden":
            return "is not a name we know here"
        case _:
            return str(error["msg"]).removeprefix("Value error, ")


def pointer(path: Sequence[int | str]) -> str:
    """Return a JSON pointer (RFC 6901)."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


def wrong_parts(errors: Sequence[Any]) -> list[tuple[str, str]]:
    """Turn pydantic's errors on a value into JSON pointers and messages."""
    return [(pointer(error["loc"]), plain_message(error)) for error in errors]
