from pathlib import Path

import pytest

from formats import reading
from formats.binding import Trace
from formats.ksef import read, write
from formats.ksef.names import NAMESPACE
from formats.registry import PROFILES
from formats.validation.pipeline import judge
from formats.xml import UnreadableDocumentError
from schemas import Catalog
from tests.formats.ksef.documents import DAY, fa3_documents, tree_of, violations

pytestmark = pytest.mark.official

COUNT = 27

BROKEN = {"csharp-invoice-template-fa-3-with-multiple-Subject3.xml"}
"""Official documents that the schema itself refuses."""


def test_every_document_says_the_same_when_it_is_written_again(official: Path) -> None:
    documents = fa3_documents(official)
    for path in documents:
        content = path.read_bytes()
        trace = Trace()
        invoice = read(content, trace)
        written = write(invoice)
        assert trace.unread == [], path.name
        assert tree_of(written) == tree_of(content), path.name
        assert read(written) == invoice, path.name
        assert write(read(written)) == written, path.name
        broken = path.name in BROKEN
        assert bool(violations(official, content)) is broken, path.name
        assert bool(violations(official, written)) is broken, path.name
    assert len(documents) == COUNT


def test_every_example_passes_every_layer_of_the_profile(official: Path) -> None:
    catalog = Catalog((official,))
    profile = PROFILES["ksef-fa-3"]
    for path in sorted((official / "pl-ksef" / "examples" / "fa3").iterdir()):
        report = judge(path.read_bytes(), profile=profile, as_of=DAY, catalog=catalog, engine=None)
        assert report.valid, (path.name, report.findings)
        assert {finding.rule for finding in report.findings} <= {"PL-12"}  # fictitious NIPs


def test_a_document_is_told_by_its_root(official: Path) -> None:
    path = next(iter(fa3_documents(official)))
    found = reading.read(path.read_bytes())
    assert (found.source, found.losses) == (reading.Source.KSEF, ())
    assert found.profile is PROFILES["ksef-fa-3"]
    assert found.invoice.process_control.specification_identifier == NAMESPACE


@pytest.mark.parametrize(("folder", "name"), [("fa1", r"FA\(1\)"), ("fa2", r"FA\(2\)")])
def test_what_ksef_took_before_is_refused_by_name(official: Path, folder: str, name: str) -> None:
    paths = list((official / "pl-ksef" / "examples" / folder).iterdir())
    for path in paths:
        with pytest.raises(UnreadableDocumentError, match=name) as caught:
            reading.read(path.read_bytes())
        assert caught.value.code == "unknown-root"
    assert paths
