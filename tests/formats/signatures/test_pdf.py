import io
import logging
import time
from collections.abc import Callable
from functools import cache

import pikepdf
import pytest
from asn1crypto import x509
from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    NumberObject,
    pdf_name,
    pdf_string,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator.context import ValidationContext

from formats.facturx.archivability import shortcomings
from formats.facturx.hybrid import embed, extract
from formats.facturx.levels import HybridLevel
from formats.signatures import cms_making, pdf, pdf_making
from formats.signatures.report import Indication, Outcome, SubIndication
from formats.signatures.signer import SignerError
from formats.signatures.trust import Terms, TrustStore
from tests.formats.facturx.documents import pages, xml_of
from tests.formats.signatures import tsa
from tests.formats.signatures.pki import DAY, NOW, SoftwareSigner, ec_key, house, root

TOP, MIDDLE, LEAF = house()
TERMS = Terms(TrustStore("test", (TOP.der,)), NOW)
SUB = SubIndication
PASSED = Indication.TOTAL_PASSED


@cache
def hybrid() -> bytes:
    return embed(pages(), xml_of(), HybridLevel.EN16931, modified=NOW)


@cache
def sealed() -> bytes:
    return pdf_making.seal(hybrid(), LEAF.signer(), at=NOW, reason="Issued")


def test_a_seal_covers_the_whole_file() -> None:
    checked = pdf.check(sealed(), TERMS)
    (signature,) = checked.report.signatures
    assert (signature.format, signature.indication) == ("PAdES-B", PASSED)
    assert [one.name for one in signature.signed] == ["document"]
    assert signature.claimed_at == NOW
    assert checked.unsigned == ()


def test_what_was_there_stays_as_it_is() -> None:
    assert sealed().startswith(hybrid())
    before, after = extract(hybrid()), extract(sealed())
    assert after.xml == before.xml
    assert after.discrepancies == before.discrepancies == ()
    with pikepdf.open(io.BytesIO(sealed())) as document:
        assert shortcomings(document, "3") == ()
        old = pikepdf.open(io.BytesIO(hybrid()))
        assert document.Root.Metadata.read_bytes() == old.Root.Metadata.read_bytes()
        assert dict(document.docinfo) == dict(old.docinfo)
        (field,) = document.Root.AcroForm.Fields
        assert [int(edge) for edge in field.Rect] == [0, 0, 0, 0]
        assert int(field.F) == 132  # PDF/A: printed and locked


def test_pyhanko_says_the_same() -> None:
    reader = PdfFileReader(io.BytesIO(sealed()), strict=True)
    context = ValidationContext(trust_roots=[x509.Certificate.load(TOP.der)], moment=NOW)
    status = validate_pdf_signature(reader.embedded_signatures[0], context)
    assert status.bottom_line
    assert status.coverage is SignatureCoverageLevel.ENTIRE_FILE


def test_a_time_stamp_makes_it_t() -> None:
    made = pdf_making.seal(hybrid(), LEAF.signer(), at=NOW, stamp=tsa.token)
    (signature,) = pdf.check(made, TERMS).report.signatures
    assert (signature.format, signature.indication) == ("PAdES-T", PASSED)
    assert signature.proven_at == NOW


def test_a_second_seal_keeps_the_first() -> None:
    second = TOP.issue("Second").signer()
    made = pdf_making.seal(sealed(), second, at=NOW + DAY, field="Seal 2")
    checked = pdf.check(made, TERMS)
    assert checked.report.indication is PASSED
    assert [one.signed[0].name for one in checked.report.signatures] == [
        f"first {len(sealed())} bytes",
        "document",
    ]
    coverage = [one for one in checked.report.signatures[0].checks if one.id == "coverage"]
    assert [one.outcome for one in coverage] == [Outcome.NOT_JUDGED]


def test_a_seal_of_somebody_unknown_does_not_save_the_first() -> None:
    stranger = root("S", ec_key("s")).issue("Stranger").signer()
    made = pdf_making.seal(sealed(), stranger, at=NOW, field="Seal 2")
    first, second = pdf.check(made, TERMS).report.signatures
    assert first.sub_indication is SUB.SIG_CONSTRAINTS_FAILURE
    assert second.sub_indication is SUB.NO_CERTIFICATE_CHAIN_FOUND


