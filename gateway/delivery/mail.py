"""Sending documents by e-mail: who writes to whom, what is said, and the rows that are sent.

A mail is frozen when it is asked for: recipients, texts, attached bytes. Sending is the outbox's
business (`outbox.py`), so the request that asks is answered at once.
"""

import datetime
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Protocol
from uuid import UUID

from formats.en16931 import Invoice
from gateway.delivery import repository
from gateway.delivery.correspondence import (
    Words,
    chosen_words,
    customer_address,
    letter_of,
    opening,
    sender_name,
    usable,
)
from gateway.delivery.letters import Envelope, Letter, message, plain_text
from gateway.delivery.look import Look
from gateway.delivery.problems import (
    DocumentVoidedProblem,
    EmailStateProblem,
    MailNotConfiguredProblem,
    NotIssuedProblem,
)
from gateway.delivery.renditions import Document, File, Renditions
from gateway.delivery.repository import EmailRow
from gateway.delivery.schemas import SendInput
from gateway.delivery.smtp import MailServer
from gateway.delivery.stationery import Stationery
from gateway.delivery.wording import Facts, facts_of, one_line
from gateway.kit.ids import new_id, public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import NotFoundProblem
from gateway.templates import service as templates
from gateway.tenants import service as tenants
from gateway.tenants.settings import EmailDefaults, EntitySettings

MarkSent = Callable[[TenantTransaction, UUID, datetime.datetime], None]
"""Notes on a document that it was sent by e-mail, and tells so."""


class Payable(Document, Protocol):
    """A document on which something may be paid."""

    @property
    def amount_due(self) -> Decimal | None:
        """What is to be paid."""

    @property
    def open_amount(self) -> Decimal:
        """What is left of that, now."""


@dataclass(frozen=True, slots=True)
class PostOffice:
    """How this process sends mail.

    Attributes:
        server: Where it hands mails over; None when the operator named none.
        address: What stands in From.
        sandbox: True where mails of sandbox entities leave too, in place of being captured.
    """

    server: MailServer | None
    address: str
    sandbox: bool = False

    def leaves(self, environment: str) -> bool:
        """Say whether the mails of an environment leave this house."""
        return environment == "live" or self.sandbox

    def takes(self, environment: str) -> bool:
        """Say whether it can be given mails of an environment: those that leave need a server."""
        return self.server is not None or not self.leaves(environment)


