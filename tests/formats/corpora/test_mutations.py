"""Readers refuse nothing that is XSD-valid, and lose nothing in silence: also of odd documents."""

from pathlib import Path
from random import Random

import pytest

from formats.binding import Trace
from formats.en16931.comparison import differences
from formats.xml import UnreadableDocumentError, parse
from tests.formats.corpora import exceptions, measuring
from tests.formats.corpora.content import compare
from tests.formats.corpora.mutations import mutations
from tests.formats.corpora.rewriting import CODECS
from tests.formats.corpora.schemas import complaints
from tests.official_documents import Document, documents

pytestmark = pytest.mark.official

SEED = 20261121
LARGEST = 150_000
"""Bytes of a document; larger ones are mostly attachments."""
TOLERATED = 0.005
"""Changed documents that may fail: each official one, as it is, is held to all of it elsewhere."""
TITLES = {"ubl": "UBL 2.1", "cii": "CII D16B"}


def failures(official: Path, document: Document, changed: bytes) -> list[object]:
    """Return what is wrong with reading and writing a document, if it is readable."""
    title = TITLES[document.syntax]
    try:
        root = parse(changed)
    except UnreadableDocumentError:
        return []
    if complaints(official, root)[title]:
        return []
    codec, trace = CODECS[document.syntax], Trace()
    invoice = codec.read(changed, trace)
    written = codec.write(invoice)
    again = parse(written)
    try:
        content = compare(root, again, [entry.path for entry in trace.unread])
    except LookupError:
        # libxml2 counts by prefix in its paths, and lxml may give a copy another one than its twin
        return []
    silent, invented = exceptions.explained(content)
    found = [complaints(official, again)[title], dict(silent), dict(invented)]
    return [*filter(None, found), *differences(invoice, codec.read(written, None))]


def test_documents_with_something_changed_survive(official: Path, *, full: bool) -> None:
    found, tried = {}, 0
    random = Random(SEED)  # noqa: S311 - a run that can be repeated
    for document in measuring.share(documents(official), full=full):
        content = document.content(official)
        if len(content) > LARGEST:
            continue
        for number, changed in enumerate(mutations(content, random, 5 if full else 2)):
            tried += 1
            if wrong := failures(official, document, changed):
                found[document.path, number] = wrong
    assert len(found) <= tried * TOLERATED, found
