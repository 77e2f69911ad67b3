"""How far ahead a document may be dated."""

import datetime

from formats.findings import Finding, Flag

FORWARD = datetime.timedelta(days=1)
"""How far a gapless number may be dated ahead: it is tomorrow already in some time zones."""


def future(issue_date: datetime.date, today: datetime.date) -> Finding:
    """Return what is wrong with a gapless number that is dated too far ahead."""
    return Finding(
        rule="GW-05",
        rule_set="gateway.documents:issue",
        flag=Flag.FATAL,
        message=f"The issue date (BT-2) is {issue_date}, and today is {today}: every later number "
        "of the series would have to follow that date.",
        term="BT-2",
        pointer="/issue_date",
        fix=f"Give {today} or leave it out; a later date needs a series of kind external.",
    )
