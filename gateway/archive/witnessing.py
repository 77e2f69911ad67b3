"""This installation as a witness of other logs (C2SP tlog-witness).

It cosigns a checkpoint when the log is one it was told of, the log signed it, and a proof shows
that the log only grew since the last one it cosigned. What it cosigned is on disk before the
cosignature leaves, under a lock, so that it never says of one log two things that contradict.
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

import structlog

from gateway.archive import anchor_repository, merkle
from gateway.archive.checkpoint import Checkpoint
from gateway.archive.cosignatures import cosign
from gateway.archive.keys import WitnessKey
from gateway.archive.merkle import EMPTY_ROOT, ProofError
from gateway.archive.notes import NoteError, Verifier, split
from gateway.archive.witness_request import AddCheckpoint
from gateway.kit.database import Database
from gateway.problems import (
    ForbiddenProblem,
    MalformedRequestProblem,
    NotFoundProblem,
    RequestInvalidProblem,
)

_log = structlog.get_logger(__name__)


class OtherSizeError(Exception):
    """The log names another size than the last one that was cosigned, or another root of it.

    Attributes:
        size: The size of the last checkpoint that was cosigned.
    """

    def __init__(self, size: int) -> None:
        super().__init__(str(size))
        self.size = size


@dataclass(frozen=True, slots=True)
class Witnessing:
    """The witness of a process.

    Attributes:
        database: Holds what was cosigned.
        key: Signs.
        logs: By origin, the keys of the logs that are witnessed.
    """

    database: Database
    key: WitnessKey
    logs: Mapping[str, tuple[Verifier, ...]]

    @classmethod
    def of(cls, database: Database, key: WitnessKey, logs: Iterable[Verifier]) -> Self:
        """Return a witness of some logs, each known by one key or by several."""
        known: dict[str, tuple[Verifier, ...]] = {}
        for one in logs:
            known[one.name] = (*known.get(one.name, ()), one)
        return cls(database, key, known)

    def add_checkpoint(self, body: str, now: datetime.datetime) -> str:
        """Cosign a checkpoint, and return the signature lines.

        Raises:
            MalformedRequestProblem: 400: no such request, or an old size beyond the new one.
            NotFoundProblem: 404: the log is not one that is witnessed here.
            ForbiddenProblem: 403: none of the log's keys signed the checkpoint.
            OtherSizeError: 409: another checkpoint was cosigned last.
            RequestInvalidProblem: 422: the proof does not show that the log only grew.
        """
        try:
            asked = AddCheckpoint.parse(body)
            text, _ = split(asked.checkpoint)
            origin = Checkpoint.parse(text).origin
        except NoteError as error:
            raise MalformedRequestProblem(f"{error}.") from None
        head = self._verified(asked.checkpoint, origin)
        if asked.old > head.size:
            raise MalformedRequestProblem("The old size is larger than the checkpoint's.")
        empty = Checkpoint(head.origin, 0, EMPTY_ROOT)
        with self.database.worker_transaction() as transaction:
            size, root = anchor_repository.lock_witnessed(transaction, empty, now)
            if asked.old != size:
                raise OtherSizeError(size)
            if size == head.size and root != head.root:
                _log.error("witnessed_log_forked", origin=origin, size=size)
                raise OtherSizeError(size)
            try:
                merkle.verify_consistency(size, head.size, root, head.root, asked.proof)
            except ProofError as error:
                _log.warning("witnessed_log_not_proved", origin=origin, size=head.size)
                message = f"the consistency proof does not hold: {error}"
                raise RequestInvalidProblem([{"pointer": "", "message": message}]) from None
            anchor_repository.move_witnessed(transaction, head, asked.checkpoint, now)
        # The commit is done: from here on it may be said.
        return cosign(text, self.key.name, self.key.private, int(now.timestamp()))

    def _verified(self, note: str, origin: str) -> Checkpoint:
        keys = self.logs.get(origin)
        if keys is None:
            raise NotFoundProblem("This log is not witnessed here.")
        for key in keys:
            try:
                return Checkpoint.verified(note, key)
            except NoteError:
                continue
        raise ForbiddenProblem("The checkpoint is not signed by a key of this log.")
