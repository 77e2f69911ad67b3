"""The bytes we write, kept in files; each file also passes its schema and the official rules."""

from collections.abc import Callable
from pathlib import Path

import pytest

from formats.en16931 import Invoice
from formats.findings import Flag
from formats.registry import profile
from formats.ubl import read, write
from schemas import Catalog
from tests.formats.ubl.examples import credit_note, direct_debit, full_invoice
from tests.formats.ubl.judges import fatal_rules, violations
from tests.oracle.saxon import SaxonOracle

FOLDER = Path(__file__).parents[2] / "golden" / "ubl"

EXAMPLES: dict[str, Callable[[], Invoice]] = {
    "full-invoice.xml": full_invoice,
    "credit-note.xml": credit_note,
    "direct-debit.xml": direct_debit,
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_bytes_stay_the_same(name: str, *, update_golden: bool) -> None:
    invoice = EXAMPLES[name]()
    written = write(invoice)
    if update_golden:
        (FOLDER / name).write_bytes(written)
    assert written == (FOLDER / name).read_bytes()
    assert read(written) == invoice


@pytest.mark.official
@pytest.mark.parametrize("name", EXAMPLES)
def test_golden_files_pass_schema_and_official_rules(
    official: Path, oracle: SaxonOracle, name: str
) -> None:
    content = (FOLDER / name).read_bytes()
    assert violations(official, content) == []
    peppol = profile("peppol-bis-3")
    assert fatal_rules(Catalog((official,)), oracle, peppol, content) == []
    assert [
        finding
        for check in peppol.rules
        for finding in check(read(content))
        if finding.flag is Flag.FATAL
    ] == []


def test_every_file_has_its_example() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(EXAMPLES)
