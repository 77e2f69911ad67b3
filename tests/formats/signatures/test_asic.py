import dataclasses
import datetime
import hashlib
import io
import os
import struct
import time
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from formats.signatures import asic, asic_making, asic_manifest, cms_making
from formats.signatures.asic_making import File
from formats.signatures.asic_zip import ContainerError, opened
from formats.signatures.report import Indication, SubIndication
from formats.signatures.trust import Terms, TrustStore
from tests.formats.signatures import tsa
from tests.formats.signatures.pki import NOW, house

TOP, MIDDLE, LEAF = house()
TERMS = Terms(TrustStore("test", (TOP.der,)), NOW)
SUB = SubIndication
PASSED = Indication.TOTAL_PASSED
TRUE, FALSE = b"<Invoice>1</Invoice>", b"<Invoice>9</Invoice>"
OTHER = hashlib.sha256(FALSE).digest()
FILES = (File("invoice.xml", "text/xml", TRUE), File("rečun 1.txt", "text/plain", b"one"))
MADE = asic_making.container(FILES, LEAF.signer(), at=NOW)
OFFICIAL = Path(os.environ.get("GATEWAY_OFFICIAL", "/nowhere")) / "asic"


def zipped(parts: Sequence[tuple[str, bytes]]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, content in parts:
            archive.writestr(zipfile.ZipInfo(name), content)
    return written.getvalue()


def parts_of(container: bytes = MADE) -> dict[str, bytes]:
    return opened(container)


def with_parts(**changes: bytes | None) -> bytes:
    """Return the container with some parts changed, added or (None) left out."""
    parts: dict[str, bytes | None] = {**parts_of(), **changes}
    return zipped([(name, content) for name, content in parts.items() if content is not None])


SIGNATURE, MANIFEST = "META-INF/signature.p7s", "META-INF/ASiCManifest.xml"


def test_a_container_covers_all_its_files() -> None:
    checked = asic.check(MADE, TERMS)
    (signature,) = checked.report.signatures
    assert (signature.format, signature.indication) == ("ASiC-E CAdES-B", PASSED)
    assert [one.name for one in signature.signed] == [MANIFEST, *(one.name for one in FILES)]
    assert [one.content for one in signature.signed][1:] == [one.content for one in FILES]
    assert checked.unsigned == ()


def test_the_same_signature_gives_the_same_container() -> None:
    assert asic_making.container(FILES, LEAF.signer(), at=NOW) == MADE  # RSA PKCS #1: no chance
    with zipfile.ZipFile(io.BytesIO(MADE)) as archive:
        assert archive.testzip() is None
        assert archive.infolist()[0].filename == "mimetype"
        assert archive.infolist()[0].compress_type == zipfile.ZIP_STORED


def test_a_time_stamp_goes_in() -> None:
    made = asic_making.container(FILES, LEAF.signer(), at=NOW, stamp=tsa.token)
    (signature,) = asic.check(made, TERMS).report.signatures
    assert (signature.format, signature.proven_at) == ("ASiC-E CAdES-T", NOW)


@pytest.mark.parametrize(
    "name", ["", "META-INF/x", "meta-inf/x", "mimetype", "../x", "/x", "a\\b"]
)
def test_names_that_no_container_may_have_are_not_written(name: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        asic_making.container([File(name, "text/plain", b"")], LEAF.signer(), at=NOW)


def test_the_simple_kind_covers_its_one_file() -> None:
    signature = cms_making.sign(TRUE, LEAF.signer(), at=NOW, detached=True)
    parts = [("mimetype", asic.SIMPLE), ("a.xml", TRUE), ("META-INF/signature.p7s", signature)]
    (found,) = asic.check(zipped(parts), TERMS).report.signatures
    assert (found.format, found.indication) == ("ASiC-S CAdES-B", PASSED)
    assert [(one.name, one.content) for one in found.signed] == [("a.xml", TRUE)]
    two = zipped([*parts, ("b.xml", FALSE)])
    assert asic.check(two, TERMS).report.signatures[0].sub_indication is SUB.FORMAT_FAILURE


def test_a_file_that_was_added_is_told() -> None:
    checked = asic.check(with_parts(**{"added.xml": FALSE}), TERMS)
    assert checked.report.indication is PASSED
    assert [name for name, _ in checked.unsigned] == ["added.xml"]


def resigned(manifest: bytes) -> bytes:
    signature = cms_making.sign(manifest, LEAF.signer(), at=NOW, detached=True)
    return with_parts(**{MANIFEST: manifest, SIGNATURE: signature})


def manifest(old: bytes, new: bytes) -> Callable[[], bytes]:
    """Change the manifest and sign it again with the right key."""
    return lambda: resigned(parts_of()[MANIFEST].replace(old, new))


def part(name: str, content: bytes | None) -> Callable[[], bytes]:
    return lambda: with_parts(**{name: content})


def bent(offset: int, change: bytes, mark: bytes, last: bool = False) -> Callable[[], bytes]:  # noqa: FBT001, FBT002
    """Change bytes at some distance from a mark."""

    def made() -> bytes:
        place = (MADE.rindex(mark) if last else MADE.index(mark)) + offset
        return MADE[:place] + change + MADE[place + len(change) :]

    return made


def bomb() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", asic.EXTENDED, zipfile.ZIP_STORED)
        archive.writestr("bomb.xml", b"\0" * 30_000_000)
    return written.getvalue()


def overlapping() -> bytes:
    """Two entries of the directory over the same bytes (CVE-2024-0450)."""
    made = zipped([("aaa", b"x" * 50), ("bbb", b"y" * 50)])
    end = made.rindex(b"PK\x05\x06")
    directory = struct.unpack("<L", made[end + 16 : end + 20])[0]
    second = made.rindex(b"PK\x01\x02")
    assert second > directory
    return made[: second + 42] + struct.pack("<L", 0) + made[second + 46 :]


def many() -> bytes:
    return zipped([("mimetype", asic.EXTENDED), *((f"f{one}", b"") for one in range(1_001))])


def twice() -> bytes:
    with pytest.warns(UserWarning, match="Duplicate"):
        return zipped([*parts_of().items(), ("invoice.xml", FALSE)])


def encrypted() -> bytes:
    place = MADE.rindex(b"PK\x01\x02") + 8
    return MADE[:place] + b"\x01" + MADE[place + 1 :]


def nothing_signed() -> bytes:
    return zipped([("mimetype", asic.EXTENDED), ("a.xml", TRUE)])


def beside() -> bytes:
    """A signature that no manifest names."""
    other = cms_making.sign(TRUE, LEAF.signer(), at=NOW, detached=True)
    return with_parts(**{"META-INF/signature2.p7s": other})


SHA256 = b"http://www.w3.org/2001/04/xmlenc#sha256"
HOSTILE: dict[str, tuple[Callable[[], bytes], SubIndication]] = {
    "a file replaced": (part("invoice.xml", FALSE), SUB.HASH_FAILURE),
    "a file emptied": (part("invoice.xml", b""), SUB.HASH_FAILURE),
    "a file left out": (part("invoice.xml", None), SUB.SIGNED_DATA_NOT_FOUND),
    "the manifest replaced": (
        part(MANIFEST, asic_manifest.write(SIGNATURE, [("invoice.xml", "text/xml", OTHER)])),
        SUB.HASH_FAILURE,
    ),
    "no manifest": (part(MANIFEST, None), SUB.FORMAT_FAILURE),
    "no signature": (part(SIGNATURE, None), SUB.FORMAT_FAILURE),
    "nothing signed": (nothing_signed, SUB.FORMAT_FAILURE),
    "a signature without manifest": (beside, SUB.FORMAT_FAILURE),
    "two manifests for one signature": (
        lambda: with_parts(**{"META-INF/ASiCManifest2.xml": parts_of()[MANIFEST]}),
        SUB.FORMAT_FAILURE,
    ),
    "a signature of no known kind": (part("META-INF/signature.bin", b"x"), SUB.FORMAT_FAILURE),
    "the signature of another container": (
        part(SIGNATURE, cms_making.sign(b"other", LEAF.signer(), at=NOW, detached=True)),
        SUB.HASH_FAILURE,
    ),
    "a signature with its own content": (
        part(SIGNATURE, cms_making.sign(b"other", LEAF.signer(), at=NOW)),
        SUB.FORMAT_FAILURE,
    ),
    "the manifest names sha1": (
        manifest(SHA256, b"http://www.w3.org/2000/09/xmldsig#sha1"),
        SUB.CRYPTO_CONSTRAINTS_FAILURE,
    ),
    "the manifest names md5": (
        manifest(SHA256, b"http://www.w3.org/2001/04/xmldsig-more#md5"),
        SUB.FORMAT_FAILURE,
    ),
    "the manifest names a file twice": (
        manifest(b"re%C4%8Dun%201.txt", b"invoice.xml"),
        SUB.FORMAT_FAILURE,
    ),
    "the manifest names a file outside": (
        manifest(b"invoice.xml", b"../../etc/passwd"),
        SUB.SIGNED_DATA_NOT_FOUND,
    ),
    "the manifest names an address": (
        manifest(b"invoice.xml", b"http://127.0.0.1/"),
        SUB.SIGNED_DATA_NOT_FOUND,
    ),
    "the manifest names itself": (
        manifest(b"invoice.xml", MANIFEST.encode()),
        SUB.SIGNED_DATA_NOT_FOUND,
    ),
    "the manifest is of another kind": (
        manifest(b"ASiCManifest", b"Manifest"),
        SUB.FORMAT_FAILURE,
    ),
    "the manifest is not XML": (lambda: resigned(b"<"), SUB.FORMAT_FAILURE),
    "the manifest has a DOCTYPE": (
        lambda: resigned(b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'),
        SUB.FORMAT_FAILURE,
    ),
    "another mimetype": (part("mimetype", b"application/zip"), SUB.FORMAT_FAILURE),
    "mimetype last": (
        lambda: zipped([*list(parts_of().items())[1:], ("mimetype", asic.EXTENDED)]),
        SUB.FORMAT_FAILURE,
    ),
    "a name twice": (twice, SUB.FORMAT_FAILURE),
    "a name twice but for case": (part("Invoice.XML", FALSE), SUB.FORMAT_FAILURE),
    "a name that climbs": (part("../a", b""), SUB.FORMAT_FAILURE),
    "an absolute name": (part("/a", b""), SUB.FORMAT_FAILURE),
    "a drive": (part("c:/a", b""), SUB.FORMAT_FAILURE),
    "a backslash": (part("a\\b", b""), SUB.FORMAT_FAILURE),
    "a name that turns round": (part("a\u202exml", b""), SUB.FORMAT_FAILURE),
    "another name in front": (bent(30, b"X", b"PK\x03\x04"), SUB.FORMAT_FAILURE),
    "a damaged file": (bent(40, b"\xff\xff", b"PK\x03\x04"), SUB.FORMAT_FAILURE),
    "bytes in front": (lambda: b"MZ" + MADE, SUB.FORMAT_FAILURE),
    "bytes behind": (lambda: MADE + b"\0", SUB.FORMAT_FAILURE),
    "another zip behind": (lambda: MADE + MADE, SUB.FORMAT_FAILURE),
    "cut": (lambda: MADE[:-30], SUB.FORMAT_FAILURE),
    "empty": (lambda: b"", SUB.FORMAT_FAILURE),
    "encrypted": (encrypted, SUB.FORMAT_FAILURE),
    "overlapping": (overlapping, SUB.FORMAT_FAILURE),
    "a bomb": (bomb, SUB.FORMAT_FAILURE),
    "a thousand files": (many, SUB.FORMAT_FAILURE),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_containers_never_pass(name: str) -> None:
    made, expected = HOSTILE[name]
    data = made()
    begun = time.process_time()
    report = asic.check(data, TERMS).report
    assert time.process_time() - begun < 1
    assert report.signatures[0].sub_indication is expected
    assert report.indication is not PASSED
    assert all(one.content != FALSE for found in report.signatures for one in found.signed)


def test_the_hostile_set_is_large_enough() -> None:
    assert len(HOSTILE) >= 40


def test_a_damaged_container_says_so() -> None:
    with pytest.raises(ContainerError):
        opened(MADE[:-30])


VERDICTS = {
    # the file name says valid; SHA-1 in 2015 is not believed any more
    "asic-cades-test-valid": ("INDETERMINATE", SUB.CRYPTO_CONSTRAINTS_FAILURE, 3),
    # its manifest is an AsicManifest that names no file
    "asic-cades-test-invalid-manifest": ("TOTAL-FAILED", SUB.FORMAT_FAILURE, 0),
    # META-INF/signature.malformed is a signature that nobody can check
    "asic-cades-test-invalid-metadata-file": ("TOTAL-FAILED", SUB.FORMAT_FAILURE, 0),
    # there is no file, and the manifest names none
    "asic-cades-test-invalid-signature": ("TOTAL-FAILED", SUB.FORMAT_FAILURE, 0),
    # the manifest names a signature that is not there
    "asic-cades-test-invalid-sigreference": ("TOTAL-FAILED", SUB.FORMAT_FAILURE, 0),
    # an ASiC-S without any file
    "asic-general-test-invalid-mime": ("TOTAL-FAILED", SUB.FORMAT_FAILURE, 0),
    # all files are covered; nobody is trusted
    "asic-xades-external-digidoc4j": ("INDETERMINATE", SUB.NO_CERTIFICATE_CHAIN_FOUND, 2),
    "asic-xades-external-dss": ("INDETERMINATE", SUB.NO_CERTIFICATE_CHAIN_FOUND, 1),
    "asic-xades-external-sdp": ("INDETERMINATE", SUB.NO_CERTIFICATE_CHAIN_FOUND, 6),
}


@pytest.mark.skipif(not OFFICIAL.is_dir(), reason="GATEWAY_OFFICIAL is not set")
def test_every_official_container_has_its_verdict() -> None:
    at = datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC)
    files = sorted(OFFICIAL.glob("*.asice"))
    assert files
    for path in files:
        if path.stem not in VERDICTS:
            continue  # of the part that is absent here
        checked = asic.check(path.read_bytes(), Terms(None, at))
        (signature,) = checked.report.signatures
        found = (signature.indication.value, signature.sub_indication, len(signature.signed))
        assert found == VERDICTS[path.stem], path.stem
        if "invalid" not in path.stem:
            assert checked.unsigned == (), path.stem


@pytest.mark.skipif(not OFFICIAL.is_dir(), reason="GATEWAY_OFFICIAL is not set")
def test_an_official_container_passes_in_its_time_when_its_signer_is_trusted() -> None:
    data = (OFFICIAL / "asic-xades-external-sdp.asice").read_bytes()
    (before,) = asic.check(data, dataclasses.replace(TERMS, store=None)).report.signatures
    assert before.certificate is not None
    assert before.claimed_at is not None
    store = TrustStore("itself", (before.certificate,))
    assert asic.check(data, Terms(store, before.claimed_at)).report.indication is PASSED
    changed = data.replace(b"hoveddokument.txt", b"hoveddokument.tx_")
    assert asic.check(changed, Terms(store, before.claimed_at)).report.indication is not PASSED
