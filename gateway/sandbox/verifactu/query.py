"""Telling a seller or a recipient what was registered, month by month and page by page."""

import copy
from collections.abc import Iterator

from lxml import etree

from gateway.sandbox.kit import soap
from gateway.sandbox.kit.compliance import Rulebook
from gateway.sandbox.verifactu.answers import add
from gateway.sandbox.verifactu.codes import ACCEPTED, REFUSED
from gateway.sandbox.verifactu.header import FaultError
from gateway.sandbox.verifactu.ledger import Invoice, Ledger
from gateway.sandbox.verifactu.record import QUERY, QUERY_RESPONSE, SF, Part, Record

_PREFIXES = {"tikLRRC": QUERY_RESPONSE, "tik": SF}
_STATES = {"Correcta": "Correcto", "Anulada": "Anulado"}
_TOLD = (
    *("NombreRazonEmisor", "RefExterna", "Subsanacion", "RechazoPrevio", "SinRegistroPrevio"),
    *("GeneradoPor", "Generador", "TipoFactura", "TipoRectificativa", "FacturasRectificadas"),
    *("FacturasSustituidas", "ImporteRectificacion", "FechaOperacion", "DescripcionOperacion"),
    *("FacturaSimplificadaArt7273", "FacturaSinIdentifDestinatarioArt61d", "Macrodato"),
    *("EmitidaPorTerceroODestinatario", "Tercero", "Destinatarios", "Cupon", "Desglose"),
    *("CuotaTotal", "ImporteTotal", "Encadenamiento", "SistemaInformatico"),
    *("FechaHoraHusoGenRegistro", "NumRegistroAcuerdoFacturacion"),
    *("IdAcuerdoSistemaInformatico", "TipoHuella", "Huella"),
)
"""In the order of RespuestaConsultaLR.xsd."""
_OWN = frozenset(
    {"FacturasRectificadas", "FacturasSustituidas", "Destinatarios", "Encadenamiento"}
)
"""Whose children are in the answer's namespace, too."""


def told(
    question: etree._Element,
    presenter: str | None,
    ledger: Ledger,
    rulebook: Rulebook,
    page: int,
) -> bytes:
    """Return the answer to a question, in its envelope.

    Raises:
        FaultError: The caller may not ask it.
    """
    asked = Part(question)
    seller = asked.text("Cabecera/ObligadoEmision/NIF")
    recipient = asked.text("Cabecera/Destinatario/NIF")
    who = seller or recipient
    may = presenter in {None, who} or asked.text("Cabecera/IndicadorRepresentante") == "S"
    if not rulebook.judged("4132", kept=may):
        raise FaultError("4132")
    found = list(_found(asked, ledger, seller, recipient))
    after = asked.part("FiltroConsulta/ClavePaginacion")
    if after is not None:
        last = (after.text("NumSerieFactura"), after.text("FechaExpedicionFactura"))
        found = [one for one in found if (one[0].number, one[0].day) > last]
    return soap.enclosed(_answer(asked, found[:page], more=len(found) > page))


def _found(
    asked: Part, ledger: Ledger, seller: str, recipient: str
) -> Iterator[tuple[Invoice, Record]]:
    filters = "FiltroConsulta/"
    period = "-".join(
        asked.text(f"{filters}PeriodoImputacion/{one}") for one in ("Ejercicio", "Periodo")
    )
    known = ledger.of_month(seller, period) if seller else ledger.month(period)
    other = asked.text(f"{filters}Contraparte/NIF") or asked.text(
        f"{filters}Contraparte/IDOtro/ID"
    )
    number = asked.text(f"{filters}NumSerieFactura")
    day = asked.text(f"{filters}FechaExpedicionFactura/FechaExpedicionFactura")
    reference = asked.text(f"{filters}RefExterna")
    for one in known:
        record = _record(ledger, one)
        parties = {
            party.text("NIF") or party.text("IDOtro/ID")
            for party in record.parts("Destinatarios/IDDestinatario")
        }
        wanted = (
            (not number or one.number == number)
            and (not day or one.day == day)
            and (not reference or record.text("RefExterna") == reference)
            and (not recipient or recipient in parties)
            and (not other or other in (parties if seller else {one.issuer}))
        )
        if wanted:
            yield one, record


