"""A running gateway never grows a log that lost what it had published."""

from collections.abc import Mapping

from gateway.archive import merkle, repository
from gateway.archive.merkle import Position
from gateway.archive.publication import Publication, PublicationError
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


def edge_of_continued(
    transaction: TenantTransaction, publication: Publication, size: int
) -> Mapping[Position, bytes]:
    """Return the edge of a log to grow at; refuse one that does not continue what was published.

    Under the lock of the head nobody can have published more than the database holds, so more
    means that rows were lost: a fail-over to a replica that lags, a restore under our feet.

    Args:
        transaction: Holds the lock of the head.
        publication: Where the newest checkpoint is shown.
        size: Leaves of the log in the database.

    Returns:
        The stored hashes at the log's frontier.

    Raises:
        LogContradictedProblem: The database is older than the published checkpoint, or other.
    """
    try:
        published = publication.read()
    except PublicationError as error:
        raise LogContradictedProblem(str(error)) from error
    frontier = merkle.frontier(size)
    if published is None:
        return repository.nodes(transaction, frontier)
    if published.size > size:
        raise LogContradictedProblem(
            f"The log has {size} leaves, {published.size} were published; rows were lost."
        )
    shown = merkle.frontier(published.size)
    found = repository.nodes(transaction, {*frontier, *shown})  # everybody waits: one question
    edge = {place: found[place] for place in shown if place in found}
    if merkle.root(published.size, edge) != published.root:
        raise LogContradictedProblem(
            f"The first {published.size} leaves of the log are not those that were published."
        )
    return {place: found[place] for place in frontier if place in found}
