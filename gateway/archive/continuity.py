"""A gateway never grows a log that lost what it had published, or what others know of it."""

from collections.abc import Mapping

from gateway.archive import merkle, repository
from gateway.archive.growing import Edges
from gateway.archive.merkle import Position
from gateway.archive.publication import Publication, PublicationError
from gateway.kit.database import Database
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import UnavailableProblem


class LogContradictedProblem(UnavailableProblem):
    """The archive's log contradicts what was published: nothing is issued until it is mended.

    The database lost rows (a fail-over to a replica that lags, an older backup) or was changed.
    The operator restores the newer database, or looks at `gateway fsck`. Nothing was issued.
    """

    type = "log-contradicted"
    title = "The archive does not continue what was published"

    def __init__(self, detail: str) -> None:
        super().__init__(detail, retry_after=60)


class LogRewoundError(RuntimeError):
    """The database holds less, or something else, than was published: it must not issue."""


def edge_of_continued(
    transaction: TenantTransaction, publication: Publication, size: int
) -> Edges:
    """Return the edges to grow at; refuse a log that does not continue what was published.

    Under the lock of the head nobody can have published more than the database holds, so more
    means that rows were lost: a fail-over to a replica that lags, a restore under our feet.

    Args:
        transaction: Holds the lock of the head.
        publication: Where the newest checkpoint is shown.
        size: Leaves of the log in the database.

    Returns:
        Where the log grows, and that of the transaction's entity.

    Raises:
        LogContradictedProblem: The database is older than the published checkpoint, or other.
    """
    try:
        published, ahead = publication.read(), publication.ahead()
    except PublicationError as error:
        raise LogContradictedProblem(str(error)) from error
    if ahead is not None and ahead.size > size:
        raise LogContradictedProblem(
            f"The log has {size} leaves, and {ahead.who} knows of {ahead.size}; rows were lost."
        )
    frontier = merkle.frontier(size)
    if published is None:
        return Edges(size, *repository.edges(transaction, frontier))
    if published.size > size:
        raise LogContradictedProblem(
            f"The log has {size} leaves, {published.size} were published; rows were lost."
        )
    shown = merkle.frontier(published.size)
    found, own = repository.edges(
        transaction, {*frontier, *shown}
    )  # everybody waits: one question
    edge = {place: found[place] for place in shown if place in found}
    if merkle.root(published.size, edge) != published.root:
        raise LogContradictedProblem(
            f"The first {published.size} leaves of the log are not those that were published."
        )
    return Edges(size, {place: found[place] for place in frontier if place in found}, own)


def refuse_rewound(database: Database, publication: Publication) -> None:
    """Refuse a log that does not continue what was published; publish what is newer.

    Raises:
        LogRewoundError: The database is older than what is known of it outside, or rewritten.
        PublicationError: The published checkpoint is not this log's.
    """
    published, ahead = publication.read(), publication.ahead()  # before the database, which grows
    with database.worker_transaction() as transaction:
        newest = repository.newest_checkpoint(transaction)
        size = newest[0] if newest else 0
        edge: Mapping[Position, bytes] = {}
        if published is not None and published.size <= size:
            edge = repository.nodes(transaction, merkle.frontier(published.size))
    known = max(published.size if published else 0, ahead.size if ahead else 0)
    if known > size:
        told = ahead is not None and ahead.size == known
        who = f"{known} are known to {ahead.who}" if told and ahead else f"{known} were published"
        raise LogRewoundError(
            f"the log has {size} leaves in the database, {who}: an older backup was restored."
            " Restore a newer one; issuing now would reuse numbers"
        )
    if published is not None and merkle.root(published.size, edge) != published.root:
        raise LogRewoundError(
            f"the first {published.size} leaves are not those that were published: the log was"
            " rewritten. Run `gateway fsck`"
        )
    if newest is not None:
        publication.publish(newest[1])
