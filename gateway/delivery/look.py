"""How an entity's documents look: its settings, turned into what the typesetter takes."""

from dataclasses import dataclass, field

from formats.pdf import LOCALES, FiscalQr, PaymentQr, RenderOptions, Template, Texts
from formats.pdf.options import MAX_TEXTS
from gateway.kinds import DocumentKind
from gateway.tenants.settings import EntitySettings, PdfTemplate, PdfTexts

DEFAULT_COLOR = "#1f4e79"

_FOOT_LINES = 4
"""Lines that fit at the foot of a page; a longer text goes to the end of the document."""


@dataclass(frozen=True, slots=True)
class Look:
    """How an entity's documents look.

    Attributes:
        locale: Language of pages, mails and the shared page.
        primary_color: `#rrggbb`.
        template: The layout.
        logo: Its bytes as uploaded; None where it is named by address, or there is none.
        logo_url: Where it is to be fetched from, once.
        logo_scale_percent: See `RenderOptions`.
        payment_qr: Which payment code.
        texts: The sender's own words.
        delivery_notes_without_prices: Leaves prices off delivery notes.
    """

    locale: str
    primary_color: str = DEFAULT_COLOR
    template: Template = Template.CLASSIC
    logo: bytes | None = None
    logo_url: str | None = None
    logo_scale_percent: int = 100
    payment_qr: PaymentQr = PaymentQr.AUTO
    texts: Texts = field(default_factory=Texts)
    delivery_notes_without_prices: bool = False

    def options(
        self,
        kind: DocumentKind,
        *,
        logo: bytes | None,
        draft: bool = False,
        fiscal_codes: tuple[FiscalQr, ...] = (),
    ) -> RenderOptions:
        """Return the options for a document; a logo that cannot be drawn is refused by name.

        Raises:
            InvalidOptionError: As it says.
        """
        return RenderOptions(
            template=self.template,
            locale=self.locale,
            primary_color=self.primary_color,
            logo=logo,
            logo_scale_percent=self.logo_scale_percent,
            payment_qr=self.payment_qr,
            fiscal_codes=fiscal_codes,
            texts=self.texts,
            draft=draft,
            hide_prices=kind is DocumentKind.DELIVERY_NOTE and self.delivery_notes_without_prices,
        )


def look_of(settings: EntitySettings, locale: str, logo: bytes | None = None) -> Look:
    """Return the look that settings ask for.

    Args:
        settings: What holds for the entity, the account's below its own.
        locale: The language that holds for it.
        logo: The uploaded logo, kept outside the settings.
    """
    chosen = settings.pdf_template or PdfTemplate()
    return Look(
        locale=locale if locale.partition("-")[0] in LOCALES else "en",
        template=chosen.name or Template.CLASSIC,
        primary_color=chosen.primary_color or DEFAULT_COLOR,
        logo=logo,
        logo_url=chosen.logo_url if logo is None else None,
        logo_scale_percent=chosen.logo_scale_percent or 100,
        payment_qr=settings.payment_qr or PaymentQr.AUTO,
        texts=_texts(chosen.texts or PdfTexts()),
        delivery_notes_without_prices=bool(chosen.delivery_notes_without_prices),
    )


def _texts(given: PdfTexts) -> Texts:
    footer, legal = given.footer or "", given.legal or ""
    if len(footer) > MAX_TEXTS["footer"] or footer.count("\n") >= _FOOT_LINES:
        footer, legal = "", "\n\n".join(part for part in (legal, footer) if part)
    return Texts((given.intro or "")[: MAX_TEXTS["header"]], footer, legal[: MAX_TEXTS["legal"]])
