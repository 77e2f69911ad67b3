"""The series that every kind of document gets by itself: as settings and country have it.

INV, CRN and EXT are made with the entity; those of other kinds with their first document.
"""

import datetime
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from countries.numbering import number_form
from gateway import number_patterns
from gateway.kinds import DocumentKind
from gateway.kit.tenancy import TenantTransaction
from gateway.number_patterns import DEFAULT_PATTERN
from gateway.numbering import clashes, counter, floors
from gateway.numbering.counter import NewSeries, SeriesRow
from gateway.numbering.national import problems_with
from gateway.problems import InvalidPart, RequestInvalidProblem
from gateway.tenants import service as tenants
from gateway.tenants.service import Entity

KIND_OF: Mapping[str, DocumentKind] = MappingProxyType(
    {kind.default_series: kind for kind in DocumentKind}
)
"""The kind of document behind the code of a default series."""

_AT_ONCE = (DocumentKind.INVOICE, DocumentKind.CREDIT_NOTE)
EXTERNAL = NewSeries("EXT", kind="external", pattern="")


def planned(entity: Entity, kind: DocumentKind, now: datetime.datetime) -> NewSeries:
    """Return the default series of a kind as settings and country have it."""
    settings = tenants.settings_of(entity)
    form = number_form(entity.country_code) if kind.fiscal else None
    usual = (form.default_pattern if form else None) or DEFAULT_PATTERN
    pattern = (settings.number_formats or {}).get(kind, usual)
    first = (settings.number_sequence_starts or {}).get(kind, 1)
    return NewSeries(
        kind.default_series,
        pattern=pattern,
        reset=(reset := number_patterns.usual_reset(pattern)),
        first_number=first,
        first_period=first_period(entity, reset, first, now),
    )


def first_period(
    entity: Entity, reset: number_patterns.Reset, first: int, now: datetime.datetime
) -> str | None:
    """Return the period a starting number belongs to: today's, where the entity is."""
    if first == 1:
        return None
    return number_patterns.period_of(reset, now.astimezone(tenants.zone_of(entity)).date())


def create_default_series(tx: TenantTransaction, now: datetime.datetime) -> None:
    """Give a new entity its first series: for invoices, credit notes, and numbers it brings.

    Raises:
        RequestInvalidProblem: A number format in its settings is not possible in its country.
    """
    entity = tenants.get_entity(tx, tx.entity_id)
    _refuse_impossible(entity, now)
    for kind in _AT_ONCE:
        new = planned(entity, kind, now)
        counter.require(counter.add(tx, new, now), new.code)
    counter.require(counter.add(tx, EXTERNAL, now), EXTERNAL.code)


def on_first_use(tx: TenantTransaction, code: str, now: datetime.datetime) -> SeriesRow | None:
    """Return the default series with a code, made now; None when no kind has that code."""
    if (kind := KIND_OF.get(code)) is None:
        return None
    new = planned(tenants.get_entity(tx, tx.entity_id), kind, now)
    # Whoever was quicker has committed by the time `add` returns: its row can be read.
    return counter.add(tx, new, now) or counter.active(tx, code)


def follow_settings(
    tx: TenantTransaction, before: Entity, after: Entity, now: datetime.datetime
) -> None:
    """Let the default series follow changed number formats and starts, while they are unused.

    Raises:
        RequestInvalidProblem: A format is not possible in the country, or its series is in use.
    """
    if before.settings == after.settings and before.country_code == after.country_code:
        return
    _refuse_impossible(after, now)
    refused: list[InvalidPart] = []
    own = counter.listed(tx)
    for kind in DocumentKind:
        was, new = planned(before, kind, now), planned(after, kind, now)
        if was == new:
            continue
        refused += clashes.with_series(
            new,
            [one for one in own if one.archived_at or one.code not in KIND_OF],
            pointer=f"/settings/number_formats/{kind.value}",
        )
        found = counter.active(tx, new.code)
        if found is None:
            continue
        found = counter.get(tx, found.id, lock=True)
        if found.places:
            refused.append(_in_use(kind, found))
        else:
            new = replace(
                new, first_number=max(new.first_number, floors.least(tx, new.reset, now))
            )
            counter.change(
                tx,
                found.id,
                pattern=new.pattern,
                reset=new.reset.value,
                next_number=new.first_number,
                first_number=new.first_number,
                period=new.first_period,
                first_period=new.first_period,
            )
    if refused:
        raise RequestInvalidProblem(refused)


def _in_use(kind: DocumentKind, found: SeriesRow) -> InvalidPart:
    return {
        "pointer": f"/settings/number_formats/{kind.value}",
        "message": f"series {found.code} has given numbers already",
        "fix": "archive that series first (PATCH /v1/series/{series_id}); the next document then"
        " begins a new one that is numbered this way",
    }


def _refuse_impossible(entity: Entity, now: datetime.datetime) -> None:
    settings = tenants.settings_of(entity)
    plans = [planned(entity, kind, now) for kind in DocumentKind]
    wrong: list[InvalidPart] = []
    for kind in settings.number_formats or {}:
        pointer = f"/settings/number_formats/{kind.value}"
        new = planned(entity, kind, now)
        wrong += problems_with(new, entity.country_code, fiscal=kind.fiscal, pointer=pointer)
        wrong += clashes.with_plans(new, plans, pointer=pointer)
    if wrong:
        raise RequestInvalidProblem(wrong)
