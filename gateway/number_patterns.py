"""How a number is written: `{yyyy}/{seq:3}` makes 2026/042. Pure, and known to every feature.

The words: `{seq}` or `{seq:3}` is the place in the series, filled up with zeros (`{number:06}` is
its older spelling); `{yyyy}`, `{yy}` and `{mm}` are the year and month of the issue date;
`{code}`, `{premise}` and `{device}` are the series' own. All else stands as it is.
"""

import datetime
import re
from dataclasses import dataclass
from enum import StrEnum

DEFAULT_PATTERN = "{code}-{number:06}"
MAX_LENGTH = 60

_FIELD = re.compile(
    r"\{(?:(?P<word>code|premise|device|yyyy|yy|mm|seq|number)"
    r"|seq:(?P<width>0?[1-9]|1[0-8])|number:0(?P<zeros>[1-9]|1[0-8]))\}"
)
_LITERAL = re.compile(r"[A-Za-z0-9 ._/-]*")
_DIGITS = {"yyyy": "[0-9]{4}", "yy": "[0-9]{2}", "mm": "[0-9]{2}"}
_PLACES = {"yyyy": 4, "yy": 2, "mm": 2}
_LONGEST_SEQUENCE = 6  # digits a number is measured with; narrower ones grow to it


class Reset(StrEnum):
    """When the count of a series begins again."""

    NEVER = "never"
    YEARLY = "yearly"
    MONTHLY = "monthly"


@dataclass(frozen=True, slots=True)
class Names:
    """What a series is called, and where its documents are issued."""

    code: str
    premise: str = ""
    device: str = ""


def problem_with(pattern: str) -> str | None:
    """Return what is wrong with a pattern, None when nothing is.

    Two series of an entity never make the same number when each writes its `{code}`. Where they
    do not, the database refuses the second document with a number.
    """
    if len(pattern) > MAX_LENGTH:
        return f"is longer than {MAX_LENGTH} characters"
    found = _words(pattern)
    if found.count("seq") != 1:
        return "must hold {seq}, e.g. {seq:3}, exactly once"
    if not _LITERAL.fullmatch(_FIELD.sub("", pattern)):
        return (
            "may hold letters, digits, space and . _ / - beside {seq}, {yyyy}, {yy}, {mm}, {code},"
            " {premise} and {device}"
        )
    if pattern != pattern.strip():
        return "begins or ends with a space"
    return None


def usual_reset(pattern: str, *, yearly: bool = False) -> Reset:
    """Return when a series with this pattern begins again unless somebody says otherwise.

    Args:
        pattern: How its numbers are written.
        yearly: The country's numbers of a premise or device begin again every year, unsaid.
    """
    words = _words(pattern)
    if not names_year(pattern):
        return Reset.YEARLY if yearly and {"premise", "device"} & set(words) else Reset.NEVER
    return Reset.MONTHLY if "mm" in words else Reset.YEARLY


def problem_with_reset(pattern: str, reset: Reset, *, yearly: bool = False) -> str | None:
    """Return why the count cannot begin again so often: the numbers would repeat.

    Args:
        pattern: How the numbers are written.
        reset: How often.
        yearly: The country lets numbers repeat in another year.
    """
    words = set(_words(pattern))
    if reset is Reset.YEARLY and yearly:
        return None
    if reset is not Reset.NEVER and not names_year(pattern):
        return f"is {reset.value}, and the pattern has no {{yyyy}} or {{yy}}: numbers would repeat"
    if reset is Reset.MONTHLY and "mm" not in words:
        return "is monthly, and the pattern has no {mm}: numbers would repeat"
    return None


def period_of(reset: Reset, day: datetime.date) -> str:
    """Return the period whose count a day belongs to: `2026`, `2026-11`, or "" for ever."""
    match reset:
        case Reset.YEARLY:
            return f"{day.year:04}"
        case Reset.MONTHLY:
            return f"{day.year:04}-{day.month:02}"
        case Reset.NEVER:
            return ""