@dataclass(frozen=True, slots=True)
class Mail:
    """The e-mails of this gateway."""

    renditions: Renditions
    office: PostOffice
    mark_sent: MarkSent

    def send(
        self,
        tx: TenantTransaction,
        row: Payable,
        given: SendInput,
        now: datetime.datetime,
        *,
        link: str = "",
    ) -> EmailRow:
        """Queue a mail with a document, or capture it in the sandbox.

        Raises:
            NotIssuedProblem: It is a draft.
            DocumentVoidedProblem: It is void.
            MailNotConfiguredProblem: The mail could not leave.
            NotFoundProblem: There is no template with this id for this caller.
            RequestInvalidProblem: Nobody to send to is known, or the template cannot be used.
            LogoUnavailableProblem: Its PDF cannot be drawn.
        """
        invoice = self._ready(tx, row, now)
        settings = tenants.settings_of(tenants.get_entity(tx, tx.entity_id))
        facts, look = self._facts(tx, row, invoice, link)
        chosen = chosen_words(settings, row.kind.value, Words(given.subject, given.message))
        letter = letter_of(facts, invoice, chosen, "subject", opening(facts), link)
        if given.template is not None:
            template = templates.named(tx, given.template, "email", row.kind, look.locale)
            today = now.astimezone(tenants.zone_of(tenants.get_entity(tx, tx.entity_id))).date()
            stationery = Stationery.of(row, invoice, facts, look.locale, _left(row), today)
            letter = stationery.written(letter, given, template)
        files = self._files(tx, row, given.attach, now)
        envelope = self._envelope(tx, settings, given.to or customer_address(invoice), given.cc)
        return self._post(
            tx, row, "document", (letter, envelope, facts, look), files, given.metadata, now
        )

    def remind(  # noqa: PLR0913 - all of it named
        self,
        tx: TenantTransaction,
        row: Payable,
        *,
        to: tuple[str, ...] | None,
        own: Words,
        days: int,
        metadata: Mapping[str, str],
        now: datetime.datetime,
    ) -> EmailRow:
        """Queue a reminder of an invoice, its PDF attached.

        Args:
            tx: A transaction of its entity.
            row: Issued, with something left to pay.
            to: To whom; None to the customer.
            own: What to say in place of our words.
            days: After its due date; negative before it.
            metadata: The caller's references.
            now: The moment.

        Raises: as `send`.
        """
        invoice = self._ready(tx, row, now)
        settings = tenants.settings_of(tenants.get_entity(tx, tx.entity_id))
        facts, look = self._facts(tx, row, invoice, "")
        chosen = chosen_words(settings, "reminder", own)
        key = "reminder_after" if days > 0 else "reminder_before" if days else "reminder_due"
        text = f"{facts.words['greeting']}\n\n{facts.say(key)}\n\n{facts.words['disregard']}"
        letter = letter_of(facts, invoice, chosen, "reminder_subject", text, "")
        envelope = self._envelope(tx, settings, to or customer_address(invoice), ())
        files = self._files(tx, row, ("pdf",), now)
        return self._post(
            tx, row, "reminder", (letter, envelope, facts, look), files, metadata, now
        )

    def again(self, tx: TenantTransaction, email_id: UUID, now: datetime.datetime) -> EmailRow:
        """Queue the same bytes once more, with the same Message-ID.

        Raises:
            NotFoundProblem: There is no such mail for this caller.
            EmailStateProblem: It neither failed, nor is its outcome unknown.
            MailNotConfiguredProblem: It could not leave.
        """
        row = repository.email_by_id(tx, email_id, lock=True)
        if row is None or row.purpose not in repository.SHOWN:
            raise NotFoundProblem
        if row.state not in {"failed", "unknown"}:
            raise EmailStateProblem(f"The e-mail is {row.state}; only a failed one is sent again.")
        self._require_office(tx)
        recipients = [
            one if one["state"] == "sent" else {**one, "state": "queued"} for one in row.recipients
        ]
        values = {"state": "queued", "recipients": recipients, "attempts": 0, "updated_at": now}
        repository.update_email(tx, row.id, values)
        repository.enqueue(tx, row.id, now)
        return replace(row, state="queued", recipients=recipients, attempts=0, updated_at=now)

    def _ready(self, tx: TenantTransaction, row: Payable, now: datetime.datetime) -> Invoice:
        if row.state == "draft":
            raise NotIssuedProblem("A draft is not sent; finalize it first.")
        if row.state == "voided":
            raise DocumentVoidedProblem("The document is voided and is not sent.")
        self._require_office(tx)
        return self.renditions.invoice(tx, row, now)

    def _require_office(self, tx: TenantTransaction) -> None:
        if not self.office.takes(tx.tenant.environment):
            raise MailNotConfiguredProblem(
                "This gateway has no mail server; its operator sets GATEWAY_SMTP_URL."
            )

    def _facts(
        self, tx: TenantTransaction, row: Payable, invoice: Invoice, link: str
    ) -> tuple[Facts, Look]:
        look = self.renditions.look(tx)
        settings = tenants.settings_of(tenants.get_entity(tx, tx.entity_id))
        sender = sender_name(settings, invoice)
        return facts_of(invoice, look.locale, sender, open_amount=_left(row), link=link), look

    def _files(
        self, tx: TenantTransaction, row: Payable, wanted: Sequence[str], now: datetime.datetime
    ) -> list[File]:
        files = [self.renditions.pdf(tx, row, now)] if "pdf" in wanted else []
        if "xml" in wanted and (xml := self.renditions.xml(tx, row)) is not None:
            files.append(xml)
        return files

    def _envelope(
        self,
        tx: TenantTransaction,
        settings: EntitySettings,
        to: tuple[str, ...],
        cc: tuple[str, ...],
    ) -> Envelope:
        entity = tenants.get_entity(tx, tx.entity_id)
        defaults = settings.email_defaults or EmailDefaults()
        contact = (entity.seller.get("contact") or {}).get("email_address")
        reply_to = next(filter(None, (usable(defaults.reply_to), usable(contact))), None)
        name = defaults.sender_name or entity.name
        return Envelope(name, self.office.address, reply_to, to, cc)

    def _post(  # noqa: PLR0913, PLR0917 - all there is to one mail
        self,
        tx: TenantTransaction,
        row: Payable,
        purpose: str,
        said: tuple[Letter, Envelope, Facts, Look],
        files: Sequence[File],
        metadata: Mapping[str, str],
        now: datetime.datetime,
    ) -> EmailRow:
        letter, envelope, facts, look = said
        if repository.hold_document(tx, row.id) == "voided":  # while it was drawn
            raise DocumentVoidedProblem("The document is voided and is not sent.")
        email_id = new_id()
        domain = envelope.sender.rpartition("@")[2]
        document = public_id(row.kind.prefix, row.id)
        message_id = f"<{public_id('eml', email_id)}.{document}@{domain}>"
        content = message(
            letter,
            envelope,
            facts=facts,
            look=look,
            files=files,
            message_id=message_id,
            now=now,
            automatic=purpose == "reminder",
        )
        leaves = self.office.leaves(tx.tenant.environment)
        state = "queued" if leaves else "captured"
        values = {
            "id": email_id,
            "document_id": row.id,
            "purpose": purpose,
            "about": None,
            "state": state,
            "message_id": message_id,
            "sender": envelope.sender,
            "reply_to": envelope.reply_to,
            "recipients": [
                {"address": address, "header": header, "state": state, "reply": None}
                for header, addresses in (("to", envelope.to), ("cc", envelope.cc))
                for address in addresses
            ],
            "subject": one_line(letter.subject),
            "body": plain_text(letter, facts),
            "attachments": [_attachment(file) for file in files],
            "message": content,
            "attempts": 0,
            "last_error": None,
            "metadata": dict(metadata),
            "created_at": now,
            "updated_at": now,
            "sent_at": None if leaves else now,
        }
        repository.insert_email(tx, values)
        if leaves:
            repository.enqueue(tx, email_id, now)
        elif purpose == "document":
            self.mark_sent(tx, row.id, now)
        found = repository.email_by_id(tx, email_id)
        if found is None:
            raise AssertionError("an e-mail was inserted and is not there")
        return found


def _left(row: Payable) -> Decimal | None:
    """Return what is still to be paid; None where the document says it itself."""
    return None if row.amount_due is None else row.open_amount


def _attachment(file: File) -> dict[str, Any]:
    digest = hashlib.sha256(file.content).hexdigest()
    size = len(file.content)
    return {
        "name": file.name,
        "media_type": file.media_type,
        "size": size,
        "sha256": digest,
    }
