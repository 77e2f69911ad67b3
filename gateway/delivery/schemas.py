"""What the API takes and gives for e-mails and share links."""

import datetime
import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from formats.en16931.group import Text
from gateway.kit.moments import Moment
from gateway.tenants.schemas import Metadata

_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN = re.compile(
    r"(?=.{1,253}$)(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+"
    r"[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")


def mail_address(text: str) -> str:
    """Return an address as it goes into headers and RCPT TO: ASCII, the domain in its wire form.

    Raises:
        ValueError: It is none, or one that only servers with SMTPUTF8 would take.
    """
    local, at, domain = text.strip().rpartition("@")
    try:
        domain = domain.encode("idna").decode() if not domain.isascii() else domain
    except UnicodeError:
        domain = ""
    if not (at and _LOCAL.fullmatch(local) and len(local) <= 64 and _DOMAIN.fullmatch(domain)):  # noqa: PLR2004 - RFC 5321, 4.5.3.1.1
        raise ValueError("is no e-mail address that can be written to")
    return f"{local}@{domain}"


def _line(text: str) -> str:
    if _CONTROL.search(text):
        raise ValueError("must be one line without control characters")
    return text


def _channel(name: object) -> object:
    if isinstance(name, str) and name != "email":
        raise ValueError(
            "is no channel to send on, only email is: what goes through an e-invoicing network or"
            " to an authority is transmitted by issuing it"
        )
    return name


MailAddress = Annotated[Text, Field(max_length=320), AfterValidator(mail_address)]
Line = Annotated[Text, Field(min_length=1, max_length=200), AfterValidator(_line)]


class Input(BaseModel):
    """Base of what the API takes: unknown names are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class View(BaseModel):
    """Base of what the API gives."""

    model_config = ConfigDict(extra="forbid")


class SendInput(Input):
    """How to send a document. An empty object sends it to the customer's e-mail (BT-58)."""

    channel: Annotated[Literal["email"], BeforeValidator(_channel)] = Field(
        default="email",
        description="E-mail alone. The e-invoicing network is no choice here: issuing transmits.",
    )
    template: Annotated[Text, Field(min_length=1, max_length=200)] | None = Field(
        default=None,
        description="Id or name of a stored template of purpose `email`: its subject and texts,"
        " where `subject` and `message` do not say otherwise.",
        examples=["tpl_01jd0000000000000000000000"],
    )
    to: Annotated[tuple[MailAddress, ...], Field(min_length=1, max_length=20)] | None = Field(
        default=None, description="The buyer's contact e-mail (BT-58) when left out."
    )
    cc: Annotated[tuple[MailAddress, ...], Field(max_length=20)] = ()
    subject: Line | None = Field(
        default=None, description="May ask for `{number}`, `{title}`, `{sender}` and more."
    )
    message: Annotated[Text, Field(min_length=1, max_length=10_000)] | None = Field(
        default=None, description="The text of the mail, with the same places."
    )
    attach: Annotated[tuple[Literal["pdf", "xml"], ...], Field(max_length=2)] = ("pdf", "xml")
    link: bool = Field(default=False, description="Share the document and put the link in.")
    metadata: Metadata = {}


class RemindInput(Input):
    """How to remind of an invoice; all of it may be left out."""

    to: Annotated[tuple[MailAddress, ...], Field(min_length=1, max_length=20)] | None = None
    subject: Line | None = None
    message: Annotated[Text, Field(min_length=1, max_length=10_000)] | None = None
    metadata: Metadata = {}


class RecipientView(View):
    """One recipient, and what became of the mail for them."""

    address: str
    header: str = Field(description="`to` or `cc`")
    state: str = Field(description="queued, sent, refused or captured")
    reply: str | None = Field(default=None, description="What the mail server said.")


class AttachmentView(View):
    """A file in the mail."""

    name: str
    media_type: str
    size: int
    sha256: str


class EmailView(View):
    """An e-mail. `sent` means that the mail server took it, not that somebody read it."""

    id: str = Field(examples=["eml_01jd0000000000000000000000"])
    object: Literal["email"] = "email"
    entity_id: str
    environment: str
    document_id: str | None
    purpose: str = Field(description="document or reminder")
    state: str = Field(description="queued, sending, sent, failed, unknown or captured")
    message_id: str
    sender: str
    reply_to: str | None
    recipients: list[RecipientView]
    subject: str
    body: str = Field(description="The plain text; the message has HTML beside it.")
    attachments: list[AttachmentView]
    attempts: int
    last_error: str | None
    metadata: dict[str, str]
    created_at: datetime.datetime
    updated_at: datetime.datetime
    sent_at: datetime.datetime | None


class EmailList(View):
    """One page of e-mails, newest first."""

    object: Literal["list"] = "list"
    data: list[EmailView]
    next_cursor: str | None


class ShareLinkInput(Input):
    """A link to a document for people without a key."""

    expires_at: Moment | None = Field(default=None, description="Never, when left out.")
    metadata: Metadata = {}


class ShareLinkView(View):
    """A share link. The link itself is shown once, when it is made."""

    id: str = Field(examples=["shr_01jd0000000000000000000000"])
    object: Literal["share_link"] = "share_link"
    document_id: str
    hint: str = Field(description="How the link's secret begins.")
    views: int
    last_viewed_at: datetime.datetime | None
    metadata: dict[str, str]
    created_at: datetime.datetime
    updated_at: datetime.datetime
    expires_at: datetime.datetime | None
    revoked_at: datetime.datetime | None


class NewShareLinkView(ShareLinkView):
    """A new share link. `url` is shown now and never again, also not when it is repeated."""

    url: str | None


class ShareLinkList(View):
    """One page of share links, newest first."""

    object: Literal["list"] = "list"
    data: list[ShareLinkView]
    next_cursor: str | None
