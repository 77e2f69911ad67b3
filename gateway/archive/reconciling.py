"""Going on with a log that lost its end: an older database was restored, the newer is gone.

The leaves that are left stay as they are. The log takes another name from there on: heads of
the old name are known elsewhere that it cannot continue; the first leaf of each entity under the
new name says so, and why. Heads of the old name up to what is left still fit.
"""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, insert, select

from gateway.archive import merkle, names, putting, repository
from gateway.archive.anchors import AnchorError, Anchors
from gateway.archive.checkpoint import Checkpoint
from gateway.archive.continuity import LogRewoundError
from gateway.archive.evidence import EvidenceItem, leaf_data
from gateway.archive.growing import Edges, grow
from gateway.archive.keys import LogKey
from gateway.archive.publication import Publication
from gateway.archive.stores.protocol import Store
from gateway.archive.tables import log_reconciliation
from gateway.kit.database import Database
from gateway.kit.tenancy import TenantTransaction


@dataclass(frozen=True, slots=True)
class Standing:
    """How the log in the database stands to what is known of it elsewhere.

    Attributes:
        size: Leaves in the database.
        known: Leaves of the largest log that anybody knows.
        who: Who knows it.
        note: Its signed checkpoint, where somebody has it.
        rewritten: What says that the leaves here are others than were shown; None: nothing does.
        before: Leaves that were lost besides, and given up or reckoned with: the log went on from
            here already.
        latest: The last name under which it did; None: it did not.
    """

    size: int
    known: int
    who: str
    note: str | None
    rewritten: str | None
    before: int = 0
    latest: str | None = None

    @property
    def missing(self) -> int:
        """How many leaves are missing here."""
        return max(0, self.known - self.size) + self.before


def standing(database: Database, publication: Publication, anchors: Anchors) -> Standing:
    """Compare the log with all that is known of it elsewhere.

    Raises:
        PublicationError: The published checkpoint is not this log's.
    """
    with database.worker_transaction() as transaction:
        newest = repository.newest_checkpoint(transaction)
    size = newest[0] if newest else 0
    known, who, note, rewritten = size, "", None, None
    published = publication.read()
    heads = list(publication.given_up())
    if published is not None:
        heads.append(published)
        if published.size > known:
            known, who, note = published.size, "the published checkpoint", publication.note()
        elif not _continues(database, published):
            rewritten = "the published checkpoint is of another log"
    for who_has, head in _left(anchors):
        heads.append(head)
        if head.size > known:
            known, who, note = head.size, who_has, None
        elif head.size <= size and not _continues(database, head):
            rewritten = f"a head left with {who_has} is of another log"
    try:
        anchors.compare()
    except LogRewoundError as error:  # a larger log is noted, too
        if "rewritten" in str(error):
            rewritten = rewritten or str(error)
    if (ahead := publication.ahead()) is not None and ahead.size > known:
        known, who, note = ahead.size, ahead.who, None
    before, latest = _gone_on(heads, publication.reckoned(), size, anchors.key.origin)
    return Standing(size, known, who, note, rewritten, before, latest)


def _gone_on(
    heads: Sequence[Checkpoint], besides: Mapping[str, int], size: int, own: str
) -> tuple[int, str | None]:
    """Return how much was given up when the log went on from here, and its last name since.

    Each time it began anew with what is left here or more, so what every name lost adds up, with
    what was reckoned with besides.
    """
    latest, largest = own, dict[str, int]()
    for head in heads:
        largest[head.origin] = max(head.size, largest.get(head.origin, 0))
        if names.is_later(head.origin, latest):
            latest = head.origin
    if latest == own:
        return 0, None
    del largest[latest]
    more = sum(number for name, number in besides.items() if names.is_later(name, own))
    return more + sum(max(0, known - size) for known in largest.values()), latest


def _left(anchors: Anchors) -> Iterator[tuple[str, Checkpoint]]:
    """Yield the newest head of each place that can be read."""
    for place in anchors.places:
        try:
            head = place.newest()
        except AnchorError:
            continue
        if head is not None:
            yield f"{place.kind} {place.target}", head


