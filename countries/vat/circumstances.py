"""A sale with its places resolved, and what the seller may take its buyer for."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from countries.vat.decision import Missing
from countries.vat.facts import Buyer, BuyerKind, Sale, Scheme, Seller, Vies
from countries.vat.jurisdictions import Jurisdiction, jurisdiction
from countries.vat.sums import Sums
from countries.vat.territories import known_as

KIND_OF_BUYER = Missing(
    "buyer.kind", "Whether the buyer is a business or a consumer decides where it is taxed."
)
ANSWER_ABOUT_NUMBER = Missing(
    "buyer.vies", "Only a number that was confirmed makes the buyer a business here (VATR-18)."
)
WHERE_IDENTIFIED = Missing(
    "buyer.vat_id",
    "The buyer is said to be in another country, and the number is of the seller's: a service is"
    " taxed where the buyer is established (VATD-44). A number of the buyer's own country says so;"
    " otherwise the buyer's country is the seller's.",
)


_BEGAN: Mapping[Scheme, datetime.date] = MappingProxyType(
    {
        Scheme.OSS_NON_UNION: datetime.date(2003, 7, 1),  # Directive 2002/38/EC
        Scheme.OSS_UNION: datetime.date(2015, 1, 1),  # Directive 2008/8/EC; goods: ONE_STOP_SHOPS
        Scheme.IOSS: datetime.date(2021, 7, 1),  # Directive (EU) 2017/2455
        Scheme.SME_CROSS_BORDER: datetime.date(2025, 1, 1),  # Directive (EU) 2020/285
    }
)
"""The first day of each scheme that is younger than our rates: before it, it says nothing."""


class Status(Enum):
    """What a buyer counts as, where the place of a service is sought."""

    TAXABLE = "taxable"
    NOT_TAXABLE = "not taxable"


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What holds for every line of a sale.

    Attributes:
        day: The day whose law holds.
        seller: Who sells.
        buyer: Who buys.
        origin: The seller's place.
        customer: The buyer's place.
        place: Where the sale says that it takes place; None when it does not say.
        sums: Over all lines: some thresholds count more than one.
        schemes: Those of the seller's that were in force on the day.
    """

    day: datetime.date
    seller: Seller
    buyer: Buyer
    origin: Jurisdiction
    customer: Jurisdiction
    place: Jurisdiction | None
    sums: Sums
    schemes: frozenset[Scheme]

    @classmethod
    def of(cls, sale: Sale, seller_country: str, buyer_country: str) -> "Circumstances":
        """Resolve the places of a sale."""
        return cls(
            day=sale.day,
            seller=sale.seller,
            buyer=sale.buyer,
            origin=jurisdiction(seller_country, sale.day),
            customer=jurisdiction(buyer_country, sale.day),
            place=None if sale.place is None else jurisdiction(sale.place, sale.day),
            sums=Sums(sale),
            schemes=frozenset(
                one for one in sale.seller.schemes if sale.day >= _BEGAN.get(one, sale.day)
            ),
        )

    def has(self, *schemes: Scheme) -> bool:
        """Tell whether the seller is taxed by one of these, on the day."""
        return not self.schemes.isdisjoint(schemes)

    @property
    def registered(self) -> bool:
        """False for a seller without VAT number and scheme."""
        return self.seller.vat_id is not None or bool(self.seller.schemes)

    @property
    def seller_in_union(self) -> bool:
        """True when some of the Directive holds where the seller is."""
        return self.origin.member_for_goods or self.origin.member_for_services

    @property
    def number_stands(self) -> bool | Missing:
        """Tell whether the buyer's VAT number was confirmed; says what is missing to know."""
        if self.buyer.vat_id is None or self.buyer.vies is Vies.INVALID:
            return False
        return True if self.buyer.vies is Vies.VALID else ANSWER_ABOUT_NUMBER

    def number_is_of(self, place: Jurisdiction) -> bool:
        """Tell whether the buyer's number is one of a place; without letters, of his own."""
        written = self.buyer.vat_id
        if written is not None and not written[:2].isalpha():
            return place.country == self.customer.country
        return place.identifies(written)

    @property
    def letters(self) -> str | None:
        """Return the code of the state in front of the buyer's number; None without letters."""
        written = (self.buyer.vat_id or "")[:2]
        return known_as(written) if written.isalpha() else None

    @property
    def issuer(self) -> Jurisdiction | None:
        """Return the place that gave out the buyer's number; None when none gives such."""
        if self.buyer.vat_id is None:
            return None
        if self.letters is None:
            return self.customer
        state = jurisdiction(self.letters, self.day)
        return state if known_as(state.vat_prefix) == state.code else None

    @property
    def number_is_of_another_member(self) -> bool:
        """Tell whether the buyer's number is of a member state that is not the seller's."""
        issuer = self.issuer
        if issuer is None or self.number_is_of(self.origin):
            return False
        return issuer.member_for_goods

    def status(self) -> Status | Missing:
        """Return what the buyer counts as, where the place of a service is sought.

        VATD-43, VATR-18: inside the Union a confirmed number of a member state makes a business;
        at home and outside the Union what he is decides.
        """
        kind = self.buyer.kind
        if kind is None:
            return KIND_OF_BUYER
        if kind is BuyerKind.CONSUMER:
            return Status.NOT_TAXABLE
        at_home = self.customer.country == self.origin.country
        if kind is BuyerKind.BUSINESS and (at_home or not self.customer.member_for_services):
            return Status.TAXABLE
        stands = self._number_stands_for_services
        if isinstance(stands, Missing):
            return stands
        return Status.TAXABLE if stands else Status.NOT_TAXABLE

    @property
    def _number_stands_for_services(self) -> bool | Missing:
        """Tell whether the number makes a business; inside the Union one of a member state does.

        For services Northern Ireland is none.
        """
        stands = self.number_stands
        if stands is False or not self.customer.member_for_services:
            return stands
        issuer = self.issuer
        if issuer is None or not issuer.member_for_services:
            return False
        if self.number_is_of(self.origin) and not self.number_is_of(self.customer):
            return WHERE_IDENTIFIED
        return stands

    def identified_at(self, place: Jurisdiction) -> bool | Missing:
        """Tell whether the buyer is a business that is identified for VAT at a place."""
        kind = self.buyer.kind
        if kind is None:
            return KIND_OF_BUYER if self.buyer.vat_id is not None else False
        if kind is not BuyerKind.BUSINESS or not self.number_is_of(place):
            return False
        if place.country == self.origin.country and self.buyer.vies is None:
            return True  # at home the number itself is asked for, not an answer of VIES
        return self.number_stands
