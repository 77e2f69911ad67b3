"""What `POST /v1/tax/determine` takes and gives."""

import datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from countries.vat.facts import BuyerKind, Scheme, SupplyKind, Vies
from countries.vat.territories import TERRITORIES, known_as
from formats.en16931.codes.countries import COUNTRIES
from formats.en16931.group import IsoDate, Text
from formats.en16931.money import Amount
from gateway.tenants.schemas import Input, View

MOST_LINES = 10_000
_OLDEST = datetime.date(1968, 1, 1)
"""Before it no member state had the common system of VAT (Directive 67/227/EEC)."""


def _place(code: str) -> str:
    found = known_as(code.strip())
    if found not in COUNTRIES and found not in TERRITORIES:
        raise ValueError(
            "is neither a country (ISO 3166-1) nor a territory with its own VAT, e.g. IC, PT-20"
        )
    return found


def _old_enough(day: datetime.date) -> datetime.date:
    if day < _OLDEST:
        raise ValueError(f"is before {_OLDEST}, when there was no VAT as we know it")
    return day


PlaceCode = Annotated[Text, AfterValidator(_place)]
NumberText = Annotated[Text, Field(min_length=2, max_length=40)]


class SellerFacts(Input):
    """Who sells."""

    country: PlaceCode | None = Field(
        default=None, description="ISO 3166-1, or a territory: IC, EA, AX, XI, RE, PT-20 ..."
    )
    vat_id: NumberText | None = Field(default=None, description="BT-31; null: the seller has none")
    schemes: Annotated[tuple[Scheme, ...], Field(max_length=len(Scheme))] = Field(
        default=(), description="How the seller is taxed, beside the ordinary way."
    )


class BuyerFacts(Input):
    """Who buys."""

    country: PlaceCode | None = Field(default=None, description="Like the seller's.")
    vat_id: NumberText | None = Field(default=None, description="BT-48; null: none was given")
    kind: BuyerKind | None = Field(default=None, description="null: not known")
    vies: Vies | None = Field(
        default=None, description="What the check of vat_id answered, taken as given; null: none"
    )


class LineFacts(Input):
    """What is sold."""

    kind: SupplyKind | None = Field(default=None, description="null: not known")
    net: Amount = Field(
        default=Decimal(0), description="Without VAT; some thresholds are of amounts."
    )
    item_code: Annotated[Text, Field(min_length=2, max_length=20)] | None = Field(
        default=None,
        description="CN code for goods, CPA 2.1 code for everything else; null: standard rate",
    )


class DetermineInput(Input):
    """The facts of a sale; nothing else is looked at, and nobody is asked."""

    day: Annotated[IsoDate, AfterValidator(_old_enough)] = Field(
        description="The day whose law holds: when the tax becomes due."
    )
    seller: SellerFacts
    buyer: BuyerFacts
    place_of_supply: PlaceCode | None = Field(
        default=None,
        description="Where goods are delivered; where the property, the event, the performance or "
        "the departure is. Goods without it go to the buyer.",
    )
    lines: Annotated[list[LineFacts], Field(min_length=1, max_length=MOST_LINES)]
    language: Annotated[str, Field(min_length=2, max_length=20)] = Field(
        default="en", description="Of `note`: de, en, es, fr, hr, it, nl, pl, pt, ro, sl."
    )


class RuleSourceView(View):
    """A rule and where it stands."""

    rule: str = Field(examples=["VATD-44"])
    says: str
    title: str = Field(examples=["Council Directive 2006/112/EC, Article 44"])
    url: str
    confidence: Literal["A", "B", "C", "M"] = Field(
        description="A: the text itself or two sources; B: one good one; C: weak; M: from memory"
    )
    read_on: datetime.date
    remark: str


class MissingView(View):
    """A fact without which nothing is decided."""

    fact: str = Field(examples=["buyer.vies"])
    why: str


class ChangeView(View):
    """What another fact would change."""

    fact: str = Field(examples=["buyer.vies"])
    value: str = Field(examples=["invalid"])
    category: str
    rate: str | None
    vatex: str | None
    tax_country: str | None


class LineDecisionView(View):
    """How a line is taxed, and why."""

    category: str = Field(
        description="VAT category (BT-151), or `undecided`", examples=["AE", "undecided"]
    )
    rate: str | None = Field(description="Percent (BT-152); null for O and when undecided")
    vatex: str | None = Field(description="Code of the reason (BT-121)")
    tax_country: str | None = Field(description="Whose VAT is charged; null when none is")
    rules: list[str] = Field(description="The rules applied, in order")
    sources: list[RuleSourceView] = Field(description="Where they stand, in the same order")
    note: str = Field(description="What the invoice prints (BT-120); what is missing, otherwise")
    undecided: list[MissingView]
    assumed: list[str] = Field(description="What was taken for granted")
    would_change: list[ChangeView] = Field(description="Single other facts that tax it otherwise")


class DeterminationView(View):
    """The decisions, line by line."""

    object: Literal["tax_determination"] = "tax_determination"
    day: datetime.date
    law: str = Field(
        description="Digest of the declared law: same facts, day and law, same answer"
    )
    lines: list[LineDecisionView]


class VatCheckView(View):
    """The answer about the buyer's VAT number that a document relies on."""

    id: str = Field(examples=["vck_01jd0000000000000000000000"])
    vat_id: str
    outcome: Literal["valid", "invalid", "unknown"]
    service: str = Field(examples=["vies"])
    asked_at: datetime.datetime
    fault: str | None
    consultation_number: str | None
    name: str | None
    address: str | None


class SellerFactsView(View):
    """Who sells, as far as it decided."""

    country: str | None
    vat_id: str | None
    schemes: list[str]


class BuyerFactsView(View):
    """Who buys, as far as it decided."""

    country: str | None
    vat_id: str | None
    kind: str | None
    vies: str | None = Field(
        description="What was answered about the number; null: nobody was asked"
    )
    taken_as: str | None = Field(
        description="What the number was taken for, by the entity's `tax_rules.eu`"
    )


class SaleFactsView(View):
    """The facts that decided."""

    seller: SellerFactsView
    buyer: BuyerFactsView
    place_of_supply: str | None


class DocumentLineDecisionView(LineDecisionView):
    """How the law taxes a line of a document, and what the line says."""

    line: str | None = Field(description="BT-126")
    kind: str | None
    item_code: str | None
    decided_by: Literal["law", "document"] = Field(
        description="`document`: the line said its VAT itself, or the policy left it to it"
    )
    stated_category: str | None = Field(description="BT-151 of the document")
    stated_rate: str | None = Field(description="BT-152 of the document")


class TaxDecisionView(View):
    """Why a document is taxed as it is."""

    object: Literal["tax_decision"] = "tax_decision"
    document_id: str
    state: str
    day: datetime.date
    law: str = Field(description="Digest of the declared law")
    facts: SaleFactsView
    vat_check: VatCheckView | None
    lines: list[DocumentLineDecisionView]
