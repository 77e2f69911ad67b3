"""The adapter: an invoice out in an open session, or many in a batch; the verdict comes later.

What passes by the tape is what the adapter means: the invoice as it was frozen, and questions
without tokens. Encryption, tokens and logins happen behind it, where nothing is recorded; a replay
never comes there.
"""

import contextvars
import datetime
import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from http import HTTPStatus
from typing import Self
from urllib.parse import urlsplit

import structlog
from typing_extensions import override

from formats.ksef_api import answers, bodies
from formats.ksef_api.answers import AnswerError
from formats.ksef_api.encryption import digest
from formats.ksef_api.login import Context
from formats.ksef_api.troubles import trouble
from gateway.channels.pl_ksef import letter, parcels, reading
from gateway.channels.pl_ksef.access import Access, Random
from gateway.channels.pl_ksef.asked_once import AskedOnce
from gateway.channels.pl_ksef.conduct import CHANNEL, LIVE, TEST, batches
from gateway.channels.pl_ksef.enquiries import Enquiries
from gateway.channels.pl_ksef.letter import Letter
from gateway.channels.pl_ksef.memory import Login, Memory, OpenSession
from gateway.channels.pl_ksef.seal import Seal
from gateway.channels.places import Place
from gateway.channels.wire import Exchanging, Wire
from gateway.kit import clock as machine
from gateway.transmissions import tape
from gateway.transmissions.adapter import Acknowledgement, Answer, Message, Request
from gateway.transmissions.conduct import Conduct
from gateway.transmissions.errors import Retry, Unknown
from gateway.transmissions.permits import Permit

_SECONDS = 30.0
_FAREWELL = 5.0
_OVER = frozenset({21155, 21173, 21180})
"""The session takes nothing more: full, unknown, closed."""
_log = structlog.get_logger(__name__)


