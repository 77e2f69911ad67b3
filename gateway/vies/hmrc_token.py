"""The bearer token for HMRC: asked for once, kept in memory until shortly before it expires."""

import datetime
import json
import threading
from http import HTTPStatus
from urllib.parse import urlencode

from gateway.kit.exchange import Client
from gateway.kit.outbound import Target
from gateway.vies.answers import Fault
from gateway.vies.faults import fault_of
from gateway.vies.wire import Reply, UnansweredError, post

_PATH = "/oauth/token"
_SCOPE = "read:vat"
_HEADERS = {
    "content-type": "application/x-www-form-urlencoded",
    "accept": "application/json",
}
_MARGIN = datetime.timedelta(seconds=60)
"""So long before its end a token is taken for expired: the next question takes time too."""

_REFUSED = (HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)


class Tokens:
    """Gives out the token of one application. Threads that need a new one wait for one request."""

    def __init__(self, http: Client, address: str, client_id: str, client_secret: str) -> None:
        self._http = http
        self._target = Target.parse(address + _PATH)
        self._form = urlencode(
            {
                "grant_type": "client_credentials",
                "client_id": client_id,
                "client_secret": client_secret,
                "scope": _SCOPE,
            }
        ).encode()
        self._lock = threading.Lock()
        self._token = ""
        self._until: datetime.datetime | None = None

    def get(self, now: datetime.datetime, *, instead_of: str | None = None) -> str:
        """Return a token that should be taken now.

        Args:
            now: The present moment.
            instead_of: A token that was refused; whoever comes first fetches another for all.

        Raises:
            UnansweredError: There is none: `ACCESS_REFUSED`, an outage, a limit.
        """
        with self._lock:
            fresh = self._until is not None and now < self._until - _MARGIN
            if not fresh or self._token == instead_of:
                self._until = None
                self._token, seconds = self._fetch(now)
                self._until = now + datetime.timedelta(seconds=seconds)
            return self._token

    def _fetch(self, now: datetime.datetime) -> tuple[str, int]:
        reply = post(self._http, self._target, _HEADERS, self._form)
        if reply.status != HTTPStatus.OK:
            fault = Fault.ACCESS_REFUSED if reply.status in _REFUSED else fault_of(reply.status)
            raise UnansweredError(
                fault, f"No token: HTTP {reply.status}.", retry_after=reply.retry_after(now)
            )
        return _read(reply)


def _read(reply: Reply) -> tuple[str, int]:
    """Return the token and for how many seconds it is good."""
    try:
        body = json.loads(reply.body)
        token, seconds = body["access_token"], body["expires_in"]
    except (ValueError, KeyError, TypeError, RecursionError):
        token, seconds = None, None
    if (
        not isinstance(token, str)
        or not isinstance(seconds, int)
        or not (token.isascii() and token.isprintable() and " " not in token and token)
        or not 0 <= seconds <= 10**9
    ):
        raise UnansweredError(Fault.BAD_ANSWER, "The answer of the token address is no token.")
    return token, seconds
