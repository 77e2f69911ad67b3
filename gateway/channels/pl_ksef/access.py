"""Logging in and opening sessions: the calls that come before an invoice, and carry none.

Nothing of them is recorded: they are full of secrets, and what they prove is said by what follows.
Whatever goes wrong in them, no invoice was sent: `Retry`.
"""

import contextlib
import datetime
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import TypeVar

from formats.ksef_api import answers, bodies, codes
from formats.ksef_api.answers import AnswerError, Challenge, KsefAnswer, LoginBegun
from formats.ksef_api.bodies import FormCode
from formats.ksef_api.codes import Outcome
from formats.ksef_api.encryption import IV_BYTES, KEY_BYTES, SEED_BYTES, PublicKey, SessionKey
from formats.ksef_api.login import Context, signed_request, token_body
from formats.ksef_api.troubles import Trouble, trouble
from formats.signatures.signer import SignerError
from formats.signatures.xml import SigningError
from gateway.archive.service import EvidenceItem
from gateway.channels.pl_ksef.memory import FRESH, Login, Memory, OpenSession
from gateway.channels.wire import Exchanging
from gateway.transmissions.adapter import Answer, Credential, Request
from gateway.transmissions.bearer import Bearer
from gateway.transmissions.errors import Retry, Unknown
from gateway.transmissions.secrecy import masked_body

A = TypeVar("A", bound=KsefAnswer)
Random = Callable[[int], bytes]
_JSON = (("Content-Type", "application/json"), ("Accept", "application/json"))
_XML = (("Content-Type", "application/xml"), ("Accept", "application/json"))
_AWAY = frozenset(
    {HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT}
)
_TRIES, _PAUSE = 20, 0.5  # a certificate may be asked about at its issuer: ten seconds


