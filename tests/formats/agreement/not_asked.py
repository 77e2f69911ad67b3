"""The official ids that no semantic rule of ours has, and why."""

import re

NOT_ASKED = (
    (
        ("UBL-*", "CII-*"),
        (
            "about the syntax: which elements and attributes a document may have, and how often;"
            " what they forbid, our writers do not write."
        ),
    ),
    (
        ("BR-CL-03", "PEPPOL-EN16931-R051", "BR-DEX-14"),
        "about the currency of each amount; the model has one invoice currency (BT-5) for all.",
    ),
    (
        ("BR-CO-05", "BR-CO-06", "BR-CO-07", "BR-CO-08"),
        (
            "that a reason code and a reason mean the same cannot be tested: their official test"
            " is `true()`."
        ),
    ),
    (
        ("PEPPOL-EN16931-F001",),
        "about how a date is written; the model has dates.",
    ),
    (
        ("PEPPOL-EN16931-R008",),
        "about empty elements; the model holds what is said.",
    ),
    (
        (
            *("PEPPOL-EN16931-R043", "PEPPOL-EN16931-R043-1", "PEPPOL-EN16931-R043-2"),
            "PEPPOL-EN16931-R044",
        ),
        (
            "about the indicator of charges; the model keeps allowances (BG-20, BG-27) and charges"
            " (BG-21, BG-28) apart, and has no charge in a price (BT-147 is a discount)."
        ),
    ),
    (
        ("PEPPOL-EN16931-R080", "PEPPOL-EN16931-R100", "PEPPOL-EN16931-R101"),
        (
            "one project (BT-11), one object of a line (BT-128), with its own document type code:"
            " the model has one of each, and the writer puts the code."
        ),
    ),
)
"""Ids, one ending in * for all that begin so, and the reason."""

NATIONAL = re.compile(r"(DE|DK|GR|IS|IT|NL|NO|SE)-[RS]-")
"""Peppol's rules for one country each; they belong to the countries."""


def is_not_asked(rule: str) -> bool:
    """Tell whether a rule is on the list."""
    return NATIONAL.match(rule) is not None or any(
        rule == listed or (listed.endswith("*") and rule.startswith(listed[:-1]))
        for rules, _ in NOT_ASKED
        for listed in rules
    )
