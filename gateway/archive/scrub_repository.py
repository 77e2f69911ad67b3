"""Queries of the scrub: its one open run, and which bytes entries name, over all tenants."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Literal
from uuid import UUID

from sqlalchemy import insert, select, text, update

from gateway.archive.stores.protocol import Place
from gateway.archive.tables import archive_scrub
from gateway.kit.ids import new_id
from gateway.kit.tenancy import TenantTransaction

Stage = Literal["entries", "places"]

_MOST = 1000  # findings kept of one run; the rest is counted
_COLUMNS = archive_scrub.c
_NAMED = text("""
select entity_id, sha256 from archive_entry
 where destroyed_at is null
   and (cast(:owner as uuid) is null or (entity_id, sha256) > (:owner, :digest))
 group by entity_id, sha256 order by entity_id, sha256 limit :most
""")
_UNNAMED = text("""
select owner, digest from unnest(cast(:owners as uuid[]), cast(:digests as bytea[]))
       as place (owner, digest)
 where not exists (select from archive_entry e where e.entity_id = owner and e.sha256 = digest)
 order by owner, digest
""")


@dataclass(frozen=True, slots=True)
class Run:
    """One reading of all evidence.

    Attributes:
        stage: `entries`: the bytes of each entry are read; then `places`: whether bytes have one.
        after: The last place that was looked at in this stage.
        files: How many were read.
        bytes: How much that was.
        damaged: Files with other bytes.
        missing: Files that entries name, and that are not there.
        unlogged: Files that no entry names.
        findings: The first thousand of these: kind, entity id and digest.
        ended_at: None while it goes on.
    """

    id: UUID
    stage: Stage
    began_at: datetime.datetime
    after: Place | None = None
    files: int = 0
    bytes: int = 0
    damaged: int = 0
    missing: int = 0
    unlogged: int = 0
    findings: Sequence[Mapping[str, str]] = ()
    ended_at: datetime.datetime | None = None

    def found(self, kind: Literal["damaged", "missing", "unlogged"], place: Place) -> "Run":
        """Return the run with a finding more."""
        finding = {"kind": kind, "entity": str(place.owner), "sha256": place.digest.hex()}
        kept = (*self.findings, finding) if len(self.findings) < _MOST else self.findings
        if kind == "damaged":
            return replace(self, damaged=self.damaged + 1, findings=kept)
        if kind == "missing":
            return replace(self, missing=self.missing + 1, findings=kept)
        return replace(self, unlogged=self.unlogged + 1, findings=kept)


def newest(tx: TenantTransaction) -> Run | None:
    """Return the run that is open, or else the last one."""
    query = select(archive_scrub).order_by(_COLUMNS.began_at.desc(), _COLUMNS.id.desc()).limit(1)
    row = tx.execute(query).mappings().one_or_none()
    if row is None:
        return None
    values = dict(row)
    owner, digest = values.pop("after_owner"), values.pop("after_digest")
    values["findings"] = tuple(values["findings"])
    return Run(after=None if owner is None else Place(owner, bytes(digest)), **values)


def begin(tx: TenantTransaction, now: datetime.datetime) -> None:
    """Begin a run; of two processes that do, the second one fails.

    Raises:
        IntegrityError: One is open.
    """
    tx.execute(insert(archive_scrub).values(id=new_id(), stage="entries", began_at=now))


def move(tx: TenantTransaction, before: Run, after: Run) -> bool:
    """Write down how far a run is; False when another process has moved it meanwhile."""
    owner, digest = before.after or (None, None)
    values = {name: value for name, value in asdict(after).items() if name not in {"id", "after"}}
    values["after_owner"], values["after_digest"] = after.after or (None, None)
    values["findings"] = list(after.findings)
    statement = update(archive_scrub).where(
        _COLUMNS.id == before.id,
        _COLUMNS.stage == before.stage,
        _COLUMNS.ended_at.is_(None),
        _COLUMNS.after_owner.is_not_distinct_from(owner),
        _COLUMNS.after_digest.is_not_distinct_from(digest),
    )
    return tx.execute(statement.values(values)).rowcount == 1


def named(tx: TenantTransaction, after: Place | None, most: int) -> list[Place]:
    """Return the next places that entries name, in order."""
    owner, digest = after or (None, None)
    rows = tx.execute(_NAMED, {"owner": owner, "digest": digest, "most": most})
    return [Place(row.entity_id, bytes(row.sha256)) for row in rows]


def unnamed(tx: TenantTransaction, places: Iterable[Place]) -> list[Place]:
    """Return those that no entry names, in order."""
    asked = list(places)
    rows = tx.execute(
        _UNNAMED,
        {
            "owners": [place.owner for place in asked],
            "digests": [place.digest for place in asked],
        },
    )
    return [Place(row.owner, bytes(row.digest)) for row in rows]
