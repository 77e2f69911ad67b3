"""A bucket with Object Lock, as S3 and what speaks like it have them (boto3, extra `s3`).

What a server says in its way is said here in ours. Servers differ in what they let pass, so
nothing here leans on one refusing: see `gateway.archive.stores.s3`.
"""

import datetime
import errno
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal, Self

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from gateway.archive.stores.problems import ArchiveUnavailableProblem

Mode = Literal["COMPLIANCE", "GOVERNANCE"]
"""COMPLIANCE: nobody shortens it, not the account's root. GOVERNANCE: who has the right may."""

_DAY = datetime.timedelta(days=1)
_MOMENT = datetime.timedelta(microseconds=1)
_UNSET = frozenset({"ObjectLockConfigurationNotFoundError"})
_DENIED = frozenset({"AccessDenied", "403", "InvalidAccessKeyId", "SignatureDoesNotMatch"})

PATIENCE = Config(
    connect_timeout=5,
    read_timeout=30,
    retries={"mode": "standard", "total_max_attempts": 3},  # all of it is safe to repeat
    max_pool_connections=32,
    proxies={},  # none from the environment
    response_checksum_validation="when_required",  # ours tells damage from silence
    s3={"addressing_style": "auto"},
)
"""How long to wait for the other side, and how often to try."""


def client_of(url: str | None, region: str, access_key: str | None, secret_key: str | None) -> Any:  # noqa: ANN401 - boto3 has no types
    """Return a client; it asks nobody before it is used. Thread-safe.

    Args:
        url: Where the service is; None: Amazon's, of the region.
        region: Its region.
        access_key: Who asks; None: whoever the machine is (environment, role), as boto3 finds out.
        secret_key: The key's secret.
    """
    session = boto3.session.Session(
        aws_access_key_id=access_key, aws_secret_access_key=secret_key, region_name=region
    )
    return session.client("s3", endpoint_url=url, config=PATIENCE)


def code_of(error: ClientError) -> str:
    """Return the server's word for what is wrong."""
    return str(error.response.get("Error", {}).get("Code", ""))


@contextmanager
def answering() -> Iterator[None]:
    """Say of whatever goes wrong between here and there that the archive is not available.

    Raises:
        ArchiveUnavailableProblem: The server refuses, fails or does not answer.
    """
    try:
        yield
    except ClientError as error:
        code = code_of(error)
        number = errno.EACCES if code in _DENIED else errno.EIO
        raise ArchiveUnavailableProblem(OSError(number, f"the bucket says {code}")) from error
    except BotoCoreError as error:
        silence = OSError(errno.EHOSTUNREACH, f"the bucket: {type(error).__name__}")
        raise ArchiveUnavailableProblem(silence) from error


def refuse_unfit(client: Any, bucket: str) -> None:  # noqa: ANN401 - boto3 has no types
    """Refuse a bucket in which anybody could replace or destroy evidence.

    Raises:
        ArchiveUnavailableProblem: It has no versioning or no Object Lock, or does not answer.
    """
    with answering():
        versioning = client.get_bucket_versioning(Bucket=bucket).get("Status")
        try:
            found = client.get_object_lock_configuration(Bucket=bucket)
            lock = found.get("ObjectLockConfiguration", {}).get("ObjectLockEnabled")
        except ClientError as error:
            if code_of(error) not in _UNSET:
                raise
            lock = None
    for what, state in (("versioning", versioning), ("Object Lock", lock)):
        if state != "Enabled":
            raise ArchiveUnavailableProblem(OSError(errno.ENOTSUP, f"the bucket has no {what}"))


def end_of(until: datetime.date) -> datetime.datetime:
    """Return the first moment after a day, in UTC."""
    return datetime.datetime.combine(until + _DAY, datetime.time(), datetime.UTC)


def last_day(end: datetime.datetime) -> datetime.date:
    """Return the last day on which a lock that ends then still holds."""
    return (end.astimezone(datetime.UTC) - _MOMENT).date()


@dataclass(frozen=True, slots=True)
class Lock:
    """How a version is kept.

    Attributes:
        mode: By whom it may be ended early; None where it is not locked.
        end: When it ends.
        held: Whether there is a legal hold, which has no end.
    """

    mode: Mode | None
    end: datetime.datetime | None
    held: bool

    @classmethod
    def of(cls, client: Any, named: dict[str, str]) -> Self:  # noqa: ANN401 - boto3 has no types
        """Return that of a version; who may not see it sees none, and may destroy nothing."""
        found = client.head_object(**named)
        mode: Mode | None = found.get("ObjectLockMode")
        end = found.get("ObjectLockRetainUntilDate")
        held = found.get("ObjectLockLegalHoldStatus") == "ON"
        return cls(mode, None if end is None else end.astimezone(datetime.UTC), held)
