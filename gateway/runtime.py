"""The composition root: what one process of the gateway is made of."""

import datetime
from dataclasses import dataclass
from typing import Self

from gateway.kit import guard
from gateway.kit.bootstrap import Storage
from gateway.kit.database import Database
from gateway.kit.secrets import MasterKey
from gateway.kit.tenancy import TenantTransaction
from gateway.numbering import service as numbering
from gateway.settings import Settings


@dataclass(slots=True)
class Runtime:
    """Everything a process holds open. Open it once, close it at the end.

    Attributes:
        settings: What the operator chose.
        storage: Where the database is; the embedded server, if it is ours.
        database: The pools of this process.
        master_key: Seals and hashes.
    """

    settings: Settings
    storage: Storage
    database: Database
    master_key: MasterKey

    @classmethod
    def open(cls, settings: Settings) -> Self:
        """Start or join the database, check that it is safe to serve from, read the master key.

        Raises:
            EmbeddedPostgresError, BootstrapError: There is no database.
            UnsafeDatabaseError: It must not be served from, or is not migrated.
            MasterKeyError: The master key cannot be used.
        """
        storage = Storage.open(settings)
        try:
            return cls.over(settings, storage)
        except BaseException:
            storage.close()
            raise

    @classmethod
    def over(cls, settings: Settings, storage: Storage) -> Self:
        """Make the runtime over a database that is up; see `open`."""
        master_key = MasterKey.open(settings)
        database = Database(
            storage.url,
            app_pool_size=settings.app_pool_size,
            worker_pool_size=settings.worker_pool_size,
            auth_pool_size=settings.auth_pool_size,
            pool_seconds=settings.pool_seconds,
            statement_seconds=settings.statement_seconds,
            lock_seconds=settings.lock_seconds,
            idle_seconds=settings.idle_seconds,
        )
        try:
            guard.check(database)
        except BaseException:
            database.close()
            raise
        return cls(settings, storage, database, master_key)

    def furnish_entity(self, tx: TenantTransaction, now: datetime.datetime) -> None:
        """Give a new entity what other features keep for each: its first number series."""
        numbering.create_default_series(tx, now)

    def close(self) -> None:
        """Close the pools, then let go of the embedded server."""
        self.database.close()
        self.storage.close()
