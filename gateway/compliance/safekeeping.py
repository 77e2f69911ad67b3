"""Whether the law lets a country's records lie where the archive is."""

import datetime

from countries.base import Country, Safekeeping
from countries.eu import is_member


def forbidden(
    country: Country | None, place: str | None, issue_date: datetime.date
) -> Safekeeping | None:
    """Return the rule that a place breaks; None where none does, or the place is not known.

    Args:
        country: Whose law; None: not declared.
        place: Where the archive lies, ISO 3166-1; None: nobody said.
        issue_date: Of what is kept.
    """
    if country is None or place is None or place == country.code:
        return None
    for rule in country.safekeeping:
        allowed = place in rule.abroad or (rule.union and is_member(place, issue_date))
        if rule.covers(issue_date) and not allowed:
            return rule
    return None


def demanded(country: Country, rule: Safekeeping) -> str:
    """Say in words where records may lie."""
    places = [country.name, *(["the European Union"] if rule.union else []), *sorted(rule.abroad)]
    condition = f" ({rule.condition})" if rule.condition else ""
    return f"{' or '.join(places)}{condition}"
