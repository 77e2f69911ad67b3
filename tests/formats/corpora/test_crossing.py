"""Every official invoice survives the way into the other syntax and back."""

from pathlib import Path

import pytest

from tests.formats.corpora import measuring
from tests.formats.corpora.checking import check, everything
from tests.formats.corpora.crossing import silently_lost
from tests.official_documents import Document, documents

pytestmark = pytest.mark.official


def test_no_term_is_lost_on_the_way_through_the_other_syntax(official: Path) -> None:
    check("cross", everything(official), lambda entry: measuring.lost_on_the_way(official, entry))


def test_what_is_written_on_the_way_is_schema_valid(official: Path) -> None:
    def errors(document: Document) -> object:
        return measuring.schema_errors_on_the_way(official, document)

    check("cross-schema", everything(official), errors)


def test_a_conversion_reports_what_it_does_not_write(official: Path, *, full: bool) -> None:
    def lost(document: Document) -> object:
        return silently_lost(official, document)

    # Only documents as they come: the XML of a hybrid has no paths of its own in the PDF.
    chosen = measuring.share(documents(official), full=full)
    check("cross-silent", chosen, lost)
