"""Webhooks: whether the gateway sent this (Standard Webhooks, version 1)."""

import base64
import binascii
import hmac
import json
import time
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from gateway_client.problems import SignatureError

TOLERANCE = 300
"""Seconds that a webhook may be old, or ahead."""


def verify_webhook(
    secret: str, headers: Mapping[str, str], body: bytes, *, now: float | None = None
) -> Any:  # noqa: ANN401 - the JSON edge
    """Return the event of a webhook that the gateway signed.

    Args:
        secret: `whsec_...` of the endpoint; several with a space between while it is changed.
        headers: Of the request; their case does not matter.
        body: The bytes as they came: JSON that was read and written again has another signature.
        now: Seconds of the epoch; None for this moment.

    Raises:
        SignatureError: No signature fits, or it is too old.
    """
    named = {name.lower(): value for name, value in headers.items()}
    try:
        identifier, stamp = named["webhook-id"], named["webhook-timestamp"]
        given = [one.removeprefix("v1,") for one in named["webhook-signature"].split()]
        moment = int(stamp)
        keys = [base64.b64decode(one.removeprefix("whsec_")) for one in secret.split()]
    except (KeyError, ValueError, binascii.Error) as error:
        raise SignatureError("the webhook's headers or the secret cannot be read") from error
    current = time.time() if now is None else now  # noqa: TID251 - whoever receives has a clock
    if abs(current - moment) > TOLERANCE:
        raise SignatureError("the webhook is too old")
    signed = f"{identifier}.{stamp}.".encode() + body
    for key in keys:
        expected = base64.b64encode(hmac.new(key, signed, sha256).digest()).decode()
        if any(hmac.compare_digest(expected, one) for one in given):
            return json.loads(body)
    raise SignatureError("no signature fits")
