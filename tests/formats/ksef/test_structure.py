"""What is written down of the schema is what the schema says."""

import re
from pathlib import Path

import pytest
from lxml import etree

from formats.carrying import _groups
from formats.en16931.extensions.poland.document import FaExtension
from formats.en16931.leaves import group_terms
from formats.ksef import code_lists
from formats.ksef.facets import check_of
from formats.ksef.structure import CONTENT
from formats.ksef.tree import layout, type_of

_XSD = "{http://www.w3.org/2001/XMLSchema}"
_FOLDER = Path("pl-ksef/docs/faktury/schemy/FA")


@pytest.fixture(scope="module")
def schema(official: Path) -> etree._Element:
    return etree.parse(official / _FOLDER / "schemat_FA(3)_v1-0E.xsd").getroot()


def _codes(root: etree._Element, name: str) -> set[str | None]:
    kind = root.find(f"{_XSD}simpleType[@name='{name}']")
    assert kind is not None
    return {one.get("value") for one in kind.iter(f"{_XSD}enumeration")}


def _children(node: etree._Element) -> list[tuple[str, bool]]:
    """Return the elements right below a type: name, and whether they repeat."""
    found = []
    for inner in node.iterchildren():
        if inner.tag == f"{_XSD}element":
            found.append((inner.get("name", ""), inner.get("maxOccurs", "1") != "1"))
        elif inner.tag in {f"{_XSD}{name}" for name in ("sequence", "choice", "complexType")}:
            found += _children(inner)
    return list(dict.fromkeys(found))


def _type(root: etree._Element, element: etree._Element) -> etree._Element | None:
    name = element.get("type", "").partition(":")[2]
    named = root.find(f"{_XSD}complexType[@name='{name}']") if name else None
    own = element.find(f"{_XSD}complexType")
    simple = own is not None and own.find(f"{_XSD}simpleContent") is not None
    return named if named is not None else (None if simple else own)


@pytest.mark.official
def test_every_type_has_the_elements_of_the_schema_in_their_order(schema: etree._Element) -> None:
    start = schema.find(f"{_XSD}element")
    assert start is not None
    waiting = [(start, "Faktura")]
    seen = set()
    while waiting:
        element, kind = waiting.pop()
        declared = _type(schema, element)
        assert declared is not None
        base = declared.find(f"{_XSD}complexContent/{_XSD}extension")
        if base is not None:
            assert base.get("base") == "tns:TAdres"
            declared = schema.find(f"{_XSD}complexType[@name='TAdres']")
            assert declared is not None
        if kind in seen:
            continue
        seen.add(kind)
        shape = layout(kind)
        expected = _children(declared)
        assert [name for name in shape.names if name != "Typ"] == [name for name, _ in expected]
        assert shape.several == {name for name, several in expected if several}, kind
        for inner in declared.iter(f"{_XSD}element"):
            below = type_of(kind, inner.get("name", ""))
            near = next(inner.iterancestors(f"{_XSD}complexType")) is declared
            if near:
                assert (_type(schema, inner) is not None) is (below is not None), inner.get("name")
                if below is not None:
                    waiting.append((inner, below))
    assert seen == CONTENT.keys()


@pytest.mark.official
def test_code_lists_are_those_of_the_schema(official: Path, schema: etree._Element) -> None:
    countries = etree.parse(official / _FOLDER / "bazowe/KodyKrajow_v10-0E.xsd").getroot()
    for name, codes in {
        "TKodWaluty": code_lists.CURRENCIES,
        "TKodyKrajowUE": code_lists.UNION,
        "TStawkaPodatku": code_lists.RATES,
        "TRodzajFaktury": code_lists.KINDS,
        "TOznaczenieProcedury": code_lists.PROCEDURES,
        "TOznaczenieProceduryZ": code_lists.ORDER_PROCEDURES,
        "TGTU": code_lists.GOODS,
    }.items():
        assert _codes(schema, name) == codes, name
    assert _codes(countries, "TKodKraju") == code_lists.COUNTRIES


@pytest.mark.official
@pytest.mark.parametrize("element", ["Rola", "OpisLadunku", "RodzajTransportu", "FormaPlatnosci"])
def test_numbered_codes_are_those_of_the_schema(schema: etree._Element, element: str) -> None:
    kinds = {"Rola": "TRolaPodmiotu3", "OpisLadunku": "TLadunek"}
    codes = _codes(schema, kinds.get(element, f"T{element}"))
    taken = {str(code) for code in range(30) if check_of(element)(str(code)) is None}
    assert taken == codes


def test_the_extension_names_elements_of_the_schema() -> None:
    elements = {name for kind in CONTENT for name in layout(kind).names}
    for group in _groups(FaExtension, set()):
        for field, term in group_terms(group).items():
            kind, _, name = term.id.removeprefix("FA-").rpartition(".")
            assert name in elements
            assert not kind or name in layout(kind).names
            assert re.sub("_", "", field) == re.sub("_", "", name).lower()


@pytest.mark.parametrize(
    ("element", "good", "bad"),
    [
        ("P_15", "-0.5", "1.005"),
        ("P_15", "1234567890123456", "01"),
        ("P_9A", "0.00000001", "0.000000001"),
        ("P_8B", "1.123456", "1e3"),
        ("P_12_XII", "100", "100.5"),
        ("P_1", "2006-01-01", "2005-12-31"),
        ("P_1", "2050-01-01", "2050-01-02"),
        ("NIP", "5265877635", "0265877635"),
        ("IDWew", "5265877635-00001", "5265877635-001"),
        ("DataWytworzeniaFa", "2025-09-01T00:00:00Z", "2025-08-31T23:59:59Z"),
        ("DataWytworzeniaFa", "2026-02-01T09:30:47.5+01:00", "2026-02-30T00:00:00Z"),
        ("NrKSeFFaKorygowanej", "9999999999-20230908-8BEF28-0C8D35-4D", "9999999999-2023"),
        ("Telefon", "5" * 16, "5" * 17),
        ("P_7", "x" * 512, "x" * 513),
        ("P_7", "  x  ", "  "),
        ("WKom", "", "x" * 257),
        ("NrVatUE", "123456789B13", "12-3"),
        ("KodUE", "EL", "GR"),
        ("LinkDoPlatnosci", "https://a.pl/?IPKSeF=123abcdefghij", "https://a.pl/"),
        ("SWIFT", "BREXPLPWXXX", "BREXPL"),
    ],
)
def test_texts_are_taken_as_the_schema_takes_them(element: str, good: str, bad: str) -> None:
    assert check_of(element)(good) is None
    assert check_of(element)(bad)
