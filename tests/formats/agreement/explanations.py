"""Why a difference is one, as explanations.toml says."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.formats.agreement.measuring import Difference

_FILE = Path(__file__).with_name("explanations.toml")


@dataclass(frozen=True, slots=True)
class Explanation:
    """One reason; see the head of the file for what the words mean."""

    rules: tuple[str, ...]
    who: str
    sides: frozenset[str]
    names: tuple[str, ...]
    done: str
    reason: str

    def explains(self, difference: Difference) -> bool:
        """Tell whether this is why both differ."""
        return (
            difference.who == self.who
            and any(_is_meant(rule, difference.rule) for rule in self.rules)
            and (not self.sides or difference.side in self.sides)
            and difference.name.startswith(self.names)
            and re.search(self.done, difference.done) is not None
        )


def _is_meant(wanted: str, rule: str) -> bool:
    return rule.startswith(wanted[:-1]) if wanted.endswith("*") else rule == wanted


def explanation_of(difference: Difference) -> Explanation | None:
    """Return the first explanation of a difference."""
    return next((each for each in explanations() if each.explains(difference)), None)


def unexplained(differences: Iterable[Difference]) -> tuple[Difference, ...]:
    """Return the differences that nothing explains."""
    return tuple(each for each in differences if explanation_of(each) is None)


@cache
def explanations() -> tuple[Explanation, ...]:
    """Return every explanation of the file."""
    data: dict[str, list[dict[str, Any]]] = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return tuple(
        Explanation(
            tuple(entry["rules"]),
            entry["who"],
            frozenset(entry.get("sides", ())),
            tuple(entry.get("names", ("",))),
            entry.get("done", ""),
            entry["reason"],
        )
        for entry in data["explanation"]
    )
