"""How long a document must be kept."""

import datetime

from countries.base import Country, DocumentKind
from countries.registry import COUNTRIES


def keep_until(
    country: Country | None, issue_date: datetime.date, kind: DocumentKind
) -> datetime.date:
    """Return the last day on which the document must still exist.

    A country that nobody has declared yet is treated like the strictest one that is: keeping too
    long can be mended, destroying too early cannot. (Live documents need a declared country.)
    """
    if country is not None:
        return country.retention_for(kind, issue_date).keep_until(issue_date)
    return max(
        declared.retention_for(kind, issue_date).keep_until(issue_date)
        for declared in COUNTRIES.values()
    )
