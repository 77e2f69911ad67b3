"""The wire of VeriFactu: records of invoices out, one verdict on each of them back.

A clearance in batches: up to a thousand records of one seller travel in one request, in the order
of their chain, and the answer has a line for each and says how long to wait. Nothing in it is
signed: TLS vouches for it. A refused record stays refused and keeps its place in the chain.

A duplicate (3000) says nothing of whose record the AEAT has. Where ours was never sent before, it
is another's; where it was, the AEAT is asked for the huella it has. So the same bytes are sent
again only when it has never seen them.
"""

from collections.abc import Sequence
from datetime import timedelta
from http import HTTPStatus
from typing import Self
from urllib.parse import urlsplit

from formats.verifactu import soap
from formats.verifactu.names import MOST_RECORDS
from formats.verifactu.query import (
    CabeceraConsulta,
    Consulta,
    Filtro,
    Mes,
    Registrado,
    read_query_response,
    write_query,
)
from formats.verifactu.records import Registro, RegistroAlta
from formats.verifactu.response import Linea, Respuesta, read_response
from formats.verifactu.submission import joined, read_submission
from formats.xml import UnreadableDocumentError
from gateway.archive.service import EvidenceItem
from gateway.channels.places import Place
from gateway.channels.wire import Exchanging, Wire
from gateway.stamps.service import Stamp
from gateway.transmissions.adapter import Acknowledgement, Answer, Message, Request
from gateway.transmissions.conduct import Conduct, Offline, Shape
from gateway.transmissions.errors import Refused, Retry, TransmissionError, Unknown
from gateway.transmissions.states import Fact
from gateway.transmissions.verdicts.table import tables

CHANNEL = "es-verifactu"
TEST_CHANNEL = "es-verifactu-test"
"""For entities of the sandbox: the local authority, or the AEAT's own test system."""

MOST = MOST_RECORDS
"""Records in one request."""

OFFLINE = Offline(after=timedelta(minutes=5), within=timedelta(days=30))
"""An invoice is handed over without waiting for the AEAT; its record follows as soon as it can,
and says that it could not be sent at once (Orden HAC/1177/2024, artículo 16); the days are ours.
"""

CONDUCT = Conduct(
    shape=Shape.CLEARANCE,
    resend_is_safe=False,
    settle=timedelta(seconds=30),
    deadline=OFFLINE.within,
    verdict_within=timedelta(minutes=5),
    response_within=timedelta(0),  # there is no buyer on this wire
    usual_answer=timedelta(seconds=10),
    first_ask=timedelta(seconds=30),
    longest_ask=timedelta(minutes=15),
    offline=OFFLINE,
)

_SERVICE = "/wlpl/TIKE-CONT/ws/SistemaFacturacion/VerifactuSOAP"
_SECONDS = 60.0  # a thousand records take the AEAT a while
_DUPLICATES = frozenset({3000, 3001})
_LATER = frozenset({"4134", "4141"})  # the service rests, or our access does
_OURSELVES = frozenset({"4108", "4112"})  # the certificate is not the seller's, nor his agent's


