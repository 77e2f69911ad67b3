"""Invoices for people: complete, literal, archivable, the same every time."""

import datetime
import io
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from formats.en16931.model import Invoice
from formats.facturx.xmp import claims_of
from formats.pdf import RenderingError, RenderOptions, Template, render
from formats.pdf.language import LOCALES, language
from tests.formats.pdf.documents import fonts_of, pages_of, text_of
from tests.formats.pdf.every_term import every_term, values_of
from tests.formats.pdf.invoices import LOGO, RICH, TYPICAL

NOON = datetime.datetime(2026, 11, 21, 12, tzinfo=datetime.UTC)


def changed(**fields: object) -> Invoice:
    return Invoice.model_validate(TYPICAL.model_dump(mode="json", exclude_none=True) | fields)


def named(name: str) -> Invoice:
    """Return the typical invoice with a text of ours as the name of an item."""
    lines = TYPICAL.model_dump(mode="json", exclude_none=True)["lines"]
    return changed(lines=[lines[0] | {"item_name": name}])


@pytest.mark.parametrize("template", Template)
def test_the_same_invoice_gives_the_same_bytes(template: Template) -> None:
    options = RenderOptions(template=template, logo=LOGO, locale="sl")
    first = render(TYPICAL, options, created_at=NOON)
    assert first == render(TYPICAL, options, created_at=NOON)
    assert first != render(TYPICAL, options, created_at=NOON + datetime.timedelta(seconds=1))


def test_the_time_is_an_argument_or_the_day_of_issue() -> None:
    with pikepdf.open(io.BytesIO(render(TYPICAL, created_at=NOON))) as pdf:
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20261121120000")
    with pikepdf.open(io.BytesIO(render(TYPICAL))) as pdf:
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20261120000000")
    with pytest.raises(ValueError, match="time zone"):
        render(TYPICAL, created_at=datetime.datetime(2026, 1, 1))  # noqa: DTZ001


@pytest.mark.parametrize("template", Template)
def test_it_is_archivable(template: Template) -> None:
    content = render(TYPICAL, RenderOptions(template=template, logo=LOGO))
    fonts = fonts_of(content)
    assert len(fonts) >= 2
    assert all(fonts.values()), fonts
    with pikepdf.open(io.BytesIO(content)) as pdf:
        claims = claims_of(pdf.Root.Metadata.read_bytes())
        assert (claims.pdfa_part, claims.pdfa_conformance) == ("3", "B")
        assert str(pdf.Root.OutputIntents[0].S) == "/GTS_PDFA1"
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en"
        assert str(pdf.docinfo["/Title"]) == "Invoice 2026-000117"


@pytest.mark.parametrize("template", Template)
def test_everything_an_invoice_can_hold_is_on_the_pages(template: Template) -> None:
    invoice = every_term()
    words = language("en")
    whole = text_of(render(invoice, RenderOptions(template=template)))
    # A value may run over the end of a page: without foot and head it is in one piece.
    name = invoice.seller.name or ""
    between = (
        rf"{name}·.{{0,200}}?Page\d+of\d+",
        f"{name}Invoice{invoice.number}",
        r"Pos\.DescriptionQuantityUnitpriceVATAmount",
    )
    text = whole + re.sub("|".join(between), "", whole)

    def printed(value: object) -> str:
        match value:
            case bool():
                return str(value).lower()
            case Decimal():
                return words.number(value)
            case datetime.date():
                return words.date(value)
            case bytes():
                return f"{len(value)} B"
            case _:
                return str(value)

    missing = [
        path for path, value in values_of(invoice) if "".join(printed(value).split()) not in text
    ]
    assert missing == []


@pytest.mark.parametrize("locale", sorted(LOCALES))
def test_every_language_prints_every_kind_of_content(locale: str) -> None:
    words = language(locale)
    text = text_of(render(RICH, RenderOptions(locale=locale)))
    for key in (
        *("title_credit_note", "payee", "tax_representative", "deliver_to", "preceding_invoice"),
        *("gross_price", "allowance", "charge", "paid", "rounding", "vat_total_accounting"),
        *("mandate", "card_holder", "attachments", "notes", "means_48", "category_k"),
    ):
        assert "".join(words[key].split()) in text, key


@pytest.mark.parametrize(
    ("code", "title"),
    [
        ("380", "Invoice"),
        ("381", "Credit note"),
        ("384", "Corrected invoice"),
        ("389", "Self-billed invoice"),
        ("396", "Credit note"),
        ("875", "Invoice"),
    ],
)
def test_a_document_is_called_what_it_is(code: str, title: str) -> None:
    page = pages_of(render(changed(type_code=code)))[0]
    assert f"{title} 2026-000117" in page
    assert ("Document type" in page) == (code in {"396", "875"})


