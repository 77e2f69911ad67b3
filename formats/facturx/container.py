"""Opening PDFs from outside: limits, and the files that are attached to them.

qpdf (under pikepdf) reads the structure; what a hostile file could inflate, nest or knot is
bounded here. PDF/A, and so every hybrid invoice, forbids encryption and LZW.
"""

import contextlib
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf

from formats.xml import UnreadableDocumentError


@dataclass(frozen=True, slots=True)
class ContainerLimits:
    """How big a PDF and its attachments may be.

    Attributes:
        pdf: Bytes of the PDF.
        attachment: Bytes of one attached file, decompressed. As much as the XML parser takes.
        files: File specifications looked at.
        depth: Levels of a name tree.
    """

    pdf: int = 50 * 1024 * 1024
    attachment: int = 20 * 1024 * 1024
    files: int = 500
    depth: int = 16


DEFAULT_LIMITS = ContainerLimits()

_WHITE_SPACE = b"\0\t\n\f\r "
"""White space of PDF (ISO 32000-1, 7.2.2)."""

_STRUCTURE = 128 * 1024 * 1024
"""Bytes that one stream of the PDF's own structure (object streams, XMP) may inflate to."""

# qpdf's limits are the process's. Only hybrid invoices go through it here, and none needs more;
# left alone, an object stream of 195 kB inflates to 200 MB while the file is opened.
pikepdf.settings.set_qpdf_limits(
    doc_max_warnings=200,
    parser_max_nesting=200,
    max_stream_filters=4,
    flate_max_memory=_STRUCTURE,
    png_max_memory=_STRUCTURE,
    run_length_max_memory=_STRUCTURE,
    tiff_max_memory=_STRUCTURE,
)


