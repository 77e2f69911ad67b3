"""The wire to a mail server: one message, step by step, so that it is known how far it came.

The moment that counts is the final dot after DATA. Whatever fails before it was not accepted and
may be sent again. A connection lost after it leaves open whether the server took the message, and
nobody can ask: that is `OutcomeUnknownError`, and never repeated by a machine (RFC 5321, 4.5.4.1,
says to repeat; a customer who is dunned twice says otherwise).
"""

import contextlib
import re
import smtplib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urlsplit

from gateway.kit.trust import trusting

_OK = range(200, 300)
_GO_ON = 354
_LATER = range(400, 500)
_DEADLINE = 300.0
"""Seconds after which the final dot is not sent any more: the row may be taken from us by then."""

_PORTS = {"smtp": 587, "smtps": 465, "smtp+plain": 25}
_REPLY = 500


class MailServerError(Exception):
    """The message was not accepted, and may be later; the text says why."""


class OutcomeUnknownError(Exception):
    """The whole message was sent, and no answer came: it was accepted, or it was not."""


class MailServerUrlError(ValueError):
    """The address of the mail server cannot be read; the text says why."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """A mail server.

    Attributes:
        host: Its name.
        port: Its port.
        security: `starttls` (never without), `tls` from the first byte, or `none`.
        user: To log in with; None does not.
        password: With it.
        seconds: The longest silence.
        trust: PEM file of the only certificates to trust; None trusts the machine's.
    """

    host: str
    port: int
    security: Literal["starttls", "tls", "none"]
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    seconds: float = 60.0
    trust: Path | None = None

    @classmethod
    def parse(cls, url: str, *, seconds: float = 60.0, trust: Path | None = None) -> "MailServer":
        """Read `smtp://user:password@host:587` (STARTTLS), `smtps://` (TLS), `smtp+plain://`.

        Raises:
            MailServerUrlError: It is none of these.
        """
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            raise MailServerUrlError("GATEWAY_SMTP_URL is not a URL") from None
        if parts.scheme not in _PORTS or not parts.hostname:
            raise MailServerUrlError(
                "GATEWAY_SMTP_URL must be smtp://user:password@host (STARTTLS), smtps://... (TLS)"
                " or smtp+plain://... (neither)"
            )
        security: Literal["starttls", "tls", "none"] = "starttls"
        if parts.scheme != "smtp":
            security = "tls" if parts.scheme == "smtps" else "none"
        return cls(
            host=parts.hostname,
            port=port or _PORTS[parts.scheme],
            security=security,
            user=None if parts.username is None else unquote(parts.username),
            password=None if parts.password is None else unquote(parts.password),
            seconds=seconds,
            trust=trust,
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said about one recipient.

    Attributes:
        outcome: `sent`, `refused` for ever, or `later`.
        reply: Code and text.
    """

    outcome: Literal["sent", "refused", "later"]
    reply: str


def deliver(
    server: MailServer, sender: str, recipients: Sequence[str], message: bytes
) -> dict[str, Answer]:
    """Hand a message to a mail server and return what became of it for each recipient.

    Args:
        server: Where.
        sender: The address of MAIL FROM.
        recipients: The addresses of RCPT TO.
        message: The whole message, lines ending in CRLF.

    Raises:
        MailServerError: Nothing was accepted.
        OutcomeUnknownError: It may have been.
    """
    begun = time.monotonic()
    dotted = False
    try:
        with _session(server) as smtp:
            if refused := _unless_ok(*smtp.mail(sender)):
                return dict.fromkeys(recipients, refused)
            answers = {one: _unless_ok(*smtp.rcpt(one)) for one in recipients}
            accepted = [one for one, answer in answers.items() if answer is None]
            if not accepted:
                return {one: answer for one, answer in answers.items() if answer is not None}
            code, reply = smtp.docmd("DATA")
            if code != _GO_ON:
                final = _unless_ok(code, reply) or Answer("later", _text(code, reply))
            else:
                smtp.send(_stuffed(message))
                if time.monotonic() - begun > _DEADLINE:
                    raise MailServerError("the mail server was too slow")
                dotted = True
                smtp.send(b".\r\n")
                final = _verdict(*smtp.getreply())
                dotted = False
            return {one: answer or final for one, answer in answers.items()}
    except (smtplib.SMTPException, OSError, ValueError) as error:
        if dotted:
            raise OutcomeUnknownError(
                f"the connection was lost after the message was sent: {_said(error)}"
            ) from None
        raise MailServerError(_said(error)) from None


@contextlib.contextmanager
def _session(server: MailServer) -> Iterator[smtplib.SMTP]:
    """Connect, secure, log in; leave politely, and without caring how that goes."""
    context = trusting(server.trust)
    if server.security == "tls":
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=server.seconds, context=context
        )
    else:
        smtp = smtplib.SMTP(server.host, server.port, timeout=server.seconds)
    try:
        smtp.ehlo()
        if server.security == "starttls":
            smtp.starttls(context=context)
            smtp.ehlo()
        if server.user is not None:
            smtp.login(server.user, server.password or "")
        yield smtp
        with contextlib.suppress(smtplib.SMTPException, OSError):
            smtp.quit()
    finally:
        smtp.close()


def _verdict(code: int, reply: bytes) -> Answer:
    if code < 0:
        raise ValueError("the answer cannot be read")
    return _unless_ok(code, reply) or Answer("sent", _text(code, reply))


def _unless_ok(code: int, reply: bytes) -> Answer | None:
    if code in _OK:
        return None
    return Answer("later" if code in _LATER else "refused", _text(code, reply))


def _stuffed(message: bytes) -> bytes:
    """Return the message with its leading dots doubled (RFC 5321, 4.5.2) and a last line end."""
    stuffed = re.sub(rb"(?m)^\.", b"..", message)
    return stuffed if stuffed.endswith(b"\r\n") else stuffed + b"\r\n"


def _text(code: int, reply: bytes) -> str:
    return f"{code} {reply.decode('utf-8', 'replace')}"[:_REPLY]


def _said(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        text = error.smtp_error
        return _text(error.smtp_code, text.encode() if isinstance(text, str) else text)
    return (str(error) or type(error).__name__)[:_REPLY]
