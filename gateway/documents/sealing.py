"""Seals: a detached signature over the bytes of a document, archived beside them; and in its PDF.

The entity's setting says whether and how. The seal is made before the number is taken, over the
bytes as they will be issued; it is made again only where another document took the number first.
Then nobody is asked for a time stamp: others wait for the series. A seal without the time stamp
that should be on it is a seal all the same, and the event says so.
A PDF is sealed when it is drawn, and archived with its seal.
"""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, TypeVar

from formats.signatures import jws_making
from formats.signatures.signer import Signer, SignerError
from formats.signatures.xml import Properties, SigningError, Target, sign_detached
from gateway.archive.service import EvidenceItem
from gateway.documents.fiscal.keys import ForPurpose, no_keys
from gateway.documents.fiscal.service import latest
from gateway.documents.seat import Seat
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import Problem
from gateway.signing.time_stamps import NoTimeStampError, Stamp

_Made = TypeVar("_Made")

PURPOSE = "document-seal"
"""For what the entity's key is meant that seals documents."""


class SealProblem(Problem):
    """The entity seals its documents, and this one cannot be sealed. Nothing was issued.

    No number was used. Give the entity a key of the purpose `document-seal` that can make the seal
    its settings ask for, or take `seal` out of its settings, and finalize again.
    """

    type = "document-seal"
    title = "The document cannot be sealed"
    status = HTTPStatus.CONFLICT


class PdfSealProblem(Problem):
    """The entity seals its PDFs, and this one cannot be sealed. It was not archived.

    The first PDF of an issued document is kept for ever, so it is not drawn without its seal. Give
    the entity a key of the purpose `document-seal` that can sign, or take `seal.pdf` out of its
    settings, and ask again.
    """

    type = "pdf-seal"
    title = "The PDF cannot be sealed"
    status = HTTPStatus.CONFLICT


class ContainerSealProblem(Problem):
    """The container (ASiC-E) of an export cannot be sealed with the entity's key.

    Give the entity a key of the purpose `document-seal` that can sign, or ask for the same export
    without a container.
    """

    type = "container-seal"
    title = "The container cannot be sealed"
    status = HTTPStatus.CONFLICT


def no_stamps(_tx: TenantTransaction) -> Stamp | None:
    """Get no time stamps: what holds where no authority is set up."""
    return None


@dataclass(frozen=True, slots=True)
class Sealed:
    """A document's seal, or that it has none.

    Attributes:
        items: The seal, to be archived.
        told: What the event says of it; empty where nobody is asked for time stamps.
    """

    items: tuple[EvidenceItem, ...] = ()
    told: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Seals:
    """Seals documents as their entities want it.

    Attributes:
        for_purpose: The vault.
        stamps: Returns what gets time stamps; None: nobody does.
    """

    for_purpose: ForPurpose
    stamps: Callable[[TenantTransaction], Stamp | None] = no_stamps

    def of(
        self,
        tx: TenantTransaction,
        seat: Seat,
        document: EvidenceItem,
        now: datetime.datetime,
        *,
        hurry: bool = False,
    ) -> Sealed:
        """Return the seal over a document; nothing where none is wanted.

        Args:
            tx: The transaction that issues it.
            seat: The entity.
            document: The document.
            now: When.
            hurry: Others wait: ask nobody for a time stamp.

        Raises:
            SealProblem: It cannot be made; or a problem of the vault that says why no key can.
        """
        form = form_of(seat)
        if form is None:
            return Sealed()
        signer = self.for_purpose(tx, PURPOSE, at=now, until=latest(seat, now))
        name, media_type, make = _FORMS[form]
        stamp = self.stamps(tx) if form in _STAMPED else None
        asked = _in_a_hurry if hurry and stamp is not None else stamp
        try:
            made, without = _with_or_without(lambda by: make(document, signer, now, by), asked)
        except (SignerError, SigningError) as error:
            raise SealProblem(f"The document cannot be sealed: {error}.") from error
        told = {"form": form, "time_stamp": without is None, "without_because": without}
        item = EvidenceItem("signature", name, media_type, made)
        return Sealed((item,), {} if stamp is None else {"seal": told})

    def pdf(self, tx: TenantTransaction, now: datetime.datetime) -> Callable[[bytes], bytes]:
        """Return what seals a PDF in the name of the transaction's entity, after its end.

        What is returned raises PdfSealProblem where a PDF cannot be sealed.

        Raises:
            KeyUnusableProblem: There is no key that can.
        """
        signer, stamp = self.for_purpose(tx, PURPOSE, at=now), self.stamps(tx)

        def seal(content: bytes) -> bytes:
            from formats.signatures import pdf_making  # noqa: PLC0415 - the library loads slowly

            try:
                made, _ = _with_or_without(
                    lambda by: pdf_making.seal(content, signer, at=now, stamp=by), stamp
                )
            except (SignerError, pdf_making.SealError) as error:
                raise PdfSealProblem(f"The PDF cannot be sealed: {error}.") from error
            return made

        return seal

    def container(
        self, tx: TenantTransaction, now: datetime.datetime
    ) -> Callable[[Sequence[tuple[str, str, bytes]]], Mapping[str, bytes]]:
        """Return what seals an ASiC-E in the name of the transaction's entity, after its end.

        What is returned takes name, media type and SHA-256 of each file, returns the members of
        META-INF, and raises ContainerSealProblem where they cannot be made.

        Raises:
            KeyUnusableProblem: There is no key that can.
        """
        signer, stamp = self.for_purpose(tx, PURPOSE, at=now), self.stamps(tx)

        def seal(files: Sequence[tuple[str, str, bytes]]) -> Mapping[str, bytes]:
            from formats.signatures import asic_making  # noqa: PLC0415 - the library loads slowly

            try:
                made, _ = _with_or_without(
                    lambda by: asic_making.signed(files, signer, at=now, stamp=by), stamp
                )
            except SignerError as error:
                raise ContainerSealProblem(f"It cannot be sealed: {error}.") from error
            return made

        return seal


