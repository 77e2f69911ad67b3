"""The VAT of a document: the facts that decide it, the decisions, and what is said about them."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from countries.eu import has_prefix
from countries.party_numbers import vat_key
from countries.vat.decision import Decision
from countries.vat.facts import BuyerKind, Vies
from formats.en16931 import Invoice
from formats.en16931.party import Seller
from formats.en16931.rules.base import fatal, warning
from formats.findings import Finding
from formats.json.body import DocumentInput
from gateway.documents.checked_numbers import CheckedNumber
from gateway.documents.links import Links
from gateway.documents.seat import Seat
from gateway.documents.sources import Sources
from gateway.tax.drafting import ACROSS_BORDERS, Determined, Facts, Goods, Policy, taxed
from gateway.tax.service import law_digest
from gateway.tax.views import decision_json

_NO_CATEGORY = "GW-01"
_NUMBER = "/buyer/vat_identifier"


@dataclass(frozen=True, slots=True)
class TaxDecisions:
    """How a document is taxed, and why.

    Attributes:
        given: The draft as it was given.
        facts: What decided, beside the draft's own words.
        determined: The draft with its VAT, and the decisions.
        checked: The answer about the buyer's number that they rely on; None for none.
        live: Whether the document is meant.
    """

    given: DocumentInput
    facts: Facts
    determined: Determined
    checked: CheckedNumber | None
    live: bool

    def findings(self) -> Iterator[Finding]:
        """Yield what is to be said of the buyer's number and of prices without VAT."""
        yield from self._about_number()
        policy, buyer = self.facts.policy, self.given.buyer
        consumer = self.facts.buyer_kind in {None, BuyerKind.CONSUMER}
        if (
            policy.gross
            and consumer
            and buyer.vat_identifier is None
            and not self.given.prices_include_vat
        ):
            yield fatal(
                "GW-36",
                "/prices_include_vat",
                "BT-146",
                "The entity quotes consumers prices with VAT, and these are without.",
                "Give prices with VAT and prices_include_vat true, or say buyer_kind.",
            )

    @property
    def awaits_answer(self) -> bool:
        """True when the entity has the document held until somebody answers about the number."""
        policy = self.facts.policy
        unanswered = self.checked is None or self.checked.outcome == Vies.UNKNOWN
        return policy.validate and policy.holds_unknown and unanswered and self.relies

    @property
    def relies(self) -> bool:
        """True when a line stands and falls with the buyer's number.

        Also when VAT is charged only because the number, of another country, is not in force: the
        buyer gave it to have it otherwise.
        """
        number = self.given.buyer.vat_identifier
        if number is None:
            return False
        categories = {line.vat_category_code for line in self.determined.draft.lines}
        if not ACROSS_BORDERS.isdisjoint(categories) or self._waits:
            return True
        refused = self.checked is not None and self.checked.outcome == Vies.INVALID
        return refused and not has_prefix(number, self.facts.seller_country or "")

    def _about_number(self) -> Iterator[Finding]:
        if not self.relies:
            return
        policy = self.facts.policy
        number = f"The buyer's VAT number {self.given.buyer.vat_identifier} (BT-48)"
        checked = self.checked
        if checked is None and not policy.validate:
            if self.live:
                fix = "Switch on tax_rules.eu.vies_validate_vat."
                yield warning("GW-33", _NUMBER, "BT-48", f"{number} was not checked.", fix)
        elif checked is not None and checked.outcome == Vies.INVALID:
            finding = fatal if policy.stops_unverified else warning
            said = f"{checked.service} on {checked.asked_at:%Y-%m-%d}"
            yield finding(
                "GW-34",
                _NUMBER,
                "BT-48",
                f"{number} is not in force, says {said}.",
                "Ask the buyer for the right number, or charge VAT.",
            )
        elif checked is None or checked.outcome == Vies.UNKNOWN:
            finding = fatal if policy.validate and policy.holds_unknown else warning
            why = "nobody answered yet" if checked is None else f"the answer was {checked.fault}"
            yield finding(
                "GW-35",
                _NUMBER,
                "BT-48",
                f"{number} could not be checked: {why}.",
                "It is asked again; wait, or let tax_rules.eu.unknown be `flag`.",
            )

    @property
    def _waits(self) -> bool:
        """True when some line cannot be decided before the number was checked."""
        return any(
            missing.fact == "buyer.vies"
            for decision in self.determined.decisions
            for missing in decision.missing
        )

    def explaining(self, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        """Return findings about missing categories with what the law says, or lacks, as a fix."""
        return tuple(self._explained(finding) for finding in findings)

    def _explained(self, finding: Finding) -> Finding:
        parts = (finding.pointer or "").split("/")
        if finding.rule != _NO_CATEGORY or parts[1:2] != ["lines"]:
            return finding
        hint = _hint(self.determined.decisions[int(parts[2])])
        return replace(finding, fix=f"{hint} {finding.fix or ''}".strip())

    def record(self, invoice: Invoice) -> dict[str, Any]:
        """Return the decisions as they are kept and shown: `TaxDecisionView`.

        Args:
            invoice: The document: what its lines say beside what was decided.
        """
        sale = self.determined.sale
        return {
            "day": sale.day.isoformat(),
            "law": law_digest(),
            "facts": {
                "seller": {
                    "country": sale.seller.country,
                    "vat_id": sale.seller.vat_id,
                    "schemes": sorted(sale.seller.schemes),
                },
                "buyer": {
                    "country": sale.buyer.country,
                    "vat_id": sale.buyer.vat_id,
                    "kind": sale.buyer.kind,
                    "vies": sale.buyer.vies,
                },
                "place_of_supply": sale.place,
            },
            "vat_check": None if self.checked is None else self.checked.as_json(),
            "lines": [
                {
                    "line": line.identifier,
                    "kind": supply.kind,
                    "item_code": supply.item_code,
                    "decided_by": "law" if at in self.determined.applied else "document",
                    "stated_category": line.vat_category_code,
                    "stated_rate": None if line.vat_rate is None else str(line.vat_rate),
                    **decision_json(decision, (), self.facts.language),
                }
                for at, (supply, decision, line) in enumerate(
                    zip(sale.supplies, self.determined.decisions, invoice.lines, strict=True)
                )
            ],
        }


def decided(  # noqa: PLR0913 - one for each place where facts come from
    given: DocumentInput,
    seller: Seller,
    seat: Seat,
    links: Links,
    sources: Sources,
    *,
    day: datetime.date,
    own: bool,
) -> TaxDecisions:
    """Determine the VAT of a draft.

    Args:
        given: The draft, with what its links bring.
        seller: BG-4.
        seat: The entity.
        links: What the body says beside the invoice.
        sources: What its links stand for.
        day: The day whose law holds.
        own: Whether the entity is the seller; in self-billing nothing is decided for the other.
    """
    policy = Policy.of(seat.settings) if own else Policy()
    address = seller.postal_address
    checked = sources.checked
    number = given.buyer.vat_identifier
    if checked is not None and (number is None or vat_key(number) != vat_key(checked.number)):
        checked = None
    facts = Facts(
        day=day,
        seller_country=seat.country_code if own else (address.country_code if address else None),
        seller_vat_id=seller.vat_identifier,
        buyer_kind=links.buyer_kind,
        place=links.place_of_supply,
        vies=_taken_for(policy, checked),
        goods=_goods(links, sources),
        policy=policy,
        language=str(seat.settings.get("locale") or "en"),
    )
    return TaxDecisions(given, facts, taxed(given, facts), checked, seat.environment == "live")


def _taken_for(policy: Policy, checked: CheckedNumber | None) -> Vies | None:
    """Return what the buyer's number is taken for.

    An entity that does not have numbers checked, or lets unknown ones through, takes them as they
    are given; the findings say so.
    """
    if checked is None or checked.outcome == Vies.UNKNOWN:
        return None if policy.validate and policy.holds_unknown else Vies.VALID
    return Vies(checked.outcome)


def _goods(links: Links, sources: Sources) -> dict[int, Goods]:
    """Return what lines sell: by their own words, else by those of their items."""
    found = dict(sources.goods)
    for at, line in links.lines.items():
        stored = found.get(at, Goods())
        found[at] = Goods(line.supply_kind or stored.kind, line.supply_code or stored.code)
    return found


def _hint(decision: Decision) -> str:
    if decision.missing:
        return " ".join(f"{one.fact} is missing: {one.why}" for one in decision.missing)
    rules = ", ".join(rule.id for rule in decision.rules)
    rate = "" if decision.rate is None else f" at {decision.rate:f} %"
    return f"By {rules} it is {decision.category}{rate}."
