"""Signatures of PDFs (PAdES and older CMS ones), checked; and what was added after they were made.

The bytes that a signature covers are cut out here, and everything but the one gap for the
signature itself must be covered from the first byte on. What later updates changed is pyhanko's
to find: nothing but another signature over the whole file is accepted.
"""

import io
import logging
import re
from dataclasses import dataclass, replace
from typing import Any

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, DiffResult, ModificationLevel
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from formats.signatures import cms, timestamp
from formats.signatures import cms_reading as reading
from formats.signatures.report import (
    Check,
    Outcome,
    Signature,
    SignatureReport,
    Signed,
    SubIndication,
)
from formats.signatures.trust import Terms, indication_of

# What it does not like in a file it tells its log, with the file's own words and a traceback;
# all of that is in the report.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL + 1)

MAX_BYTES = 64 * 1024 * 1024
MAX_SIGNATURES = 32

_CMS = frozenset({"/ETSI.CAdES.detached", "/adbe.pkcs7.detached"})
_STAMP = "/ETSI.RFC3161"
_COVERED = frozenset({ModificationLevel.NONE, ModificationLevel.FORM_FILLING})
"""What may follow a signature when another one covers the file as it is."""
_HEX = re.compile(rb"<([0-9A-Fa-f]*)>")


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in a PDF.

    Attributes:
        report: Every signature, in the order they were made.
        unsigned: Parts of the file that no signature that holds covers.
    """

    report: SignatureReport
    unsigned: tuple[tuple[str, str], ...] = ()


class _RefusedError(Exception):
    """A signature does not cover what it seems to; the text says how."""


def check(data: bytes, terms: Terms) -> Checked:
    """Check every signature of a PDF. Never raises.

    Args:
        data: The PDF.
        terms: Whom to believe, when, and what is known.
    """
    if len(data) > MAX_BYTES:
        return _unreadable(f"{len(data)} bytes; more than {MAX_BYTES} are not read.")
    try:
        reader = PdfFileReader(io.BytesIO(data), strict=True)
        if reader.encrypted:
            return _unreadable("The PDF is encrypted.")
        embedded = list(reader.embedded_signatures)
        filled = sum(1 for _ in enumerate_sig_fields(reader, filled_status=True))
    except Exception as error:  # noqa: BLE001 - hostile bytes find new ways; none is a pass
        return _unreadable(f"The PDF cannot be read: {error}")
    if len(embedded) > MAX_SIGNATURES:
        return _unreadable(f"It has {len(embedded)} signatures.")
    if filled > len(embedded):
        return _unreadable("A signature of it is of a kind that is not believed.")
    pairs = [_one(data, one, terms) for one in embedded]
    whole = any(end == len(data) and signature.passed for signature, end in pairs)
    signatures = [
        signature
        if end in {0, len(data)}
        else _after(signature, one, len(data) - end, whole=whole)
        for (signature, end), one in zip(pairs, embedded, strict=True)
    ]
    reach = max((end for signature, end in pairs if signature.signed), default=0)
    return Checked(SignatureReport(tuple(signatures)), _left(len(data), reach))


def _unreadable(detail: str) -> Checked:
    return Checked(SignatureReport((cms.unreadable(detail, "PDF"),)))


def _left(size: int, reach: int) -> tuple[tuple[str, str], ...]:
    if reach == 0:
        return (("document", "No signature of it holds."),)
    if reach < size:
        detail = f"{size - reach} bytes were added after the last signature."
        return (("update", detail),)
    return ()


def _one(data: bytes, embedded: EmbeddedPdfSignature, terms: Terms) -> tuple[Signature, int]:
    """Check one signature; return it and where the bytes that it covers end."""
    try:
        content, message, end = _covered(data, embedded)
        if str(embedded.sig_object.get("/SubFilter")) == _STAMP:
            return _document_stamp(content, message, terms), end
        name = "document" if end == len(data) else f"first {end} bytes"
        found = _signature(content, message, embedded, terms, name)
    except (_RefusedError, reading.UnreadableCmsError) as error:
        return cms.unreadable(str(error), "PDF"), 0
    except Exception as error:  # noqa: BLE001 - hostile bytes find new ways; none is a pass
        return cms.unreadable(f"The signature cannot be judged: {error!r}", "PDF"), 0
    claimed = embedded.self_reported_timestamp
    return replace(found, claimed_at=found.claimed_at or claimed), end


def _signature(
    content: bytes, message: bytes, embedded: EmbeddedPdfSignature, terms: Terms, name: str
) -> Signature:
    kind = str(embedded.sig_object.get("/SubFilter"))
    if kind not in _CMS:
        raise _RefusedError(f"Signatures of the kind {kind} are not believed.")
    read = reading.read(message)
    if len(read.signers) != 1 or read.content is not None:
        raise _RefusedError("A PDF's signature has one signer, and nothing inside.")
    return cms.check_signer(read, read.signers[0], content, terms, name=name, cades="PAdES")


def _covered(data: bytes, embedded: EmbeddedPdfSignature) -> tuple[bytes, bytes, int]:
    """Return what a signature covers, the signature, and where the covered bytes end.

    Raises:
        _RefusedError: The ranges leave out something else than the signature itself.
    """
    ranges = [int(number) for number in embedded.byte_range]
    if len(ranges) != 4 or ranges[0] != 0 or min(ranges) < 0:  # noqa: PLR2004 - two ranges
        raise _RefusedError("The signature does not begin with the file (ByteRange).")
    _, first, second, length = ranges
    end = second + length
    if not first < second <= end <= len(data):
        raise _RefusedError("The signature's ranges overlap or leave the file (ByteRange).")
    gap = _HEX.fullmatch(data[first:second])
    if gap is None:
        raise _RefusedError("Between the signed ranges stands more than the signature.")
    padded = bytes.fromhex(gap[1].decode("ascii"))
    if padded != bytes(embedded.pkcs7_content):
        raise _RefusedError("The signature in the gap is another one than the field's.")
    message = _unpadded(padded)
    if any(padded[len(message) :]):
        raise _RefusedError("Something follows the signature in its gap.")
    return data[:first] + data[second:end], message, end


def _unpadded(padded: bytes) -> bytes:
    """Return the one value at the start of the bytes kept for it; its DER says how long it is."""
    if len(padded) < 2 or padded[0] != 0x30:  # noqa: PLR2004 - tag and length
        raise _RefusedError("The signature is no CMS message.")
    first = padded[1]
    if first < 0x80:  # noqa: PLR2004 - the short form
        return padded[: 2 + first]
    count = first & 0x7F
    if not 1 <= count <= 4:  # noqa: PLR2004 - 4 GB
        raise _RefusedError("The signature has no definite length.")
    return padded[: 2 + count + int.from_bytes(padded[2 : 2 + count])]


def _document_stamp(content: bytes, token: bytes, terms: Terms) -> Signature:
    """Judge a time stamp over the document (ETSI EN 319 142-1 5.4.3)."""
    stamp = timestamp.check(token, content, terms)
    good = stamp.sub is None
    return Signature(
        format="PDF document time stamp",
        indication=indication_of(stamp.sub),
        sub_indication=stamp.sub,
        checks=stamp.checks,
        signed=(Signed("document", content, ""),) if good else (),
        certificate=stamp.authority,
        claimed_at=stamp.claimed,
        proven_at=stamp.proven,
    )


def _after(
    signature: Signature, embedded: EmbeddedPdfSignature, added: int, *, whole: bool
) -> Signature:
    """Say what updates after a signature changed.

    Args:
        signature: The signature, over an earlier state of the file.
        embedded: The same in the library's words.
        added: Bytes that were added.
        whole: Whether another signature, which passed, covers the file as it is.
    """
    level, detail = _changes(embedded)
    text = f"{added} bytes were added after it: {detail}."
    if level is ModificationLevel.LTA_UPDATES or (whole and level in _COVERED):
        check_ = Check("coverage", Outcome.NOT_JUDGED, text)
        return replace(signature, checks=(*signature.checks, check_))
    sub = signature.sub_indication or SubIndication.SIG_CONSTRAINTS_FAILURE
    check_ = Check("coverage", Outcome.FAILED, text)
    return replace(
        signature,
        indication=indication_of(sub),
        sub_indication=sub,
        checks=(*signature.checks, check_),
    )


def _changes(embedded: EmbeddedPdfSignature) -> tuple[Any, str]:
    """Return how far later updates went, None when that cannot be told."""
    try:
        coverage = embedded.evaluate_signature_coverage()
        vars(embedded)["coverage"] = coverage  # which the next step reads
        if coverage < SignatureCoverageLevel.ENTIRE_REVISION:
            return None, "the signature ends within an update"
        result = embedded.evaluate_modifications(DEFAULT_DIFF_POLICY)
    except Exception as error:  # noqa: BLE001 - hostile bytes find new ways; none is harmless
        return None, f"what they change cannot be told ({error})"
    if isinstance(result, DiffResult):
        words = {
            ModificationLevel.NONE: "nothing changed",
            ModificationLevel.LTA_UPDATES: "evidence for long keeping",
            ModificationLevel.FORM_FILLING: "forms filled in, or another signature",
            ModificationLevel.ANNOTATIONS: "annotations",
        }
        return result.modification_level, words.get(result.modification_level, "other changes")
    return None, f"the document was changed ({result})"
