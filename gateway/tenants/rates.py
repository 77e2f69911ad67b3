"""How often somebody may call: sliding windows, in the memory of this process.

Every process counts for itself, so behind a load balancer the limits are per process. A caller is
counted by key or session, who has none by address, those who try tokens by address too; shared
links are counted one by one, and by address.
"""

import ipaddress
import math
import time
from collections.abc import Mapping
from http import HTTPStatus
from uuid import UUID

from fastapi import Request
from limits import RateLimitItem, RateLimitItemPerMinute, RateLimitItemPerSecond
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from gateway.kit import clock
from gateway.problems import Problem
from gateway.settings import Settings

_SWEEP_SECONDS = 30.0
_NETWORK_V6 = 64  # whoever has one IPv6 address has all of its network


class RateLimitedProblem(Problem):
    """You call more often than this gateway allows.

    Wait `Retry-After` seconds and go on. `X-RateLimit-Limit` says how many calls the window has,
    `X-RateLimit-Remaining` how many are left, `X-RateLimit-Reset` in how many seconds there is
    room again. Keys and sessions are counted one by one; calls without a valid one, and attempts
    to exchange links and invitations, by network address; shared links by address and one by one.
    """

    type = "rate-limited"
    title = "Too many requests"
    status = HTTPStatus.TOO_MANY_REQUESTS


class _Memory(MemoryStorage):
    """The library's store, swept now and then instead of a hundred times a second."""

    def __init__(self) -> None:
        self._sweep_at = time.monotonic() + _SWEEP_SECONDS
        super().__init__()

    def _MemoryStorage__schedule_expiry(self) -> None:  # noqa: N802 - the library's own name
        if time.monotonic() >= self._sweep_at:
            self._sweep_at = time.monotonic() + _SWEEP_SECONDS
            super()._MemoryStorage__schedule_expiry()  # type: ignore[misc] # private to it


class Rates:
    """The counters of one process. Thread-safe.

    Args:
        settings: The limits; 0 stands for none.
    """

    def __init__(self, settings: Settings) -> None:
        self._limiter = SlidingWindowCounterRateLimiter(_Memory())
        self._calls = _per_minute(settings.requests_per_minute, "calls")
        self._burst = (
            RateLimitItemPerSecond(settings.requests_per_second, namespace="burst")
            if settings.requests_per_second
            else None
        )
        self._strangers = _per_minute(settings.unauthenticated_per_minute, "strangers")
        self._attempts = _per_minute(settings.attempts_per_minute, "attempts")
        self._visits = _per_minute(settings.shared_per_minute, "visits")
        self._openings = _per_minute(settings.shared_link_per_minute, "openings")

    def count_call(self, who: str) -> Mapping[str, str]:
        """Count a call of a key or session; return the headers that say what is left.

        Raises:
            RateLimitedProblem: It is one too many.
        """
        if self._burst is not None:
            self._count(self._burst, who)
        return {} if self._calls is None else self._count(self._calls, who)

    def count_stranger(self, request: Request) -> None:
        """Count a call without a good key.

        Raises:
            RateLimitedProblem: It is one too many from this address.
        """
        if self._strangers is not None:
            self._count(self._strangers, address_of(request))

    def count_attempt(self, request: Request) -> None:
        """Count an attempt to exchange a token.

        Raises:
            RateLimitedProblem: It is one too many from this address.
        """
        if self._attempts is not None:
            self._count(self._attempts, address_of(request))

    def count_visit(self, request: Request) -> None:
        """Count a request for a shared link, whether there is one or not.

        Raises:
            RateLimitedProblem: It is one too many from this address.
        """
        if self._visits is not None:
            self._count(self._visits, address_of(request))

    def count_opening(self, link: UUID) -> None:
        """Count a request for a shared link there is.

        Raises:
            RateLimitedProblem: It is one too many for this link.
        """
        if self._openings is not None:
            self._count(self._openings, str(link))

    def _count(self, item: RateLimitItem, who: str) -> Mapping[str, str]:
        allowed = self._limiter.hit(item, who)
        reset, remaining = self._limiter.get_window_stats(item, who)
        seconds = max(1, math.ceil(reset - clock.now().timestamp()))
        headers = {
            "X-RateLimit-Limit": str(item.amount),
            "X-RateLimit-Remaining": str(remaining if allowed else 0),
            "X-RateLimit-Reset": str(seconds),
        }
        if not allowed:
            raise RateLimitedProblem(
                f"{item.amount} requests per {item.GRANULARITY.name} are allowed. "
                f"Go on in {seconds} s.",
                headers={"Retry-After": str(seconds), **headers},
            )
        return headers


def address_of(request: Request) -> str:
    """Return whom a stranger counts as: an IPv4 address, the network of an IPv6 one."""
    host = request.client.host if request.client is not None else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if address.version == 4:  # noqa: PLR2004 - the version of the protocol
        return host
    return str(ipaddress.ip_network((address, _NETWORK_V6), strict=False))


def _per_minute(amount: int, name: str) -> RateLimitItem | None:
    return RateLimitItemPerMinute(amount, namespace=name) if amount else None
