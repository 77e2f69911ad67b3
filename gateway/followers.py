"""What other features do when something about a tenant changes, or somebody comes.

`gateway/tenants` knows none of them: it asks the runtime for it (`entrance.Doors`), which these
are a part of.
"""

import datetime
from uuid import UUID

from gateway import rounds
from gateway.auditors import service as auditors
from gateway.documents.issued import any_issued
from gateway.inbox.keeping import any_there as any_received
from gateway.kit.tenancy import TenantTransaction
from gateway.numbering import service as numbering
from gateway.signing.service import Vault
from gateway.tenants.service import Entity
from gateway.verifactu import composition as verifactu


class Followers:
    """The part of the runtime that follows tenants."""

    __slots__ = ()

    vault: Vault

    def furnish_entity(self, tx: TenantTransaction, now: datetime.datetime) -> None:
        """Give a new entity what other features keep for each: its first number series."""
        numbering.create_default_series(tx, now)
        rounds.arrange(tx, now)

    def entity_changed(
        self, tx: TenantTransaction, before: Entity, after: Entity, now: datetime.datetime
    ) -> None:
        """Let other features follow a change of an entity: its default number series."""
        numbering.follow_settings(tx, before, after, now)
        rounds.arrange(tx, now)
        verifactu.follow_settings(tx, before, after, self.vault.for_purpose, now)

    def documents_of(self, tx: TenantTransaction) -> frozenset[str]:
        """Return which documents the transaction's entity has: `issued`, `received`."""
        asked = {"issued": any_issued, "received": any_received}
        return frozenset(way for way, has in asked.items() if has(tx))

    def auditor_came(
        self, tx: TenantTransaction, auditor_id: UUID, now: datetime.datetime
    ) -> None:
        """Tell that an invited auditor came for the first time."""
        auditors.tell_came(tx, auditor_id, now)
