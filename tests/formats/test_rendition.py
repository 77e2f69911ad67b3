import re
from html.parser import HTMLParser

from hypothesis import given, settings
from typing_extensions import override

from formats.en16931.model import Invoice
from formats.rendition import render_html
from tests.formats.samples import any_invoices, invoice


class _Page(HTMLParser):
    """Collects tags, attributes and text of a page."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(content.decode())
        self.close()

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag != "meta":
            self.open.append(tag)

    @override
    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    @override
    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_shows_what_the_invoice_says() -> None:
    page = _Page(render_html(invoice(notes=[{"note": "Thank you"}])))
    for shown in ("Invoice 2026-1", "Seller d.o.o.", "SI12345678", "33.35", "100.05", "22.01"):
        assert shown in page.text
    for shown in ("122.06 EUR", "2026-12-20", "Thank you", "BT-115", "BG-23"):
        assert shown in page.text
    assert page.open == []


def test_a_credit_note_is_called_one() -> None:
    credit_note = invoice().model_copy(update={"type_code": "381"})
    assert "Credit note 2026-1" in _Page(render_html(credit_note)).text


def test_values_are_escaped() -> None:
    attack = "<script>alert('x')</script>\"&<img src=x onerror=y>"
    source = invoice().model_copy(update={"number": attack, "buyer_reference": attack})
    page = _Page(render_html(source))
    assert not {"script", "img"} & set(page.tags)
    assert page.text.count(attack) == 4  # title, heading, number, reference


def test_attachments_are_named_not_embedded() -> None:
    attached = {"content": "aGVsbG8=", "mime_code": "text/csv", "filename": "hours.csv"}
    document = {"reference": "1", "attached_document": attached}
    content = render_html(invoice(additional_supporting_documents=[document]))
    assert b"hours.csv (text/csv, 5 bytes)" in content
    assert b"aGVsbG8=" not in content


@settings(max_examples=40)
@given(any_invoices)
def test_any_invoice_gives_a_page_that_runs_and_fetches_nothing(source: Invoice) -> None:
    content = render_html(source)
    page = _Page(content)
    assert content == render_html(Invoice.model_validate_json(source.model_dump_json()))
    assert page.open == []
    assert set(page.tags) <= {
        *("html", "head", "meta", "title", "style", "body", "h1", "h2", "section", "div", "span"),
        *("table", "thead", "tbody", "tr", "th", "td", "ul", "li"),
    }
    assert page.attributes <= {"lang", "charset", "name", "content", "http-equiv", "class"}
    assert not re.search(rb"url\(|@import", content)
