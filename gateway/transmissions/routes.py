"""What the queue must know of a channel before any adapter is loaded: environment and lanes."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from gateway.kit.tenancy import Environment


@dataclass(frozen=True, slots=True)
class Route:
    """How a channel's messages queue.

    Attributes:
        channel: Its name; the lane's name begins with it.
        environment: Whose messages it carries.
        lanes: Unordered messages are spread over so many lanes, by receiver; None: the order
            matters, and each sender is one lane.
    """

    channel: str
    environment: Environment
    lanes: int | None

    @property
    def ordered(self) -> bool:
        """True when a message may not overtake an unfinished one of the same sender."""
        return self.lanes is None

    def lane(self, sender: str, receiver: str) -> str:
        """Return the lane of a message."""
        if self.lanes is None:
            return f"{self.channel}/{sender}"
        digest = hashlib.sha256(receiver.encode()).digest()
        return f"{self.channel}/{int.from_bytes(digest[:8]) % self.lanes}"


ROUTES: Mapping[str, Route] = MappingProxyType(
    {route.channel: route for route in (Route("sandbox-network", "sandbox", lanes=8),)}
)
"""Every channel. A new one is a line here and an adapter in `gateway/channels`."""


def route_of(lane: str) -> Route:
    """Return the route a lane belongs to."""
    return ROUTES[lane.partition("/")[0]]
