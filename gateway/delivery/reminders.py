"""What happens when an invoice is not paid: `invoice.overdue` is told, and customers are reminded.

Once for each occasion: a row per document and threshold is inserted first, and who cannot insert
it does nothing. A day is a day at the entity's seat. What was missed while nothing ran is made up
for with the last threshold alone, and a reminder that is more than a week late is left out: nobody
is dunned for what happened long before reminders were switched on.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

import structlog

from gateway.delivery import occasions, repository
from gateway.delivery.correspondence import Words
from gateway.delivery.mail import Mail
from gateway.delivery.problems import NothingToRemindOfProblem
from gateway.delivery.repository import EmailRow
from gateway.delivery.schemas import RemindInput
from gateway.documents.service import DocumentRow, Documents
from gateway.events import service as events
from gateway.kinds import DocumentKind
from gateway.kit.database import Database, is_transient
from gateway.kit.ids import new_id, public_id
from gateway.kit.tenancy import Tenant, TenantTransaction
from gateway.problems import Problem, RequestInvalidProblem, UnavailableProblem
from gateway.tenants import activity, moving
from gateway.tenants import service as tenants
from gateway.tenants.settings import OverdueNotifications, PaymentReminders

SECONDS = 900.0
"""From the end of one round to the next."""

REMINDED = (DocumentKind.INVOICE, DocumentKind.ADVANCE_INVOICE)
"""The kinds that a customer owes money on."""

_AHEAD = datetime.timedelta(days=367)
_log = structlog.get_logger(__name__)

Found = list[tuple[UUID, datetime.date]]
"""Documents, and when they are due."""

Visit = Callable[[Tenant, UUID, datetime.date, datetime.datetime], None]


@dataclass(frozen=True, slots=True)
class Reminders:
    """Tells of overdue invoices and reminds of them."""

    database: Database
    documents: Documents
    mail: Mail

    def round(self, now: datetime.datetime) -> None:
        """Visit every entity of which something is due.

        What fails about one document is logged, and does not keep others from being told of.
        An outage ends the round: everything else would fail as well.

        Raises:
            UnavailableProblem: Something that all documents need does not answer.
            DBAPIError, PoolTimeoutError: That is the database.
        """
        with self.database.auth_connection() as connection:
            owed = repository.owing_entities(connection, now.date() + _AHEAD)
        for account_id, entity_id, environment in owed:
            tenant = Tenant(account_id, (entity_id,), environment)
            with self.database.transaction(tenant, read_only=True) as tx:
                if not moving.is_here(tx):  # who pays pays elsewhere
                    continue
                to_tell, to_remind = self._due(tx, now)
            for document_id, due_date in to_tell:
                self._attempt(self._tell, tenant, document_id, due_date, now)
            for document_id, due_date in to_remind:
                self._attempt(self._remind, tenant, document_id, due_date, now)

    def _due(self, tx: TenantTransaction, now: datetime.datetime) -> tuple[Found, Found]:
        """Return of which documents is to be told today, and of which to be reminded."""
        entity = tenants.get_entity(tx, tx.entity_id)
        settings, today = (
            tenants.settings_of(entity),
            now.astimezone(tenants.zone_of(entity)).date(),
        )
        kinds = [kind.value for kind in REMINDED]
        telling = settings.overdue_notifications or OverdueNotifications()
        chosen = settings.payment_reminders
        told = repository.owed_documents(
            tx, kinds, occasions.overdue(telling.threshold_days, today)
        )
        if (
            chosen is None
            or not chosen.enabled
            or not self.mail.office.takes(tx.tenant.environment)
        ):
            return told, []
        days = occasions.reminders(chosen.days, chosen.days_before, today)
        return told, repository.owed_documents(tx, kinds, days)

    def remind(
        self, tx: TenantTransaction, document_id: str, given: RemindInput, now: datetime.datetime
    ) -> EmailRow:
        """Remind of an invoice because somebody says so.

        Raises:
            NotFoundProblem: There is no such invoice for this caller.
            NothingToRemindOfProblem: Nothing is to be paid on it.
        """
        row = self.documents.find(tx, document_id, REMINDED)
        if row.open_amount > 0:  # draw it before the document is held: that may take a while
            self.mail.renditions.pdf(tx, row, now)
            row = self._held(tx, row.id)
        if row.open_amount <= 0:
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
        self,
        visit: Visit,
        tenant: Tenant,
        document_id: UUID,
        due: datetime.date,
        now: datetime.datetime,
    ) -> None:
        """Do what is due about one document."""
        log = _log.bind(entity_id=str(tenant.entity_ids[0]), document_id=str(document_id))
        try:
            visit(tenant, document_id, due, now)
        except UnavailableProblem:
            raise
        except Problem as problem:
            log.warning("reminder_failed", problem=problem.type)
        except Exception as error:
            if is_transient(error):
                raise
            log.exception("reminder_failed")

    def _tell(
        self, tenant: Tenant, document_id: UUID, due: datetime.date, now: datetime.datetime
    ) -> None:
        with self.database.transaction(tenant) as tx:
            row = self._held(tx, document_id)
            if row.open_amount <= 0:
                return
            entity = tenants.get_entity(tx, tx.entity_id)
            chosen = tenants.settings_of(entity).overdue_notifications or OverdueNotifications()
            late = (now.astimezone(tenants.zone_of(entity)).date() - due).days
            reached = sorted(day for day in chosen.threshold_days if 1 <= late >= day)
            new = _first_times(tx, document_id, "overdue", reached, now)
            if not new:
                return
            data = {
                "number": row.number,
                "days": late,
                "threshold_days": new[-1],
                "due_date": due.isoformat(),
                "amount_open": str(row.open_amount),
                "metadata": dict(row.metadata),
            }
            events.append(
                tx, type=f"{row.kind.value}.overdue", document_id=document_id, data=data, now=now
            )

    def _remind(
        self, tenant: Tenant, document_id: UUID, due: datetime.date, now: datetime.datetime
    ) -> None:
        """Remind of a document whose day has come; without an address that is noted as done."""
        with self.database.transaction(tenant, read_only=True) as tx:
            self.mail.renditions.pdf(tx, self.documents.get(tx, document_id), now)
        with self.database.transaction(tenant) as tx:
            row = self._held(tx, document_id)
            if row.open_amount <= 0:
                return
            late, new = self._new_days(tx, document_id, due, now)
            if not new or min(new) > occasions.LATEST:
                return
            try:
                sent = self.mail.remind(
                    tx, row, to=None, own=Words(), days=late, metadata=dict(row.metadata), now=now
                )
            except RequestInvalidProblem:
                _log.warning("reminder_without_address", document_id=str(document_id))
                return
            subject = public_id(row.kind.prefix, row.id)
            data = {"email_id": public_id("eml", sent.id)}
            activity.record(tx, "remind_of_invoice", subject_id=subject, data=data, now=now)

    def _new_days(
        self, tx: TenantTransaction, document_id: UUID, due: datetime.date, now: datetime.datetime
    ) -> tuple[int, list[int]]:
        """Return how late a document is, and how long ago each of its new occasions came."""
        entity = tenants.get_entity(tx, tx.entity_id)
        chosen: PaymentReminders | None = tenants.settings_of(entity).payment_reminders
        late = (now.astimezone(tenants.zone_of(entity)).date() - due).days
        if chosen is None or not chosen.enabled:
            return late, []
        after = sorted(day for day in chosen.days if late >= day)
        before = sorted((day for day in chosen.days_before if 0 <= -late <= day), reverse=True)
        return late, [
            abs(late) - day if late >= 0 else day + late
            for kind, reached in (("after", after), ("before", before))
            for day in _first_times(tx, document_id, kind, reached, now)
        ]

    def _held(self, tx: TenantTransaction, document_id: UUID) -> DocumentRow:
        """Return a document as it is and stays until the transaction ends."""
        repository.hold_document(tx, document_id)
        return self.documents.get(tx, document_id)


def _first_times(
    tx: TenantTransaction,
    document_id: UUID,
    kind: str,
    days: Iterable[int],
    now: datetime.datetime,
) -> list[int]:
    """Note each occasion and return those that were not noted before."""
    return [day for day in days if repository.add_reminder(tx, document_id, f"{kind}:{day}", now)]
