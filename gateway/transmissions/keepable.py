"""What the other side wrote, as the database can keep it. Pure.

PostgreSQL holds no NUL and no half of a surrogate pair, and no list needs an endless text.
What is replaced or cut is marked. Nothing is lost by it: the exact bytes are evidence.
"""

import re
from collections.abc import Iterable

REASON = 500
"""Characters of a code."""
TEXT = 2000
"""Characters of what is told to people."""
_NAME = 500
_UNKEPT = re.compile("[\0\ud800-\udfff]")


def text(said: str, most: int = TEXT) -> str:
    """Return a text without what cannot be kept, and no longer than may be."""
    shown = _UNKEPT.sub(lambda found: "\u2400" if found[0] == "\0" else "\ufffd", said)
    return shown if len(shown) <= most else f"{shown[: most - 1]}…"


def is_name(value: str) -> bool:
    """Tell whether a name can be kept as it is: one that was changed would find nothing."""
    return 0 < len(value) <= _NAME and _UNKEPT.search(value) is None


def told(names: Iterable[tuple[str, str]]) -> dict[str, list[list[str]]]:
    """Return what an event says of names that cannot be kept; nothing where there are none."""
    found = shown(names)
    return {"unusable_names": found} if found else {}


def shown(names: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Return names that cannot be kept as they are, as they can be told of."""
    return [[kind, text(value, 100)] for kind, value in names]
