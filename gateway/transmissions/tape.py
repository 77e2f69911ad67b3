"""Where all that goes over the wire passes by, so that an attempt can be recorded, and replayed.

A wire hands every exchange to `through`. While a `Deck` is on (in this thread), it sees the
request and what came of it, or answers in the network's place. Without one, nothing happens.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Protocol, TypeVar

from gateway.transmissions.adapter import Answer, Request
from gateway.transmissions.permits import Permit

Go = Callable[[Request], Answer]


class Deck(Protocol):
    """What exchanges are led through."""

    def exchange(self, request: Request, go: Go) -> Answer:
        """Return the answer to a request; `go` asks the network."""
        ...


D = TypeVar("D", bound=Deck)
_DECK: ContextVar[Deck | None] = ContextVar("deck", default=None)


@dataclass(slots=True)
class Exchange:
    """One request, and what came of it.

    Attributes:
        request: As it was handed to the network.
        answer: As it came; None when none did.
    """

    request: Request
    answer: Answer | None = None


class Recorder:
    """Remembers every exchange in order.

    Attributes:
        exchanges: What passed by.
        permit: For how long bytes may leave; None: for ever.
    """

    def __init__(self) -> None:
        self.exchanges: list[Exchange] = []
        self.permit: Permit | None = None

    def exchange(self, request: Request, go: Go) -> Answer:
        """Let the network answer, and remember both."""
        held = Exchange(request)
        self.exchanges.append(held)
        held.answer = go(request)
        return held.answer


@contextmanager
def running(deck: D) -> Iterator[D]:
    """Lead what this thread exchanges through a deck."""
    before = _DECK.set(deck)
    try:
        yield deck
    finally:
        _DECK.reset(before)


def allowed() -> bool:
    """Tell whether bytes may leave now; every wire asks immediately before it writes."""
    deck = _DECK.get()
    permit = deck.permit if isinstance(deck, Recorder) else None
    return permit is None or permit.holds()


def through(request: Request, go: Go) -> Answer:
    """Exchange a request for its answer; every wire calls this around its network call."""
    deck = _DECK.get()
    return go(request) if deck is None else deck.exchange(request, go)
