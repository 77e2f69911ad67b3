"""The store of an installation, as the settings say."""

from gateway.archive.stores.disk import DiskStore
from gateway.archive.stores.entity_keys import EntityCipher, EntityKeys
from gateway.archive.stores.protocol import Store
from gateway.kit.database import Database
from gateway.kit.secrets import MasterKey
from gateway.settings import Settings
from gateway.signing.encryption import MasterKeyEncryption


def opened(settings: Settings, database: Database, master_key: MasterKey) -> Store:
    """Open the store.

    Raises:
        ArchiveUnavailableProblem: Its directory cannot be made.
    """
    keys = EntityKeys(database, MasterKeyEncryption(master_key))
    cipher = EntityCipher(keys, seals=settings.archive_encrypted)
    return DiskStore(settings.data / "archive", cipher)
