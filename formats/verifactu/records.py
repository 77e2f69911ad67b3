"""The two records: a registration (RegistroAlta) and a cancellation (RegistroAnulacion).

Each is one invoice at one moment, chained to the record that its program made before. A record
never changes: what was wrong in it is mended by another with the same invoice.
"""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Literal

from formats.verifactu.elements import Element, Item
from formats.verifactu.parties import Persona, SiNo, Sistema
from formats.verifactu.values import Moment, XmlSignature

VERSION = "1.0"
SHA_256 = "01"
"""L12: the one kind of huella there is."""

ClaveTipoFactura = Literal["F1", "F2", "F3", "R1", "R2", "R3", "R4", "R5"]
"""L2. F1 invoice, F2 simplified, F3 in place of simplified ones; R1 corrects by error founded in
law and artículo 80.Uno, .Dos, .Seis LIVA, R2 by insolvency (80.Tres), R3 as not collectable
(80.Cuatro), R4 for other reasons, R5 a simplified one."""

ClaveTipoRectificativa = Literal["S", "I"]
"""L3: by substitution, or by differences."""

ClaveImpuesto = Literal["01", "02", "03", "05"]
"""L1: IVA, IPSI (Ceuta and Melilla), IGIC (Canaries), another."""

Calificacion = Literal["S1", "S2", "N1", "N2"]
"""L9: taxed, taxed with reverse charge, not subject (artículos 7, 14, others), not subject by the
rules of place."""

Exencion = Literal["E1", "E2", "E3", "E4", "E5", "E6", "E7", "E8"]
"""L10: exempt by LIVA 20, 21, 22, 23 and 24, 25, or otherwise; E7 and E8 for IGIC alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Factura(Element):
    """Names an invoice: its issuer's NIF, series and number, day of issue."""

    IDEmisorFactura: str
    NumSerieFactura: str
    FechaExpedicionFactura: datetime.date


@dataclass(frozen=True, slots=True, kw_only=True)
class FacturaAnulada(Element):
    """Names the invoice that a record cancels."""

    IDEmisorFacturaAnulada: str
    NumSerieFacturaAnulada: str
    FechaExpedicionFacturaAnulada: datetime.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Anterior(Element):
    """The record before, whatever its kind: its invoice, and its huella."""

    IDEmisorFactura: str
    NumSerieFactura: str
    FechaExpedicionFactura: datetime.date
    Huella: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadena(Element):
    """The link: the chain's first record, or the one before."""

    PrimerRegistro: Literal["S"] | None = None
    RegistroAnterior: Anterior | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Detalle(Element):
    """One line of the breakdown: CalificacionOperacion or OperacionExenta, one of them.

    `ClaveRegimen` is L8A for IVA, L8B for IGIC: 01 the general one, 02 export ...
    """

    Impuesto: ClaveImpuesto | None = None
    ClaveRegimen: str | None = None
    CalificacionOperacion: Calificacion | None = None
    OperacionExenta: Exencion | None = None
    TipoImpositivo: Decimal | None = None
    BaseImponibleOimporteNoSujeto: Decimal
    BaseImponibleACoste: Decimal | None = None
    CuotaRepercutida: Decimal | None = None
    TipoRecargoEquivalencia: Decimal | None = None
    CuotaRecargoEquivalencia: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rectificado(Element):
    """What the invoices said that a correction by substitution replaces."""

    BaseRectificada: Decimal
    CuotaRectificada: Decimal
    CuotaRecargoRectificado: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistroAlta(Element):
    """A registration.

    Attributes:
        Subsanacion: It mends a record of the same invoice.
        RechazoPrevio: S: a record that mended was refused; X: the AEAT has none of the invoice.
        FacturaSimplificadaArt7273: A simplified invoice with its recipient (artículo 7.2, 7.3).
        FacturaSinIdentifDestinatarioArt61d: An invoice without its recipient (artículo 6.1.d).
        Macrodato: ImporteTotal is 100,000,000 or more, whatever its sign.
        EmitidaPorTerceroODestinatario: T a third party issued it, D the recipient.
        Cupon: It corrects for a coupon or a discount granted later.
        NumRegistroAcuerdoFacturacion, IdAcuerdoSistemaInformatico: Of an agreement with the AEAT.
    """

    IDVersion: Literal["1.0"] = "1.0"
    IDFactura: Factura
    RefExterna: str | None = None
    NombreRazonEmisor: str
    Subsanacion: SiNo | None = None
    RechazoPrevio: Literal["N", "S", "X"] | None = None
    TipoFactura: ClaveTipoFactura
    TipoRectificativa: ClaveTipoRectificativa | None = None
    FacturasRectificadas: Annotated[tuple[Factura, ...], Item("IDFacturaRectificada")] = ()
    FacturasSustituidas: Annotated[tuple[Factura, ...], Item("IDFacturaSustituida")] = ()
    ImporteRectificacion: Rectificado | None = None
    FechaOperacion: datetime.date | None = None
    DescripcionOperacion: str
    FacturaSimplificadaArt7273: SiNo | None = None
    FacturaSinIdentifDestinatarioArt61d: SiNo | None = None
    Macrodato: SiNo | None = None
    EmitidaPorTerceroODestinatario: Literal["T", "D"] | None = None
    Tercero: Persona | None = None
    Destinatarios: Annotated[tuple[Persona, ...], Item("IDDestinatario")] = ()
    Cupon: SiNo | None = None
    Desglose: Annotated[tuple[Detalle, ...], Item("DetalleDesglose")]
    CuotaTotal: Decimal
    ImporteTotal: Decimal
    Encadenamiento: Cadena
    SistemaInformatico: Sistema
    FechaHoraHusoGenRegistro: Moment
    NumRegistroAcuerdoFacturacion: str | None = None
    IdAcuerdoSistemaInformatico: str | None = None
    TipoHuella: Literal["01"] = "01"
    Huella: str
    Signature: XmlSignature | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistroAnulacion(Element):
    """A cancellation: the invoice should never have been registered.

    Attributes:
        SinRegistroPrevio: The AEAT has no record of the invoice.
        RechazoPrevio: An earlier cancellation was refused.
        GeneradoPor: E the issuer, D the recipient, T a third party; then Generador says who.
    """

    IDVersion: Literal["1.0"] = "1.0"
    IDFactura: FacturaAnulada
    RefExterna: str | None = None
    SinRegistroPrevio: SiNo | None = None
    RechazoPrevio: SiNo | None = None
    GeneradoPor: Literal["E", "D", "T"] | None = None
    Generador: Persona | None = None
    Encadenamiento: Cadena
    SistemaInformatico: Sistema
    FechaHoraHusoGenRegistro: Moment
    TipoHuella: Literal["01"] = "01"
    Huella: str
    Signature: XmlSignature | None = None


Registro = RegistroAlta | RegistroAnulacion
