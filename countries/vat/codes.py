"""Finding what the law says of a code: the longest prefix that fits decides."""

import datetime
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice
from typing import Generic, TypeVar

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


class Coding(Generic[_Entry]):
    """What the law says by code, found without going through all of it."""

    def __init__(self, entries: Iterable[_Entry], kind: SupplyKind) -> None:
        """Sort the entries by their prefixes.

        Args:
            entries: What the law says, the more special before the more general.
            kind: Goods are looked up by CN, everything else by CPA.
        """
        by_prefix: defaultdict[str, list[_Entry]] = defaultdict(list)
        for entry in entries:
            for prefix in entry.cn if kind is SupplyKind.GOODS else entry.cpa:
                by_prefix[prefix.replace(".", "")].append(entry)
        self._by_prefix = by_prefix
        self._prefixes = sorted(by_prefix)
        self._lengths = sorted({len(prefix) for prefix in by_prefix if prefix}, reverse=True)

    def most_specific(self, code: str, day: datetime.date) -> _Entry | None:
        """Return the entry in force whose prefix of a code is the longest; the first of equals.

        Args:
            code: Of the item.
            day: The day whose law holds.
        """
        wanted = digits(code)
        for length in self._lengths:
            for entry in self._by_prefix.get(wanted[:length], ()) if length <= len(wanted) else ():
                if entry.holds_on(day):
                    return entry
        return None

    def goes_deeper(self, code: str, day: datetime.date) -> bool:
        """Tell whether the law names a part of what a code covers: it says too little then."""
        wanted = digits(code)
        for prefix in islice(self._prefixes, bisect_left(self._prefixes, wanted), None):
            if not prefix.startswith(wanted):
                return False
            if any(entry.holds_on(day) for entry in self._by_prefix[prefix]):
                return True
        return False
