"""The wire of CIS, the Croatian tax authority: a signed invoice out, a signed JIR back.

A clearance: the answer is the verdict. The same invoice may be sent again, as the manual tells
whoever got no answer to do. Only what CIS signed is believed, whatever the HTTP status. TLS is
one-way: the certificate of the taxpayer stands beside the signature, and nowhere else. Source:
Porezna uprava, Tehnička specifikacija za korisnike 2.6.
"""

from collections.abc import Sequence
from datetime import timedelta
from http import HTTPStatus

from cryptography import x509
from typing_extensions import override

from formats.hr_cis.answers import Authority, UnprovenAnswerError, opened
from formats.hr_cis.frozen import addressed
from formats.hr_cis.mapping import ZONE, local_time
from formats.hr_cis.messages import Failure, InvoiceResponse
from formats.hr_cis.signing import MEDIA_TYPE, sealed
from gateway.archive.service import EvidenceItem
from gateway.channels.signed_answers import SignedAnswers, evidence_of, sending_id, unproven
from gateway.stamps.service import Stamp
from gateway.transmissions.adapter import (
    Acknowledgement,
    Answer,
    Message,
    Request,
    UnsignableError,
)
from gateway.transmissions.conduct import Conduct, Shape
from gateway.transmissions.errors import (
    Declined,
    Refused,
    Retry,
    TransmissionError,
    Unknown,
)
from gateway.transmissions.routes import ROUTES
from gateway.transmissions.states import Transport
from gateway.transmissions.verdicts.table import Flag, tables

CHANNEL = "hr-cis"
TEST_CHANNEL = "hr-cis-test"
"""For entities of the sandbox: the local authority, or the tax authority's own test system."""

CONDUCT = Conduct(
    shape=Shape.CLEARANCE,
    resend_is_safe=True,
    settle=timedelta(seconds=1),
    deadline=timedelta(days=30),  # late, they are told all the same
    verdict_within=timedelta(minutes=5),
    response_within=timedelta(0),  # there is no buyer on this wire
    usual_answer=timedelta(seconds=2),  # what CIS takes at most (2.1)
    first_ask=timedelta(seconds=30),
    longest_ask=timedelta(minutes=15),
    offline=ROUTES[CHANNEL].offline,
)

_ACTION = (
    "http://e-porezna.porezna-uprava.hr/fiskalizacija/2012/services/FiskalizacijaService/racuni"
)
_ANSWERED = frozenset({HTTPStatus.OK, HTTPStatus.INTERNAL_SERVER_ERROR})  # SOAP 1.1, 6.2


class HrCis(SignedAnswers[Authority]):
    """The adapter; see `SignedAnswers`."""

    usual = CONDUCT
    path = "/FiskalizacijaService"

    @override
    @classmethod
    def believing(cls, certificates: Sequence[x509.Certificate]) -> Authority:
        return Authority(certificates)

    def prepare(self, message: Message) -> Request:
        """Return the request: the frozen invoice with the header of this sending, signed."""
        if message.credential is None:
            raise UnsignableError("CIS wants every message signed, and no key is named")
        request = addressed(
            message.payload,
            sending_id(message),
            deferred=message.deferred,
            sent_at=None if message.at is None else local_time(message.at),
        )
        return Request(
            "POST",
            self._url,
            (("Content-Type", MEDIA_TYPE), ("SOAPAction", f'"{_ACTION}"')),
            sealed(request, message.credential.signer),
        )

    def interpret(self, message: Message, answer: Answer) -> Acknowledgement:
        """Read the JIR, or the errors; see `Adapter.interpret`."""
        said = self._said(message, answer)
        if said.failures:
            raise _refusal(answer, said.failures)
        verdict = tables()[CHANNEL].find("JIR")
        if verdict is None or said.jir is None:
            raise AssertionError("an answer without errors has a JIR")
        jir = Stamp(
            authority=CHANNEL,
            kind="jir",
            identifier=said.jir,
            at=said.header.sent_at.replace(tzinfo=ZONE),
        )
        return Acknowledgement(
            EvidenceItem("receipt", "jir.xml", "text/xml", answer.body),
            verdict.fact(),
            correlations={"jir": said.jir},
            stamps=(jir,),
        )

    def reconcile(self, message: Message) -> Acknowledgement | None:
        """Say that CIS cannot be asked; see `Adapter.reconcile`."""
        raise Unknown("cannot_ask", f"CIS tells nobody whether it has {message.message_id}")

    def _said(self, message: Message, answer: Answer) -> InvoiceResponse:
        """Return what CIS signed about a message; what nobody signed proves nothing."""
        if answer.status not in _ANSWERED:
            raise unproven(answer, f"http_{answer.status}", "nobody signed what became of it")
        try:
            said = opened(answer.body, self._authority, self._clock())
        except UnprovenAnswerError as error:
            good = answer.status == HTTPStatus.OK
            reason = "invalid_answer" if good else f"http_{answer.status}"
            raise unproven(answer, reason, str(error)) from error
        named = said.header.message_id.lower()
        unread = not named and said.failures  # what CIS cannot read has no id to repeat
        if named != sending_id(message).lower() and not unread:
            raise unproven(answer, "invalid_answer", "the answer is about another message")
        return said


def _refusal(answer: Answer, said: tuple[Failure, ...]) -> TransmissionError:
    """Return what signed errors mean.

    CIS must have every invoice that was issued (2.6, 2.1), so that it waits for a person where an
    error is not understood either.
    """
    detail = "; ".join(f"{one.code}: {one.message}" for one in said)
    evidence = evidence_of(answer)
    known = [(one, tables()[CHANNEL].find(one.code)) for one in said]
    for one, verdict in known:
        if verdict is not None and verdict.transport is not Transport.FAILED_RETRYABLE:
            return Refused(one.code, detail, evidence=evidence)
    for one, verdict in known:
        if verdict is None or Flag.STAND_STILL in verdict.flags:
            return Declined(one.code, detail, evidence=evidence)
    if any(verdict and Flag.RENEW_CREDENTIAL in verdict.flags for _, verdict in known):
        return Retry("credential_refused", detail, evidence=evidence)
    return Retry(said[0].code, detail, evidence=evidence, retry_after=answer.retry_after)
