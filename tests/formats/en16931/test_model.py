import re
from collections import Counter

from formats.en16931.draft import InvoiceDraft
from formats.en16931.model import Invoice
from formats.en16931.terms import Term
from tests.formats.en16931.norm.model import fields
from tests.formats.samples import changed, invoice


def test_every_field_of_the_invoice_has_one_well_formed_term() -> None:
    for field in fields(Invoice):
        assert len(field.terms) == 1, field.name
        term = field.terms[0]
        assert re.fullmatch("B[TG]-[1-9][0-9]{0,2}", term.id), field.name
        assert term.group is None or re.fullmatch("BG-[1-9][0-9]?", term.group), field.name


def test_no_term_is_used_twice() -> None:
    count = Counter(field.terms[0].id for field in fields(Invoice))
    assert {term for term, times in count.items() if times > 1} == set()


def test_a_draft_gives_its_fields_the_terms_of_the_invoice() -> None:
    final = {
        field.name.partition(".")[2]: list(field.terms)
        for field in fields(Invoice)
        if field.name.startswith("Invoice.")
    }
    for name, field in InvoiceDraft.model_fields.items():
        terms = [item for item in field.metadata if isinstance(item, Term)]
        assert terms == final.get(name, []), name


def test_the_json_schema_names_the_terms() -> None:
    schema = Invoice.model_json_schema()
    assert schema["properties"]["number"]["x-en16931"] == "BT-1"
    assert schema["$defs"]["Line"]["properties"]["net_amount"]["x-en16931"] == "BT-131"
    parent = schema["$defs"]["LineExtensions"]["properties"]["parent_line_identifier"]
    assert (parent["x-en16931"], parent["x-also"]) == ("BT-X-304", ["EXT-FR-FE-162"])
    agent = schema["$defs"]["InvoiceExtensions"]["properties"]["sales_agent"]
    assert agent["x-parts"]["name"] == ["BT-X-335", "EXT-FR-FE-66"]


def test_json_never_writes_an_exponent() -> None:
    tiny = changed(invoice(), "/lines/0/item_net_price", "0.00000001")
    assert '"item_net_price":"0.00000001"' in tiny.model_dump_json()
    assert Invoice.model_validate_json(tiny.model_dump_json()) == tiny
