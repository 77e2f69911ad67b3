"""What the AEAT's answers about VeriFactu mean. Pure; see `es_verifactu`."""

import datetime
from collections.abc import Sequence
from datetime import timedelta
from http import HTTPStatus

from formats.verifactu import soap
from formats.verifactu.query import (
    WITH_ERRORS,
    Consulta,
    DatosRegistro,
    Registrado,
    read_query_response,
)
from formats.verifactu.records import Registro, RegistroAlta
from formats.verifactu.response import Linea, Respuesta, read_response
from formats.verifactu.submission import read_submission
from formats.xml import UnreadableDocumentError
from gateway.archive.service import EvidenceItem
from gateway.stamps.service import Stamp
from gateway.transmissions.adapter import Acknowledgement, Answer, Message
from gateway.transmissions.errors import (
    SEND_APART,
    Refused,
    Retry,
    TransmissionError,
    Unknown,
)
from gateway.transmissions.states import Fact
from gateway.transmissions.verdicts.table import tables

CHANNEL = "es-verifactu"

_DUPLICATES = frozenset({3000, 3001})
_TECHNICAL = frozenset({3500, 3501})  # of a record: its databases failed
_LATER = frozenset(
    {
        *("4134", "4141"),  # the service rests, or our access does
        *(
            "3500",
            "3501",
            "4110",
            "4111",
            "4128",
        ),  # its databases, powers of attorney or tables fail
    }
)
_FOR_A_PERSON = {
    # the certificate is not the seller's, nor his agent's
    **dict.fromkeys(("4108", "4112"), "credential_refused"),
    # this address takes no such thing
    **dict.fromkeys(("4118", "4135", "4139"), "wrong_place"),
    # the AEAT does not know the seller
    **dict.fromkeys(("4104", "4107", "4115", "4116"), "seller_unknown"),
}


def read(answer: Answer, *, alone: bool) -> Respuesta:
    """Return an answer; one that is none proves nothing, and a fault that blames us does."""
    if answer.status not in {HTTPStatus.OK, HTTPStatus.INTERNAL_SERVER_ERROR}:
        raise unproven(answer, f"http_{answer.status}", "it is no answer of the service")
    try:
        return read_response(answer.body)
    except UnreadableDocumentError as error:
        reason = "invalid_answer" if answer.status == HTTPStatus.OK else f"http_{answer.status}"
        raise unproven(answer, reason, str(error)) from error
    except soap.Fault as fault:
        raise _turned_away(answer, fault, alone=alone) from fault


def _turned_away(answer: Answer, fault: soap.Fault, *, alone: bool) -> TransmissionError:
    """Return what a fault means: only one with the AEAT's code says that nothing was taken."""
    if fault.side != "Client" or fault.code is None:
        return unproven(answer, "fault", fault.text)
    evidence = _evidence(answer)
    if fault.code in _LATER:
        wait = answer.retry_after
        return Retry(fault.code, fault.text, evidence=evidence, retry_after=wait)
    if (reason := _FOR_A_PERSON.get(fault.code)) is not None:
        return Retry(reason, fault.text, evidence=evidence)
    if not alone:  # one of them is to blame: each is told when it is sent for itself
        return Retry(SEND_APART, fault.text, evidence=evidence)
    return Refused(fault.code, fault.text, evidence=evidence)


def record_of(message: Message) -> Registro:
    """Return the record that a message carries."""
    return read_submission(message.payload).records[0]


def names(record: Registro) -> tuple[str, str, datetime.date]:
    """Return what names a record's invoice: issuer, number, day of issue."""
    if isinstance(record, RegistroAlta):
        named = record.IDFactura
        return named.IDEmisorFactura, named.NumSerieFactura, named.FechaExpedicionFactura
    gone = record.IDFactura
    return (
        gone.IDEmisorFacturaAnulada,
        gone.NumSerieFacturaAnulada,
        gone.FechaExpedicionFacturaAnulada,
    )


def is_about(line: Linea, record: Registro) -> bool:
    """Tell whether a line of an answer is about a record."""
    named = line.IDFactura
    kind = "Alta" if isinstance(record, RegistroAlta) else "Anulacion"
    told = (named.IDEmisorFactura, named.NumSerieFactura, named.FechaExpedicionFactura)
    return told == names(record) and line.Operacion.TipoOperacion == kind


