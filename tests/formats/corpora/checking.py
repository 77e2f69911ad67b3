"""Which documents are checked, and how a failure that is listed differs from one that is not."""

from collections.abc import Callable
from pathlib import Path

from tests.formats.corpora import exceptions
from tests.official_documents import Document, documents, hybrids


def everything(official: Path) -> tuple[Document, ...]:
    """Return every readable document, the XML of hybrid PDFs included."""
    return (*documents(official), *hybrids(official))


def check(name: str, chosen: tuple[Document, ...], failure: Callable[[Document], object]) -> None:
    """Fail for every document that fails and is not listed, and for every one that is in vain."""
    failures = {document.path: found for document in chosen if (found := failure(document))}
    listed = exceptions.listed(name, (document.path for document in chosen))
    unexpected = {path: found for path, found in failures.items() if path not in listed}
    assert unexpected == {}, f"{len(unexpected)} of {len(chosen)}"
    assert set(listed) - set(failures) == set(), "these no longer fail: take them off the list"