class UnreadableHybridError(UnreadableDocumentError):
    """A PDF that cannot be read as a hybrid invoice, and why.

    Attributes:
        code: `not-a-pdf`, `too-large`, `encrypted`, `damaged`, `no-invoice`,
            `several-invoices`, `attachment-too-large`, `unknown-filter`.
    """


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file specification of the PDF, its content not read yet."""

    filename: str
    relationship: str | None
    stream: pikepdf.Stream

    @property
    def identity(self) -> tuple[int, int]:
        """Object and generation number of the content: the same for two ways to one file."""
        return self.stream.objgen


@contextlib.contextmanager
def damage_told() -> Iterator[None]:
    """Turn what pikepdf raises on damaged files, wherever it meets them, into our error.

    Names that are not UTF-8, objects of the wrong type and the like come as ValueError.
    """
    try:
        yield
    except UnreadableDocumentError:
        raise
    except (pikepdf.PdfError, RuntimeError, ValueError) as error:
        said = " ".join(str(error).split())[:200]
        raise UnreadableHybridError("damaged", f"The PDF is damaged: {said}") from None


def opened(
    content: bytes, limits: ContainerLimits = DEFAULT_LIMITS, *, whole: bool = False
) -> pikepdf.Pdf:
    """Open a PDF from outside.

    Args:
        content: The PDF.
        limits: How big it may be.
        whole: Repair nothing: of a file that was cut or garbled, what can be put together again
            may be an older revision, or a part.

    Raises:
        UnreadableHybridError: It is none, is encrypted, too large or beyond repair.
    """
    if len(content) > limits.pdf:
        raise UnreadableHybridError(
            "too-large", f"The PDF has {len(content)} bytes, more than {limits.pdf}."
        )
    if b"%PDF-" not in content[:1024]:
        raise UnreadableHybridError("not-a-pdf", "The file is not a PDF.")
    if whole and not content.rstrip(_WHITE_SPACE).endswith(b"%%EOF"):
        raise UnreadableHybridError("damaged", "The PDF is damaged: its end is missing.")
    with damage_told():
        try:
            pdf = pikepdf.open(
                io.BytesIO(content), suppress_warnings=True, attempt_recovery=not whole
            )
        except pikepdf.PasswordError:
            raise UnreadableHybridError(
                "encrypted", "The PDF needs a password; hybrid invoices are never encrypted."
            ) from None
    if pdf.is_encrypted:  # opens without a password, and still is not PDF/A
        raise UnreadableHybridError(
            "encrypted", "The PDF is encrypted; hybrid invoices are never encrypted."
        )
    return pdf


def refuse_repaired(pdf: pikepdf.Pdf) -> None:
    """Refuse a PDF in which qpdf had to guess at something that was read so far.

    Raises:
        UnreadableHybridError: `damaged`.
    """
    if guesses := pdf.get_warnings():
        said = " ".join(str(guesses[0]).split())[:200]
        raise UnreadableHybridError("damaged", f"The PDF is damaged: {said}")


def attached_files(
    pdf: pikepdf.Pdf, limits: ContainerLimits = DEFAULT_LIMITS
) -> tuple[AttachedFile, ...]:
    """Return the files attached to the PDF, by its catalogue's /AF and its name tree.

    A file that both name is returned once. Loops end at the first object seen twice.

    Raises:
        UnreadableHybridError: More files or deeper trees than the limits allow.
    """
    found: dict[tuple[int, int], AttachedFile] = {}
    with damage_told():
        for specification in _specifications(pdf, limits):
            file = _attached_file(specification)
            if file is not None:
                found.setdefault(file.identity, file)
    return tuple(found.values())


def _specifications(pdf: pikepdf.Pdf, limits: ContainerLimits) -> Iterator[pikepdf.Dictionary]:
    count = 0
    associated = pdf.Root.get("/AF")
    names = pdf.Root.get("/Names")
    tree = names.get("/EmbeddedFiles") if isinstance(names, pikepdf.Dictionary) else None
    sources = [iter(associated) if isinstance(associated, pikepdf.Array) else iter(())]
    if isinstance(tree, pikepdf.Dictionary):
        sources.append(_leaves(tree, limits.depth, set()))
    for source in sources:
        for item in source:
            count += 1
            if count > limits.files:
                raise UnreadableHybridError(
                    "too-large", f"The PDF has more than {limits.files} attachments."
                )
            if isinstance(item, pikepdf.Dictionary):
                yield item


def _leaves(
    node: pikepdf.Dictionary, depth: int, seen: set[tuple[int, int]]
) -> Iterator[pikepdf.Object]:
    """Yield the values of a name tree (ISO 32000-1, 7.9.6)."""
    if depth == 0:
        raise UnreadableHybridError("too-large", "The PDF's name tree is too deep.")
    if node.is_indirect:
        if node.objgen in seen:
            return
        seen.add(node.objgen)
    pairs = node.get("/Names")
    if isinstance(pairs, pikepdf.Array):
        yield from list(pairs)[1::2]
    kids = node.get("/Kids")
    if isinstance(kids, pikepdf.Array):
        for kid in kids:
            if isinstance(kid, pikepdf.Dictionary):
                yield from _leaves(kid, depth - 1, seen)


def _attached_file(specification: pikepdf.Dictionary) -> AttachedFile | None:
    embedded = specification.get("/EF")
    if not isinstance(embedded, pikepdf.Dictionary):
        return None  # a link to a file elsewhere
    stream = embedded.get("/UF", embedded.get("/F"))
    name = specification.get("/UF", specification.get("/F"))
    if not isinstance(stream, pikepdf.Stream) or not isinstance(name, pikepdf.String):
        return None
    relationship = specification.get("/AFRelationship")
    known = isinstance(relationship, pikepdf.Name)
    return AttachedFile(str(name), str(relationship)[1:] if known else None, stream)


def content_of(file: AttachedFile, limits: ContainerLimits = DEFAULT_LIMITS) -> bytes:
    """Return the bytes of an attached file.

    Raises:
        UnreadableHybridError: `attachment-too-large` (nothing beyond the limit is inflated),
            `unknown-filter`, `damaged`.
    """
    with damage_told():
        data = bytes(file.stream.read_raw_bytes())
        filters = _filters(file.stream)
    for _ in filters:
        data = _inflated(data, file.filename, limits.attachment)
    if len(data) > limits.attachment:
        raise _too_large(file.filename, limits.attachment)
    return data


def _filters(stream: pikepdf.Stream) -> list[str]:
    value = stream.get("/Filter")
    if value is None:
        return []
    filters = [str(item) for item in value] if isinstance(value, pikepdf.Array) else [str(value)]
    predicted = stream.get("/DecodeParms") is not None
    if predicted or filters not in (["/FlateDecode"], ["/FlateDecode", "/FlateDecode"]):
        raise UnreadableHybridError(
            "unknown-filter", f"The attachment is packed with {', '.join(filters)[:80]}."
        )
    return filters


def _inflated(data: bytes, name: str, limit: int) -> bytes:
    inflater = zlib.decompressobj()
    try:
        result = inflater.decompress(data, limit + 1)
    except zlib.error:
        raise UnreadableHybridError("damaged", f"The attachment {name[:80]} is damaged.") from None
    if len(result) > limit:
        raise _too_large(name, limit)
    return result


def _too_large(name: str, limit: int) -> UnreadableHybridError:
    return UnreadableHybridError(
        "attachment-too-large", f"The attachment {name[:80]} has more than {limit} bytes."
    )
