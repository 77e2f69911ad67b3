"""Which official schemas accept a document: those that accept the original must accept ours."""

from functools import cache
from pathlib import Path

from lxml import etree

_UBL = {
    "UBL 2.1": "ubl21/xsdrt/maindoc/UBL-{root}-2.1.xsd",
    "UBL 2.1 with Croatia's extension": (
        "hr-fiskalizacija/UBL2.1_eRacun/ubl/maindoc/UBL-{root}-2.1.xsd"
    ),
}
_CII = {
    "CII D16B": "cii/xsd/d16b/data/standard/CrossIndustryInvoice_100pD16B.xsd",
    "CII D22B": "cii/xsd/d22b/cii/CrossIndustryInvoice_100pD22B.xsd",
    "Factur-X MINIMUM": "facturx/xsd/minimum/FACTUR-X_MINIMUM.xsd",
    "Factur-X BASIC WL": "facturx/xsd/basicwl/FACTUR-X_BASIC-WL.xsd",
    "Factur-X BASIC": "facturx/xsd/basic/FACTUR-X_BASIC.xsd",
    "Factur-X EN 16931": "facturx/xsd/en16931/FACTUR-X_EN16931.xsd",
    "Factur-X EXTENDED": "facturx/xsd/extended/FACTUR-X_EXTENDED.xsd",
}
_FILES = {"Invoice": _UBL, "CreditNote": _UBL, "CrossIndustryInvoice": _CII}


def complaints(official: Path, root: etree._Element) -> dict[str, tuple[str, ...]]:
    """Return, for every schema of the document's syntax, what it finds wrong: often nothing."""
    name = etree.QName(root).localname
    found = {}
    for title, file in _FILES[name].items():
        schema = _schema(official / file.format(root=name))
        schema.validate(root)
        found[title] = tuple(f"line {entry.line}: {entry.message}" for entry in schema.error_log)
    return found


def invalid(official: Path, original: etree._Element, written: etree._Element) -> tuple[str, ...]:
    """Return what schemas that accept the original find wrong with what was written of it."""
    accepted = {title for title, found in complaints(official, original).items() if not found}
    return tuple(
        f"{title}: {entry}"
        for title, found in complaints(official, written).items()
        if title in accepted
        for entry in found
    )


def invalid_to_all(official: Path, written: etree._Element) -> tuple[str, ...]:
    """Return what all the schemas of its syntax say, when none accepts the document."""
    found = complaints(official, written)
    if not all(found.values()):
        return ()
    return tuple(f"{title}: {entry}" for title, entries in found.items() for entry in entries)


@cache
def _schema(path: Path) -> etree.XMLSchema:
    return etree.XMLSchema(file=path)
