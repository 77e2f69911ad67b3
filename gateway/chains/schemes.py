"""What schemes say of a chain's beginning; a country's scheme is a line here."""

from collections.abc import Mapping
from enum import StrEnum


class Anew(StrEnum):
    """How a chain may begin again, with a record that names no predecessor."""

    NEVER = "never"
    FROM_ONE = "from_one"
    COUNTING_ON = "counting_on"


ANEW: Mapping[str, Anew] = {
    "sandbox-authority": Anew.NEVER,
    # What begins anew is another installation, which has a chain, and a key, of its own.
    "es-verifactu": Anew.NEVER,
    "es-verifactu-test": Anew.NEVER,
    "es-verifactu-events": Anew.NEVER,
    "es-verifactu-test-events": Anew.NEVER,
}
"""By scheme. Of one that is not here nothing is known, and none of its chains begins anew."""


NAMING = frozenset({"es-verifactu", "es-verifactu-test"})
"""Schemes whose records name their predecessor by more than its digest: it must be one of ours.

Orden HAC/1177/2024, artículo 7: issuer, number and day of the record before.
"""


def follows_only_ours(chain_key: str) -> bool:
    """Tell whether no record of a chain can follow one that only the authority has."""
    return chain_key.partition("/")[0] in NAMING


def anew(chain_key: str) -> Anew:
    """Return how the chain of a key, `<scheme>/...`, may begin again."""
    return ANEW.get(chain_key.partition("/")[0], Anew.NEVER)
