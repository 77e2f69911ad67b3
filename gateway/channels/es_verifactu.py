"""The wire of VeriFactu: records of invoices out, one verdict on each of them back.

A clearance in batches: up to a thousand records of one seller travel in one request, in the order
of their chain, and the answer has a line for each and says how long to wait. Nothing in it is
signed: TLS vouches for it. A refused record stays refused and keeps its place in the chain.

A duplicate (3000) says nothing of whose record the AEAT has, ours or another's: it is asked for
the huella it has. So the same bytes are sent again only when it has never seen them.
"""

import datetime
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Self
from urllib.parse import urlsplit

from formats.verifactu import soap
from formats.verifactu.names import MOST_RECORDS
from formats.verifactu.period import OPERATION_MONTH, month_of
from formats.verifactu.query import (
    CabeceraConsulta,
    Consulta,
    DatosAdicionales,
    Filtro,
    write_query,
)
from formats.verifactu.response import Respuesta
from formats.verifactu.submission import header_of, joined, read_submission
from formats.xml import UnreadableDocumentError
from gateway.channels import es_verifactu_answers as answers
from gateway.channels.es_verifactu_answers import CHANNEL
from gateway.channels.places import Place
from gateway.channels.wire import Exchanging, Wire
from gateway.kit import clock as machine
from gateway.transmissions.adapter import Acknowledgement, Answer, Credential, Message, Request
from gateway.transmissions.conduct import Batch, Conduct, Shape
from gateway.transmissions.errors import TransmissionError
from gateway.transmissions.routes import ROUTES

__all__ = ["CHANNEL", "CONDUCT", "MOST", "TEST_CHANNEL", "EsVerifactu"]

TEST_CHANNEL = "es-verifactu-test"
"""For entities of the sandbox: the local authority, or the AEAT's own test system."""

MOST = MOST_RECORDS
"""Records in one request."""

_AT_ONCE = 500
"""So many are sent together: they are claimed in one transaction, which must be short, but after
each request the AEAT wants to be left alone for a while (TiempoEsperaEnvio)."""

CONDUCT = Conduct(
    shape=Shape.CLEARANCE,
    resend_is_safe=False,
    settle=timedelta(seconds=30),
    deadline=timedelta(days=30),  # late, records are taken all the same
    verdict_within=timedelta(minutes=5),
    response_within=timedelta(0),  # there is no buyer on this wire
    usual_answer=timedelta(seconds=10),
    first_ask=timedelta(seconds=30),
    longest_ask=timedelta(minutes=15),
    offline=ROUTES[CHANNEL].offline,
    batch=Batch(most=_AT_ONCE),
)

_SERVICE = "/wlpl/TIKE-CONT/ws/SistemaFacturacion/VerifactuSOAP"
_ON_DEMAND = "/wlpl/TIKE-CONT/ws/SistemaFacturacion/RequerimientoSOAP"
_SECONDS = 60.0  # a thousand records take the AEAT a while


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
    def open(
        cls,
        place: Place,
        *,
        wire: Exchanging | None = None,
        clock: Callable[[], datetime.datetime] = machine.now,
    ) -> Self:
        """Return the adapter for a place; no signature is judged by the time.

        Raises:
            UnusablePlaceError: No certificate is where one is named.
        """
        del clock
        if place.trust is not None:
            place.certificates()  # the wire reads them, too, and says nothing of the setting
        own = wire or Wire(trust=place.trust, total_seconds=_SECONDS)
        return cls(place.url, own, channel=place.channel)

    def endpoint(self, message: Message) -> str:
        """Return host and port; there is one authority for all."""
        del message
        return urlsplit(self._url).netloc

    def goes_with(self, first: Message, other: Message) -> bool:
        """Tell whether two records can have one header, which says whose they are, and if late."""
        try:
            headers = header_of(first.payload), header_of(other.payload)
        except UnreadableDocumentError:
            return False
        return headers[0] == headers[1] and first.deferred == other.deferred

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

    def on_demand(self, content: bytes, credential: Credential) -> Request:
        """Return the request that carries records which the AEAT demanded, in their envelope."""
        headers = (("Content-Type", soap.MEDIA_TYPE), ("SOAPAction", '""'))
        url = self._url.removesuffix(_SERVICE) + _ON_DEMAND
        return Request("POST", url, headers, content, credential=credential)

    def demanded(self, answer: Answer) -> Respuesta:
        """Return what the AEAT says to records which it demanded.

        Raises:
            Retry, Refused, Unknown: It took none, or nobody knows.
        """
        return answers.read(answer, alone=True)

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
        said = answers.read(answer, alone=len(messages) == 1)
        records = [answers.record_of(message) for message in messages]
        lines = said.RespuestaLinea
        fits = len(lines) == len(records) and all(map(answers.is_about, lines, records))
        if not fits:
            raise answers.unproven(answer, "invalid_answer", "the answer is about other records")
        return [
            answers.outcome(record, line, said, answer)
            for record, line in zip(records, lines, strict=True)
        ]

    def reconcile(self, message: Message) -> Acknowledgement | None:
        """Ask for the invoice, compare huella and program; see `Adapter.reconcile`."""
        submission = read_submission(message.payload)
        record = submission.records[0]
        issuer, number, day = answers.names(record)
        asked = Consulta(
            Cabecera=CabeceraConsulta(ObligadoEmision=submission.Cabecera.ObligadoEmision),
            FiltroConsulta=Filtro(
                PeriodoImputacion=month_of(record, message.correlations.get(OPERATION_MONTH)),
                NumSerieFactura=number,
            ),
            DatosAdicionalesRespuesta=DatosAdicionales(MostrarSistemaInformatico="S"),
        )
        headers = (("Content-Type", soap.MEDIA_TYPE), ("SOAPAction", '""'))
        request = Request(
            "POST", self._url, headers, write_query(asked), credential=message.credential
        )
        answer = self._wire.exchange(request)
        found = answers.found(answer, asked)
        for one in found:
            if (one.IDFactura.IDEmisorFactura, one.IDFactura.FechaExpedicionFactura) == (
                issuer,
                day,
            ):
                return answers.known(record, one, answer)
        return None
