"""The event log of a system that does not send its records: it must keep and sign it.

Source: EventosSIF.xsd 1.0; Real Decreto 1007/2023, artículo 8; Orden HAC/1177/2024, artículo 9.
An event's parts are called as a record's, in the namespace of events.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Literal

from formats.verifactu.elements import Element, is_called, read, write
from formats.verifactu.names import EVENTS
from formats.verifactu.parties import Persona, PersonaES, SiNo, SistemaDeEvento
from formats.verifactu.records import Anterior, Factura
from formats.verifactu.values import Moment, XmlSignature
from formats.xml import UnreadableDocumentError, parse

_NAME = "RegistroEvento"

ClaveTipoEvento = Literal["01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "90"]
"""L2E. 01 begins to work without sending, 02 ends it, 03 anomalies of records are looked for, 04
one was found, 05 and 06 the same of events, 07 a copy was restored, 08 records were exported, 09
events were exported, 10 the summary of six hours at most, 90 another kind."""

# fmt: off
ClaveAnomalia = Literal[
    "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13", "14", "15", "90"
]
# fmt: on
"""L1E. Of integrity (huella, signature, others), of the chain, of dates, and others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BusquedaRegistros(Element):
    """Anomalies of records are looked for: what was looked at, and in how many."""

    RealizadoProcesoSobreIntegridadHuellasRegFacturacion: SiNo
    NumeroDeRegistrosFacturacionProcesadosSobreIntegridadHuellas: int | None = None
    RealizadoProcesoSobreIntegridadFirmasRegFacturacion: SiNo
    NumeroDeRegistrosFacturacionProcesadosSobreIntegridadFirmas: int | None = None
    RealizadoProcesoSobreTrazabilidadCadenaRegFacturacion: SiNo
    NumeroDeRegistrosFacturacionProcesadosSobreTrazabilidadCadena: int | None = None
    RealizadoProcesoSobreTrazabilidadFechasRegFacturacion: SiNo
    NumeroDeRegistrosFacturacionProcesadosSobreTrazabilidadFechas: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnomaliaRegistro(Element):
    """An anomaly of a record was found."""

    TipoAnomalia: ClaveAnomalia
    OtrosDatosAnomalia: str | None = None
    RegistroFacturacionAnomalo: Factura | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BusquedaEventos(Element):
    """Anomalies of events are looked for: what was looked at, and in how many."""

    RealizadoProcesoSobreIntegridadHuellasRegEvento: SiNo
    NumeroDeRegistrosEventoProcesadosSobreIntegridadHuellas: int | None = None
    RealizadoProcesoSobreIntegridadFirmasRegEvento: SiNo
    NumeroDeRegistrosEventoProcesadosSobreIntegridadFirmas: int | None = None
    RealizadoProcesoSobreTrazabilidadCadenaRegEvento: SiNo
    NumeroDeRegistrosEventoProcesadosSobreTrazabilidadCadena: int | None = None
    RealizadoProcesoSobreTrazabilidadFechasRegEvento: SiNo
    NumeroDeRegistrosEventoProcesadosSobreTrazabilidadFechas: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventoCitado(Element):
    """Names an event."""

    TipoEvento: ClaveTipoEvento
    FechaHoraHusoEvento: Moment
    HuellaEvento: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnomaliaEvento(Element):
    """An anomaly of an event was found."""

    TipoAnomalia: ClaveAnomalia
    OtrosDatosAnomalia: str | None = None
    RegEventoAnomalo: EventoCitado | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportacionRegistros(Element):
    """Records of a period were exported; the first and the last with their huellas."""

    FechaHoraHusoInicioPeriodoExport: Moment
    FechaHoraHusoFinPeriodoExport: Moment
    RegistroFacturacionInicialPeriodo: Anterior
    RegistroFacturacionFinalPeriodo: Anterior
    NumeroDeRegistrosFacturacionAltaExportados: int
    SumaCuotaTotalAlta: Decimal
    SumaImporteTotalAlta: Decimal
    NumeroDeRegistrosFacturacionAnulacionExportados: int
    RegistrosFacturacionExportadosDejanDeConservarse: SiNo


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportacionEventos(Element):
    """Events of a period were exported."""

    FechaHoraHusoInicioPeriodoExport: Moment
    FechaHoraHusoFinPeriodoExport: Moment
    RegistroEventoInicialPeriodo: EventoCitado
    RegistroEventoFinalPeriodo: EventoCitado
    NumeroDeRegEventoExportados: int
    RegEventoExportadosDejanDeConservarse: SiNo


@dataclass(frozen=True, slots=True, kw_only=True)
class EventosDeTipo(Element):
    """How many events of a kind there were."""

    TipoEvento: ClaveTipoEvento
    NumeroDeEventos: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumen(Element):
    """The summary: which events, and which records since the summary before."""

    TipoEvento: tuple[EventosDeTipo, ...]
    RegistroFacturacionInicialPeriodo: Anterior | None = None
    RegistroFacturacionFinalPeriodo: Anterior | None = None
    NumeroDeRegistrosFacturacionAltaGenerados: int
    SumaCuotaTotalAlta: Decimal
    SumaImporteTotalAlta: Decimal
    NumeroDeRegistrosFacturacionAnulacionGenerados: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DatosPropios(Element):
    """What a kind of event says; one of these."""

    LanzamientoProcesoDeteccionAnomaliasRegFacturacion: BusquedaRegistros | None = None
    DeteccionAnomaliasRegFacturacion: AnomaliaRegistro | None = None
    LanzamientoProcesoDeteccionAnomaliasRegEvento: BusquedaEventos | None = None
    DeteccionAnomaliasRegEvento: AnomaliaEvento | None = None
    ExportacionRegFacturacionPeriodo: ExportacionRegistros | None = None
    ExportacionRegEventoPeriodo: ExportacionEventos | None = None
    ResumenEventos: Resumen | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventoPrevio(Element):
    """The event before."""

    TipoEvento: ClaveTipoEvento
    FechaHoraHusoGenEvento: Moment
    HuellaEvento: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CadenaEventos(Element):
    """The link: the log's first event, or the one before."""

    PrimerEvento: str | None = None
    EventoAnterior: EventoPrevio | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DatosEvento(Element):
    """An event."""

    SistemaInformatico: SistemaDeEvento
    ObligadoEmision: PersonaES
    EmitidaPorTerceroODestinatario: Literal["T", "D"] | None = None
    TerceroODestinatario: Persona | None = None
    FechaHoraHusoGenEvento: Moment
    TipoEvento: ClaveTipoEvento
    DatosPropiosEvento: DatosPropios | None = None
    OtrosDatosEvento: str | None = None
    Encadenamiento: CadenaEventos
    TipoHuella: Literal["01"] = "01"
    HuellaEvento: str
    Signature: XmlSignature | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistroEvento(Element):
    """An event with the version of its form."""

    NAMESPACE: ClassVar[str] = EVENTS

    IDVersion: Literal["1.0"] = "1.0"
    Evento: DatosEvento


def write_event(event: RegistroEvento) -> bytes:
    """Return an event as XML; it is complete when it is signed (`signing.sign_event`)."""
    return write(event, _NAME, EVENTS).encode()


def read_event(content: bytes) -> RegistroEvento:
    """Read an event.

    Raises:
        UnreadableDocumentError: It is none.
    """
    root = parse(content)
    if not is_called(root, _NAME, EVENTS):
        raise UnreadableDocumentError("unknown-root", f"{root.tag!s} is not a {_NAME}.")
    return read(RegistroEvento, root, EVENTS)
