"""Asking KSeF what became of an invoice: by its number, or among all by its digest."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TypeVar
from urllib.parse import quote, urlencode

from formats.ksef_api import answers, codes
from formats.ksef_api.answers import AnswerError, InvoiceStatus, KsefAnswer
from formats.ksef_api.codes import Outcome
from formats.ksef_api.encryption import digest
from formats.ksef_api.troubles import trouble
from formats.ksef_api.upo import Entry, UpoError, entry_for
from gateway.channels.pl_ksef import reading
from gateway.channels.pl_ksef.letter import DIGEST, SHARED
from gateway.channels.pl_ksef.reading import INVOICE, unproven
from gateway.channels.pl_ksef.seal import Seal
from gateway.transmissions.adapter import Acknowledgement, Answer, Message, Request
from gateway.transmissions.errors import Retry, TransmissionError, Unknown

A = TypeVar("A", bound=KsefAnswer)
_MOST_PAGES = 12
_BEST = (Outcome.DONE, Outcome.OPEN, Outcome.AGAIN, Outcome.DUPLICATE)
"""Where the same bytes were sent more than once: what is looked at first."""
_STANDS = frozenset({Outcome.DONE, Outcome.OPEN, Outcome.DUPLICATE})
"""One copy that is there counts, whatever is said of another."""
_NO_SUCH_PLACE = frozenset({"ksef_21173", "ksef_21405"})
"""The session is not one of ours; the invoice is not one of the session's."""


@dataclass(frozen=True, slots=True)
class _Found:
    """An invoice in a session, and the answer that says so."""

    name: str
    session: str
    status: InvoiceStatus
    answer: Answer

    @property
    def path(self) -> str:
        """Where it is asked about."""
        return _path(self.session, self.status.reference_number)

    @property
    def rank(self) -> int:
        """How good the news is."""
        return _BEST.index(self.outcome) if self.outcome in _BEST else len(_BEST)

    @property
    def outcome(self) -> Outcome:
        """What its code leads to."""
        return codes.meaning(codes.INVOICE, self.status.status.code).outcome