class EsVerifactu:
    """The adapter.

    Args:
        url: Where the AEAT is, without a path.
        wire: Carries what is said.
        channel: `es-verifactu` or `es-verifactu-test`.
        conduct: How it behaves.
    """

    usual = CONDUCT

    def __init__(
        self,
        url: str,
        wire: Exchanging,
        *,
        channel: str = TEST_CHANNEL,
        conduct: Conduct = CONDUCT,
    ) -> None:
        self._url = url.rstrip("/") + _SERVICE
        self._wire = wire
        self.channel = channel
        self.conduct = conduct

    @classmethod
    def open(cls, place: Place, *, wire: Exchanging | None = None) -> Self:
        """Return the adapter for a place."""
        own = wire or Wire(trust=place.trust, total_seconds=_SECONDS)
        return cls(place.url, own, channel=place.channel)

    def endpoint(self, message: Message) -> str:
        """Return host and port; there is one authority for all."""
        del message
        return urlsplit(self._url).netloc

    def prepare(self, message: Message) -> Request:
        """Return the request that carries one record; see `Adapter.prepare`."""
        return self.prepare_all([message])

    def prepare_all(self, messages: Sequence[Message]) -> Request:
        """Return the request that carries the records of several messages, in their order.

        Raises:
            ValueError: There are none, too many, or their headers differ.
        """
        late = any(message.deferred for message in messages)
        body = joined([message.payload for message in messages], incident=late)
        first = messages[0]
        headers = (
            ("Content-Type", soap.MEDIA_TYPE),
            ("SOAPAction", '""'),
            ("Message-Id", first.message_id),
        )
        return Request("POST", self._url, headers, body, credential=first.credential)

    def send(self, request: Request) -> Answer:
        """Write the request once; see `Adapter.send`."""
        return self._wire.exchange(request)

    def interpret(self, message: Message, answer: Answer) -> Acknowledgement:
        """Read the verdict on one record; see `Adapter.interpret`."""
        (outcome,) = self.interpret_all([message], answer)
        if isinstance(outcome, TransmissionError):
            raise outcome
        return outcome

    def interpret_all(
        self, messages: Sequence[Message], answer: Answer
    ) -> Sequence[Acknowledgement | TransmissionError]:
        """Return what became of each message, in their order.

        Raises:
            Retry, Refused, Unknown: It holds for all of them.
        """
        said = _read(answer, alone=len(messages) == 1)
        records = [_record(message) for message in messages]
        lines = said.RespuestaLinea
        fits = len(lines) == len(records) and all(map(_is_about, lines, records))
        if not fits:
            raise _unproven(answer, "invalid_answer", "the answer is about other records")
        return [
            _outcome(message, record, line, said, answer)
            for message, record, line in zip(messages, records, lines, strict=True)
        ]

    def reconcile(self, message: Message) -> Acknowledgement | None:
        """Ask for the invoice, and compare the huella; see `Adapter.reconcile`."""
        submission = read_submission(message.payload)
        record = submission.records[0]
        issuer, number, day = _names(record)
        month = day
        if isinstance(record, RegistroAlta) and record.FechaOperacion is not None:
            month = record.FechaOperacion
        asked = Consulta(
            Cabecera=CabeceraConsulta(ObligadoEmision=submission.Cabecera.ObligadoEmision),
            FiltroConsulta=Filtro(
                PeriodoImputacion=Mes(Ejercicio=f"{month:%Y}", Periodo=f"{month:%m}"),
                NumSerieFactura=number,
            ),
        )
        headers = (("Content-Type", soap.MEDIA_TYPE), ("SOAPAction", '""'))
        request = Request(
            "POST", self._url, headers, write_query(asked), credential=message.credential
        )
        answer = self._wire.exchange(request)
        found = _found(answer, asked)
        for one in found:
            if (one.IDFactura.IDEmisorFactura, one.IDFactura.FechaExpedicionFactura) == (
                issuer,
                day,
            ):
                return _known(record, one, answer)
        return None


def _read(answer: Answer, *, alone: bool) -> Respuesta:
    """Return an answer; one that is none proves nothing, and a fault that blames us does."""
    if answer.status not in {HTTPStatus.OK, HTTPStatus.INTERNAL_SERVER_ERROR}:
        raise _unproven(answer, f"http_{answer.status}", "it is no answer of the service")
    try:
        return read_response(answer.body)
    except UnreadableDocumentError as error:
        reason = "invalid_answer" if answer.status == HTTPStatus.OK else f"http_{answer.status}"
        raise _unproven(answer, reason, str(error)) from error
    except soap.Fault as fault:
        raise _turned_away(answer, fault, alone=alone) from fault


def _turned_away(answer: Answer, fault: soap.Fault, *, alone: bool) -> TransmissionError:
    """Return what a fault means: only one with the AEAT's code says that nothing was taken."""
    if fault.side != "Client" or fault.code is None:
        return _unproven(answer, "fault", fault.text)
    evidence = _evidence(answer)
    if fault.code in _LATER:
        wait = answer.retry_after
        return Retry(fault.code, fault.text, evidence=evidence, retry_after=wait)
    if fault.code in _OURSELVES:
        return Retry("credential_refused", fault.text, evidence=evidence)
    if not alone:  # one of them is to blame: each is told when it is sent for itself
        return Retry("send_apart", fault.text, evidence=evidence)
    return Refused(fault.code, fault.text, evidence=evidence)


def _record(message: Message) -> Registro:
    return read_submission(message.payload).records[0]


