"""Where requests come in: what access needs of the runtime, and where it is reached."""

import datetime
from typing import Protocol
from uuid import UUID

from fastapi import Request

from gateway.kit.database import Database
from gateway.kit.secrets import MasterKey
from gateway.kit.tenancy import TenantTransaction
from gateway.settings import Settings
from gateway.tenants.mail import Mail
from gateway.tenants.rates import Rates
from gateway.tenants.repository import EntityRow


class Doors(Protocol):
    """What access needs of the runtime, which is not imported: it imports every feature."""

    @property
    def settings(self) -> Settings:
        """What the operator chose."""

    @property
    def database(self) -> Database:
        """The pools of the process."""

    @property
    def master_key(self) -> MasterKey:
        """What secrets are hashed with."""

    @property
    def rates(self) -> Rates:
        """How often who called."""

    @property
    def notices(self) -> Mail:
        """What invitations are sent by."""

    def furnish_entity(self, tx: TenantTransaction, now: datetime.datetime) -> None:
        """Give a new entity what other features keep for each, such as number series."""

    def entity_changed(
        self, tx: TenantTransaction, before: EntityRow, after: EntityRow, now: datetime.datetime
    ) -> None:
        """Let other features follow a change of an entity, such as its number formats."""

    def auditor_came(
        self, tx: TenantTransaction, auditor_id: UUID, now: datetime.datetime
    ) -> None:
        """Tell that an invited auditor came for the first time."""

    def documents_of(self, tx: TenantTransaction) -> frozenset[str]:
        """Return which documents the transaction's entity has: `issued`, `received`."""


def doors(request: Request) -> Doors:
    """Return the runtime that `create_app` was given."""
    found: Doors = request.app.state.runtime
    return found


def site(request: Request) -> str:
    """Return the address that links to this gateway begin with, without a slash at the end."""
    return (doors(request).settings.public_url or str(request.base_url)).rstrip("/")
