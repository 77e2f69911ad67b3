"""What the reports give."""

import datetime
from typing import Literal

from pydantic import Field

from gateway.tenants.schemas import View

MONTH = Field(examples=["2026-11"], description="Of the issue date; null when not grouped by it.")


class GroupView(View):
    """What a line of a report is about; null is what it is not broken down by."""

    entity_id: str | None
    entity_name: str | None
    currency_code: str | None = Field(examples=["EUR"])
    month: str | None = MONTH
    kind: str | None = Field(examples=["invoice"])


class TotalsRow(GroupView):
    """Sums over documents in force, in one currency; credit notes count negative."""

    documents: int
    total_without_vat: str = Field(description="BT-109", examples=["1000.00"])
    total_vat: str = Field(description="BT-110")
    total_with_vat: str = Field(description="BT-112")
    amount_paid: str = Field(description="Received since, by the payments recorded here")
    amount_due: str = Field(description="BT-115 without what was received since")


class Report(View):
    """A report; with `entity` in `group_by` it comes in pages of that many entities."""

    object: Literal["list"] = "list"
    environment: Literal["sandbox", "live"]
    next_cursor: str | None


class TotalsReport(Report):
    """Totals of issued documents."""

    data: list[TotalsRow]


class VatRow(GroupView):
    """Sums over the VAT breakdowns (BG-23) of documents in force."""

    category_code: str = Field(description="BT-118", examples=["S"])
    rate: str | None = Field(description="BT-119, percent", examples=["22"])
    taxable_amount: str = Field(description="BT-116")
    tax_amount: str = Field(description="BT-117")


class VatReport(Report):
    """VAT by category and rate."""

    data: list[VatRow]


class ReceivablesRow(GroupView):
    """What is still to be paid, by how many days it is past its due date."""

    documents: int = Field(description="With something open, or to be given back")
    amount_due: str = Field(description="All that is open, less the credits")
    not_due: str = Field(description="Not due yet, or without due date")
    days_1_30: str
    days_31_60: str
    days_61_90: str
    days_over_90: str
    credits: str = Field(
        description="Negative: credit notes that name no invoice, and what was paid too much"
    )


class ReceivablesReport(Report):
    """Receivables by age."""

    as_of: datetime.date
    data: list[ReceivablesRow]


class UsageRow(View):
    """How much was issued in a calendar month (UTC)."""

    month: str = Field(examples=["2026-11"])
    entity_id: str | None
    entity_name: str | None
    documents: int = Field(description="Issued, of every kind, whatever became of them")
    active_entities: int = Field(description="Entities that issued something")
    metered: bool = Field(description="False in the sandbox, which nothing is charged for")


class UsageReport(Report):
    """What was used."""

    data: list[UsageRow]


class TransmissionCounts(View):
    """Transmissions that are not settled well."""

    pending: int = Field(description="On their way, or without verdict")
    failed: int = Field(description="Not delivered, rejected, or expired")
    unknown: int = Field(description="Sent, and nobody knows whether they arrived")
    action_required: int = Field(description="Waiting for a person")


class CertificateNotice(View):
    """A certificate that ends soon, or is no longer good."""

    purpose: str = Field(examples=["fiscal-signature"])
    state: Literal["ending", "expired", "revoked"] = Field(
        description="`ending`: within 30 days, and nothing follows it yet."
    )
    ends_at: datetime.datetime
    days_left: int = Field(description="Whole days until then; negative when it is over.")


class ComplianceRow(View):
    """Where an entity stands."""

    object: Literal["entity_compliance"] = "entity_compliance"
    entity_id: str
    entity_name: str
    transmissions: TransmissionCounts
    oldest_pending_at: datetime.datetime | None = Field(
        description="When the oldest of what is pending or unknown was queued"
    )
    drafts: int
    last_issued_at: datetime.datetime | None
    missing_setup: list[str] = Field(
        description="What is still to be set up; `/v1/entities/{entity_id}/readiness` says more"
    )
    certificates: list[CertificateNotice] = Field(
        description="Of its certificates those that end within 30 days, or are no longer good, "
        "and that something chosen here uses"
    )


class ComplianceBoard(Report):
    """The compliance board, newest entity first."""

    data: list[ComplianceRow]
