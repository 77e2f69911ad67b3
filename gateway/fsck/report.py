"""What a check found, invariant by invariant."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

TITLES: Mapping[str, str] = MappingProxyType(
    {
        "INV1": "what was answered exists with the same bytes",
        "INV2": "numbers are contiguous, unique and in the order of dates",
        "INV3": "every chain has one successor per link",
        "INV4": "one accepted registration per document, and our state is the receiver's",
        "INV5": "every issued document has its evidence: bytes, digest and log leaf agree",
        "INV6": "every published checkpoint is the beginning of the log",
        "INV7": "every event reached every subscriber",
        "INV8": "one idempotency key has one outcome",
        "INV9": "the state shown is what the events add up to",
        "INV10": "nothing waits without a due time",
        "INV11": "what reports sum up is what stands on the documents",
        "INV12": "what is paid on a document is what its payments add up to",
    }
)
"""The invariants."""

_MOST = 1000  # problems kept of one invariant; the rest is counted


@dataclass(frozen=True, slots=True)
class Problem:
    """One broken promise.

    Attributes:
        where: The table or file, and the row's id.
        what: What is wrong there.
    """

    where: str
    what: str


@dataclass(slots=True)
class InvariantReport:
    """One invariant.

    Attributes:
        id: `INV1` ... `INV12`.
        examined: How many things were looked at, by their kind.
        problems: What is wrong, the first thousand.
        suppressed: How many more there are.
    """

    id: str
    examined: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    suppressed: int = 0

    def saw(self, kind: str, count: int = 1) -> None:
        """Count things that were looked at."""
        self.examined[kind] = self.examined.get(kind, 0) + count

    def blame(self, where: str, what: str) -> None:
        """Note a problem."""
        if len(self.problems) < _MOST:
            self.problems.append(Problem(where, what))
        else:
            self.suppressed += 1

    @property
    def title(self) -> str:
        """The promise in words."""
        return TITLES[self.id]

    @property
    def outcome(self) -> Literal["broken", "holds", "nothing to check"]:
        """`holds` only when something was looked at."""
        if self.problems:
            return "broken"
        return "holds" if any(self.examined.values()) else "nothing to check"


@dataclass(frozen=True, slots=True)
class FsckReport:
    """The whole check."""

    invariants: Mapping[str, InvariantReport]

    @property
    def ok(self) -> bool:
        """True when nothing is broken; look at `outcome` for what was looked at at all."""
        return not any(one.problems for one in self.invariants.values())

    @property
    def problems(self) -> tuple[tuple[str, Problem], ...]:
        """Every problem with its invariant."""
        return tuple(
            (one.id, problem) for one in self.invariants.values() for problem in one.problems
        )

    def as_dict(self) -> dict[str, object]:
        """Return the report as JSON."""
        return {
            "ok": self.ok,
            "invariants": [
                {
                    "id": one.id,
                    "title": one.title,
                    "outcome": one.outcome,
                    "examined": dict(one.examined),
                    "problems": [
                        {"where": problem.where, "what": problem.what} for problem in one.problems
                    ],
                    "suppressed": one.suppressed,
                }
                for one in self.invariants.values()
            ],
        }


def empty_report() -> FsckReport:
    """Return a report in which nothing was looked at yet."""
    return FsckReport({name: InvariantReport(name) for name in TITLES})
