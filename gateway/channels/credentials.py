"""Who we are on a wire, out of the vault."""

import datetime
from dataclasses import dataclass

from gateway.kit.database import Database
from gateway.kit.tenancy import TenantTransaction
from gateway.signing.secrets.service import TokenCredential
from gateway.signing.service import Credential, Vault


@dataclass(frozen=True, slots=True)
class Credentials:
    """Finds credentials for the worker, whose own role may not read keys.

    Attributes:
        database: For a transaction of the role that may.
        vault: The keys.
    """

    database: Database
    vault: Vault

    def __call__(
        self,
        tx: TenantTransaction,
        purpose: str,
        *,
        at: datetime.datetime,
        secret: str | None = None,
    ) -> Credential | TokenCredential:
        """Return how the entity shows who it is; see `Vault.way_in`.

        Raises:
            KeyUnusableProblem: There is none.
        """
        with self.database.transaction(tx.tenant) as own:
            return self.vault.way_in(own, purpose, at=at, secret=secret)
