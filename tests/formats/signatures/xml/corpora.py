"""What we say of the official corpora of XML signatures, file by file; `corpora.tsv` holds it."""

import csv
import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from formats.signatures.report import Outcome, Signature
from formats.signatures.trust import Terms, TrustStore
from formats.signatures.xml import check

TABLE = Path(__file__).with_name("corpora.tsv")
LATE = datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC)
CORPORA = ("xmldsig-interop", "xades-samples")


@dataclass(frozen=True)
class Row:
    """One signature of one file.

    Attributes:
        file: Its path in the official files.
        verdict: `PASSED`, or the sub-indication, when its own certificate is believed and it is
            judged a month after it says it was signed; `none` when there is no signature.
        mathematics: `right` when digests and value are, whatever else is wrong.
        failed: The check that failed first.
        why: In words, where the file's name promises something else, or it cannot be judged.
    """

    file: str
    verdict: str
    mathematics: str
    failed: str
    why: str = ""

    @property
    def said(self) -> tuple[str, str, str, str]:
        return self.file, self.verdict, self.mathematics, self.failed


def rows(official: Path, file: str) -> Iterator[Row]:
    """Judge a file twice: for its certificates, and then believing them."""
    document = (official / file).read_bytes()
    first = check(document, Terms(None, LATE)).signatures
    for place, signature in enumerate(first):
        yield _row(file, _believing(document, signature, place))
    if not first:
        yield Row(file, "none", "", "")


def _believing(document: bytes, signature: Signature, place: int) -> Signature:
    if signature.certificate is None:
        return signature
    at = (signature.claimed_at or LATE) + datetime.timedelta(days=30)
    store = TrustStore("its own certificate", (signature.certificate,))
    return check(document, Terms(store, at)).signatures[place]


def _row(file: str, signature: Signature) -> Row:
    passed = {one.id for one in signature.checks if one.outcome is Outcome.PASSED}
    failed = [one.id for one in signature.checks if one.outcome is Outcome.FAILED]
    return Row(
        file,
        str(signature.sub_indication or "PASSED"),
        "right" if {"reference", "signature"} <= passed else "",
        failed[0] if failed else "",
    )


def table() -> list[Row]:
    with TABLE.open(newline="") as lines:
        return [Row(*line) for line in csv.reader(lines, delimiter="\t")][1:]
