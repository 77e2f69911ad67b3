"""Every way to spoil an invoice."""

from collections.abc import Iterator

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