def outcome(
    record: Registro, line: Linea, said: Respuesta, answer: Answer
) -> Acknowledgement | TransmissionError:
    """Return what a line says of its record."""
    if line.EstadoRegistro != "Incorrecto":
        return _acknowledged(record, line, said, answer)
    code = str(line.CodigoErrorRegistro or "Incorrecto")
    detail = f"{code}: {line.DescripcionErrorRegistro or ''}"
    wait = said.TiempoEsperaEnvio or None
    if line.CodigoErrorRegistro in _TECHNICAL:
        return Unknown("technical", detail, evidence=_evidence(answer), retry_after=wait)
    if line.CodigoErrorRegistro in _DUPLICATES:
        return Unknown("duplicate", detail, evidence=_evidence(answer), retry_after=wait)
    return Refused(code, detail, evidence=_evidence(answer), retry_after=wait)


def _acknowledged(
    record: Registro, line: Linea, said: Respuesta, answer: Answer
) -> Acknowledgement:
    presented = said.DatosPresentacion
    stamps: tuple[Stamp, ...] = ()
    if said.CSV and presented is not None:
        at = presented.TimestampPresentacion.moment
        stamps = (Stamp(authority=CHANNEL, kind="csv", identifier=said.CSV, at=at),)
    wait = said.TiempoEsperaEnvio
    return Acknowledgement(
        EvidenceItem("receipt", "respuesta.xml", "text/xml", answer.body),
        _fact(line.EstadoRegistro),
        correlations={"huella": record.Huella},  # the CSV is that of the whole batch
        wait=timedelta(seconds=wait) if wait > 0 else None,
        stamps=stamps,
    )


def found(answer: Answer, asked: Consulta) -> Sequence[Registrado]:
    """Return the invoices of an answer, which must be the answer to this question."""
    if answer.status != HTTPStatus.OK:
        raise unproven(answer, f"http_{answer.status}", "it is no answer of the service")
    try:
        said = read_query_response(answer.body)
    except UnreadableDocumentError as error:
        raise unproven(answer, "invalid_answer", str(error)) from error
    except soap.Fault as fault:
        raise unproven(answer, "fault", fault.text) from fault
    told_of = said.RegistroRespuestaConsultaFactuSistemaFacturacion
    number, period = asked.FiltroConsulta.NumSerieFactura, asked.FiltroConsulta.PeriodoImputacion
    told = said.PeriodoImputacion
    ours = (
        said.Cabecera.ObligadoEmision == asked.Cabecera.ObligadoEmision
        and (told.Ejercicio, told.Periodo) == (period.Ejercicio, period.Periodo)
        and all(one.IDFactura.NumSerieFactura == number for one in told_of)
        and bool(told_of) == (said.ResultadoConsulta == "ConDatos")
    )
    if not ours or said.IndicadorPaginacion != "N":
        raise unproven(answer, "invalid_answer", "it answers another question")
    return told_of


def known(record: Registro, other: Registrado, answer: Answer) -> Acknowledgement | None:
    """Return what the AEAT has of a record; None when it has another of the same invoice.

    The huella holds neither producer nor installation: two programs of one seller can make the
    same one, so the program counts, too, wherever the AEAT tells it.

    Raises:
        Refused: That other one keeps ours from ever being taken.
    """
    state = other.EstadoRegistro.EstadoRegistro
    if not _is_of(record, other.DatosRegistroFacturacion):
        if isinstance(record, RegistroAlta) and record.Subsanacion != "S":
            detail = f"3000: another record of the invoice is registered, and is {state}"
            raise Refused("3000", detail, evidence=_evidence(answer))
        return None
    return Acknowledgement(
        EvidenceItem("receipt", "consulta.xml", "text/xml", answer.body),
        _fact("AceptadoConErrores" if state in WITH_ERRORS else "Correcto"),
        correlations={"huella": record.Huella},
    )


def _is_of(record: Registro, other: DatosRegistro) -> bool:
    program = other.SistemaInformatico
    return other.Huella == record.Huella and (
        program is None or program.place == record.SistemaInformatico.place
    )


def _fact(code: str) -> Fact:
    verdict = tables()[CHANNEL].find(code)
    if verdict is None:
        raise AssertionError(f"{code} stands in the table")
    return verdict.fact()


def unproven(answer: Answer, reason: str, detail: str) -> Unknown:
    """Return what an answer means that proves nothing, but perhaps says when to come again."""
    wait = answer.retry_after
    return Unknown(reason, detail, evidence=_evidence(answer), retry_after=wait)


def _evidence(answer: Answer) -> tuple[EvidenceItem, ...]:
    if not answer.body:
        return ()
    return (EvidenceItem("receipt", "answer.bin", "application/octet-stream", answer.body),)
