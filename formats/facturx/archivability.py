"""What keeps a PDF from becoming PDF/A-3: the part that can be seen without rendering it.

No substitute for a PDF/A validator: it keeps us from putting the claim on a file that plainly is
not archivable, such as one printed with the standard fonts.
"""

from collections.abc import Iterator

import pikepdf

_STANDARDS = {"1", "2", "3"}
"""Parts of ISO 19005 whose files may become part 3: it allows all they allow, and attachments."""

_FORBIDDEN_ACTIONS = {"/JavaScript", "/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData"}
_MAX_NODES = 200_000


def shortcomings(pdf: pikepdf.Pdf, pdfa_part: str | None) -> tuple[str, ...]:
    """Return why a PDF cannot be made PDF/A-3, in words; empty if nothing is seen.

    Args:
        pdf: The document.
        pdfa_part: The part of PDF/A that its metadata claims.
    """
    return tuple(_shortcomings(pdf, pdfa_part))


def _shortcomings(pdf: pikepdf.Pdf, pdfa_part: str | None) -> Iterator[str]:
    if pdfa_part not in _STANDARDS:
        yield "its metadata does not say that it is PDF/A (part 1, 2 or 3)"
    if not _has_output_profile(pdf):
        yield "it has no output intent with a colour profile"
    names = sorted({name for font in _fonts(pdf) for name in _missing_file(font)})
    if names:
        yield f"fonts are not embedded: {', '.join(names)[:200]}"
    action = pdf.Root.get("/OpenAction")
    if isinstance(action, pikepdf.Dictionary) and str(action.get("/S")) in _FORBIDDEN_ACTIONS:
        yield "it starts an action when it is opened"
    scripts = pdf.Root.get("/Names")
    if isinstance(scripts, pikepdf.Dictionary) and "/JavaScript" in scripts:
        yield "it holds JavaScript"


def _has_output_profile(pdf: pikepdf.Pdf) -> bool:
    intents = pdf.Root.get("/OutputIntents")
    return isinstance(intents, pikepdf.Array) and any(
        isinstance(intent, pikepdf.Dictionary)
        and str(intent.get("/S")) == "/GTS_PDFA1"
        and isinstance(intent.get("/DestOutputProfile"), pikepdf.Stream)
        for intent in intents
    )


def _fonts(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    for number, item in enumerate(pdf.objects):
        if number > _MAX_NODES:
            return
        if isinstance(item, pikepdf.Dictionary) and str(item.get("/Type")) == "/Font":
            yield item


def _missing_file(font: pikepdf.Dictionary) -> Iterator[str]:
    """Yield the name of a font whose program is not in the file.

    A composite font has it in its descendant, which is a font of its own; type 3 fonts are
    drawings.
    """
    if str(font.get("/Subtype")) in {"/Type0", "/Type3"}:
        return
    descriptor = font.get("/FontDescriptor")
    embedded = isinstance(descriptor, pikepdf.Dictionary) and any(
        key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")
    )
    if not embedded:
        yield str(font.get("/BaseFont", "/unnamed"))[1:]
