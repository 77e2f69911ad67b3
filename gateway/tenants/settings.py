"""The settings of an entity: how its documents are made, numbered, drawn and sent.

Every setting says who reads it. A name that nobody knows is refused; a list replaces a list.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from countries.vat.facts import Scheme
from formats.en16931.group import Text
from formats.pdf.options import PaymentQr, Template
from gateway.kinds import DocumentKind
from gateway.tenants.fiscalization import Fiscalization
from gateway.tenants.retention import Retention
from gateway.tenants.section import Section
from gateway.tenants.setting_values import (
    Bic,
    CurrencyCode,
    Days,
    First,
    Iban,
    Line,
    Locale,
    MailAddress,
    Paragraph,
    Pattern,
    Profile,
    Threshold,
    WebAddress,
)


class PdfTexts(Section):
    """Texts on every PDF."""

    intro: Paragraph | None = Field(default=None, description="Above the lines.")
    footer: Paragraph | None = Field(default=None, description="At the foot of the page.")
    legal: Annotated[Text, Field(max_length=4000)] | None = Field(
        default=None, description="Small print at the end."
    )


class PdfTemplate(Section):
    """How documents look; read where a PDF is drawn."""

    name: Template | None = Field(default=None, description="The layout.")
    primary_color: Annotated[Text, Field(pattern="^#[0-9a-fA-F]{6}$")] | None = None
    logo_url: WebAddress | None = Field(
        default=None, description="Where the logo is (https); or give `logo`."
    )
    logo: Text | None = Field(
        default=None,
        max_length=1_500_000,
        description="The logo in base64: PNG, JPEG or SVG, at most 1 MiB. Shown as `sha256:...`.",
    )
    logo_scale_percent: Annotated[int, Field(strict=True, ge=10, le=300)] | None = None
    delivery_notes_without_prices: bool | None = Field(
        default=None, description="Leave prices, amounts and VAT off delivery notes."
    )
    texts: PdfTexts | None = None


class MailText(Section):
    """What an e-mail with one kind of document says."""

    subject: Line | None = None
    body: Annotated[Text, Field(max_length=10_000)] | None = None


class EmailDefaults(Section):
    """Of the e-mails with documents; read where they are sent."""

    sender_name: Annotated[Line, Field(pattern=r"^[^\r\n]*$")] | None = Field(
        default=None, description="Stands before the address in From."
    )
    reply_to: MailAddress | None = None
    invoice: MailText | None = None
    credit_note: MailText | None = None
    advance_invoice: MailText | None = None
    self_billed_invoice: MailText | None = None
    self_billed_credit_note: MailText | None = None
    estimate: MailText | None = None
    proforma: MailText | None = None
    delivery_note: MailText | None = None
    order: MailText | None = None
    receipt: MailText | None = None
    reminder: MailText | None = Field(default=None, description="Of payment reminders.")


class EuTaxRules(Section):
    """Standing answers to questions that an invoice across borders asks."""

    schemes: Annotated[tuple[Scheme, ...], Field(max_length=len(Scheme))] | None = Field(
        default=None, description="How the entity is taxed, beside the ordinary way."
    )
    vies_validate_vat: bool | None = Field(
        default=None,
        description="Have buyers' VAT numbers checked before a document relies on them.",
    )
    unverified: Literal["stop", "flag"] | None = Field(
        default=None,
        description="What to do with a document that relies on a number that is not in force:"
        " refuse it (the default), or issue it with a warning (GW-34).",
    )
    unknown: Literal["hold", "flag"] | None = Field(
        default=None,
        description="What to do while nobody says whether a number is in force: hold the document"
        " (the default), or issue it with a warning (GW-35).",
    )
    auto_reverse_charge: bool | None = Field(
        default=None,
        description="Lines that say nothing of VAT become AE or K where the law makes the buyer"
        " owe the tax. Otherwise the document must say so.",
    )
    auto_remove_tax_export: bool | None = Field(
        default=None,
        description="Lines that say nothing of VAT become G or O where the sale leaves the"
        " Union. Otherwise the document must say so.",
    )
    require_gross_prices: bool | None = Field(
        default=None, description="Refuse prices without VAT for consumers (GW-36)."
    )


class TaxRules(Section):
    """Standing tax rules, by region."""

    eu: EuTaxRules | None = None


class TaxClauses(Section):
    """Notes by what a sale is, for documents that give none. Has no effect yet."""

    domestic: Paragraph | None = None
    intra_eu_b2b: Paragraph | None = None
    intra_eu_b2c: Paragraph | None = None
    third_country_b2b: Paragraph | None = None
    third_country_b2c: Paragraph | None = None


class BankAccount(Section):
    """Where the entity wants its money; read where payment instructions are made (BG-17)."""

    iban: Iban
    bic: Bic | None = None
    name: Line | None = Field(default=None, description="Of the account's holder (BT-85).")
    default: bool = Field(default=False, description="Stands on documents that name none.")


class PaymentReminders(Section):
    """E-mails to customers about open invoices."""

    enabled: bool = True
    days: Annotated[tuple[Threshold, ...], Field(max_length=10)] = (7, 14, 30)
    """After the due date."""

    days_before: Annotated[tuple[Threshold, ...], Field(max_length=10)] = ()
    """Before the due date."""


class OverdueNotifications(Section):
    """When `invoice.overdue` is told again."""

    threshold_days: Annotated[tuple[Threshold, ...], Field(max_length=10)] = (1,)


class VatRechecks(Section):
    """Whether the VAT numbers of customers are checked again and again (`/v1/vat-checks`)."""

    enabled: bool = True
    days: Annotated[int, Field(strict=True, ge=1, le=365)] = 30
    """How old the last answer may become."""


class EInvoicing(Section):
    """Whether documents go out as structured invoices."""

    enabled: bool | None = None
    auto_send: bool | None = Field(default=None, description="Send when finalized.")


class Seal(Section):
    """How issued documents are sealed in the entity's name."""

    documents: Literal["xades", "jws"] | None = Field(
        default=None,
        description="A detached signature over the bytes, archived beside them. It needs a key of"
        " the purpose `document-seal`.",
    )
    pdf: bool | None = Field(
        default=None,
        description="Seal the PDFs of issued documents (PAdES), when they are drawn for the first"
        " time. It needs the same key.",
    )


