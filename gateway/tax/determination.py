"""Where a seller is, as far as VAT is concerned: from its country's declared law."""

import datetime

from countries.vat.jurisdictions import jurisdiction
from countries.vat.system import STANDARD
from formats.en16931.determination import NOWHERE, Place


def place_of(country_code: str | None, day: datetime.date) -> Place:
    """Return the place of a seller, with the standard rate of a day.

    Args:
        country_code: Where the seller is established (ISO 3166-1); None when that is not known.
        day: The day whose rates apply (tax point).
    """
    if country_code is None:
        return NOWHERE
    place = jurisdiction(country_code, day)
    if not place.levies:
        return NOWHERE
    rate = place.rate(STANDARD, day)
    return Place(country_code, rate.percent if rate else None)
