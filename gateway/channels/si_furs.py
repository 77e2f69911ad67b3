"""The wire of FURS, the Slovenian tax authority: a signed invoice out, a signed EOR back.

A clearance: the answer is the verdict. The same invoice again gets the same EOR, so sending it
twice is safe. Only what FURS signed is believed; its errors are signed, too, with HTTP status 200.
Source: FURS, Tehnična dokumentacija 1.3; what it leaves open is in `docs/si-furs.md`.
"""

import datetime
from collections.abc import Sequence
from datetime import timedelta
from http import HTTPStatus

from cryptography import x509
from typing_extensions import override

from formats.furs import (
    BusinessPremise,
    BusinessPremiseRequest,
    BusinessPremiseResponse,
    Failure,
    Header,
    InvoiceResponse,
    write_json,
)
from formats.furs.frozen import addressed
from formats.furs.jws import MEDIA_TYPE, Authority, UnprovenAnswerError, opened, sealed
from formats.furs.mapping import ZONE, local_time
from formats.furs.messages import AnswerHeader
from formats.furs.messages import Message as FursMessage
from gateway.archive.service import EvidenceItem
from gateway.channels.signed_answers import SignedAnswers, evidence_of, sending_id, unproven
from gateway.stamps.service import Stamp
from gateway.transmissions.adapter import (
    Acknowledgement,
    Answer,
    Credential,
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

CHANNEL = "si-furs"
TEST_CHANNEL = "si-furs-test"
"""For entities of the sandbox: the local authority, or FURS's own test system."""

CONDUCT = Conduct(
    shape=Shape.CLEARANCE,
    resend_is_safe=True,
    settle=timedelta(seconds=1),
    deadline=timedelta(days=30),  # late, they are told all the same
    verdict_within=timedelta(minutes=5),
    response_within=timedelta(0),  # there is no buyer on this wire
    usual_answer=timedelta(seconds=5),
    first_ask=timedelta(seconds=30),
    longest_ask=timedelta(minutes=15),
    offline=ROUTES[CHANNEL].offline,
)

_ROOT = "/v1/cash_registers"


class SiFurs(SignedAnswers[Authority]):
    """The adapter; see `SignedAnswers`."""

    usual = CONDUCT

    @override
    @classmethod
    def believing(cls, certificates: Sequence[x509.Certificate]) -> Authority:
        return Authority(certificates)

    def prepare(self, message: Message) -> Request:
        """Return the request: the frozen invoice with the header of this sending, signed."""
        request = addressed(
            message.payload,
            sending_id(message),
            deferred=message.deferred,
            sent_at=None if message.at is None else local_time(message.at),
        )
        return self._request("invoices", write_json(request), message.credential)

    def interpret(self, message: Message, answer: Answer) -> Acknowledgement:
        """Read the EOR, or the error; see `Adapter.interpret`."""
        said = self._said(answer)
        if not isinstance(said, InvoiceResponse):
            raise unproven(answer, "invalid_answer", "it is no answer to an invoice")
        _about(answer, said.header, sending_id(message))
        if said.error is not None:
            raise _refusal(answer, said.error)
        verdict = tables()[CHANNEL].find("EOR")
        if verdict is None or said.eor is None:
            raise AssertionError("an answer without an error has an EOR")
        eor = Stamp(
            authority=CHANNEL,
            kind="eor",
            identifier=said.eor,
            at=_moment(said.header.sent_at),
        )
        return Acknowledgement(
            EvidenceItem("receipt", "eor.json", "application/json", answer.body),
            verdict.fact(),
            correlations={"eor": said.eor},
            stamps=(eor,),
        )

    def reconcile(self, message: Message) -> Acknowledgement | None:
        """Say that FURS cannot be asked; see `Adapter.reconcile`."""
        raise Unknown("cannot_ask", f"FURS tells nobody whether it has {message.message_id}")

    def announce(
        self,
        premise: BusinessPremise,
        *,
        message_id: str,
        now: datetime.datetime,
        credential: Credential,
    ) -> Request:
        """Return the request that tells of a business premise; before the first invoice there.

        Args:
            premise: The premise, or that it closes.
            message_id: A UUID.
            now: The moment, with its zone.
            credential: The taxpayer's.
        """
        header = Header(message_id=message_id, sent_at=local_time(now))
        content = write_json(BusinessPremiseRequest(header=header, premise=premise))
        return self._request("invoices/register", content, credential)

    def announced(self, message_id: str, answer: Answer) -> None:
        """Return when FURS signed that it took what was told of a premise. Pure.

        Raises:
            Refused, Retry, Unknown: It did not, or nobody knows; again is safe.
        """
        said = self._said(answer)
        if not isinstance(said, BusinessPremiseResponse):
            raise unproven(answer, "invalid_answer", "it is no answer to a business premise")
        _about(answer, said.header, message_id)
        if said.error is not None:
            error = _refusal(answer, said.error)
            if isinstance(error, Declined):  # a premise is declared anew, an invoice cannot be
                error = Refused(error.reason, error.detail, evidence=error.evidence)
            raise error

    def _request(self, path: str, content: bytes, credential: Credential | None) -> Request:
        if credential is None:
            raise UnsignableError("FURS wants every message signed, and no key is named")
        return Request(
            "POST",
            f"{self._url}{_ROOT}/{path}",
            (("Content-Type", MEDIA_TYPE),),
            sealed(content, credential.signer),
            credential=credential,
            is_open=True,  # what FURS calls a token is what was signed
        )

    def _said(self, answer: Answer) -> FursMessage:
        """Return what FURS signed; what nobody signed proves nothing."""
        if answer.status != HTTPStatus.OK:
            raise unproven(answer, f"http_{answer.status}", "nobody signed what became of it")
        try:
            return opened(answer.body, self._authority, self._clock())
        except UnprovenAnswerError as error:
            raise unproven(answer, "invalid_answer", str(error)) from error


def _about(answer: Answer, header: AnswerHeader, message_id: str) -> None:
    if header.message_id.lower() != message_id.lower():
        raise unproven(answer, "invalid_answer", "the answer is about another message")


def _refusal(answer: Answer, said: Failure) -> TransmissionError:
    """Return what a signed error means.

    FURS must have every invoice that was issued, so that it waits for a person where the error is
    not understood either.
    """
    verdict = tables()[CHANNEL].find(said.code)
    detail, evidence = f"{said.code}: {said.message or ''}", evidence_of(answer)
    if verdict is not None and Flag.REGISTER_PREMISE in verdict.flags:
        return Retry("register_premise", detail, evidence=evidence)
    if verdict is not None and Flag.RENEW_CREDENTIAL in verdict.flags:
        return Retry("credential_refused", detail, evidence=evidence)
    if verdict is None or Flag.STAND_STILL in verdict.flags:
        return Declined(said.code, detail, evidence=evidence)
    if verdict.transport is Transport.FAILED_RETRYABLE:
        wait = answer.retry_after
        return Retry(said.code.lower(), detail, evidence=evidence, retry_after=wait)
    return Refused(said.code, detail, evidence=evidence)


def _moment(said: datetime.datetime) -> datetime.datetime:
    return said if said.tzinfo is not None else said.replace(tzinfo=ZONE)
