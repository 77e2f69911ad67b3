"""What KSeF's words mean for a message: acknowledged, cleared, refused, not yet."""

from collections.abc import Sequence
from http import HTTPStatus

from formats.ksef_api import answers, codes
from formats.ksef_api.answers import AnswerError, InvoiceStatus, Status
from formats.ksef_api.codes import Outcome
from formats.ksef_api.troubles import trouble
from formats.ksef_api.upo import Entry
from gateway.archive.service import EvidenceItem
from gateway.channels.pl_ksef.letter import SESSION
from gateway.stamps.service import Stamp
from gateway.transmissions.adapter import Acknowledgement, Answer, Message, Signal
from gateway.transmissions.errors import (
    SEND_APART,
    GivenUp,
    GivenUpTogether,
    Refused,
    Retry,
    TransmissionError,
    Unknown,
)
from gateway.transmissions.states import Fact, Regulatory, Transport
from gateway.transmissions.verdicts.table import tables

INVOICE = "ksef-invoice"
"""The name under which KSeF knows a message: `session/reference`, by their numbers.

A session has many invoices, so its own number is nobody's name. In a batch the reference is ours:
`session/batch:message`, as KSeF gives its own only later. The latest says where to ask.
"""
_IN_BATCH = "batch:"
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


def taken_together(messages: Sequence[Message], answer: Answer) -> list[Acknowledgement]:
    """Return what the answer to closing a batch proves of each of its invoices. Pure.

    Raises:
        Retry, Unknown: See `taken`. Nothing that is said of the whole refuses an invoice.
    """
    session = dict(answer.headers).get(SESSION)
    if answer.status != HTTPStatus.NO_CONTENT or session is None:
        error = _turned_away(answer)
        if isinstance(error, Refused):
            raise Retry(SEND_APART, error.detail, evidence=error.evidence)
        raise error
    said = f"HTTP/1.1 {answer.status}\r\n{SESSION}: {session}\r\n".encode()
    return [
        Acknowledgement(
            EvidenceItem("receipt", "closed.http", "message/http", said),
            Fact(transport=Transport.SUBMITTED, regulatory=Regulatory.PENDING),
            correlations={INVOICE: in_batch(session, one.message_id)},
        )
        for one in messages
    ]


def unpacked_not(status: Status, answer: Answer) -> GivenUp:
    """Return that a batch is over without any of its invoices having been looked at.

    What KSeF failed in goes again as it was; where the package is to blame, half of it does.
    """
    kind = GivenUp if status.code in codes.FAILED_ITSELF else GivenUpTogether
    return kind(f"ksef_batch_{status.code}", str(status), evidence=_evidence(answer))


def being_unpacked(name: str, answer: Answer) -> Acknowledgement:
    """Return that a batch is there, and nothing is decided about its invoices."""
    return Acknowledgement(
        EvidenceItem("receipt", "session.json", _JSON, answer.body),
        Fact(transport=Transport.SUBMITTED, regulatory=Regulatory.PENDING),
        correlations={INVOICE: name},
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


def waiting(name: str, status: InvoiceStatus, answer: Answer) -> Acknowledgement:
    """Return that it is there, and that nothing is decided."""
    return Acknowledgement(
        EvidenceItem("receipt", "status.json", _JSON, answer.body),
        _fact(status.status.code),
        correlations={INVOICE: name},
    )


def cleared(
    name: str, status: InvoiceStatus, entry: Entry, sealed: bytes, *, channel: str
) -> Acknowledgement:
    """Return that it has its number, by a UPO that was verified."""
    return Acknowledgement(
        EvidenceItem("receipt", "upo.xml", "application/xml", sealed),
        _fact(status.status.code, "own"),
        correlations={
            INVOICE: name,
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


def refused(name: str, status: InvoiceStatus, answer: Answer) -> Acknowledgement:
    """Return that it was looked at and is not taken; the verdict says why."""
    code = status.status.code
    fact = _fact(code, "foreign")
    names = ((INVOICE, name),)
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


def in_batch(session: str, message_id: str) -> str:
    """Return what an invoice in a batch is called."""
    return named(session, f"{_IN_BATCH}{message_id}")


def place_of(name: str) -> tuple[str, str | None]:
    """Return the session that a name tells of, and the reference in it; None: it is a batch."""
    session, _, reference = name.partition("/")
    return session, None if reference.startswith(_IN_BATCH) else reference


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
