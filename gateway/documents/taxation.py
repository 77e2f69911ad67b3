"""The VAT of a document: the facts that decide it, the decisions, and what is said about them."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from countries.vat.alternatives import alternatives
from countries.vat.decision import Decision
from countries.vat.facts import BuyerKind
from formats.en16931 import Invoice
from formats.en16931.party import Seller
from formats.en16931.rules.base import fatal
from formats.findings import Finding
from formats.json.body import DocumentInput
from gateway.documents.checked_numbers import CheckedNumber
from gateway.documents.crediting import as_corrected
from gateway.documents.links import Links
from gateway.documents.relying import Reliance, answer_of, taken_for
from gateway.documents.seat import Seat
from gateway.documents.sources import Sources
from gateway.kinds import DocumentKind
from gateway.tax.drafting import Determined, Facts, Goods, Policy, taxed
from gateway.tax.service import law_digest
from gateway.tax.views import decision_json

_NO_CATEGORY = "GW-01"


@dataclass(frozen=True, slots=True)
class TaxDecisions:
    """How a document is taxed, and why.

    Attributes:
        facts: What decided, beside the draft's own words.
        determined: The draft with its VAT, and the decisions.
        reliance: How it depends on the buyer's number.
        sure: False where a credit note does not say which of several rates it takes back: then
            not even the standard rate is filled in.
    """

    facts: Facts
    determined: Determined
    reliance: Reliance
    sure: bool = True

    @property
    def checked(self) -> CheckedNumber | None:
        """The answer about the buyer's number that it relies on; None for none."""
        return self.reliance.checked

    def findings(self) -> Iterator[Finding]:
        """Yield what is to be said of the buyer's number and of prices without VAT."""
        yield from self.reliance.findings()
        policy, given = self.facts.policy, self.reliance.given
        consumer = self.facts.buyer_kind in {None, BuyerKind.CONSUMER}
        numbered = given.buyer.vat_identifier is not None
        if policy.gross and consumer and not numbered and not given.prices_include_vat:
            yield fatal(
                "GW-36",
                "/prices_include_vat",
                "BT-146",
                "The entity quotes consumers prices with VAT, and these are without.",
                "Give prices with VAT and prices_include_vat true, or say buyer_kind.",
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
                    "vies": None if self.checked is None else self.checked.outcome,
                    "taken_as": sale.buyer.vies,
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
                    **decision_json(decision, changes, self.facts.language),
                }
                for at, (supply, decision, changes, line) in enumerate(
                    zip(
                        sale.supplies,
                        self.determined.decisions,
                        alternatives(sale),
                        invoice.lines,
                        strict=True,
                    )
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
    kind: DocumentKind,
) -> TaxDecisions:
    """Determine the VAT of a draft.

    Args:
        given: The draft, with what its links bring.
        seller: BG-4.
        seat: The entity.
        links: What the body says beside the invoice.
        sources: What its links stand for.
        day: The day whose law holds; what corrects another document has that one's.
        kind: The kind of document; in self-billing nothing is decided for the other.
    """
    own = not kind.self_billed
    policy = Policy.of(seat.settings) if own else Policy()
    address = seller.postal_address
    corrected = sources.corrected
    if corrected is not None:
        day = corrected.invoice.value_added_tax_point_date or corrected.issue_date
    facts = Facts(
        day=day,
        seller_country=seat.country_code if own else (address.country_code if address else None),
        seller_vat_id=seller.vat_identifier,
        buyer_kind=links.buyer_kind,
        place=links.place_of_supply,
        vies=taken_for(policy, answer_of(policy, sources.checked)),
        goods=_goods(links, sources),
        policy=policy,
        language=str(seat.settings.get("locale") or "en"),
    )
    determined, sure = taxed(given, facts), True
    if kind.credits and corrected is not None:
        draft = as_corrected(given, corrected.invoice)
        sure = draft is not None
        determined = replace(determined, draft=draft or given, applied=frozenset())
    judged = own and kind.fiscal and not kind.credits and corrected is None
    live = seat.environment == "live"
    reliance = Reliance(given, determined, policy, sources.checked, live, judged)
    return TaxDecisions(facts, determined, reliance, sure)


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
