"""The lists of XRechnung are those of the file they were made from."""

from pathlib import Path

import pytest

from formats.en16931.codes.identifiers import EAS, ICD, ITEM_CLASSIFICATIONS
from formats.xrechnung import code_lists
from scripts.code_lists import XRECHNUNG_VERSION, xrechnung_module
from tests.architecture.sources import ROOT


@pytest.mark.official
def test_the_module_is_what_the_script_makes_of_the_official_file(official: Path) -> None:
    stylesheet = official / "xrechnung/xslt-3.0.2/XRechnung-UBL-validation.xslt"
    made = xrechnung_module(stylesheet)
    assert made == (ROOT / "formats/xrechnung/code_lists.py").read_text("utf-8")
    assert f"Schematron Version {XRECHNUNG_VERSION}" in stylesheet.read_text("utf-8")


def test_the_lists_are_an_older_edition_of_those_of_en_16931() -> None:
    assert code_lists.IDENTIFIER_SCHEMES <= ICD
    assert code_lists.ITEM_CLASSIFICATIONS <= ITEM_CLASSIFICATIONS
    assert code_lists.ELECTRONIC_ADDRESS_SCHEMES <= EAS
    assert code_lists.ELECTRONIC_ADDRESS_SCHEMES != EAS, "else ours could be taken"
