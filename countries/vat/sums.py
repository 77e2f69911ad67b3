"""Sums over the lines of a sale, each made once: a sale may have thousands of lines and codes."""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property

from countries.vat.facts import Sale, SupplyKind
from countries.vat.jurisdictions import Jurisdiction
from countries.vat.places import meant_by
from countries.vat.system import ReverseCharge
from countries.vat.treatment import treatment


class Sums:
    """Net amounts of a sale that thresholds look at."""

    def __init__(self, sale: Sale) -> None:
        """Keep the lines; nothing is counted until it is asked for."""
        self._day = sale.day
        self._supplies = sale.supplies
        self._at: dict[Jurisdiction, Mapping[int, Decimal]] = {}

    @cached_property
    def goods(self) -> Decimal:
        """The net amount of all goods."""
        goods = (one.net for one in self._supplies if one.kind is SupplyKind.GOODS)
        return sum(goods, Decimal(0))

    def under(self, entry: ReverseCharge, place: Jurisdiction) -> Decimal:
        """Return the net amount of all lines that fall under an entry of a place."""
        if place not in self._at:
            self._at[place] = self._by_entry(place)
        return self._at[place].get(id(entry), Decimal(0))

    def _by_entry(self, place: Jurisdiction) -> Mapping[int, Decimal]:
        """Return the sums by the identity of entries: to hash one reads all its codes."""
        found: defaultdict[int, Decimal] = defaultdict(Decimal)
        for one in self._supplies:
            if one.kind is None:
                continue
            law = treatment(place, meant_by(one.kind, one.item_code), one.item_code, self._day)
            if law.reverse_charge is not None:
                found[id(law.reverse_charge)] += one.net
        return found
