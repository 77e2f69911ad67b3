"""What is no invoice, what is not issued, what shows no prices, and the sender's own texts."""

import pytest

from formats.pdf import InvalidOptionError, RenderOptions, Texts, render
from formats.pdf.language import LOCALES, language
from formats.pdf.view.document import title
from tests.formats.pdf.documents import pages_of, text_of
from tests.formats.pdf.invoices import TYPICAL
from tests.hostile_strings import STRINGS

CODES = ("310", "325", "270", "220", "632", "380", "381", "386", "389", "261")


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("locale", sorted(LOCALES))
def test_every_kind_has_a_title_of_its_own_in_every_language(locale: str) -> None:
    words = language(locale)
    titles = {title(TYPICAL.model_copy(update={"type_code": code}), words) for code in CODES}
    assert len(titles) == len(CODES)


@pytest.mark.parametrize("code", ["310", "325", "270", "220"])
def test_what_is_no_invoice_says_so(code: str) -> None:
    notice = squeezed(language("fr")["not_an_invoice"])
    made = TYPICAL.model_copy(update={"type_code": code})
    assert notice in text_of(render(made, RenderOptions(locale="fr")))
    assert notice not in text_of(render(TYPICAL, RenderOptions(locale="fr")))


def test_a_draft_says_so_on_every_page_and_asks_nobody_to_pay() -> None:
    words = language("en")
    many = TYPICAL.model_copy(update={"lines": TYPICAL.lines * 20})
    pages = pages_of(render(many, RenderOptions(draft=True)))
    assert len(pages) > 1
    assert all("DRAFT" in squeezed(page) for page in pages)
    assert words["draft_notice"] in " ".join(pages[0].split())
    assert words["scan_to_pay"] not in " ".join(pages)
    assert words["scan_to_pay"] in " ".join(pages_of(render(TYPICAL)))


def test_a_delivery_note_can_leave_out_everything_about_money() -> None:
    note = TYPICAL.model_copy(update={"type_code": "270"})
    shown = text_of(render(note, RenderOptions()))
    hidden = text_of(render(note, RenderOptions(hide_prices=True)))
    for amount in ("612.50", "2,450.00", "5,356.99", "22\u00a0%", "SI56"):
        assert squeezed(amount) in shown
        assert squeezed(amount) not in hidden
    for word in ("Duedate", "20Dec2026", "Currency"):
        assert word in shown
        assert word not in hidden
    assert "Winch,two-speed" in hidden
    assert "150.5m" in hidden


@pytest.mark.parametrize("code", ["310", "220", "270", "632"])
def test_what_asks_nobody_to_pay_is_billed_to_nobody(code: str) -> None:
    made = TYPICAL.model_copy(update={"type_code": code})
    asked, other = text_of(render(TYPICAL)), text_of(render(made))
    assert ("Billto" in asked, "Billto" in other) == (True, False)
    assert "Customer" in other


def test_an_offer_is_valid_until_a_day_and_asks_for_no_payment() -> None:
    offer = text_of(render(TYPICAL.model_copy(update={"type_code": "310"})))
    assert "Validuntil20Dec2026" in offer
    assert "Amountdue" not in offer
    assert "Scantopay" not in offer


@pytest.mark.parametrize("text", STRINGS)
def test_the_senders_texts_are_printed_and_never_read(text: str) -> None:
    texts = Texts(header=text, footer=text[:300], legal=text)
    plain = render(TYPICAL, RenderOptions(texts=texts))
    assert plain.startswith(b"%PDF-")
    assert "Winch" in "".join(pages_of(plain))


def test_a_text_that_is_too_long_is_refused_by_name() -> None:
    with pytest.raises(InvalidOptionError) as refused:
        RenderOptions(texts=Texts(footer="x" * 301))
    assert refused.value.option == "texts.footer"
