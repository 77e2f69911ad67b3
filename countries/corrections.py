"""How the law lets what was issued be corrected, and whether it can be voided."""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from countries.sources import Source


class CorrectionMethod(StrEnum):
    """A document that corrects another one, and always names it (Directive 2006/112/EC, 219)."""

    CREDIT_NOTE = "credit_note"
    """Takes back all or a part (UNTDID 1001: 381)."""
    CORRECTIVE_INVOICE = "corrective_invoice"
    """Takes the place of the first, as it should have been; or says by how much that changes
    (`Corrections.by_difference`)."""


class Voiding(StrEnum):
    """Whether an issued document can be declared void."""

    NEVER = "never"
    REFUSED = "refused"
    """Only what the authority that issues it refused, and so never issued."""
    UNSENT = "unsent"
    """While nobody but the issuer has it: it was never "issued" to anybody, and its number stays
    documented as voided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrections:
    """How documents issued from a day on are corrected.

    Attributes:
        methods: What the law accepts, the usual one first.
        voiding: Whether a document can be voided.
        corrective_code: UNTDID 1001 (BT-3) of a corrective invoice: 384, or 380 where an ordinary
            invoice that names the first is meant (Peppol allows 384 between German parties only).
        by_difference: Profiles in which a corrective invoice says by how much the first changes,
            and both count. In all others it takes the place of the first.
        since: The first day of issue it holds for; None when it is older than we go.
        until: The last such day; None when it still holds.
        source: The act.
    """

    methods: tuple[CorrectionMethod, ...]
    voiding: Voiding
    corrective_code: str = "380"
    by_difference: tuple[str, ...] = ()
    since: datetime.date | None = None
    until: datetime.date | None = None
    source: Source

    def holds_on(self, day: datetime.date) -> bool:
        """Tell whether it holds for a document issued on a day."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )
