"""From a place in the XML to the field that was read from it."""

import re

import pytest
from lxml import etree

from formats.en16931.leaves import leaves
from formats.en16931.model import Invoice
from formats.explain.places import Places, places_of, with_places
from formats.findings import Finding, Flag
from formats.paths import walked
from formats.registry import PROFILES
from formats.xml import parse
from tests.formats.samples import invoice

UBL, CII = "en16931-ubl", "en16931-cii"


def _invoice() -> Invoice:
    """Two lines."""
    one = invoice()
    return one.model_copy(update={"lines": one.lines[:1] * 2})


def _places(content: bytes, profile: str) -> Places:
    places = places_of(content, PROFILES[profile])
    assert places is not None
    return places


def _found(content: bytes, profile: str, finding: Finding) -> Finding:
    places = places_of(content, PROFILES[profile])
    (found,) = with_places([finding], places, _invoice())
    return found


def _finding(location: str, rule: str = "X-1", term: str | None = None) -> Finding:
    return Finding(rule, "x", Flag.FATAL, "wrong", location=location, term=term)


@pytest.mark.parametrize("profile", [UBL, CII])
def test_every_element_leads_to_what_was_read_from_it(profile: str) -> None:
    content = PROFILES[profile].write(_invoice())
    places = _places(content, profile)
    known = {leaf.pointer for leaf in leaves(places.invoice)}
    found = {places.of(path).pointer for _, path, _ in walked(parse(content))}
    terms = found & known
    # Units, currencies and the like stand in an attribute of another term.
    assert len(terms) > 0.8 * len(known), sorted(known - found)
    for pointer in found - known:
        assert any(one.startswith(pointer) for one in known), pointer


@pytest.mark.parametrize(
    "location",
    [
        "/*/cac:InvoiceLine[2]/cbc:LineExtensionAmount",
        (
            "/*:Invoice[namespace-uri()='u'][1]/*:InvoiceLine[namespace-uri()='http://a/b'][2]"
            "/*:LineExtensionAmount[namespace-uri()='http://a/b'][1]"
        ),
        "/Q{urn:x}Invoice[1]/Q{urn:a}InvoiceLine[2]/Q{http://a/b}LineExtensionAmount[1]",
        "/Q{u}Invoice[1]/Q{a}InvoiceLine[2]/Q{b}LineExtensionAmount[1]/@Q{}currencyID",
    ],
)
def test_places_are_understood_however_they_are_spelled(location: str) -> None:
    found = _found(PROFILES[UBL].write(_invoice()), UBL, _finding(location))
    assert (found.pointer, found.term) == ("/lines/1/net_amount", "BT-131")


def test_a_term_that_repeats_is_sought_where_the_finding_is() -> None:
    content = PROFILES[UBL].write(_invoice())
    line = "/*/cac:InvoiceLine[2]/cac:Item"
    assert _found(content, UBL, _finding(line, term="BT-130")).pointer == "/lines/1/unit_code"
    assert _found(content, UBL, _finding("/*", term="BT-130")).pointer == "/lines"
    assert _found(content, UBL, _finding(line, term="BT-5")).pointer == "/currency_code"
    assert _found(content, UBL, _finding("", term="BT-5")).pointer == "/currency_code"


def test_what_stands_in_the_place_of_something_else_is_not_what_is_wrong() -> None:
    content = PROFILES[UBL].write(_invoice())
    there = "/*/cac:LegalMonetaryTotal/cbc:PayableAmount"
    assert _found(content, UBL, _finding(there)).pointer == "/totals/amount_due"
    found = _found(content, UBL, _finding(there, "XSD-SCHEMAV_ELEMENT_CONTENT"))
    assert (found.pointer, found.term) == ("/totals", None)


@pytest.mark.parametrize(
    ("profile", "element", "wrong", "pointer"),
    [
        (UBL, "cbc:DueDate", "20.12.2026", "/payment_due_date"),
        (UBL, "cbc:PayableAmount", "1,00", "/totals/amount_due"),
        (CII, "ram:DuePayableAmount", "1,00", "/totals/amount_due"),
    ],
)
def test_a_value_that_cannot_be_read_has_its_place_all_the_same(
    profile: str, element: str, wrong: str, pointer: str
) -> None:
    content = PROFILES[profile].write(_invoice()).decode()
    content, times = re.subn(rf"(<{element}\b[^>]*>)[^<]*", rf"\g<1>{wrong}", content)
    assert times == 1
    root = parse(content.encode())
    (node,) = root.iter(f"{{*}}{element.partition(':')[2]}")
    path = etree.ElementTree(root).getpath(node)
    assert _found(content.encode(), profile, _finding(path)).pointer == pointer


def test_without_a_document_the_term_alone_tells() -> None:
    (found,) = with_places([_finding("/*", term="BT-31")], None, _invoice())
    assert found.pointer == "/seller/vat_identifier"
    (found,) = with_places([_finding("/*")], None, _invoice())
    assert found.pointer is None
    assert places_of(b"<a/>", PROFILES[UBL]) is None
