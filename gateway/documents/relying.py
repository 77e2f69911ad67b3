"""How a document relies on its buyer's VAT number, and what is to be said about that."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from countries.vat.determine import determine
from countries.vat.facts import Vies
from formats.en16931.rules.base import fatal, warning
from formats.findings import Finding
from formats.json.body import DocumentInput
from gateway.documents.checked_numbers import CheckedNumber
from gateway.tax.drafting import ACROSS_BORDERS, Determined, Policy, is_silent

_NUMBER = "/buyer/vat_identifier"

Answer = Literal["confirmed", "refused", "unanswered"]
"""What is known of a number; `unanswered` also where the last answer is too old."""


def answer_of(policy: Policy, checked: CheckedNumber | None) -> Answer:
    """Return what is known of the buyer's number.

    An old refusal is asked about again where the entity waits for answers, since numbers come into
    force; where it does not, the refusal stands.
    """
    if checked is None or checked.outcome == Vies.UNKNOWN:
        return "unanswered"
    if checked.outcome == Vies.VALID:
        return "confirmed" if checked.recent else "unanswered"
    waits = policy.validate and policy.holds_unknown
    return "refused" if checked.recent or not waits else "unanswered"


def taken_for(policy: Policy, answer: Answer) -> Vies | None:
    """Return what the buyer's number is taken for when its sale is determined.

    An entity that does not have numbers checked, or lets unanswered ones through, takes them as
    they are given; the record and the findings of the document say so.
    """
    if answer == "unanswered":
        return None if policy.validate and policy.holds_unknown else Vies.VALID
    return Vies.VALID if answer == "confirmed" else Vies.INVALID


@dataclass(frozen=True, slots=True)
class Reliance:
    """How a document depends on its buyer's number.

    Attributes:
        given: The draft as it was given.
        determined: How it is taxed.
        policy: The entity's.
        checked: What was answered last; None for nothing.
        live: Whether the document is meant.
        judged: False for what relies on an earlier document (credit notes, correctives), is no
            invoice, or is somebody else's (self-billing).
    """

    given: DocumentInput
    determined: Determined
    policy: Policy
    checked: CheckedNumber | None
    live: bool
    judged: bool

    @property
    def answer(self) -> Answer:
        """What is known of the number."""
        return answer_of(self.policy, self.checked)

    @property
    def exists(self) -> bool:
        """True when some line stands and falls with the number.

        Those that say AE or K, and those that say nothing and would be taxed otherwise if the
        number were confirmed.
        """
        lines = self.determined.draft.lines
        across = any(line.vat_category_code in ACROSS_BORDERS for line in lines)
        return self.judged and (self._abroad(across=across) or self._differs())

    def _abroad(self, *, across: bool) -> bool:
        sale = self.determined.sale
        return across and sale.buyer.country != sale.seller.country

    def _differs(self) -> bool:
        sale, given = self.determined.sale, self.given
        silent = [at for at, line in enumerate(given.lines) if is_silent(line)]
        if not silent or given.buyer.vat_identifier is None or sale.buyer.vies is Vies.VALID:
            return False
        confirmed = determine(replace(sale, buyer=replace(sale.buyer, vies=Vies.VALID)))
        decisions = self.determined.decisions
        return any(confirmed[at].result != decisions[at].result for at in silent)

    @property
    def waits(self) -> bool:
        """True when the entity has the document held until somebody answers."""
        policy = self.policy
        named = self.given.buyer.vat_identifier is not None
        patient = policy.validate and policy.holds_unknown
        return patient and named and self.answer == "unanswered" and self.exists

    @property
    def unanswered(self) -> bool:
        """True when it is let through although nobody answered: it is to be asked all the same."""
        named = self.given.buyer.vat_identifier is not None
        return self.policy.validate and named and self.answer == "unanswered" and self.exists

    def findings(self) -> Iterator[Finding]:
        """Yield what is to be said of the number."""
        if not self.exists:
            return
        policy, written, checked = self.policy, self.given.buyer.vat_identifier, self.checked
        number = f"The buyer's VAT number {written} (BT-48)"
        if not policy.validate and self.answer != "refused":
            if self.live and self.answer == "unanswered":
                fix = "Switch on tax_rules.eu.vies_validate_vat."
                yield warning("GW-33", _NUMBER, "BT-48", f"{number} was not checked.", fix)
        elif written is None:
            finding = fatal if policy.stops_unverified else warning
            text = "The buyer has no VAT number (BT-48), and the document relies on one."
            yield finding("GW-34", _NUMBER, "BT-48", text, "Give the number, or charge VAT.")
        elif self.answer == "refused" and checked is not None:
            finding = fatal if policy.stops_unverified else warning
            said = f"says {checked.service} on {checked.asked_at:%Y-%m-%d}"
            fix = "Ask the buyer for the right number, or charge VAT."
            yield finding("GW-34", _NUMBER, "BT-48", f"{number} is not in force, {said}.", fix)
        elif self.answer == "unanswered":
            finding = fatal if policy.holds_unknown else warning
            fix = "It is asked again; wait, or let tax_rules.eu.unknown be `flag`."
            text = f"{number} could not be checked: {_why(checked)}."
            yield finding("GW-35", _NUMBER, "BT-48", text, fix)


def _why(checked: CheckedNumber | None) -> str:
    if checked is None:
        return "nobody answered yet"
    if checked.outcome == Vies.UNKNOWN:
        return f"the answer was {checked.fault}"
    return f"the last answer, {checked.outcome}, is of {checked.asked_at:%Y-%m-%d %H:%M} UTC"