class Access:
    """Logs in and opens sessions.

    Args:
        url: Of the API.
        wire: Carries calls.
        memory: What is known already.
        clock: The time.
        random: Makes keys.
        pause: Waits between questions.
    """

    def __init__(  # noqa: PLR0913 - what it works with
        self,
        url: str,
        wire: Exchanging,
        memory: Memory,
        *,
        clock: Callable[[], datetime.datetime],
        random: Random,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._url, self._wire, self.memory = url, wire, memory
        self._clock, self._random, self._pause = clock, random, pause

    def login(self, credential: Credential | None, context: Context) -> Login:
        """Return tokens that are good now.

        Raises:
            Retry: There are none; a person must help where it is `credential_unusable`.
        """
        if credential is None:
            raise Retry("credential_unusable", "no key for KSeF is in the vault")
        key = (credential.id, str(context))
        with self.memory.only(*key):
            now = self._clock()
            known = self.memory.logins.get(key)
            if known is not None and known.good(now):
                return known
            if known is not None and known.refreshable(now):
                with contextlib.suppress(Retry):
                    return self._refreshed(known)
            made = self._logged_in(credential, context)
            self.memory.logins[key] = made
            return made

    def session(
        self, credential: Credential | None, context: Context, form: FormCode
    ) -> OpenSession:
        """Return a session that takes another invoice of a form, and count it.

        Raises:
            Retry: There is none.
        """
        if credential is None:
            raise Retry("credential_unusable", "no key for KSeF is in the vault")
        login = self.login(credential, context)
        name = (credential.id, str(context), str(form))
        with self.memory.only(*name):
            now = self._clock()
            known = self.memory.sessions.get(name)
            if known is None or not known.usable(now):
                known = self._opened(login, form, (credential, context))
                self.memory.sessions[name] = known
            known.count += 1
            known.used_at = now
            return known

    def close(self, session: OpenSession) -> None:
        """Close a session.

        Raises:
            Retry: It cannot be closed now; it closes itself in the end.
        """
        login = self.login(session.credential, session.context)
        url = f"{self._url}/sessions/online/{session.reference}/close"
        self._call("POST", url, b"", login.access, HTTPStatus.NO_CONTENT)

    def _refreshed(self, known: Login) -> Login:
        url = f"{self._url}/auth/token/refresh"
        made = self._said(self._call("POST", url, b"", known.refresh), answers.Refreshed)
        known.access = made.access_token.token
        known.access_until = made.access_token.valid_until
        return known

    def _logged_in(self, credential: Credential, context: Context) -> Login:
        answer = self._call("POST", f"{self._url}/auth/challenge")
        challenge = self._said(answer, answers.Challenge)
        if isinstance(credential, Bearer):
            begun = self._shown(credential.secret, context, challenge)
        else:
            begun = self._signed(credential, context, challenge)
        own = begun.authentication_token.token
        self._wait_for(begun.reference_number, own)
        answer = self._call("POST", f"{self._url}/auth/token/redeem", b"", own)
        made = self._said(answer, answers.Tokens)
        return Login(
            made.access_token.token,
            made.access_token.valid_until,
            made.refresh_token.token,
            made.refresh_token.valid_until,
        )

    def _signed(
        self, credential: Credential, context: Context, challenge: Challenge
    ) -> LoginBegun:
        """Begin a login by a signature of the challenge."""
        try:
            document = signed_request(
                challenge.challenge, context, credential.signer, self._clock()
            )
        except (SignerError, SigningError) as error:
            raise Retry("credential_unusable", str(error)) from error
        url = f"{self._url}/auth/xades-signature"
        answer = self._call("POST", url, document, expected=HTTPStatus.ACCEPTED, headers=_XML)
        return self._said(answer, answers.LoginBegun)

    def _shown(self, token: str, context: Context, challenge: Challenge) -> LoginBegun:
        """Begin a login by a KSeF token, bound to the moment of the challenge."""
        body = token_body(
            challenge.challenge,
            challenge.timestamp_ms,
            context,
            token=token,
            key=self._key(answers.FOR_TOKENS),
            seed=self._random(SEED_BYTES),
        )
        url = f"{self._url}/auth/ksef-token"
        answer = self._call("POST", url, body, expected=HTTPStatus.ACCEPTED)
        return self._said(answer, answers.LoginBegun)

    def _wait_for(self, reference: str, own: str) -> None:
        for _ in range(_TRIES):
            answer = self._call("GET", f"{self._url}/auth/{reference}", b"", own)
            status = self._said(answer, answers.LoginStatus).status
            meaning = codes.meaning(codes.LOGIN, status.code)
            if meaning.outcome is Outcome.DONE:
                return
            if meaning.outcome is not Outcome.OPEN:
                reason = "credential_refused" if meaning.outcome is Outcome.ACCESS else "login"
                raise Retry(
                    reason, f"{status}. {meaning.cause} {meaning.fix}", evidence=_kept(answer)
                )
            self._pause(_PAUSE)
        raise Retry("login_pending", "the certificate is still being checked with its issuer")

    def _opened(
        self, login: Login, form: FormCode, owner: tuple[Credential, Context]
    ) -> OpenSession:
        secret = SessionKey(self._random(KEY_BYTES), self._random(IV_BYTES))
        body = bodies.online_session(form, secret, self._key(), self._random(SEED_BYTES))
        url = f"{self._url}/sessions/online"
        answer = self._call("POST", url, body, login.access, HTTPStatus.CREATED)
        opened = self._said(answer, answers.OnlineOpened)
        until, now = opened.valid_until, self._clock()
        return OpenSession(opened.reference_number, secret, until, now, *owner)

    def _key(self, usage: str = answers.FOR_SESSIONS) -> PublicKey:
        now = self._clock()
        known = self.memory.keys.get(usage)
        if known is not None and now - known[1] < FRESH:
            return known[0]
        answer = self._call("GET", f"{self._url}/security/public-key-certificates")
        try:
            key = answers.public_key(answer.body, usage, now)
        except AnswerError as error:
            raise Retry("no_public_key", str(error)) from error
        self.memory.keys[usage] = (key, now)
        return key

    def _call(  # noqa: PLR0913 - what a call is
        self,
        method: str,
        url: str,
        body: bytes = b"",
        token: str = "",
        expected: int = HTTPStatus.OK,
        *,
        headers: tuple[tuple[str, str], ...] = _JSON,
    ) -> Answer:
        bearer = (("Authorization", f"Bearer {token}"),) if token else ()
        if method == "POST" and not body:
            bearer = (*bearer, ("Content-Length", "0"))  # servers ask for it (RFC 9110, 8.6)
        try:
            answer = self._wire.exchange(Request(method, url, (*headers, *bearer), body))
        except Unknown as error:
            raise Retry(error.reason, f"before the invoice: {error.detail}") from error
        if answer.status == expected:
            return answer
        found = trouble(answer.status, answer.body)
        said = found.detail if found is not None else f"HTTP {answer.status}"
        known = found is not None and 21470 in found.codes  # noqa: PLR2004 - KSeF's: key withdrawn
        if known:
            self.memory.keys.clear()
        if token and answer.status == HTTPStatus.UNAUTHORIZED:
            self.memory.log_out(token)
        raise Retry(
            _reason(answer.status, found),
            f"before the invoice: {said}",
            evidence=_kept(answer),
            retry_after=answer.retry_after,
        )

    def _said(self, answer: Answer, kind: type[A]) -> A:
        try:
            return answers.read(answer.body, kind)
        except AnswerError as error:
            raise Retry("unreadable_answer", f"before the invoice: {error}") from error

    def secret(self) -> SessionKey:
        """Return a new key for what is encrypted."""
        return SessionKey(self._random(KEY_BYTES), self._random(IV_BYTES))

    def seed(self) -> bytes:
        """Return what a key is told to the ministry with."""
        return self._random(SEED_BYTES)

    call, said, key = _call, _said, _key  # of batches and exports, which raise `Retry` alike


def _reason(status: int, found: Trouble | None) -> str:
    """Return why a call failed: KSeF is away, refuses us, or wants it again."""
    if found is None:
        return "unavailable" if status in _AWAY else f"http_{status}"
    if found.status == HTTPStatus.FORBIDDEN:
        return "credential_refused"
    outcomes = {codes.meaning(codes.EXCEPTION, one).outcome for one in found.codes}
    if Outcome.ACCESS in outcomes:
        return "credential_refused"
    refused = found.status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.BAD_REQUEST}
    return "login_refused" if refused and outcomes != {Outcome.AGAIN} else f"http_{status}"


def _kept(answer: Answer) -> tuple[EvidenceItem, ...]:
    """Return what failed as evidence; one that was not expected may hold tokens: without them."""
    if not answer.body:
        return ()
    kept = masked_body(answer.body, frozenset())
    return (EvidenceItem("receipt", "answer.bin", "application/octet-stream", kept),)
