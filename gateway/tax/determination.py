"""Where a seller is, as far as VAT is concerned: from its country's declaration."""

import datetime

from countries.base import Country
from formats.en16931.determination import NOWHERE, Place


def place_of(country: Country | None, day: datetime.date) -> Place:
    """Return the place of a seller, with the standard rate of a day.

    Args:
        country: Where the seller is established; None when the country is not declared.
        day: The day whose rates apply (tax point).
    """
    if country is None:
        return NOWHERE
    rates = [rate.percent for rate in country.rates_on(day) if rate.name == "standard"]
    return Place(country.code, rates[0] if len(rates) == 1 else None)
