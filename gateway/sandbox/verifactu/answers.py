"""What the authority answers to a submission."""

import copy
import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from lxml import etree

from gateway.sandbox.kit import soap
from gateway.sandbox.verifactu.codes import ACCEPTED, REFUSED
from gateway.sandbox.verifactu.ledger import Invoice
from gateway.sandbox.verifactu.record import RESPONSE, SF, Record

MADRID = ZoneInfo("Europe/Madrid")
_PREFIXES = {"tikR": RESPONSE, "tik": SF}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a record.

    Attributes:
        record: Which.
        state: `Correcto`, `AceptadoConErrores` or `Incorrecto`.
        code: Why, "" for a right one.
        words: The same in words.
        doubled: How its invoice stands, where it is a duplicate.
    """

    record: Record
    state: str
    code: str
    words: str
    doubled: Invoice | None = None


def answered(  # noqa: PLR0913 - what an answer says
    header: etree._Element,
    verdicts: Sequence[Verdict],
    *,
    csv: str,
    presenter: str,
    now: datetime.datetime,
    wait: int,
) -> bytes:
    """Return the answer in its envelope."""
    answer = etree.Element(_r("RespuestaRegFactuSistemaFacturacion"), nsmap=_PREFIXES)
    states = {one.state for one in verdicts}
    if states != {"Incorrecto"}:
        add(answer, _r("CSV"), csv)
        presented = etree.SubElement(answer, _r("DatosPresentacion"))
        add(presented, _f("NIFPresentador"), presenter)
        add(presented, _f("TimestampPresentacion"), moment(now))
    echoed = copy.deepcopy(header)
    echoed.tag, echoed.tail = _r("Cabecera"), None
    answer.append(echoed)
    add(answer, _r("TiempoEsperaEnvio"), str(wait))
    whole = {frozenset({"Correcto"}): "Correcto", frozenset({"Incorrecto"}): "Incorrecto"}
    add(answer, _r("EstadoEnvio"), whole.get(frozenset(states), "ParcialmenteCorrecto"))
    for one in verdicts:
        answer.append(line(one))
    return soap.enclosed(answer)


def line(verdict: Verdict) -> etree._Element:
    """Return the line about one record."""
    record = verdict.record
    made = etree.Element(_r("RespuestaLinea"), nsmap=_PREFIXES)
    named = etree.SubElement(made, _r("IDFactura"))
    names = ("IDEmisorFactura", "NumSerieFactura", "FechaExpedicionFactura")
    for name, value in zip(names, record.names, strict=True):
        add(named, _f(name), value)
    done = etree.SubElement(made, _r("Operacion"))
    add(done, _f("TipoOperacion"), "Alta" if record.is_alta else "Anulacion")
    for name in ("Subsanacion", "RechazoPrevio", "SinRegistroPrevio"):
        add(done, _f(name), record.text(name))
    add(made, _r("RefExterna"), record.text("RefExterna"))
    add(made, _r("EstadoRegistro"), verdict.state)
    add(made, _r("CodigoErrorRegistro"), verdict.code)
    add(made, _r("DescripcionErrorRegistro"), verdict.words)
    if verdict.doubled is not None:
        _double(made, verdict.doubled)
    return made


def _double(made: etree._Element, known: Invoice) -> None:
    inside = etree.SubElement(made, _r("RegistroDuplicado"))
    add(inside, _f("IdPeticionRegistroDuplicado"), known.request)
    add(inside, _f("EstadoRegistroDuplicado"), known.state)
    if known.state == "AceptadaConErrores":
        add(inside, _f("CodigoErrorRegistro"), known.code)
        add(inside, _f("DescripcionErrorRegistro"), {**REFUSED, **ACCEPTED}[known.code])


def add(parent: etree._Element, tag: str, text: str) -> None:
    """Put an element with a text into another; nothing where there is no text."""
    if text:
        etree.SubElement(parent, tag).text = text


def moment(now: datetime.datetime) -> str:
    """Return a moment as the AEAT writes it: with Madrid's offset, to the second."""
    return now.astimezone(MADRID).replace(microsecond=0).isoformat()


def _r(name: str) -> str:
    return f"{{{RESPONSE}}}{name}"


def _f(name: str) -> str:
    return f"{{{SF}}}{name}"
