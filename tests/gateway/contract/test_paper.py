"""S11, what goes out: a hostile text in a document makes nothing of what is made of that."""

import csv
import html.parser
import io
import threading
import zipfile
from collections.abc import Callable, Mapping

import openpyxl
import pytest
from typing_extensions import override

from formats.xml import parse
from gateway.jobs.execution import Ticket, attempt
from gateway.kit.ids import parse_id
from gateway.sheets.cells import restored
from tests.gateway.contract.texts import all_texts
from tests.gateway.houses import Json, Shop, invoice, line
from tests.hostile_strings import STRINGS

TAKEN = tuple(text for text in STRINGS if "\r" not in text)
"""XML cannot carry a carriage return; those are refused (test_texts)."""

PLAIN = "Plain"


def full_of(text: str) -> Json:
    """Return an invoice with the text wherever a text may stand."""
    short = " ".join(text.split())[:100]
    return invoice(
        profile="en16931-ubl",
        buyer={
            **invoice()["buyer"],
            "name": text,
            "postal_address": {"line_1": text, "city": text, "country_code": "SI"},
            "contact": {"point": text},
        },
        buyer_reference=text,
        payment_terms=text,
        purchase_order_reference=text,
        contract_reference=text,
        notes=[{"note": text}],
        document_level_allowances=[
            {"amount": "0.10", "reason": text, "vat_category_code": "S", "vat_rate": "9.5"}
        ],
        additional_supporting_documents=[
            {
                "reference": text,
                "description": text,
                "attached_document": {
                    "content": "YQ==",
                    "mime_code": "text/csv",
                    "filename": text,
                },
            }
        ],
        lines=[
            line(
                item_name=text,
                item_description=text,
                note=text,
                item_attributes=[{"name": text, "value": text}],
            )
        ],
        metadata={"text": text, "short": short},
    )


@pytest.fixture(scope="module")
def documents(shop: Shop, request: pytest.FixtureRequest) -> Mapping[str, Json]:
    """An issued invoice for each text, and one with a plain one; a third of them by default."""
    texts = TAKEN if request.config.getoption("--full") else TAKEN[::3]
    return {text: shop.issued(full_of(text)) for text in (PLAIN, *texts)}


class Skeleton(html.parser.HTMLParser):
    """The tags and attributes of a page; values only where they lead somewhere or run."""

    def __init__(self) -> None:
        super().__init__()
        self.tags = list[tuple[str, tuple[str, ...]]]()
        self.texts = list[str]()

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "br":  # a line break of the text
            self.tags.append((tag, tuple(name for name, _ in attrs)))
        for name, value in attrs:
            assert not name.startswith("on"), f"{tag} {name}={value}"
            assert name not in {"href", "src"} or value is None or "evil" not in value

    @override
    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def skeleton(page: str) -> Skeleton:
    found = Skeleton()
    found.feed(page)
    found.close()
    return found


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_xml_has_the_same_elements_and_the_text_exactly(
    shop: Shop, documents: Mapping[str, Json]
) -> None:
    shapes = {}
    for text, one in documents.items():
        root = parse(shop.call("GET", f"/v1/documents/{one['id']}/xml").content)
        shapes[text] = [element.tag for element in root.iter()]
        assert sum(1 for element in root.iter() if element.text == text) >= 12, text
    assert {tuple(shape) for shape in shapes.values()} == {tuple(shapes[PLAIN])}


def test_the_rendition_has_the_same_tags(shop: Shop, documents: Mapping[str, Json]) -> None:
    def page(one: Json) -> Skeleton:
        path = f"/v1/documents/{one['id']}/evidence"
        (entry,) = (e for e in shop.get(path)["data"] if e["role"] == "rendition")
        answer = shop.call("GET", f"{path}/{entry['id']}")
        assert answer.headers["content-disposition"].startswith("attachment")
        return skeleton(answer.text)

    plain = page(documents[PLAIN]).tags
    for text, one in documents.items():
        shown = page(one)
        assert shown.tags == plain, text
        assert squeezed(text) in squeezed("".join(shown.texts))


def test_the_shared_page_has_the_same_tags(shop: Shop, documents: Mapping[str, Json]) -> None:
    def page(one: Json) -> Skeleton:
        made = shop.call("POST", f"/v1/documents/{one['id']}/share-links", {}).json()
        answer = shop.house.client.get("/s/" + made["url"].rpartition("/s/")[2])
        assert answer.status_code == 200
        return skeleton(answer.text)

    plain = page(documents[PLAIN]).tags
    for text, one in documents.items():
        shown = page(one)
        assert shown.tags == plain, text
        assert squeezed(text) in squeezed("".join(shown.texts))


@pytest.fixture(scope="module")
def exported(shop: Shop, documents: Mapping[str, Json]) -> Callable[[str], bytes]:
    """Make an export of all of them."""

    def make(kind: str) -> bytes:
        assert documents
        asked = shop.call("POST", "/v1/exports", {"format": kind}).json()["id"]
        entity_id, jobs = parse_id(shop.entity, "ent"), shop.house.runtime.jobs
        ticket = Ticket(shop.account.id, entity_id, shop.environment, parse_id(asked, "job"))
        attempt(jobs, ticket, threading.Event())
        return shop.call("GET", f"/v1/exports/{asked}/file").content

    return make


def test_a_spreadsheet_has_no_formula_and_each_text_in_one_cell(
    exported: Callable[[str], bytes], documents: Mapping[str, Json]
) -> None:
    rows = list(csv.DictReader(io.StringIO(exported("csv").decode(), newline="")))
    assert len(rows) == len(documents)
    by_number = {one["number"]: text for text, one in documents.items()}
    for row in rows:
        assert not [cell for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t"))]
        assert restored(row["metadata.text"]) == by_number[row["number"]]
    sheet = openpyxl.load_workbook(io.BytesIO(exported("xlsx"))).worksheets[0]
    cells = [cell for line in sheet.iter_rows() for cell in line]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d", "inlineStr"}
    assert {cell.hyperlink for cell in cells} == {None}
    assert sheet.max_row == len(documents) + 1


def test_an_archive_holds_plain_names(exported: Callable[[str], bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(exported("xml_zip"))) as archive:
        names = archive.namelist()
    assert len(names) > len(TAKEN) / 3
    assert not [name for name in names if not name.isascii() or ".." in name or "\\" in name]
    assert not [name for name in names if name.startswith("/") or '"' in name]


def test_answers_hold_the_text_as_it_was_sent(shop: Shop, documents: Mapping[str, Json]) -> None:
    for text, one in documents.items():
        shown = shop.get(f"/v1/documents/{one['id']}")
        assert shown["metadata"]["text"] == text
        assert text in set(all_texts(shown["invoice"]))


@pytest.mark.parametrize("number", TAKEN[::2])
def test_a_number_names_files_or_is_refused(shop: Shop, number: str) -> None:
    answer = shop.issue(invoice(profile="en16931-ubl", series="EXT", number=number))
    if answer.status_code == 200:
        pdf = shop.call("GET", f"/v1/invoices/{answer.json()['id']}/pdf?download=true")
        name = pdf.headers["content-disposition"].partition('filename="')[2]
        assert set(name[:-1]) <= set(
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-"
        )
    else:
        problem = answer.json()
        parts = problem.get("errors") or problem["findings"]
        assert {part["pointer"] for part in parts} == {"/number"}
