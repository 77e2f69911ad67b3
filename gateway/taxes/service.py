"""Taxes: what can be done with them, and which ones an entity's country suggests."""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import asdict, replace
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from countries.eu import is_member
from countries.registry import COUNTRIES
from gateway.events import service as events
from gateway.kit.ids import new_id, public_id
from gateway.kit.json_body import validated
from gateway.kit.merge_patch import merged
from gateway.kit.shelf import Wanted
from gateway.kit.tenancy import TenantTransaction
from gateway.taxes import repository
from gateway.taxes.repository import SHELF, TaxRow
from gateway.taxes.schemas import TaxInput
from gateway.tenants import service as tenants

__all__ = ["TaxRow", "as_line", "create", "exemption", "get", "several", "suggested"]

Verb = Literal["created", "updated", "deleted", "restored"]

_UNION = (
    ("Reverse charge", "AE", "VATEX-EU-AE"),
    ("Intra-Community supply", "K", "VATEX-EU-IC"),
    ("Export outside the EU", "G", "VATEX-EU-G"),
    ("Outside the scope of VAT", "O", "VATEX-EU-O"),
)
"""What every member of the Union has beside its rates; the code is the category's own reason."""


def create(tx: TenantTransaction, body: object, now: datetime.datetime) -> TaxRow:
    """Add a tax to the entity.

    Raises:
        RequestInvalidProblem: The body is wrong.
    """
    row = _row(tx, validated(TaxInput, body), now)
    SHELF.add(tx, asdict(row))
    _say(tx, "created", row, now)
    return row


def get(tx: TenantTransaction, tax_id: UUID) -> TaxRow:
    """Return a tax.

    Raises:
        NotFoundProblem: There is none for this caller, or it was deleted.
    """
    return SHELF.get(tx, tax_id)


def several(tx: TenantTransaction, ids: Collection[UUID]) -> dict[UUID, TaxRow]:
    """Return taxes by their ids, also deleted ones: items may still refer to them."""
    return repository.several(tx, ids)


def change(tx: TenantTransaction, tax_id: UUID, patch: object, now: datetime.datetime) -> TaxRow:
    """Apply a JSON Merge Patch (RFC 7396); documents and their lines keep what they say.

    Raises:
        NotFoundProblem: There is none for this caller.
        RequestInvalidProblem: The result would be wrong.
    """
    before = SHELF.get(tx, tax_id, lock=True)
    made = _row(tx, validated(TaxInput, merged(_as_given(before), patch)), now)
    after = replace(made, id=before.id, created_at=before.created_at)
    if replace(after, updated_at=before.updated_at) == before:
        return before
    SHELF.change(tx, before.id, asdict(after))
    _say(tx, "updated", after, now)
    return after


def delete(tx: TenantTransaction, tax_id: UUID, now: datetime.datetime) -> None:
    """Take a tax away; items that have it keep it.

    Raises:
        NotFoundProblem: There is none for this caller.
    """
    row = SHELF.get(tx, tax_id, lock=True)
    SHELF.change(tx, row.id, {"deleted_at": now, "updated_at": now})
    _say(tx, "deleted", row, now)


def restore(tx: TenantTransaction, tax_id: UUID, now: datetime.datetime) -> TaxRow:
    """Bring a deleted tax back; one that is there stays as it is.

    Raises:
        NotFoundProblem: There never was one for this caller.
    """
    row = SHELF.get(tx, tax_id, lock=True, deleted=True)
    if row.deleted_at is None:
        return row
    SHELF.change(tx, row.id, {"deleted_at": None, "updated_at": now})
    back = replace(row, deleted_at=None, updated_at=now)
    _say(tx, "restored", back, now)
    return back


def page(
    tx: TenantTransaction, wanted: Wanted, *, before: UUID | None, limit: int
) -> list[TaxRow]:
    """Return one page of taxes, newest first."""
    return SHELF.page(tx, wanted, before=before, limit=limit)


def as_line(row: TaxRow) -> dict[str, Any]:
    """Return what a line takes over, as canonical JSON."""
    rate = {} if row.rate is None else {"vat_rate": written(row.rate)}
    return {"vat_category_code": row.category_code, **rate}


def exemption(row: TaxRow) -> dict[str, Any] | None:
    """Return the entry of a document's `vat_exemptions` that a tax brings, None for none."""
    reasons = {"code": row.exemption_reason_code, "text": row.exemption_reason}
    given = {name: value for name, value in reasons.items() if value is not None}
    return {"category_code": row.category_code, **given} if given else None


def written(rate: Decimal) -> str:
    """Write a number plainly, without an exponent."""
    return f"{rate:f}"


def suggested(
    tx: TenantTransaction, day: datetime.date | None, now: datetime.datetime
) -> dict[str, Any]:
    """Return the taxes of the entity's country on a day (`SuggestionList`).

    Args:
        tx: Of the entity.
        day: The day; None for today, in the country's own time zone.
        now: The moment.
    """
    code = tenants.get_entity(tx, tx.entity_id).country_code
    country = COUNTRIES.get(code)
    if day is None:
        day = now.astimezone(country.zone if country else datetime.UTC).date()
    found: list[dict[str, Any]] = [
        {
            "name": f"VAT {rate.name} {written(rate.percent)} %",
            "category_code": "S" if rate.percent else "Z",
            "rate": written(rate.percent),
            "exemption_reason_code": None,
            "since": rate.since.isoformat(),
            "until": rate.until and rate.until.isoformat(),
            "source": rate.source.title,
            "confidence": rate.source.confidence.value,
        }
        for rate in (country.rates_on(day) if country else ())
    ]
    for name, category, reason in _UNION if is_member(code, day) else ():
        found.append(
            {
                "name": name,
                "category_code": category,
                "rate": None if category == "O" else "0",
                "exemption_reason_code": reason,
                "since": None,
                "until": None,
                "source": None,
                "confidence": None,
            }
        )
    return {
        "object": "list",
        "country_code": code,
        "date": day.isoformat(),
        "data": found,
        "next_cursor": None,
    }


def _as_given(row: TaxRow) -> dict[str, Any]:
    members = {
        "name": row.name,
        "category_code": row.category_code,
        "rate": row.rate,
        "exemption_reason": row.exemption_reason,
        "exemption_reason_code": row.exemption_reason_code,
        "metadata": dict(row.metadata),
    }
    return {name: value for name, value in members.items() if value is not None}


def _row(tx: TenantTransaction, given: TaxInput, now: datetime.datetime) -> TaxRow:
    return TaxRow(
        account_id=tx.tenant.account_id,
        entity_id=tx.entity_id,
        id=new_id(),
        name=given.name,
        category_code=given.category_code,
        rate=given.effective_rate(),
        exemption_reason=given.exemption_reason,
        exemption_reason_code=given.exemption_reason_code,
        metadata=dict(given.metadata),
        created_at=now,
        updated_at=now,
        deleted_at=None,
    )


def _say(tx: TenantTransaction, verb: Verb, row: TaxRow, now: datetime.datetime) -> None:
    data: Mapping[str, Any] = {"name": row.name, "metadata": dict(row.metadata)}
    subject = public_id("tax", row.id)
    events.append(tx, type=f"tax.{verb}", subject_id=subject, data=data, now=now)
