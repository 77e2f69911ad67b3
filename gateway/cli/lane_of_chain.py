"""What becomes of the lane of a chain once `gateway chain reseed` has begun its successor."""

import getpass
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from uuid import UUID

from gateway.archive.keys import LogKeyError
from gateway.archive.publication import PublicationError
from gateway.archive.service import Archive, LogRewoundError
from gateway.kit import clock
from gateway.kit.database import Database
from gateway.kit.ids import public_id
from gateway.kit.secrets import MasterKey, MasterKeyError, UnsealError
from gateway.kit.tenancy import Actor, TenantTransaction
from gateway.problems import Problem
from gateway.settings import Settings
from gateway.transmissions.journal import Journal
from gateway.transmissions.left_behind import left_behind
from gateway.transmissions.operations import Operator

_CANNOT = (
    Problem,  # it is not stuck any more
    LogRewoundError,  # as after an old backup was restored: the reason for many a successor
    PublicationError,
    LogKeyError,
    MasterKeyError,
    UnsealError,
    OSError,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """The lane in front of which rows of a closed chain may stand still.

    Attributes:
        settings: Where archive and key are.
        database: Fit to serve from.
        reason: Why the operator began a successor.
    """

    settings: Settings
    database: Database
    reason: str

    def free(self, tx: TenantTransaction, held: Collection[UUID]) -> Iterator[str]:
        """Let the lane go on, and say of each such row what was done, or what a person does yet.

        Args:
            tx: The worker's, and the one that began the successor: there is none without this.
            held: Those that `hold_stuck` locked before the chain was.
        """
        for one in left_behind(tx):
            trn = public_id("trn", one.transmission_id)
            if one.in_doubt:
                yield (
                    f"{trn} may have arrived, and its lane waits for you. Ask the authority, then:"
                    f" gateway transmissions resolve {trn} OUTCOME --reason TEXT"
                )
            elif why_not := self._refused(tx, one.transmission_id, held):
                yield (
                    f"{trn} was not taken up again ({why_not}), and its lane waits for you:"
                    f" gateway transmissions retry {trn} --reason TEXT"
                )
            else:
                yield f"{trn} never left: it, and what waits behind it, is taken back (reissue)"

    def _refused(
        self, tx: TenantTransaction, transmission_id: UUID, held: Collection[UUID]
    ) -> str | None:
        """Take up a row whose bytes never left; return why that is not possible, if it is not."""
        if transmission_id not in held:
            return "it came to stand still meanwhile"
        now = clock.now()
        try:
            key = MasterKey.open(self.settings)
            archive = Archive.open(self.settings, self.database, key, now=now)
            operator = Operator(
                database=self.database,
                journal=Journal(archive),
                tenant=tx.tenant,
                actor=Actor("operator", getpass.getuser()),
                reason=self.reason,
                now=now,
            )
            with tx.connection.begin_nested():
                operator.retry_within(tx, transmission_id)
        except _CANNOT as error:
            return str(error)
        return None
