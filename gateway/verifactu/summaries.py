"""The summary of what happened, every six hours while records are kept (event 10).

Source: Real Decreto 1007/2023, artículo 8.3; Orden HAC/1177/2024, artículo 9 (confidence M: the
span). It counts the events from the summary before on, that one included, and the records since
the last one that a summary named.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import structlog

from formats.verifactu.events import DatosPropios, EventosDeTipo, Resumen, read_event
from formats.verifactu.reading import read_held
from formats.verifactu.records import Anterior, Registro, RegistroAlta
from gateway.chains import about_nothing as logs
from gateway.chains import service as chains
from gateway.kit.database import Database
from gateway.kit.tenancy import Tenant, TenantTransaction
from gateway.problems import Problem
from gateway.verifactu import log
from gateway.verifactu.books import ForPurpose, own_book
from gateway.verifactu.log import BEGIN, KINDS, SCHEMES, SUMMARY, Book

SECONDS = 300.0
"""From the end of one round to the next."""

SPAN = timedelta(hours=6)
"""At most so long after the summary before, or the beginning."""

_EARLY = timedelta(seconds=2 * SECONDS)
_PAGE = 500
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Summed:
    """What some records amount to.

    Attributes:
        registered: How many registrations there are.
        cancelled: How many cancellations.
        tax: CuotaTotal of the registrations.
        total: ImporteTotal of the registrations.
        first: The first of the records.
        last: The last one.
    """

    registered: int = 0
    cancelled: int = 0
    tax: Decimal = Decimal(0)
    total: Decimal = Decimal(0)
    first: Anterior | None = None
    last: Anterior | None = None

    def and_one(self, record: Registro) -> "Summed":
        """Return this and one more record."""
        named = named_by(record)
        alta = record if isinstance(record, RegistroAlta) else None
        return Summed(
            registered=self.registered + (alta is not None),
            cancelled=self.cancelled + (alta is None),
            tax=self.tax + (alta.CuotaTotal if alta else 0),
            total=self.total + (alta.ImporteTotal if alta else 0),
            first=self.first or named,
            last=named,
        )


def named_by(record: Registro) -> Anterior:
    """Return how another record, or an event, names one."""
    if isinstance(record, RegistroAlta):
        alta = record.IDFactura
        issuer, number = alta.IDEmisorFactura, alta.NumSerieFactura
        day = alta.FechaExpedicionFactura
    else:
        gone = record.IDFactura
        issuer, number = gone.IDEmisorFacturaAnulada, gone.NumSerieFacturaAnulada
        day = gone.FechaExpedicionFacturaAnulada
    return Anterior(
        IDEmisorFactura=issuer,
        NumSerieFactura=number,
        FechaExpedicionFactura=day,
        Huella=record.Huella,
    )


@dataclass(frozen=True, slots=True)
class Rounds:
    """Sums up for every entity whose records are kept, again and again.

    Attributes:
        database: Where they are.
        for_purpose: The vault.
    """

    database: Database
    for_purpose: ForPurpose

    def look(self, now: datetime.datetime) -> None:
        """Add the summaries that are due; a key that is away keeps no other entity waiting."""
        with self.database.worker_transaction() as tx:
            tenants = logs.tenants_of(tx, SCHEMES)
        for tenant in tenants:
            try:
                self.sum_up(tenant, now)
            except Problem as problem:
                _log.warning(
                    "verifactu_summary_missing",
                    entity=str(tenant.entity_ids[0]),
                    problem=problem.type,
                )

    def sum_up(self, tenant: Tenant, now: datetime.datetime) -> bool:
        """Add the summary of one entity, where it is due; tell whether it was."""
        with self.database.transaction(tenant) as tx:
            book = own_book(tx, self.for_purpose, now)
            return add_due(tx, book, now)


def add_due(tx: TenantTransaction, book: Book, now: datetime.datetime) -> bool:
    """Add a summary to a log that is open, where the last one is old enough."""
    row = chains.current(tx, book.key)
    if row is None or not log.is_open(tx, book):
        return False
    (last,) = logs.backwards(tx, row.id, (BEGIN, SUMMARY))
    if now - last.at < SPAN - _EARLY:
        return False
    add(tx, book, now)
    return True


def add(tx: TenantTransaction, book: Book, now: datetime.datetime) -> None:
    """Add a summary to a log that has begun."""
    log.append(tx, book, "10", now, own=lambda _: DatosPropios(ResumenEventos=_said(tx, book)))


def _said(tx: TenantTransaction, book: Book) -> Resumen:
    row = chains.current(tx, book.key)
    if row is None:
        raise AssertionError("a log that is summed up has begun")
    before = logs.backwards(tx, row.id, (SUMMARY,))
    counts = logs.counts(tx, row.id, since=before[0].sequence if before else 1)
    summed = Summed()
    for record in _since(tx, book, row.id):
        summed = summed.and_one(record)
    return Resumen(
        TipoEvento=tuple(
            EventosDeTipo(TipoEvento=kind, NumeroDeEventos=counts[name])
            for kind, name in KINDS.items()
            if name in counts
        ),
        RegistroFacturacionInicialPeriodo=summed.first,
        RegistroFacturacionFinalPeriodo=summed.last,
        NumeroDeRegistrosFacturacionAltaGenerados=summed.registered,
        SumaCuotaTotalAlta=summed.tax,
        SumaImporteTotalAlta=summed.total,
        NumeroDeRegistrosFacturacionAnulacionGenerados=summed.cancelled,
    )


def _since(tx: TenantTransaction, book: Book, events: UUID) -> Iterator[Registro]:
    """Yield the records behind the last one that a summary named, or from the beginning on."""
    row = chains.current(tx, book.records)
    if row is None:
        return
    place = _place(tx, row.id, events)
    while page := chains.records(tx, row.id, after=place, limit=_PAGE):
        yield from (read_held(one.record) for one in page)
        place = page[-1].sequence


def _place(tx: TenantTransaction, records: UUID, events: UUID) -> int:
    for one in logs.backwards(tx, events, (BEGIN, SUMMARY), limit=_PAGE):
        if one.kind == BEGIN:
            return logs.place_before(tx, records, one.at)
        own = read_event(one.record).Evento.DatosPropiosEvento
        said = None if own is None else own.ResumenEventos
        if said is not None and said.RegistroFacturacionFinalPeriodo is not None:
            return logs.place_of(tx, records, said.RegistroFacturacionFinalPeriodo.Huella)
    raise AssertionError("a log without its beginning")
