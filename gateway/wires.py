"""The wires of a process as replays see them: they prepare and interpret, and cannot send."""

import datetime
from collections.abc import Callable
from functools import partial

from gateway.channels.places import UnknownPlaceError, place
from gateway.channels.registry import CHANNELS, why_nowhere
from gateway.settings import Settings
from gateway.transmissions import tape
from gateway.transmissions.adapter import Adapter, Answer, Request


class ClosedWireError(RuntimeError):
    """Something was to be sent where nothing may be."""


class ClosedWire:
    """A wire that leads nowhere: what is exchanged on it comes from a deck, or not at all."""

    def exchange(self, request: Request) -> Answer:
        """Return what the deck answers; see `tape`."""
        return tape.through(request, _refuse)


def _refuse(request: Request) -> Answer:
    raise ClosedWireError(request.method)


def offline(
    settings: Settings, channel: str, clock: Callable[[], datetime.datetime]
) -> Adapter | None:
    """Return an adapter that can prepare and interpret, and cannot send; for replays.

    None where this process does not know where the channel leads, or whom it trusts.
    """
    if channel not in CHANNELS:
        return None
    try:
        return CHANNELS[channel].open(place(settings, channel), wire=ClosedWire(), clock=clock)
    except (UnknownPlaceError, OSError, ValueError):
        return None


def nowhere(settings: Settings) -> Callable[[str], str | None]:
    """Return what tells why what is sent by a channel would wait; None of one that goes."""
    return partial(why_nowhere, settings)
