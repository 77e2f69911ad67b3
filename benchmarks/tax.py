"""Determining the VAT of ten different lines, beside looking ten rates up in a dict.

Run from the root of the repository: `python -m benchmarks.tax`. What is compared stands in
README.md beside this file.
"""

import argparse
import datetime
import platform
import sys
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import partial

from benchmarks.timing import Timing, measure
from countries.vat.decision import Decision
from countries.vat.determine import determine
from countries.vat.facts import Buyer, BuyerKind, Sale, Scheme, Seller, Supply, SupplyKind, Vies
from countries.vat.jurisdictions import jurisdiction
from countries.vat.treatment import treatment

GOAL = 200.0
"""Microseconds, median, for the ten lines of an invoice."""

BASELINE = "ten look-ups in a dict"

LINES = (
    Supply(SupplyKind.GOODS, Decimal(100)),
    Supply(SupplyKind.GOODS, Decimal(100), "49019900"),
    Supply(SupplyKind.GOODS, Decimal(6000), "85171300"),
    Supply(SupplyKind.GOODS, Decimal(900), "7204"),
    Supply(SupplyKind.SERVICE, Decimal(100), "62.01"),
    Supply(SupplyKind.SERVICE, Decimal(100), "56.10.11"),
    Supply(SupplyKind.DIGITAL, Decimal(100), "58.11.30"),
    Supply(SupplyKind.EVENT, Decimal(100), "90.01"),
    Supply(SupplyKind.REAL_ESTATE, Decimal(100), "43.21"),
    Supply(SupplyKind.TRANSPORT, Decimal(100), "49.41"),
)
"""No two alike: a sale remembers what it decided about a kind and a code."""

_BUYERS = {
    "at home": Buyer("DE", "DE129273398", BuyerKind.BUSINESS, Vies.VALID),
    "to a business abroad": Buyer("FR", "FR40303265045", BuyerKind.BUSINESS, Vies.VALID),
    "to a consumer abroad": Buyer("FR", None, BuyerKind.CONSUMER),
}


def sales() -> dict[str, Sale]:
    """Return the ten lines sold by a German business to three buyers, by name."""
    seller = Seller("DE", "DE136695976", frozenset({Scheme.OSS_UNION}))
    day = datetime.date(2026, 3, 2)
    return {name: Sale(day, seller, buyer, LINES, "DE") for name, buyer in _BUYERS.items()}


def forgetful(sale: Sale) -> tuple[Decision, ...]:
    """Determine with nothing remembered of sales before: the first of a day, of new codes."""
    treatment.cache_clear()
    jurisdiction.cache_clear()
    return determine(sale)


def look_up(table: Mapping[tuple[SupplyKind | None, str | None], Decimal]) -> list[Decimal]:
    """Return a rate for each line from a table: the least that an answer can take."""
    return [table[line.kind, line.item_code] for line in LINES]


def subjects() -> dict[str, Callable[[], object]]:
    """Return what is timed, by name."""
    table = {(line.kind, line.item_code): Decimal(19) for line in LINES}
    found: dict[str, Callable[[], object]] = {BASELINE: partial(look_up, table)}
    for name, sale in sales().items():
        found[name] = partial(determine, sale)
        found[f"{name}, nothing remembered"] = partial(forgetful, sale)
    return found


def report(found: Mapping[str, Timing]) -> Iterator[str]:
    """Yield a table of timings; goals are for what has been sold before."""
    least = found[BASELINE].median
    for name, timing in found.items():
        goal = f"  goal {GOAL:.0f}: {'held' if timing.median <= GOAL else 'missed'}"
        yield (
            f"{name:42} {timing.median:9.1f} us {timing.least:9.1f} us {timing.calls:7}"
            f" {timing.median / least:7.0f} times{goal if name in _BUYERS else ''}"
        )


def main(arguments: list[str] | None = None) -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--budget", type=float, default=0.2, help="seconds of one turn")
    options = parser.parse_args(arguments)
    sys.stdout.write(f"Python {platform.python_version()}; {options.rounds} rounds\n")
    sys.stdout.write(f"{'':42} {'median':>12} {'least':>12} {'calls':>7}\n")
    for line in report(measure(subjects(), rounds=options.rounds, budget=options.budget)):
        sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
