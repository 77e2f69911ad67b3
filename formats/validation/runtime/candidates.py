"""Which rules may have something to do with a name, so that a place tries no others."""

from collections.abc import Sequence
from typing import TypeAlias

from formats.validation.runtime.matching import Context

Rule: TypeAlias = tuple[tuple[Context, ...], int]
"""The contexts of a rule, and its number."""

Pattern: TypeAlias = tuple[bool, tuple[Rule, ...]]
"""Whether a pattern visits attributes too, and its rules in their order."""


class Candidates:
    """The rules of a rule set by the last name of their contexts.

    Args:
        patterns: Of the rule set.
    """

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self._patterns = tuple(
            (visited, tuple((_ends(contexts), (contexts, number)) for contexts, number in rules))
            for visited, rules in patterns
        )
        every = (ends for _, rules in self._patterns for ends, _ in rules)
        self._names = frozenset[str | None]().union(*every)
        self._found: dict[str | None, tuple[Pattern, ...]] = {None: self._of(None)}

    def of(self, name: str) -> tuple[Pattern, ...]:
        """Return the patterns with those of their rules that may match something of this name.

        Args:
            name: Of elements or of attributes, with its namespace as Clark wrote it.
        """
        # Names that no rule knows share one answer: documents can have any number of them.
        local = name.rpartition("}")[2]
        known = local if local in self._names else None
        found = self._found.get(known)
        if found is None:
            found = self._found[known] = self._of(known)
        return found

    def _of(self, local: str | None) -> tuple[Pattern, ...]:
        found = []
        for visited, rules in self._patterns:
            left = tuple(rule for ends, rule in rules if local in ends or None in ends)
            if left:
                found.append((visited, left))
        return tuple(found)


def _ends(contexts: tuple[Context, ...]) -> frozenset[str | None]:
    """Return the local names at the ends of contexts; None is any name."""
    return frozenset(steps[-1][3] for _, steps in contexts if steps)
