import re
from collections import Counter
from collections.abc import Iterator
from typing import get_args

from pydantic import BaseModel

from formats.en16931.draft import InvoiceDraft
from formats.en16931.model import Invoice
from formats.en16931.terms import Term
from tests.formats.samples import changed, invoice

_UNTERMED = {"SchemedIdentifier", "BinaryObject"}
"""Composite data types: their parts have no term of their own."""


def _groups(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _groups(argument)


def _fields(model: type[BaseModel]) -> Iterator[tuple[str, list[Term]]]:
    for name, field in model.model_fields.items():
        terms = [item for item in field.metadata if isinstance(item, Term)]
        yield f"{model.__name__}.{name}", terms
        for group in _groups(field.annotation):
            if group.__name__ not in _UNTERMED:
                yield from _fields(group)


def test_every_field_of_the_invoice_has_one_well_formed_term() -> None:
    for name, terms in _fields(Invoice):
        assert len(terms) == 1, name
        assert re.fullmatch("B[TG]-[1-9][0-9]{0,2}", terms[0].id), name
        assert terms[0].group is None or re.fullmatch("BG-[1-9][0-9]?", terms[0].group), name


def test_no_term_is_used_twice() -> None:
    count = Counter(terms[0].id for _, terms in _fields(Invoice))
    assert {term for term, times in count.items() if times > 1} == set()
    assert len(count) > 180


def test_a_draft_gives_its_fields_the_terms_of_the_invoice() -> None:
    final = {
        name.partition(".")[2]: terms for name, terms in _fields(Invoice) if "Invoice." in name
    }
    for name, field in InvoiceDraft.model_fields.items():
        terms = [item for item in field.metadata if isinstance(item, Term)]
        assert terms == final.get(name, [])


def test_the_json_schema_names_the_terms() -> None:
    schema = Invoice.model_json_schema()
    assert schema["properties"]["number"]["x-en16931"] == "BT-1"
    assert schema["$defs"]["Line"]["properties"]["net_amount"]["x-en16931"] == "BT-131"


def test_json_never_writes_an_exponent() -> None:
    tiny = changed(invoice(), "/lines/0/item_net_price", "0.00000001")
    assert '"item_net_price":"0.00000001"' in tiny.model_dump_json()
    assert Invoice.model_validate_json(tiny.model_dump_json()) == tiny