def form_of(seat: Seat) -> str | None:
    """Return how an entity seals its documents; None when it does not."""
    form: str | None = (seat.settings.get("seal") or {}).get("documents")
    return form


def seals_pdf(seat: Seat) -> bool:
    """Tell whether an entity seals its PDFs."""
    return bool((seat.settings.get("seal") or {}).get("pdf"))


def try_pdf(signer: Signer, now: datetime.datetime) -> None:
    """See that a key can seal PDFs: sign a word as a PDF is signed, and throw it away.

    Raises:
        PdfSealProblem: It cannot.
    """
    from formats.signatures import cms_making  # noqa: PLC0415 - the library loads slowly

    try:
        cms_making.sign(b"preflight", signer, at=now, detached=True, claims_time=False)
    except (SignerError, ValueError) as error:
        raise PdfSealProblem(f"PDFs cannot be sealed: {error}.") from error


def _with_or_without(
    make: Callable[[Stamp | None], _Made], stamp: Stamp | None
) -> tuple[_Made, str | None]:
    """Make a seal with a time stamp or, where none is given, without; say why without."""
    try:
        return make(stamp), None
    except NoTimeStampError as error:
        return make(None), str(error)


def _in_a_hurry(_data: bytes) -> bytes:
    raise NoTimeStampError("another document took the number first, and others wait for the next")


def _xades(
    document: EvidenceItem, signer: Signer, now: datetime.datetime, stamp: Stamp | None
) -> bytes:
    target = Target(uri=document.name, content=document.content, mime_type=document.media_type)
    return sign_detached([target], signer, properties=Properties(signing_time=now, stamp=stamp))


def _jws(
    document: EvidenceItem, signer: Signer, now: datetime.datetime, _stamp: Stamp | None
) -> bytes:
    """Write a JWS whose payload stands elsewhere (RFC 7515, appendix F)."""
    header, _, signature = jws_making.sign(document.content, signer, at=now).split(b".")
    return header + b".." + signature


_Make = Callable[[EvidenceItem, Signer, datetime.datetime, Stamp | None], bytes]

_STAMPED = frozenset({"xades"})
"""Forms that have a place for a time stamp."""

_FORMS: dict[str, tuple[str, str, _Make]] = {
    "xades": ("signature.xml", "application/xml", _xades),
    "jws": ("signature.jws", "application/jose", _jws),
}

NO_SEALS = Seals(no_keys)
"""Without a vault: who wants no seals issues, the others are told why not."""
