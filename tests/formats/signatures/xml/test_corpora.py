"""The official corpora of XML signatures: for each file what we say, and why it is so.

`corpora.tsv` states it. Where a file's name promises something else, or it cannot be judged, its
last column says why.
"""

import itertools
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from formats.signatures.report import Indication, Outcome
from formats.signatures.trust import Terms
from formats.signatures.xml import check
from tests.formats.signatures.xml.corpora import CORPORA, LATE, Row, rows, table

pytestmark = pytest.mark.official
EXPECTED = {
    file: [row.said for row in grouped]
    for file, grouped in itertools.groupby(table(), lambda row: row.file)
}


def test_the_table_lists_every_file(official: Path) -> None:
    there = {
        str(path.relative_to(official))
        for one in CORPORA
        for path in (official / one).rglob("*.xml")
    }
    assert there == set(EXPECTED)


@pytest.mark.parametrize("file", EXPECTED)
def test_what_is_said_of_a_file(official: Path, file: str) -> None:
    assert [row.said for row in rows(official, file)] == EXPECTED[file]


def test_nothing_that_is_wrong_by_name_passes() -> None:
    wrong = ("wrong", "tampered", "invalid", "broken", "fake", "injected", "unsupported")
    passed = [row for row in table() if row.verdict == "PASSED"]
    said = {row.file for row in passed if any(word in row.file for word in wrong)}
    assert all(row.why for row in passed if row.file in said), said


def test_each_honest_file_of_the_interop_corpus_is_right_or_says_why() -> None:
    silent = [row for row in table() if not row.mathematics and not row.why]
    named = ("invalid", "bad-", "broken", "tampered", "xsw", "unsupported", "unknown", "injection")
    odd = {
        "xades-no-keyinfo-sign-cert",
        "xades-not-base64-sigValue",
        "dss-signed-altered-refRemoved",
    }
    assert [
        row.file
        for row in silent
        if not any(word in row.file for word in named) and Path(row.file).stem not in odd
    ] == []


NAMED = {
    "phaos-xmldsig-three/signature-rsa-manifest-x509-data-issuer-serial.xml": "certs",
    "phaos-xmldsig-three/signature-rsa-manifest-x509-data-subject-name.xml": "certs",
    "phaos-xmldsig-three/signature-rsa-manifest-x509-data-ski.xml": "certs",
    "xml-crypto/windows_store_signature.xml": ".",
    "ws-security/ws-js/test/unit/client/files/valid wss resp.xml": "../../../../examples",
}
"""Signatures without a certificate, and where it is."""


@pytest.mark.parametrize("file", NAMED)
def test_a_certificate_that_is_handed_in_is_found(official: Path, file: str) -> None:
    path = official / "xmldsig-interop" / file
    pems = sorted((path.parent / NAMED[file]).glob("*.pem"))
    held = [x509.load_pem_x509_certificate(pem.read_bytes()) for pem in pems]
    ders = [one.public_bytes(Encoding.DER) for one in held]
    without = check(path.read_bytes(), Terms(None, LATE)).signatures[0]
    assert "signature" not in [one.id for one in without.checks]
    found = check(path.read_bytes(), Terms(None, LATE), certificates=ders).signatures[0]
    assert "signature" in [one.id for one in found.checks if one.outcome is Outcome.PASSED]
    assert found.certificate in ders
    assert found.indication is Indication.INDETERMINATE


def test_a_row_is_read_as_it_is_written() -> None:
    assert table()[0] == Row(
        "xmldsig-interop/TR2012/signature-enveloping-derencoded-ec.xml",
        "NO_SIGNING_CERTIFICATE_FOUND",
        "right",
        "certificate",
        "right for a bare key: no certificate says whose it is",
    )
