"""Determination as the API and the command line do it: facts in, decisions out, nothing stored."""

import functools
import hashlib
from typing import Any

from countries.party_numbers import vat_key
from countries.vat.alternatives import alternatives
from countries.vat.determine import determine
from countries.vat.facts import Buyer, Sale, Seller, Supply
from countries.vat.law import RULES
from countries.vat.systems import SYSTEMS
from countries.vat.territories import TERRITORIES
from gateway.kit.json_body import parse_json, validated
from gateway.tax.schemas import DetermineInput
from gateway.tax.views import decision_json


def answer(content: bytes) -> dict[str, Any]:
    """Return the decisions about the sale that a body describes, as `DeterminationView`.

    Raises:
        MalformedJsonProblem: The body is not JSON.
        RequestInvalidProblem: It has another shape; every wrong place is listed.
    """
    given = validated(DetermineInput, parse_json(content))
    sale = sale_of(given)
    decisions, changes = determine(sale), alternatives(sale)
    return {
        "object": "tax_determination",
        "day": sale.day.isoformat(),
        "law": law_digest(),
        "lines": [
            decision_json(decision, other, given.language)
            for decision, other in zip(decisions, changes, strict=True)
        ],
    }


def sale_of(given: DetermineInput) -> Sale:
    """Return the facts of a body."""
    seller, buyer = given.seller, given.buyer
    return Sale(
        day=given.day,
        seller=Seller(seller.country, _number(seller.vat_id), frozenset(seller.schemes)),
        buyer=Buyer(buyer.country, _number(buyer.vat_id), buyer.kind, buyer.vies),
        supplies=tuple(Supply(line.kind, line.net, line.item_code) for line in given.lines),
        place=given.place_of_supply,
    )


def _number(written: str | None) -> str | None:
    return (written and vat_key(written)) or None


@functools.cache
def law_digest() -> str:
    """Return a digest of all declared law: with the facts and the day, it decides everything."""
    law = (sorted(SYSTEMS.items()), sorted(TERRITORIES.items()), sorted(RULES.items()))
    return "sha256:" + hashlib.sha256(repr(law).encode()).hexdigest()
