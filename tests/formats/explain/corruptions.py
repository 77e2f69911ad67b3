"""Every way to spoil an invoice."""

from collections.abc import Iterator
from random import Random

from formats.en16931.model import Invoice
from tests.formats.explain.amounts_spoiled import of_breakdown, of_totals
from tests.formats.explain.lines_spoiled import of_lines
from tests.formats.explain.spoils import Kind
from tests.formats.explain.terms_spoiled import of_codes, of_parties


def kinds() -> Iterator[Kind]:
    """Yield every way."""
    yield from of_totals()
    yield from of_breakdown()
    yield from of_lines()
    yield from of_codes()
    yield from of_parties()


SEED = 20261120


def spoil_all(source: str, invoice: Invoice) -> Iterator[tuple[Kind, Invoice]]:
    """Yield an invoice spoiled in every way that it can be; the same every time."""
    for kind in kinds():
        random = Random(f"{SEED} {source} {kind.name}")  # noqa: S311 - no secret
        spoiled = kind.spoil(invoice, random)
        if spoiled is not None:
            yield kind, spoiled
