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
        OSError: The file with the secret of the bucket cannot be read.
    """
    keys = EntityKeys(database, MasterKeyEncryption(master_key))
    cipher = EntityCipher(keys, seals=settings.archive_encrypted)
    if settings.archive_bucket is None:
        return DiskStore(settings.data / "archive", cipher, journal=settings.archive_journal)
    from gateway.archive.stores import buckets, s3  # noqa: PLC0415 - of an optional package

    client = buckets.client_of(
        settings.archive_url,
        settings.archive_region,
        settings.archive_access_key,
        settings.archive_secret(),
    )
    return s3.S3Store(client, settings.archive_bucket, settings.archive_mode, cipher)
