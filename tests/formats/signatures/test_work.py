"""What many signatures over the same files cost: as much as one, but for the signatures."""

import hashlib
import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import pytest
from asn1crypto import cms as asn1_cms
from cryptography.hazmat.primitives import hashes

from formats.signatures import asic, asic_manifest, cms, cms_making
from formats.signatures.digests import MOST_TIMES, Digests
from formats.signatures.report import Indication, SubIndication
from formats.signatures.trust import Terms, TrustStore
from formats.signatures.xml import Form, Properties, Target, sign_detached
from formats.signatures.xml.rejection import Rejected
from formats.signatures.xml.work import Work
from tests.formats.signatures.pki import NOW, edwards_key, house

TOP, MIDDLE, LEAF = house()
TERMS = Terms(TrustStore("test", (TOP.der,)), NOW)
SIZE = 70_001
FILES = {f"file-{n}.bin": bytes([n]) * SIZE for n in range(20)}
Parts = list[tuple[str, bytes]]


def zipped(parts: Parts) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, content in [("mimetype", asic.EXTENDED), *FILES.items(), *parts]:
            archive.writestr(zipfile.ZipInfo(name), content)
    return written.getvalue()


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter[tuple[str, bytes]]]:
    """Count what is digested of files: by whom else than these two would it be?"""
    found: Counter[tuple[str, bytes]] = Counter()
    new, update = hashlib.new, hashes.Hash.update

    def counting_new(name: str, data: bytes = b"", **more: bool) -> object:
        if len(data) == SIZE:
            found[name, data[:1]] += 1
        return new(name, data, **more)

    class Counting:
        def __init__(self, algorithm: hashes.HashAlgorithm) -> None:
            self._own, self._name = hashes_hash(algorithm), algorithm.name

        def update(self, data: bytes) -> None:
            if len(data) == SIZE:
                found[self._name, data[:1]] += 1
            update(self._own, data)

        def finalize(self) -> bytes:
            return self._own.finalize()

    hashes_hash = hashes.Hash
    with monkeypatch.context() as patch:
        patch.setattr(hashlib, "new", counting_new)
        patch.setattr(hashes, "Hash", Counting)
        yield found


def xades(digest: Literal["sha256", "sha512"]) -> bytes:
    targets = [Target(uri=name, content=content) for name, content in FILES.items()]
    form = Form(digest=digest)
    return sign_detached(targets, LEAF.signer(), form, Properties(signing_time=NOW))


def test_fifty_xades_over_twenty_files_digest_each_file_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one, other = xades("sha256"), xades("sha512")
    parts = [(f"META-INF/signatures{n}.xml", other if n % 5 == 0 else one) for n in range(50)]
    container = zipped(parts)
    with counted(monkeypatch) as found:
        report = asic.check(container, TERMS).report
    assert len(report.signatures) == 50
    assert {one.indication for one in report.signatures} == {Indication.TOTAL_PASSED}
    assert {len(one.signed) for one in report.signatures} == {20}
    assert found == Counter(
        {(name, bytes([n])): 1 for name in ("sha256", "sha512") for n in range(20)}
    )


def test_fifty_manifests_over_twenty_files_digest_each_file_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    parts: Parts = []
    files = [
        (name, "application/octet-stream", hashlib.sha256(content).digest())
        for name, content in FILES.items()
    ]
    for n in range(50):
        manifest = asic_manifest.write(f"META-INF/signature{n}.p7s", files)
        signature = cms_making.sign(manifest, LEAF.signer(), at=NOW, detached=True)
        parts += [
            (f"META-INF/ASiCManifest{n}.xml", manifest),
            (f"META-INF/signature{n}.p7s", signature),
        ]
    container = zipped(parts)
    with counted(monkeypatch) as found:
        report = asic.check(container, TERMS).report
    assert [one.indication for one in report.signatures] == [Indication.TOTAL_PASSED] * 50
    assert {len(one.signed) for one in report.signatures} == {21}
    assert found == Counter({("sha256", bytes([n])): 1 for n in range(20)})


def test_a_changed_file_is_found_by_every_signature(monkeypatch: pytest.MonkeyPatch) -> None:
    signature = xades("sha256")
    monkeypatch.setitem(FILES, "file-7.bin", b"\7" * (SIZE - 1) + b"\1")
    container = zipped([(f"META-INF/signatures{n}.xml", signature) for n in range(3)])
    found = asic.check(container, TERMS).report.signatures
    assert [one.sub_indication for one in found] == [SubIndication.HASH_FAILURE] * 3
    assert [one.signed for one in found] == [()] * 3


def test_signers_without_attributes_share_the_digest_too(monkeypatch: pytest.MonkeyPatch) -> None:
    content = FILES["file-3.bin"]
    message = bare(content, LEAF.signer().sign(content), "rsassa_pkcs1v15", 9)
    with counted(monkeypatch) as found:
        report = cms.check(message, TERMS)
    assert [len(one.signed) for one in report.signatures] == [1] * 9
    assert found == Counter({("sha256", b"\3"): 1})
    wrong = bare(content, LEAF.signer().sign(content[:-1]), "rsassa_pkcs1v15", 1)
    (judged,) = cms.check(wrong, TERMS).signatures
    assert judged.sub_indication is SubIndication.SIG_CRYPTO_FAILURE


def bare(content: bytes, signature: bytes, algorithm: str, count: int, der: bytes = b"") -> bytes:
    """Return a message of signers that say nothing but their signature."""
    made = asn1_cms.ContentInfo.load(cms_making.sign(content, LEAF.signer(), at=NOW))
    signed = made["content"]
    (info,) = signed["signer_infos"]
    del info["signed_attrs"]
    info["signature"] = signature
    info["signature_algorithm"] = {"algorithm": algorithm}
    if algorithm == "ed25519":
        info["digest_algorithm"] = {"algorithm": "sha512"}
        issued = asn1_cms.Certificate.load(der)
        info["sid"] = asn1_cms.SignerIdentifier(
            "issuer_and_serial_number",
            {"issuer": issued.issuer, "serial_number": issued.serial_number},
        )
        signed["certificates"] = [issued]
    signed["signer_infos"] = [info] * count
    written: bytes = made.dump()
    return written


def test_signatures_that_go_through_all_of_it_themselves_are_limited() -> None:
    person = MIDDLE.issue("Person", key=edwards_key("Person"))
    content = b"text"
    signature = edwards_key("Person").sign(content)
    for count, held in ((MOST_TIMES, MOST_TIMES), (MOST_TIMES + 3, MOST_TIMES)):
        report = cms.check(bare(content, signature, "ed25519", count, person.der), TERMS)
        assert [bool(one.signed) for one in report.signatures] == [True] * held + [False] * (
            count - held
        )


def test_the_work_of_a_container_is_one() -> None:
    digests = Digests()
    work = Work(1, digests)
    file = bytes(150_000)
    for _ in range(5):
        assert work.digest("sha256", file) == hashlib.sha256(file).digest()
    made = [work.transformed(bytes(1), b"way", lambda: b"made") for _ in range(2)]
    assert made == [b"made"] * 2
    with pytest.raises(Rejected):
        work.digest("sha512", file)
