"""The vocabulary of places whose VAT is not that of the state they belong to."""

import datetime
from dataclasses import dataclass

from countries.sources import Source
from countries.vat.system import Dated, LowerRate, Rate


@dataclass(frozen=True, slots=True, kw_only=True)
class Territory(Dated):
    """A place that VAT treats otherwise than its state; or a state that it treats as another.

    Inside the Union's VAT territory or not is said twice, because Northern Ireland is inside it
    for goods alone.

    Attributes:
        code: ISO 3166-1 where it has one (or reserves one: `IC`, `EA`), else of ISO 3166-2
            (`PT-20`), else of our making, with the state in front (`DE-BUESINGEN`).
        name: In English.
        country: The state that it belongs to, or its own code where it is one.
        taxed_as: The country whose VAT is charged there; None where no VAT of a country is.
        member_for_goods: Whether it is in the VAT territory of the Union for goods.
        member_for_services: The same for services.
        vat_prefix: In front of the VAT numbers of businesses there; "" when there are none.
        rates: Its own; a name that is missing has the rate of `taxed_as`.
        lower_rates: Its own, to be read together with those of `taxed_as`: the longest prefix of
            both decides, the territory's own when they are equally long.
        codes_declared: Whether these, with those of `taxed_as`, are complete as far as codes tell.
        currency: In which its own tax is counted; None where it is as in `taxed_as`.
        category: The VAT category of an invoice with its own tax (UNTDID 5305): `L` for IGIC,
            `M` for IPSI; None for the ordinary ones.
        note: What is special, in a sentence or two.
        source: The act.
    """

    code: str
    name: str
    country: str
    taxed_as: str | None
    member_for_goods: bool
    member_for_services: bool
    vat_prefix: str = ""
    rates: tuple[Rate, ...] = ()
    lower_rates: tuple[LowerRate, ...] = ()
    codes_declared: bool = False
    currency: str | None = None
    category: str | None = None
    note: str = ""
    source: Source

    def rate(self, name: str, day: datetime.date) -> Rate | None:
        """Return its own rate of a name on a day; None when it has none of its own."""
        for one in self.rates:
            if one.name == name and one.holds_on(day):
                return one
        return None
