"""Number series: which one a document goes to, and what number it would get.

`Expected.take` takes the number, as late as possible; see `counter`.
"""

import datetime
from dataclasses import dataclass
from uuid import UUID

from gateway import number_patterns
from gateway.kinds import DocumentKind
from gateway.kit import clock
from gateway.kit.tenancy import TenantTransaction
from gateway.number_patterns import Names
from gateway.numbering.counter import (
    NewSeries,
    SeriesKind,
    SeriesRow,
    Taken,
    active,
    codes,
    counted,
    get,
    listed,
    take,
)
from gateway.numbering.defaults import (
    KIND_OF,
    create_default_series,
    follow_settings,
    on_first_use,
    planned,
)
from gateway.numbering.problems import NumberDateOrderProblem, SeriesExistsProblem
from gateway.problems import RequestInvalidProblem
from gateway.tenants import moving
from gateway.tenants import service as tenants

__all__ = [
    "Expected",
    "NewSeries",
    "NumberDateOrderProblem",
    "SeriesExistsProblem",
    "SeriesRow",
    "Taken",
    "codes",
    "counted",
    "counters_at",
    "create_default_series",
    "expected",
    "follow_settings",
    "for_document",
    "get",
    "listed",
    "peek",
    "preview",
    "take",
]


@dataclass(frozen=True, slots=True)
class Expected:
    """The number a document would get now. Read without a lock: somebody may be quicker.

    Attributes:
        series_id: The series that counts, which the document belongs to.
        kind: Of it.
        sequence: The place in it; None where the caller brings the number.
        number: The number.
        form: How a series writes it that counts with that one.
    """

    series_id: UUID
    kind: SeriesKind
    sequence: int | None
    number: str
    form: tuple[str, Names] | None = None

    def take(self, tx: TenantTransaction, *, issue_date: datetime.date) -> Taken:
        """Take the number, which may by now be a later one; see `counter.take`."""
        if self.kind == "external":
            return Taken(None, self.number)
        return take(tx, self.series_id, issue_date, self.form)


def for_document(  # noqa: PLR0913 - all of it named
    tx: TenantTransaction,
    *,
    code: str | None = None,
    number: str | None = None,
    default_code: str = "INV",
    issue_date: datetime.date | None = None,
    now: datetime.datetime | None = None,
) -> Expected:
    """Return the series of a document to be issued, and the number it would get now.

    The default series of a kind of document is made when it is first asked for.

    Args:
        tx: The transaction that issues.
        code: The series the caller named.
        number: The number the caller brings; then the series must be an external one.
        default_code: When the caller named none and brings no number; with a number it is EXT.
        issue_date: Of the document, which decides the period; without it, the series' last one.
        now: When a series is made; asked of the clock without it.

    Raises:
        MovedProblem: The entity issues nothing here.
        RequestInvalidProblem: No such series; or a number for a series that counts itself; or none
            for an external one.
    """
    moving.refuse_moved(tx)
    if code is None:
        code = default_code if number is None else "EXT"
    found = active(tx, code) or on_first_use(tx, code, now or clock.now())
    if found is None:
        raise RequestInvalidProblem(
            [{"pointer": "/series", "message": f"the entity has no series {code!r}"}]
        )
    if found.kind == "external":
        if number is None:
            raise RequestInvalidProblem(
                [{"pointer": "/number", "message": f"series {code} takes numbers you bring"}]
            )
        _refuse_claimed(tx, number, now or clock.now())
        return Expected(found.id, found.kind, None, number)
    if number is not None:
        raise RequestInvalidProblem(
            [
                {
                    "pointer": "/number",
                    "message": f"series {code} counts by itself",
                    "fix": "leave number out, or name a series of kind external, e.g. EXT",
                }
            ]
        )
    found = counted(tx, found)
    day = issue_date or found.last_issue_date or found.created_at.date()
    place, number = found.places + 1, found.number_on(day)
    if found.counter_id is None:
        return Expected(found.id, found.kind, place, number)
    form = found.pattern, found.names
    return Expected(found.counter_id, found.kind, place, number, form)


def peek(
    tx: TenantTransaction,
    *,
    code: str | None = None,
    default_code: str = "INV",
    issue_date: datetime.date,
    now: datetime.datetime,
) -> str | None:
    """Return the number a document would get now; nothing is made or burned.

    None where the caller brings the numbers, and where there is no such series.
    """
    wanted = code or default_code
    found = active(tx, wanted)
    if found is not None:
        return counted(tx, found).number_on(issue_date) if found.kind == "gapless" else None
    if (kind := KIND_OF.get(wanted)) is None:
        return None
    new = planned(tenants.get_entity(tx, tx.entity_id), kind, now)
    period = number_patterns.period_of(new.reset, issue_date)
    first = new.first_number if new.first_period in {None, period} else 1
    return number_patterns.write(new.pattern, Names(new.code), first, issue_date)


def preview(  # noqa: PLR0913 - all of it named
    tx: TenantTransaction,
    *,
    code: str | None,
    number: str | None,
    default_code: str,
    issue_date: datetime.date,
    now: datetime.datetime,
) -> tuple[str, str]:
    """Return the number a document would get now, and its series' code; nothing is made.

    Raises:
        RequestInvalidProblem: As `for_document`.
    """
    wanted = code or (default_code if number is None else "EXT")
    if number is None:
        found = peek(tx, code=wanted, issue_date=issue_date, now=now)
        if found is not None:
            return found, wanted
    taken = for_document(tx, code=wanted, number=number, issue_date=issue_date, now=now)
    return taken.number, wanted


def expected(tx: TenantTransaction, code: str) -> Expected:
    """Return the number a gapless series would give now, without locking it.

    Raises:
        RequestInvalidProblem: No such series, or an external one.
    """
    return for_document(tx, code=code)


def _refuse_claimed(tx: TenantTransaction, number: str, now: datetime.datetime) -> None:
    """Refuse a number brought along that a series of the entity counts to by itself.

    A seller's number names one document (VAT Directive, Art. 226(2)); and a counter that comes to
    a number already used could go no further. Series that are yet to be made count too.
    """
    rows = listed(tx)
    counting = [(row.pattern, row.names) for row in rows if row.kind == "gapless"]
    made = {row.code for row in rows if row.archived_at is None}
    entity = tenants.get_entity(tx, tx.entity_id)
    counting += [
        (planned(entity, kind, now).pattern, Names(kind.default_series))
        for kind in DocumentKind
        if kind.default_series not in made
    ]
    for pattern, names in counting:
        if number_patterns.could_write(pattern, names, number):
            message = f"is a number that series {names.code} gives by itself"
            raise RequestInvalidProblem(
                [{"pointer": "/number", "message": message, "fix": "bring another number"}]
            )


def counters_at(tx: TenantTransaction, premise: str) -> dict[str, UUID]:
    """Return which series counts for each device of a premise that still gives numbers."""
    return {
        row.device: row.counter_id or row.id
        for row in listed(tx)
        if row.kind == "gapless"
        and row.archived_at is None
        and row.premise == premise
        and number_patterns.uses(row.pattern, "device")
    }
