"""JSON as people write it: numbers at their written digits, and nothing RFC 8259 leaves open."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NoReturn

MAX_DEPTH = 40
"""Arrays and objects in each other: a body needs 8, and 30 more for sub lines on ten levels."""

MAX_BYTES = 20 * 1024 * 1024
"""Of one text; the body of a 10,000-line invoice has a tenth of it."""

CROWD = 50_000
CHARACTERS_PER_CONTAINER = 16
"""Objects and arrays that a text may have; with more of them, characters for each, as in XML."""

MAX_NUMBER_CHARACTERS = 100
"""Characters of one number. No amount, quantity or count needs a third of it."""

MAX_EXPONENT = 400
"""Of one number. `1E999999999` would be harmless here and a bomb for whoever writes it out."""

# Possessive: a group repeated over a text of any length keeps a mark of 100 bytes for each time.
_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"|[\[\]{},]|-?Infinity|NaN|-?\d[\d.eE+-]*', re.DOTALL)
_BRACKET = re.compile(r'"(?:[^"\\]++|\\.)*+(?:"|\Z)|[\[\]{}]', re.DOTALL)
_MAYBE_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


class MalformedJsonError(ValueError):
    """The bytes are not the JSON that is taken.

    Attributes:
        detail: What is wrong there.
        line: From 1.
        column: From 1.
        offset: From 0, in characters.
    """

    def __init__(self, detail: str, *, line: int, column: int, offset: int) -> None:
        super().__init__(f"line {line}, column {column}: {detail}")
        self.detail = detail
        self.line = line
        self.column = column
        self.offset = offset


class _UnreadableError(ValueError):
    """A value was refused while reading; where it stands is found afterwards."""


def parse_json(content: bytes) -> Any:  # noqa: ANN401 - the JSON edge
    """Read one JSON value: numbers with a fraction or exponent become `Decimal`, whole ones `int`.

    Raises:
        MalformedJsonError: It is not UTF-8, not one JSON value, holds NaN or Infinity, a name
            twice in one object, half a surrogate pair, an endless number, is nested too deep, or
            larger than may be.
    """
    text = _decode(content)
    _check_depth(text)
    try:
        value = json.loads(
            text,
            parse_float=_decimal,
            parse_int=_integer,
            parse_constant=_refuse_constant,
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as error:
        raise _at(text, error.pos, error.msg) from None
    except _UnreadableError as error:
        position, message = next(_refused(text), (0, str(error)))
        raise _at(text, position, message) from None
    if _MAYBE_SURROGATE.search(text):
        for position, message in _refused(text):
            raise _at(text, position, message)
    return value


def other_encoding(content: bytes) -> str | None:
    """Return what an object or array is written in that is not UTF-8; None for everything else.

    RFC 8259, section 8.1, leaves UTF-8 alone; RFC 4627 allowed these two as well.
    """
    if b"\0" not in content[:8]:
        return None
    for codec in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be"):
        start = content[:1024].decode(codec, "replace").lstrip("\ufeff \t\r\n")
        if start.startswith(("{", "[")):
            return codec[:6].upper()
    return None


def _decode(content: bytes) -> str:
    if len(content) > MAX_BYTES:
        raise _at("", 0, f"the text has {len(content)} bytes, more than {MAX_BYTES}")
    if (other := other_encoding(content)) is not None:
        raise _at("", 0, f"this is {other}, and JSON must be UTF-8 (RFC 8259, section 8.1)")
    if not content.strip():
        raise _at("", 0, "a JSON value is expected, the body is empty")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8")
        raise _at(before, len(before), "the bytes are not UTF-8") from None
    if text.startswith("\ufeff"):
        raise _at(text, 0, "the body begins with a byte order mark; leave it out")
    return text


def _check_depth(text: str) -> None:
    """Refuse deep nesting and crowds before a recursive reader sees them."""
    most = max(CROWD, len(text) // CHARACTERS_PER_CONTAINER)
    depth = count = 0
    for token in _BRACKET.finditer(text):
        first = token[0][0]
        if first in "[{":
            depth += 1
            count += 1
            if count > most:
                raise _at(text, token.start(), f"more than {most} objects and arrays")
            if depth > MAX_DEPTH:
                raise _at(text, token.start(), f"nested deeper than {MAX_DEPTH} levels")
        elif first in "]}":
            depth -= 1


def _decimal(digits: str) -> Decimal:
    if (reason := _number_refusal(digits)) is not None:
        raise _UnreadableError(reason)
    return Decimal(digits)


def _integer(digits: str) -> int:
    if (reason := _number_refusal(digits)) is not None:
        raise _UnreadableError(reason)
    return int(digits)


def _number_refusal(digits: str) -> str | None:
    if len(digits) > MAX_NUMBER_CHARACTERS:
        return f"the number has more than {MAX_NUMBER_CHARACTERS} characters"
    exponent = re.split("[eE]", digits)[1:]
    if exponent and abs(int(exponent[0] or 0)) > MAX_EXPONENT:
        return f"the number's exponent is beyond {MAX_EXPONENT}"
    return None


def _refuse_constant(name: str) -> NoReturn:
    raise _UnreadableError(_not_json(name))


def _not_json(name: str) -> str:
    return f"{name} is not JSON"


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise _UnreadableError("a name stands twice in one object")
    return value


def _refused(text: str) -> Iterator[tuple[int, str]]:
    """Yield what is refused though it is well-formed, and where; slow, for broken bodies only."""
    yield from _refused_values(text)
    yield from _repeated_names(text)


def _refused_values(text: str) -> Iterator[tuple[int, str]]:
    for token in _TOKEN.finditer(text):
        word, reason = token[0], None
        if word[0] == '"':
            if any("\ud800" <= letter <= "\udfff" for letter in json.loads(word, strict=False)):
                reason = "the string holds half a surrogate pair"
        elif word.endswith(("Infinity", "NaN")):
            reason = _not_json(word)
        elif word[0] not in "[]{},":
            reason = _number_refusal(word)
        if reason is not None:
            yield token.start(), reason


def _repeated_names(text: str) -> Iterator[tuple[int, str]]:
    open_names: list[set[str] | None] = []  # per open object its names; None for an array
    expects_name = False
    for token in _TOKEN.finditer(text):
        word = token[0]
        if word[0] in "{[":
            open_names.append(set() if word == "{" else None)
            expects_name = word == "{"
        elif word[0] in "}]":
            open_names.pop()
        elif word == ",":
            expects_name = open_names[-1] is not None
        elif expects_name and (names := open_names[-1]) is not None:
            name = json.loads(word, strict=False)
            if name in names:
                yield token.start(), f"the name {name!r} stands twice in one object"
            names.add(name)
            expects_name = False


def _at(text: str, position: int, message: str) -> MalformedJsonError:
    line = text.count("\n", 0, position) + 1
    column = position - text.rfind("\n", 0, position)
    return MalformedJsonError(message, line=line, column=column, offset=position)
