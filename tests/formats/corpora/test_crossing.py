"""Every official invoice survives the way into the other syntax and back."""

from pathlib import Path

import pytest

from tests.formats.corpora import measuring
from tests.formats.corpora.checking import check, everything
from tests.formats.corpora.crossing import silently_lost
from tests.official_documents import Document

pytestmark = pytest.mark.official


def chosen(official: Path, *, full: bool) -> tuple[Document, ...]:
    return measuring.share(everything(official), full=full)


def test_no_term_is_lost_on_the_way_through_the_other_syntax(
    official: Path, *, full: bool
) -> None:
    def lost(document: Document) -> object:
        return measuring.lost_on_the_way(official, document)

    check("cross", chosen(official, full=full), lost)


def test_what_is_written_on_the_way_is_schema_valid(official: Path, *, full: bool) -> None:
    def errors(document: Document) -> object:
        return measuring.schema_errors_on_the_way(official, document)

    check("cross-schema", chosen(official, full=full), errors)


def test_a_conversion_reports_what_it_does_not_write(official: Path, *, full: bool) -> None:
    def lost(document: Document) -> object:
        return silently_lost(official, document)

    # Only documents as they come: the XML of a hybrid has no paths of its own in the PDF.
    documents = tuple(
        entry for entry in chosen(official, full=full) if not entry.path.endswith(".pdf")
    )
    check("cross-silent", documents, lost)
