"""From an invoice to the bytes of a PDF/A-3b."""

import contextlib
import datetime
import functools
import json
from dataclasses import asdict
from importlib import resources
from pathlib import Path

import typst

from formats.en16931.model import Invoice
from formats.pdf.characters import printable, replaced
from formats.pdf.colors import readable_on, readable_on_white
from formats.pdf.language import Language, language
from formats.pdf.options import RenderOptions
from formats.pdf.payment_codes import NoPaymentCodeError, fiscal_code, payment_code
from formats.pdf.view import UNDUE, view

_ROOM = Path(str(resources.files("formats.pdf")))
_SERIF = ("Libertinus Serif", "Source Sans Pro", "DejaVu Sans Mono", "New Computer Modern")
_SANS = ("Source Sans Pro", "Libertinus Serif", "DejaVu Sans Mono", "New Computer Modern")
_UNDISPLAYED = "could not be displayed with font"


class RenderingError(RuntimeError):
    """The typesetter refused; a defect of ours or a damaged logo, never the invoice's fault."""


def render(
    invoice: Invoice,
    options: RenderOptions | None = None,
    *,
    created_at: datetime.datetime | None = None,
) -> bytes:
    """Return the invoice for people, as PDF/A-3b: the same input gives the same bytes.

    Everything the invoice holds is on the pages. Its texts reach the typesetter as data and are
    printed as they are; a character that no font at hand has is printed as its code, `[U+65E5]`,
    and one that would reorder the text around it likewise.

    Args:
        invoice: Complete or not; nothing is judged.
        options: How it shall look.
        created_at: For the metadata, with time zone. The day of issue at midnight UTC by
            default.

    Raises:
        RenderingError: The typesetter refused, as for a damaged logo.
        ValueError: `created_at` has no time zone.
    """
    options = options or RenderOptions()
    moment = _moment(invoice, created_at)
    words = language(options.locale)
    data = {
        "view": view(invoice, words, draft=options.draft, priced=not options.hide_prices),
        "words": dict(words.labels),
        "language": words.code,
        "created": [*moment.timetuple()[:6]],
        "style": _style(options),
        "codes": _codes(invoice, options, words),
        "texts": asdict(options.texts),
    }
    data["fonts"] = families_of(options.font_directories)
    return typeset(printable(data), options.template.value, moment, options.font_directories)


def _moment(invoice: Invoice, created_at: datetime.datetime | None) -> datetime.datetime:
    if created_at is None:
        day = invoice.issue_date or datetime.date(1970, 1, 1)
        return datetime.datetime.combine(day, datetime.time(), datetime.UTC)
    if created_at.tzinfo is None:
        raise ValueError("created_at needs a time zone")
    return created_at.astimezone(datetime.UTC).replace(microsecond=0)


def _style(options: RenderOptions) -> dict[str, object]:
    logo = options.checked_logo()
    color = options.primary_color
    drawn = None
    if logo is not None:
        svg = logo.kind == "svg"
        drawn = {
            "kind": logo.kind,
            "content": [logo.content.decode("utf-8-sig")] if svg else [*logo.content],
            "scale": options.logo_scale_percent,
        }
    return {
        "primary": color,
        "on_primary": readable_on(color),
        "accent": readable_on_white(color),
        "logo": drawn,
    }


def _codes(invoice: Invoice, options: RenderOptions, words: Language) -> list[dict[str, object]]:
    """Return the codes to print; a payment that allows no code has none, as the docs say."""
    found = []
    payment = None
    if not (options.draft or options.hide_prices or invoice.type_code in UNDUE):
        with contextlib.suppress(NoPaymentCodeError):
            payment = payment_code(invoice, options.payment_qr)
    if payment is not None:
        found.append((payment, words["scan_to_pay"], ""))
    found += [(fiscal_code(one), one.caption, one.heading) for one in options.fiscal_codes]
    return [
        {
            "svg": code.svg,
            "caption": caption,
            "heading": heading,
            "alt": caption or code.kind,
            "width": code.width_mm,
        }
        for code, caption, heading in found
    ]


def families_of(directories: tuple[Path, ...] = ()) -> dict[str, list[str]]:
    """Return the font families that templates set in, by their use."""
    families = _families(directories)
    return {"serif": [*_SERIF, *families], "sans": [*_SANS, *families]}


def typeset(
    data: object, template: str, moment: datetime.datetime, directories: tuple[Path, ...] = ()
) -> bytes:
    """Return the PDF/A-3b that a template makes of data.

    Args:
        data: What `characters.printable` left.
        template: The name of its file.
        moment: For the metadata.
        directories: Where the operator's fonts are.

    Raises:
        RenderingError: The typesetter refused.
    """

    def compiled(content: object) -> bytes:
        compiler = typst.Compiler(  # a new one each time: it loses its source with its first run
            _source(template),
            root=_ROOM / "templates",
            font_paths=_fonts(directories),
            ignore_system_fonts=True,
        )
        result = compiler.compile(
            format="pdf",
            sys_inputs={"data": json.dumps(content, ensure_ascii=False)},
            pdf_standards=["a-3b", "ua-1"],
            timestamp=int(moment.timestamp()),
        )
        if not isinstance(result, bytes):  # one PDF whatever the pages; images would be a list
            raise RenderingError("The typesetter returned no PDF.")
        return result

    try:
        return compiled(data)
    except typst.TypstError as error:
        if _UNDISPLAYED not in error.message:
            raise RenderingError(error.diagnostic) from None
    displayed = functools.partial(_displayed, directories)
    try:
        return compiled(replaced(data, displayed))
    except typst.TypstError as error:
        if _UNDISPLAYED not in error.message:
            raise RenderingError(error.diagnostic) from None
    # Single characters can all be displayed and a combination of them not.
    try:
        return compiled(replaced(data, lambda character: character.isascii()))
    except typst.TypstError as error:
        raise RenderingError(error.diagnostic) from None


@functools.cache
def _source(template: str) -> bytes:
    return (_ROOM / "templates" / f"{template}.typ").read_bytes()


@functools.cache
def _fonts(directories: tuple[Path, ...]) -> typst.Fonts:
    """Return the fonts at hand: typst's own, ours, the operator's. Never the system's.

    The system's would make the same invoice look different on another machine.
    """
    paths = [_ROOM / "fonts", *directories]
    return typst.Fonts(include_system_fonts=False, font_paths=[str(path) for path in paths])


@functools.cache
def _families(directories: tuple[Path, ...]) -> tuple[str, ...]:
    """Return the families that the operator's directories add, in a fixed order."""
    known = set(_fonts(()).families())
    return tuple(sorted(set(_fonts(directories).families()) - known)) if directories else ()


@functools.lru_cache(maxsize=20_000)
def _displayed(directories: tuple[Path, ...], character: str) -> bool:
    """Say whether the fonts at hand have a character, by trying to set it."""
    if character.isascii():
        return True
    families = json.dumps([*_SANS, *_families(directories)], ensure_ascii=False)
    source = f"#set text(font: json(bytes({json.dumps(families)})))\n#sys.inputs.data"
    try:
        typst.Compiler(
            source.encode(),
            root=_ROOM / "templates",
            font_paths=_fonts(directories),
            ignore_system_fonts=True,
            sys_inputs={"data": character},
        ).compile(format="pdf", pdf_standards=["a-3b"], timestamp=0)
    except typst.TypstError:
        return False
    return True
