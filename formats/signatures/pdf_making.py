"""PAdES seals (ETSI EN 319 142-1): invisible, as an incremental update, made by a `Signer`.

The bytes that were there stay as they are, and so do metadata and attachments: a PDF/A-3 stays
one, and the invoice inside a Factur-X is read as before. The CMS is ours (`cms_making`); pyhanko
writes the update around it.
"""

import datetime
import io
from typing import Any

from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import PdfSignedData
from typing_extensions import override

from formats.signatures import algorithms
from formats.signatures.cms_making import Stamp, sign
from formats.signatures.signer import Signer, SignerError

ROOM = 12 * 1024
"""Bytes kept for the signature: a chain of three and a time stamp have about seven thousand."""


class SealError(ValueError):
    """The file cannot be sealed: it is no PDF, or one that cannot be added to."""


def seal(  # noqa: PLR0913 - what there is to say of a seal
    content: bytes,
    signer: Signer,
    *,
    at: datetime.datetime,
    stamp: Stamp | None = None,
    field: str = "Seal",
    reason: str | None = None,
) -> bytes:
    """Return the PDF with a PAdES-B signature, PAdES-T with a time stamp.

    Args:
        content: The PDF.
        signer: Whose key; its certificates go along.
        at: When it is sealed, as the signer says.
        stamp: Gets a time stamp over the signature.
        field: The name of the signature's field; a second seal takes another one.
        reason: Why it was sealed, for people.

    Raises:
        SealError: See there, or the signature needs more than `ROOM`.
        SignerError: The key cannot be used.
    """
    try:
        return _sealed(content, signer, at, stamp, field, reason)
    except (SealError, SignerError):
        raise
    except (PdfError, ValueError, KeyError, TypeError) as error:
        raise SealError(f"The PDF cannot be sealed: {error}") from error


def _sealed(  # noqa: PLR0913, PLR0917 - the parameters of seal
    content: bytes,
    signer: Signer,
    at: datetime.datetime,
    stamp: Stamp | None,
    field: str,
    reason: str | None,
) -> bytes:
    writer = _Writer(io.BytesIO(content), strict=True)
    steps = PdfCMSEmbedder(new_field_spec=SigFieldSpec(field)).write_cms(field, writer)
    next(steps)
    signature = PdfSignedData(
        pdf_name("/Sig"), SigSeedSubFilter.PADES, at.astimezone(datetime.UTC), 2 * ROOM
    )
    if reason is not None:
        signature[pdf_name("/Reason")] = pdf_string(reason)
    steps.send(SigObjSetup(signature))
    prepared, output = steps.send(
        SigIOSetup(algorithms.digest_name(signer.algorithm), output=io.BytesIO())
    )
    written = output.getvalue()
    if not written.startswith(content):
        raise SealError("The update would change what is there.")
    start, end = prepared.reserved_region_start, prepared.reserved_region_end
    message = sign(
        written[:start] + written[end:],
        signer,
        at=at,
        detached=True,
        stamp=stamp,
        claims_time=False,
    )
    if len(message) > ROOM:
        raise SealError(f"The signature has {len(message)} bytes; {ROOM} are kept for it.")
    prepared.fill_with_cms(output, message)
    made: bytes = output.getvalue()
    return made


class _Writer(IncrementalPdfFileWriter):
    """Adds to a PDF and leaves its metadata alone.

    The library would write the time and its own name into the document information and the XMP,
    which PDF/A wants to agree to the letter.
    """

    @override
    def _update_meta(self) -> Any:
        return None
