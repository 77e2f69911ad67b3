"""Saying to a store that locks how long evidence is kept, and again when that changed.

One process does it at a time (`gateway.jobs.periodic`), so what is said last is what holds. Who is
stopped says the same again: a store that was told already does nothing. A store on a disk is not
told: whoever could destroy its files could destroy what was said of them, too.
"""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa
import structlog

from gateway.archive import telling as entries
from gateway.archive.stores.problems import ArchiveUnavailableProblem, EvidenceDamagedProblem
from gateway.archive.stores.protocol import Store
from gateway.documents import keeping as issued_keeping
from gateway.inbox import keeping as received_keeping
from gateway.kit.database import Database
from gateway.kit.tenancy import Tenant, TenantTransaction
from gateway.retention import repository
from gateway.retention.holds import covering
from gateway.retention.papers import Paper
from gateway.retention.tables import retention_round
from gateway.tenants import service as tenants

SECONDS = 5.0
"""From the end of one look to the next."""

_STEP = 20  # entries, or digests: each is some requests to the store
_MOST = 20  # steps of one look: others of the process wait meanwhile
_COLUMNS = retention_round.c
_log = structlog.get_logger(__name__)


class Term(NamedTuple):
    """How long bytes are kept.

    Attributes:
        until: The last day.
        hold: Whether a hold covers a document that has them.
    """

    until: datetime.date
    hold: bool


def terms_of(tx: TenantTransaction, digests: Collection[bytes]) -> Mapping[bytes, Term]:
    """Return how long bytes are kept: as long as the document of the entity that needs them most.

    Those of documents that are not issued yet are left out: they are asked for again then. So is
    what a destroyed one left: its certificate, which no law keeps.
    """
    named = entries.naming(tx, digests)
    ids = {document for _, document in named}
    issued, received = issued_keeping.some(tx, ids), received_keeping.some(tx, ids)
    both = (*(Paper(row) for row in issued), *(Paper(row) for row in received))
    there = (one for one in both if one.row.retain_until and one.row.destroyed_at is None)
    papers = {paper.id: paper for paper in there}
    entity = tenants.get_entity(tx, tx.entity_id)
    holds = repository.active_holds(tx)
    found: dict[bytes, Term] = {}
    for digest, document in named:
        paper = papers.get(document)
        if paper is None:
            continue
        held = bool(covering(paper, entity, holds))
        before = found.get(digest, Term(paper.retain_until, hold=False))
        found[digest] = Term(max(before.until, paper.retain_until), before.hold or held)
    return found


@dataclass(frozen=True, slots=True)
class Telling:
    """Tells a store.

    Attributes:
        database: Knows how long.
        store: Locks.
    """

    database: Database
    store: Store

    def look(self, now: datetime.datetime) -> None:
        """Tell what there is to tell, for a while; a store that is away is told later."""
        del now
        try:
            for _ in range(_MOST):
                fresh, again = self._fresh(), self._again()
                if not fresh and not again:
                    return
        except ArchiveUnavailableProblem as problem:
            _log.warning("telling_waits", error=problem.detail)

    def _fresh(self) -> bool:
        """Tell of the next entries; False when there are none."""
        with self.database.worker_transaction() as tx:
            found = entries.fresh(tx, _STEP)
            whose = _whose(tx, {one.owner for one in found})
        if not found:
            return False
        for lost in {one.owner for one in found} - {one.entity_ids[0] for one in whose}:
            _log.error("telling_nobody", entity=str(lost))  # every entity has its round
        for tenant in whose:
            (owner,) = tenant.entity_ids
            documents = {one.document_id for one in found if one.owner == owner}
            with self.database.transaction(tenant, read_only=True) as tx:
                terms = terms_of(tx, entries.digests_of(tx, documents))
            self._tell(owner, terms)
        with self.database.worker_transaction() as tx:
            entries.told(tx, found[-1].log_index)
        return True

    def _again(self) -> bool:
        """Tell of some evidence of an entity whose days or holds changed; False when none has."""
        query = (
            sa.select(
                _COLUMNS.account_id,
                _COLUMNS.entity_id,
                _COLUMNS.environment,
                _COLUMNS.tell_after,
                _COLUMNS.tell_mark,
            )
            .where(_COLUMNS.tell_mark.is_not(None))
            .order_by(_COLUMNS.entity_id)
            .limit(1)
        )
        with self.database.worker_transaction() as tx:
            row = tx.execute(query).one_or_none()
        if row is None:
            return False
        tenant = Tenant(row.account_id, (row.entity_id,), row.environment)
        with self.database.transaction(tenant, read_only=True) as tx:
            digests = entries.digests_after(tx, bytes(row.tell_after), _STEP)
            terms = terms_of(tx, digests)
        self._tell(row.entity_id, terms)
        whole = len(digests) < _STEP
        # Another mark means that something changed meanwhile: then from the beginning.
        moved = (
            sa.update(retention_round)
            .where(_COLUMNS.entity_id == row.entity_id, _COLUMNS.tell_mark == row.tell_mark)
            .values(
                tell_after=None if whole else digests[-1],
                tell_mark=None if whole else row.tell_mark,
            )
        )
        with self.database.worker_transaction() as tx:
            tx.execute(moved)
        return True

    def _tell(self, owner: UUID, terms: Mapping[bytes, Term]) -> None:
        for digest, term in terms.items():
            try:
                self.store.keep(owner, digest, term.until, hold=term.hold)
            except EvidenceDamagedProblem as problem:  # the scrub names it until it is restored
                _log.error("evidence_damaged", entity=str(owner), why=problem.detail)


def _whose(tx: TenantTransaction, owners: Collection[UUID]) -> list[Tenant]:
    query = sa.select(_COLUMNS.account_id, _COLUMNS.entity_id, _COLUMNS.environment).where(
        _COLUMNS.entity_id.in_(owners)
    )
    return [Tenant(row.account_id, (row.entity_id,), row.environment) for row in tx.execute(query)]
