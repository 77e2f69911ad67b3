"""What outages that an authority announced mean for a message that waits."""

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from countries.outages import Grace, NoMoment
from gateway.kit.clock import written
from gateway.kit.tenancy import TenantTransaction
from gateway.transmissions.control import outages
from gateway.transmissions.control.outages import Notice
from gateway.transmissions.routes import ROUTES


@dataclass(frozen=True, slots=True)
class Suffered:
    """What was announced, and counts for a message.

    Attributes:
        grace: How much time it has, and the mode in which its document counts as issued.
        last: What was announced last of it.
    """

    grace: Grace
    last: Notice

    @property
    def until(self) -> datetime.datetime | None:
        """By when it must be sent; None while nobody can say, and where it need not be."""
        return self.grace.until if isinstance(self.grace.until, datetime.datetime) else None


def of(tx: TenantTransaction, channels: Collection[str]) -> dict[str, tuple[Notice, ...]]:
    """Return what was announced of those channels on which that counts for anything."""
    counts = {
        name
        for name in channels
        if (offline := ROUTES[name].offline) is not None and offline.outages is not None
    }
    return {name: told for name, told in outages.notices(tx, counts).items() if told}


def suffered(
    channel: str, issued: datetime.datetime, notices: Sequence[Notice]
) -> Suffered | None:
    """Return what was announced and counts for what was issued at a moment; None: nothing."""
    offline = ROUTES[channel].offline
    if offline is None:
        return None
    grace, usual = offline.grace(issued, [one.said for one in notices]), offline.grace(issued)
    moves = grace.until != usual.until
    counts = [
        one for one in notices if one.said.holds(issued) or (moves and one.said.begins > issued)
    ]
    return Suffered(grace, max(counts, key=lambda one: one.said.begins)) if counts else None


def as_json(found: Suffered) -> dict[str, Any]:
    """Return it as the API shows it (`OutageView`)."""
    said = found.last.said
    return {
        "mode": found.grace.mode,
        "kind": said.kind.value,
        "begins_at": written(said.begins),
        "ends_at": said.ends and written(said.ends),
        "source": found.last.source,
        "open_end": found.grace.until is NoMoment.OPEN_END,
        "no_duty": found.grace.until is NoMoment.NO_DUTY,
    }


def sentence(found: Suffered) -> str:
    """Say it."""
    said = found.last.said
    text = f"Announced: {said.kind.value} since {written(said.begins)} ({found.last.source})."
    if found.grace.until is NoMoment.OPEN_END:
        return f"{text} It goes on: nobody can say yet by when this must be sent."
    if found.grace.until is NoMoment.NO_DUTY:
        return f"{text} It need not be sent any more, and is not."
    return text
