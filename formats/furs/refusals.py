"""Why FURS is not told of an invoice: the rules, and what is found before it is mapped."""

import datetime

from formats.findings import Finding, Flag

RULE_SET = "si.gateway:furs:1"

RULES = {
    "SI-03": "A cash invoice told to FURS is in EUR.",
    "SI-04": "Its VAT categories are among those FURS has a place for: S, Z, AE, E, G, K and O.",
    "SI-05": "Its number is premise-device-sequence, as FURS is told.",
    "SI-06": "Its issue date is the day of its moment in Slovenia.",
    "SI-07": "A credit note names the fiscal invoice that it corrects.",
    "SI-08": "What FURS is told fits its schema.",
    "SI-09": "FURS knows the business premise that the number names.",
    "SI-12": "What must be told to FURS is not in a series of invoices paid by transfer.",
}


class NotFiscalError(ValueError):
    """FURS cannot be told of this invoice.

    Attributes:
        findings: Why, all of it.
    """

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("; ".join(f"{one.rule}: {one.message}" for one in findings))
        self.findings = findings


def misnumbered(number: str | None, why: str) -> NotFiscalError:
    """Return that a number is none of a cash invoice."""
    found = finding(
        "SI-05",
        f"The number {number} cannot be told to FURS: {why}.",
        "BT-1",
        "/number",
        "Number cash invoices premise-device-sequence: a series with premise and device, and"
        " the pattern {premise}-{device}-{seq}.",
    )
    return NotFiscalError((found,))


def replacing() -> NotFiscalError:
    """Return that FURS would count an invoice beside the one whose place it takes (R_3.4)."""
    found = finding(
        "SI-07",
        "FURS would count this invoice beside the one whose place it takes.",
        "BG-3",
        "/corrects",
        "Credit the first one (`/corrections` with `credit_note`), and issue a new invoice.",
    )
    return NotFiscalError((found,))


def unopened(premise: str, opens: datetime.date) -> NotFiscalError:
    """Return that the premise that a number names opens later (`valid_from`)."""
    found = finding(
        "SI-09",
        f"The number names the business premise {premise}, and it opens on {opens:%Y-%m-%d}.",
        "BT-1",
        "/number",
        f"Issue it from {opens:%Y-%m-%d} on, or number in a series of another premise. What FURS"
        " was told of a premise does not change: one that opens earlier is declared anew.",
    )
    return NotFiscalError((found,))


def unregistered(premise: str, why: str) -> NotFiscalError:
    """Return that FURS does not know the premise that a number names."""
    found = finding(
        "SI-09",
        f"The number names the business premise {premise}, and {why}.",
        "BT-1",
        "/number",
        f"Declare {premise} and have it registered before its first invoice (POST /v1/premises,"
        " then /register), or number in a series of another premise.",
    )
    return NotFiscalError((found,))


def untold(series: str, why: str) -> NotFiscalError:
    """Return that a document must be told, and its series says that it is not."""
    found = finding(
        "SI-12",
        f"FURS is not told of what the series {series} numbers, and {why}.",
        "BT-81",
        "/payment_instructions",
        "Number it in a series with premise and device, or take the series out of"
        " fiscalization.untold_series.",
    )
    return NotFiscalError((found,))


def finding(rule: str, message: str, term: str | None, pointer: str | None, fix: str) -> Finding:
    """Return a finding of these rules."""
    return Finding(
        rule=rule,
        rule_set=RULE_SET,
        flag=Flag.FATAL,
        message=message,
        term=term,
        pointer=pointer,
        fix=fix,
    )
