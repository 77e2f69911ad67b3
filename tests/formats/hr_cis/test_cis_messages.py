"""What is written is what the official schema takes, and what is read is what was written."""

import datetime
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from lxml import etree

from formats.hr_cis import (
    CisError,
    Failure,
    Header,
    Invoice,
    InvoiceRequest,
    InvoiceResponse,
    Number,
    read_request,
    read_response,
    write_request,
    write_response,
)
from formats.hr_cis.frozen import addressed, frozen, thawed
from formats.xml import UnreadableDocumentError, parse
from tests.formats.hr_cis.samples import AT, FULL, HEADER, OIB, REQUEST, invoice, invoices, tax

B2C = "hr-fiskalizacija/Fiskalizacija_u_prometu_gotovinom_B2C"
GRESKE = (
    "<tns:Greske><tns:Greska><tns:SifraGreske>s001</tns:SifraGreske>"
    "<tns:PorukaGreske>x</tns:PorukaGreske></tns:Greska></tns:Greske>"
)
JIR = "2cf55235-9470-4b5c-a539-463f52b109d2"


@pytest.fixture(scope="module")
def schema(official: Path) -> etree.XMLSchema:
    (path,) = (official / B2C).rglob("*PROD*/schema/FiskalizacijaSchema.xsd")
    return etree.XMLSchema(etree.parse(path))


def test_a_whole_request_is_read_as_it_was_written() -> None:
    assert read_request(parse(write_request(REQUEST).encode())) == REQUEST


@given(invoices)
def test_every_request_is_read_as_it_was_written(one: Invoice) -> None:
    request = InvoiceRequest(header=HEADER, invoice=one)
    assert read_request(parse(write_request(request).encode())) == request


@given(invoices)
def test_what_is_written_is_in_canonical_form(one: Invoice) -> None:
    written = write_request(InvoiceRequest(header=HEADER, invoice=one))
    canonical = etree.tostring(parse(written.encode()), method="c14n", exclusive=True).decode()
    assert canonical == written


@pytest.mark.official
@given(one=invoices)
def test_every_request_is_valid_by_the_official_schema(
    schema: etree.XMLSchema, one: Invoice
) -> None:
    written = write_request(InvoiceRequest(header=HEADER, invoice=one))
    schema.assertValid(etree.fromstring(written))


@pytest.mark.official
def test_the_examples_of_the_manual_are_read(official: Path) -> None:
    spec = official / "hr-fiskalizacija/spec"
    (path,) = spec.glob("Fiskalizacija_Tehnicka_specifikacija_za_korisnike*.txt")
    pages = re.sub(r"\s*=== page \d+ ===\s*(Stranica \d+ od 151\s*)?", "\n", path.read_text())
    found = re.search(r"<tns:RacunZahtjev.*?</tns:RacunZahtjev>", pages, re.DOTALL)
    assert found is not None
    request = read_request(parse(found[0].encode()))
    assert request.invoice.number == Number(sequence="123456789", premise="POSL1", device="12")
    assert [one.rate for one in request.invoice.vat] == [Decimal(25), Decimal(10), Decimal(0)]
    assert request.invoice.zki == "e4d909c290d0fb1ca068ffaddf22cbd0"
    assert request.header.sent_at == datetime.datetime(2012, 9, 1, 21, 10, 34)  # noqa: DTZ001
    told = [
        read_response(parse(one.encode()))
        for one in re.findall(r"<tns:RacunOdgovor xmlns.*?</tns:RacunOdgovor>", pages, re.DOTALL)[
            :2
        ]
    ]
    assert told[0].jir == JIR
    assert [one.code for one in told[1].failures] == ["s002"]


def test_answers_are_read_as_they_were_written() -> None:
    refused = (Failure(code="s001", message="<Oib> & ostalo"), Failure(code="s006", message=""))
    for response in (
        InvoiceResponse(header=HEADER, jir=JIR),
        InvoiceResponse(header=Header(message_id="", sent_at=AT), failures=refused),
    ):
        assert read_response(parse(write_response(response).encode())) == response


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<tns:Jir>", "<tns:Jir>x"),
        (f"<tns:Jir>{JIR}</tns:Jir>", ""),
        (
            "</tns:Jir>",
            f"</tns:Jir>{GRESKE}",
        ),
        ("</tns:Jir>", "</tns:Jir><tns:Jir>2cf55235-9470-4b5c-a539-463f52b109d3</tns:Jir>"),
        ("RacunOdgovor", "ProvjeraOdgovor"),
        ("T13:", "T25:"),
        ("</tns:Zaglavlje>", "</tns:Zaglavlje>x"),
    ],
)
def test_an_answer_that_is_none_is_not_read(old: str, new: str) -> None:
    written = write_response(InvoiceResponse(header=HEADER, jir=JIR))
    assert old in written
    with pytest.raises(UnreadableDocumentError):
        read_response(parse(written.replace(old, new).encode()))


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("Oib", {"oib": "123"}),
        ("DatVrijeme", {"issued_at": AT.replace(tzinfo=datetime.UTC)}),
        ("OznSlijed", {"numbering": "B"}),
        ("IznosUkupno", {"total": Decimal("1.005")}),
        ("IznosUkupno", {"total": None}),
        ("NacinPlac", {"payment": "C"}),
        ("OibOper", {"operator": ""}),
        ("ZastKod", {"zki": "E4D909C290D0FB1CA068FFADDF22CBD0"}),
        ("Naziv", {"other": (tax("1", "1", "1"),)}),
        ("Naziv", {"vat": (tax("1", "1", "1", "PDV"),)}),
        ("SpecNamj", {"purpose": "x" * 1001}),
    ],
)
def test_what_the_schema_does_not_take_cannot_be_made(name: str, change: dict[str, Any]) -> None:
    with pytest.raises(CisError) as refused:
        invoice(**change)
    assert refused.value.name == name


def test_a_message_has_an_id() -> None:
    with pytest.raises(CisError):
        write_request(InvoiceRequest(header=Header(message_id="1", sent_at=AT), invoice=FULL))


def test_what_is_frozen_is_addressed_and_may_come_late() -> None:
    content = frozen(invoice())
    assert thawed(content) == invoice()
    prompt = addressed(content, HEADER.message_id.upper(), deferred=False)
    assert (prompt.header, prompt.invoice) == (HEADER, invoice())
    later = HEADER.sent_at.replace(year=HEADER.sent_at.year + 1)
    again = addressed(content, HEADER.message_id, deferred=False, sent_at=later)
    assert again.header == replace(HEADER, sent_at=later)
    assert again.invoice == invoice()
    assert addressed(content, HEADER.message_id, deferred=True).invoice == invoice(late=True)
    with pytest.raises(CisError):
        frozen(invoice(zki=None))
    with pytest.raises(UnreadableDocumentError):
        thawed(content.replace(b"Racun", b"Racan"))
    assert OIB.encode() in content
