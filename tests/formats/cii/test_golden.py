"""The bytes we write, kept in files; each file also passes its schemas and the official rules."""

from pathlib import Path

import pytest

from formats.cii import read, write
from formats.en16931 import rules
from formats.findings import Flag
from schemas import Catalog
from tests.formats.cii.examples import EXAMPLES
from tests.formats.cii.judges import D16B, D22B, fatal_rules, violations
from tests.oracle.saxon import SaxonOracle

FOLDER = Path(__file__).parents[2] / "golden" / "cii"


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
def test_golden_files_pass_schemas_and_official_rules(
    official: Path, oracle: SaxonOracle, name: str
) -> None:
    content = (FOLDER / name).read_bytes()
    assert violations(official, content, D16B) == violations(official, content, D22B) == []
    assert fatal_rules(Catalog((official,)), oracle, "EN-CII", content) == frozenset()
    own = [finding for finding in rules.check(read(content)) if finding.flag is Flag.FATAL]
    assert own == []


def test_every_file_has_its_example() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(EXAMPLES)
