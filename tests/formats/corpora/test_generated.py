"""Nothing is lost in silence of documents that say everything their schema allows.

No official example goes as far: whatever a reader meets, it is kept, or it is reported.
"""

from pathlib import Path

import pytest

from formats.binding import Trace
from formats.xml import parse
from tests.formats.corpora import exceptions
from tests.formats.corpora.content import compare
from tests.formats.corpora.generated import Generator
from tests.formats.corpora.rewriting import CODECS
from tests.formats.corpora.schemas import complaints

pytestmark = pytest.mark.official

UBL = "ubl21/xsdrt/maindoc/UBL-{}-2.1.xsd"
CII = "cii/xsd/d16b/data/standard/CrossIndustryInvoice_100pD16B.xsd"
FULL = pytest.mark.full
CASES = [
    pytest.param("Invoice", 2, 2, id="invoice"),
    pytest.param("CrossIndustryInvoice", 3, 2, id="cii"),
    *(pytest.param("Invoice", 4, n, id=f"deep-invoice-{n}", marks=FULL) for n in (1, 2)),
    *(pytest.param("CreditNote", 4, n, id=f"deep-credit-note-{n}", marks=FULL) for n in (1, 2)),
    *(pytest.param("CrossIndustryInvoice", 5, n, id=f"deep-cii-{n}", marks=FULL) for n in (1, 2)),
]
SYNTAXES = {
    "Invoice": ("ubl", "UBL 2.1", UBL),
    "CreditNote": ("ubl", "UBL 2.1", UBL),
    "CrossIndustryInvoice": ("cii", "CII D16B", CII),
}


@pytest.mark.parametrize(("root", "depth", "repeats"), CASES)
def test_everything_is_kept_or_reported(
    official: Path, root: str, depth: int, repeats: int
) -> None:
    syntax, title, schema = SYNTAXES[root]
    generator = Generator(official / schema.format(root), depth=depth, repeats=repeats)
    original = generator.document(root)
    assert complaints(official, parse(original))[title] == ()
    codec, trace = CODECS[syntax], Trace(most=10_000_000)
    invoice = codec.read(original, trace)
    written = codec.write(invoice)
    assert codec.read(written, None) == invoice
    unread = [entry.path for entry in trace.unread]
    content = compare(parse(original), parse(written), unread)
    silent, invented = exceptions.explained(content)
    assert content.leaves > 300
    assert dict(silent) == {}
    assert dict(invented) == {}
    assert dict(content.recanted) == {}
