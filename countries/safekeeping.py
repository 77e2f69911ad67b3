"""Where the law lets a business's records lie."""

import datetime
from dataclasses import dataclass

from countries.sources import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Safekeeping:
    """Records lie at home, or where the law allows it besides.

    Attributes:
        union: Whether anywhere in the European Union will do.
        abroad: Further countries that will do, by ISO 3166-1 code.
        condition: What is asked of who keeps them abroad.
        since: First day of issue it covers; None when it is older than we go.
        until: Last day of issue it covers; None while in force.
        source: The act.
    """

    source: Source
    union: bool = False
    abroad: frozenset[str] = frozenset()
    condition: str = ""
    since: datetime.date | None = None
    until: datetime.date | None = None

    def covers(self, issue_date: datetime.date) -> bool:
        """True when documents issued on the day fall under it."""
        began = self.since is None or self.since <= issue_date
        return began and (self.until is None or issue_date <= self.until)
