"""What the documents that a document corrects, settles or continues allow when it is issued.

They are locked by then, and stay what they are until it is issued.
"""

from decimal import Decimal
from http import HTTPStatus

from formats.en16931 import Invoice
from gateway.documents import related, repository
from gateway.documents.held import invoice_of
from gateway.documents.law import law_of
from gateway.documents.loading import Loaded
from gateway.documents.problems import DocumentStateProblem
from gateway.documents.repository import DocumentRow
from gateway.kinds import DocumentKind
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


def refuse_impossible(
    tx: TenantTransaction, row: DocumentRow, invoice: Invoice, loaded: Loaded
) -> None:
    """Refuse what the documents it corrects, settles or continues do not allow.

    Args:
        tx: The transaction.
        row: The document to be issued.
        invoice: As computed.
        loaded: What it links to, locked.

    Raises:
        CurrencyDiffersProblem: Another currency.
        CreditExceedsProblem: More is credited than is left.
        DocumentStateProblem: What it corrects is replaced already, or must not be; what it
            continues was rejected, or is continued already.
        RequestInvalidProblem: A credit note that would take back less than nothing, a difference
            below nothing, an advance larger than the invoice, or a document of somebody else.
    """
    _one_currency(invoice, loaded)
    _one_party(row, invoice, loaded)
    for original in loaded.of("corrects"):
        if row.kind.credits:
            _refuse_credit(tx, original, invoice.totals.total_with_vat or Decimal(0))
        elif law_of(tx, original).by_difference:
            _refuse_difference(tx, original, invoice.totals.total_with_vat or Decimal(0))
        else:
            _refuse_replacement(tx, original)
    if loaded.of("settles") and (invoice.totals.total_with_vat or Decimal(0)) < 0:
        message = (
            f"leave a total of {invoice.totals.total_with_vat}: more came off than is invoiced"
        )
        fix = "invoice at least as much as the advances, or credit the rest of the advance instead"
        raise RequestInvalidProblem([{"pointer": "/settles", "message": message, "fix": fix}])
    for earlier in loaded.of("derived_from"):
        _refuse_continuing(tx, row, earlier)


def _one_currency(invoice: Invoice, loaded: Loaded) -> None:
    for place, row in _named(loaded):
        if row.currency_code != invoice.currency_code:
            raise CurrencyDiffersProblem(
                f"{row.number} is in {row.currency_code}, this document in "
                f"{invoice.currency_code}.",
                errors=[{"pointer": place, "message": f"is in {row.currency_code}"}],
            )


def _one_party(row: DocumentRow, invoice: Invoice, loaded: Loaded) -> None:
    for place, other in _named(loaded):
        if row.customer_id is not None and row.customer_id == other.customer_id:
            continue
        then = invoice_of(other)
        ours, theirs = (
            (invoice.seller, then.seller) if row.kind.self_billed else (invoice.buyer, then.buyer)
        )
        alike = ((ours.vat_identifier, theirs.vat_identifier), (ours.name, theirs.name))
        if not any(mine and mine == other_one for mine, other_one in alike):
            fix = "name the same customer_id, or a document of this customer"
            message = f"{other.number} is of another customer"
            raise RequestInvalidProblem([{"pointer": place, "message": message, "fix": fix}])


def _named(loaded: Loaded) -> list[tuple[str, DocumentRow]]:
    """Return what is corrected or settled, each with its place in the body."""
    settled = [(f"/settles/{at}", row) for at, row in enumerate(loaded.of("settles"))]
    return [*(("/corrects", row) for row in loaded.of("corrects")), *settled]


def _refuse_credit(tx: TenantTransaction, original: DocumentRow, credited: Decimal) -> None:
    if credited < 0:
        message = f"would be credited with {credited}: a credit note takes back, it does not add"
        raise RequestInvalidProblem([{"pointer": "/corrects", "message": message}])
    available, why = (original.total_with_vat or Decimal(0)) - original.amount_credited, ""
    if original.state == "corrected":
        available, why = Decimal(0), " It is corrected already."
    elif related.effective(tx, "settles", [original.id]):
        available, why = Decimal(0), " An invoice has settled it: credit that one."
    if credited > available or original.state == "corrected":
        raise CreditExceedsProblem(
            f"{credited} would be credited, and {available} of {original.number} are left.{why}",
            available=str(available),
            errors=[{"pointer": "/corrects", "message": f"has {available} left to credit"}],
        )


def _refuse_replacement(tx: TenantTransaction, original: DocumentRow) -> None:
    """Refuse to replace what has been replaced, or what would leave money behind."""
    settled = related.effective(tx, "settles", [original.id])
    reasons = (
        (original.state == "corrected", "is corrected already; correct the one in its place"),
        (original.amount_credited > 0, "is credited in part; credit the rest, and invoice anew"),
        (
            original.amount_paid > 0,
            "is paid, and the money would stay on it; reverse its payments, or credit it",
        ),
        (bool(settled), "is settled by an invoice; correct that one"),
    )
    _refuse("/corrects", original, reasons)


def _refuse_difference(tx: TenantTransaction, original: DocumentRow, added: Decimal) -> None:
    """Refuse a difference to what is gone, and one that takes back: a credit note does that."""
    settled = related.effective(tx, "settles", [original.id])
    reasons = (
        (original.state == "corrected", "is taken back; invoice anew"),
        (bool(settled), "is settled by an invoice; correct that one"),
        (added < 0, f"would be changed by {added}: issue a credit note over what is taken back"),
    )
    _refuse("/corrects", original, reasons)


def _refuse_continuing(tx: TenantTransaction, row: DocumentRow, earlier: DocumentRow) -> None:
    """Refuse to continue what was decided against, or what is invoiced already.

    An order can be invoiced in parts; an offer is taken once.
    """
    offer = earlier.kind in {DocumentKind.ESTIMATE, DocumentKind.PROFORMA}
    later = related.effective(tx, "derived_from", [earlier.id]) if offer else []
    others = repository.some(tx, [one.from_id for one in later]).values()
    same = [one for one in others if one.kind is row.kind and one.state == "issued"]
    reasons = (
        (earlier.decision in {"rejected", "cancelled"}, f"is {earlier.decision}"),
        (earlier.state == "voided", "is voided"),
        (bool(same), f"is continued by {same[0].number} already" if same else ""),
    )
    _refuse("/derived_from", earlier, reasons)


def _refuse(place: str, row: DocumentRow, reasons: tuple[tuple[bool, str], ...]) -> None:
    for holds, reason in reasons:
        if holds:
            raise DocumentStateProblem(
                f"{row.number} {reason}.", errors=[{"pointer": place, "message": reason}]
            )
