"""What Spain's AEAT is told of an invoice beside the terms of EN 16931, as only its seller knows.

The names are the AEAT's own (`tipo_factura` for `TipoFactura`), so that its manual and a field can
be read side by side; the identifier of a term is `ES-` and the element, with its group in front
where two have it. No syntax carries them: they go into the record of the invoice (VeriFactu).

Source: Orden HAC/1177/2024, anexo; AEAT, SuministroInformacion.xsd 1.0.
"""

from typing import Annotated

from formats.en16931.group import Group, Indicator, IsoDate, Text
from formats.en16931.money import Amount
from formats.en16931.terms import Term


class FacturaNombrada(Group):
    """A simplified invoice that this one stands for; its day is known where it was issued here."""

    num_serie_factura: Annotated[Text | None, Term("ES-NumSerieFactura")] = None
    fecha_expedicion_factura: Annotated[IsoDate | None, Term("ES-FechaExpedicionFactura")] = None


class ImporteRectificado(Group):
    """What the invoices amounted to that a correction by substitution replaces."""

    base_rectificada: Annotated[Amount | None, Term("ES-BaseRectificada")] = None
    cuota_rectificada: Annotated[Amount | None, Term("ES-CuotaRectificada")] = None
    cuota_recargo_rectificado: Annotated[Amount | None, Term("ES-CuotaRecargoRectificado")] = None


class Destinatario(Group):
    """The recipient as the AEAT knows him: by NIF, or by kind and number of another document."""

    nombre_razon: Annotated[Text | None, Term("ES-NombreRazon")] = None
    nif: Annotated[Text | None, Term("ES-NIF")] = None
    codigo_pais: Annotated[Text | None, Term("ES-CodigoPais")] = None
    id_type: Annotated[Text | None, Term("ES-IDType")] = None
    numero: Annotated[Text | None, Term("ES-ID")] = None


class Tercero(Group):
    """Who issued the invoice for its seller: by NIF, or by kind and number of another document."""

    nombre_razon: Annotated[Text | None, Term("ES-Tercero-NombreRazon")] = None
    nif: Annotated[Text | None, Term("ES-Tercero-NIF")] = None
    codigo_pais: Annotated[Text | None, Term("ES-Tercero-CodigoPais")] = None
    id_type: Annotated[Text | None, Term("ES-Tercero-IDType")] = None
    numero: Annotated[Text | None, Term("ES-Tercero-ID")] = None


class SpanishRecord(Group):
    """What a record says that does not follow from the invoice; what is unset follows.

    Attributes:
        tipo_factura: L2: F1, F2, F3; R1 to R5, by the reason of a correction.
        tipo_rectificativa: L3: S by substitution, I by differences.
        facturas_sustituidas: The simplified invoices that an F3 stands for.
        importe_rectificacion: For a substitution, where an invoice was not issued here.
        clave_regimen: L8A or L8B, of every line.
        factura_simplificada_art_7273: A simplified invoice that names its recipient.
        factura_sin_identif_destinatario_art_61d: An invoice that need not name its recipient.
        cupon: It corrects for a coupon or a discount.
        emitida_por_tercero_o_destinatario: T a third party issued it, D its recipient.
        tercero: That third party.
    """

    tipo_factura: Annotated[Text | None, Term("ES-TipoFactura")] = None
    tipo_rectificativa: Annotated[Text | None, Term("ES-TipoRectificativa")] = None
    facturas_sustituidas: Annotated[
        tuple[FacturaNombrada, ...], Term("ES-FacturasSustituidas")
    ] = ()
    importe_rectificacion: Annotated[
        ImporteRectificado | None, Term("ES-ImporteRectificacion")
    ] = None
    descripcion_operacion: Annotated[Text | None, Term("ES-DescripcionOperacion")] = None
    clave_regimen: Annotated[Text | None, Term("ES-ClaveRegimen")] = None
    factura_simplificada_art_7273: Annotated[
        Indicator | None, Term("ES-FacturaSimplificadaArt7273")
    ] = None
    factura_sin_identif_destinatario_art_61d: Annotated[
        Indicator | None, Term("ES-FacturaSinIdentifDestinatarioArt61d")
    ] = None
    destinatario: Annotated[Destinatario | None, Term("ES-IDDestinatario")] = None
    cupon: Annotated[Indicator | None, Term("ES-Cupon")] = None
    emitida_por_tercero_o_destinatario: Annotated[
        Text | None, Term("ES-EmitidaPorTerceroODestinatario")
    ] = None
    tercero: Annotated[Tercero | None, Term("ES-Tercero")] = None