def test_a_pdf_without_signature_has_none() -> None:
    checked = pdf.check(hybrid(), TERMS)
    assert checked.report.signatures == ()
    assert checked.report.indication is Indication.INDETERMINATE
    assert [name for name, _ in checked.unsigned] == ["document"]


def test_what_cannot_be_sealed_is_told() -> None:
    for content in (b"", b"%PDF-1.7", b"<Invoice/>"):
        with pytest.raises(pdf_making.SealError):
            pdf_making.seal(content, LEAF.signer(), at=NOW)
    with pytest.raises(SignerError):
        pdf_making.seal(hybrid(), SoftwareSigner(ec_key("bare"), ()), at=NOW)


def updated(change: Callable[[IncrementalPdfFileWriter], None]) -> Callable[[], bytes]:
    """Add an update after the seal."""

    def made() -> bytes:
        writer = IncrementalPdfFileWriter(io.BytesIO(sealed()))
        change(writer)
        written = io.BytesIO()
        writer.write(written)  # type: ignore[no-untyped-call]
        return written.getvalue()

    return made


def _first_page(writer: IncrementalPdfFileWriter) -> DictionaryObject:
    page: DictionaryObject = writer.root["/Pages"]["/Kids"][0]
    return page


def _other_pages(writer: IncrementalPdfFileWriter) -> None:
    page = _first_page(writer)
    page["/Rotate"] = NumberObject(180)  # type: ignore[no-untyped-call]
    writer.update_container(page)


def _annotation(writer: IncrementalPdfFileWriter) -> None:
    note = DictionaryObject(  # type: ignore[no-untyped-call]
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/FreeText"),
            pdf_name("/Rect"): ArrayObject(map(NumberObject, (0, 0, 500, 500))),
            pdf_name("/Contents"): pdf_string("pay 9 instead"),
        }
    )
    page = _first_page(writer)
    page["/Annots"] = ArrayObject([*page.get("/Annots", ()), writer.add_object(note)])
    writer.update_container(page)


def _attachment(writer: IncrementalPdfFileWriter) -> None:
    writer.root["/AF"] = ArrayObject([])
    writer.update_root()  # type: ignore[no-untyped-call]


def _language(writer: IncrementalPdfFileWriter) -> None:
    writer.root["/Lang"] = pdf_string("xx")
    writer.update_root()  # type: ignore[no-untyped-call]


def bent(mark: bytes, offset: int, change: bytes) -> Callable[[], bytes]:
    def made() -> bytes:
        place = sealed().rindex(mark) + offset
        return sealed()[:place] + change + sealed()[place + len(change) :]

    return made


def ranges(*numbers: int) -> Callable[[], bytes]:
    """Write another ByteRange, as long as the one that is there."""

    def made() -> bytes:
        start = sealed().rindex(b"/ByteRange")
        end = sealed().index(b"]", start) + 1
        text = b"/ByteRange [" + b" ".join(b"%d" % number for number in numbers) + b"]"
        assert len(text) <= end - start
        return sealed()[:start] + text.ljust(end - start) + sealed()[end:]

    return made


def gap() -> tuple[int, int]:
    start = sealed().rindex(b"/Contents <") + len(b"/Contents ")
    return start, sealed().index(b">", start) + 1


def other_message(content: bytes, **changes: object) -> Callable[[], bytes]:
    """Put another CMS message into the gap."""

    def made() -> bytes:
        start, end = gap()
        message = cms_making.sign(content, LEAF.signer(), at=NOW, detached=not changes)
        text = b"<" + message.hex().encode().ljust(end - start - 2, b"0") + b">"
        return sealed()[:start] + text + sealed()[end:]

    return made


def in_the_padding() -> bytes:
    end = gap()[1]
    return sealed()[: end - 9] + b"DEADBEEF" + sealed()[end - 1 :]


def another_kind() -> bytes:
    old, new = b"/ETSI.CAdES.detached", b"/adbe.pkcs7.sha1    "
    return sealed().replace(old, new)


