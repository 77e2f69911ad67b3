"""`gateway log reconcile`: what a restored backup lacks, and going on with it."""

import getpass
import json
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from gateway.anchoring import AnchorSettingsError, anchors_of
from gateway.archive.keys import LogKey, LogKeyError
from gateway.archive.publication import Publication, PublicationError
from gateway.archive.reconciling import Standing, reckoned, standing, unfinished
from gateway.archive.service import Archive
from gateway.archive.setting_aside import set_aside_unreadable
from gateway.archive.stores.composition import opened as store_of
from gateway.archive.stores.protocol import Store
from gateway.delivery.mail import PostOffice
from gateway.fsck.service import snapshot
from gateway.kit import clock, guard
from gateway.kit.bootstrap import BootstrapError, Storage
from gateway.kit.console import err, fail, out
from gateway.kit.database import Database
from gateway.kit.guard import UnsafeDatabaseError
from gateway.kit.ids import parse_id, public_id
from gateway.kit.postgres_programs import EmbeddedPostgresError
from gateway.kit.secrets import MasterKey, MasterKeyError, UnsealError
from gateway.kit.tenancy import Actor, Tenant
from gateway.numbering.skipping import GivenNumberError
from gateway.problems import NotFoundProblem, Problem
from gateway.reconciling.service import Continued, proceed
from gateway.settings import Settings
from gateway.signing.encryption import KeyEncryptionError

_CANNOT = (
    BootstrapError,
    EmbeddedPostgresError,
    UnsafeDatabaseError,
    MasterKeyError,
    KeyEncryptionError,
    UnsealError,
    LogKeyError,
    PublicationError,
    AnchorSettingsError,
    GivenNumberError,
    OSError,
)
_ENTITIES = "select account_id, id, environment from entity order by account_id, id"
_SERIES = """
select entity_id, id, code, period, next_number - 1 as last from series
 where kind = 'gapless' and counter_id is null order by entity_id, code
"""
_MISSING = 1


@dataclass(frozen=True, slots=True)
class _Opened:
    database: Database
    store: Store
    key: LogKey
    publication: Publication
    found: Standing
    tenants: list[Tenant]
    series: Sequence[Any]


def show(*, as_json: bool) -> int:
    """Say what is missing: 0 nothing, 1 something."""
    with _opened() as house:
        found = house.found
    if as_json:
        told = {
            "size": found.size,
            "known": found.known,
            "missing": found.missing,
            "known_to": found.who,
            "rewritten": found.rewritten,
            "went_on_as": found.latest,
            "entities": len(house.tenants),
            "series": [
                {
                    "entity_id": public_id("ent", one.entity_id),
                    "series_id": public_id("ser", one.id),
                    "code": one.code,
                    "period": one.period,
                    "last": one.last,
                }
                for one in house.series
            ],
        }
        out.print_json(json.dumps(told))
    elif found.missing:
        out.print(
            f"The log has {found.size} leaves here; {found.who} knows of {found.known}:"
            f" {found.missing} are missing. Restore a newer database. Where there is none,"
            " `gateway log reconcile --proceed --reason ...` goes on: every series leaves out as"
            " many numbers, chains are halted until they were compared with their authority. Where"
            " a series' last number is known elsewhere, state it: `--given ser_...=1042`."
        )
        for one in house.series:
            known = f"{public_id('ent', one.entity_id)}  {public_id('ser', one.id)}  {one.code}"
            period = f" of {one.period}" if one.period else ""
            out.print(f"{known}: {one.last}{period}", markup=False, soft_wrap=True)
    else:
        out.print(f"The log has {found.size} leaves, and nobody knows of more.")
    if found.rewritten:
        err.print(f"{found.rewritten}: run `gateway fsck`")
    return _MISSING if found.missing or found.rewritten else 0