def _continues(database: Database, head: Checkpoint) -> bool:
    with database.worker_transaction() as transaction:
        edge = repository.nodes(transaction, merkle.frontier(head.size))
    try:
        return merkle.root(head.size, edge) == head.root
    except KeyError:
        return False


def unfinished(database: Database, publication: Publication) -> bool:
    """Return whether what was published under the log's former name is still there.

    A reconciliation that was killed after its commit has left it, and perhaps more undone.
    """
    columns = log_reconciliation.c
    query = select(columns.abandoned_note, columns.abandoned_size, columns.abandoned_by)
    with database.worker_transaction() as transaction:
        row = transaction.execute(query.order_by(columns.size.desc()).limit(1)).one_or_none()
    if row is None:
        return False
    note, ahead = publication.note(), publication.ahead()
    shown = note is not None and note == row.abandoned_note
    known = ahead is not None and (ahead.size, ahead.who) == tuple(row[1:])
    return shown or known


def note_reconciliation(  # noqa: PLR0913 - all of it named
    transaction: TenantTransaction,
    found: Standing,
    key: LogKey,
    *,
    more: int,
    reason: str,
    actor: str,
    now: datetime.datetime,
) -> LogKey:
    """Give the log its next name, and return the key of that name.

    Args:
        transaction: The one in which leaves of the new name follow.
        found: What is given up.
        key: The log's key until now.
        more: Leaves that the operator reckons with besides.
        reason: Why, in the operator's words.
        actor: Who.
        now: When.

    Raises:
        RuntimeError: The log is not as it was when it was compared.
    """
    if repository.lock_head(transaction) != found.size:
        raise RuntimeError("the log grew meanwhile")
    following = key.successor(found.latest)
    transaction.execute(
        insert(log_reconciliation).values(
            size=found.size,
            formerly=key.origin,
            origin=following.origin,
            abandoned_size=found.known,
            abandoned_by=found.who,
            abandoned_note=found.note,
            before=found.before,
            more=more,
            reason=reason,
            actor=actor,
            at=now,
        )
    )
    return following


def lost_since(transaction: TenantTransaction, moment: datetime.datetime) -> int:
    """Return how many leaves of this log may have been lost from a moment on."""
    columns = log_reconciliation.c
    each = columns.abandoned_size - columns.size + columns.before + columns.more
    lost = func.coalesce(func.sum(each), 0)
    return int(transaction.execute(select(lost).where(columns.at >= moment)).scalar_one())


def reckoned(database: Database) -> dict[str, int]:
    """Return what operators reckoned with beyond all heads, by the names the log took then."""
    columns = log_reconciliation.c
    query = select(columns.origin, columns.more).where(columns.more > 0)
    with database.worker_transaction() as transaction:
        return {row.origin: row.more for row in transaction.execute(query)}


def log_about_entity(
    transaction: TenantTransaction,
    store: Store,
    key: LogKey,
    item: EvidenceItem,
    now: datetime.datetime,
) -> str:
    """Archive evidence about the entity itself, and return the new head.

    Args:
        transaction: Of the entity.
        store: Takes the bytes.
        key: Of the log.
        item: What is archived.
        now: When.

    Raises:
        ArchiveUnavailableProblem: The disk refuses.
    """
    (stored,) = putting.put(store, transaction.entity_id, [item])
    size = repository.lock_head(transaction)
    edges = Edges(size, *repository.edges(transaction, merkle.frontier(size)))
    leaf = leaf_data(
        stored,
        account_id=transaction.tenant.account_id,
        entity_id=transaction.entity_id,
        document_id=None,
        entity_index=edges.own.size,
        now=now,
    )
    added: dict[str, Sequence[object]] = {
        "account_id": [transaction.tenant.account_id],
        "entity_id": [transaction.entity_id],
        "id": [stored.id],
        "document_id": [None],
        "received_id": [None],
        "role": [stored.role],
        "name": [stored.name],
        "media_type": [stored.media_type],
        "size": [stored.size],
        "sha256": [stored.sha256],
        "leaf": [leaf],
        "log_index": [size],
        "entity_index": [edges.own.size],
        "at": [now],
    }
    return grow(transaction, edges, key, [leaf], added, now)[0]
