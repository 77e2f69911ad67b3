"""What the sender may choose about the look of an invoice."""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from formats.pdf.language import LOCALES
from formats.pdf.logo import Logo, checked_logo

_COLOR = re.compile("#[0-9a-fA-F]{6}")
_SCALES = range(10, 301)
MAX_FISCAL_PAYLOAD = 1000
"""Characters of a fiscal QR code's text; the longest in use (fiscal URLs) have about 400."""


MAX_TEXTS = {"header": 2000, "footer": 300, "legal": 4000}
"""Characters of each of the sender's texts; the footer must leave room for the page."""


class InvalidOptionError(ValueError):
    """An option that cannot be used, and why.

    Attributes:
        option: Its name in `RenderOptions`.
    """

    def __init__(self, option: str, message: str) -> None:
        super().__init__(f"{option} {message}")
        self.option = option


class Template(StrEnum):
    """The layouts there are."""

    CLASSIC = "classic"
    MODERN = "modern"
    CONDENSED = "condensed"


class PaymentQr(StrEnum):
    """Which payment code stands on the invoice.

    `AUTO` takes the code of the payee's country (UPN for a Slovenian account, HUB3 for a
    Croatian one, else EPC), and none where the payment does not allow one.
    """

    AUTO = "auto"
    NONE = "none"
    EPC = "epc"
    UPN = "upn"
    HUB3 = "hub3"


@dataclass(frozen=True, slots=True)
class FiscalQr:
    """The QR code of a fiscal authority, made elsewhere.

    Attributes:
        payload: Its text.
        caption: What to print below it.
        heading: What to print above it. A code with a heading stands alone, at the top of the
            first page; the others stand beside the payment.
        width_mm: Width of the symbol without its quiet zone; None: 30 mm with it.
    """

    payload: str
    caption: str = ""
    heading: str = ""
    width_mm: float | None = None


@dataclass(frozen=True, slots=True)
class Texts:
    """The sender's own words around the invoice, printed as they are.

    Attributes:
        header: Above the lines.
        footer: At the foot of every page.
        legal: Small print at the end.
    """

    header: str = ""
    footer: str = ""
    legal: str = ""


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """How an invoice shall look. Checked when made: `InvalidOptionError` names the option.

    Attributes:
        template: The layout.
        locale: Language of labels and formats: one of `LOCALES`, also as `de-AT`.
        primary_color: `#rrggbb`, for rules, headings and bands.
        logo: A PNG, JPEG or SVG; checked, never trusted.
        logo_scale_percent: 10 to 300; 100 fits a box of 55 x 18 mm.
        payment_qr: Which payment code to print.
        fiscal_codes: Those of a fiscal authority, if the invoice has any.
        font_directories: Where further fonts lie (TrueType, OpenType), used for characters that
            the built-in ones lack, such as Chinese or Japanese.
        texts: The sender's own words.
        draft: Says on every page that this is not issued, and asks nobody to pay.
        hide_prices: Leaves out prices, amounts, VAT and payment, as on a delivery note.
    """

    template: Template = Template.CLASSIC
    locale: str = "en"
    primary_color: str = "#1f4e79"
    logo: bytes | None = field(default=None, repr=False)
    logo_scale_percent: int = 100
    payment_qr: PaymentQr = PaymentQr.AUTO
    fiscal_codes: tuple[FiscalQr, ...] = ()
    font_directories: tuple[Path, ...] = ()
    texts: Texts = Texts()
    draft: bool = False
    hide_prices: bool = False

    def __post_init__(self) -> None:
        if self.locale.replace("_", "-").partition("-")[0].lower() not in LOCALES:
            raise InvalidOptionError("locale", f"is none of {', '.join(LOCALES)}")
        if not _COLOR.fullmatch(self.primary_color):
            raise InvalidOptionError("primary_color", 'is not a colour like "#1f4e79"')
        if self.logo_scale_percent not in _SCALES:
            raise InvalidOptionError("logo_scale_percent", "is not between 10 and 300")
        if any(not 0 < len(one.payload) <= MAX_FISCAL_PAYLOAD for one in self.fiscal_codes):
            raise InvalidOptionError(
                "fiscal_codes", f"has a payload of 0 or more than {MAX_FISCAL_PAYLOAD} characters"
            )
        for name, most in MAX_TEXTS.items():
            if len(getattr(self.texts, name)) > most:
                raise InvalidOptionError(f"texts.{name}", f"has more than {most} characters")
        self.checked_logo()

    def checked_logo(self) -> Logo | None:
        """Return the logo after its checks, or None if there is none."""
        if self.logo is None:
            return None
        try:
            return checked_logo(self.logo)
        except ValueError as error:
            raise InvalidOptionError("logo", str(error)) from None