def _template(value: object) -> object:
    return {"name": value} if isinstance(value, str) else value


def _one_default(accounts: tuple[BankAccount, ...]) -> tuple[BankAccount, ...]:
    if sum(account.default for account in accounts) > 1:
        raise ValueError("name one default account")
    return accounts


class SharedSettings(Section):
    """What an account may settle for all its entities."""

    default_profile: Profile | None = Field(
        default=None, description="How documents are written; e.g. `peppol-bis-3`."
    )
    locale: Locale | None = Field(default=None, description="Language of PDF, page and e-mail.")
    currency_code: CurrencyCode | None = Field(
        default=None, description="Of documents that name none (BT-5)."
    )
    due_days: Days | None = Field(
        default=None, description="From issue to due date (BT-9), where a document has none."
    )
    valid_days: Days | None = Field(default=None, description="How long estimates hold.")
    pdf_template: Annotated[PdfTemplate, BeforeValidator(_template)] | None = Field(
        default=None, description='An object, or the name of a layout: "modern".'
    )
    email_defaults: EmailDefaults | None = None
    tax_rules: TaxRules | None = None
    tax_clause_defaults: TaxClauses | None = None
    number_formats: Mapping[DocumentKind, Pattern] | None = Field(
        default=None,
        description="How numbers of a kind are written: read when its series is made, on first"
        " use. A series that exists is changed by `PATCH /v1/series/{series_id}`.",
    )
    payment_reminders: PaymentReminders | None = None
    overdue_notifications: OverdueNotifications | None = None
    payment_qr: PaymentQr | None = Field(default=None, description="Payment code on the PDF.")
    e_invoicing: EInvoicing | None = None
    notices_to: Annotated[tuple[MailAddress, ...], Field(max_length=10)] | None = Field(
        default=None,
        description="Who is told by e-mail what needs a person, such as a webhook endpoint that"
        " was disabled. An entity that names nobody, nor its account: its administrators.",
    )


class EntitySettings(SharedSettings):
    """How an entity's documents are made when they do not say otherwise."""

    bank_accounts: (
        Annotated[tuple[BankAccount, ...], Field(max_length=20), AfterValidator(_one_default)]
        | None
    ) = None
    vat_rechecks: VatRechecks | None = Field(
        default=None,
        description="Check the VAT numbers of customers every so many days, and tell of changes;"
        " `{}` is every 30 days.",
    )
    fiscalization: Fiscalization | None = Field(
        default=None,
        description="Which authority records the entity's documents when they are issued, and"
        " how.",
    )
    seal: Seal | None = Field(default=None, description="Seal documents when they are issued.")
    retention: Retention | None = Field(
        default=None, description="What decides how long documents must be kept."
    )
    number_sequence_starts: Mapping[DocumentKind, First] | None = Field(
        default=None,
        description="The first number of a kind, to go on where another system stopped: read"
        " when its series is made.",
    )

    @property
    def bank_account(self) -> BankAccount | None:
        """The account for documents that name none: the default one, or the first."""
        accounts = self.bank_accounts or ()
        return next((one for one in accounts if one.default), accounts[0] if accounts else None)


_LOGOS = frozenset({"logo", "logo_url"})


def stored(settings: SharedSettings) -> dict[str, Any]:
    """Return settings for the database: what was said, in JSON."""
    return settings.model_dump(mode="json", exclude_unset=True, exclude_none=True)


def effective(inherited: Mapping[str, Any], own: Mapping[str, Any]) -> EntitySettings:
    """Return what holds for an entity: its own settings over its account's."""
    return EntitySettings.model_validate(_over(inherited, own))


def _over(inherited: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    result = dict(inherited)
    for name, value in own.items():
        below = result.get(name)
        if not isinstance(value, Mapping) or not isinstance(below, Mapping):
            result[name] = value
            continue
        if name == "pdf_template" and _LOGOS & set(value):
            # One's own logo, however given, stands in for the account's.
            below = {key: it for key, it in below.items() if key not in _LOGOS}
        result[name] = _over(below, value)
    return result
