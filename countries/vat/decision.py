"""How a supply is taxed, and why; or which fact is missing to say so."""

from dataclasses import dataclass, field
from decimal import Decimal

from countries.sources import Source

STANDARD_RATED = "S"
ZERO_RATED = "Z"
EXEMPT = "E"
REVERSE_CHARGE = "AE"
INTRA_COMMUNITY = "K"
EXPORT = "G"
OUT_OF_SCOPE = "O"


@dataclass(frozen=True, slots=True)
class Rule:
    """What an article says, as far as it decided something.

    Attributes:
        id: As decisions name it.
        says: In one sentence.
        source: The article.
    """

    id: str
    says: str
    source: Source


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact without which nothing can be said.

    Attributes:
        fact: Its path in the request: `buyer.vies`, `place_of_supply`, `lines.item_code`; `buyer`
            or `seller` for what the request has no place for; `law` where no fact is missing but
            what a country says is not declared here.
        why: What depends on it, in a sentence.
    """

    fact: str
    why: str


@dataclass(frozen=True, slots=True)
class Decision:
    """How one supply is taxed.

    Attributes:
        category: VAT category code (BT-151, UNTDID 5305); None when undecided.
        rate: Percent (BT-152); None for O and when undecided.
        vatex: Code of the reason (BT-121); None where there is none.
        tax_country: Whose VAT the invoice charges; None when it charges none.
        rules: The rules applied, in order: of `countries.vat.law`, and the country's own.
        note: The key of the text that the invoice prints (`countries.vat.notes`); "" for none.
        said: A text that a country's law prescribes word for word; "" for none.
        missing: The facts that are missing; empty when decided.
        assumed: Facts that were taken for granted, in a sentence each.
    """

    category: str | None
    rate: Decimal | None = None
    vatex: str | None = None
    tax_country: str | None = None
    rules: tuple[Rule, ...] = ()
    note: str = ""
    said: str = ""
    missing: tuple[Missing, ...] = field(default=())
    assumed: tuple[str, ...] = field(default=())

    @property
    def result(self) -> tuple[str | None, Decimal | None, str | None, str | None]:
        """Return what an invoice shows of it; two decisions that agree here are the same tax."""
        return self.category, self.rate, self.vatex, self.tax_country


def undecided(fact: str, why: str, rules: tuple[Rule, ...] = ()) -> Decision:
    """Return the decision that asks for a fact."""
    return Decision(None, rules=rules, missing=(Missing(fact, why),))
