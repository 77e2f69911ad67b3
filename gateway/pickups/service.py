"""What is fetched for an entity: as its settings say."""

import datetime
from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from gateway.kit.tenancy import TenantTransaction
from gateway.pickups import repository
from gateway.pickups.repository import PickupRow
from gateway.tenants import moving
from gateway.tenants import service as tenants
from gateway.tenants.fiscalization import KsefFiscalization

__all__ = ["APART", "ROLES", "PickupRow", "arrange", "hurry", "listed", "of_entities"]

APART = datetime.timedelta(minutes=3)
"""So soon after the last time somebody may have it fetched again: KSeF answers 20 such questions
an hour (limity-api.md)."""

ROLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"nothing": (), "buyer": ("Subject2",), "named": ("Subject2", "Subject3")}
)
"""As which parties KSeF is asked for an entity, by its setting."""


def arrange(tx: TenantTransaction, now: datetime.datetime) -> None:
    """See to it that what the entity's settings name is fetched, and nothing else.

    For an entity that is not here nothing is.
    """
    entity = tenants.get_entity(tx, tx.entity_id)
    chosen = tenants.settings_of(entity).fiscalization
    wanted: set[tuple[str, str]] = set()
    if isinstance(chosen, KsefFiscalization) and moving.is_here(tx):
        channel = chosen.scheme if entity.environment == "live" else f"{chosen.scheme}-test"
        zone = tenants.zone_of(entity)
        day = chosen.receives_from or now.astimezone(zone).date()
        since = datetime.datetime.combine(day, datetime.time(), zone)
        for role in ROLES[chosen.receives]:
            repository.switch_on(tx, channel, role, since=min(since, now), now=now)
            wanted.add((channel, role))
    repository.switch_off(tx, wanted, now)


def of_entities(tx: TenantTransaction, ids: list[UUID]) -> Mapping[UUID, list[PickupRow]]:
    """Return what is fetched for entities."""
    found: dict[UUID, list[PickupRow]] = {one: [] for one in ids}
    for row in repository.of_entities(tx, ids):
        found[row.entity_id].append(row)
    return found


def listed(tx: TenantTransaction) -> list[PickupRow]:
    """Return what is fetched for the transaction's entity."""
    return repository.of_entities(tx, [tx.entity_id])


def hurry(tx: TenantTransaction, now: datetime.datetime) -> list[PickupRow]:
    """Have all of the entity's fetched as soon as may be, and return it."""
    repository.hurry(tx, now, APART)
    return repository.of_entities(tx, [tx.entity_id])
