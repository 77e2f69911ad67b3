"""From what is to be said to a message: text and HTML, files attached, headers that cannot split.

Texts come from strangers: names, numbers, subjects. In headers they are one line without
controls, in HTML they are escaped, and file names are plain ASCII.
"""

import datetime
import email.utils
import functools
from collections.abc import Sequence
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from importlib import resources

import jinja2

from formats.pdf.colors import readable_on, readable_on_white
from gateway.delivery.look import Look
from gateway.delivery.renditions import File
from gateway.delivery.wording import Facts, one_line
from gateway.tenants.mail import Message

Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Letter:
    """What an e-mail says, before it is a message.

    Attributes:
        subject: One line.
        text: The body as plain text, without greeting line and signature where it has its own.
        rows: What matters in figures, label and value.
        link: Where the document can be seen; empty for nowhere.
        html: The HTML in place of ours, whole; None for ours.
    """

    subject: str
    text: str
    rows: Pairs = ()
    link: str = ""
    html: str | None = None


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who writes to whom.

    Attributes:
        sender_name: Stands before the address.
        sender: The address of From.
        reply_to: Where answers go; None to the sender.
        to: Addresses.
        cc: Addresses.
    """

    sender_name: str
    sender: str
    reply_to: str | None
    to: tuple[str, ...]
    cc: tuple[str, ...] = ()


def message(  # noqa: PLR0913 - all of it named
    letter: Letter,
    envelope: Envelope,
    *,
    facts: Facts,
    look: Look,
    files: Sequence[File],
    message_id: str,
    now: datetime.datetime,
    automatic: bool = False,
) -> bytes:
    """Return the bytes of a message as they go on the wire: CRLF, and no line over 998.

    Args:
        letter: What it says.
        envelope: From whom, to whom.
        facts: The words of its language.
        look: The sender's colour.
        files: What is attached.
        message_id: With its angle brackets.
        now: Its date.
        automatic: True for what no person asked for: mail programs then do not answer (RFC 3834).
    """
    made = EmailMessage(policy=SMTP)
    made["From"] = _address(envelope.sender, envelope.sender_name)
    made["To"] = tuple(_address(one) for one in envelope.to)
    if envelope.cc:
        made["Cc"] = tuple(_address(one) for one in envelope.cc)
    if envelope.reply_to:
        made["Reply-To"] = _address(envelope.reply_to)
    made["Subject"] = one_line(letter.subject)
    made["Date"] = email.utils.format_datetime(now)
    made["Message-ID"] = message_id
    if automatic:
        made["Auto-Submitted"] = "auto-generated"
    made.set_content(plain_text(letter, facts))
    page = _html(letter, envelope, facts, look) if letter.html is None else letter.html
    made.add_alternative(page, subtype="html")
    for file in files:
        kind, _, subtype = file.media_type.partition("/")
        made.add_attachment(file.content, maintype=kind, subtype=subtype, filename=file.name)
    return _unsplit(made)


def note(said: Message, sender: str, to: str, *, message_id: str, now: datetime.datetime) -> bytes:
    """Return the bytes of a message about no document: plain text that nobody answers.

    Args:
        said: What it says, and whose name stands before the sender.
        sender: The address of From.
        to: The address of To.
        message_id: With its angle brackets.
        now: Its date.
    """
    made = EmailMessage(policy=SMTP)
    made["From"] = _address(sender, said.sender)
    made["To"] = _address(to)
    made["Subject"] = one_line(said.subject)
    made["Date"] = email.utils.format_datetime(now)
    made["Message-ID"] = message_id
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(said.text)
    return _unsplit(made)


def plain_text(letter: Letter, facts: Facts) -> str:
    """Return the whole letter as plain text."""
    parts = [letter.text]
    if letter.rows:
        parts.append("\n".join(f"{label}: {value}" for label, value in letter.rows))
    if letter.link:
        parts.append(f"{facts.words['online']}: {letter.link}")
    parts.append(f"{facts.words['regards']}\n{facts.values['sender']}")
    return "\n\n".join(parts) + "\n"


def _html(letter: Letter, envelope: Envelope, facts: Facts, look: Look) -> str:
    blocks = letter.text.replace("\r\n", "\n").split("\n\n")
    return _template("email.html").render(
        language=facts.printed.code,
        subject=one_line(letter.subject),
        sender=envelope.sender_name,
        paragraphs=[block.split("\n") for block in blocks if block.strip()],
        rows=letter.rows,
        link=letter.link,
        online=facts.words["online"],
        regards=facts.words["regards"],
        color=look.primary_color,
        on_color=readable_on(look.primary_color),
        accent=readable_on_white(look.primary_color),
    )


def _unsplit(made: EmailMessage) -> bytes:
    """Return the bytes of a message after a last look: it has the headers it was given, no more.

    Raises:
        ValueError: A value became a line of its own.
    """
    content = made.as_bytes()
    lines = content.partition(b"\r\n\r\n")[0].split(b"\r\n")
    names = [line.partition(b":")[0].decode() for line in lines if line[:1] not in {b" ", b"\t"}]
    if names != list(made.keys()):
        raise ValueError("a header of the message was split")
    return content


def _address(address: str, name: str = "") -> Address:
    return Address(display_name=one_line(name, 100), addr_spec=address)


@functools.cache
def _template(name: str) -> jinja2.Template:
    source = resources.files("gateway.delivery") / "templates" / name
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, keep_trailing_newline=True
    )
    return environment.from_string(source.read_text(encoding="utf-8"))
