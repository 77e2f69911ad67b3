"""Looking for anomalies of records and of events, which the log tells of (events 03 to 06).

Source: Real Decreto 1007/2023, artículo 8; Orden HAC/1177/2024, artículos 6, 7 and 9; list L1E.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from countries.es import chain as record_chain
from countries.es import event_chain
from countries.es.chain import ChainBreak
from formats.signatures.report import Outcome
from formats.signatures.trust import Terms
from formats.signatures.xml import check
from formats.verifactu.events import (
    AnomaliaEvento,
    AnomaliaRegistro,
    BusquedaEventos,
    BusquedaRegistros,
    ClaveAnomalia,
    DatosPropios,
    EventoCitado,
    RegistroEvento,
    read_event,
)
from formats.verifactu.reading import is_sent, read_held
from formats.verifactu.records import Factura, Registro
from gateway.chains import service as chains
from gateway.chains.service import RecordRow
from gateway.kit.tenancy import TenantTransaction
from gateway.verifactu import log
from gateway.verifactu.log import Book
from gateway.verifactu.summaries import named_by

MOST = 100
"""Anomalies of one look that the log tells of, each as an event."""

_PAGE = 500
_SIGNATURE = "signature"
_TYPES: Mapping[str, ClaveAnomalia] = MappingProxyType(
    {"huella": "01", _SIGNATURE: "02", "first": "04", "link": "08", "time": "11"}
)
"""L1E, by what is wrong."""


@dataclass(frozen=True, slots=True)
class Anomaly:
    """Something that is wrong with a record, or an event.

    Attributes:
        sequence: Its place.
        reason: `huella`, `signature`, `first`, `link`, `time`.
        type: As L1E has it.
    """

    sequence: int
    reason: str
    type: ClaveAnomalia


@dataclass(frozen=True, slots=True)
class Looked:
    """What was looked at, and found.

    Attributes:
        count: How many were looked at.
        signed: How many of them are signed.
        anomalies: In their order.
    """

    count: int
    signed: int
    anomalies: tuple[Anomaly, ...]


def look(tx: TenantTransaction, book: Book, now: datetime.datetime) -> tuple[Looked, Looked]:
    """Look through records and events, let the log tell of it, and return what was found.

    Raises:
        FiscalKeyProblem, EventUnsignedProblem, ChainHaltedProblem, ChainOwnerProblem,
            ClockSetBackProblem: As `log.append`.
    """
    rows = _rows(tx, book.records)
    records = [read_held(one.record) for one in rows]
    found = _looked(rows, record_chain.breaks(records))
    log.append(tx, book, "03", now, own=lambda _: _records_looked(found))
    for one in found.anomalies[:MOST]:
        said = _anomalous_record(one, records[_index(rows, one)])
        log.append(tx, book, "04", now, own=_saying(said))
    held = _rows(tx, book.key)
    events = [read_event(one.record) for one in held]
    of_events = _looked(held, event_chain.breaks(events))
    log.append(tx, book, "05", now, own=lambda _: _events_looked(of_events))
    for one in of_events.anomalies[:MOST]:
        told = _anomalous_event(one, events[_index(held, one)])
        log.append(tx, book, "06", now, own=_saying(told))
    return found, of_events


def _saying(own: DatosPropios) -> log.Own:
    return lambda _: own


def _rows(tx: TenantTransaction, key: str) -> list[RecordRow]:
    row = chains.current(tx, key)
    found: list[RecordRow] = []
    while row is not None:
        after = found[-1].sequence if found else 0
        page = chains.records(tx, row.id, after=after, limit=_PAGE)
        if not page:
            break
        found += page
    return found


def _looked(rows: Sequence[RecordRow], broken: Sequence[ChainBreak]) -> Looked:
    signed = [one for one in rows if not is_sent(one.record)]
    wrong = [(one.index, one.reason) for one in broken]
    places = {one.sequence: index for index, one in enumerate(rows)}
    wrong += [(places[one.sequence], _SIGNATURE) for one in signed if not _holds(one)]
    return Looked(
        count=len(rows),
        signed=len(signed),
        anomalies=tuple(
            Anomaly(rows[index].sequence, reason, _TYPES[reason])
            for index, reason in sorted(wrong)
        ),
    )


def _holds(row: RecordRow) -> bool:
    """Tell whether a signature is that of the bytes; whose it is, is another question."""
    signatures = check(row.record, Terms(None, row.at)).signatures
    if len(signatures) != 1:
        return False
    outcomes = {one.id: one.outcome for one in signatures[0].checks}
    return all(outcomes.get(one) is Outcome.PASSED for one in ("reference", "signature"))


def _index(rows: Sequence[RecordRow], one: Anomaly) -> int:
    return next(index for index, row in enumerate(rows) if row.sequence == one.sequence)


def _records_looked(found: Looked) -> DatosPropios:
    said = BusquedaRegistros(
        RealizadoProcesoSobreIntegridadHuellasRegFacturacion="S",
        NumeroDeRegistrosFacturacionProcesadosSobreIntegridadHuellas=found.count,
        RealizadoProcesoSobreIntegridadFirmasRegFacturacion="S",
        NumeroDeRegistrosFacturacionProcesadosSobreIntegridadFirmas=found.signed,
        RealizadoProcesoSobreTrazabilidadCadenaRegFacturacion="S",
        NumeroDeRegistrosFacturacionProcesadosSobreTrazabilidadCadena=found.count,
        RealizadoProcesoSobreTrazabilidadFechasRegFacturacion="S",
        NumeroDeRegistrosFacturacionProcesadosSobreTrazabilidadFechas=found.count,
    )
    return DatosPropios(LanzamientoProcesoDeteccionAnomaliasRegFacturacion=said)


def _events_looked(found: Looked) -> DatosPropios:
    said = BusquedaEventos(
        RealizadoProcesoSobreIntegridadHuellasRegEvento="S",
        NumeroDeRegistrosEventoProcesadosSobreIntegridadHuellas=found.count,
        RealizadoProcesoSobreIntegridadFirmasRegEvento="S",
        NumeroDeRegistrosEventoProcesadosSobreIntegridadFirmas=found.signed,
        RealizadoProcesoSobreTrazabilidadCadenaRegEvento="S",
        NumeroDeRegistrosEventoProcesadosSobreTrazabilidadCadena=found.count,
        RealizadoProcesoSobreTrazabilidadFechasRegEvento="S",
        NumeroDeRegistrosEventoProcesadosSobreTrazabilidadFechas=found.count,
    )
    return DatosPropios(LanzamientoProcesoDeteccionAnomaliasRegEvento=said)


def _anomalous_record(one: Anomaly, record: Registro) -> DatosPropios:
    named = named_by(record)
    said = AnomaliaRegistro(
        TipoAnomalia=one.type,
        OtrosDatosAnomalia=f"Posición {one.sequence} de la cadena",
        RegistroFacturacionAnomalo=Factura(
            IDEmisorFactura=named.IDEmisorFactura,
            NumSerieFactura=named.NumSerieFactura,
            FechaExpedicionFactura=named.FechaExpedicionFactura,
        ),
    )
    return DatosPropios(DeteccionAnomaliasRegFacturacion=said)


def _anomalous_event(one: Anomaly, event: RegistroEvento) -> DatosPropios:
    said = AnomaliaEvento(
        TipoAnomalia=one.type,
        OtrosDatosAnomalia=f"Posición {one.sequence} de la cadena",
        RegEventoAnomalo=cited(event),
    )
    return DatosPropios(DeteccionAnomaliasRegEvento=said)


def cited(event: RegistroEvento) -> EventoCitado:
    """Return how an event names another one."""
    said = event.Evento
    return EventoCitado(
        TipoEvento=said.TipoEvento,
        FechaHoraHusoEvento=said.FechaHoraHusoGenEvento,
        HuellaEvento=said.HuellaEvento,
    )
