"""Endpoints: made, changed, given new secrets, disabled."""

import datetime
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from gateway.kit.ids import new_id, parse_id
from gateway.kit.json_body import validated
from gateway.kit.outbound import Policy as Outbound
from gateway.kit.outbound import TargetError
from gateway.kit.secrets import MasterKey
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import NotFoundProblem, RequestInvalidProblem
from gateway.tenants import service as tenants
from gateway.webhooks import ledger, repository, signing
from gateway.webhooks.repository import EndpointRow
from gateway.webhooks.schemas import (
    SecretRotation,
    WebhookEndpointChange,
    WebhookEndpointInput,
)


@dataclass(frozen=True, slots=True)
class Webhooks:
    """What endpoints are made with.

    Attributes:
        master_key: Seals their secrets.
        outbound: Where they may lead.
    """

    master_key: MasterKey
    outbound: Outbound

    def create(
        self, tx: TenantTransaction, given: WebhookEndpointInput, now: datetime.datetime
    ) -> tuple[EndpointRow, str]:
        """Create an endpoint; its secret is returned only here.

        Raises:
            NotFoundProblem: The entity does not exist for this caller.
            RequestInvalidProblem: The address cannot be asked.
        """
        self._check(given.url, tx)
        endpoint_id = new_id()
        secret = given.secret or signing.new_secret()
        repository.insert_endpoint(
            tx,
            {
                "id": endpoint_id,
                "entity_id": _entity(tx, given.entity_id),
                "url": given.url,
                "description": given.description,
                "event_types": list(given.event_types),
                "metadata": dict(given.metadata),
                "secret": signing.seal(self.master_key, endpoint_id, secret),
                "enabled": given.enabled,
                "disabled_reason": None if given.enabled else "by_you",
                "disabled_at": None if given.enabled else now,
                "failures": 0,
                "created_at": now,
                "updated_at": now,
            },
        )
        return get(tx, endpoint_id), secret

    def change(
        self, tx: TenantTransaction, endpoint_id: UUID, body: object, now: datetime.datetime
    ) -> EndpointRow:
        """Apply a JSON Merge Patch (RFC 7396) to an endpoint and return it changed.

        Raises:
            NotFoundProblem: There is none for this caller.
            RequestInvalidProblem: The result would not be a valid endpoint.
        """
        row = get(tx, endpoint_id, lock=True)
        patch = validated(WebhookEndpointChange, body).model_dump(exclude_unset=True)
        given = validated(WebhookEndpointInput, _merged(row, patch))
        self._check(given.url, tx)
        values: dict[str, Any] = {
            "url": given.url,
            "description": given.description,
            "event_types": list(given.event_types),
            "metadata": dict(given.metadata),
            "updated_at": now,
        }
        if given.enabled and not row.enabled:
            values |= {**_ENABLED, "since": repository.OLDEST_RUNNING}
        elif row.enabled and not given.enabled:
            values |= {"enabled": False, "disabled_reason": "by_you", "disabled_at": now}
        repository.update_endpoint(tx, endpoint_id, values)
        return get(tx, endpoint_id)

    def rotate(
        self,
        tx: TenantTransaction,
        endpoint_id: UUID,
        given: SecretRotation,
        now: datetime.datetime,
    ) -> tuple[EndpointRow, str]:
        """Give an endpoint a new secret; the one before signs beside it for a while.

        Raises:
            NotFoundProblem: There is none for this caller.
        """
        row = get(tx, endpoint_id, lock=True)
        secret = given.secret or signing.new_secret()
        values = {
            "secret": signing.seal(self.master_key, endpoint_id, secret),
            "previous_secret": row.secret if given.overlap_hours else None,
            "previous_until": now + timedelta(hours=given.overlap_hours)
            if given.overlap_hours
            else None,
            "updated_at": now,
        }
        repository.update_endpoint(tx, endpoint_id, values)
        return EndpointRow(**(asdict(row) | values)), secret

    def secrets_of(self, row: EndpointRow, now: datetime.datetime) -> list[str]:
        """Return the secrets to sign with now, the newest first."""
        sealed = [row.secret]
        if row.previous_secret and row.previous_until and now < row.previous_until:
            sealed.append(row.previous_secret)
        return [signing.unseal(self.master_key, row.id, one) for one in sealed]

    def _check(self, url: str, tx: TenantTransaction) -> None:
        try:
            self.outbound.admit(url, https=tx.tenant.environment == "live")
        except TargetError as error:
            raise RequestInvalidProblem(
                [
                    {
                        "pointer": "/url",
                        "message": str(error),
                        "fix": "name a public address of yours, such as https://example.com/hooks",
                    }
                ]
            ) from None


_ENABLED: Mapping[str, Any] = {
    "enabled": True,
    "disabled_reason": None,
    "disabled_at": None,
    "failures": 0,
    "failing_since": None,
    "paused_until": None,
}


def get(tx: TenantTransaction, endpoint_id: UUID, *, lock: bool = False) -> EndpointRow:
    """Return an endpoint.

    Raises:
        NotFoundProblem: There is none for this caller.
    """
    row = repository.endpoint_by_id(tx, endpoint_id, lock=lock)
    if row is None:
        raise NotFoundProblem
    return row


def page(
    tx: TenantTransaction,
    *,
    entity: str | None,
    metadata: Mapping[str, str],
    before: UUID | None,
    limit: int,
) -> list[EndpointRow]:
    """Return one page of endpoints, newest first; with `entity`, those of one entity alone.

    Raises:
        NotFoundProblem: The entity does not exist for this caller.
    """
    entity_id = None if entity is None else tenants.get_entity(tx, parse_id(entity, "ent")).id
    return repository.endpoint_page(
        tx, entity_id=entity_id, metadata=metadata, before=before, limit=limit
    )


def delete(tx: TenantTransaction, endpoint_id: UUID, now: datetime.datetime) -> None:
    """Delete an endpoint: nothing more is sent to it, and its secret is gone.

    Raises:
        NotFoundProblem: There is none for this caller.
    """
    row = get(tx, endpoint_id)
    ledger.take_off_all(tx, row.id)
    values = {
        "deleted_at": now,
        "updated_at": now,
        "secret": b"",
        "previous_secret": None,
        "previous_until": None,
    }
    repository.update_endpoint(tx, endpoint_id, values)


def _entity(tx: TenantTransaction, named: str | None) -> UUID | None:
    """Return the entity an endpoint is for; an entity's key can only mean its own."""
    if named is not None:
        return tenants.get_entity(tx, parse_id(named, "ent")).id
    return None if tx.tenant.account_wide else tx.entity_id


def _merged(row: EndpointRow, patch: Mapping[str, Any]) -> dict[str, Any]:
    present = {
        "url": row.url,
        "description": row.description,
        "event_types": list(row.event_types),
        "enabled": row.enabled,
    }
    named = {name: value for name, value in patch.items() if name != "metadata"}
    merged = {**present, **{name: value for name, value in named.items() if value is not None}}
    for name in (name for name, value in named.items() if value is None):
        del merged[name]  # back to what it is when nothing is said
    changes = patch.get("metadata", {})
    metadata = {} if changes is None else {**row.metadata, **changes}
    kept = {name: value for name, value in metadata.items() if value is not None}
    return {**merged, "metadata": kept}
