"""A store in a bucket with Object Lock (S3, or what speaks like it).

`entities/<owner>/ab/abcd...`. An object is put only where none is (`If-None-Match: *`), its
SHA-256 is sent, checked by the other side and compared with what it answers. What Object Lock
promises depends on the bucket, so one without it is refused; and what some servers let pass (a
COMPLIANCE retention made shorter, a version deleted before its day) is refused here, before they
are asked.
"""

import base64
import datetime
import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from typing import Any
from uuid import UUID

from botocore.exceptions import ClientError
from typing_extensions import override

from gateway.archive.stores.buckets import (
    Lock,
    Mode,
    answering,
    code_of,
    end_of,
    last_day,
    refuse_unfit,
)
from gateway.archive.stores.ciphers import AsTheyAre, Cipher
from gateway.archive.stores.problems import EvidenceDamagedProblem, EvidenceLockedProblem
from gateway.archive.stores.protocol import Place, Store
from gateway.kit import clock as machine

_AT_ONCE = 8  # objects of one call that are on their way together
_PREFIX = "entities/"
_KEY = re.compile(r"entities/([0-9a-f-]{36})/[0-9a-f]{2}/([0-9a-f]{64})")
_PROBE = "probe"
_SAID = "kept-until"  # the tag that holds a last day which was over when it was said
_GONE = frozenset({"NoSuchKey", "NoSuchVersion", "404"})
_THERE = frozenset({"PreconditionFailed", "412"})
_KEPT = frozenset({"AccessDenied", "403"})

Named = dict[str, str]
"""Bucket, key and version, as boto3's calls take them."""


