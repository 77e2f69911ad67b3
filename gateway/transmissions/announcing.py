"""What operators note of outages that authorities announced: begun, ended, corrected, withdrawn.

Nothing is overwritten: each change is a note of its own, with who made it and why. Deadlines that
it moves are counted anew by the workers within seconds.
"""

import datetime
from collections.abc import Sequence
from http import HTTPStatus
from uuid import UUID

from countries.outages import Announced
from gateway.kit.database import Database
from gateway.kit.ids import public_id
from gateway.problems import NotFoundProblem, Problem
from gateway.transmissions.control import outages
from gateway.transmissions.control.outages import Note
from gateway.transmissions.problems import ChannelUnknownProblem
from gateway.transmissions.routes import ROUTES


class OutageRefusedProblem(Problem):
    """The outage cannot be noted so: it would end before it begins, or is noted already."""

    type = "outage-refused"
    title = "The outage cannot be noted so"
    status = HTTPStatus.CONFLICT


def channels() -> tuple[str, ...]:
    """Return the channels on which an announced outage means something by law."""
    return tuple(
        name
        for name, route in sorted(ROUTES.items())
        if route.offline is not None and route.offline.outages is not None
    )


def listed(database: Database) -> tuple[Note, ...]:
    """Return every note, the oldest first."""
    with database.worker_transaction() as tx:
        return outages.history(tx)


def announce(  # noqa: PLR0913 - what a first note says
    database: Database,
    channel: str,
    said: Announced,
    *,
    source: str,
    actor: str,
    now: datetime.datetime,
) -> Note:
    """Note an outage that an authority announced.

    Args:
        database: Where.
        channel: By which wire the authority is reached.
        said: What it announced.
        source: Where it did.
        actor: Who notes it.
        now: When.

    Raises:
        ChannelUnknownProblem: No law that is known makes anything of it on this channel.
        OutageRefusedProblem: It ends before it begins, or overlaps one of its kind.
    """
    if channel not in channels():
        raise ChannelUnknownProblem(f"Announced outages count on {', '.join(channels())}.")
    note = outages.new(channel, said, source, actor, now)
    with database.worker_transaction() as tx:
        outages.hold(tx)
        _refuse(note, outages.current(outages.history(tx)))
        outages.keep(tx, note)
    return note


def change(  # noqa: PLR0913 - what a later note may say otherwise
    database: Database,
    outage: UUID,
    *,
    said: Announced | None = None,
    withdrawn: bool = False,
    source: str | None = None,
    reason: str,
    actor: str,
    now: datetime.datetime,
) -> Note:
    """Note that an outage ended, was another than was noted, or never was.

    Args:
        database: Where.
        outage: Which.
        said: What was announced; None: as before.
        withdrawn: It never was.
        source: Where that was announced; None: as before.
        reason: Why it is changed.
        actor: Who notes it.
        now: When.

    Raises:
        NotFoundProblem: No outage with this id counts.
        OutageRefusedProblem: It would end before it begins, or overlap one of its kind.
    """
    with database.worker_transaction() as tx:
        outages.hold(tx)
        known = outages.current(outages.history(tx))
        before = next((one for one in known if one.outage == outage), None)
        if before is None:
            raise NotFoundProblem
        note = outages.amended(
            before,
            said=said,
            withdrawn=withdrawn,
            source=source,
            reason=reason,
            actor=actor,
            now=now,
        )
        if not withdrawn:
            _refuse(note, [one for one in known if one.outage != outage])
        outages.keep(tx, note)
    return note


def of_id(database: Database, outage: UUID) -> Note:
    """Return what counts of an outage.

    Raises:
        NotFoundProblem: None with this id does.
    """
    for one in outages.current(listed(database)):
        if one.outage == outage:
            return one
    raise NotFoundProblem


def _refuse(note: Note, known: Sequence[Note]) -> None:
    said = note.said
    if said.ends is not None and said.ends <= said.begins:
        raise OutageRefusedProblem("It would end before it begins.")
    for one in known:
        other = one.said
        apart = (said.ends is not None and said.ends <= other.begins) or (
            other.ends is not None and other.ends <= said.begins
        )
        if (one.channel, other.kind) == (note.channel, said.kind) and not apart:
            named = public_id("otg", one.outage)
            raise OutageRefusedProblem(f"{named} is of this kind and time: end it, or correct it.")