def _names(record: Registro) -> tuple[str, str, object]:
    if isinstance(record, RegistroAlta):
        named = record.IDFactura
        return named.IDEmisorFactura, named.NumSerieFactura, named.FechaExpedicionFactura
    gone = record.IDFactura
    return (
        gone.IDEmisorFacturaAnulada,
        gone.NumSerieFacturaAnulada,
        gone.FechaExpedicionFacturaAnulada,
    )


def _is_about(line: Linea, record: Registro) -> bool:
    named = line.IDFactura
    kind = "Alta" if isinstance(record, RegistroAlta) else "Anulacion"
    told = (named.IDEmisorFactura, named.NumSerieFactura, named.FechaExpedicionFactura)
    return told == _names(record) and line.Operacion.TipoOperacion == kind


def _outcome(
    message: Message, record: Registro, line: Linea, said: Respuesta, answer: Answer
) -> Acknowledgement | TransmissionError:
    if line.EstadoRegistro != "Incorrecto":
        return _acknowledged(record, line, said, answer)
    code = str(line.CodigoErrorRegistro or "Incorrecto")
    detail = f"{code}: {line.DescripcionErrorRegistro or ''}"
    sent_before = message.attempt > 1
    if line.CodigoErrorRegistro in _DUPLICATES and sent_before:
        return Unknown("duplicate", detail, evidence=_evidence(answer))
    return Refused(code, detail, evidence=_evidence(answer))


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
        correlations={"huella": record.Huella, **({"csv": said.CSV} if said.CSV else {})},
        wait=timedelta(seconds=wait) if wait > 0 else None,
        stamps=stamps,
    )


def _found(answer: Answer, asked: Consulta) -> Sequence[Registrado]:
    """Return the invoices of an answer, which must be the answer to this question."""
    if answer.status != HTTPStatus.OK:
        raise _unproven(answer, f"http_{answer.status}", "it is no answer of the service")
    try:
        said = read_query_response(answer.body)
    except UnreadableDocumentError as error:
        raise _unproven(answer, "invalid_answer", str(error)) from error
    except soap.Fault as fault:
        raise _unproven(answer, "fault", fault.text) from fault
    found = said.RegistroRespuestaConsultaFactuSistemaFacturacion
    number, period = asked.FiltroConsulta.NumSerieFactura, asked.FiltroConsulta.PeriodoImputacion
    told = said.PeriodoImputacion
    ours = (
        said.Cabecera.ObligadoEmision == asked.Cabecera.ObligadoEmision
        and (told.Ejercicio, told.Periodo) == (period.Ejercicio, period.Periodo)
        and all(one.IDFactura.NumSerieFactura == number for one in found)
        and bool(found) == (said.ResultadoConsulta == "ConDatos")
    )
    if not ours or said.IndicadorPaginacion != "N":
        raise _unproven(answer, "invalid_answer", "it answers another question")
    return found


def _known(record: Registro, found: Registrado, answer: Answer) -> Acknowledgement | None:
    """Return what the AEAT has of a record; None when it has another of the same invoice.

    Raises:
        Refused: That other one keeps ours from ever being taken.
    """
    state = found.EstadoRegistro.EstadoRegistro
    if found.DatosRegistroFacturacion.Huella != record.Huella:
        if isinstance(record, RegistroAlta) and record.Subsanacion != "S":
            detail = f"3000: another record of the invoice is registered, and is {state}"
            raise Refused("3000", detail, evidence=_evidence(answer))
        return None
    presented = found.DatosPresentacion
    named = {} if presented is None else {"request": presented.IdPeticion}
    return Acknowledgement(
        EvidenceItem("receipt", "consulta.xml", "text/xml", answer.body),
        _fact("AceptadoConErrores" if state == "AceptadoConErrores" else "Correcto"),
        correlations={"huella": record.Huella, **named},
    )


def _fact(code: str) -> Fact:
    verdict = tables()[CHANNEL].find(code)
    if verdict is None:
        raise AssertionError(f"{code} stands in the table")
    return verdict.fact()


def _unproven(answer: Answer, reason: str, detail: str) -> Unknown:
    wait = answer.retry_after
    return Unknown(reason, detail, evidence=_evidence(answer), retry_after=wait)


def _evidence(answer: Answer) -> tuple[EvidenceItem, ...]:
    if not answer.body:
        return ()
    return (EvidenceItem("receipt", "answer.bin", "application/octet-stream", answer.body),)
