"""Every equality holds for random invoices, or the engine proves which two demands clash.

A seed is an invoice. Each run prints its seeds, counts and duration; `--full` runs 100,000 of them
and goes on where another run stopped: `RANDOM_INVOICES=40000:100000`.
"""

import itertools
import os
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pytest

from formats.en16931.clash import Clash
from formats.en16931.currency import amount_decimals
from formats.en16931.draft import Completed
from formats.en16931.model import Invoice
from formats.findings import Flag
from tests.formats.en16931.equalities import broken, exact, reachable, rounded
from tests.formats.en16931.random_invoices import completed, random_body

SHARE = 1500
ALL = 100_000


def judge(seed: int) -> str:
    """Judge one invoice and return how it came out; an `AssertionError` names the seed."""
    body = random_body(seed)
    decimals = amount_decimals(body["currency_code"])
    result = completed(body)
    clashes = {clash.pointer: clash for clash in result.clashes}
    unproven = []
    for entry in broken(result.invoice, decimals):
        rule, _, pointer = entry.partition(" ")
        if not _proves(clashes.get(pointer), rule, decimals):
            unproven.append(entry)
    assert unproven == [], (seed, unproven)
    kept = _kept(body, result.invoice)
    assert kept == [], (seed, kept)
    assert _vat_in_accounting_currency(body, result.invoice), seed
    outcome = _sum_that_was_seen(seed, body, result, decimals)
    fatal = [item.rule for item in result.findings if item.flag is Flag.FATAL]
    assert fatal == ["GW-07"] * len(fatal), (seed, fatal)
    assert bool(fatal) == (outcome == "clash"), (seed, fatal)
    if outcome == "exact" and clashes:
        outcome = "exact, too coarse a currency for Peppol"
    return outcome


def _proves(clash: Clash | None, rule: str, decimals: int) -> bool:
    """Tell whether a clash proves that a rule cannot hold: its nearest value is not a unit's."""
    if clash is None or clash.wanted.rule != rule or clash.rule != "GW-08":
        return False
    (wanted,), (written,) = clash.wanted.values, clash.prevailing.values
    return decimals == 0 and wanted != int(wanted) and abs(wanted - written) < 1


def _vat_in_accounting_currency(body: dict[str, Any], invoice: Invoice) -> bool:
    """Tell whether BT-111 is BT-110 at the exchange rate, in decimals of its own currency."""
    rate, totals = body.get("vat_accounting_exchange_rate"), invoice.totals
    if rate is None:
        return totals.total_vat_in_accounting_currency is None
    vat = exact(totals.total_vat) * Fraction(rate)
    decimals = amount_decimals(body["vat_accounting_currency_code"])
    return exact(totals.total_vat_in_accounting_currency) == rounded(vat, decimals)


def _kept(body: dict[str, Any], invoice: Invoice) -> list[str]:
    """Return what the caller gave and the invoice does not say; with VAT, amounts may change."""
    document = invoice.model_dump(mode="json")
    switches = {"vat_accounting_exchange_rate", "prices_include_vat", "rounding_permitted"}
    ignored = {*switches, "vat_exemptions"}
    if body.get("prices_include_vat"):
        ignored |= {"amount", "base_amount", "item_net_price", "item_gross_price"}
        ignored |= {"item_price_discount"}
    return list(_lost(body, document, "", ignored))


def _lost(given: Any, found: Any, at: str, ignored: set[str]) -> list[str]:  # noqa: ANN401
    if isinstance(given, dict):
        if not isinstance(found, dict):
            same = isinstance(found, dict) or given == found
            return [] if same else [at]
        return [
            lost
            for name, value in given.items()
            if name not in ignored
            for lost in _lost(value, found.get(name), f"{at}/{name}", ignored)
        ]
    if isinstance(given, list):
        if len(given) != len(found):
            return [at]
        pairs = enumerate(zip(given, found, strict=True))
        return [lost for n, (one, two) in pairs for lost in _lost(one, two, f"{at}/{n}", ignored)]
    if isinstance(found, dict):  # an identifier in its short form
        found = found["value"]
    return [] if given == found else [at]


@dataclass(frozen=True)
class Seen:
    """What the customer sees: per category and rate, the sum of the amounts with VAT."""

    sums: dict[tuple[str, Fraction], Fraction]

    @property
    def total(self) -> Fraction:
        return sum(self.sums.values(), Fraction())


