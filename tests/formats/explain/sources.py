"""Invoices that nothing is wrong with: official documents, and our own."""

from collections.abc import Iterator
from pathlib import Path

from formats.en16931.model import Invoice
from formats.explain.repair.engine import judge_of
from formats.reading import read
from formats.refusal import READING_ERRORS
from formats.registry import PROFILES
from tests.formats.samples import invoice

PEPPOL = PROFILES["peppol-bis-3"]
_OFFICIAL = ("peppol-bis3/rules/examples", "peppol-bis3", "en16931", "peppol-2026-05")
_MOST = 12


def sources(official: Path) -> Iterator[tuple[str, Invoice]]:
    """Yield them all, with names."""
    yield from _own()
    yield from _official(official)


def _own() -> Iterator[tuple[str, Invoice]]:
    line = {
        "invoiced_quantity": "2",
        "unit_code": "HUR",
        "item_net_price": "10.10",
        "vat_category_code": "S",
        "vat_rate": "22",
        "item_name": "Work",
    }
    low = line | {"vat_rate": "9.5", "item_net_price": "7.77", "invoiced_quantity": "5"}
    free = line | {"vat_category_code": "Z", "vat_rate": "0"}
    yield "plain", invoice()
    yield "two rates", invoice(lines=[line, low, line])
    yield "standard and zero", invoice(lines=[line, free])
    for code, reason in (("AE", "VATEX-EU-AE"), ("G", "VATEX-EU-G"), ("E", "VATEX-EU-132")):
        lines = [line | {"vat_category_code": code, "vat_rate": "0"}]
        exemption = {"category_code": code, "code": reason}
        yield code, invoice(lines=lines, vat_exemptions=[exemption])


def _official(official: Path) -> Iterator[tuple[str, Invoice]]:
    judge, count = judge_of(PEPPOL), 0
    for folder in _OFFICIAL:
        for path in sorted((official / folder).rglob("*.xml")):
            if count == _MOST:
                return
            try:
                found = read(path.read_bytes()).invoice
            except READING_ERRORS:
                continue
            if found.lines and found.totals.amount_due is not None and not judge(found):
                count += 1
                yield path.name, found
