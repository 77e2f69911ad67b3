"""A typed client of the e-invoicing gateway.

`types` and `resources` are generated from the committed `openapi.json` by
`scripts/write_clients.py`; the rest is written by hand.
"""

from gateway_client.client import Gateway
from gateway_client.problems import (
    Conflict,
    ConnectionLostError,
    Forbidden,
    GatewayError,
    Invalid,
    NotFound,
    Part,
    Problem,
    RateLimited,
    SignatureError,
    Unauthenticated,
    Unavailable,
)
from gateway_client.transport import Pages, Transport
from gateway_client.webhooks import verify_webhook

__all__ = [
    "Conflict",
    "ConnectionLostError",
    "Forbidden",
    "Gateway",
    "GatewayError",
    "Invalid",
    "NotFound",
    "Pages",
    "Part",
    "Problem",
    "RateLimited",
    "SignatureError",
    "Transport",
    "Unauthenticated",
    "Unavailable",
    "verify_webhook",
]