def go_on(reason: str, more: int, given: Sequence[str], *, as_json: bool) -> int:
    """Continue with the database as it is.

    Args:
        reason: Why.
        more: Leaves that may be missing beyond those that anybody knows of.
        given: Last numbers known elsewhere, as `ser_...=1042`.
        as_json: Print JSON.
    """
    actor = getpass.getuser()
    stated = dict(map(_stated, given))
    with _opened() as house:
        found = house.found
        if found.rewritten:
            fail(f"{found.rewritten}; a log that was changed is not continued. Run `gateway fsck`")
        if not found.missing:
            fail("nothing is missing: there is nothing to reconcile")
        if not house.tenants:
            fail("there is no entity: nothing was issued here")
        if found.latest and not more and any(one.id not in stated for one in house.series):
            fail(
                f"the log went on from here already, as {found.latest}, with numbers that nobody"
                " knows here. Restore a backup that was made after that; where there is none,"
                " state the last number of every series with --given, or --more than all that"
                " was left out then"
            )
        _, note, done = proceed(
            house.database,
            house.store,
            house.key,
            found,
            house.tenants,
            more=more,
            given=stated,
            reason=reason,
            actor=actor,
            now=clock.now(),
        )
        aside = _finish(house.database, house.store, house.publication)
    if as_json:
        told = [_told(one) for one in done]
        whole = {"checkpoint": note, "entities": told, "set_aside": aside}
        out.print_json(json.dumps(whole))
        return 0
    for one in done:
        entity = public_id("ent", one.tenant.entity_ids[0])
        for series in one.skipped:
            said = f"{entity}  {series.code}: {series.first} to {series.last} are left out"
            out.print(said, markup=False, soft_wrap=True)
        for key in one.halted:
            out.print(f"{entity}  the chain {key} is halted", markup=False, soft_wrap=True)
    if aside:
        out.print(f"{aside} files that no key opens were set aside in the archive.")
    out.print("Start the gateway again. The log has a new name, which witnesses must be told.")
    return 0


def _stated(text: str) -> tuple[UUID, int]:
    name, _, number = text.partition("=")
    try:
        series_id = parse_id(name, "ser")
    except NotFoundProblem:
        fail(f"{name} is no id of a series: --given ser_...=1042")
    if not number.isdecimal():
        fail(f"{number!r} is no number: --given ser_...=1042")
    return series_id, int(number)


def _told(one: Continued) -> dict[str, object]:
    return {
        "entity_id": public_id("ent", one.tenant.entity_ids[0]),
        "series": [
            {"code": series.code, "first": series.first, "last": series.last}
            for series in one.skipped
        ],
        "chains_halted": list(one.halted),
    }


def _finish(database: Database, store: Store, publication: Publication) -> int:
    """Do what follows the commit; last what tells that it was done. Return how much is aside."""
    aside = len(set_aside_unreadable(database, store))
    publication.note_reckoned(reckoned(database))
    publication.give_up()
    return aside


@contextmanager
def _opened() -> Iterator[_Opened]:
    """Open everything but what refuses a log that is behind."""
    settings = Settings()
    try:
        with closing(Storage.open(settings)) as storage:
            if storage.admin_url is None:
                fail("set GATEWAY_ADMIN_DATABASE_URL: every tenant's series must be seen")
            with closing(Database(storage.url)) as database:
                guard.check(database)
                master_key = MasterKey.open(settings)
                now = clock.now()
                key = LogKey.open(database, master_key, origin=settings.log_origin, now=now)
                publication = Publication(settings.data / "log", key.verifier)
                store = store_of(settings, database, master_key)
                if unfinished(database, publication):
                    _finish(database, store, publication)
                archive = Archive(store, key, publication)
                office = PostOffice(None, settings.mail_from)
                anchors = anchors_of(settings, database, archive, office)
                found = standing(database, publication, anchors)
                with snapshot(storage.admin_url) as connection:
                    rows = connection.execute(_ENTITIES).fetchall()
                    series = connection.execute(_SERIES).fetchall()
                actor = Actor("operator", getpass.getuser())
                tenants = [
                    Tenant(row.account_id, (row.id,), row.environment, actor=actor) for row in rows
                ]
                yield _Opened(database, store, key, publication, found, tenants, series)
    except Problem as problem:
        fail(problem.detail)
    except _CANNOT as error:
        fail(str(error))
