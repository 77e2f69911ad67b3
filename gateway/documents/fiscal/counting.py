"""Whether the series of a premise count as the authority is told: by device, or all together.

With each invoice the authority is told who counts (FURS: NumberingStructure; CIS: OznSlijed), as
the issuer's internal act says. Where the devices of a premise count otherwise, the authority sees
gaps, or a sequence twice.
"""

from formats.findings import Finding, Flag
from gateway.kit.tenancy import TenantTransaction
from gateway.numbering import service as numbering

_APART = "several series of the premise {premise} count, each for itself"
_TOGETHER = "the device {device} counts together with others of the premise {premise}"


def miscounted(  # noqa: PLR0913 - all but one are named
    tx: TenantTransaction,
    *,
    rule: str,
    rule_set: str,
    premise: str,
    device: str,
    together: bool,
) -> Finding | None:
    """Return that a document's number is counted otherwise than the settings say; None if not.

    Args:
        tx: The transaction that issues.
        rule: Under which rule that is found.
        rule_set: Whose rule it is.
        premise: Of the number.
        device: Of the number.
        together: True when all devices of a premise count together.
    """
    counters = numbering.counters_at(tx, premise)
    if together:
        wrong = len(set(counters.values())) > 1
        why, fix = _APART, "Let all series of the premise count with one (counts_with)"
    else:
        own = counters.get(device)
        wrong = [*counters.values()].count(own) > 1 if own is not None else False
        why, fix = _TOGETHER, "Give the device a series that counts for itself"
    if not wrong:
        return None
    said = why.format(premise=premise, device=device)
    return Finding(
        rule,
        rule_set,
        Flag.FATAL,
        f"Settings say that {'the premise counts' if together else 'each device counts'}, and"
        f" {said}.",
        term="BT-1",
        pointer="/number",
        fix=f"{fix}, or change fiscalization.numbering to what the internal act says.",
    )
