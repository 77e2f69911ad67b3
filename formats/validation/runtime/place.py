"""Places: the paths of element names that documents have."""

from typing import Any

_MOST = 50_000
"""Places remembered; a hostile stream of documents could invent names without end."""


_MOST_PLANS = 1_000
"""Plans remembered of one place."""


class Place:
    """A path of element names from the root, shared by all documents of a process.

    What a rule set has to do at a place is worked out once and remembered in `plans`.

    Attributes:
        tag: The last name; empty for the document itself.
        up: The place above; None for the document itself.
        down: The places below, by tag.
        depth: 0 for the document itself.
        plans: What rule sets do here, by rule set.
    """

    __slots__ = ("depth", "down", "plans", "tag", "up")

    def __init__(self, tag: str, up: "Place | None") -> None:
        self.tag = tag
        self.up = up
        self.depth: int = 0 if up is None else up.depth + 1
        self.down: dict[str, Place] = {}
        self.plans: dict[object, Any] = {}

    def plan(self, key: object, plan: object) -> None:
        """Remember what a rule set does here; documents could invent prefixes without end."""
        if len(self.plans) >= _MOST_PLANS:
            self.plans.clear()
        self.plans[key] = plan

    def path(self) -> tuple[str, ...]:
        """Return the names from the root to here."""
        names: list[str] = []
        place = self
        while place.up is not None:
            names.append(place.tag)
            place = place.up
        return tuple(reversed(names))

    def below(self, tag: str) -> "Place":
        """Return the place one name further down."""
        # setdefault is one step for all threads: two of them must never hold two equal places.
        return self.down.setdefault(tag, Place(tag, self))


class Places:
    """The places of a process."""

    def __init__(self) -> None:
        self._top = Place("", None)
        self._count = 0

    def top(self, more: int) -> Place:
        """Return the place of documents.

        Args:
            more: How many places the last document added; too many in all, and all are forgotten.
        """
        self._count += more
        if self._count > _MOST:
            self._top, self._count = Place("", None), 0
        return self._top


PLACES = Places()
