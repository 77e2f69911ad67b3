"""How a number is written: `{code}-{number:06}` makes INV-000042. Pure."""

import re

DEFAULT_PATTERN = "{code}-{number:06}"
MAX_LENGTH = 60

_FIELD = re.compile(r"\{code\}|\{number(?::0([1-9]|1[0-8]))?\}")
_LITERAL = re.compile(r"[A-Za-z0-9 ._/-]*")


def problem_with(pattern: str) -> str | None:
    """Return what is wrong with a pattern, None when nothing is.

    Two series of an entity never make the same number when each writes its `{code}`. Where they
    do not, the database refuses the second document with a number.
    """
    if len(pattern) > MAX_LENGTH:
        return f"is longer than {MAX_LENGTH} characters"
    if sum(match[0].startswith("{number") for match in _FIELD.finditer(pattern)) != 1:
        return "must hold {number} or {number:06} exactly once"
    if not _LITERAL.fullmatch(_FIELD.sub("", pattern)):
        return "may hold letters, digits, space and . _ / - beside {code} and {number}"
    if pattern != pattern.strip():
        return "begins or ends with a space"
    return None


def could_write(pattern: str, code: str, number: str) -> bool:
    """Tell whether a series with this pattern writes, wrote or will write this number."""
    parts, at = [], 0
    for match in _FIELD.finditer(pattern):
        parts.append(re.escape(pattern[at : match.start()]))
        parts.append(re.escape(code) if match[0] == "{code}" else "[0-9]+")
        at = match.end()
    parts.append(re.escape(pattern[at:]))
    return re.fullmatch("".join(parts), number) is not None


def write(pattern: str, code: str, sequence: int) -> str:
    """Return the number of a place in the series."""

    def value(match: re.Match[str]) -> str:
        return code if match[0] == "{code}" else str(sequence).zfill(int(match[1] or 1))

    return _FIELD.sub(value, pattern)
