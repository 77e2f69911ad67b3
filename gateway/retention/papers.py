"""Documents as retention sees them: issued ones and received ones alike."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from countries.base import Basis, Subject
from countries.registry import COUNTRIES
from gateway.compliance.retention import Keeper, tax_point_of
from gateway.documents import keeping as issued_keeping
from gateway.documents.held import invoice_of
from gateway.documents.service import DocumentRow, Documents
from gateway.inbox import keeping as received_keeping
from gateway.inbox.keeping import ReceivedRow
from gateway.inbox.service import Inbox
from gateway.kit.ids import parse_id, public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import NotFoundProblem
from gateway.tenants import service as tenants
from gateway.tenants.service import Entity

RECEIVED = "rcv"


@dataclass(frozen=True, slots=True)
class Paper:
    """An issued or received document.

    Attributes:
        row: Its row; one that is issued, or one that was received.
    """

    row: DocumentRow | ReceivedRow

    @property
    def id(self) -> UUID:
        """Its id."""
        return self.row.id

    @property
    def public_id(self) -> str:
        """Its id as the API has it."""
        prefix = self.row.kind.prefix if isinstance(self.row, DocumentRow) else RECEIVED
        return public_id(prefix, self.row.id)

    @property
    def received(self) -> bool:
        """True for one that was received."""
        return not isinstance(self.row, DocumentRow)

    @property
    def retain_until(self) -> datetime.date:
        """The last day on which it must still exist."""
        if self.row.retain_until is None:  # a check constraint of the database
            raise AssertionError("an issued document is kept until some day")
        return self.row.retain_until

    @property
    def kind(self) -> str:
        """Its kind as the API has it, or `received`."""
        return self.row.kind.value if isinstance(self.row, DocumentRow) else "received"

    def basis(self, entity: Entity, subjects: Collection[Subject]) -> Basis:
        """Return what law must know of it.

        Args:
            entity: Whose it is.
            subjects: What was noted of it.
        """
        keeper = keeper_of(entity)
        row = self.row
        if isinstance(row, DocumentRow):
            (day,) = self.days(entity)
            return keeper.issued(row.kind, day, tax_point_of(invoice_of(row)), subjects)
        return keeper.received(max(self.days(entity)), subjects)

    def days(self, entity: Entity) -> tuple[datetime.date, ...]:
        """Return the days it is of: of issue; of a received one the day it came and its own."""
        own = self.row.issue_date
        if isinstance(self.row, DocumentRow):
            if own is None:  # a check constraint of the database
                raise AssertionError("an issued document has its day")
            return (own,)
        came = self.row.created_at.astimezone(tenants.zone_of(entity)).date()
        return (came,) if own is None else (came, own)

    def keep_longer(
        self, tx: TenantTransaction, until: datetime.date, now: datetime.datetime
    ) -> None:
        """Keep it until a later day."""
        if isinstance(self.row, DocumentRow):
            issued_keeping.keep_longer(tx, self.row, until, now)
        else:
            received_keeping.keep_longer(tx, self.row, until, now)


def keeper_of(entity: Entity) -> Keeper:
    """Return an entity as one who must keep documents."""
    return Keeper.of(COUNTRIES.get(entity.country_code), entity.settings)


@dataclass(frozen=True, slots=True)
class Papers:
    """Where documents are found."""

    documents: Documents
    inbox: Inbox

    def issued(self, tx: TenantTransaction, public: str, *, lock: bool = False) -> Paper:
        """Return an issued document.

        Raises:
            NotFoundProblem: There is none with this id for this caller, or it is a draft.
        """
        row = self.documents.find(tx, public, lock=lock)
        if row.state == "draft":
            raise NotFoundProblem("No law keeps a draft; finalize it first.")
        return Paper(row)

    def received(self, tx: TenantTransaction, public: str, *, lock: bool = False) -> Paper:
        """Return a received document.

        Raises:
            NotFoundProblem: There is none with this id for this caller.
        """
        return Paper(self.inbox.get(tx, parse_id(public, RECEIVED), lock=lock))
