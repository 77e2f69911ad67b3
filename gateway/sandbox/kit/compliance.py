"""Which of an authority's rules were exercised, how often, and which never: the report."""

from collections.abc import Mapping
from typing import Any

from gateway.sandbox.kit.ledger import Book

_PREFIX = "rule:"


class RuleBrokenError(Exception):
    """A call is not taken because of a rule; the message says why.

    Attributes:
        rule: Its id.
        status: The HTTP status it is answered with.
        more: What else is said.
    """

    def __init__(self, rule: str, message: str, status: int, **more: object) -> None:
        super().__init__(message)
        self.rule, self.status, self.more = rule, status, more


class Rulebook:
    """The rules an authority judges by, and what became of them.

    Args:
        rules: What each says, by id.
        book: Where it is counted, so that the report outlives the process.
    """

    def __init__(self, rules: Mapping[str, str], book: Book) -> None:
        self._rules = rules
        self._book = book

    def judged(self, rule: str, *, kept: bool) -> bool:
        """Note that a rule was looked at, and return whether it was kept.

        Raises:
            KeyError: There is no such rule.
        """
        self._rules[rule]
        self._book.count(f"{_PREFIX}{rule}:{'kept' if kept else 'broken'}")
        return kept

    def must(
        self, rule: str, message: str = "", status: int = 422, *, kept: bool, **more: object
    ) -> None:
        """Note that a rule was looked at.

        Raises:
            RuleBrokenError: It was broken.
        """
        if not self.judged(rule, kept=kept):
            raise RuleBrokenError(rule, message, status, **more)

    def broken(self, rule: str, message: str, status: int = 422) -> RuleBrokenError:
        """Note that a rule was broken, and return why the call is not taken."""
        self.judged(rule, kept=False)
        return RuleBrokenError(rule, message, status)

    def report(self) -> dict[str, Any]:
        """Return every rule with its counts, those never looked at, and those always kept."""
        counted = self._book.counters(_PREFIX)
        rules: list[dict[str, Any]] = []
        silent: list[str] = []
        unbroken: list[str] = []
        for rule, says in self._rules.items():
            kept, broken = counted.get(f"{rule}:kept", 0), counted.get(f"{rule}:broken", 0)
            rules.append({"rule": rule, "says": says, "kept": kept, "broken": broken})
            if not broken:
                (unbroken if kept else silent).append(rule)
        return {"rules": rules, "never_exercised": silent, "never_broken": unbroken}
