"""The same invoice in two syntaxes has the same hash: official documents published in both."""

from pathlib import Path

import pytest

from formats.cii.document import write as write_cii
from formats.conversion import convert, read
from formats.en16931.changes import diff
from formats.en16931.hashing import semantic_hash
from formats.registry import PROFILES
from formats.ubl import write as write_ubl
from tests.formats.ubl.examples import full_invoice
from tests.official_documents import billing_documents

TWINS = "xrechnung/testsuite"

NOT_THE_SAME = {
    # The XRechnung test suite itself gives these pairs different content, term by term.
    "01.02a-INVOICE": {"BT-13"},
    "01.09a-INVOICE": {"BT-13"},
    "01.12a-INVOICE": {"BT-13"},
    "01.20a-INVOICE": {"BT-35", "BT-37"},
    "03.01a-INVOICE": {"BT-45"},
    "03.06a-INVOICE": {"BT-37", "BT-38", "BT-52", "BT-53"},
    "01.01_comprehensive_test": {"BG-3", "BT-29", "BT-44", "BT-45", "BT-61"},
    "01.03_comprehensive_test": {"BT-41", "BT-44", "BT-45", "BT-61"},
    "01.04_comprehensive_test": {"BT-41", "BT-44", "BT-45", "BT-61"},
    "02.01a-cvd_INVOICE": {"BT-29", "BT-61", "BT-154"},
}


@pytest.mark.official
def test_published_twins_have_one_hash(official: Path) -> None:
    seen, different = 0, {}
    for ubl in sorted((official / TWINS).rglob("*_ubl.xml")):
        cii = ubl.with_name(ubl.name.replace("_ubl.xml", "_uncefact.xml"))
        if not cii.exists():
            continue
        seen += 1
        one, other = read(ubl.read_bytes()).invoice, read(cii.read_bytes()).invoice
        changes = diff(one, other)
        assert (semantic_hash(one) == semantic_hash(other)) is (changes == ()), ubl.name
        if changes:
            different[ubl.name.removesuffix("_ubl.xml")] = {change.term for change in changes}
    assert seen == 18
    assert different == NOT_THE_SAME


@pytest.mark.official
def test_official_documents_keep_their_hash_in_the_other_syntax(official: Path) -> None:
    documents = [official / path for path in billing_documents(official)]
    documents += sorted((official / TWINS).rglob("*_uncefact.xml"))
    for path in documents:
        original = read(path.read_bytes()).invoice
        for write in (write_cii, write_ubl):
            assert semantic_hash(read(write(original)).invoice) == semantic_hash(original), path


def test_the_hash_survives_every_profile_that_carries_everything() -> None:
    source = write_ubl(full_invoice())
    hashes = {
        semantic_hash(convert(source, profile).invoice)
        for profile in PROFILES.values()
        if profile.carried is None
    }
    assert hashes == {semantic_hash(full_invoice())}
