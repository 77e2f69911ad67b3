"""Which mends answer a finding, found by its rule and place and not by trying each."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from formats.explain.repair.edits import Mend
from formats.findings import Finding


class Answers:
    """Mends by what they mend."""

    def __init__(self, mends: Iterable[Mend]) -> None:
        self._at = defaultdict[tuple[str, str | None], list[Mend]](list)
        self._below = defaultdict[tuple[str, str], list[Mend]](list)
        self._by_rule = defaultdict[str, list[Mend]](list)
        for mend in mends:
            for rule in mend.rules:
                self._by_rule[rule].append(mend)
                self._at[rule, mend.place].append(mend)
                for outer in _outer(mend.place):
                    self._below[rule, outer].append(mend)

    def to(self, finding: Finding) -> list[Mend]:
        """Return the mends of a finding: at its place, above or below it, or for any place."""
        rule, pointer = finding.rule, finding.pointer
        if pointer is None:
            return list(self._by_rule.get(rule, ()))
        places = (None, pointer, *_outer(pointer))
        found = [mend for place in places for mend in self._at.get((rule, place), ())]
        return [*found, *self._below.get((rule, pointer), ())]


def _outer(pointer: str | None) -> Iterator[str]:
    """Yield the places around a place."""
    while pointer:
        pointer = pointer.rpartition("/")[0]
        if pointer:
            yield pointer
