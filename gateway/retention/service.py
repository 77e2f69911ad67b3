"""How long a document is kept, and by which law; and to note what makes that longer."""

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from countries.base import Basis, Kept, Subject
from gateway.archive.service import Archive
from gateway.documents import keeping as issued_keeping
from gateway.inbox import keeping as received_keeping
from gateway.kit.tenancy import TenantTransaction
from gateway.retention import extension_evidence, repository
from gateway.retention.holds import covering
from gateway.retention.lengthening import lengthen
from gateway.retention.papers import Paper, keeper_of
from gateway.retention.repository import HoldRow
from gateway.tenants import service as tenants


@dataclass(frozen=True, slots=True)
class Explained:
    """How long a document is kept, and why.

    Attributes:
        paper: The document.
        basis: What law must know of it.
        noted: What was noted of it alone.
        as_of: The day whose law was asked for.
        by_law: What that law says.
        today: The day it is where the entity is.
        holds: The legal holds that cover it.
    """

    paper: Paper
    basis: Basis
    noted: frozenset[Subject]
    as_of: datetime.date
    by_law: Kept
    today: datetime.date
    holds: tuple[HoldRow, ...]

    @property
    def over(self) -> bool:
        """True when the last day on which the document must exist is past."""
        return self.paper.retain_until < self.today


def explain(
    tx: TenantTransaction, paper: Paper, now: datetime.datetime, as_of: datetime.date | None = None
) -> Explained:
    """Say how long a document is kept, and by which rule of which law.

    Args:
        tx: Of its entity.
        paper: The document.
        now: The moment.
        as_of: The day whose law is asked for; None is today.
    """
    entity = tenants.get_entity(tx, tx.entity_id)
    today = now.astimezone(tenants.zone_of(entity)).date()
    day = as_of or today
    noted = repository.subjects_of(tx, [paper.id]).get(paper.id, frozenset())
    basis = paper.basis(entity, noted)
    by_law = keeper_of(entity).kept(basis, day)
    held = covering(paper, entity, repository.active_holds(tx))
    return Explained(paper, basis, noted, day, by_law, today, held)


def over(
    tx: TenantTransaction,
    now: datetime.datetime,
    *,
    received: bool,
    before: UUID | None,
    limit: int,
) -> list[Explained]:
    """Return one page of the documents whose last day is past, newest first, held ones too."""
    entity = tenants.get_entity(tx, tx.entity_id)
    today = now.astimezone(tenants.zone_of(entity)).date()
    keeping = received_keeping if received else issued_keeping
    return explain_all(tx, [Paper(row) for row in keeping.over(tx, today, before, limit)], now)


def explain_all(
    tx: TenantTransaction, found: Sequence[Paper], now: datetime.datetime
) -> list[Explained]:
    """Do as `explain` with each of several documents, by today's law."""
    entity = tenants.get_entity(tx, tx.entity_id)
    today = now.astimezone(tenants.zone_of(entity)).date()
    noted = repository.subjects_of(tx, [paper.id for paper in found])
    holds, keeper = repository.active_holds(tx), keeper_of(entity)
    explained = []
    for paper in found:
        own = noted.get(paper.id, frozenset())
        basis = paper.basis(entity, own)
        held, by_law = covering(paper, entity, holds), keeper.kept(basis, today)
        explained.append(Explained(paper, basis, own, today, by_law, today, held))
    return explained


def note_subjects(  # noqa: PLR0913, PLR0917 - what, of what, why, and who is told
    tx: TenantTransaction,
    archive: Archive,
    paper: Paper,
    subjects: Collection[Subject],
    reason: str | None,
    now: datetime.datetime,
) -> None:
    """Note what a document is about, and keep it longer where the law then says so.

    What was noted stays noted: what was kept too long can be mended, the opposite cannot.
    """
    known = repository.subjects_of(tx, [paper.id]).get(paper.id, frozenset())
    added = frozenset(subjects) - known
    if not added:
        return
    repository.note_subjects(tx, paper.id, added, received=paper.received, reason=reason, now=now)
    told = lengthen(tx, paper, explain(tx, paper, now).by_law, now)
    if told is not None:
        item = extension_evidence.extended(tx, [told])
        archive.record(tx, document_id=None, items=[item], now=now)
