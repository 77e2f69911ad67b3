"""Whether the law lets an entity's records lie where the archive is. Pure."""

import datetime
from collections.abc import Iterator

from countries.base import Country
from gateway.compliance.safekeeping import demanded, forbidden
from gateway.readiness.items import Item, State

_SETTING = "Ask the operator of the gateway to say where the archive is: GATEWAY_ARCHIVE_COUNTRY."


def safekeeping(country: Country | None, place: str | None, day: datetime.date) -> Iterator[Item]:
    """Yield an item for an entity whose country says where records lie.

    Args:
        country: Its country's declaration.
        place: Where the archive is, ISO 3166-1; None: nobody said.
        day: Today.
    """
    rules = () if country is None else country.safekeeping
    rule = next((one for one in rules if one.covers(day)), None)
    if country is None or rule is None:
        return
    broken = forbidden(country, place, day)
    state: State = "done"
    fix = None
    if broken is not None:
        state, fix = "missing", "Use a gateway whose archive is there."
    elif place is None:
        state, fix = "unknown", _SETTING
    yield Item(
        id="archive:place",
        title="The archive is where the law lets records lie",
        state=state,
        required_for=("live",),
        fields=(),
        why=f"Records lie in {demanded(country, broken or rule)}; the archive is in"
        f" {place or 'a country that nobody named'}.",
        fix=fix,
        source=(broken or rule).source.title,
    )
