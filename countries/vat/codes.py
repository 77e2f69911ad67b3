"""Finding what the law says of a code: the longest prefix that fits decides."""

import datetime
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TypeVar

from countries.vat.facts import SupplyKind
from countries.vat.system import Coded

_Entry = TypeVar("_Entry", bound=Coded)

_CN = re.compile("[0-9]{2,10}")
_CPA = re.compile("[0-9]{2,6}")
_SEPARATORS = re.compile(r"[\s.]+")
_SHORTEST = 2


@lru_cache(maxsize=8192)
def digits(code: str) -> str:
    """Return a code without the dots and spaces that people write."""
    return _SEPARATORS.sub("", code)


def is_code(code: str, kind: SupplyKind) -> bool:
    """True when a code has the form of CN (for goods) or of CPA 2.1 (for everything else)."""
    form = _CN if kind is SupplyKind.GOODS else _CPA
    return form.fullmatch(digits(code)) is not None


def goes_deeper(entries: Iterable[Coded], kind: SupplyKind, code: str, day: datetime.date) -> bool:
    """Tell whether the law names a part of what a code covers: the code says too little then."""
    wanted = digits(code)
    return any(
        prefix.replace(".", "").startswith(wanted)
        for entry in entries
        if entry.holds_on(day)
        for prefix in (entry.cn if kind is SupplyKind.GOODS else entry.cpa)
    )


def most_specific(
    entries: Iterable[_Entry], kind: SupplyKind, code: str, day: datetime.date
) -> _Entry | None:
    """Return the entry in force whose prefix of the code is the longest; the first of equals.

    Args:
        entries: What the law says, the more special before the more general.
        kind: Goods are looked up by CN, everything else by CPA.
        code: Of the item.
        day: The day whose law holds.
    """
    wanted = digits(code)
    best: _Entry | None = None
    longest = 0
    for entry in entries:
        prefixes = entry.cn if kind is SupplyKind.GOODS else entry.cpa
        for prefix in prefixes:
            bare = prefix.replace(".", "")
            if len(bare) > longest and wanted.startswith(bare) and entry.holds_on(day):
                best, longest = entry, len(bare)
    return best
