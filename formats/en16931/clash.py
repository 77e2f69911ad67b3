"""Two constraints that cannot both hold, with the values that prove it.

The arithmetic never bends a rule in silence. Where no amounts satisfy everything that is asked,
it says which two demands exclude each other, and by which values.
"""

from dataclasses import dataclass
from decimal import Decimal

from formats.en16931.rules.base import RULE_SET, plain
from formats.findings import Finding, Flag


@dataclass(frozen=True, slots=True)
class Demand:
    """One side of a clash.

    Attributes:
        rule: Id of the rule: `BR-CO-17`, `PEPPOL-EN16931-R120`, `GW-07`.
        statement: What it asks for, with the terms.
        values: The values that satisfy it here (of several, those next to the other side's).
    """

    rule: str
    statement: str
    values: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Clash:
    """Two demands with no value in common.

    Attributes:
        rule: Our id of this kind of clash.
        flag: Whether the invoice can be issued all the same.
        pointer: JSON pointer to what is concerned.
        term: Its business term.
        wanted: What cannot be met.
        prevailing: What was met in its place.
        fix: What to do about it.
    """

    rule: str
    flag: Flag
    pointer: str
    term: str
    wanted: Demand
    prevailing: Demand
    fix: str

    def __post_init__(self) -> None:
        """Refuse to call a clash what is none: some value would satisfy both sides."""
        if set(self.wanted.values) & set(self.prevailing.values):
            raise ValueError(f"{self.wanted.rule} and {self.prevailing.rule} do not clash")

    def finding(self) -> Finding:
        """Return the clash as a finding that names both rules and the values of both sides."""
        sides = [
            f"{demand.rule} ({demand.statement}) allows"
            f" {' or '.join(plain(value) for value in demand.values)}"
            for demand in (self.wanted, self.prevailing)
        ]
        return Finding(
            self.rule,
            RULE_SET,
            self.flag,
            f"{sides[0]}, but {sides[1]}: both cannot hold.",
            term=self.term,
            pointer=self.pointer,
            fix=self.fix,
        )
