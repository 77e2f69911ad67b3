"""How a wire behaves, as data: shape, patience, limits, and what the law allows offline. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal

from countries.calendars import Span, ends
from countries.outages import Announced, Grace, OutageRule

Operation = Literal["send", "ask", "batch"]
"""What is done on a wire: bytes are sent, or the other side is asked about them; a request with
several messages is sent, and a batch besides."""


class Shape(StrEnum):
    """The four shapes of authorities (D9)."""

    CLEARANCE = "clearance"  # the answer is the verdict
    POLL = "poll"  # the answer is a reference, the verdict is asked for
    NETWORK = "network"  # the answer is a receipt, verdicts are signalled later
    LOCAL = "local"  # a chain on the spot, and a file from time to time


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A token bucket; it is kept in the database, so it holds for all processes together.

    Attributes:
        operation: What needs a token.
        scope: Whose bucket it is: one for the whole authority, or one per credential (per sender
            where a channel knows no credentials).
        tokens: How many it holds when it is full.
        seconds: How long it takes to fill it.
    """

    operation: Operation
    scope: Literal["authority", "credential"]
    tokens: int
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Offline:
    """What the law allows while the authority cannot be reached.

    Attributes:
        after: For how long it must have been away before a message counts as deferred.
        within: How long after its issue a message must be sent, whatever kept it.
        late_after: What waited for so long says that it comes late, as what was deferred does,
            whatever it waited for; None: only what was deferred.
        outages: What the law makes of outages that the authority announces; None: nothing.
    """

    after: timedelta
    within: Span
    late_after: timedelta | None = None
    outages: OutageRule | None = None

    def grace(self, issued: datetime, announced: Sequence[Announced] = ()) -> Grace:
        """Return by when a message must be sent, and in which mode it counts as issued.

        Args:
            issued: When it was.
            announced: All that its authority announced.
        """
        if self.outages is None:
            return Grace(ends(self.within, issued))
        return self.outages(issued, announced)


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """That one request may carry several messages; see `Batching`.

    Attributes:
        most: So many at most.
        least: Fewer that wait go alone, each: where a request of several costs more than one.
    """

    most: int
    least: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Conduct:
    """How a wire behaves.

    Attributes:
        shape: Which of the four it is.
        resend_is_safe: The other side recognises the same bytes; an unknown outcome may be
            resolved by sending again. Otherwise `reconcile` is asked first.
        settle: After this time since sending, "never seen" of the other side can be believed:
            before, our bytes may still be on their way through it.
        deadline: How long after queueing a message may still be sent.
        verdict_within: A verdict that takes longer needs a person.
        response_within: How long the buyer's answer is asked for.
        usual_answer: How long a verdict usually takes; longer silence is worth a look.
        first_ask: A verdict that was not pushed is asked for after this time, then ever more
            rarely ...
        longest_ask: ... but at least so often.
        limits: How often it may be used.
        offline: Whether documents may be issued while it is away; None: they wait.
        batch: Whether one request may carry several messages; None: each goes alone.
    """

    shape: Shape
    resend_is_safe: bool
    settle: timedelta
    deadline: Span
    verdict_within: timedelta
    response_within: timedelta
    usual_answer: timedelta
    first_ask: timedelta
    longest_ask: timedelta
    limits: tuple[Limit, ...] = ()
    offline: Offline | None = None
    batch: Batch | None = None
