"""The one place where HTTP clients are made: time-outs on, redirects and proxies off."""

import ssl
from pathlib import Path

import httpx2

CONNECT_SECONDS = 5.0
READ_SECONDS = 30.0


def client(
    base_url: str = "",
    *,
    trust: Path | None = None,
    connect_seconds: float = CONNECT_SECONDS,
    read_seconds: float = READ_SECONDS,
    connections: int = 20,
) -> httpx2.Client:
    """Return a client; the caller closes it.

    A redirect is an answer and not followed, and proxies, netrc and certificates named in the
    environment do not count: a message goes where the configuration says, or nowhere.

    Args:
        base_url: What relative addresses are relative to.
        trust: PEM file of the only certificates to trust; None trusts the machine's.
        connect_seconds: Time to connect, and to get a pooled connection.
        read_seconds: The longest silence while reading or writing.
        connections: Connections open at a time.
    """
    context = ssl.create_default_context(cafile=None if trust is None else str(trust))
    return httpx2.Client(
        base_url=base_url,
        verify=context,
        timeout=httpx2.Timeout(
            connect=connect_seconds,
            read=read_seconds,
            write=read_seconds,
            pool=connect_seconds,
        ),
        limits=httpx2.Limits(max_connections=connections, max_keepalive_connections=connections),
        follow_redirects=False,
        trust_env=False,
    )
