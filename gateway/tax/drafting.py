"""Fill in the VAT of a draft's lines as the law decides it, and keep the decisions. Pure."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from countries.vat.decision import (
    EXEMPT,
    EXPORT,
    INTRA_COMMUNITY,
    OUT_OF_SCOPE,
    REVERSE_CHARGE,
    Decision,
)
from countries.vat.determine import determine
from countries.vat.facts import Buyer, BuyerKind, Sale, Scheme, Seller, Supply, SupplyKind, Vies
from countries.vat.notes import note
from formats.en16931.line import Line
from formats.en16931.totals import VatExemption
from formats.json.body import DocumentInput

ACROSS_BORDERS = frozenset({REVERSE_CHARGE, INTRA_COMMUNITY})
"""Categories that stand and fall with the buyer's VAT number."""
_ABROAD = frozenset({EXPORT, OUT_OF_SCOPE})
_WITHOUT_ITS_VAT = ACROSS_BORDERS | _ABROAD
"""A price that includes VAT cannot be one of these: is it the price, or is VAT to come off?"""


@dataclass(frozen=True, slots=True)
class Goods:
    """What a line says that it sells.

    Attributes:
        kind: None when it does not say.
        code: CN or CPA 2.1; None when it does not say.
    """

    kind: SupplyKind | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """What an entity lets be decided for it: `tax_rules.eu` of its settings.

    Attributes:
        schemes: How it is taxed.
        reverse_charge: Whether lines become AE and K by themselves.
        export: Whether lines become G and O by themselves.
        validate: Whether buyers' numbers are checked.
        stops_unverified: Whether a number that is not in force stops the document.
        holds_unknown: Whether an answer that nobody gave holds the document.
        gross: Whether consumers' prices must include VAT.
    """

    schemes: frozenset[Scheme] = frozenset()
    reverse_charge: bool = False
    export: bool = False
    validate: bool = False
    stops_unverified: bool = True
    holds_unknown: bool = True
    gross: bool = False

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> "Policy":
        """Return the policy of an entity's settings, as stored."""
        rules = (settings.get("tax_rules") or {}).get("eu") or {}
        return cls(
            schemes=frozenset(Scheme(one) for one in rules.get("schemes") or ()),
            reverse_charge=bool(rules.get("auto_reverse_charge")),
            export=bool(rules.get("auto_remove_tax_export")),
            validate=bool(rules.get("vies_validate_vat")),
            stops_unverified=rules.get("unverified") != "flag",
            holds_unknown=rules.get("unknown") != "flag",
            gross=bool(rules.get("require_gross_prices")),
        )

    def lets(self, decision: Decision) -> bool:
        """Tell whether a decision is put into the document without being asked for."""
        if decision.category is None or decision.note == "not_registered":
            return False  # a number that was forgotten must not make an invoice without VAT
        if decision.category in ACROSS_BORDERS:
            return self.reverse_charge
        return self.export if decision.category in _ABROAD else True


@dataclass(frozen=True, slots=True)
class Facts:
    """What a document's own words leave out of its sale.

    Attributes:
        day: The day whose law holds.
        seller_country: Where the seller is.
        seller_vat_id: BT-31.
        buyer_kind: What the body says of the buyer; None when it does not.
        place: Where the body says that the sale takes place.
        vies: What is known of the buyer's number; None when nothing is.
        goods: What the lines say that they sell, by their place.
        policy: The entity's.
        language: Of the texts to print.
    """

    day: datetime.date
    seller_country: str | None
    seller_vat_id: str | None = None
    buyer_kind: BuyerKind | None = None
    place: str | None = None
    vies: Vies | None = None
    goods: Mapping[int, Goods] = field(default_factory=dict)
    policy: Policy = Policy()
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Determined:
    """A draft with the VAT that the law decides, and all decisions.

    Attributes:
        draft: Lines that said nothing of VAT have category and rate, where the policy lets them.
        sale: The facts that decided.
        decisions: One for each line.
        applied: The places of the lines that were filled in.
    """

    draft: DocumentInput
    sale: Sale
    decisions: tuple[Decision, ...]
    applied: frozenset[int]