def _record(ledger: Ledger, invoice: Invoice) -> Record:
    kept = ledger.record(invoice.key)
    assert kept is not None  # noqa: S101 - entered in the same transaction
    return Record(soap.parsed(kept.content))


def _answer(asked: Part, found: list[tuple[Invoice, Record]], *, more: bool) -> etree._Element:
    answer = etree.Element(_q("RespuestaConsultaFactuSistemaFacturacion"), nsmap=_PREFIXES)
    head = asked.part("Cabecera")
    if head is not None:
        echoed = copy.deepcopy(head.node)
        echoed.tag, echoed.tail = _q("Cabecera"), None
        answer.append(echoed)
    period = etree.SubElement(answer, _q("PeriodoImputacion"))
    for name in ("Ejercicio", "Periodo"):
        add(period, _q(name), asked.text(f"FiltroConsulta/PeriodoImputacion/{name}"))
    add(answer, _q("IndicadorPaginacion"), "S" if more else "N")
    add(answer, _q("ResultadoConsulta"), "ConDatos" if found else "SinDatos")
    for invoice, record in found:
        answer.append(_one(asked, invoice, record))
    if more:
        answer.append(_named(_q("ClavePaginacion"), found[-1][0]))
    return answer


def _one(asked: Part, invoice: Invoice, record: Record) -> etree._Element:
    made = etree.Element(_q("RegistroRespuestaConsultaFactuSistemaFacturacion"), nsmap=_PREFIXES)
    made.append(_named(_q("IDFactura"), invoice))
    inside = etree.SubElement(made, _q("DatosRegistroFacturacion"))
    shown = "DatosAdicionalesRespuesta/Mostrar{}"
    hidden = {
        name
        for name in ("NombreRazonEmisor", "SistemaInformatico")
        if asked.text(shown.format(name)) != "S"
    }
    for name in _TOLD:
        part = record.part(name)
        if part is not None and name not in hidden:
            inside.append(_own(part.node))
    presented = etree.SubElement(made, _q("DatosPresentacion"))
    add(presented, f"{{{SF}}}NIFPresentador", invoice.issuer)
    add(presented, f"{{{SF}}}TimestampPresentacion", invoice.at)
    add(presented, f"{{{SF}}}IdPeticion", invoice.request)
    stands = etree.SubElement(made, _q("EstadoRegistro"))
    add(stands, _q("TimestampUltimaModificacion"), invoice.at)
    add(stands, _q("EstadoRegistro"), _STATES.get(invoice.state, "AceptadoConErrores"))
    add(stands, _q("CodigoErrorRegistro"), invoice.code)
    add(stands, _q("DescripcionErrorRegistro"), {**REFUSED, **ACCEPTED}.get(invoice.code, ""))
    return made


def _own(node: etree._Element) -> etree._Element:
    copied = copy.deepcopy(node)
    copied.tail = None
    name = etree.QName(copied).localname
    copied.tag = _q(name)
    if name in _OWN:
        for child in copied.iterchildren(etree.Element):
            child.tag = _q(etree.QName(child).localname)
    return copied


def _named(tag: str, invoice: Invoice) -> etree._Element:
    made = etree.Element(tag, nsmap=_PREFIXES)
    add(made, f"{{{SF}}}IDEmisorFactura", invoice.issuer)
    add(made, f"{{{SF}}}NumSerieFactura", invoice.number)
    add(made, f"{{{SF}}}FechaExpedicionFactura", invoice.day)
    return made


def _q(name: str) -> str:
    return f"{{{QUERY_RESPONSE}}}{name}"


ASKED = f"{{{QUERY}}}ConsultaFactuSistemaFacturacion"
"""What a question is called."""
