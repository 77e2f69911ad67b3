"""The law of a document's country on how it is corrected."""

from dataclasses import dataclass
from http import HTTPStatus

from countries.base import CorrectionMethod, Corrections, Country
from gateway.documents.held import invoice_of, seat_of
from gateway.documents.preparation import country_of
from gateway.documents.repository import DocumentRow
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import Problem


class CorrectionRefusedProblem(Problem):
    """The document's country corrects it in another way; `methods` lists how."""

    type = "correction-refused"
    title = "The country corrects documents in another way"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


@dataclass(frozen=True, slots=True)
class Law:
    """How a document can be corrected.

    Attributes:
        country: Whose law it is.
        corrections: What that says; None where we know of nothing.
        by_difference: A corrective invoice stands beside the first, and takes nobody's place.
    """

    country: Country | None
    corrections: Corrections | None
    by_difference: bool = False

    @property
    def methods(self) -> tuple[CorrectionMethod, ...]:
        """What the law accepts; a credit note that names the invoice is accepted everywhere."""
        if self.corrections is None:
            return (CorrectionMethod.CREDIT_NOTE,)
        return self.corrections.methods


def law_of(tx: TenantTransaction, row: DocumentRow) -> Law:
    """Return the law a document was issued under."""
    country = country_of(invoice_of(row).seller, seat_of(tx), row.kind)
    day = row.issue_date
    found = country.corrections_on(day) if country and day else None
    beside = found is not None and row.profile in found.by_difference
    return Law(country, found, by_difference=beside)
