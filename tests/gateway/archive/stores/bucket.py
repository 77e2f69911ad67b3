"""A bucket that answers over a socket: moto's server in a thread."""

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from moto.server import ThreadedMotoServer
from pydantic import SecretStr

from gateway.archive.stores.buckets import client_of
from gateway.settings import Settings

SECRET = "bucket secret"  # noqa: S105 - of the server of the tests


@contextmanager
def served() -> Iterator[str]:
    """Yield the address of a server."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        yield f"http://{host}:{port}"
    finally:
        server.stop()


@functools.cache
def client(url: str) -> Any:  # noqa: ANN401 - boto3 has no types
    """Return who asks; making one costs more than most of what is asked."""
    return client_of(url, "us-east-1", "tester", SECRET)


def made(url: str, *, lock: bool = True) -> str:
    """Make a bucket and return its name."""
    name = f"evidence-{uuid4()}"
    client(url).create_bucket(Bucket=name, ObjectLockEnabledForBucket=lock)
    return name


def settings_of(url: str, bucket: str, data: Path, *, encrypted: bool = False) -> Settings:
    return Settings(
        data=data,
        archive_bucket=bucket,
        archive_url=url,
        archive_access_key="tester",
        archive_secret_key=SecretStr(SECRET),
        archive_encrypted=encrypted,
    )


def key(owner: UUID, digest: bytes) -> str:
    name = digest.hex()
    return f"entities/{owner}/{name[:2]}/{name}"
