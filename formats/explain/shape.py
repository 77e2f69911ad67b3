"""A body of the wrong shape, as findings: rule, pointer, fix, and a patch where one is certain.

Values that are written in another usual way are put right: a decimal comma, a percent sign, a
date in the order of its country, a number where a text is meant, a name with a letter wrong.
"""

import datetime
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from formats.explain import json_patch
from formats.explain.json_patch import Json
from formats.findings import MORE, Finding, Flag, Layer

RULE_SET = "formats.json:document"

MISSING, UNKNOWN, VALUE = "BODY-MISSING", "BODY-UNKNOWN", "BODY-VALUE"

_REQUIRED = {"/buyer": "BR-07", "/customer": "BR-07", "/seller": "BR-06"}
"""Groups without which there is no body, and the rule of EN 16931 that asks for them."""

_UNKNOWN = "is not a name we know here"
_MEANT = re.compile(r"did you mean ([a-z0-9_ ]+)\?")
_DAY_FIRST = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})|(\d{4})(\d{2})(\d{2})")
_SLASHES = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
_MIDNIGHT = re.compile(r"(\d{4}-\d{2}-\d{2})T00:00(:00(\.0+)?)?(Z|[+-]\d{2}:\d{2})?")
_COMMA = re.compile(r"([+-]?\d{1,3}(?:[. ]\d{3})+|[+-]?\d+),(\d{1,2}|\d{4,})")
_THOUSANDS = re.compile(r"([+-]?\d{1,3}(?:,\d{3})+)\.(\d+)")
_MOST = 1_000
"""Findings that are listed: a hostile body could have one for every name in it."""

_MONTHS = 12
_LONG = 6
"""Letters of a name in which one that is another is a slip of the pen."""


def findings(parts: Sequence[tuple[str, str]], value: Json) -> tuple[Finding, ...]:
    """Return the wrong places of a body as findings.

    Args:
        parts: JSON pointers into the body as sent, with what is wrong there.
        value: The body as sent.
    """
    found = [_finding(pointer, message, value) for pointer, message in parts[:_MOST]]
    if len(parts) > _MOST:
        words = f"{len(parts) - _MOST} more findings are not listed."
        found.append(Finding(MORE, RULE_SET, Flag.FATAL, words, pointer="", layer=Layer.XSD))
    return tuple(found)


def _finding(pointer: str, message: str, value: Json) -> Finding:
    rule, fix, patch = _judged(pointer, message, value)
    return Finding(
        rule=rule,
        rule_set=RULE_SET,
        flag=Flag.FATAL,
        message=f"{pointer or 'The body'} {message}{'' if message.endswith('?') else '.'}",
        pointer=pointer,
        fix=fix,
        patch=patch,
        layer=Layer.XSD,
    )


def _judged(
    pointer: str, message: str, value: Json
) -> tuple[str, str, tuple[Mapping[str, object], ...]]:
    if message == "is required":
        name = pointer.rpartition("/")[2]
        return _REQUIRED.get(pointer, MISSING), f"Give {name}.", ()
    if message.startswith(_UNKNOWN):
        return _misnamed(pointer, message, value)
    given = json_patch.at(value, pointer) if json_patch.has(value, pointer) else None
    if isinstance(given, int) and "zeros in front" in message:
        return VALUE, f'Write "{given}", with zeros in front if there are any.', ()
    right = _right(given, message)
    if right is None:
        return VALUE, "Write the value in the form that the message names.", ()
    patch = (
        {"op": "test", "path": pointer, "value": given},
        {"op": "replace", "path": pointer, "value": right},
    )
    return VALUE, f'Write "{right}".', patch


def _misnamed(
    pointer: str, message: str, value: Json
) -> tuple[str, str, tuple[Mapping[str, object], ...]]:
    meant = _MEANT.search(message)
    names = meant[1].split(" or ") if meant else []
    nearly = [name for name in names if _nearly(pointer, name)]
    if len(nearly) != 1:
        return UNKNOWN, "Correct the name, remove it, or put it under metadata.", ()
    target = f"{pointer.rpartition('/')[0]}/{nearly[0]}"
    if json_patch.has(value, target):
        return UNKNOWN, f"Remove it: {nearly[0]} is given already.", ()
    return UNKNOWN, f"Call it {nearly[0]}.", _moved(value, pointer, target)


def _moved(value: Json, source: str, target: str) -> tuple[Mapping[str, object], ...]:
    """Rename what is there, unless the right name is there too."""
    if json_patch.has(value, target) or not json_patch.has(value, source):
        return ()
    return ({"op": "move", "from": source, "path": target},)


def _nearly(one: str, other: str) -> bool:
    """Tell whether two names have the same letters but for their order, or for one."""
    a, b = (name.rpartition("/")[2].lower().replace("_", "") for name in (one, other))
    if len(a) == len(b):
        unlike = [pair for pair in zip(a, b, strict=True) if pair[0] != pair[1]]
        one_letter = len(unlike) == 1 and len(a) >= _LONG and "".join(unlike[0]).isalpha()
        return sorted(a) == sorted(b) or one_letter
    return abs(len(a) - len(b)) == 1 and _one_more(a, b)


def _one_more(a: str, b: str) -> bool:
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))


def _right(given: Json, message: str) -> str | None:
    if not isinstance(given, str):
        return None
    text = given.strip()
    if "date" in message or "calendar" in message:
        return _date(text)
    if "decimal number" in message:
        return _number(text)
    return None


def _date(text: str) -> str | None:
    if match := _MIDNIGHT.fullmatch(text):
        return _day(*match[1].split("-"))
    if match := _DAY_FIRST.fullmatch(text):
        return _day(match[3], match[2], match[1])
    if match := _YEAR_FIRST.fullmatch(text):
        return _day(*(part for part in match.groups() if part))
    if match := _SLASHES.fullmatch(text):
        first, second = int(match[1]), int(match[2])
        if first > _MONTHS >= second or first == second:
            return _day(match[3], match[2], match[1])
        if second > _MONTHS >= first:
            return _day(match[3], match[1], match[2])
    return None  # 3/4/2026 is another day on each side of the ocean


def _day(year: str, month: str, day: str) -> str | None:
    try:
        return datetime.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def _number(text: str) -> str | None:
    bare = text.removesuffix("%").strip()
    if match := _COMMA.fullmatch(bare):
        bare = f"{match[1].replace('.', '').replace(' ', '')}.{match[2]}"
    elif match := _THOUSANDS.fullmatch(bare):
        bare = f"{match[1].replace(',', '')}.{match[2]}"
    if not re.fullmatch(r"[+-]?\d+(\.\d+)?", bare) or bare == text:
        return None
    return f"{Decimal(bare):f}"
