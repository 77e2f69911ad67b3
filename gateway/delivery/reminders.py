"""What happens when an invoice is not paid: `invoice.overdue` is told, and customers are reminded.

Once for each occasion: a row per document and threshold is inserted first, and who cannot insert
it does nothing. A day is a day at the entity's seat. What was missed while nothing ran is made up
for with the last threshold alone, and a reminder that is more than a week late is left out: nobody
is dunned for what happened long before reminders were switched on.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

import structlog

from gateway.delivery import repository
from gateway.delivery.correspondence import Words
from gateway.delivery.mail import Mail
from gateway.delivery.problems import NothingToRemindOfProblem
from gateway.delivery.repository import EmailRow
from gateway.delivery.schemas import RemindInput
from gateway.documents.service import Documents
from gateway.events import service as events
from gateway.kinds import DocumentKind
from gateway.kit.database import Database
from gateway.kit.ids import new_id, public_id
from gateway.kit.tenancy import Tenant, TenantTransaction
from gateway.problems import NotFoundProblem, Problem
from gateway.tenants import activity
from gateway.tenants import service as tenants
from gateway.tenants.settings import OverdueNotifications, PaymentReminders

SECONDS = 900.0
"""From the end of one round to the next."""

REMINDED = (DocumentKind.INVOICE, DocumentKind.ADVANCE_INVOICE)
"""The kinds that a customer owes money on."""

_LATEST = 7
"""Days after which a reminder that was missed is not sent any more."""

_AHEAD = datetime.timedelta(days=367)
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Reminders:
    """Tells of overdue invoices and reminds of them."""

    database: Database
    documents: Documents
    mail: Mail

    def round(self, now: datetime.datetime) -> None:
        """Visit every entity that is owed something; what fails is logged and visited again."""
        with self.database.auth_connection() as connection:
            owed = repository.owing_entities(connection, now.date() + _AHEAD)
        for account_id, entity_id, environment in owed:
            tenant = Tenant(account_id, (entity_id,), environment)
            with self.database.transaction(tenant, read_only=True) as tx:
                found = repository.owed_documents(tx, [kind.value for kind in REMINDED])
            for document_id, due_date in found:
                self._attempt(tenant, document_id, due_date, now)

    def remind(
        self, tx: TenantTransaction, document_id: str, given: RemindInput, now: datetime.datetime
    ) -> EmailRow:
        """Remind of an invoice because somebody says so.

        Raises:
            NotFoundProblem: There is no such invoice for this caller.
            NothingToRemindOfProblem: Nothing is to be paid on it.
        """
        row = self.documents.find(tx, document_id, REMINDED)
        open_amount = self._open(tx, row.id, now)
        if row.state != "issued" or open_amount <= 0:
            raise NothingToRemindOfProblem("Nothing is to be paid on this document.")
        today = now.astimezone(tenants.zone_of(tenants.get_entity(tx, tx.entity_id))).date()
        invoice = self.mail.renditions.invoice(tx, row, now)
        due = invoice.payment_due_date or today
        repository.add_reminder(tx, row.id, f"manual:{new_id()}", now)
        return self.mail.remind(
            tx,
            row,
            to=given.to,
            own=Words(given.subject, given.message),
            days=(today - due).days,
            metadata=given.metadata,
            now=now,
        )

    def _attempt(
        self, tenant: Tenant, document_id: UUID, due: datetime.date, now: datetime.datetime
    ) -> None:
        """Do what is due about one document: telling and reminding, each on its own."""
        for visit in (self._tell, self._remind):
            try:
                with self.database.transaction(tenant) as tx:
                    visit(tx, document_id, due, now)
            except NotFoundProblem:
                return
            except Problem as problem:
                _log.warning("reminder_failed", problem=problem.type)

    def _tell(
        self, tx: TenantTransaction, document_id: UUID, due: datetime.date, now: datetime.datetime
    ) -> None:
        entity = tenants.get_entity(tx, tx.entity_id)
        chosen = tenants.settings_of(entity).overdue_notifications or OverdueNotifications()
        late = (now.astimezone(tenants.zone_of(entity)).date() - due).days
        reached = sorted(day for day in chosen.threshold_days if 1 <= late >= day)
        new = _first_times(tx, document_id, "overdue", reached, now)
        if new:
            row = self.documents.get(tx, document_id)
            data = {
                "number": row.number,
                "days": late,
                "threshold_days": new[-1],
                "due_date": due.isoformat(),
                "amount_open": str(self._open(tx, document_id, now)),
                "metadata": dict(row.metadata),
            }
            events.append(
                tx, type=f"{row.kind.value}.overdue", document_id=document_id, data=data, now=now
            )

    def _remind(
        self, tx: TenantTransaction, document_id: UUID, due: datetime.date, now: datetime.datetime
    ) -> None:
        entity = tenants.get_entity(tx, tx.entity_id)
        chosen: PaymentReminders | None = tenants.settings_of(entity).payment_reminders
        if chosen is None or not chosen.enabled:
            return
        late = (now.astimezone(tenants.zone_of(entity)).date() - due).days
        after = sorted(day for day in chosen.days if late >= day)
        before = sorted((day for day in chosen.days_before if 0 <= -late <= day), reverse=True)
        new = [
            abs(late) - day if late >= 0 else day + late
            for kind, reached in (("after", after), ("before", before))
            for day in _first_times(tx, document_id, kind, reached, now)
        ]
        if not new or min(new) > _LATEST:
            return
        row = self.documents.get(tx, document_id)
        sent = self.mail.remind(
            tx, row, to=None, own=Words(), days=late, metadata=dict(row.metadata), now=now
        )
        subject, data = public_id(row.kind.prefix, row.id), {"email_id": public_id("eml", sent.id)}
        activity.record(tx, "remind_of_invoice", subject_id=subject, data=data, now=now)

    def _open(self, tx: TenantTransaction, document_id: UUID, now: datetime.datetime) -> Decimal:
        row = self.documents.get(tx, document_id)
        due = row.amount_due
        if due is None:
            due = self.mail.renditions.invoice(tx, row, now).totals.amount_due
        return (due or Decimal()) - row.amount_paid


def _first_times(
    tx: TenantTransaction,
    document_id: UUID,
    kind: str,
    days: Iterable[int],
    now: datetime.datetime,
) -> list[int]:
    """Note each occasion and return those that were not noted before."""
    return [day for day in days if repository.add_reminder(tx, document_id, f"{kind}:{day}", now)]
