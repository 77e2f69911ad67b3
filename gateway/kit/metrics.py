"""What this process did, in figures for Prometheus, counted where it is done.

Labels are words of the software (a route's template, a channel, an outcome) and never of a tenant:
no id, no address, no name. So their number is small, and who may read figures learns about nobody.
What stands in tables is not counted here but looked up when it is asked for:
`gateway.monitoring.lookup`.
"""

import prometheus_client
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.gc_collector import GCCollector
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector

prometheus_client.disable_created_metrics()  # type: ignore[no-untyped-call] # a second series for each, which nobody asks for

REGISTRY = CollectorRegistry()
"""Ours alone: libraries that count for themselves do not get in."""

ProcessCollector(registry=REGISTRY)
PlatformCollector(registry=REGISTRY)
GCCollector(registry=REGISTRY)

_QUICK = (0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_PATIENT = (0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300, 900, 3600, 4 * 3600, 24 * 3600)

REQUESTS = Counter(
    "gateway_requests",
    "Requests answered, by the template of their route.",
    ("method", "route", "status"),
    registry=REGISTRY,
)
REQUEST_SECONDS = Histogram(
    "gateway_request_seconds",
    "How long requests took.",
    ("method", "route"),
    buckets=_QUICK,
    registry=REGISTRY,
)
ATTEMPTS = Counter(
    "gateway_attempts",
    "Exchanges with the other side: what for (send, ask), and how they came out.",
    ("channel", "purpose", "outcome"),
    registry=REGISTRY,
)
ATTEMPT_SECONDS = Histogram(
    "gateway_attempt_seconds",
    "How long exchanges with the other side took.",
    ("channel", "purpose"),
    buckets=_QUICK,
    registry=REGISTRY,
)
ISSUE_TO_WIRE_SECONDS = Histogram(
    "gateway_issue_to_wire_seconds",
    "From queueing a message to the first time its bytes were written.",
    ("channel",),
    buckets=(*_QUICK, 60, 300, 3600),
    registry=REGISTRY,
)
WAITS = Histogram(
    "gateway_bucket_wait_seconds",
    "How long a message had to wait for a token of its authority's limits.",
    ("channel", "operation"),
    buckets=_PATIENT,
    registry=REGISTRY,
)
SIGNALS = Counter(
    "gateway_signals",
    "Signals of the other side, and whether they said something new.",
    ("channel", "layer", "reception"),
    registry=REGISTRY,
)
TAKEOVERS = Counter(
    "gateway_lane_takeovers",
    "Lanes taken from an owner who had died or stood still.",
    registry=REGISTRY,
)
LANES_LOST = Counter(
    "gateway_lanes_lost",
    "Lanes that this process lost to another.",
    registry=REGISTRY,
)
TOKEN_SILENCES = Counter(
    "gateway_token_silences",
    "Calls to the token (PKCS #11) that took too long and were left.",
    registry=REGISTRY,
)
TOKEN_CALLS_OUT = Gauge(
    "gateway_token_calls_out",
    "Calls to the token that were left and have not come back; meanwhile it is not asked.",
    registry=REGISTRY,
)
FAILURES = Counter(
    "gateway_background_failures",
    "Background services that failed and were started anew.",
    ("service",),
    registry=REGISTRY,
)


def count_request(method: str, route: str | None, status: int | None, seconds: float) -> None:
    """Count an answered request; an address that leads nowhere counts as route `none`.

    A method that HTTP does not know counts as `OTHER`: strangers must not make series.
    """
    known = method if method in _METHODS else "OTHER"
    place = route or "none"
    REQUESTS.labels(known, place, str(status or 0)).inc()
    REQUEST_SECONDS.labels(known, place).observe(seconds)


def count_attempt(channel: str, purpose: str, outcome: str, seconds: float) -> None:
    """Count an exchange with the other side, and how long it took, answers only."""
    ATTEMPTS.labels(channel, purpose, outcome).inc()
    if seconds:
        ATTEMPT_SECONDS.labels(channel, purpose).observe(seconds)


_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