def encrypted() -> bytes:
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(hybrid())) as document:
        document.save(written, encryption=pikepdf.Encryption(owner="x", user="y"))
    return written.getvalue()


def moved() -> bytes:
    """Write the file anew: the same objects, other bytes."""
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(sealed())) as document:
        document.save(written)
    return written.getvalue()


START, END = gap()
TAIL = len(sealed()) - END
HOSTILE: dict[str, tuple[Callable[[], bytes], SubIndication]] = {
    "a byte of the pages": (bent(b"/MediaBox", 12, b"9"), SUB.HASH_FAILURE),
    "a byte of the attachment": (bent(b"stream\n", 8, b"\0"), SUB.HASH_FAILURE),
    "the reason": (bent(b"/Reason (Issued)", 9, b"i"), SUB.HASH_FAILURE),
    "pages turned afterwards": (updated(_other_pages), SUB.SIG_CONSTRAINTS_FAILURE),
    "a note over the page afterwards": (updated(_annotation), SUB.SIG_CONSTRAINTS_FAILURE),
    "attachments removed afterwards": (updated(_attachment), SUB.SIG_CONSTRAINTS_FAILURE),
    "another language afterwards": (updated(_language), SUB.SIG_CONSTRAINTS_FAILURE),
    "the range begins late": (ranges(1, START - 1, END, TAIL), SUB.FORMAT_FAILURE),
    "the range has a hole": (ranges(0, START - 9, END, TAIL), SUB.FORMAT_FAILURE),
    "the range ends early": (ranges(0, START, END, TAIL - 9), SUB.HASH_FAILURE),
    "the range leaves the file": (ranges(0, START, END, TAIL + 9), SUB.FORMAT_FAILURE),
    "the range has one part": (ranges(0, START), SUB.FORMAT_FAILURE),
    "the range has negative parts": (ranges(0, START, END, -1), SUB.FORMAT_FAILURE),
    "the ranges overlap": (ranges(0, END, START, TAIL), SUB.FORMAT_FAILURE),
    "the range covers the signature": (ranges(0, END, END, 9), SUB.FORMAT_FAILURE),
    "the signature of another file": (other_message(b"other"), SUB.HASH_FAILURE),
    "a signature with its own content": (
        other_message(b"other", inside=True),
        SUB.FORMAT_FAILURE,
    ),
    "something in the padding": (in_the_padding, SUB.FORMAT_FAILURE),
    "another kind of signature": (another_kind, SUB.FORMAT_FAILURE),
    "written anew": (moved, SUB.FORMAT_FAILURE),
    "encrypted": (encrypted, SUB.FORMAT_FAILURE),
    "bytes after the end": (lambda: sealed() + b"\n%more", SUB.SIG_CONSTRAINTS_FAILURE),
    "cut": (lambda: sealed()[:-200], SUB.FORMAT_FAILURE),
    "not a PDF": (lambda: b"%PDF-1.7\n" + b"\0" * 999, SUB.FORMAT_FAILURE),
    "empty": (lambda: b"", SUB.FORMAT_FAILURE),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_never_pass(name: str) -> None:
    made, expected = HOSTILE[name]
    data = made()
    begun = time.process_time()
    checked = pdf.check(data, TERMS)
    assert time.process_time() - begun < 2
    assert checked.report.indication is not PASSED
    assert checked.report.signatures[0].sub_indication is expected
    covered = sealed()[:START] + sealed()[END:]
    for signature in checked.report.signatures:
        assert all(one.content == covered for one in signature.signed)


def test_what_a_forged_update_says_reaches_no_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        checked = pdf.check(updated(_other_pages)(), TERMS)
    assert checked.report.indication is Indication.INDETERMINATE
    assert [one for one in caplog.records if one.name.startswith("pyhanko")] == []


def test_another_file_after_the_end_has_no_signature() -> None:
    checked = pdf.check(sealed() + hybrid(), TERMS)
    assert checked.report.signatures == ()
    assert checked.report.indication is Indication.INDETERMINATE
    assert [name for name, _ in checked.unsigned] == ["document"]


def test_the_hostile_set_is_large_enough() -> None:
    assert len(HOSTILE) >= 25
