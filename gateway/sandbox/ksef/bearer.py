"""Tokens that a caller carries: JWT (RFC 7519) under HMAC-SHA-256 with a secret of our own."""

import base64
import binascii
import datetime
import hashlib
import hmac
import json

from gateway.sandbox.ksef.shelf import Json

_HEAD = {"alg": "HS256", "typ": "JWT"}


def made(secret: bytes, use: str, login: str, until: datetime.datetime) -> str:
    """Return a token."""
    said = {"typ": use, "ref": login, "exp": until.timestamp()}
    parts = ".".join(_packed(json.dumps(one).encode()) for one in (_HEAD, said))
    return f"{parts}.{_packed(_mac(secret, parts))}"


def read(secret: bytes, token: str, use: str, now: datetime.datetime) -> str | None:
    """Return the login that a token is of; None where it is not good for that use."""
    parts, _, mac = token.rpartition(".")
    try:
        right = hmac.compare_digest(_mac(secret, parts), _unpacked(mac))
        said: Json = json.loads(_unpacked(parts.partition(".")[2])) if right else {}
    except (ValueError, binascii.Error):
        return None
    if said.get("typ") != use or said["exp"] <= now.timestamp():
        return None
    return str(said["ref"])


def _mac(secret: bytes, text: str) -> bytes:
    return hmac.new(secret, text.encode(), hashlib.sha256).digest()


def _packed(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _unpacked(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
