"""What a document relies on when it relies on a buyer's VAT number."""

import datetime
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class CheckedNumber:
    """An answer about a VAT number.

    Attributes:
        id: Public id of the check, whose evidence is kept there.
        number: As an invoice carries it.
        outcome: `valid`, `invalid` or `unknown`.
        service: Who was asked: `vies`, `hmrc`; `form` when nobody needed to be.
        asked_at: When (UTC).
        fault: Why it is unknown; None otherwise.
        consultation_number: The authority's proof that it was asked.
        name: The holder's name; None when the authority does not tell.
        address: The holder's address.
        recent: Whether it is fresh enough to issue a document by.
    """

    id: str
    number: str
    outcome: str
    service: str
    asked_at: datetime.datetime
    fault: str | None = None
    consultation_number: str | None = None
    name: str | None = None
    address: str | None = None
    recent: bool = True

    def as_json(self) -> dict[str, Any]:
        """Return it as it is kept and shown."""
        return {
            "id": self.id,
            "vat_id": self.number,
            "outcome": self.outcome,
            "service": self.service,
            "asked_at": self.asked_at.isoformat(),
            "fault": self.fault,
            "consultation_number": self.consultation_number,
            "name": self.name,
            "address": self.address,
        }
