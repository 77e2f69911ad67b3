"""Commands for operators: the invariants, the schema."""

import json
from pathlib import Path

from rich.table import Table

from gateway.fsck.bucket import Bucket
from gateway.fsck.report import FsckReport
from gateway.fsck.service import check
from gateway.kit.bootstrap import BootstrapError, Storage
from gateway.kit.bootstrap import migrate as migrate_database
from gateway.kit.console import err, fail, out
from gateway.kit.database import sqlalchemy_url
from gateway.kit.postgres_programs import EmbeddedPostgresError
from gateway.kit.secrets import MasterKey, MasterKeyError
from gateway.settings import Settings


def check_invariants(ledger: Path | None, *, as_json: bool) -> int:
    """Check INV1 to INV12 and print what was examined and what is broken."""
    settings = Settings()
    ledger = ledger or settings.data / "sandbox-network" / "ledger.sqlite"
    try:
        storage = Storage.open(settings)
    except (BootstrapError, EmbeddedPostgresError) as error:
        fail(str(error))
    try:
        if storage.admin_url is None:
            fail("set GATEWAY_ADMIN_DATABASE_URL: the check must see every tenant's rows")
        report = check(
            storage.admin_url,
            settings.data,
            ledger=ledger if ledger.exists() else None,
            master_key=present(settings),
            anchors=settings.log_anchor_directory,
            bucket=Bucket.of(settings),
        )
    finally:
        storage.close()
    if as_json:
        out.print_json(json.dumps(report.as_dict()))
    else:
        _print(report)
    return 0 if report.ok else 1


def present(settings: Settings) -> MasterKey | None:
    """Return the master key, if there is one here: the check makes none."""
    try:
        return MasterKey.present(settings)
    except (OSError, MasterKeyError) as error:
        err.print(f"without the master key, what is encrypted cannot be checked: {error}")
        return None


def _print(report: FsckReport) -> None:
    table = Table(title="gateway fsck", title_justify="left")
    for name in ("invariant", "promise", "examined", "outcome"):
        table.add_column(name, overflow="fold")
    for one in report.invariants.values():
        examined = ", ".join(f"{count} {kind}" for kind, count in one.examined.items())
        table.add_row(one.id, one.title, examined, one.outcome)
    out.print(table)
    for name, problem in report.problems:
        err.print(f"{name} {problem.where}: {problem.what}")


def migrate() -> int:
    """Bring the database up to date: the embedded one, or that of DATABASE_URL."""
    settings = Settings()
    try:
        if settings.database_url is None:
            Storage.open(settings).close()
            out.print("the embedded database is up to date")
            return 0
        serving = settings.database_url.get_secret_value()
        admin = settings.admin_database_url
        revision = migrate_database(
            serving if admin is None else admin.get_secret_value(),
            None if admin is None else sqlalchemy_url(serving).username,
        )
    except (BootstrapError, EmbeddedPostgresError) as error:
        fail(str(error))
    out.print(f"the database is at revision {revision}")
    return 0
