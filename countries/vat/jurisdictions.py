"""Which VAT, if any, holds at a place on a day: countries and their special territories."""

import datetime
from dataclasses import dataclass
from functools import lru_cache

from countries.eu import in_vat_territory
from countries.vat.system import LowerRate, Rate, VatSystem
from countries.vat.systems import SYSTEMS
from countries.vat.territories import Territory, known_as, territory


@dataclass(frozen=True, slots=True, eq=False)
class Jurisdiction:
    """A place as VAT sees it.

    Attributes:
        code: As asked for, in its usual spelling.
        country: Whose VAT is charged there; the code itself where no declared law applies.
        system: That law; None when it is not declared.
        territory: What is special about the place; None for a country as a whole.
        member_for_goods: Inside the VAT territory of the Union, for goods.
        member_for_services: The same, for services.
        goods_domain: Between two places of one domain, goods move at home.
        in_the_union: Whether the law that holds there is one of a member state.
    """

    code: str
    country: str
    system: VatSystem | None
    territory: Territory | None
    member_for_goods: bool
    member_for_services: bool
    goods_domain: str
    in_the_union: bool

    @property
    def levies(self) -> bool:
        """True where some tax on sales is declared."""
        return self.system is not None or self.own_category is not None

    @property
    def untaxed(self) -> bool:
        """True for a territory that has no tax on sales at all."""
        return not self.levies and self.territory is not None and not self.territory.rates

    @property
    def own_category(self) -> str | None:
        """Return the category of a tax that stands in VAT's place: L (IGIC), M (IPSI)."""
        return self.territory.category if self.territory else None

    @property
    def vat_prefix(self) -> str:
        """Return the letters in front of VAT numbers of the place; the country's code for none."""
        own = self.territory.vat_prefix if self.territory else ""
        return own or ("EL" if self.country == "GR" else self.country)

    def rate(self, name: str, day: datetime.date) -> Rate | None:
        """Return the rate of a name: the territory's own, else the country's."""
        own = self.territory.rate(name, day) if self.territory else None
        return own or (self.system.rate(name, day) if self.system else None)

    @property
    def codes_declared(self) -> bool:
        """True when a code that no lower rate names bears the standard rate."""
        of_state = self.system is None or self.system.codes_declared
        special = self.territory
        return of_state and (special is None or not special.rates or special.codes_declared)

    @property
    def own_lower_rates(self) -> tuple[LowerRate, ...]:
        """Return what bears another rate here than in the rest of the country."""
        return self.territory.lower_rates if self.territory else ()

    def knows(self, day: datetime.date) -> bool:
        """True when the rates of the day are declared."""
        return self.rate("standard", day) is not None

    def identifies(self, vat_id: str | None) -> bool:
        """True when a VAT number is one of this place."""
        if vat_id is None:
            return False
        prefix = vat_id[:2].upper() if vat_id[:2].isascii() else ""
        own = {self.country}
        if self.country == "GR":
            own.add("EL")
        if self.territory is not None and self.territory.vat_prefix:
            own.add(self.territory.vat_prefix)
        return prefix in own


@lru_cache(maxsize=4096)
def jurisdiction(code: str, day: datetime.date) -> Jurisdiction:
    """Return what holds at a place on a day.

    Args:
        code: ISO 3166-1 alpha-2 or a territory's code, in any usual spelling.
        day: The day whose law holds.
    """
    usual = known_as(code)
    special = territory(usual, day)
    if special is None:
        member = in_vat_territory(usual, day)
        return Jurisdiction(usual, usual, SYSTEMS.get(usual), None, member, member, usual, member)
    country = special.taxed_as or usual
    crosses = in_vat_territory(country, day) and not special.member_for_goods
    return Jurisdiction(
        code=usual,
        country=country,
        system=SYSTEMS.get(special.taxed_as) if special.taxed_as else None,
        territory=special,
        member_for_goods=special.member_for_goods,
        member_for_services=special.member_for_services,
        goods_domain=usual if crosses else country,
        in_the_union=in_vat_territory(country, day),
    )
