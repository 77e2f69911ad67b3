"""A publisher asked over https: bounded in time and size, and never led elsewhere."""

import time
from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

import httpx2

from gateway.artefacts.errors import FetchError, TransferError, UnreachableError
from gateway.artefacts.policy import Policy

Count = Callable[[int], None]
"""Told how many bytes have come, for a progress bar."""

_AGAIN = frozenset({408, 425, 429})


def fetch(client: httpx2.Client, address: str, policy: Policy, count: Count) -> bytes:
    """Return what is at an address.

    Raises:
        FetchError: It is not to be had, after as many attempts as the policy allows.
        UnreachableError: Nobody is there.
    """
    pause = policy.wait_seconds
    for attempt in range(1, policy.attempts + 1):
        try:
            return _attempt(client, address, policy, count)
        except TransferError as error:
            if attempt == policy.attempts:
                nobody = isinstance(error.__cause__, httpx2.ConnectError | httpx2.ConnectTimeout)
                kind = UnreachableError if nobody else FetchError
                raise kind(f"{error} (attempt {attempt} of {policy.attempts})") from error
            time.sleep(pause)
            pause *= 2
    raise FetchError("no attempt is allowed")


def _attempt(client: httpx2.Client, address: str, policy: Policy, count: Count) -> bytes:
    deadline = time.monotonic() + policy.transfer_seconds
    place = address
    for _ in range(policy.redirects + 1):
        try:
            with client.stream("GET", place, headers={"Accept-Encoding": "identity"}) as response:
                if not response.is_redirect:
                    return _body(response, policy, deadline, count)
                place = _next(place, response.headers.get("Location", ""))
        except httpx2.TimeoutException as error:
            raise TransferError(f"{place}: no answer in time") from error
        except httpx2.TransportError as error:
            raise TransferError(f"{place}: {str(error) or type(error).__name__}") from error
        except httpx2.InvalidURL as error:
            raise FetchError(f"{place}: {error}") from error
    raise FetchError(f"{address}: more than {policy.redirects} redirects")


def _next(place: str, location: str) -> str:
    """Return where a redirect leads, if it stays with the publisher over https."""
    target = urljoin(place, location)
    here, there = urlsplit(place), urlsplit(target)
    if not location or there.scheme != "https" or there.netloc != here.netloc:
        raise FetchError(f"{place}: redirected to {target}, which is not followed")
    return target


def _body(response: httpx2.Response, policy: Policy, deadline: float, count: Count) -> bytes:
    status = response.status_code
    if status in _AGAIN or status >= httpx2.codes.INTERNAL_SERVER_ERROR:
        raise TransferError(f"{response.url}: answered {status}")
    if status != httpx2.codes.OK:
        raise FetchError(f"{response.url}: answered {status}")
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise FetchError(f"{response.url}: compressed although that was not asked for")
    content = bytearray()
    for piece in response.iter_raw():  # of no fixed size: that would wait for it to be full
        content += piece
        count(len(piece))
        if len(content) > policy.most_bytes:
            raise FetchError(f"{response.url}: more than {policy.most_bytes} bytes")
        if time.monotonic() > deadline:
            raise TransferError(f"{response.url}: not done after {policy.transfer_seconds:g} s")
    return bytes(content)