class PlKsef:
    """The adapter.

    Args:
        url: Of the API: `https://api.ksef.mf.gov.pl/v2`.
        seal: Whose UPO is believed.
        wire: Carries what is said.
        clock: The time.
        conduct: How it behaves.
        random: Makes keys of sessions.
        channel: Its name.
    """

    usual = LIVE

    def __init__(  # noqa: PLR0913 - what a client is made of
        self,
        url: str,
        seal: Seal,
        wire: Exchanging,
        *,
        clock: Callable[[], datetime.datetime] = machine.now,
        conduct: Conduct = LIVE,
        random: Random = secrets.token_bytes,
        channel: str = CHANNEL,
    ) -> None:
        self.channel = channel
        self.conduct = conduct
        self._url = url.rstrip("/")
        self._wire = wire
        self._clock = clock
        self._memory = Memory()
        self._access = Access(self._url, wire, self._memory, clock=clock, random=random)
        self._asked_once = AskedOnce(clock)
        self._enquiries = Enquiries(self._asked, seal, clock, channel)

    @classmethod
    def open(
        cls,
        place: Place,
        *,
        wire: Exchanging | None = None,
        clock: Callable[[], datetime.datetime] = machine.now,
    ) -> Self:
        """Return the adapter for a place; its certificate is the seal's, TLS has the machine's.

        Raises:
            UnusablePlaceError: No certificate is named, or none is there.
        """
        conduct = LIVE if place.channel == CHANNEL else TEST
        if place.batch_from is not None:
            conduct = replace(conduct, batch=batches(place.batch_from))
        return cls(
            place.url,
            Seal.of(place.certificates()),
            wire or Wire(total_seconds=_SECONDS),
            clock=clock,
            conduct=conduct,
            channel=place.channel,
        )

    def endpoint(self, message: Message) -> str:
        """Return host and port; there is one API for all."""
        del message
        return urlsplit(self._url).netloc

    def prepare(self, message: Message) -> Request:
        """Return the invoice, and how it is to be sent; see `letter`."""
        return letter.prepared(message, self._url)

    def goes_with(self, first: Message, other: Message) -> bool:
        """Tell whether one package can carry both; see `letter.go_together`."""
        return letter.go_together(first, other)

    def prepare_all(self, messages: Sequence[Message]) -> Request:
        """Return the request that carries messages: several are a package; see `letter`."""
        if len(messages) == 1:
            return self.prepare(messages[0])
        return letter.together(messages, self._url)

    def send(self, request: Request) -> Answer:
        """Send an invoice in an open session; see `Adapter.send`.

        What comes before it (logging in, opening) fails with `Retry`: nothing was sent then.
        """
        return tape.through(request, self._carried)

    def interpret(self, message: Message, answer: Answer) -> Acknowledgement:
        """Read whether it was taken in; the verdict is asked for later."""
        return reading.taken(message, answer)

    def interpret_all(
        self, messages: Sequence[Message], answer: Answer
    ) -> Sequence[Acknowledgement]:
        """Read whether all were taken in; the verdicts are asked for later."""
        if len(messages) == 1:
            return [reading.taken(messages[0], answer)]
        return reading.taken_together(messages, answer)

    def reconcile(self, message: Message) -> Acknowledgement | None:
        """Ask what became of an invoice; see `Adapter.reconcile`."""
        return self._enquiries.about(message, letter.asking(message, self._url))

    def tidy(self, now: datetime.datetime, *, leaving: bool = False) -> int:
        """Close sessions that are idle or near their end, or all; see `Tidying`.

        One that cannot be closed closes itself twelve hours after it was opened. Who leaves waits
        for the first few seconds only.
        """
        closed = 0
        begun = time.monotonic()
        for _, one in self._memory.stale(now, everything=leaving):
            if leaving and time.monotonic() - begun > _FAREWELL:
                break
            try:
                with _aside():
                    self._access.close(one)
            except Retry as error:
                _log.warning("ksef_session_left_open", reason=error.reason)
            else:
                closed += 1
        return closed

    def _carried(self, request: Request) -> Answer:
        """Wrap an invoice for an open session, and send it; or a package for one of its own."""
        one = Letter.read(request)
        with _aside():
            if one.batch:
                return parcels.sent(
                    self._access,
                    self._wire,
                    self._url,
                    one,
                    credential=request.credential,
                    message_id=dict(request.headers)["Message-Id"],
                )
            login = self._access.login(request.credential, one.context)
            session = self._access.session(request.credential, one.context, one.form)
            body = bodies.invoice(
                one.content, session.secret, offline=one.offline, corrects=one.corrects
            )
            url = f"{self._url}/sessions/online/{session.reference}/invoices"
            named = [item for item in request.headers if item[0] == "Message-Id"]
            answer = self._wire.exchange(
                Request(
                    "POST",
                    url,
                    (
                        *named,
                        ("Content-Type", "application/json"),
                        ("Accept", "application/json"),
                        ("Authorization", f"Bearer {login.access}"),
                    ),
                    body,
                )
            )
        self._learned(answer, login, session)
        told = ((letter.SESSION, session.reference), (letter.SEALED, digest(body)))
        return replace(answer, headers=(*answer.headers, *told))

    def _learned(self, answer: Answer, login: Login, session: OpenSession) -> None:
        """Note what an answer says of tokens, of the session, and of whose answer it is."""
        if answer.status == HTTPStatus.UNAUTHORIZED:
            self._memory.log_out(login.access)
        if answer.status == HTTPStatus.ACCEPTED:
            try:
                found = answers.read(answer.body, answers.InvoiceTaken)
            except AnswerError:
                return  # `interpret` says so
            if not self._memory.new(found.reference_number):
                raise Unknown("foreign_answer", "this number was given to another invoice")
            return
        found_trouble = trouble(answer.status, answer.body)
        if found_trouble is not None and _OVER & set(found_trouble.codes):
            self._memory.forget(session.reference)

    def _asked(self, request: Request) -> Answer:
        """Ask a question; the token is added where nothing is recorded."""

        def go(asked: Request) -> Answer:
            said = dict(asked.headers)
            context = Context.parse(said.pop(letter.CONTEXT))
            shared = said.pop(letter.SHARED, None) is not None
            with _aside():
                login = self._access.login(asked.credential, context)
                plain = (*said.items(), ("Authorization", f"Bearer {login.access}"))
                sent = Request(asked.method, asked.url, plain, asked.body)
                if shared and asked.credential is not None:
                    who = f"{asked.credential.id} {context}"
                    answer = self._asked_once.answer(who, sent, self._wire.exchange)
                else:
                    answer = self._wire.exchange(sent)
            if answer.status == HTTPStatus.UNAUTHORIZED:
                self._memory.log_out(login.access)
            return answer

        return tape.through(request, go)


class _Outside(Permit):
    """The permit of the attempt, whatever deck is on now."""

    def __init__(self) -> None:
        self._context = contextvars.copy_context()

    @override
    def holds(self) -> bool:
        return self._context.run(tape.allowed)


class _Unrecorded(tape.Recorder):
    """A deck that remembers nothing."""

    @override
    def exchange(self, request: Request, go: tape.Go) -> Answer:
        return go(request)


@contextmanager
def _aside() -> Iterator[None]:
    """Let nothing be recorded meanwhile; bytes leave only as long as they may."""
    deck = _Unrecorded()
    deck.permit = _Outside()
    with tape.running(deck):
        yield
