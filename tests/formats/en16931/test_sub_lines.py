"""Lines in lines (BG-DEX-01): on ten levels in every form, and never without end."""

import json
from typing import Any

import pytest
from pydantic import ValidationError

from formats import ubl
from formats.en16931.draft import InvoiceDraft, complete
from formats.en16931.model import Invoice
from formats.en16931.sub_lines import MAX_LEVELS
from formats.json.parsing import parse_json
from formats.xml import UnreadableDocumentError
from tests.formats.samples import DAY, DRAFT, PROCESS, SELLER


def in_levels(levels: int) -> dict[str, Any]:
    line = whole = dict(DRAFT["lines"][0])
    for _ in range(levels):
        whole = {**line, "extensions": {"sub_lines": [{**whole, "identifier": "1.1"}]}}
    return {**DRAFT, "lines": [whole]}


def completed(draft: object) -> Invoice:
    seller = Invoice.model_fields["seller"].annotation
    assert seller is not None
    return complete(
        InvoiceDraft.model_validate(draft),
        seller=seller.model_validate(SELLER),
        number="1",
        issue_date=DAY,
        type_code="380",
        process_control=PROCESS,
    ).invoice


def test_as_many_levels_as_we_take_go_through_json_and_ubl() -> None:
    draft = parse_json(json.dumps(in_levels(MAX_LEVELS), default=str).encode())
    invoice = completed(draft)
    assert ubl.read(ubl.write(invoice)) == invoice


def test_more_levels_are_refused() -> None:
    with pytest.raises(ValidationError, match="more than 10 levels"):
        InvoiceDraft.model_validate(in_levels(MAX_LEVELS + 1))


@pytest.mark.parametrize("levels", [MAX_LEVELS + 1, 245])
def test_documents_of_more_levels_are_refused(levels: int) -> None:
    sub = "<cac:SubInvoiceLine><cbc:ID>1</cbc:ID>" * levels + "</cac:SubInvoiceLine>" * levels
    document = ubl.write(completed(DRAFT)).decode()
    document = document.replace("</cac:InvoiceLine>", f"{sub}</cac:InvoiceLine>", 1)
    with pytest.raises(UnreadableDocumentError) as raised:
        ubl.read(document.encode())
    assert raised.value.code == "too-deep"
