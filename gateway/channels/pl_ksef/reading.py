"""What KSeF's words mean for a message: acknowledged, cleared, refused, not yet."""

from http import HTTPStatus

from formats.ksef_api import answers, codes
from formats.ksef_api.answers import AnswerError, InvoiceStatus
from formats.ksef_api.codes import Outcome
from formats.ksef_api.troubles import trouble
from formats.ksef_api.upo import Entry
from gateway.archive.service import EvidenceItem
from gateway.channels.pl_ksef.letter import SESSION
from gateway.stamps.service import Stamp
from gateway.transmissions.adapter import Acknowledgement, Answer, Message, Signal
from gateway.transmissions.errors import GivenUp, Refused, Retry, TransmissionError, Unknown
from gateway.transmissions.states import Fact, Regulatory, Transport
from gateway.transmissions.verdicts.table import tables

INVOICE = "ksef-invoice"
"""The name under which KSeF knows a message: `session/reference`, by their numbers.

A session has many invoices, so its own number is nobody's name.
"""
NUMBER = "ksef-number"
_JSON = "application/json"
_UNREAD = {
    int(HTTPStatus.TOO_MANY_REQUESTS): "too_many_requests",
    int(HTTPStatus.UNAUTHORIZED): "session_lost",
    int(HTTPStatus.FORBIDDEN): "credential_refused",
}
"""Said in KSeF's own form, these mean that the invoice was not looked at."""


def taken(message: Message, answer: Answer) -> Acknowledgement:
    """Return what the answer to sending proves. Pure.

    Raises:
        Retry: It was turned away unread.
        Refused: It was read and is not what it says, which only our own code can be to blame for.
        Unknown: It proves nothing.
    """
    del message
    if answer.status != HTTPStatus.ACCEPTED:
        raise _turned_away(answer)
    session = dict(answer.headers).get(SESSION)
    try:
        reference = answers.read(answer.body, answers.InvoiceTaken).reference_number
    except AnswerError as error:
        raise Unknown("invalid_receipt", str(error), evidence=_evidence(answer)) from error
    if session is None:
        raise Unknown(
            "invalid_receipt", "nobody says in which session", evidence=_evidence(answer)
        )
    return Acknowledgement(
        EvidenceItem("receipt", "taken.json", _JSON, answer.body),
        Fact(transport=Transport.SUBMITTED, regulatory=Regulatory.PENDING),
        correlations={INVOICE: named(session, reference)},
    )


def _turned_away(answer: Answer) -> TransmissionError:
    found = trouble(answer.status, answer.body)
    if found is None:
        return unproven(answer)
    evidence, wait = _evidence(answer), answer.retry_after
    if found.status in _UNREAD:
        reason = _UNREAD[found.status]
        return Retry(reason, found.detail, evidence=evidence, retry_after=wait)
    if found.status != HTTPStatus.BAD_REQUEST:
        return unproven(answer)
    meanings = [codes.meaning(codes.EXCEPTION, one) for one in found.codes]
    if any(one.outcome is Outcome.REFUSED for one in meanings):
        fix = " ".join(one.fix for one in meanings if one.fix)
        return Refused(f"ksef_{found.codes[0]}", f"{found.detail}. {fix}", evidence=evidence)
    unread = all(one.outcome is Outcome.AGAIN for one in meanings)
    made: type[TransmissionError] = Retry if unread else Unknown
    return made(f"ksef_{found.codes[0]}", found.detail, evidence=evidence)


def unproven(answer: Answer, detail: str = "not in KSeF's own form") -> Unknown:
    """Return what an answer means that is nobody's in particular."""
    return Unknown(
        f"http_{answer.status}",
        detail,
        evidence=_evidence(answer),
        retry_after=answer.retry_after,
    )


def waiting(session: str, status: InvoiceStatus, answer: Answer) -> Acknowledgement:
    """Return that it is there, and that nothing is decided."""
    return Acknowledgement(
        EvidenceItem("receipt", "status.json", _JSON, answer.body),
        _fact(status.status.code),
        correlations={INVOICE: named(session, status.reference_number)},
    )


def cleared(
    session: str, status: InvoiceStatus, entry: Entry, sealed: bytes, *, channel: str
) -> Acknowledgement:
    """Return that it has its number, by a UPO that was verified."""
    return Acknowledgement(
        EvidenceItem("receipt", "upo.xml", "application/xml", sealed),
        _fact(status.status.code, "own"),
        correlations={
            INVOICE: named(session, status.reference_number),
            NUMBER: entry.ksef_number,
        },
        stamps=(
            Stamp(
                authority=channel,
                kind=NUMBER,
                identifier=entry.ksef_number,
                at=entry.numbered_at,
            ),
        ),
    )


def refused(session: str, status: InvoiceStatus, answer: Answer) -> Acknowledgement:
    """Return that it was looked at and is not taken; the verdict says why."""
    code = status.status.code
    fact = _fact(code, "foreign")
    names = ((INVOICE, named(session, status.reference_number)),)
    key = f"{status.reference_number}:{code}"
    verdict = Signal(
        id=key,
        keys=names,
        layer="authority",
        code=str(code),
        fact=Fact(regulatory=fact.regulatory or Regulatory.REJECTED, key=key),
        evidence=EvidenceItem("signal", "verdict.json", _JSON, answer.body),
    )
    return Acknowledgement(
        EvidenceItem("receipt", "status.json", _JSON, answer.body),
        Fact(transport=Transport.SUBMITTED),
        signals=(verdict,),
        correlations=dict(names),
    )


def named(session: str, reference: str) -> str:
    """Return what an invoice in a session is called."""
    return f"{session}/{reference}"


def again(status: InvoiceStatus, answer: Answer) -> GivenUp:
    """Return that KSeF gave up, and wants the same bytes again."""
    return GivenUp(f"ksef_{status.status.code}", str(status.status), evidence=_evidence(answer))


def _fact(code: int, detail: str | None = None) -> Fact:
    found = tables()["pl-ksef"].find(str(code), detail)
    return Fact(transport=Transport.SUBMITTED) if found is None else found.fact()


def _evidence(answer: Answer) -> tuple[EvidenceItem, ...]:
    if not answer.body:
        return ()
    return (EvidenceItem("receipt", "answer.bin", "application/octet-stream", answer.body),)
