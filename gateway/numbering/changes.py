"""Making a series by hand, and changing it before it has given a number."""

import datetime
from dataclasses import replace
from uuid import UUID

from gateway import number_patterns
from gateway.kit.ids import parse_id
from gateway.kit.tenancy import TenantTransaction
from gateway.numbering import clashes, counter, floors
from gateway.numbering.counter import NewSeries, SeriesRow
from gateway.numbering.defaults import KIND_OF, first_period
from gateway.numbering.national import problems_with, usual_reset
from gateway.numbering.problems import SeriesExistsProblem, SeriesInUseProblem
from gateway.numbering.schemas import SeriesChange, SeriesInput
from gateway.problems import InvalidPart, NotFoundProblem, RequestInvalidProblem
from gateway.tenants import service as tenants
from gateway.tenants.service import Entity


def create(tx: TenantTransaction, given: SeriesInput, now: datetime.datetime) -> SeriesRow:
    """Add a series to the transaction's entity.

    Raises:
        RequestInvalidProblem: It would repeat numbers, or its country forbids it.
        SeriesExistsProblem: The code is in use.
    """
    if given.kind == "external":
        new = NewSeries(given.code, kind="external", pattern="")
    else:
        entity = tenants.get_entity(tx, tx.entity_id)
        reset = given.reset or usual_reset(given.pattern, entity.country_code)
        new = NewSeries(
            code=given.code,
            pattern=given.pattern,
            reset=reset,
            premise=given.premise,
            device=given.device,
            first_number=given.next_number,
            first_period=first_period(entity, reset, given.next_number, now),
        )
        if given.counts_with is not None:
            new = _sharing(tx, given, new)
        _refuse_wrong(tx, entity, new, own=None, now=now)
    return counter.require(counter.add(tx, new, now), new.code)


def _sharing(tx: TenantTransaction, given: SeriesInput, new: NewSeries) -> NewSeries:
    """Return a new series as one that another counts for.

    Raises:
        RequestInvalidProblem: That one cannot.
    """
    other = _counting(tx, given.counts_with or "")
    wrong: list[InvalidPart] = []
    if other is None:
        message = "is no series of the entity that counts, and gives numbers still"
        raise RequestInvalidProblem([{"pointer": "/counts_with", "message": message}])
    if not new.premise or new.premise != other.premise:
        message = f"is not that of series {other.code}: devices of one premise count together"
        wrong.append({"pointer": "/premise", "message": message})
    if not number_patterns.uses(new.pattern, "device"):
        fix = "write {device}, so that no number is given twice"
        wrong.append({"pointer": "/pattern", "message": "does not name the device", "fix": fix})
    if given.reset not in {None, other.reset}:
        message = f"is that of series {other.code}, {other.reset.value}"
        wrong.append({"pointer": "/reset", "message": message, "fix": "leave it out"})
    if given.next_number != 1:
        message = f"is that of series {other.code}, which counts"
        wrong.append({"pointer": "/next_number", "message": message, "fix": "leave it out"})
    if wrong:
        raise RequestInvalidProblem(wrong)
    return replace(new, reset=other.reset, counter_id=other.id)


def _counting(tx: TenantTransaction, series_id: str) -> SeriesRow | None:
    """Return the series with an id, if it counts; for a device that shares, the one that does."""
    try:
        row = counter.get(tx, parse_id(series_id, "ser"), lock=True)
    except NotFoundProblem:
        return None
    if row.kind != "gapless" or row.archived_at is not None:
        return None
    return row if row.counter_id is None else counter.get(tx, row.counter_id)


def change(
    tx: TenantTransaction, series_id: UUID, given: SeriesChange, now: datetime.datetime
) -> SeriesRow:
    """Change a series; all but whether it is archived, only before its first number.

    Raises:
        NotFoundProblem: There is none for this caller.
        SeriesInUseProblem: It has given numbers.
        RequestInvalidProblem: It would repeat numbers, or its country forbids it.
        SeriesExistsProblem: Taken out of the archive, and its code is in use again.
    """
    row = counter.get(tx, series_id, lock=True)
    wanted = given.model_dump(exclude_unset=True, exclude_none=True, exclude={"archived"})
    if wanted:
        if row.counter_id or any(one.counter_id == row.id for one in counter.listed(tx)):
            raise SeriesInUseProblem(
                f"Series {row.code} counts together with others; archive it and create another."
            )
        if row.places or row.kind == "external":
            raise SeriesInUseProblem(
                f"Series {row.code} has given numbers; archive it and create another."
                if row.places
                else f"Series {row.code} takes numbers you bring; it does not count."
            )
        _rewrite(tx, row, wanted, now)
    if given.archived is not None:
        if not given.archived and row.archived_at:
            _refuse_return(tx, row)
        since = (row.archived_at or now) if given.archived else None
        counter.change(tx, series_id, archived_at=since)
    return counter.get(tx, series_id)


def _refuse_return(tx: TenantTransaction, row: SeriesRow) -> None:
    """Refuse to take a series out of the archive where another has its place by now.

    Raises:
        SeriesExistsProblem: Its code, or the numbers it would go on to.
    """
    if counter.active(tx, row.code):
        raise SeriesExistsProblem(f"There is another series {row.code}; archive it first.")
    if row.kind != "gapless" or row.counter_id is not None:
        return
    same = NewSeries(row.code, pattern=row.pattern, premise=row.premise, device=row.device)
    others = [one for one in counter.listed(tx) if one.archived_at is None]
    if clashes.with_series(same, others, own=row.id, pointer="/archived"):
        raise SeriesExistsProblem(
            f"Another series gives the numbers of series {row.code} by now; archive it first."
        )


def _rewrite(
    tx: TenantTransaction, row: SeriesRow, wanted: dict[str, object], now: datetime.datetime
) -> None:
    entity = tenants.get_entity(tx, tx.entity_id)
    first = wanted.pop("next_number", row.first_number)
    present = NewSeries(
        code=row.code,
        pattern=row.pattern,
        reset=row.reset,
        premise=row.premise,
        device=row.device,
        first_number=int(str(first)),
    )
    new: NewSeries = replace(present, **wanted)  # type: ignore[arg-type] # names of SeriesChange
    if "pattern" in wanted and "reset" not in wanted:
        new = replace(new, reset=usual_reset(new.pattern, entity.country_code))
    least = floors.least(tx, new.reset, now)
    new = replace(new, first_number=max(new.first_number, least))
    new = replace(new, first_period=first_period(entity, new.reset, new.first_number, now))
    _refuse_wrong(tx, entity, new, own=row.id, now=now)
    counter.change(
        tx,
        row.id,
        pattern=new.pattern,
        reset=new.reset.value,
        premise=new.premise,
        device=new.device,
        next_number=new.first_number,
        first_number=new.first_number,
        period=new.first_period,
        first_period=new.first_period,
    )


def _refuse_wrong(
    tx: TenantTransaction,
    entity: Entity,
    new: NewSeries,
    *,
    own: UUID | None,
    now: datetime.datetime,
) -> None:
    kind = KIND_OF.get(new.code)
    fiscal = kind is None or kind.fiscal
    wrong = problems_with(new, entity.country_code, fiscal=fiscal)
    if not wrong:
        today = now.astimezone(tenants.zone_of(entity)).date()
        others = [one for one in counter.listed(tx) if not clashes.is_of_the_past(one, new, today)]
        wrong += clashes.with_series(new, others, own=own, pointer="/pattern")
    if wrong:
        raise RequestInvalidProblem(wrong)
