"""What the seller says of a record himself: the invoice's extension for Spain, put into a filing.

Most of a record follows from the invoice. What does not is the reason of a correction: R1 an error
founded in law and artículo 80.Uno, .Dos and .Seis LIVA, R2 insolvency (80.Tres), R3 a debt that
cannot be collected (80.Cuatro), R4 any other, R5 of a simplified invoice. Sources: Real Decreto
1619/2012, artículo 15; Orden HAC/1177/2024, anexo, lists L2 and L3.
"""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import cast, get_args

from countries.es.filing import Filing, finding
from formats.en16931 import Invoice
from formats.en16931.codes.documents import CREDIT_NOTE_TYPES
from formats.en16931.extensions.spain import Destinatario, SpanishRecord, Tercero
from formats.findings import Finding
from formats.verifactu.parties import ClaveIDType, OtraIdentificacion, Persona
from formats.verifactu.records import (
    ClaveTipoFactura,
    ClaveTipoRectificativa,
    Factura,
    Rectificado,
)

_NOTHING = SpanishRecord()
_PLACE = "/extensions/spain"
_TYPES: tuple[str, ...] = get_args(ClaveTipoFactura)
_WAYS: tuple[str, ...] = get_args(ClaveTipoRectificativa)
_ID_TYPES: tuple[str, ...] = get_args(ClaveIDType)
_ISSUERS = ("T", "D")
_CORRECTED = "384"
_NAME = 120


def said(invoice: Invoice) -> SpanishRecord:
    """Return what the seller says himself."""
    given = invoice.extensions.spain if invoice.extensions is not None else None
    return given or _NOTHING


def unfit(
    invoice: Invoice, days: Mapping[str, datetime.date], *, replaces: bool = False
) -> Iterator[Finding]:
    """Yield a finding (ES-11) for everything that he cannot say.

    Args:
        invoice: The invoice.
        days: Of issue, of simplified invoices whose day is known without him.
        replaces: It takes the place of another, which it corrects.
    """
    given = said(invoice)
    credit = invoice.type_code in CREDIT_NOTE_TYPES
    corrective = credit or replaces or invoice.type_code == _CORRECTED
    ordinary = {"F1", "F2"} | ({"F3"} if credit else set())  # F3 may take a simplified one's place
    yield from _code("tipo_factura", given.tipo_factura, _TYPES)
    yield from _code("tipo_rectificativa", given.tipo_rectificativa, _WAYS)
    if corrective and given.tipo_factura in ordinary:
        yield _wrong("tipo_factura", "This is a correction: R1 to R5.", "Say R1 to R5.")
    if replaces and given.tipo_rectificativa == "I":
        yield _wrong(
            "tipo_rectificativa",
            "What takes the place of another invoice corrects by substitution, with its whole"
            " amounts.",
            "Say S or nothing, or issue a credit note, which corrects by differences.",
        )
    if credit and given.tipo_rectificativa == "S":
        yield _wrong(
            "tipo_rectificativa",
            "A credit note corrects by differences.",
            "Say I, or issue a corrected invoice, which stands in place of the first.",
        )
    for index, one in enumerate(given.facturas_sustituidas):
        if not one.num_serie_factura or (
            one.fecha_expedicion_factura is None and one.num_serie_factura not in days
        ):
            yield _wrong(
                f"facturas_sustituidas/{index}",
                "A simplified invoice has a number, and a day of issue.",
                "Give both; the day may be left out where it was issued here.",
            )
    amounts = given.importe_rectificacion
    if amounts is not None and None in {amounts.base_rectificada, amounts.cuota_rectificada}:
        yield _wrong(
            "importe_rectificacion", "What was replaced has a base and a tax.", "Give both."
        )
    if given.destinatario is not None:
        yield from _identified("destinatario", given.destinatario)
    yield from _issued(given)


def with_said(
    filing: Filing, invoice: Invoice, nif: str, days: Mapping[str, datetime.date]
) -> Filing:
    """Return a filing with what the seller says himself, in which nothing is `unfit`.

    Args:
        filing: What is known without him.
        invoice: The invoice.
        nif: The seller's.
        days: As for `unfit`.
    """
    given = said(invoice)
    amounts = given.importe_rectificacion
    listed = tuple(
        Factura(
            IDEmisorFactura=nif,
            NumSerieFactura=one.num_serie_factura or "",
            FechaExpedicionFactura=one.fecha_expedicion_factura
            or days[one.num_serie_factura or ""],
        )
        for one in given.facturas_sustituidas
    )
    return replace(
        filing,
        invoice_type=cast("ClaveTipoFactura | None", given.tipo_factura),
        correction=cast("ClaveTipoRectificativa | None", given.tipo_rectificativa)
        or filing.correction,
        replaced=listed or (filing.corrected if given.tipo_factura == "F3" else ()),
        replaced_amounts=filing.replaced_amounts
        if amounts is None
        else Rectificado(
            BaseRectificada=amounts.base_rectificada or Decimal(0),
            CuotaRectificada=amounts.cuota_rectificada or Decimal(0),
            CuotaRecargoRectificado=amounts.cuota_recargo_rectificado,
        ),
        description=given.descripcion_operacion or filing.description,
        regime=given.clave_regimen or filing.regime,
        with_recipient=bool(given.factura_simplificada_art_7273),
        without_recipient=bool(given.factura_sin_identif_destinatario_art_61d),
        recipient=_person(given.destinatario),
        coupon=bool(given.cupon),
        third_party=_person(given.tercero),
        issued_by_recipient=given.emitida_por_tercero_o_destinatario == "D",
    )


def _issued(given: SpanishRecord) -> Iterator[Finding]:
    by, third = given.emitida_por_tercero_o_destinatario, given.tercero
    yield from _code("emitida_por_tercero_o_destinatario", by, _ISSUERS)
    if (by == "T") != (third is not None):
        yield _wrong(
            "tercero",
            "T says that a third party issued the invoice, and tercero says who.",
            "Give both, or neither.",
        )
    if third is not None:
        yield from _identified("tercero", third)


def _person(given: Destinatario | Tercero | None) -> Persona | None:
    if given is None:
        return None
    name = (given.nombre_razon or "")[:_NAME]
    if given.nif:
        return Persona(NombreRazon=name, NIF=given.nif)
    other = OtraIdentificacion(
        CodigoPais=given.codigo_pais,
        IDType=cast("ClaveIDType", given.id_type),
        ID=given.numero or "",
    )
    return Persona(NombreRazon=name, IDOtro=other)


def _identified(field: str, given: Destinatario | Tercero) -> Iterator[Finding]:
    other = (given.codigo_pais, given.id_type, given.numero)
    complete = bool(given.id_type and given.numero) if any(other) else bool(given.nif)
    if not given.nombre_razon or not complete or (given.nif and any(other)):
        yield _wrong(
            field,
            "Whoever is named has a name, and a NIF or kind and number of another document.",
            "Give nombre_razon, and nif, or id_type and numero.",
        )
    yield from _code(f"{field}/id_type", given.id_type, _ID_TYPES)


def _code(field: str, value: str | None, known: tuple[str, ...]) -> Iterator[Finding]:
    if value is not None and value not in known:
        listed = ", ".join(known)
        yield _wrong(field, f"{value!r} is none of the AEAT's codes {listed}.", f"Use {listed}.")


def _wrong(field: str, message: str, fix: str) -> Finding:
    return finding("ES-11", message, pointer=f"{_PLACE}/{field}", fix=fix)
