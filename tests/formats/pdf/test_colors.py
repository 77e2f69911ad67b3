"""Text stays readable whatever the sender's colour is."""

import pytest

from formats.pdf.colors import contrast, readable_on, readable_on_white


@pytest.mark.parametrize(
    "color", ["#000000", "#ffffff", "#ffd400", "#1f4e79", "#777777", "#00ff00"]
)
def test_text_stands_out(color: str) -> None:
    assert contrast(readable_on_white(color), "#ffffff") >= 4.5
    assert contrast(readable_on(color), color) >= 4.2  # middle grey allows no more than 4.5


def test_a_dark_colour_stays_itself() -> None:
    assert readable_on_white("#1f4e79") == "#1f4e79"
    assert readable_on("#1f4e79") == "#ffffff"
    assert readable_on("#ffd400") == "#111111"


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
