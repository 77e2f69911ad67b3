"""What every rule of this package builds its findings with."""

from decimal import Decimal

from formats.findings import Finding, Flag

RULE_SET = "formats.en16931:semantic"
"""Names our rules in findings and reports, next to the official artefacts."""


def fatal(rule: str, pointer: str, term: str | None, message: str, fix: str) -> Finding:
    """Return a finding that keeps the invoice from being issued."""
    return Finding(rule, RULE_SET, Flag.FATAL, message, term=term, pointer=pointer, fix=fix)


def warning(rule: str, pointer: str, term: str | None, message: str, fix: str) -> Finding:
    """Return a finding that is shown and does not stop anything."""
    return Finding(rule, RULE_SET, Flag.WARNING, message, term=term, pointer=pointer, fix=fix)


def missing(rule: str, pointer: str, term: str, name: str) -> Finding:
    """Return the finding for a mandatory term that is absent or blank."""
    return fatal(rule, pointer, term, f"The {name} ({term}) is missing.", f"Give the {name}.")


def is_blank(value: str | None) -> bool:
    """Tell whether XPath's `normalize-space(value) != ''` would be false."""
    return value is None or not value.strip(XML_SPACE)


XML_SPACE = " \t\r\n"
"""What XPath's normalize-space strips; Python's `strip()` takes more (U+00A0, U+2003 ...)."""


def plain(value: Decimal | None) -> str:
    """Write an amount for a message, without exponent."""
    return "nothing" if value is None else f"{value:f}"