HOSTILE = (
    '#import "@preview/x:1.0.0": *',
    '#read("/etc/passwd")',
    '#include "/etc/passwd"',
    "#(1/0)",
    "#panic()",
    "#set page(width: 1pt)",
    "$x^2$ $ sum_1^n $",
    "*bold* _it_ `raw` ```rs fn```",
    "= Heading",
    "- item + item / term: x",
    "@ref <label>",
    "\\ \\u{41} \\#",
    "// comment /* block */",
    "https://example.org/#frag~x--y---z...",
    "\"quoted\" 'single'",
    "{{7*7}} ${7*7} <script>alert(1)</script>",
    "sys.inputs.data",
    ']) #eval("1+1") ([',
    "a\u00a0b\u00adc",
    "Zażółć gęślą jaźń ČŠŽđ ßẞ ăâîșț ÅØ",
    "Ελληνικά Кирилица",
    "x" * 400,
)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_text_is_printed_as_it_is(hostile: str) -> None:
    text = text_of(render(named(hostile)))
    # The soft hyphen is invisible by its nature.
    assert "".join(hostile.replace("\u00ad", "").split()) in text.replace("\u00ad", "")


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("pay \u202e00.1\u202c now", "pay[U+202E]00.1[U+202C]now"),
        ("\u2066x\u2069", "[U+2066]x[U+2069]"),
        ("a\u007fb\u0080c\u009fd", "a[U+007F]b[U+0080]c[U+009F]d"),
        ("日本", "[U+65E5][U+672C]"),
        ("😀 ok", "[U+1F600]ok"),
        ("\ufdd0\ufffd", "[U+FDD0]\ufffd"),
        ("a\tb\r\nc\rd\u2028e\u0085f", "abcdef"),
    ],
)
def test_what_cannot_be_printed_as_it_is_shows_its_code(hostile: str, shown: str) -> None:
    assert shown in text_of(render(named(hostile)))


def test_hostile_texts_in_every_field_at_once() -> None:
    def poisoned(value: Any) -> Any:  # noqa: ANN401
        match value:
            case dict():
                return {key: poisoned(item) for key, item in value.items()}
            case list():
                return [poisoned(item) for item in value]
            case str() if re.fullmatch(r"text\d+x|id\d+x", value):
                return f'{value}#read("/etc/passwd") *$\\'
            case _:
                return value

    invoice = Invoice.model_validate(poisoned(every_term().model_dump(mode="json")))
    text = text_of(render(invoice))
    assert text.count('#read("/etc/passwd")*$\\') >= 100
    assert "root:" not in text


@pytest.mark.parametrize("template", Template)
def test_a_hundred_thousand_characters_fill_pages_and_nothing_is_lost(template: Template) -> None:
    invoice = named("word " * 20_000).model_copy(update={"payment_terms": "ÿ" * 20_000})
    options = RenderOptions(template=template)
    text = text_of(render(invoice, options))
    assert text.count("word") == 20_000
    assert text.count("ÿ") == 20_000


@pytest.mark.parametrize("template", Template)
def test_five_hundred_lines_repeat_the_head_and_number_the_pages(template: Template) -> None:
    line = TYPICAL.lines[1]
    many = tuple(
        line.model_copy(update={"identifier": str(number), "item_name": f"Article-{number}-end"})
        for number in range(1, 501)
    )
    subject = TYPICAL.model_copy(update={"lines": many})
    content = render(subject, RenderOptions(template=template))  # 0.3 s; quadratic: minutes
    pages = pages_of(content)
    whole = "".join(pages)
    assert all(f"Article-{number}-end" in whole for number in range(1, 501))
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in page
        if "Article-" in page:
            assert "Unit price" in page
        assert "2026-000117" in page


@pytest.mark.parametrize("template", Template)
def test_a_name_as_long_as_a_novel_is_printed_once_and_not_on_every_page(
    template: Template,
) -> None:
    name, number = "Name " * 4_000, "N" * 4_000
    seller = TYPICAL.seller.model_copy(update={"name": name})
    invoice = TYPICAL.model_copy(update={"seller": seller, "number": number})
    text = text_of(render(invoice, RenderOptions(template=template)))
    assert 4_000 <= text.count("Name") < 6_000
    assert 4_000 <= text.count("N") - text.count("Name") < 6_000


def test_an_invoice_with_hardly_anything_is_a_page() -> None:
    empty = Invoice.model_validate({"seller": {}, "buyer": {}, "totals": {}})
    for template in Template:
        assert len(pages_of(render(empty, RenderOptions(template=template)))) == 1


def test_a_payment_that_allows_no_code_is_printed_without() -> None:
    with_code = render(TYPICAL)
    without = render(changed(currency_code="USD"))
    assert "Scan to pay" in pages_of(with_code)[0]
    assert "Scan to pay" not in pages_of(without)[0]


def test_a_damaged_logo_is_a_clear_error() -> None:
    png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10\x08\x02\0\0\0" + b"\0" * 40
    with pytest.raises(RenderingError):
        render(TYPICAL, RenderOptions(logo=png))


def test_fonts_of_the_operator_are_used_for_what_ours_lack(tmp_path: Path) -> None:
    # An empty directory adds nothing and breaks nothing.
    options = RenderOptions(font_directories=(tmp_path,))
    assert "[U+65E5]" in text_of(render(named("日"), options))
