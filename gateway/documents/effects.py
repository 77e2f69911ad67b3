"""What issuing a document does to the documents it corrects, settles or continues.

Those are locked before, in the order of their ids and ahead of the number series, so that two
credit notes cannot credit the same amount and no advance is settled twice.
"""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from http import HTTPStatus
from typing import Any

from formats.en16931 import Invoice
from gateway.documents import related, repository
from gateway.documents.loading import Loaded
from gateway.documents.repository import DocumentRow
from gateway.documents.telling import tell
from gateway.kinds import DocumentKind
from gateway.kit.ids import public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import Problem, RequestInvalidProblem


class CreditExceedsProblem(Problem):
    """The credit note takes back more than is left of the invoice it corrects.

    `available` is what can still be credited: the invoice's total with VAT, less what earlier
    credit notes took back.
    """

    type = "credit-exceeds"
    title = "More is credited than was invoiced"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class AlreadySettledProblem(Problem):
    """An advance invoice is deducted once; another invoice has settled this one already."""

    type = "already-settled"
    title = "The advance is settled already"
    status = HTTPStatus.CONFLICT


class CurrencyDiffersProblem(Problem):
    """A document corrects or settles another one in the same currency only."""

    type = "currency-differs"
    title = "The documents have different currencies"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


def refuse_impossible(kind: DocumentKind, invoice: Invoice, loaded: Loaded) -> None:
    """Refuse what the documents it corrects or settles do not allow.

    Args:
        kind: Of the document to be issued.
        invoice: As computed.
        loaded: What it links to, locked.

    Raises:
        CurrencyDiffersProblem: Another currency.
        CreditExceedsProblem: More is credited than is left.
        RequestInvalidProblem: A credit note that would take back less than nothing.
    """
    for relation in ("corrects", "settles"):
        for number, row in enumerate(loaded.of(relation)):
            if row.currency_code != invoice.currency_code:
                place = "/corrects" if relation == "corrects" else f"/settles/{number}"
                raise CurrencyDiffersProblem(
                    f"{row.number} is in {row.currency_code}, this document in "
                    f"{invoice.currency_code}.",
                    errors=[{"pointer": place, "message": f"is in {row.currency_code}"}],
                )
    if not kind.credits:
        return
    credited = invoice.totals.total_with_vat or Decimal(0)
    if credited < 0 and loaded.of("corrects"):
        message = f"would be credited with {credited}: a credit note takes back, it does not add"
        raise RequestInvalidProblem([{"pointer": "/corrects", "message": message}])
    for row in loaded.of("corrects"):
        available = (row.total_with_vat or Decimal(0)) - row.amount_credited
        if credited > available:
            raise CreditExceedsProblem(
                f"{credited} would be credited, and {available} of {row.number} are left.",
                available=str(available),
                errors=[{"pointer": "/corrects", "message": f"has {available} left to credit"}],
            )


def apply(
    tx: TenantTransaction,
    row: DocumentRow,
    invoice: Invoice,
    loaded: Loaded,
    now: datetime.datetime,
) -> None:
    """Let an issued document have its effect on those it links to.

    Raises:
        AlreadySettledProblem: An advance was settled meanwhile.
    """
    if not loaded.relations:
        return
    try:
        related.make_effective(tx, row.id)
    except related.SettledError:
        raise AlreadySettledProblem("Another invoice has settled the advance.") from None
    for original in loaded.of("corrects"):
        _correct(tx, row, original, invoice, now)
    for advance in loaded.of("settles"):
        tell(tx, advance, "applied", now, by=public_id(row.kind.prefix, row.id))
    for earlier in loaded.of("derived_from"):
        if (decision := CONTINUED.get(earlier.kind)) and earlier.decision is None:
            values = {"decision": decision, "decided_at": now, "updated_at": now}
            repository.update(tx, earlier.id, values)
            tell(tx, earlier, decision, now, by=public_id(row.kind.prefix, row.id))


CONTINUED: Mapping[DocumentKind, str] = {
    DocumentKind.ESTIMATE: "accepted",
    DocumentKind.PROFORMA: "accepted",
    DocumentKind.ORDER: "processed",
}
"""What it means for a document that another one continues it."""


def _correct(
    tx: TenantTransaction,
    row: DocumentRow,
    original: DocumentRow,
    invoice: Invoice,
    now: datetime.datetime,
) -> None:
    values: dict[str, Any] = {"updated_at": now}
    whole = not row.kind.credits
    if row.kind.credits:
        credited = original.amount_credited + (invoice.totals.total_with_vat or Decimal(0))
        values["amount_credited"] = credited
        whole = credited >= (original.total_with_vat or Decimal(0))
    if whole and original.state == "issued":
        values["state"] = "corrected"
    repository.update(tx, original.id, values)
    tell(tx, original, "corrected", now, by=public_id(row.kind.prefix, row.id), whole=whole)
