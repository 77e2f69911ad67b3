"""Asking the AEAT what it has of a seller (ConsultaFactuSistemaFacturacion), month by month."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from formats.verifactu import soap
from formats.verifactu.elements import Element, Item, is_called, read, write
from formats.verifactu.names import INFORMATION, QUERY, QUERY_RESPONSE
from formats.verifactu.parties import Persona, PersonaES, SiNo, Sistema, SistemaBuscado
from formats.verifactu.records import (
    Anterior,
    ClaveTipoFactura,
    ClaveTipoRectificativa,
    Detalle,
    Factura,
    Rectificado,
)
from formats.verifactu.values import Moment
from formats.xml import UnreadableDocumentError, parse

ClaveEstadoRegistrado = Literal[
    "Correcto", "AceptadoConErrores", "Anulado", "Correcta", "AceptadaConErrores", "Anulada"
]
"""How an invoice stands. The AEAT published two schemas of one version, of records and of
invoices, as their genders show; which of them its service keeps is not known, so both are read."""

WITH_ERRORS = frozenset({"AceptadoConErrores", "AceptadaConErrores"})
"""Registered, and to be mended."""

_ASKED = "ConsultaFactuSistemaFacturacion"
_ANSWERED = "RespuestaConsultaFactuSistemaFacturacion"


@dataclass(frozen=True, slots=True, kw_only=True)
class CabeceraConsulta(Element):
    """Who asks: the seller about what he issued, or a recipient about what he got."""

    IDVersion: Literal["1.0"] = "1.0"
    ObligadoEmision: PersonaES | None = None
    Destinatario: PersonaES | None = None
    IndicadorRepresentante: Literal["S"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mes(Element):
    """A year and a month, `2026` and `03`, of the day of operation or else of issue."""

    Ejercicio: str
    Periodo: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rango(Element):
    """From a day until a day."""

    Desde: datetime.date | None = None
    Hasta: datetime.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FechaExpedicion(Element):
    """A day of issue, or several."""

    FechaExpedicionFactura: datetime.date | None = None
    RangoFechaExpedicion: Rango | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filtro(Element):
    """What is asked for; `ClavePaginacion` is the last invoice of the page before."""

    NAMESPACE: ClassVar[str] = QUERY

    PeriodoImputacion: Mes
    NumSerieFactura: str | None = None
    Contraparte: Persona | None = None
    FechaExpedicionFactura: FechaExpedicion | None = None
    SistemaInformatico: SistemaBuscado | None = None
    RefExterna: str | None = None
    ClavePaginacion: Factura | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DatosAdicionales(Element):
    """What else is to be told, which takes the AEAT longer."""

    NAMESPACE: ClassVar[str] = QUERY

    MostrarNombreRazonEmisor: SiNo | None = None
    MostrarSistemaInformatico: SiNo | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Consulta(Element):
    """The question."""

    NAMESPACE: ClassVar[str] = QUERY

    Cabecera: CabeceraConsulta
    FiltroConsulta: Filtro
    DatosAdicionalesRespuesta: DatosAdicionales | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodoRespondido(Element):
    """The month, in the answer's own namespace."""

    NAMESPACE: ClassVar[str] = QUERY_RESPONSE

    Ejercicio: str
    Periodo: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CadenaRegistrada(Element):
    """The link of a record that is registered."""

    NAMESPACE: ClassVar[str] = QUERY_RESPONSE

    PrimerRegistro: Literal["S"] | None = None
    RegistroAnterior: Anterior | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DatosRegistro(Element):
    """What the AEAT has of an invoice: its latest record."""

    NAMESPACE: ClassVar[str] = QUERY_RESPONSE

    NombreRazonEmisor: str | None = None
    RefExterna: str | None = None
    Subsanacion: SiNo | None = None
    RechazoPrevio: Literal["N", "S", "X"] | None = None
    SinRegistroPrevio: SiNo | None = None
    GeneradoPor: Literal["E", "D", "T"] | None = None
    Generador: Persona | None = None
    TipoFactura: ClaveTipoFactura | None = None
    TipoRectificativa: ClaveTipoRectificativa | None = None
    FacturasRectificadas: Annotated[tuple[Factura, ...], Item("IDFacturaRectificada")] = ()
    FacturasSustituidas: Annotated[tuple[Factura, ...], Item("IDFacturaSustituida")] = ()
    ImporteRectificacion: Rectificado | None = None
    FechaOperacion: datetime.date | None = None
    DescripcionOperacion: str | None = None
    FacturaSimplificadaArt7273: SiNo | None = None
    FacturaSinIdentifDestinatarioArt61d: SiNo | None = None
    Macrodato: SiNo | None = None
    EmitidaPorTerceroODestinatario: Literal["T", "D"] | None = None
    Tercero: Persona | None = None
    Destinatarios: Annotated[tuple[Persona, ...], Item("IDDestinatario")] = ()
    Cupon: SiNo | None = None
    Desglose: Annotated[tuple[Detalle, ...], Item("DetalleDesglose", INFORMATION)] = ()
    CuotaTotal: Decimal | None = None
    ImporteTotal: Decimal | None = None
    Encadenamiento: CadenaRegistrada | None = None
    SistemaInformatico: Sistema | None = None
    FechaHoraHusoGenRegistro: Moment | None = None
    NumRegistroAcuerdoFacturacion: str | None = None
    IdAcuerdoSistemaInformatico: str | None = None
    TipoHuella: Literal["01"] | None = None
    Huella: str | None = None
    NifRepresentante: str | None = None
    FechaFinVeriFactu: datetime.date | None = None
    Incidencia: SiNo | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Presentacion(Element):
    """Who presented a record, when, and in which request."""

    NIFPresentador: str
    TimestampPresentacion: Moment
    IdPeticion: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EstadoRegistrado(Element):
    """How an invoice stands now."""

    NAMESPACE: ClassVar[str] = QUERY_RESPONSE

    TimestampUltimaModificacion: Moment
    EstadoRegistro: ClaveEstadoRegistrado
    CodigoErrorRegistro: int | None = None
    DescripcionErrorRegistro: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Registrado(Element):
    """An invoice that the AEAT has."""

    NAMESPACE: ClassVar[str] = QUERY_RESPONSE

    IDFactura: Factura
    DatosRegistroFacturacion: DatosRegistro
    DatosPresentacion: Presentacion | None = None
    EstadoRegistro: EstadoRegistrado