class S3Store(Store):
    """The blobs of one installation in a bucket. Thread-safe, as boto3's clients are.

    It asks nobody before it is used: a process starts while the bucket is away.

    Args:
        client: See `buckets.client_of`.
        bucket: Its name.
        mode: How new retention is meant.
        cipher: How bytes are written down.
        clock: The time; a lock must end later.
    """

    def __init__(
        self,
        client: Any,  # noqa: ANN401 - boto3 has no types
        bucket: str,
        mode: Mode,
        cipher: Cipher | None = None,
        *,
        clock: Callable[[], datetime.datetime] = machine.now,
    ) -> None:
        self._client, self._bucket, self._mode = client, bucket, mode
        self._cipher, self._clock = cipher or AsTheyAre(), clock
        self._fit = False

    @property
    @override
    def locks(self) -> bool:
        """True: Object Lock binds whoever has a key of the bucket."""
        return True

    @override
    def put(self, owner: UUID, content: bytes) -> bytes:
        """Store bytes durably and return their SHA-256; see `Store.put`."""
        return self.put_many(owner, (content,))[0]

    @override
    def put_many(self, owner: UUID, contents: Sequence[bytes]) -> tuple[bytes, ...]:
        """Store several; see `Store.put_many`."""
        digests = tuple(sha256(content).digest() for content in contents)
        # Sealed here, not in the threads: the key comes from the database once.
        sealed = {
            digest: self._cipher.seal(owner, digest, content)
            for digest, content in zip(digests, contents, strict=True)
        }
        self._refuse_unfit()
        if len(sealed) < 2:  # noqa: PLR2004 - nothing to do at once
            for digest, stored in sealed.items():
                self._put(owner, digest, stored)
            return digests
        with ThreadPoolExecutor(min(_AT_ONCE, len(sealed)), "bucket") as pool:
            for _ in pool.map(lambda one: self._put(owner, *one), sealed.items()):
                pass
        return digests

    @override
    def get(self, owner: UUID, digest: bytes) -> bytes:
        """Return bytes, checked; see `Store.get`."""
        with answering():
            found = self._read(owner, digest, self._named(owner, digest))
            if found is not None:
                return found
            # Another version, or a mark of deletion, lies over the one that was archived.
            versions = self._listed(owner, digest, "Versions")
            for named in versions:
                found = self._read(owner, digest, named)
                if found is not None:
                    return found
        if versions:
            raise EvidenceDamagedProblem(f"Object {digest.hex()} has other bytes.")
        raise EvidenceDamagedProblem(f"Object {digest.hex()} is missing.", missing=True)

    @override
    def keep(self, owner: UUID, digest: bytes, until: datetime.date, *, hold: bool) -> None:
        """Have all versions kept: which is right is told by reading; see `Store.keep`."""
        with answering():
            versions = self._listed(owner, digest, "Versions")
            if not versions:
                raise EvidenceDamagedProblem(f"Object {digest.hex()} is missing.", missing=True)
            for named in versions:
                lock = Lock.of(self._client, named)
                self._lengthen(named, lock, until)
                if hold != lock.held:
                    self._client.put_object_legal_hold(
                        **named, LegalHold={"Status": "ON" if hold else "OFF"}
                    )

    @override
    def destroy(self, owner: UUID, digest: bytes, *, now: datetime.datetime) -> None:
        """Destroy bytes whose last day is over, with all versions; see `Store.destroy`."""
        with answering():
            versions = self._listed(owner, digest, "Versions")
            for named in versions:  # all are asked before the first one goes
                self._refuse_locked(named, now.date())
            for named in (*versions, *self._listed(owner, digest, "DeleteMarkers")):
                try:
                    self._client.delete_object(**named)
                except ClientError as error:
                    if code_of(error) in _KEPT:
                        raise EvidenceLockedProblem(f"The bucket keeps {named['Key']}.") from error
                    raise

    @override
    def set_aside(self, owner: UUID, digest: bytes) -> None:
        """Put a mark of deletion over an object; its versions stay. See `Store.set_aside`."""
        with answering():
            self._client.delete_object(**self._named(owner, digest))

    @override
    def walk(self, after: Place | None = None) -> Iterator[Place]:
        """Yield every place that has bytes, also under marks of deletion; see `Store.walk`."""
        begin = "" if after is None else _key(after.owner, after.digest)
        more = {"KeyMarker": begin} if begin else {}
        pages = self._client.get_paginator("list_object_versions")
        with answering():
            for page in pages.paginate(Bucket=self._bucket, Prefix=_PREFIX, **more):
                for one in page.get("Versions", ()):
                    name = _KEY.fullmatch(one["Key"])
                    if name is not None and one["Key"] > begin:  # once, whatever versions it has
                        begin = one["Key"]
                        yield Place(UUID(name[1]), bytes.fromhex(name[2]))

    @override
    def probe(self) -> None:
        """Put an empty object where one is from the first time on; see `Store.probe`.

        That it is there already is the answer: who may not write hears something else.
        """
        self._refuse_unfit()
        with answering():
            try:
                self._client.put_object(Bucket=self._bucket, Key=_PROBE, Body=b"", IfNoneMatch="*")
            except ClientError as error:
                if code_of(error) not in _THERE:
                    raise

    def _refuse_unfit(self) -> None:
        """Look once: neither can be taken from a bucket that has Object Lock."""
        if not self._fit:
            refuse_unfit(self._client, self._bucket)
            self._fit = True

    def _put(self, owner: UUID, digest: bytes, stored: bytes) -> None:
        checksum = base64.b64encode(sha256(stored).digest()).decode()
        with answering():
            try:
                answer = self._client.put_object(
                    Bucket=self._bucket,
                    Key=_key(owner, digest),
                    Body=stored,
                    IfNoneMatch="*",
                    ChecksumAlgorithm="SHA256",  # some repeat the sum only then
                    ChecksumSHA256=checksum,
                )
            except ClientError as error:
                if code_of(error) not in _THERE:
                    raise
                self.get(owner, digest)  # what is there must be these bytes
                return
        if answer.get("ChecksumSHA256") != checksum or not answer.get("VersionId"):
            raise EvidenceDamagedProblem(f"Object {digest.hex()} was not stored as it was sent.")

    def _read(self, owner: UUID, digest: bytes, named: Named) -> bytes | None:
        """Return the bytes if they are those of the digest; None for others, or none."""
        try:
            stored = self._client.get_object(**named)["Body"].read()
        except ClientError as error:
            if code_of(error) in _GONE:
                return None
            raise
        try:
            content = self._cipher.open(owner, digest, stored)
        except EvidenceDamagedProblem:
            return None
        return content if sha256(content).digest() == digest else None

    def _lengthen(self, named: Named, lock: Lock, until: datetime.date) -> None:
        """Lock a version; never for shorter, or more weakly, than it is."""
        mode: Mode = "COMPLIANCE" if lock.mode == "COMPLIANCE" else self._mode
        end = max(end_of(until), lock.end or end_of(until))
        if (lock.mode, lock.end) == (mode, end):
            return
        if end <= self._clock():  # a lock cannot end in the past
            said = max(until, self._said(named) or until)
            tags = {"TagSet": [{"Key": _SAID, "Value": said.isoformat()}]}
            self._client.put_object_tagging(**named, Tagging=tags)
            return
        self._client.put_object_retention(
            **named, Retention={"Mode": mode, "RetainUntilDate": end}
        )

    def _said(self, named: Named) -> datetime.date | None:
        for tag in self._client.get_object_tagging(**named)["TagSet"]:
            if tag["Key"] == _SAID:
                return datetime.date.fromisoformat(tag["Value"])
        return None

    def _refuse_locked(self, named: Named, today: datetime.date) -> None:
        lock = Lock.of(self._client, named)
        if lock.held:
            raise EvidenceLockedProblem(f"{named['Key']} is held.")
        until = self._said(named) if lock.end is None else last_day(lock.end)
        if until is None:
            raise EvidenceLockedProblem(f"Nobody said how long {named['Key']} is kept: it stays.")
        if today <= until:
            raise EvidenceLockedProblem(
                f"{named['Key']} is kept until {until}.", until=until.isoformat()
            )

    def _named(self, owner: UUID, digest: bytes) -> Named:
        return {"Bucket": self._bucket, "Key": _key(owner, digest)}

    def _listed(self, owner: UUID, digest: bytes, what: str) -> list[Named]:
        """Return all versions, or marks of deletion, that lie under a key."""
        named = self._named(owner, digest)
        pages = self._client.get_paginator("list_object_versions")
        return [
            {**named, "VersionId": one["VersionId"]}
            for page in pages.paginate(Bucket=self._bucket, Prefix=named["Key"])
            for one in page.get(what, ())
            if one["Key"] == named["Key"]
        ]


def _key(owner: UUID, digest: bytes) -> str:
    name = digest.hex()
    return f"{_PREFIX}{owner}/{name[:2]}/{name}"