def is_silent(line: Line) -> bool:
    """Tell whether a line says nothing of its VAT."""
    return line.vat_category_code is None and line.vat_rate is None


def taxed(given: DocumentInput, facts: Facts) -> Determined:
    """Return a draft with what the law says of its lines' VAT; the draft's own words win."""
    sale = _sale(given, facts)
    decisions = determine(sale)
    silent = [
        at
        for at, line in enumerate(given.lines)
        if is_silent(line)
        and facts.policy.lets(decisions[at])
        and not (given.prices_include_vat and decisions[at].category in _WITHOUT_ITS_VAT)
    ]
    if not silent:
        return Determined(given, sale, decisions, frozenset())
    lines = list(given.lines)
    for at in silent:
        lines[at] = _filled(lines[at], decisions[at])
    reasons = _reasons(given, [decisions[at] for at in silent], facts.language)
    draft = given.model_copy(
        update={"lines": tuple(lines), "vat_exemptions": (*given.vat_exemptions, *reasons)}
    )
    return Determined(draft, sale, decisions, frozenset(silent))


def _sale(given: DocumentInput, facts: Facts) -> Sale:
    buyer = given.buyer
    address = buyer.postal_address
    vat_id = buyer.vat_identifier
    kind = facts.buyer_kind or (BuyerKind.BUSINESS if vat_id else None)
    no_goods = Goods()
    return Sale(
        day=facts.day,
        seller=Seller(facts.seller_country, facts.seller_vat_id, facts.policy.schemes),
        buyer=Buyer(address.country_code if address else None, vat_id, kind, facts.vies),
        supplies=tuple(
            Supply(what.kind, _net(line), what.code)
            for line, what in (
                (line, facts.goods.get(at, no_goods)) for at, line in enumerate(given.lines)
            )
        ),
        place=facts.place or _delivered_to(given),
    )


def _delivered_to(given: DocumentInput) -> str | None:
    """Return the country that goods are delivered to (BT-80)."""
    delivery = given.delivery_information
    address = delivery.deliver_to_address if delivery else None
    return address.country_code if address else None


def _net(line: Line) -> Decimal:
    if line.net_amount is not None:
        return line.net_amount
    price = line.item_gross_price if line.item_net_price is None else line.item_net_price
    if price is None:
        return Decimal(0)
    quantity = Decimal(1) if line.invoiced_quantity is None else line.invoiced_quantity
    base = line.item_price_base_quantity or Decimal(1)
    off = sum((one.amount or Decimal(0) for one in line.allowances), Decimal(0))
    on = sum((one.amount or Decimal(0) for one in line.charges), Decimal(0))
    return price * quantity / base - off + on


def _filled(line: Line, decision: Decision) -> Line:
    return line.model_copy(
        update={"vat_category_code": decision.category, "vat_rate": decision.rate}
    )


def _reasons(given: DocumentInput, decisions: list[Decision], language: str) -> list[VatExemption]:
    """Return why the categories that were filled in bear no VAT, one reason a category.

    A category has one row of the breakdown (BG-23), so different texts are put into one; a code
    stays only where all agree.
    """
    said = {one.category_code for one in given.vat_exemptions}
    if any(line.vat_category_code == EXEMPT for line in given.lines):
        said.add(EXEMPT)  # exempt for a reason of its own, which only the document knows
    found: dict[str, list[Decision]] = {}
    for decision in decisions:
        if decision.category is not None and decision.category not in said and decision.note:
            found.setdefault(decision.category, []).append(decision)
    return [
        VatExemption(
            category_code=category,
            text="; ".join(dict.fromkeys(note(one, language) for one in same)),
            code=same[0].vatex if len({one.vatex for one in same}) == 1 else None,
        )
        for category, same in found.items()
    ]