@dataclass(frozen=True, slots=True, kw_only=True)
class RespuestaConsulta(Element):
    """The answer; `ClavePaginacion` where more follows."""

    NAMESPACE: ClassVar[str] = QUERY_RESPONSE

    Cabecera: CabeceraConsulta
    PeriodoImputacion: PeriodoRespondido
    IndicadorPaginacion: SiNo
    ResultadoConsulta: Literal["ConDatos", "SinDatos"]
    RegistroRespuestaConsultaFactuSistemaFacturacion: tuple[Registrado, ...] = ()
    ClavePaginacion: Factura | None = None


def write_query(query: Consulta) -> bytes:
    """Return a question in its envelope."""
    return soap.envelope(write(query, _ASKED, QUERY))


def read_query(content: bytes) -> Consulta:
    """Read a question, in an envelope or without one.

    Raises:
        UnreadableDocumentError: It is none.
    """
    root = parse(content)
    node = soap.content(root) if soap.is_envelope(root) else root
    if not is_called(node, _ASKED, QUERY):
        raise UnreadableDocumentError("unknown-root", f"{node.tag!s} is not a {_ASKED}.")
    return read(Consulta, node, QUERY)


def read_query_response(content: bytes) -> RespuestaConsulta:
    """Read an answer; elements that we do not know are passed over.

    Raises:
        UnreadableDocumentError: It is none.
        Fault: It is a SOAP fault.
    """
    node = soap.opened(content)
    if not is_called(node, _ANSWERED, QUERY_RESPONSE):
        raise UnreadableDocumentError("unknown-root", f"{node.tag!s} is not a {_ANSWERED}.")
    return read(RespuestaConsulta, node, QUERY_RESPONSE, exact=False)


def write_query_response(response: RespuestaConsulta) -> bytes:
    """Return an answer in its envelope."""
    return soap.envelope(write(response, _ANSWERED, QUERY_RESPONSE))
