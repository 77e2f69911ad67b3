"""How the pages look: each template and language beside a reviewed picture.

`--update-golden` rewrites the pictures; look at every one of them before committing.
"""

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from formats.pdf import RenderOptions, Template, Texts, render
from formats.pdf.language import LOCALES
from tests.formats.pdf.documents import picture_of
from tests.formats.pdf.invoices import LOGO, RICH, TYPICAL

GOLDEN = Path(__file__).parents[2] / "golden" / "pdf"
ALLOWED = 0.005
"""Share of pixels that may differ. Rasterising differs a little between builds of pdfium."""

TEXTS = Texts(
    header="Thank you for your order.\nIt is sent as agreed on the telephone.",
    footer="Jadran Oprema d.o.o. · registered in Koper · www.jadran.example",
    legal="Goods remain ours until they are paid for. " * 5,
)

_VISIBLE = 24
"""Difference in grey that counts as one: more than one of the sixteen steps."""


def differing(first: Image.Image, second: Image.Image) -> float:
    """Return the share of pixels that differ visibly; 1 for pictures of different sizes."""
    if first.size != second.size:
        return 1.0
    histogram = ImageChops.difference(first, second).histogram()
    return sum(histogram[_VISIBLE:]) / (first.width * first.height)


def compare(pdf: bytes, page: int, name: str, *, update: bool) -> None:
    picture = picture_of(pdf, page)
    path = GOLDEN / f"{name}.png"
    if update:
        path.parent.mkdir(parents=True, exist_ok=True)
        picture.convert("P", palette=Image.Palette.ADAPTIVE, colors=16).save(path, optimize=True)
    with Image.open(path) as golden:
        share = differing(picture, golden.convert("L"))
    assert share <= ALLOWED, f"{name}: {share:.2%} of the pixels differ"


@pytest.mark.parametrize("locale", sorted(LOCALES))
@pytest.mark.parametrize("template", Template)
def test_a_typical_invoice_looks_as_reviewed(
    template: Template, locale: str, *, update_golden: bool
) -> None:
    options = RenderOptions(template=template, locale=locale, logo=LOGO, primary_color="#0b6e99")
    pdf = render(TYPICAL, options)
    compare(pdf, 0, f"{template}-{locale}", update=update_golden)


@pytest.mark.parametrize("template", Template)
def test_a_credit_note_with_everything_looks_as_reviewed(
    template: Template, *, update_golden: bool
) -> None:
    pdf = render(RICH, RenderOptions(template=template))
    compare(pdf, 0, f"{template}-credit-note", update=update_golden)


KINDS = {
    "estimate": ("310", "sl", RenderOptions(texts=TEXTS)),
    "proforma": ("325", "it", RenderOptions()),
    "delivery-note": ("270", "fr", RenderOptions(hide_prices=True)),
    "order": ("220", "pl", RenderOptions()),
    "receipt": ("632", "es", RenderOptions(texts=TEXTS)),
    "draft": ("380", "de", RenderOptions(draft=True)),
    "advance": ("386", "hr", RenderOptions()),
    "self-billed": ("389", "nl", RenderOptions()),
}
"""What else there is: type code, a language, what is chosen."""


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("template", Template)
def test_other_kinds_look_as_reviewed(
    template: Template, kind: str, *, update_golden: bool
) -> None:
    code, locale, options = KINDS[kind]
    chosen = replace(options, template=template, locale=locale, logo=LOGO, primary_color="#0b6e99")
    pdf = render(TYPICAL.model_copy(update={"type_code": code}), chosen)
    compare(pdf, 0, f"{template}-{kind}", update=update_golden)


def test_no_picture_is_left_over() -> None:
    expected = {f"{template}-{locale}" for template in Template for locale in LOCALES}
    expected |= {f"{template}-{kind}" for template in Template for kind in ("credit-note", *KINDS)}
    assert {path.stem for path in GOLDEN.glob("*.png")} == expected


def test_the_comparison_sees_a_moved_line() -> None:
    picture = picture_of(render(TYPICAL))
    moved = picture_of(render(TYPICAL.model_copy(update={"buyer_reference": None})))
    assert differing(picture, picture) == 0
    assert differing(picture, moved) > ALLOWED