def _sum_that_was_seen(seed: int, body: dict[str, Any], result: Completed, decimals: int) -> str:
    totals = result.invoice.totals
    if not body.get("prices_include_vat"):
        return "exact"
    seen = _seen(body, decimals)
    options = {key: reachable(value, key[1], decimals) for key, value in seen.sums.items()}
    nearest = min(abs(sum(sums) - seen.total) for sums in itertools.product(*options.values()))
    with_vat = exact(totals.total_with_vat)
    assert abs(with_vat - seen.total) == nearest, (seed, with_vat, seen)
    if nearest == 0:
        assert result.clashes == () or decimals == 0, seed
        return "sum reached" if all(len(sums) == 1 for sums in options.values()) else "made up for"
    if body["rounding_permitted"] and "rounding_amount" not in body.get("totals", {}):
        assert with_vat + exact(totals.rounding_amount) == seen.total, seed
        return "rounded"
    proofs = [clash for clash in result.clashes if clash.rule == "GW-07"]
    told = {
        (*map(Fraction, clash.wanted.values), *map(Fraction, clash.prevailing.values))
        for clash in proofs
    }
    assert told == {(seen.sums[key], *sums) for key, sums in options.items() if len(sums) == 2}, (
        seed
    )
    return "clash"


def _seen(body: dict[str, Any], decimals: int) -> Seen:
    """Add up what the body says, by hand."""
    sums: dict[tuple[str, Fraction], Fraction] = {}

    def count(item: dict[str, Any], amount: Fraction) -> None:
        key = _key(item)
        sums[key] = sums.get(key, Fraction()) + amount

    for line in body["lines"]:
        gross = line.get("item_gross_price", line.get("item_net_price"))
        price = Fraction(gross) - Fraction(line.get("item_price_discount", "0"))
        value = Fraction(line["invoiced_quantity"]) * price
        value /= Fraction(line.get("item_price_base_quantity", "1"))
        whole = rounded(value, decimals)
        value += sum(_amount(item, whole, decimals) for item in line.get("charges", []))
        value -= sum(_amount(item, whole, decimals) for item in line.get("allowances", []))
        count(line, rounded(value, decimals))
    of_lines = dict(sums)
    for sign, name in ((-1, "document_level_allowances"), (1, "document_level_charges")):
        for item in body.get(name, []):
            count(item, sign * _amount(item, of_lines[_key(item)], decimals))
    return Seen(sums)


def _key(item: dict[str, Any]) -> tuple[str, Fraction]:
    return item["vat_category_code"], Fraction(item.get("vat_rate", "0"))


def _amount(item: dict[str, Any], base: Fraction, decimals: int) -> Fraction:
    if "amount" in item:
        return Fraction(item["amount"])
    of = Fraction(item["base_amount"]) if "base_amount" in item else base
    return rounded(of * Fraction(item["percentage"]) / 100, decimals)


def _run(first: int, beyond: int) -> Counter[str]:
    started = time.monotonic()
    outcomes = Counter(judge(seed) for seed in range(first, beyond))
    seconds = time.monotonic() - started
    print(f"\nseeds {first} to {beyond - 1}, {seconds:.0f} s: {dict(outcomes)}")  # noqa: T201
    return outcomes


def test_every_equality_holds_for_random_invoices(figures: Callable[..., None]) -> None:
    outcomes = _run(0, SHARE)
    figures(seeds=f"0 to {SHARE - 1}", **outcomes)
    assert sum(outcomes.values()) == SHARE
    assert set(outcomes) == {
        *("exact", "exact, too coarse a currency for Peppol"),
        *("sum reached", "made up for", "rounded", "clash"),
    }


@pytest.mark.full
@pytest.mark.timeout(7200)  # three minutes on an idle core
def test_every_equality_holds_for_a_hundred_thousand_invoices(
    figures: Callable[..., None],
) -> None:
    first, _, beyond = os.environ.get("RANDOM_INVOICES", f"0:{ALL}").partition(":")
    outcomes = Counter[str]()
    for start in range(int(first), int(beyond), 5000):
        outcomes += _run(start, min(start + 5000, int(beyond)))
    figures(seeds=f"{first} to {int(beyond) - 1}", **outcomes)
