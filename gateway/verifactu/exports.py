"""Records and events of a span of days, as one file; the log tells of it (events 08 and 09).

Source: Orden HAC/1177/2024, artículos 8 and 9. What is exported stays here.
"""

import datetime
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

from formats.verifactu.events import (
    DatosPropios,
    ExportacionEventos,
    ExportacionRegistros,
    read_event,
)
from formats.verifactu.reading import read_held
from formats.verifactu.values import Moment
from gateway.chains import about_nothing as logs
from gateway.chains.service import RecordRow
from gateway.kit.tenancy import TenantTransaction
from gateway.verifactu import log
from gateway.verifactu.checks import cited
from gateway.verifactu.log import MADRID, Book
from gateway.verifactu.problems import ExportEmptyProblem, ExportTooLongProblem
from gateway.verifactu.summaries import Summed

MOST = 10_000
"""Records, and events, of one export."""

_STAMP = (1980, 1, 1, 0, 0, 0)  # of files in the archive: the same content gives the same bytes


@dataclass(frozen=True, slots=True)
class Span:
    """Days in Spain, both included.

    Attributes:
        first: The first day.
        last: The last one.
    """

    first: datetime.date
    last: datetime.date

    @property
    def begins(self) -> datetime.datetime:
        """The moment with which it begins."""
        return datetime.datetime.combine(self.first, datetime.time(), MADRID)

    @property
    def ends(self) -> datetime.datetime:
        """The moment before which it ends."""
        day = self.last + datetime.timedelta(days=1)
        return datetime.datetime.combine(day, datetime.time(), MADRID)


def held(tx: TenantTransaction, key: str, span: Span, *, most: int = MOST) -> list[RecordRow]:
    """Return what a chain has of a span, in its order.

    Raises:
        ExportTooLongProblem: That is too much for one file.
    """
    found = logs.between(tx, key, span.begins, span.ends, limit=most + 1)
    if len(found) > most:
        raise ExportTooLongProblem(most)
    return found


def export(tx: TenantTransaction, book: Book, span: Span, now: datetime.datetime) -> bytes:
    """Return records and events of a span in a ZIP file, and let the log tell of it.

    Raises:
        ExportEmptyProblem: There are none.
        ExportTooLongProblem: There are too many.
        FiscalKeyProblem, EventUnsignedProblem, ChainHaltedProblem, ChainOwnerProblem,
            ClockSetBackProblem: As `log.append`.
    """
    records, events = held(tx, book.records, span), held(tx, book.key, span)
    if not records and not events:
        raise ExportEmptyProblem
    if records:
        log.append(tx, book, "08", now, own=lambda _: _records(records, span))
    if events:
        log.append(tx, book, "09", now, own=lambda _: _events(events, span))
    return zipped(
        [
            *((f"registros/{one.sequence:08}-{one.kind}.xml", one.record) for one in records),
            *((f"eventos/{one.sequence:08}-{one.kind}.xml", one.record) for one in events),
        ]
    )


def zipped(files: Sequence[tuple[str, bytes]]) -> bytes:
    """Return files in an archive; the same files give the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return made.getvalue()


def _records(rows: Sequence[RecordRow], span: Span) -> DatosPropios:
    summed = Summed()
    for one in rows:
        summed = summed.and_one(read_held(one.record))
    if summed.first is None or summed.last is None:
        raise AssertionError("there are records")
    said = ExportacionRegistros(
        FechaHoraHusoInicioPeriodoExport=Moment.of(span.begins),
        FechaHoraHusoFinPeriodoExport=Moment.of(span.ends),
        RegistroFacturacionInicialPeriodo=summed.first,
        RegistroFacturacionFinalPeriodo=summed.last,
        NumeroDeRegistrosFacturacionAltaExportados=summed.registered,
        SumaCuotaTotalAlta=summed.tax,
        SumaImporteTotalAlta=summed.total,
        NumeroDeRegistrosFacturacionAnulacionExportados=summed.cancelled,
        RegistrosFacturacionExportadosDejanDeConservarse="N",
    )
    return DatosPropios(ExportacionRegFacturacionPeriodo=said)


def _events(rows: Sequence[RecordRow], span: Span) -> DatosPropios:
    said = ExportacionEventos(
        FechaHoraHusoInicioPeriodoExport=Moment.of(span.begins),
        FechaHoraHusoFinPeriodoExport=Moment.of(span.ends),
        RegistroEventoInicialPeriodo=cited(read_event(rows[0].record)),
        RegistroEventoFinalPeriodo=cited(read_event(rows[-1].record)),
        NumeroDeRegEventoExportados=len(rows),
        RegEventoExportadosDejanDeConservarse="N",
    )
    return DatosPropios(ExportacionRegEventoPeriodo=said)
