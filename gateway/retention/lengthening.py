"""To keep a document longer, and to say so."""

import datetime

from countries.base import Kept
from gateway.events import service as events
from gateway.kit.tenancy import TenantTransaction
from gateway.retention import repository
from gateway.retention.papers import Paper


def lengthen(
    tx: TenantTransaction, paper: Paper, kept: Kept, now: datetime.datetime
) -> dict[str, str] | None:
    """Keep a document as long as the law says; return what was done, None where it was nothing.

    What the law asks for less than is promised already changes nothing.
    """
    before = paper.retain_until
    if kept.until <= before:
        return None
    paper.keep_longer(tx, kept.until, now)
    repository.tell_again(tx)
    told = {
        "id": paper.public_id,
        "from": before.isoformat(),
        "until": kept.until.isoformat(),
        "source": kept.rule.source.title,
    }
    events.append(
        tx,
        type="retention.extended",
        document_id=None if paper.received else paper.id,
        subject_id=paper.public_id,
        data=told,
        now=now,
    )
    return told
