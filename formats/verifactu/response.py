"""What the AEAT answers to a submission: one verdict for each record, and how long to wait."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from formats.verifactu import soap
from formats.verifactu.elements import Element, is_called, read, write
from formats.verifactu.names import RESPONSE
from formats.verifactu.parties import SiNo
from formats.verifactu.records import Factura
from formats.verifactu.submission import Header
from formats.verifactu.values import Moment
from formats.xml import UnreadableDocumentError

_NAME = "RespuestaRegFactuSistemaFacturacion"

ClaveEstado = Literal["Correcto", "AceptadoConErrores", "Incorrecto"]
"""Accepted; accepted, and to be mended by a record with Subsanacion; refused."""

ClaveEstadoDuplicado = Literal["Correcta", "AceptadaConErrores", "Anulada"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Presentacion(Element):
    """Who presented it, and when."""

    NIFPresentador: str
    TimestampPresentacion: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Operado(Element):
    """What a record did."""

    TipoOperacion: Literal["Alta", "Anulacion"]
    Subsanacion: SiNo | None = None
    RechazoPrevio: Literal["N", "S", "X"] | None = None
    SinRegistroPrevio: SiNo | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicado(Element):
    """What the AEAT has of the invoice that it was told of again."""

    IdPeticionRegistroDuplicado: str
    EstadoRegistroDuplicado: ClaveEstadoDuplicado
    CodigoErrorRegistro: int | None = None
    DescripcionErrorRegistro: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Linea(Element):
    """The verdict on one record, in the order of the submission."""

    NAMESPACE: ClassVar[str] = RESPONSE

    IDFactura: Factura
    Operacion: Operado
    RefExterna: str | None = None
    EstadoRegistro: ClaveEstado
    CodigoErrorRegistro: int | None = None
    DescripcionErrorRegistro: str | None = None
    RegistroDuplicado: Duplicado | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Respuesta(Element):
    """The answer.

    Attributes:
        CSV: The AEAT's proof of what was presented; only where something was taken.
        TiempoEsperaEnvio: Seconds to wait before the next submission.
        EstadoEnvio: All accepted, some, or none.
    """

    NAMESPACE: ClassVar[str] = RESPONSE

    CSV: str | None = None
    DatosPresentacion: Presentacion | None = None
    Cabecera: Header
    TiempoEsperaEnvio: int
    EstadoEnvio: Literal["Correcto", "ParcialmenteCorrecto", "Incorrecto"]
    RespuestaLinea: tuple[Linea, ...] = ()


def read_response(content: bytes) -> Respuesta:
    """Read an answer; elements that we do not know are passed over.

    Raises:
        UnreadableDocumentError: It is none.
        Fault: It is a SOAP fault.
    """
    node = soap.opened(content)
    if not is_called(node, _NAME, RESPONSE):
        raise UnreadableDocumentError("unknown-root", f"{node.tag!s} is not a {_NAME}.")
    return read(Respuesta, node, RESPONSE, exact=False)


def write_response(response: Respuesta) -> bytes:
    """Return an answer in its envelope."""
    return soap.envelope(write(response, _NAME, RESPONSE))
