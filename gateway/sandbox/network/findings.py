"""What the access point holds against a document."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason to refuse.

    Attributes:
        rule: An EN 16931 or Peppol rule id, `XSD`, or `SN-...` for the network's own rules.
        message: What is wrong.
    """

    rule: str
    message: str
