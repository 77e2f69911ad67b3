"""What is signed is told by its place: no file is covered because its name looks like a part."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable

import pytest

from formats.signatures import asic, cms_making, jws_making
from formats.signatures.asic_zip import opened
from formats.signatures.report import Indication, SubIndication
from formats.signatures.verification import verify
from formats.signatures.xml import Form, Target, make
from tests.formats.signatures.pki import NOW
from tests.formats.signatures.test_asic import FALSE, LEAF, MADE, TERMS, TRUE, zipped

SIGNED = make.sign_enveloping(TRUE, LEAF.signer())
(URI,) = (one.decode() for one in re.findall(rb'URI="(#[^"]*)"', SIGNED))
SIGNATURES = "META-INF/signatures.xml"


def container(*files: tuple[str, bytes], signatures: bytes = SIGNED) -> bytes:
    return zipped([("mimetype", asic.EXTENDED), (SIGNATURES, signatures), *files])


def detached(*names: str) -> bytes:
    """Return the trusted signer's signature over files, by references of these names."""
    targets = [Target(uri=name, content=TRUE) for name in names]
    return make.sign_detached(targets, LEAF.signer(), Form())


@pytest.mark.parametrize(
    "name", [URI, "", "#", "#x", "invoice%2Exml", "%23signature-object", "%41"]
)
def test_a_container_has_no_file_that_a_reference_would_call_otherwise(name: str) -> None:
    checked = asic.check(container((name, FALSE)), TERMS)
    assert checked.report.signatures[0].sub_indication is SubIndication.FORMAT_FAILURE
    assert checked.report.indication is Indication.TOTAL_FAILED


def test_a_signature_over_itself_covers_no_file_of_a_container() -> None:
    (found,) = asic.check(container(("invoice.xml", FALSE)), TERMS).report.signatures
    assert found.sub_indication is SubIndication.SIGNED_DATA_NOT_FOUND
    assert found.signed == ()


def test_a_percent_that_escapes_nothing_is_a_name() -> None:
    checked = asic.check(container(("100%.txt", TRUE), signatures=detached("100%.txt")), TERMS)
    assert (checked.report.indication, checked.unsigned) == (Indication.TOTAL_PASSED, ())


@pytest.mark.parametrize("name", [URI, "", "#x"])
def test_no_file_beside_is_called_like_a_part_of_the_document(name: str) -> None:
    verification = verify(SIGNED, TERMS, files={name: FALSE})
    assert verification.report.indication is Indication.TOTAL_FAILED
    assert verification.unsigned


def test_two_files_beside_are_not_one_name_to_a_reference() -> None:
    made = detached("a%20b")
    both = verify(made, TERMS, files={"a%20b": TRUE, "a b": FALSE})
    assert both.report.indication is Indication.TOTAL_FAILED
    for name in ("a%20b", "a b"):
        one = verify(made, TERMS, files={name: TRUE})
        assert one.report.indication is Indication.TOTAL_PASSED
        assert [(part.name, part.file) for part in one.report.signatures[0].signed] == [
            (name, True)
        ]
        assert [left.name for left in one.unsigned] == []


def test_parts_and_files_are_told_apart() -> None:
    inside = verify(SIGNED, TERMS).report.signatures[0].signed
    assert [(part.name, part.file) for part in inside] == [(URI, False)]
    beside = verify(MADE, TERMS).report.signatures[0].signed
    assert all(part.file for part in beside)
    message = cms_making.sign(TRUE, LEAF.signer(), at=NOW, detached=True)
    simple = zipped([("mimetype", asic.SIMPLE), ("a", TRUE), ("META-INF/signature.p7s", message)])
    (signature,) = asic.check(simple, TERMS).report.signatures
    assert [(part.name, part.file) for part in signature.signed] == [("a", True)]


def named_again(container: bytes, old: str, new: str) -> bytes:
    """Give an entry another name in the field that some readers prefer (APPNOTE.TXT 4.6.9)."""
    said = b"\x01" + zlib.crc32(old.encode()).to_bytes(4, "little") + new.encode()
    return with_extra(container, old, struct.pack("<2H", 0x7075, len(said)) + said)


def with_extra(container: bytes, name: str, extra: bytes) -> bytes:
    """Return a container with a field beside an entry, in the directory and before the entry."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for entry, content in opened(container).items():
            info = zipfile.ZipInfo(entry)
            info.extra = extra if entry == name else b""
            archive.writestr(info, content)
    return made.getvalue()


def with_comments(archive: bytes, entry: bytes) -> bytes:
    made = io.BytesIO(MADE)
    with zipfile.ZipFile(made, "a") as container:
        container.comment = archive
        container.infolist()[0].comment = entry
    return made.getvalue()


def with_folder() -> bytes:
    return zipped([*opened(MADE).items(), ("folder/", FALSE)])


@pytest.mark.parametrize(
    "made",
    [
        # two readers of one container see two files under one name
        lambda: named_again(MADE, "invoice.xml", "other.xml"),
        lambda: named_again(container(("a.xml", TRUE)), "a.xml", "META-INF/x"),
        # it is a PDF as well, and nothing of that is a file of the container
        lambda: with_extra(MADE, "mimetype", struct.pack("<2H", 0x9999, 8) + b"%PDF-1.7"),
        lambda: with_comments(b"mimetype=" + b"trailer startxref " * 20, b""),
        lambda: with_comments(b"", b"trailer startxref " * 20),
        with_folder,
    ],
)
def test_a_container_is_the_same_to_all_readers(made: Callable[[], bytes]) -> None:
    checked = asic.check(made(), TERMS)
    assert checked.report.signatures[0].sub_indication is SubIndication.FORMAT_FAILURE
    assert checked.report.indication is Indication.TOTAL_FAILED


def test_the_same_name_again_and_a_short_comment_are_harmless() -> None:
    for harmless in (
        named_again(MADE, "invoice.xml", "invoice.xml"),
        with_comments(b"mimetype=" + asic.EXTENDED, b""),
    ):
        assert asic.check(harmless, TERMS).report.indication is Indication.TOTAL_PASSED


def test_files_beside_that_nothing_covers_are_told_whatever_carries_the_signature() -> None:
    files = {"a": FALSE, "b": FALSE}
    for made in (
        MADE,
        cms_making.sign(TRUE, LEAF.signer(), at=NOW),
        jws_making.sign(TRUE, LEAF.signer()),
    ):
        verification = verify(made, TERMS, files=files)
        assert verification.report.indication is Indication.TOTAL_PASSED
        assert [left.name for left in verification.unsigned] == ["a", "b"]
    one = verify(MADE, TERMS, files={"a": FALSE})
    assert [left.name for left in one.unsigned] == ["a"]
