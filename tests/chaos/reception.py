"""Taking a signal as the API's door does, in a word."""

import datetime

from gateway.transmissions import reception
from gateway.transmissions.adapter import Signal
from tests.chaos.ground import Ground


def receive(ground: Ground, channel: str, signal: Signal, now: datetime.datetime) -> str:
    """Return what became of it: `taken`, `known`, `early` ..."""
    found = reception.receive_signal(
        ground.database, ground.journal, channel=channel, signal=signal, now=now
    )
    return found.name.lower()
