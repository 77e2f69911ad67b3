"""`gateway keys check` and `rewrap`: how the keys and secrets of an installation are sealed.

They open the database and the key above all others, and nothing else.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager

from rich.table import Table

from gateway.archive.stores.entity_keys import SEALED as ARCHIVE
from gateway.kit import clock, guard
from gateway.kit.bootstrap import BootstrapError, Storage
from gateway.kit.console import err, fail, out
from gateway.kit.database import Database
from gateway.kit.guard import UnsafeDatabaseError
from gateway.kit.ids import public_id
from gateway.kit.postgres_programs import EmbeddedPostgresError
from gateway.kit.secrets import MasterKey, MasterKeyError
from gateway.settings import Settings
from gateway.signing import rewrapping
from gateway.signing.encryption import KeyEncryption, KeyEncryptionError, MasterKeyEncryption
from gateway.signing.rewrapping import Outcome, Sealed

_EVERYTHING = (*rewrapping.EVERYTHING, ARCHIVE)
_CANNOT = (
    BootstrapError,
    EmbeddedPostgresError,
    UnsafeDatabaseError,
    MasterKeyError,
    KeyEncryptionError,
    OSError,
)


def check(*, as_json: bool) -> int:
    """Look whether every key and every secret opens."""
    with opened() as (database, encryption, _):
        found = [
            (sealed, rewrapping.check(database, encryption, sealed=sealed))
            for sealed in _EVERYTHING
        ]
        return _said(found, encryption, as_json=as_json)


def rewrap(*, as_json: bool) -> int:
    """Wrap anew what is not under the newest version."""
    with opened() as (database, encryption, _):
        found = [
            (sealed, rewrapping.rewrap(database, encryption, clock.now(), sealed=sealed))
            for sealed in _EVERYTHING
        ]
        return _said(found, encryption, as_json=as_json)


@contextmanager
def opened() -> Iterator[tuple[Database, KeyEncryption, Settings]]:
    """Open the database and what wraps keys; end the command where that cannot be."""
    settings = Settings()
    try:
        with (
            closing(Storage.open(settings)) as storage,
            closing(Database(storage.url)) as database,
        ):
            guard.check(database)
            yield database, MasterKeyEncryption(MasterKey.open(settings)), settings
    except _CANNOT as error:
        fail(str(error))


def _said(
    found: Sequence[tuple[Sealed, Outcome]], encryption: KeyEncryption, *, as_json: bool
) -> int:
    versions: Counter[str] = Counter()
    closed: dict[str, str] = {}
    for sealed, outcome in found:
        versions += outcome.versions
        closed |= {public_id(sealed.prefix, one): why for one, why in outcome.closed.items()}
    if as_json:
        told = {
            "newest": encryption.version,
            "versions": dict(versions),
            "wrapped": sum(outcome.wrapped for _, outcome in found),
            "closed": closed,
        }
        out.print_json(json.dumps(told))
    else:
        table = Table(title=f"newest: {encryption.version}", title_justify="left")
        for column in ("version", "keys"):
            table.add_column(column)
        for version, count in sorted(versions.items()):
            table.add_row(version, str(count))
        out.print(table)
        for key_id, why in closed.items():
            err.print(f"{key_id}: {why}")
    return 1 if closed else 0
