"""Heads of the log left with others, so that nobody can rewrite it with all of this house in hand.

Again and again the newest checkpoint goes to each place that the operator named. Every attempt is
recorded; one that failed is made again, soon at first, and with the head that is newest then: a
newer head vouches for all before it. A place that knows more than the database does, or something
else, shows that the database is old or was rewritten: then nothing is issued (`continuity`).
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import structlog

from gateway.archive import anchor_repository, merkle, repository
from gateway.archive.anchor_repository import Attempt
from gateway.archive.asking import (
    AskedWitness,
    ContradictedError,
    KnowsMoreError,
    NotCosignedError,
    Proving,
)
from gateway.archive.checkpoint import Checkpoint
from gateway.archive.continuity import LogRewoundError
from gateway.archive.keys import LogKey
from gateway.archive.merkle import EMPTY_ROOT
from gateway.archive.publication import Publication
from gateway.kit.database import Database

_log = structlog.get_logger(__name__)

ROUND_SECONDS = 30.0
_FIRST_WAIT = datetime.timedelta(minutes=1)
_LOOK_BACK = 20  # attempts: enough to count failures up to the longest wait
_MOST_DETAIL = 500


class AnchorError(Exception):
    """A head could not be left somewhere; the message says why."""


class ForeignHeadError(AnchorError):
    """What is there is a head of this log that the database does not continue.

    Attributes:
        head: What is there.
    """

    def __init__(self, head: Checkpoint) -> None:
        super().__init__(f"a head of {head.size} leaves is there")
        self.head = head


class Place(Protocol):
    """Somewhere a head can be left."""

    @property
    def kind(self) -> str:
        """One of the kinds of `anchor_repository.Attempt`."""

    @property
    def target(self) -> str:
        """Its name, without path and secret: readers see it."""

    def put(self, head: Checkpoint, note: str) -> bytes | None:
        """Leave a head there, and return what is given for it.

        Raises:
            AnchorError: It is not there.
        """

    def newest(self) -> Checkpoint | None:
        """Return the newest head that is there; None where that cannot be known.

        Raises:
            AnchorError: It cannot be read.
        """


@dataclass(frozen=True, slots=True)
class Anchors:
    """The places where the heads of this log are left.

    Attributes:
        database: Holds the log, and the attempts.
        key: The log's, which signs a head of no leaves.
        publication: Where it is noted that somebody knows more.
        places: Files, webhooks, mailboxes, time stamping authorities.
        witnesses: Who cosigns.
        every: The time from one head to the next at one place.
    """

    database: Database
    key: LogKey
    publication: Publication
    places: Sequence[Place]
    witnesses: Sequence[AskedWitness]
    every: datetime.timedelta

    def look(self, now: datetime.datetime) -> None:
        """Leave the newest head wherever it is time."""
        for place in self.places:
            if self._is_due(place.kind, place.target, now):
                self._leave(place, now)
        for one in self.witnesses:
            if self._is_due("witness", one.witness.name, now):
                self._have_cosigned(one, now)

    def compare(self) -> None:
        """Ask those who can tell for the newest head they know; call it before anything is issued.

        Who does not answer is left out: a gateway starts without its witnesses.

        Raises:
            LogRewoundError: Somebody knows a larger log, or another one.
        """
        for place in self.places:
            try:
                if (known := place.newest()) is not None:
                    self._must_continue(place, known)
            except AnchorError as error:
                _log.warning("anchor_not_read", kind=place.kind, error=str(error))
        for one in self.witnesses:
            empty = Checkpoint(self.key.origin, 0, EMPTY_ROOT)
            try:  # of no leaves: it answers with the size it knows, and cosigns nothing new
                one.cosigned(empty, empty.sign(self.key.private), 0, lambda _: ())
            except KnowsMoreError as error:
                if error.size > self._head()[0].size:
                    self._refuse(one.witness.name, error.size)
                self._check_with(one)
            except NotCosignedError as error:
                _log.warning("witness_not_asked", witness=one.witness.name, error=str(error))

    def _check_with(self, one: AskedWitness) -> None:
        """Have a witness say that its log is the beginning of ours."""
        head, note = self._head()
        try:
            one.cosigned(head, note, head.size, self._proving(head))
        except ContradictedError as error:
            raise LogRewoundError(
                f"the witness {one.witness.name} cosigned another log than this ({error}): the log"
                " was rewritten. Run `gateway fsck`"
            ) from None
        except NotCosignedError as error:
            _log.warning("witness_not_asked", witness=one.witness.name, error=str(error))

    def _must_continue(self, place: Place, known: Checkpoint) -> None:
        head, _ = self._head()
        if known.size > head.size:
            self._refuse(f"{place.kind} {place.target}", known.size)
        if not self._continues(known):
            raise LogRewoundError(
                f"the first {known.size} leaves are not those left with {place.kind}"
                f" {place.target}: the log was rewritten. Run `gateway fsck`"
            )

    def _refuse(self, who: str, size: int) -> None:
        self.publication.note_ahead(size, who)
        raise LogRewoundError(
            f"the log has {self._head()[0].size} leaves in the database, {who} knows of {size}:"
            " an older backup was restored. Restore a newer one; else numbers would be reused"
        )

    def _is_due(self, kind: str, target: str, now: datetime.datetime) -> bool:
        with self.database.worker_transaction() as transaction:
            past = anchor_repository.attempts_at(transaction, kind, target, _LOOK_BACK)
            newest = repository.newest_checkpoint(transaction)
        if newest is None:
            return False
        failures = 0
        for one in past:
            if one.outcome == "done":
                break
            failures += 1
        if failures:
            wait = min(_FIRST_WAIT * (1 << (failures - 1)), max(self.every, _FIRST_WAIT))
            return now - past[0].at >= wait
        done = past[0] if past else None
        return done is None or (newest[0] > done.size and now - done.at >= self.every)

    def _leave(self, place: Place, now: datetime.datetime) -> None:
        head, note = self._head()
        outcome, detail, receipt = "done", "", None
        try:
            self._refuse_foreign(place.newest())
            receipt = place.put(head, note)
        except ForeignHeadError as error:
            outcome, detail = "contradicted", str(error)
            self._alarm(f"{place.kind} {place.target}", error.head.size, detail)
        except AnchorError as error:
            outcome, detail = "failed", str(error)
        self._note(
            Attempt(
                kind=place.kind,
                target=place.target,
                size=head.size,
                root=head.root,
                note=note,
                outcome=outcome,
                detail=detail[:_MOST_DETAIL],
                receipt=receipt,
                at=now,
            )
        )

    def _refuse_foreign(self, known: Checkpoint | None) -> None:
        if known is not None and (known.size > self._head()[0].size or not self._continues(known)):
            raise ForeignHeadError(known)

    def _have_cosigned(self, one: AskedWitness, now: datetime.datetime) -> None:
        name = one.witness.name
        head, note = self._head()
        with self.database.worker_transaction() as transaction:
            old = anchor_repository.cosigned_by(transaction, name, one.witness.key_id)
        outcome, detail, receipt = "done", "", None
        try:
            given = one.cosigned(head, note, old, self._proving(head))
            receipt = given.line.encode()
            with self.database.worker_transaction() as transaction:
                anchor_repository.keep_cosignature(transaction, head, given, now)
        except KnowsMoreError as error:
            # It may have seen a head that was not there yet when ours was read.
            more = error.size > self._head()[0].size
            outcome, detail = ("contradicted" if more else "failed"), str(error)
            if more:
                self._alarm(name, error.size, detail)
        except ContradictedError as error:
            outcome, detail = "contradicted", str(error)
            self._alarm(name, head.size, detail)
        except NotCosignedError as error:
            outcome, detail = "failed", str(error)
        self._note(
            Attempt(
                kind="witness",
                target=name,
                size=head.size,
                root=head.root,
                note=note,
                outcome=outcome,
                detail=detail[:_MOST_DETAIL],
                receipt=receipt,
                at=now,
            )
        )

    def _alarm(self, who: str, size: int, what: str) -> None:
        """Say that somebody knows another log; nothing more is issued while he knows a larger."""
        _log.error("log_contradicted", by=who, size=size, what=what)
        self.publication.note_ahead(size, who)

    def _note(self, one: Attempt) -> None:
        if one.outcome != "done":
            _log.warning("anchor_failed", kind=one.kind, target=one.target, detail=one.detail)
        with self.database.worker_transaction() as transaction:
            anchor_repository.note_attempt(transaction, one)

    def _head(self) -> tuple[Checkpoint, str]:
        """Return the newest head and its note: of no leaves, while there are none."""
        with self.database.worker_transaction() as transaction:
            newest = repository.newest_checkpoint(transaction)
        if newest is None:
            empty = Checkpoint(self.key.origin, 0, EMPTY_ROOT)
            return empty, empty.sign(self.key.private)
        return Checkpoint.read(newest[1]), newest[1]

    def _continues(self, known: Checkpoint) -> bool:
        with self.database.worker_transaction() as transaction:
            edge = repository.nodes(transaction, merkle.frontier(known.size))
        try:
            return merkle.root(known.size, edge) == known.root
        except KeyError:  # a node is missing
            return False

    def _proving(self, head: Checkpoint) -> Proving:
        def prove(old: int) -> Sequence[bytes]:
            if old > head.size:
                return ()
            with self.database.worker_transaction() as transaction:
                places = merkle.consistency_positions(old, head.size)
                nodes = repository.nodes(transaction, places)
            return merkle.consistency_proof(old, head.size, nodes)

        return prove
