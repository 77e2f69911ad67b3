"""Continue with a restored backup: nothing that may have been given since is given again.

What was lost is not known, only how much: so many leaves of the log. Every issued document has at
least one leaf, so no series can have given more numbers than leaves are missing. All series go on
beyond that, series to come as well, or beyond the last number that an operator states; chains are
halted until they were compared with their authority; each entity's evidence says what was left
out, and why.
"""

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from gateway.archive.evidence import EvidenceItem
from gateway.archive.keys import LogKey
from gateway.archive.reconciling import (
    Standing,
    log_about_entity,
    lost_since,
    note_reconciliation,
)
from gateway.archive.stores.protocol import Store
from gateway.chains import service as chains
from gateway.kit.clock import written
from gateway.kit.database import Database
from gateway.kit.ids import public_id
from gateway.kit.tenancy import Tenant, TenantTransaction
from gateway.numbering import skipping
from gateway.numbering.skipping import GivenNumberError, Skipped
from gateway.tenants.moving import move_of

_CLOCKS = datetime.timedelta(days=1)
"""So far the clocks of two installations may differ."""

_HALTED = (
    "An older backup was restored: the authority may have records that were lost here. Compare"
    " with `gateway chain verify --ask`."
)


@dataclass(frozen=True, slots=True)
class Continued:
    """What was done for one entity.

    Attributes:
        tenant: The entity.
        skipped: Its series.
        halted: Its chains that wait to be compared with their authority.
    """

    tenant: Tenant
    skipped: tuple[Skipped, ...]
    halted: tuple[str, ...]


def proceed(  # noqa: PLR0913 - all of it named
    database: Database,
    store: Store,
    key: LogKey,
    found: Standing,
    tenants: Sequence[Tenant],
    *,
    more: int,
    given: Mapping[UUID, int],
    reason: str,
    actor: str,
    now: datetime.datetime,
) -> tuple[LogKey, str, list[Continued]]:
    """Continue with the log as it is, in one transaction.

    Args:
        database: Takes it.
        store: Takes the evidence.
        key: The log's key until now.
        found: How the log stands.
        tenants: Every entity there is.
        more: Leaves that may be missing beyond those that anybody knows of.
        given: The last number of series by their ids, where somebody elsewhere knows it.
        reason: Why, in the operator's words.
        actor: Who.
        now: When.

    Returns:
        The log's key under its new name, the newest head, and what was done for each entity.

    Raises:
        ArchiveUnavailableProblem: The disk refuses; nothing was done.
        GivenNumberError: A number is stated for no series, or is before one that was given.
        ValueError: There is no entity, or nothing is missing.
    """
    count = found.missing + more
    if not tenants or not found.missing:
        raise ValueError("there is nothing to continue")
    done: list[Continued] = []
    counting: set[UUID] = set()
    note = ""
    with database.shared_transaction() as enter:
        for tenant in tenants:  # rows of entities before the head of the log, as everybody does
            tx = enter(tenant)
            if (move := move_of(tx)) is not None and move.state == "arriving":
                done.append(Continued(tenant, (), ()))  # its import compares, then leaves out
                continue
            counting.update(skipping.counting(tx))
            skipped = skipping.skip(tx, count, given, now)
            halted = [
                row.chain_key
                for row in chains.listed(tx)
                if row.state == "open" and chains.halt(tx, row.chain_key, _HALTED, now)
            ]
            done.append(Continued(tenant, skipped, tuple(halted)))
        if unknown := sorted(given.keys() - counting):
            what = ", ".join(public_id("ser", one) for one in unknown)
            raise GivenNumberError(f"{what}: no series that counts has this id")
        tx = enter(tenants[0])
        following = note_reconciliation(
            tx, found, key, more=more, reason=reason, actor=actor, now=now
        )
        for one in done:
            told = _told(one, found, more, reason, actor, now)
            content = (json.dumps(told, indent=2, sort_keys=True) + "\n").encode()
            name = "reconciliation.json"
            item = EvidenceItem("reconciliation", name, "application/json", content)
            note = log_about_entity(enter(one.tenant), store, following, item, now)
    return following, note, done


def leave_out(tx: TenantTransaction, since: datetime.datetime, now: datetime.datetime) -> None:
    """Have an entity that may have been here before go on beyond what it may have been given.

    Args:
        tx: Of the entity.
        since: From when on it may have been here, by the clock of another installation.
        now: The moment.
    """
    if count := lost_since(tx, since - _CLOCKS):
        skipping.skip(tx, count, {}, now)
        for row in chains.listed(tx):
            if row.state == "open":
                chains.halt(tx, row.chain_key, _HALTED, now)


def _told(  # noqa: PLR0913, PLR0917 - all that is said
    one: Continued,
    found: Standing,
    more: int,
    reason: str,
    actor: str,
    now: datetime.datetime,
) -> dict[str, object]:
    return {
        "what": "An older backup was restored; numbers that may have been given are left out.",
        "reason": reason,
        "actor": actor,
        "at": written(now),
        "leaves_left": found.size,
        "leaves_known": found.known,
        "leaves_reckoned_beyond": more,
        "known_to": found.who,
        "checkpoint_given_up": found.note,
        "series": [
            {
                "id": public_id("ser", each.series_id),
                "code": each.code,
                "first_left_out": each.first,
                "last_left_out": each.last,
                "stated": each.stated,
            }
            for each in one.skipped
        ],
        "chains_halted": list(one.halted),
    }