def unnamed_period(pattern: str, reset: Reset, day: datetime.date) -> str:
    """Return the period that a number is of and does not name: `2026`; "" where it needs none."""
    return "" if names_year(pattern) else period_of(reset, day)


def names_year(pattern: str) -> bool:
    """Tell whether numbers say of which year they are."""
    return bool({"yyyy", "yy"} & set(_words(pattern)))


def uses(pattern: str, word: str) -> bool:
    """Tell whether a pattern writes `code`, `premise`, `device` ..."""
    return word in _words(pattern)


def write(pattern: str, names: Names, sequence: int, day: datetime.date) -> str:
    """Return the number of a place in the series."""
    values = {
        "code": names.code,
        "premise": names.premise,
        "device": names.device,
        "yyyy": f"{day.year:04}",
        "yy": f"{day.year % 100:02}",
        "mm": f"{day.month:02}",
    }

    def value(match: re.Match[str]) -> str:
        word = match["word"]
        return values[word] if word in values else str(sequence).zfill(_width(match))

    return _FIELD.sub(value, pattern)


def longest(pattern: str, names: Names) -> str:
    """Return a number as long as the series' numbers get, up to a million in a period."""
    return write(pattern, names, 10**_LONGEST_SEQUENCE - 1, datetime.date(2026, 12, 31))


def could_write(pattern: str, names: Names, number: str) -> bool:
    """Tell whether a series with this pattern writes, wrote or will write this number."""
    own = {"code": names.code, "premise": names.premise, "device": names.device}
    parts, at = [], 0
    for match in _FIELD.finditer(pattern):
        parts.append(re.escape(pattern[at : match.start()]))
        word = match["word"] or "seq"
        parts.append(re.escape(own[word]) if word in own else _DIGITS.get(word, "[0-9]+"))
        at = match.end()
    parts.append(re.escape(pattern[at:]))
    return re.fullmatch("".join(parts), number) is not None


def could_meet(one: tuple[str, Names], other: tuple[str, Names]) -> bool:
    """Tell whether two series, each a pattern and its names, could ever write the same number.

    Years and months count as any digits, each for itself, so that the answer may be yes for
    patterns that never do.
    """
    left, right = _atoms(*one), _atoms(*other)
    ahead, seen = [(0, 0)], {(0, 0)}
    while ahead:
        i, j = ahead.pop()
        if i == len(left) and j == len(right):
            return True
        steps = []
        if i < len(left) and left[i] == _MORE:
            steps.append((i + 1, j))
        if j < len(right) and right[j] == _MORE:
            steps.append((i, j + 1))
        if i < len(left) and j < len(right) and set(left[i][0]) & set(right[j][0]):
            steps.append((i + (left[i] != _MORE), j + (right[j] != _MORE)))
        new = [step for step in steps if step not in seen]
        seen.update(new)
        ahead += new
    return False


_DIGIT = ("0123456789", False)
_MORE = ("0123456789", True)
"""Any number of further digits."""


def _atoms(pattern: str, names: Names) -> list[tuple[str, bool]]:
    """Return the characters of its numbers, one place after the other, each as what it may be."""
    own = {"code": names.code, "premise": names.premise, "device": names.device}
    atoms, at = list[tuple[str, bool]](), 0
    for match in _FIELD.finditer(pattern):
        atoms += [(letter, False) for letter in pattern[at : match.start()]]
        word = match["word"] or "seq"
        if word in own:
            atoms += [(letter, False) for letter in own[word]]
        elif word in _DIGITS:
            atoms += [_DIGIT] * _PLACES[word]
        else:
            atoms += [*[_DIGIT] * _width(match), _MORE]
        at = match.end()
    return atoms + [(letter, False) for letter in pattern[at:]]


def _width(match: re.Match[str]) -> int:
    return int(match["width"] or match["zeros"] or 1)


def _words(pattern: str) -> list[str]:
    """Return the fields of a pattern in order, `seq` for every spelling of the place."""
    words = [match["word"] or "seq" for match in _FIELD.finditer(pattern)]
    return ["seq" if word == "number" else word for word in words]
