"""The WSDL that we wrote says what the official one says, and travels with the wheel."""

from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder
from lxml import etree

from formats.xml import parse

WSDL = "http://schemas.xmlsoap.org/wsdl/"
SOAP = "http://schemas.xmlsoap.org/wsdl/soap/"
XS = "http://www.w3.org/2001/XMLSchema"
OURS = ("own", "vies", "checkVatService.wsdl")

_NAMES = {"type", "base", "element", "message", "binding"}
"""Attributes whose value is a qualified name: prefixes are everybody's own business."""
_NOTES = {f"{{{WSDL}}}documentation", f"{{{XS}}}documentation", f"{{{XS}}}annotation"}
_UNORDERED = {f"{{{WSDL}}}definitions", f"{{{XS}}}schema", f"{{{WSDL}}}portType"}
_DEFAULTS = {"minOccurs": "1", "maxOccurs": "1", "nillable": "false"}

Shape = tuple[str, tuple[tuple[str, str], ...], tuple["Shape", ...]]


def _ours() -> etree._Element:
    return parse(resources.files("schemas").joinpath(*OURS).read_bytes())


def _value(element: etree._Element, name: str, value: str) -> str:
    if name not in _NAMES or ":" not in value:
        return value
    prefix, _, local = value.partition(":")
    return f"{{{element.nsmap[prefix]}}}{local}"


def _shape(element: etree._Element) -> Shape:
    """Return what an element says, whatever its prefixes, notes, defaults and free order."""
    attributes = {
        str(name): _value(element, str(name), str(value))
        for name, value in element.attrib.items()
        if _DEFAULTS.get(str(name)) != value
    }
    if element.tag == f"{{{WSDL}}}definitions":
        attributes.pop("name", None)  # a name for people
    children = [
        _shape(child)
        for child in element
        if isinstance(child.tag, str) and child.tag not in _NOTES
    ]
    if element.tag in _UNORDERED:
        children.sort()
    return (str(element.tag), tuple(sorted(attributes.items())), tuple(children))


@pytest.mark.official
def test_our_wsdl_has_the_structure_of_the_official_one(official: Path) -> None:
    theirs = parse((official / "vies" / "checkVatService.wsdl").read_bytes())
    assert _shape(_ours()) == _shape(theirs)


def _elements(root: etree._Element, name: str) -> Iterator[tuple[str, str, str]]:
    for element in root.iterfind(
        f".//{{{XS}}}element[@name='{name}']/{{{XS}}}complexType/{{{XS}}}sequence/{{{XS}}}element"
    ):
        yield (
            element.get("name", ""),
            element.get("type", "").partition(":")[2],
            element.get("minOccurs", "1") + ".." + element.get("maxOccurs", "1"),
        )


def test_the_shape_sees_every_difference() -> None:
    ours = _shape(_ours())
    for before, after in (
        (b'"vatNumber" type="xs:string"', b'"vatNumber" type="xs:int"'),
        (b'name="traderStreet" type="xs:string" minOccurs="0"', b'name="traderStreet"'),
        (b'soapAction=""', b'soapAction="checkVat"'),
        (b'elementFormDefault="qualified"', b""),
        (b'nillable="true"', b""),
        (b"http://ec.europa.eu/", b"https://ec.europa.eu/"),
        (b'use="literal"', b'use="encoded"'),
        (b'<xs:enumeration value="3"/>', b""),
    ):
        content = resources.files("schemas").joinpath(*OURS).read_bytes()
        assert before in content
        assert _shape(parse(content.replace(before, after, 1))) != ours


def test_the_answers_have_their_elements_in_order() -> None:
    assert list(_elements(_ours(), "checkVatResponse")) == [
        ("countryCode", "string", "1..1"),
        ("vatNumber", "string", "1..1"),
        ("requestDate", "date", "1..1"),
        ("valid", "boolean", "1..1"),
        ("name", "string", "0..1"),
        ("address", "string", "0..1"),
    ]


def test_our_wsdl_names_no_other_file() -> None:
    content = resources.files("schemas").joinpath(*OURS).read_text(encoding="utf-8")
    assert "import" not in content
    assert "include" not in content


def test_the_wheel_carries_it() -> None:
    root = Path(__file__).parents[2]
    carried = {file.distribution_path for file in WheelBuilder(str(root)).recurse_included_files()}
    assert "/".join(("schemas", *OURS)) in carried
    assert "schemas/manifest/eu.cen.en16931.toml" in carried
