"""Issuing as far as it goes without consequences: nothing is locked, taken, written or sent."""

import datetime
from dataclasses import dataclass, replace

from formats.findings import Report
from gateway.documents import conditions, holding, parcels
from gateway.documents.fiscal.carriage import goes_by_network
from gateway.documents.fiscal.scheme import Duty
from gateway.documents.fiscal.service import case_of, duty_of
from gateway.documents.fiscal.service import findings as unrecordable
from gateway.documents.held import seat_of
from gateway.documents.issue import (
    SANDBOX_CHANNEL,
    Issuer,
    Writer,
    preflight,
    refuse_fatal,
    today_of,
)
from gateway.documents.loading import load
from gateway.documents.preparation import Prepared, beside, prepare, read_body
from gateway.documents.reporting import findings_json
from gateway.documents.repository import DocumentRow
from gateway.documents.seat import Seat
from gateway.documents.vat_numbers import VatNumbers, buyer_number
from gateway.kit.tenancy import TenantTransaction
from gateway.numbering import service as numbering
from gateway.problems import Problem


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What issuing a draft now would come to.

    Attributes:
        seat: The entity.
        prepared: The invoice, its profile, its taxes.
        report: What the layers say of the bytes; before a byte was written, if that stopped it.
        findings: The same as JSON, with pointers into the body.
        problem: What would stop it; None when nothing would.
        number: What it would be called; None when that would stop it.
        series: The series of the number; None for a number of the caller's.
        buyer_number: The VAT number that its tax rests on, if any.
        awaited: The VAT number it would be held for.
        duty: By which fiscal scheme it is recorded, if by any.
        channels: By which it would travel.
    """

    seat: Seat
    prepared: Prepared
    report: Report
    findings: list[dict[str, object]]
    problem: Problem | None
    number: str | None
    series: str | None
    buyer_number: str | None
    awaited: str | None
    duty: Duty | None
    channels: tuple[str, ...]


def rehearse(
    issuer: Issuer,
    numbers: VatNumbers,
    tx: TenantTransaction,
    row: DocumentRow,
    now: datetime.datetime,
) -> Rehearsal:
    """Rehearse issuing a draft.

    Raises:
        Problem: The draft cannot even be read: what it links to is gone.
    """
    body = read_body(row.body.encode(), row.kind)
    seat = seat_of(tx)
    loaded = numbers.beside(tx, load(tx, body, row.kind, row.customer_id), body, seat, now)
    prepared = prepare(body, row.kind, seat, loaded.sources, today=today_of(seat, now))
    report = preflight(tx, prepared, row.kind, seat, body)
    problem: Problem | None = None
    number = series = awaited = None
    recorded = True
    try:
        awaited = holding.awaited(tx, row, body, seat, loaded, now)
        if awaited is None:
            refuse_fatal(report.findings, body)
        conditions.refuse_impossible(tx, row, prepared.invoice, loaded)
        issue_date = prepared.invoice.issue_date
        if issue_date is None:  # `complete` always sets it
            raise AssertionError("an invoice without issue date was prepared")
        number, series = numbering.preview(
            tx,
            code=body.input.series,
            number=body.input.number,
            default_code=row.kind.default_series,
            issue_date=issue_date,
            now=now,
        )
        if awaited is None:
            numbered = prepared.numbered(number or "PREFLIGHT-1")
            case = case_of(tx, seat, row.kind, numbered, now, beside(body, row.kind))
            recorded = case is not None
            found = unrecordable(tx, case)
            report = replace(report, findings=(*report.findings, *found))
            refuse_fatal(found, body)
            writer = Writer(issuer, tx, row.kind, prepared, body, seat, now)
            report = writer.write(number or "PREFLIGHT-1").report
    except Problem as error:
        problem = error
    duty = duty_of(seat, row.kind) if recorded else None
    buyer = buyer_number(loaded, body, seat)
    return Rehearsal(
        seat=seat,
        prepared=prepared,
        report=report,
        findings=findings_json(report.findings, body),
        problem=problem,
        number=number,
        series=series,
        buyer_number=None if buyer is None else buyer.written,
        awaited=awaited,
        duty=duty,
        channels=_channels(row, seat, duty, prepared),
    )


def _channels(
    row: DocumentRow, seat: Seat, duty: Duty | None, prepared: Prepared | None
) -> tuple[str, ...]:
    recorded = () if duty is None else (duty.channel,)
    if prepared is not None:
        portal = parcels.channel(seat.environment, prepared.profile, prepared.invoice)
        if portal is not None:
            return (portal, *recorded)
    network = goes_by_network(seat, row.kind)
    return ((SANDBOX_CHANNEL,) if network else ()) + recorded
