"""The job that keeps documents longer when law or settings changed; never shorter.

It computes every document's last day anew. A page of documents is one transaction, and what is
kept longer already is not touched again: killed half-way, the next attempt does the rest.
"""

import datetime
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from gateway.archive.service import Archive
from gateway.documents import keeping as issued_keeping
from gateway.inbox import keeping as received_keeping
from gateway.jobs.work import Work
from gateway.kit import clock
from gateway.kit.tenancy import TenantTransaction
from gateway.retention import extension_evidence, repository, rounds
from gateway.retention.lengthening import lengthen
from gateway.retention.papers import Paper, keeper_of
from gateway.tenants import service as tenants

_PAGE = 200
_NAMED = 100  # in the result; every one has its event


def run(archive: Archive, work: Work) -> dict[str, Any]:
    """Keep the documents of an entity as long as today's law says: the handler of the job."""
    now = clock.now()
    with work.transaction(read_only=True) as tx:
        digest = rounds.today_s(tx, now)
    examined, extended = 0, list[dict[str, str]]()
    for received in (False, True):
        after: UUID | None = None
        while True:
            with work.transaction() as tx:
                papers = _page(tx, after, received=received)
                told = list(_extended(tx, papers, now))
                if told:
                    item = extension_evidence.extended(tx, told)
                    archive.record(tx, document_id=None, items=[item], now=now)
            extended += told
            if not papers:
                break
            after = papers[-1].id
            examined += len(papers)
            work.progress(examined)
    with work.transaction() as tx:
        rounds.applied(tx, digest)
    return {"examined": examined, "extended": len(extended), "documents": extended[:_NAMED]}


def _page(tx: TenantTransaction, after: UUID | None, *, received: bool) -> list[Paper]:
    keeping = received_keeping if received else issued_keeping
    return [Paper(row) for row in keeping.page(tx, after, _PAGE)]


def _extended(
    tx: TenantTransaction, papers: list[Paper], now: datetime.datetime
) -> Iterator[dict[str, str]]:
    entity = tenants.get_entity(tx, tx.entity_id)
    keeper, today = keeper_of(entity), now.astimezone(tenants.zone_of(entity)).date()
    noted = repository.subjects_of(tx, [paper.id for paper in papers])
    for paper in papers:
        basis = paper.basis(entity, noted.get(paper.id, frozenset()))
        told = lengthen(tx, paper, keeper.kept(basis, today), now)
        if told is not None:
            yield told
