"""What becomes of the lane of a chain once `gateway chain reseed` has begun its successor."""

import getpass
from uuid import UUID

from gateway.archive.keys import LogKeyError
from gateway.archive.publication import PublicationError
from gateway.archive.service import Archive, LogRewoundError
from gateway.kit import clock
from gateway.kit.console import err
from gateway.kit.database import Database
from gateway.kit.ids import public_id
from gateway.kit.secrets import MasterKey, MasterKeyError, UnsealError
from gateway.kit.tenancy import Actor, Tenant
from gateway.problems import Problem
from gateway.settings import Settings
from gateway.transmissions.journal import Journal
from gateway.transmissions.left_behind import left_behind
from gateway.transmissions.operations import Operator

_CANNOT = (
    Problem,  # somebody else acted on it meanwhile
    LogRewoundError,  # as after an old backup was restored: the reason for many a successor
    PublicationError,
    LogKeyError,
    MasterKeyError,
    UnsealError,
    OSError,
)


def free(settings: Settings, database: Database, tenant: Tenant, reason: str) -> None:
    """Let a lane go on in front of which a row of a closed chain stands still.

    Says of each such row what was done, or the command that a person gives yet.

    Args:
        settings: Where archive and key are.
        database: Fit to serve from.
        tenant: Whose chain it was.
        reason: Why the operator began a successor.
    """
    with database.worker_transaction(tenant) as tx:
        left = left_behind(tx)
    for one in left:
        trn = public_id("trn", one.transmission_id)
        if one.in_doubt:
            err.print(
                f"{trn} may have arrived, and its lane waits for you. Ask the authority, then:"
                f" gateway transmissions resolve {trn} OUTCOME --reason TEXT"
            )
        elif why_not := _refused(settings, database, tenant, one.transmission_id, reason):
            err.print(
                f"{trn} was not taken up again ({why_not}), and its lane waits for you:"
                f" gateway transmissions retry {trn} --reason TEXT"
            )
        else:
            err.print(f"{trn} never left: it, and what waits behind it, is taken back (reissue)")


def _refused(
    settings: Settings, database: Database, tenant: Tenant, transmission_id: UUID, reason: str
) -> str | None:
    """Take up a row whose bytes never left; return why that is not possible, if it is not."""
    now = clock.now()
    try:
        archive = Archive.open(settings, database, MasterKey.open(settings), now=now)
        Operator(
            database=database,
            journal=Journal(archive),
            tenant=tenant,
            actor=Actor("operator", getpass.getuser()),
            reason=reason,
            now=now,
        ).retry(transmission_id)
    except _CANNOT as error:
        return str(error)
    return None
