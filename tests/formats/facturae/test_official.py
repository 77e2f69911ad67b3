import re
from pathlib import Path

import pytest
from lxml import etree

from formats import reading
from formats.binding import Trace
from formats.conversion import convert
from formats.facturae import code_lists, read, write
from formats.facturae.names import NAMESPACE
from formats.registry import PROFILES
from formats.xml import UnreadableDocumentError
from tests.formats.facturae.spanish import ordinary, violations

pytestmark = pytest.mark.official

COUNT = 11
WHOLE = {"factura-prueba-v1-2-0.xml", "factura-prueba-v1-2-0.xsig"}
"""Examples of which nothing at all is left behind."""


def examples(official: Path) -> list[Path]:
    """Return every example of a whole document: 3.1, 3.2, 3.2.1 and 3.2.2, signed and not."""
    folder = official / "es-facturae"
    found = [*folder.glob("examples/*"), *folder.glob("examples-older/*/*")]
    return sorted((*found, *folder.glob("extension-faceb2b/*.xml")))


def test_every_example_is_read_written_valid_and_read_again(official: Path) -> None:
    found = examples(official)
    for path in found:
        trace = Trace()
        invoice = read(path.read_bytes(), trace)
        written = write(invoice)
        assert violations(official, written) == [], path.name
        assert read(written) == invoice, path.name
        assert write(read(written)) == written, path.name
        assert invoice.number, path.name
        assert invoice.totals.total_with_vat is not None, path.name
        assert invoice.lines, path.name
        if path.name in WHOLE:
            assert trace.unread == [], path.name
    assert len(found) == COUNT


def test_what_is_left_behind_is_told_with_its_place(official: Path) -> None:
    path = official / "es-facturae" / "examples" / "factura_dfb.xml"
    found = reading.read(path.read_bytes())
    assert found.source is reading.Source.FACTURAE
    told = {loss.source: loss.value for loss in found.losses}
    bank = next(place for place in told if place and place.endswith("/BankCode"))
    assert told[bank] == "2095"
    assert not any(place and place.endswith("/IBAN") for place in told)


def test_an_example_becomes_ubl_and_its_totals_stay(official: Path) -> None:
    path = official / "es-facturae" / "examples" / "factura_ejemplo.xml"
    made = convert(path.read_bytes(), PROFILES["en16931-ubl"])
    assert made.invoice.totals.total_with_vat == read(path.read_bytes()).totals.total_with_vat
    assert "FE-CentreCode" in {loss.term for loss in made.report.losses}


def test_a_document_is_told_by_its_root() -> None:
    found = reading.read(write(ordinary()))
    assert found.losses == ()
    assert found.profile is PROFILES["facturae-3-2-2"]
    assert found.invoice.process_control.specification_identifier == NAMESPACE


def test_what_is_not_read_is_refused_by_name() -> None:
    old = b'<f:Facturae xmlns:f="http://www.facturae.es/Facturae/2007/v3.0/Facturae"/>'
    with pytest.raises(UnreadableDocumentError, match=r"Facturae 3\.0") as caught:
        reading.read(old)
    assert caught.value.code == "unknown-root"


def test_code_lists_are_those_of_the_schema(official: Path) -> None:
    content = (official / "es-facturae" / "xsd" / "Facturae_v322.xsd").read_bytes()
    root = etree.fromstring(content)
    space = {"xs": "http://www.w3.org/2001/XMLSchema"}

    def values(name: str) -> list[str]:
        path = f"xs:simpleType[@name='{name}']//xs:enumeration/@value"
        return [str(one) for one in root.xpath(path, namespaces=space)]

    assert set(code_lists.COUNTRIES.values()) <= set(values("CountryType"))
    assert set(values("CountryType")) - set(code_lists.COUNTRIES.values()) <= {"ANT", "ZAR"}
    assert set(values("CurrencyCodeType")) == code_lists.CURRENCIES
    assert set(values("LanguageCodeType")) == code_lists.LANGUAGES
    units = {*code_lists.UNITS_BACK, code_lists.OTHER_UNIT}
    assert set(values("UnitOfMeasureType")) == units
    assert set(values("PaymentMeansType")) == set(code_lists.MEANS_BACK)
    assert set(code_lists.MEANS.values()) <= set(code_lists.MEANS_BACK)
    assert values("ReasonCodeType") == list(code_lists.REASONS)
    assert values("ReasonDescriptionType") == list(code_lists.REASONS.values())
    assert values("CorrectionMethodDescriptionType") == list(code_lists.METHODS.values())
    assert set(values("AttachmentFormatType")) == set(code_lists.ATTACHMENTS.values())
    assert re.fullmatch("[A-Z]{2}", next(iter(code_lists.COUNTRIES)))
