"""Bundles of many documents: the same bytes, and memory that does not grow with them."""

import io
import tracemalloc
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from typing_extensions import override

from gateway.archive.bundle import BundledEntry, BundleHead
from gateway.archive.bundle_writing import BundleWriter
from tests.gateway.archive.bundles import KEY, NOW, bundle_of, described, leaf

if TYPE_CHECKING:
    from typing_extensions import Buffer  # collections.abc has it from Python 3.12

SHARE, ALL = 1_000, 10_000


class Drain(io.BytesIO):
    """Counts what is written, and keeps none of it."""

    size = 0

    @override
    def write(self, data: "Buffer", /) -> int:
        length = memoryview(data).nbytes
        self.size += length
        return length


def test_the_same_documents_make_the_same_bytes() -> None:
    many = [{f"{n}.xml": ("document", b"<x>%d</x>" % n)} for n in range(5)]
    assert bundle_of(many) == bundle_of(many)
    assert bundle_of(many) != bundle_of(many[::-1])


def test_the_bytes_of_documents_are_not_kept_in_memory(request: pytest.FixtureRequest) -> None:
    """10,000 documents of 50 kB, or a tenth: the peak is the manifest and the index."""
    documents = ALL if request.config.getoption("--full") else SHARE
    content = bytes(50_000)
    files = {"invoice.xml": ("document", content)}
    sink = Drain()
    tracemalloc.start()
    try:
        with BundleWriter(sink, BundleHead("checkpoint"), key=KEY, now=NOW) as writer:
            for place in range(documents):
                one = UUID(int=place)
                entry = BundledEntry(
                    "invoice.xml", content, leaf("document", "invoice.xml", content, one), 0, ()
                )
                writer.add(described(one, place, files), [], [entry])
            writer.finish()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert sink.size > documents * len(content)
    assert peak < 5_000_000 + 4_000 * documents, peak
