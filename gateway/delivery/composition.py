"""What the runtime makes of the settings for this feature."""

import datetime
from uuid import UUID

from gateway.delivery.mail import Mail, PostOffice
from gateway.delivery.renditions import Renditions
from gateway.delivery.schemas import SendInput, mail_address
from gateway.delivery.smtp import MailServer, MailServerUrlError
from gateway.documents.sending import Send
from gateway.documents.service import Documents
from gateway.kit.tenancy import TenantTransaction
from gateway.settings import Settings


def mail_of(settings: Settings, renditions: Renditions) -> Mail:
    """Return the mail of a process.

    Raises:
        MailServerUrlError: The settings name a mail server or an address that cannot be used.
    """
    server = None
    if settings.smtp_url is not None:
        url = settings.smtp_url.get_secret_value()
        server = MailServer.parse(url, seconds=settings.smtp_seconds, trust=settings.smtp_trust)
        try:
            mail_address(settings.mail_from)
        except ValueError as error:
            raise MailServerUrlError(f"GATEWAY_MAIL_FROM {error}") from None

    def mark_sent(tx: TenantTransaction, document_id: UUID, now: datetime.datetime) -> None:
        documents = renditions.documents
        documents.mark_sent(tx, documents.get(tx, document_id), now, "email")

    return Mail(
        renditions, PostOffice(server, settings.mail_from, settings.sandbox_mail), mark_sent
    )


def public_url(settings: Settings) -> str:
    """Return how people reach this gateway, without a slash at the end."""
    return (settings.public_url or f"http://{settings.host}:{settings.port}").rstrip("/")


def sending(documents: Documents, mail: Mail) -> Send:
    """Return how schedules and bulk work send a document: as its entity's defaults say."""

    def send(tx: TenantTransaction, document_id: UUID, now: datetime.datetime) -> None:
        mail.send(tx, documents.get(tx, document_id), SendInput(), now)

    return send
