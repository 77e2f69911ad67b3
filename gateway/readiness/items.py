"""The items of a checklist, and what they are in the way of. Pure."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

State = Literal["done", "missing", "not_applicable", "unknown", "warning", "failing"]
Purpose = Literal["sandbox", "live", "sending"]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing an entity needs.

    Attributes:
        id: Stable name.
        title: For people.
        state: `unknown` where nothing here can tell; `warning`: it is there, and will soon not be;
            `failing`: it was there, and is no longer good.
        required_for: What cannot be done without it; empty for good advice.
        fields: Where it is set, as pointers into the entity.
        why: Why it is asked, or what is wrong.
        fix: What to do; None where nothing is to be done.
        source: The act or standard that asks for it.
        ends_at: Until when it is good, where it ends.
        days_left: Whole days until then; negative when it is over.
    """

    id: str
    title: str
    state: State
    required_for: tuple[Purpose, ...]
    fields: tuple[str, ...]
    why: str
    fix: str | None = None
    source: str | None = None
    ends_at: datetime.datetime | None = None
    days_left: int | None = None

    @property
    def in_the_way(self) -> bool:
        """True when something cannot be done because of it."""
        return self.state in {"missing", "failing"} and bool(self.required_for)


def ready_for(items: Sequence[Item], purpose: Purpose) -> bool:
    """Tell whether nothing is in the way of a purpose."""
    return not any(item.in_the_way and purpose in item.required_for for item in items)
