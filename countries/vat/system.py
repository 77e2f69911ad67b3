"""The vocabulary in which a country's VAT law is declared: dated data, each with its source.

A country's declaration is `VAT` in `countries/<cc>/vat.py`; `countries.vat.systems` finds it.
"""

import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from countries.sources import Source

STANDARD = "standard"
"""The name of the rate that everything bears for which the law names no other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """Something the law says in a period, both days included.

    Attributes:
        since: The first day; None when it is older than we go.
        until: The last day; None while in force.
    """

    since: datetime.date | None = None
    until: datetime.date | None = None

    def holds_on(self, day: datetime.date) -> bool:
        """True when it was in force on the day."""
        began = self.since is None or self.since <= day
        return began and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate(Dated):
    """A rate of VAT.

    Attributes:
        name: `standard`, `reduced`, `second reduced`, `super reduced`, `parking`, `zero`: one rate
            per name and day.
        percent: As written on an invoice (BT-152): 9.5 is nine and a half per cent.
        since: The first day.
        source: The act.
    """

    name: str
    percent: Decimal
    since: datetime.date
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded(Dated):
    """What the law says of some goods or services, found by the code of the item.

    The longest prefix that fits decides, so that a heading can be taken out of its chapter.

    Attributes:
        what: The goods or services, as the law describes them, in English.
        cn: Prefixes of the Combined Nomenclature, digits only: `4901`. For goods.
        cpa: Prefixes of CPA 2.1, with its dots: `55.10`. For all that is not goods.
        asks: The fact on which it depends and which no code tells, as a noun: `whether the drinks
            are alcoholic`. Then nothing is decided, and the fact is asked for; "" when the code
            decides.
        source: The act and its article.
    """

    what: str
    cn: tuple[str, ...] = ()
    cpa: tuple[str, ...] = ()
    asks: str = ""
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class LowerRate(Coded):
    """Goods or services that bear a rate other than the standard one.

    Attributes:
        rate: The `Rate.name`; `standard` takes something out of a wider entry.
    """

    rate: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Exemption(Coded):
    """Goods or services that a country exempts beside, or unlike, the Directive's list.

    Attributes:
        exempt: False where the country taxes what the Directive's list would exempt.
        vatex: The code of the reason (CEF VATEX list, BT-121); None when no code fits.
    """

    exempt: bool = True
    vatex: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReverseCharge(Coded):
    """Domestic supplies between businesses for which the customer owes the VAT.

    Directive 2006/112/EC, Articles 198 to 199b, or a derogation. The customer is always a business
    that is identified for VAT in the country.

    Attributes:
        minimum: The net amount, in the country's currency, that these supplies of one invoice
            must reach; None when every amount falls under it.
    """

    minimum: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignSuppliers(Dated):
    """Whether the customer owes the VAT when the supplier is not established in the country.

    Directive 2006/112/EC, Article 194: supplies made in the country to a business that is
    identified for VAT there, and that Article 196 does not cover already.

    Attributes:
        goods: True, False, or None where we do not know.
        services: The same, for services (about property, events, restaurants, hire ...).
        only_established_buyers: Whether the customer must be established in the country, not only
            identified there.
        unless_registered: Whether a supplier who is registered in the country owes it himself.
        asks: A condition that no fact of ours tells, as a noun; "" when there is none.
        source: The act and its article.
    """

    goods: bool | None
    services: bool | None
    only_established_buyers: bool = False
    unless_registered: bool = False
    asks: str = ""
    source: Source


class ThresholdKind(StrEnum):
    """What is reached at an amount of turnover."""

    SMALL_BUSINESS = "small_business"
    """Below it a business may be exempt (in the Union: Articles 282 to 292 of the Directive)."""
    REGISTRATION = "registration"
    """From it on a business must be registered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold(Dated):
    """An amount of yearly turnover that matters.

    Attributes:
        kind: What is reached at the amount.
        amount: In the currency.
        currency: ISO 4217.
        applies_to: Which businesses or supplies, when not all.
        source: The act and its article.
    """

    kind: ThresholdKind
    amount: Decimal
    currency: str
    applies_to: str = ""
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallBusiness(Dated):
    """The exemption of small businesses, as invoices under it name it.

    Attributes:
        note: What the invoice says, in the language of the law, with the article.
        vatex: The code of the reason (BT-121); None when no code fits.
        source: The act and its article.
    """

    note: str
    vatex: str | None = None
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Currency(Dated):
    """In which currency a country's VAT was counted.

    Attributes:
        code: ISO 4217.
    """

    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """The number under which businesses are identified for VAT.

    Attributes:
        name: What the country calls it.
        prefix: The letters in front (BT-31): ISO 3166-1, but EL in Greece; "" where it has none.
        pattern: A regular expression for the whole number, without spaces, with the prefix.
        source: Where the form is described.
    """

    name: str
    prefix: str
    pattern: str
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class VatSystem:
    """A country's VAT, or the tax on consumption that stands in its place (GST, IVA, SST).

    Attributes:
        code: ISO 3166-1 alpha-2.
        country: The country's name, in English.
        name: The tax, in the country's own language, with its abbreviation: `Umsatzsteuer (USt)`.
        currencies: In which currency it was counted, newest first.
        identifier: The number of a business.
        rates: Newest first within each name.
        declared_since: From this day on the rates are complete; before it they are not known here.
        lower_rates: What bears another rate than the standard one.
        codes_declared: Whether `lower_rates` are complete as far as codes can tell: then a code
            that none of them names bears the standard rate. Otherwise that rate is not known.
        exemptions: Beside, or unlike, the Directive's list (`countries.vat.exemptions`).
        reverse_charges: Domestic supplies for which the customer owes the VAT.
        foreign_suppliers: Article 194, newest first; none outside the Union.
        thresholds: Small businesses, registration.
        small_business: How invoices of exempt small businesses name their exemption, newest first.
        notes: What a reader should know, by subject; contradictions between sources above all.
    """

    code: str
    country: str
    name: str
    currencies: tuple[Currency, ...]
    identifier: Identifier
    rates: tuple[Rate, ...]
    declared_since: datetime.date
    lower_rates: tuple[LowerRate, ...] = ()
    codes_declared: bool
    exemptions: tuple[Exemption, ...] = ()
    reverse_charges: tuple[ReverseCharge, ...] = ()
    foreign_suppliers: tuple[ForeignSuppliers, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    small_business: tuple[SmallBusiness, ...] = ()
    notes: dict[str, str] = field(default_factory=dict)

    def currency_on(self, day: datetime.date) -> str:
        """Return the currency (ISO 4217) of a day; the oldest declared before that."""
        for one in self.currencies:
            if one.holds_on(day):
                return one.code
        return self.currencies[-1].code

    def rates_on(self, day: datetime.date) -> tuple[Rate, ...]:
        """Return the rates in force on a day."""
        return tuple(rate for rate in self.rates if rate.holds_on(day))

    def rate(self, name: str, day: datetime.date) -> Rate | None:
        """Return the rate of a name on a day; None when there was none or it is not known."""
        for one in self.rates:
            if one.name == name and one.holds_on(day):
                return one
        return None
