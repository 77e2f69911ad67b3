"""Clean vehicles (CVD): BR-DE-CVD-01 to BR-DE-CVD-06, BR-TMP-CVD-01.

Buyers under the Clean Vehicles Directive count what they buy: a line says with scheme `CVD` which
category of vehicle it is about, and with the attribute `cva` how clean that is.
"""

from collections.abc import Iterator

from formats.en16931.line import Line
from formats.en16931.model import Invoice
from formats.en16931.rules.base import XML_SPACE, fatal, is_blank, missing
from formats.en16931.rules.categories import trimmed
from formats.findings import Finding
from formats.xrechnung.code_lists import ITEM_CLASSIFICATIONS

RULES = frozenset(
    {
        *(f"BR-DE-CVD-{number:02}" for number in range(1, 6)),
        *("BR-DE-CVD-06-a", "BR-DE-CVD-06-b", "BR-TMP-CVD-01"),
    }
)

_SCHEME = "CVD"
_ATTRIBUTE = "cva"
_VEHICLES = frozenset({"M1", "M2", "M3", "N1", "N2", "N3"})
_CLEANNESS = frozenset({"clean", "zero-emission", "other"})
_SCHEMES = ITEM_CLASSIFICATIONS | {_SCHEME}


def check(invoice: Invoice) -> tuple[Finding, ...]:
    """Return what is wrong with an invoice for clean vehicles."""
    return (
        *_document(invoice),
        *(finding for n, line in enumerate(invoice.lines) for finding in _line(n, line)),
    )


def _document(invoice: Invoice) -> Iterator[Finding]:
    if is_blank(invoice.contract_reference):
        yield missing("BR-DE-CVD-01", "/contract_reference", "BT-12", "contract reference")
    if is_blank(invoice.tender_or_lot_reference):
        yield missing("BR-DE-CVD-02", "/tender_or_lot_reference", "BT-17", "tender or lot")
    if not any(_vehicles(line) and _attributes(line) for line in invoice.lines):
        yield fatal(
            "BR-DE-CVD-03",
            "/lines",
            "BG-25",
            "No line has both a classification (BT-158) of scheme CVD and the attribute cva"
            " (BT-160).",
            "Say on a line which vehicle it is about and how clean that is.",
        )


def _vehicles(line: Line) -> list[str]:
    return [
        item.value
        for item in line.item_classification_identifiers
        if item.scheme_identifier == _SCHEME
    ]


def _attributes(line: Line) -> list[str | None]:
    return [item.value for item in line.item_attributes if item.name == _ATTRIBUTE]


def _line(number: int, line: Line) -> Iterator[Finding]:
    pointer = f"/lines/{number}"
    vehicles, attributes = _vehicles(line), _attributes(line)
    if vehicles and len(attributes) != 1:
        yield fatal(
            "BR-DE-CVD-06-a",
            f"{pointer}/item_attributes",
            "BT-160",
            f"The line has a vehicle (BT-158, scheme CVD) and {len(attributes)} attributes cva.",
            "Give exactly one attribute cva.",
        )
    if attributes and len(vehicles) != 1:
        yield fatal(
            "BR-DE-CVD-06-b",
            f"{pointer}/item_classification_identifiers",
            "BT-158",
            f"The line has the attribute cva and {len(vehicles)} vehicles (scheme CVD).",
            "Give exactly one vehicle category.",
        )
    for index, item in enumerate(line.item_classification_identifiers):
        where = f"{pointer}/item_classification_identifiers/{index}"
        scheme = trimmed(item.scheme_identifier)
        if scheme not in _SCHEMES:
            yield fatal(
                "BR-TMP-CVD-01",
                f"{where}/scheme_identifier",
                "BT-158",
                f"{scheme or '(none)'} is no scheme of UNTDID 7143, nor CVD.",
                "Take a code of UNTDID 7143.",
            )
        if scheme == _SCHEME and item.value.strip(XML_SPACE) not in _VEHICLES:
            yield fatal(
                "BR-DE-CVD-04",
                f"{where}/value",
                "BT-158",
                f"{item.value} is no vehicle category.",
                f"Take one of {', '.join(sorted(_VEHICLES))}.",
            )
    for index, attribute in enumerate(line.item_attributes):
        if attribute.name == _ATTRIBUTE and trimmed(attribute.value) not in _CLEANNESS:
            yield fatal(
                "BR-DE-CVD-05",
                f"{pointer}/item_attributes/{index}/value",
                "BT-161",
                f"{attribute.value} is nothing that cva can be.",
                f"Take one of {', '.join(sorted(_CLEANNESS))}.",
            )
