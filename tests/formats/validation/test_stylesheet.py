"""Stylesheets that look codes up in a file beside them: judged from checked bytes alone."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

import pytest

from formats.validation.stylesheet import self_contained
from schemas import Artefact, Catalog
from tests.oracle.saxon import SaxonOracle

pytestmark = pytest.mark.official

DAY = date(2026, 11, 20)


@pytest.fixture
def rules(official: Path) -> Artefact:
    return Catalog([official]).resolve("eu.factur-x:en16931", DAY)


@pytest.fixture
def document(official: Path) -> bytes:
    return (official / "facturx/examples/en16931/factur-x-1.xml").read_bytes()


def test_nothing_is_left_to_open(rules: Artefact) -> None:
    assert b"document('FACTUR-X_EN16931_codedb.xml')" in rules.content
    alone = self_contained(rules)
    assert b"document(" not in alone
    assert alone.count(b"<codedb") == 1


def test_a_stylesheet_in_one_file_stays_as_it_is(official: Path) -> None:
    rules = Catalog([official]).resolve("eu.cen.en16931:cii", DAY)
    assert self_contained(rules) == rules.content


def test_a_code_is_looked_up_in_the_checked_list(rules: Artefact, document: bytes) -> None:
    wrong = document.replace(b">EUR</ram:InvoiceCurrencyCode>", b">EUX</ram:InvoiceCurrencyCode>")
    assert wrong != document
    # The rules are asked about files that differ by one code of their list.
    (codes,) = (name for name in rules.files if name != rules.entry)
    longer = rules.files[codes].replace(b'value="EUR"', b'value="EUX"')
    other = replace(rules, sha256="0" * 64, files=MappingProxyType({**rules.files, codes: longer}))
    with SaxonOracle() as oracle:
        assert oracle.run(rules, document) == ()
        refused = {finding.rule for finding in oracle.run(rules, wrong)}
        assert refused
        assert {finding.rule for finding in oracle.run(other, document)} & refused


def test_braces_in_a_list_are_no_template(rules: Artefact, document: bytes) -> None:
    (codes,) = (name for name in rules.files if name != rules.entry)
    braced = rules.files[codes].replace(b'value="EUR"', b'value="{1 div 0}"')
    assert braced != rules.files[codes]
    other = replace(rules, sha256="1" * 64, files=MappingProxyType({**rules.files, codes: braced}))
    with SaxonOracle() as oracle:
        assert oracle.run(other, document)