class Enquiries:
    """Asks.

    Args:
        ask: Carries a question, and adds what is secret.
        seal: Whose UPO is believed.
        clock: The time.
        channel: Who puts stamps.
    """

    def __init__(
        self,
        ask: Callable[[Request], Answer],
        seal: Seal,
        clock: Callable[[], datetime.datetime],
        channel: str,
    ) -> None:
        self._ask, self._seal, self._clock, self._channel = ask, seal, clock, channel

    def about(self, message: Message, blank: Request) -> Acknowledgement | None:
        """Return what is known of a message; None when KSeF has never seen it.

        Args:
            message: What about.
            blank: A question without its path.

        Raises:
            GivenUp: It wants the same bytes again.
            Retry, Unknown: It cannot be asked, or cannot tell.
        """
        found = self._found(message, blank)
        if isinstance(found, Acknowledgement):
            return found
        if found is None:
            return None
        match found.outcome:
            case Outcome.DONE:
                sealed = self._known(blank, f"{found.path}/upo")
                entry = self._entry(sealed, message, found.status.ksef_number)
                return self._cleared(found, entry, sealed)
            case Outcome.DUPLICATE:
                return self._duplicate(message, blank, found)
            case Outcome.AGAIN:
                raise reading.again(found.status, found.answer)
            case Outcome.OPEN:
                return reading.waiting(found.name, found.status, found.answer)
            case _:
                return reading.refused(found.name, found.status, found.answer)

    def _found(self, message: Message, blank: Request) -> _Found | Acknowledgement | None:
        """Return the best of what became of our bytes; or what is known of the batch they are in.

        The refusal of a second copy says nothing of the first, whose answer may have been lost.
        """
        own = digest(message.payload)
        named = self._where_it_should_be(message, blank, own)
        if isinstance(named, Acknowledgement):
            return named
        if named is not None and named.status.invoice_hash != own:
            named = None
        if named is not None and (message.attempt <= 1 or named.rank < len(_BEST)):
            return named
        listed = [
            self._one(blank, session, reference, batch_of=message if kind == "Batch" else None)
            for kind in ("Online", "Batch")
            for session in self._sessions(blank, kind)
            for reference in self._in(blank, session, own)
        ]
        best = min(listed, key=lambda one: one.rank, default=None)
        if named is not None and (best is None or best.outcome not in _STANDS):
            return named
        return best

    def _where_it_should_be(
        self, message: Message, blank: Request, own: str
    ) -> _Found | Acknowledgement | None:
        """Look where the answer to sending said that it is; None: KSeF knows no such place.

        Whoever was given another invoice's answer, and died before he noticed, has a wrong name.
        """
        session, reference = reading.place_of(message.correlations.get(INVOICE, ""))
        try:
            if reference is None:
                return self._in_batch(message, blank, session, own)
            return self._one(blank, session, reference) if reference else None
        except Unknown as error:
            if error.reason not in _NO_SUCH_PLACE:
                raise
            return None

    def _one(
        self, blank: Request, session: str, reference: str, *, batch_of: Message | None = None
    ) -> _Found:
        answer = self._known(blank, _path(session, reference))
        name = reading.named(session, reference)
        if batch_of is not None:
            name = reading.in_batch(session, batch_of.message_id)
        return _Found(name, session, _read(answer, InvoiceStatus), answer)

    def _in_batch(
        self, message: Message, blank: Request, session: str, own: str
    ) -> _Found | Acknowledgement | None:
        """Look for a message in the batch that it was sent in; None: it is not there.

        Raises:
            GivenUp: The batch is over, and its invoices were not looked at.
        """
        shared = replace(blank, headers=(*blank.headers, (SHARED, "yes")))
        answer = self._known(shared, f"/sessions/{_q(session)}")
        status = _read(answer, answers.SessionStatus).status
        outcome = codes.meaning(codes.BATCH_SESSION, status.code).outcome
        if outcome is Outcome.OPEN:
            return reading.being_unpacked(message.correlations[INVOICE], answer)
        if outcome is Outcome.AGAIN or status.code in codes.FAILED_ITSELF:
            raise reading.unpacked_not(status, answer)
        path = f"/sessions/{_q(session)}/invoices?pageSize=1000"
        listing = replace(shared, headers=(*shared.headers, (DIGEST, own)))
        answer = self._known(listing, path)
        for one in _read(answer, answers.InvoicePage).invoices:
            found = _Found(message.correlations[INVOICE], session, one, answer)
            if found.outcome is Outcome.DONE:
                return found
            reference = one.reference_number  # as evidence it is wanted in KSeF's own words
            return self._one(blank, session, reference, batch_of=message)
        return None

    def _sessions(self, blank: Request, kind: str) -> Iterator[str]:
        for page in self._pages(blank, "/sessions", answers.SessionPage, sessionType=kind):
            for one in page.sessions:
                if one.total_invoice_count:
                    yield one.reference_number

    def _in(self, blank: Request, session: str, own: str) -> Iterator[str]:
        path = f"/sessions/{_q(session)}/invoices"
        for page in self._pages(blank, path, answers.InvoicePage):
            for one in page.invoices:
                if one.invoice_hash == own:
                    yield one.reference_number

    def _pages(self, blank: Request, path: str, kind: type[A], **query: str) -> Iterator[A]:
        """Yield the pages of a list.

        Raises:
            Unknown: There are more than anybody should have to look at.
        """
        token: str | None = None
        for _ in range(_MOST_PAGES):
            address = f"{path}?{urlencode({**query, 'pageSize': '1000'})}"
            asked = blank
            if token is not None:
                asked = replace(blank, headers=(*blank.headers, ("x-continuation-token", token)))
            page = _read(self._known(asked, address), kind)
            yield page
            token = getattr(page, "continuation_token", None)
            if token is None:
                return
        raise Unknown("too_many_pages", f"{path} has more than {_MOST_PAGES} pages")

    def _duplicate(self, message: Message, blank: Request, found: _Found) -> Acknowledgement:
        """Tell whether the original of a duplicate is ours: by its UPO, or by its bytes."""
        said = found.status.status.extensions or {}
        session, number = (
            said.get("originalSessionReferenceNumber"),
            said.get("originalKsefNumber"),
        )
        if not isinstance(session, str) or not isinstance(number, str):
            raise Unknown("duplicate_unclear", str(found.status.status))
        path = f"/sessions/{_q(session)}/invoices/ksef/{_q(number)}/upo"
        try:
            sealed = self._known(blank, path)
        except TransmissionError as error:
            if not error.reason.startswith("ksef_"):
                raise
            return self._by_content(message, blank, found, number)
        try:
            seen = self._seal.opened(sealed.body, self._clock())
        except UpoError as error:
            raise _no_upo(error, sealed) from error
        ours = [one for one in seen.entries if one.ksef_number == number]
        if [one.hash for one in ours] != [digest(message.payload)]:
            return reading.refused(found.name, found.status, found.answer)
        return self._cleared(found, ours[0], sealed)

    def _by_content(
        self, message: Message, blank: Request, found: _Found, number: str
    ) -> Acknowledgement:
        """Look at the original itself: its UPO is for whoever sent it.

        Raises:
            Unknown: It is ours, and only its sender can prove it; or it cannot be had.
        """
        content = self._known(blank, f"/invoices/ksef/{_q(number)}").body
        if content != message.payload:
            return reading.refused(found.name, found.status, found.answer)
        detail = f"{number} has our bytes, and was sent by somebody else: fetch its UPO there"
        raise Unknown("duplicate_sent_elsewhere", detail)

    def _entry(self, sealed: Answer, message: Message, number: str | None) -> Entry:
        try:
            seen = self._seal.opened(sealed.body, self._clock())
            return entry_for(seen, message.payload, number)
        except UpoError as error:
            raise _no_upo(error, sealed) from error

    def _cleared(self, found: _Found, entry: Entry, sealed: Answer) -> Acknowledgement:
        return reading.cleared(found.name, found.status, entry, sealed.body, channel=self._channel)

    def _known(self, blank: Request, path: str) -> Answer:
        """Return an answer 200.

        Raises:
            Unknown, Retry: It is another; of KSeF's own refusals the reason begins with `ksef_`.
        """
        answer = self._ask(replace(blank, url=blank.url + path))
        if answer.status == HTTPStatus.OK:
            return answer
        said = trouble(answer.status, answer.body)
        if said is None:
            raise unproven(answer)
        if said.status == HTTPStatus.TOO_MANY_REQUESTS:
            raise Retry("too_many_requests", said.detail, retry_after=answer.retry_after)
        if said.status == HTTPStatus.UNAUTHORIZED:
            raise Retry("session_lost", said.detail)
        code = said.codes[0] if said.codes else said.status
        raise Unknown(f"ksef_{code}", said.detail)


def _read(answer: Answer, kind: type[A]) -> A:
    try:
        return answers.read(answer.body, kind)
    except AnswerError as error:
        raise unproven(answer, str(error)) from error


def _no_upo(error: UpoError, answer: Answer) -> Unknown:
    return Unknown("invalid_upo", str(error), evidence=unproven(answer).evidence)


def _path(session: str, reference: str) -> str:
    return f"/sessions/{_q(session)}/invoices/{_q(reference)}"


def _q(part: str) -> str:
    return quote(part, safe="")
