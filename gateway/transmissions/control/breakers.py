"""The circuit breaker of each endpoint, one for all processes.

It opens after some connection failures in a row; when its time is over one message tries. Looking
at a closed breaker locks nothing. `down_since` remembers the first failure since the last answer:
from it the engine knows how long an authority has been away.
"""

import datetime
from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from gateway.kit.breaker import Breaker, Patience
from gateway.kit.tenancy import TenantTransaction
from gateway.transmissions.control.tables import breaker

Told = Literal["answered", "failed", "nothing"]
"""What an exchange said of an endpoint: it is there, it is not, or neither."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an endpoint stands.

    Attributes:
        breaker: Its breaker.
        down_since: The first failure since the last answer; None while it answers.
    """

    breaker: Breaker
    down_since: datetime.datetime | None

    @property
    def clean(self) -> bool:
        """True when nothing is held against it: an answer need not be noted."""
        return self.breaker == Breaker()


CLEAN = Standing(Breaker(), None)
ROW = breaker
"""Where standings are kept, by `key`; for `gate`, which reads all that stops a wire at once."""
COLUMNS = tuple(
    breaker.c[name] for name in ("failures", "openings", "open_until", "probe_until", "down_since")
)
"""What a standing is read from."""


def standing(
    failures: int | None,
    openings: int,
    open_until: datetime.datetime | None,
    probe_until: datetime.datetime | None,
    down_since: datetime.datetime | None,
) -> Standing:
    """Return what `COLUMNS` say; without a row they are null, and nothing is held against it."""
    if failures is None:
        return CLEAN
    return Standing(Breaker(failures, openings, open_until, probe_until), down_since)


def look(tx: TenantTransaction, key: str, *, lock: bool = False) -> Standing:
    """Return where an endpoint stands; with a lock if it is to be changed."""
    query = sa.select(*COLUMNS).where(breaker.c.key == key)
    row = tx.execute(query.with_for_update() if lock else query).one_or_none()
    return CLEAN if row is None else standing(*row)


def open_until(
    tx: TenantTransaction, channel: str, now: datetime.datetime
) -> datetime.datetime | None:
    """Return until when the last endpoint of a channel is left alone; None when none is."""
    found = sa.select(sa.func.max(breaker.c.open_until)).where(
        breaker.c.key.startswith(f"{channel}/", autoescape=True), breaker.c.open_until > now
    )
    moment: datetime.datetime | None = tx.execute(found).scalar_one()
    return moment


def answers(tx: TenantTransaction, channel: str) -> bool:
    """Tell whether all endpoints of a channel answered when they were last asked, if ever."""
    away = sa.select(breaker.c.key).where(
        breaker.c.key.startswith(f"{channel}/", autoescape=True), breaker.c.down_since.is_not(None)
    )
    return tx.execute(away.limit(1)).first() is None


def begin_trial(
    tx: TenantTransaction, key: str, found: Standing, patience: Patience, now: datetime.datetime
) -> None:
    """Note that somebody tries; `found` was read with a lock."""
    _keep(tx, key, found.breaker.begun(now, patience), found.down_since, now)


def note(  # noqa: PLR0913 - what an exchange says
    tx: TenantTransaction,
    key: str,
    told: Told,
    *,
    trial: bool,
    patience: Patience,
    now: datetime.datetime,
) -> tuple[Standing, Standing]:
    """Note what an exchange said of an endpoint; return where it stood and stands."""
    made = postgresql.insert(breaker).values(key=key, updated_at=now)
    tx.execute(made.on_conflict_do_nothing())
    before = look(tx, key, lock=True)
    if told == "answered":
        after = before.breaker.answered(trial=trial)
    elif told == "failed":
        after = before.breaker.failed(now, patience, trial=trial)
    else:
        after = before.breaker.untold(trial=trial)
    down_since = None if after == Breaker() else before.down_since or now
    _keep(tx, key, after, down_since, now)
    return before, Standing(after, down_since)


def _keep(
    tx: TenantTransaction,
    key: str,
    after: Breaker,
    down_since: datetime.datetime | None,
    now: datetime.datetime,
) -> None:
    values = {name: getattr(after, name) for name in Breaker.__slots__}
    query = sa.update(breaker).where(breaker.c.key == key)
    tx.execute(query.values(**values, down_since=down_since, updated_at=now))
