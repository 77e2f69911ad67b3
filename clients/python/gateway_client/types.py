"""What the API takes and gives.

Generated from openapi.json: change scripts/client_writing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal, NotRequired, Required, TypedDict


class AccessList(TypedDict):
    """One page of what an auditor asked for, newest first."""

    data: Required[Sequence[gateway__auditors__schemas__AccessView]]
    next_cursor: Required[str | None]
    object: NotRequired[Literal["list"]]


class AccountChange(TypedDict):
    """What to change of the account, as JSON Merge Patch (RFC 7396): null takes a value away."""

    metadata: NotRequired[Mapping[str, Any] | None]
    name: NotRequired[str | None]
    settings: NotRequired[Mapping[str, Any] | None]


class AccountView(TypedDict):
    """An account, with its settings in the environment of the key."""

    created_at: Required[str]
    environment: Required[Literal["sandbox", "live"]]
    id: Required[str]
    metadata: Required[Mapping[str, str]]
    name: Required[str]
    object: NotRequired[Literal["account"]]
    settings: Required[Mapping[str, Any]]
    updated_at: Required[str]


class AccountingReference(TypedDict):
    """A further account of the buyer (BT-19)."""

    reference: NotRequired[str | None]
    type_code: NotRequired[str | None]


class AccountingVatBreakdown(TypedDict):
    """A row of IBG-37: the VAT of a category in the accounting currency (BT-6)."""

    category_code: NotRequired[str | None]
    category_rate: NotRequired[str | None]
    category_tax_amount: NotRequired[str | None]
    category_taxable_amount: NotRequired[str | None]


class AccountingVatBreakdownInput(TypedDict):
    """A row of IBG-37: the VAT of a category in the accounting currency (BT-6)."""

    category_code: NotRequired[str | None]
    category_rate: NotRequired[str | Decimal | int | None]
    category_tax_amount: NotRequired[str | Decimal | int | None]
    category_taxable_amount: NotRequired[str | Decimal | int | None]


class ActionsInput(TypedDict):
    """What is done with each document."""

    finalize: NotRequired[bool]
    send: NotRequired[bool]


class ActivityList(TypedDict):
    """One page of activity, newest first."""

    data: Required[Sequence[ActivityView]]
    next_cursor: Required[str | None]
    object: NotRequired[Literal["list"]]


class ActivityView(TypedDict):
    """One thing that was done, or that an auditor looked at."""

    action: Required[str]
    actor_id: Required[str | None]
    actor_kind: Required[Literal["key", "user", "auditor", "system", "operator"]]
    created_at: Required[str]
    data: Required[Mapping[str, Any]]
    entity_id: Required[str | None]
    id: Required[str]
    object: NotRequired[Literal["activity"]]
    request_id: Required[str | None]
    subject_id: Required[str | None]


class ActorView(TypedDict):
    """Who did something."""

    id: Required[str | None]
    kind: Required[Literal["key", "user", "auditor", "system", "operator"]]


class AdditionalItemIdentifier(TypedDict):
    """A further number of the item."""

    scheme: NotRequired[str | None]
    scheme_identifier: NotRequired[str | None]
    value: NotRequired[str | None]


class AdditionalSupportingDocument(TypedDict):
    """BG-24."""

    attached_document: NotRequired[BinaryObject | None]
    description: NotRequired[str | None]
    extensions: NotRequired[AdditionalSupportingDocumentExtensions | None]
    external_document_location: NotRequired[str | None]
    reference: NotRequired[str | None]


class AdditionalSupportingDocumentExtensions(TypedDict):
    """Beside BG-24."""

    issue_date: NotRequired[str | None]
    reference_scheme: NotRequired[str | None]
    type: NotRequired[str | None]
    type_code: NotRequired[str | None]
    unique_identifier: NotRequired[str | None]
    validation_date: NotRequired[str | None]
    validation_time: NotRequired[str | None]


class AdvancePayment(TypedDict):
    """BG-X-45: a payment that was asked for by an invoice of its own."""

    amount: NotRequired[str | None]
    invoice_issue_date: NotRequired[str | None]
    invoice_reference: NotRequired[str | None]
    invoice_type_code: NotRequired[str | None]
    received_date: NotRequired[str | None]
    taxes: NotRequired[Sequence[AdvancePaymentTax]]


class AdvancePaymentInput(TypedDict):
    """BG-X-45: a payment that was asked for by an invoice of its own."""

    amount: NotRequired[str | Decimal | int | None]
    invoice_issue_date: NotRequired[str | None]
    invoice_reference: NotRequired[str | None]
    invoice_type_code: NotRequired[str | None]
    received_date: NotRequired[str | None]
    taxes: NotRequired[Sequence[AdvancePaymentTaxInput]]


class AdvancePaymentTax(TypedDict):
    """BG-X-46: the VAT in an advance payment."""

    amount: NotRequired[str | None]
    category_code: NotRequired[str | None]
    exemption_reason_code: NotRequired[str | None]
    exemption_reason_text: NotRequired[str | None]
    rate: NotRequired[str | None]
    type_code: NotRequired[str | None]


class AdvancePaymentTaxInput(TypedDict):
    """BG-X-46: the VAT in an advance payment."""

    amount: NotRequired[str | Decimal | int | None]
    category_code: NotRequired[str | None]
    exemption_reason_code: NotRequired[str | None]
    exemption_reason_text: NotRequired[str | None]
    rate: NotRequired[str | Decimal | int | None]
    type_code: NotRequired[str | None]


class Alive(TypedDict):
    """The process lives."""

    status: NotRequired[Literal["ok"]]


class AmountFindingView(TypedDict):
    """What is wrong with the amounts that JSON or a spreadsheet gives."""

    fix: NotRequired[str | None]
    flag: Required[str]
    message: Required[str]
    pointer: NotRequired[str | None]
    rule: Required[str]
    term: NotRequired[str | None]


Anchor = Literal[
    "calendar_year_end",
    "fiscal_year_end",
    "fiscal_year_calendar_end",
    "first_of_july",
    "issue",
    "tax_period_end",
    "tax_due",
    "tax_due_year_end",
]


class AnomalyView(TypedDict):
    """Something that is wrong with a record, or an event."""

    reason: Required[Literal["huella", "signature", "first", "link", "time"]]
    sequence: Required[int]
    type: Required[str]


class ApiKeyInput(TypedDict):
    """A key to be made. It acts in the environment of the key that makes it."""

    entity_id: NotRequired[str | None]
    expires_at: NotRequired[str | None]
    name: Required[str]
    period: NotRequired[PeriodInput | None]
    role: Required[Literal["writer", "auditor"]]
    scopes: NotRequired[Sequence[str] | None]


class ApiKeyList(TypedDict):
    """One page of API keys, newest first."""

    data: Required[Sequence[ApiKeyView]]
    next_cursor: Required[str | None]
    object: NotRequired[Literal["list"]]


class ApiKeyView(TypedDict):
    """An API key without its secret."""

    created_at: Required[str]
    entity_id: Required[str | None]
    environment: Required[Literal["sandbox", "live"]]
    expires_at: Required[str | None]
    hint: Required[str]
    id: Required[str]
    last_used_at: Required[str | None]
    name: Required[str]
    object: NotRequired[Literal["api_key"]]
    period: Required[PeriodInput | None]
    revoked_at: Required[str | None]
    role: Required[Literal["writer", "auditor"]]
    scopes: Required[Sequence[str] | None]


class AppliedView(TypedDict):
    """The document with every patch applied, judged again."""

    changes: Required[Sequence[gateway__conversions__schemas__ChangeView]]
    content: Required[str | None]
    document: Required[Any]
    findings: Required[Sequence[JudgedFindingView]]
    judged: Required[bool]
    layers: Required[Sequence[JudgedLayerView]]
    losses: Required[Sequence[LossView]]
    valid: Required[bool]


class ArrivalView(TypedDict):
    """How the bytes came; they may come more than once."""

    at: Required[str]
    channel: Required[str]
    filename: Required[str | None]
    message_id: Required[str | None]
    receiver: Required[str | None]
    sender: Required[str | None]


class AttachmentView(TypedDict):
    """A file in the mail."""

    media_type: Required[str]
    name: Required[str]
    sha256: Required[str]
    size: Required[int]


class AttemptList(TypedDict):
    """The attempts of a transmission, in order."""

    data: Required[Sequence[gateway__transmissions__schemas__AttemptView]]
    dropped: Required[int]
    object: NotRequired[Literal["list"]]


class Attribute(TypedDict):
    """A property of an item (BG-32)."""

    name: Required[str]
    value: Required[str]


class AuditorInput(TypedDict):
    """Whom to let look at what, and until when; for another scope, invite anew."""

    directions: NotRequired[Sequence[Literal["issued", "received"]]]
    email: NotRequired[str | None]
    expires_at: Required[str]
    firm: NotRequired[str | None]
    kinds: NotRequired[Sequence[DocumentKind] | None]
    name: Required[str]
    period: NotRequired[PeriodInput | None]
    purpose: Required[str]
    send_invite: NotRequired[bool]


class AuditorList(TypedDict):
    """One page of invited auditors, newest first."""

    data: Required[Sequence[AuditorView]]
    next_cursor: Required[str | None]
    object: NotRequired[Literal["list"]]


class AuditorView(TypedDict):
    """An invited auditor, without the token."""

    created_at: Required[str]
    directions: Required[Sequence[Literal["issued", "received"]]]
    email: Required[str | None]
    ended_at: Required[str | None]
    ended_by: Required[InviterView | None]
    entity_id: Required[str]
    environment: Required[Literal["sandbox", "live"]]
    expires_at: Required[str]
    firm: Required[str | None]
    hint: Required[str]
    id: Required[str]
    invited_by: Required[InviterView]
    kinds: Required[Sequence[DocumentKind] | None]
    last_used_at: Required[str | None]
    name: Required[str]
    object: NotRequired[Literal["auditor"]]
    period: Required[PeriodInput | None]
    purpose: Required[str]
    state: Required[Literal["open", "ended", "expired"]]


class AxesView(TypedDict):
    """Where a transmission stands."""

    action_required: Required[str | None]
    business: Required[Business]
    regulatory: Required[Regulatory]
    transport: Required[Transport]


class BankAccount(TypedDict):
    """Where the entity wants its money; read where payment instructions are made (BG-17)."""

    bic: NotRequired[str | None]
    default: NotRequired[bool]
    iban: Required[str]
    name: NotRequired[str | None]


class BehindView(TypedDict):
    """The message in the way, where the order matters: the first unfinished one of the sender."""

    document_id: Required[str]
    meaning: Required[str]
    next_at: Required[str | None]
    reason: Required[str | None]
    transmission_id: Required[str]
    what: Required[str]


class BinaryObject(TypedDict):
    """An attached file (BT-125): base64 in JSON, bytes in Python."""

    content: Required[str]
    filename: Required[str]
    mime_code: Required[str]


class BulkDocument(TypedDict):
    """One document to be made."""

    body: Required[Mapping[str, Any]]
    kind: NotRequired[DocumentKind]
    reference: NotRequired[str | None]


class BulkDocumentsInput(TypedDict):
    """Documents to be made, and what is done with them."""

    documents: Required[Sequence[BulkDocument]]
    finalize: NotRequired[bool]
    send: NotRequired[bool]


class BulkIdsInput(TypedDict):
    """Documents that exist."""

    ids: Required[Sequence[str]]


class BulkItemList(TypedDict):
    """One page, in the order of the request."""

    data: Required[Sequence[BulkItemView]]
    next_cursor: Required[str | None]
    object: NotRequired[Literal["list"]]


class BulkItemView(TypedDict):
    """What came of one item."""

    document_id: Required[str | None]
    error: Required[Mapping[str, Any] | None]
    kind: Required[str | None]
    number: Required[str | None]
    object: NotRequired[Literal["bulk_item"]]
    position: Required[int]
    reference: Required[str | None]
    state: Required[Literal["queued", "succeeded", "failed"]]


Business = Literal[
    "none",
    "acknowledged",
    "in_process",
    "under_query",
    "conditionally_accepted",
    "partially_accepted",
    "accepted",
    "rejected",
    "disputed",
    "suspended",
    "completed",
    "paid_partially",
    "paid",
]


class Buyer(TypedDict):
    """BG-7: who gets the invoice."""

    contact: NotRequired[BuyerContact | None]
    electronic_address: NotRequired[SchemedIdentifier | None]
    extensions: NotRequired[BuyerExtensions | None]
    identifier: NotRequired[SchemedIdentifier | None]
    legal_registration_identifier: NotRequired[SchemedIdentifier | None]
    name: NotRequired[str | None]
    postal_address: NotRequired[BuyerPostalAddress | None]
    trading_name: NotRequired[str | None]
    vat_identifier: NotRequired[str | None]


class BuyerContact(TypedDict):
    """BG-9."""

    email_address: NotRequired[str | None]
    extensions: NotRequired[BuyerContactExtensions | None]
    point: NotRequired[str | None]
    telephone_number: NotRequired[str | None]


class BuyerContactExtensions(TypedDict):
    """Beside BG-9."""

    department_name: NotRequired[str | None]
    fax_number: NotRequired[str | None]
    type_code: NotRequired[str | None]


class BuyerExtensions(TypedDict):
    """Beside BG-7."""

    additional_contacts: NotRequired[Sequence[TradeContact]]
    additional_identifiers: NotRequired[Sequence[SchemedIdentifier]]
    additional_legal_information: NotRequired[str | None]
    identifier_scheme_name: NotRequired[str | None]
    legal_address: NotRequired[TradeAddress | None]
    legal_registration_authority: NotRequired[str | None]
    legal_registration_type_code: NotRequired[str | None]
    role_code: NotRequired[str | None]
    tax_registrations: NotRequired[Sequence[TaxRegistration]]


class BuyerExtensionsInput(TypedDict):
    """Beside BG-7."""

    additional_contacts: NotRequired[Sequence[TradeContact]]
    additional_identifiers: NotRequired[Sequence[str | SchemedIdentifier]]
    additional_legal_information: NotRequired[str | None]
    identifier_scheme_name: NotRequired[str | None]
    legal_address: NotRequired[TradeAddress | None]
    legal_registration_authority: NotRequired[str | None]
    legal_registration_type_code: NotRequired[str | None]
    role_code: NotRequired[str | None]
    tax_registrations: NotRequired[Sequence[TaxRegistration]]


class BuyerFacts(TypedDict):
    """Who buys."""

    country: NotRequired[str | None]
    kind: NotRequired[BuyerKind | None]
    vat_id: NotRequired[str | None]
    vies: NotRequired[Vies | None]


class BuyerFactsView(TypedDict):
    """Who buys, as far as it decided."""

    country: Required[str | None]
    kind: Required[str | None]
    taken_as: Required[str | None]
    vat_id: Required[str | None]
    vies: Required[str | None]


class BuyerInput(TypedDict):
    """BG-7: who gets the invoice."""

    address: NotRequired[str | None]
    address_2: NotRequired[str | None]
    city: NotRequired[str | None]
    contact: NotRequired[BuyerContact | None]
    contact_name: NotRequired[str | None]
    country_code: NotRequired[str | None]
    electronic_address: NotRequired[str | SchemedIdentifier | None]
    email: NotRequired[str | None]
    extensions: NotRequired[BuyerExtensionsInput | None]
    identifier: NotRequired[str | SchemedIdentifier | None]
    legal_registration_identifier: NotRequired[str | SchemedIdentifier | None]
    name: NotRequired[str | None]
    phone: NotRequired[str | None]
    post_code: NotRequired[str | None]
    postal_address: NotRequired[BuyerPostalAddress | None]
    trading_name: NotRequired[str | None]
    vat_id: NotRequired[str | None]
    vat_identifier: NotRequired[str | None]


BuyerKind = Literal["business", "consumer", "public"]


class BuyerPostalAddress(TypedDict):
    """BG-8."""

    city: NotRequired[str | None]
    country_code: NotRequired[str | None]
    country_subdivision: NotRequired[str | None]
    extensions: NotRequired[BuyerPostalAddressExtensions | None]
    line_1: NotRequired[str | None]
    line_2: NotRequired[str | None]
    line_3: NotRequired[str | None]
    post_code: NotRequired[str | None]


class BuyerPostalAddressExtensions(TypedDict):
    """Beside BG-8."""

    country_subdivision_code: NotRequired[str | None]


class CertificateInput(TypedDict):
    """A certificate for a key that is here."""

    certificate: Required[str]


class CertificateList(TypedDict):
    """One page of certificates, newest first."""

    data: Required[Sequence[CertificateView]]
    next_cursor: Required[str | None]
    object: NotRequired[Literal["list"]]


class CertificateNotice(TypedDict):
    """A certificate that ends soon, or is no longer good."""

    days_left: Required[int]
    ends_at: Required[str]
    purpose: Required[str]
    state: Required[Literal["ending", "expired", "revoked"]]


class CertificateRequestInput(TypedDict):
    """What a request for a certificate says. The key signs it."""

    addresses: NotRequired[Sequence[str]]
    dns_names: NotRequired[Sequence[str]]
    emails: NotRequired[Sequence[str]]
    subject: Required[SubjectInput]
    uris: NotRequired[Sequence[str]]


class CertificateRequestView(TypedDict):
    """A request for a certificate (PKCS #10)."""

    csr: Required[str]
    object: NotRequired[Literal["certificate_request"]]
    signing_key_id: Required[str]


class CertificateView(TypedDict):
    """A certificate of a key."""

    certificate: Required[str]
    chain: Required[Sequence[str]]
    created_at: Required[str]
    days_left: Required[int]
    entity_id: Required[str]
    fingerprint: Required[str]
    id: Required[str]
    issuer: Required[str]
    not_after: Required[str]
    not_before: Required[str]
    object: NotRequired[Literal["certificate"]]
    revocation: Required[RevocationView]
    serial_number: Required[str]
    signing_key_id: Required[str]
    status: Required[Literal["valid", "not_yet_valid", "expired", "revoked"]]
    subject: Required[str]


class ChainList(TypedDict):
    """All chains of an entity, in order of key and generation."""

    data: Required[Sequence[ChainView]]
    next_cursor: NotRequired[str | None]
    object: NotRequired[Literal["list"]]


class ChainRecordList(TypedDict):
    """Records of a chain in order."""

    data: Required[Sequence[ChainRecordView]]
    next_cursor: NotRequired[str | None]
    object: NotRequired[Literal["list"]]


class ChainRecordView(TypedDict):
    """One record: the bytes that were digested, and where they stand."""

    at: Required[str]
    chain_id: Required[str]
    digest: Required[str]
    document_id: Required[str | None]
    id: Required[str]
    kind: Required[str]
    object: NotRequired[Literal["chain_record"]]
    previous: Required[str]
    record: Required[str]
    sequence: Required[int]


class ChainView(TypedDict):
    """A hash chain of the entity's records."""

    closed_at: Required[str | None]
    closed_because: Required[str | None]
    entity_id: Required[str]
    first_previous: Required[str]
    first_sequence: Required[int]
    generation: Required[int]
    halted_at: Required[str | None]
    halted_because: Required[str | None]
    id: Required[str]
    key: Required[str]
    last_at: Required[str | None]
    last_digest: Required[str]
    next_sequence: Required[int]
    object: NotRequired[Literal["chain"]]
    opened_at: Required[str]
    opened_because: Required[str]
    state: Required[Literal["open", "halted", "closed"]]
    void_from: Required[int | None]


class CisFiscalization(TypedDict):
    """Croatia: invoices and credit notes are told to CIS ('fiskalizacija') when they are issued."""

    numbering: NotRequired[Literal["N", "P"]]
    operator_oib: NotRequired[str | None]
    scheme: Required[Literal["hr-cis"]]


class Classification(TypedDict):
    """What an item is, in a list of classes (BT-158)."""

    code: Required[str]
    list: Required[str]
    version: NotRequired[str | None]


class ComplianceBoard(TypedDict):
    """The compliance board, newest entity first."""

    data: Required[Sequence[ComplianceRow]]
    environment: Required[Literal["sandbox", "live"]]
    next_cursor: Required[str | None]
    object: NotRequired[Literal["list"]]


class ComplianceRow(TypedDict):
    """Where an entity stands."""

    certificates: Required[Sequence[CertificateNotice]]
    drafts: Required[int]
    entity_id: Required[str]
    entity_name: Required[str]
    last_issued_at: Required[str | None]
    missing_setup: Required[Sequence[str]]
    object: NotRequired[Literal["entity_compliance"]]
    oldest_pending_at: Required[str | None]
    transmissions: Required[TransmissionCounts]


Confidence = Literal["A", "B", "C", "M"]


class ConsistencyProof(TypedDict):
    """Proof that a smaller log is the beginning of a larger one (RFC 9162, 2.1.4)."""

    new: Required[int]
    old: Required[int]
    proof: Required[Sequence[str]]


class ConversionInput(TypedDict):
    """What shall become of a document."""

    to: Required[DocumentKind]


class ConversionView(TypedDict):
    """A document in another profile, and what was lost on the way."""

    content: Required[str]
    filename: Required[str]
    findings: Required[Sequence[AmountFindingView]]
    loss_count: Required[int]
    losses: Required[Sequence[LossView]]
    lossless: Required[bool]
    media_type: Required[str]
    object: NotRequired[Literal["conversion"]]
    profile: Required[str]
    semantic_hash: Required[str]
    sha256: Required[str]
    source: Required[
        Literal["ubl", "cii", "ksef", "facturae", "eslog", "hybrid-pdf", "json", "csv", "xlsx"]
    ]
    source_profile: Required[str | None]


class CorrectionInput(TypedDict):
    """A correction. Without `method` the country's usual one is taken."""

    extensions: NotRequired[InvoiceExtensionsInput]
    lines: NotRequired[Sequence[LinePart] | None]
    metadata: NotRequired[Mapping[str, str]]
    method: NotRequired[Literal["credit_note", "corrective_invoice"] | None]
    reason: Required[str]


class CountryDefaultsView(TypedDict):
    """What holds because of the country, where the settings are silent."""

    country_declared: Required[bool]
    currency_code: Required[str | None]
    eu_member: Required[bool]
    locale: Required[str]
    time_zone: Required[str]
    vat_rates: Required[Sequence[VatRateView]]


class CreditTransfer(TypedDict):
    """BG-17: one account to pay into."""

    extensions: NotRequired[CreditTransferExtensions | None]
    payment_account_identifier: NotRequired[str | None]
    payment_account_name: NotRequired[str | None]
    payment_service_provider_identifier: NotRequired[str | None]


class CreditTransferExtensions(TypedDict):
    """Beside BG-17."""

    payment_account_scheme: NotRequired[str | None]
    provider_address: NotRequired[TradeAddress | None]


class CurrentSessionView(TypedDict):
    """The session that calls, and what it may do."""

    created_at: Required[str]
    email: Required[str]
    entity_id: Required[str]
    environment: Required[Literal["sandbox", "live"]]
    expires_at: Required[str]
    id: Required[str]
    name: Required[str]
    object: NotRequired[Literal["session"]]
    permissions: Required[Sequence[str]]
    revoked_at: Required[str | None]
    role: Required[Literal["viewer", "editor", "admin", "auditor"]]
    user_id: Required[str]


class CustomerChange(TypedDict):
    """What to change of a customer, as JSON Merge Patch (RFC 7396): null takes a value away."""

    address: NotRequired[None | str]
    address_2: NotRequired[None | str]
    city: NotRequired[None | str]
    contact: NotRequired[None | BuyerContact]
    contact_name: NotRequired[None | str]
    contact_type: NotRequired[None | Literal["buyer", "supplier", "both"]]
    country: NotRequired[None | str]
    country_code: NotRequired[None | str]
    due_days: NotRequired[None | int]
    electronic_address: NotRequired[None | str | SchemedIdentifier]
    email: NotRequired[None | str]
    extensions: NotRequired[None | BuyerExtensions]
    format_agreement: NotRequired[None | FormatAgreement]
    iban: NotRequired[None | str]
    identifier: NotRequired[None | str | SchemedIdentifier]
    legal_registration_identifier: NotRequired[None | str | SchemedIdentifier]
    locale: NotRequired[None | str]
    metadata: NotRequired[None | Mapping[str, str]]
    name: NotRequired[None | str]
    peppol_id: NotRequired[None | str]
    phone: NotRequired[None | str]
    post_code: NotRequired[None | str]
    postal_address: NotRequired[None | BuyerPostalAddress]
    reference: NotRequired[None | str]
    tax_number: NotRequired[None | str]
    trading_name: NotRequired[None | str]
    vat_id: NotRequired[None | str]
    vat_identifier: NotRequired[None | str]


class CustomerCheck(TypedDict):
    """What was found about one of a customer's numbers, by its form and check digits alone."""

    field: Required[str]
    reason: Required[str]
    result: Required[Literal["valid", "invalid", "unknown"]]
    value: Required[str]


class CustomerInput(TypedDict):
    """A customer: BG-7 of EN 16931, or the short form, and what is agreed."""

    address: NotRequired[str | None]
    address_2: NotRequired[str | None]
    city: NotRequired[str | None]
    contact: NotRequired[BuyerContact | None]
    contact_name: NotRequired[str | None]
    contact_type: NotRequired[Literal["buyer", "supplier", "both"]]
    country: NotRequired[str | None]
    country_code: NotRequired[str | None]
    due_days: NotRequired[int | None]
    electronic_address: NotRequired[str | SchemedIdentifier | None]
    email: NotRequired[str | None]
    extensions: NotRequired[BuyerExtensions | None]
    format_agreement: NotRequired[FormatAgreement | None]
    iban: NotRequired[str | None]
    identifier: NotRequired[str | SchemedIdentifier | None]
    legal_registration_identifier: NotRequired[str | SchemedIdentifier | None]
    locale: NotRequired[str | None]
    metadata: NotRequired[Mapping[str, str]]
    name: Required[str]
    peppol_id: NotRequired[str | None]
    phone: NotRequired[str | None]
    post_code: NotRequired[str | None]
    postal_address: NotRequired[BuyerPostalAddress | None]
    reference: NotRequired[str | None]
    tax_number: NotRequired[str | None]
    trading_name: NotRequired[str | None]
    vat_id: NotRequired[str | None]
    vat_identifier: NotRequired[str | None]


class CustomerList(TypedDict):
    """One page of customers, newest first."""

    data: Required[Sequence[CustomerView]]
    next_cursor: Required[str | None]
    object: NotRequired[Literal["list"]]


class CustomerOrder(TypedDict):
    """BG-X-23: an order of the ultimate customer."""

    issue_date: NotRequired[str | None]
    reference: NotRequired[str | None]


class CustomerVatCheck(TypedDict):
    """The last check of a customer's VAT number with the authority; see `/v1/vat-checks`."""

    age_seconds: Required[int]
    asked_at: Required[str]
    fault: Required[str | None]
    id: Required[str]
    known: Required[CustomerVatKnown | None]
    outcome: Required[Literal["valid", "invalid", "unknown"]]


class CustomerVatKnown(TypedDict):
    """What was known last of a customer's VAT number."""

    address: Required[str | None]
    age_seconds: Required[int]
    asked_at: Required[str]
    consultation_number: Required[str | None]
    id: Required[str]
    name: Required[str | None]
    outcome: Required[Literal["valid", "invalid"]]


class CustomerView(TypedDict):
    """A customer. `buyer` is what documents take over; the short names say the same."""

    address: Required[str | None]
    address_2: Required[str | None]
    buyer: Required[Mapping[str, Any]]
    checks: Required[Sequence[CustomerCheck]]
    city: Required[str | None]
    contact_name: Required[str | None]
    contact_type: Required[Literal["buyer", "supplier", "both"]]
    country_code: Required[str | None]
    created_at: Required[str]
    deleted_at: Required[str | None]
    due_days: Required[int | None]
    email: Required[str | None]
    entity_id: Required[str]
    erased_at: Required[str | None]
    format_agreement: Required[Mapping[str, Any] | None]
    iban: Required[str | None]
    id: Required[str]
    locale: Required[str | None]
    metadata: Required[Mapping[str, str]]
    name: Required[str]
    object: NotRequired[Literal["customer"]]
    peppol_id: Required[str | None]
    phone: Required[str | None]
    post_code: Required[str | None]
    reference: Required[str | None]
    tax_number: Required[str | None]
    updated_at: Required[str]
    vat_check: Required[CustomerVatCheck | None]
    vat_id: Required[str | None]


class DeadlineList(TypedDict):
    """One page, the next one due first."""

    data: Required[Sequence[DeadlineView]]
    next_cursor: Required[str | None]
    object: NotRequired[Literal["list"]]


class DeadlineView(TypedDict):
    """By when something must have happened to a transmission."""

    alerted: Required[int]
    channel: Required[str]
    document_id: Required[str]
    due_at: Required[str]
    ended_at: Required[str | None]
    id: Required[str]
    kind: Required[Literal["send", "verdict", "answer", "offline"]]
    mode: Required[str | None]
    object: NotRequired[Literal["deadline"]]
    reason: Required[Literal["issued", "retried", "sent"]]
    started_at: Required[str]
    state: Required[Literal["open", "met", "missed", "ended"]]
    suspended: Required[bool]
    transmission_id: Required[str]


class Decision(TypedDict):
    """What the other side says to an estimate, or why an order is cancelled."""

    reason: NotRequired[str | None]


class DecisionView(TypedDict):
    """What you decided about the document."""

    at: Required[str]
    code: Required[str | None]
    reason: Required[str | None]
    state: Required[Literal["accepted", "rejected"]]


class DeclarationPoint(TypedDict):
    """A point of the declaration, as the law numbers them."""

    about: Required[str]
    letter: Required[str]
    text: Required[str | None]


class DeclarationView(TypedDict):
    """The declaración responsable: that the program keeps the law, as its producer says."""

    complete: Required[bool]
    contact: Required[str | None]
    missing: Required[Sequence[str]]
    object: NotRequired[Literal["responsible_declaration"]]
    points: Required[Sequence[DeclarationPoint]]
    system: Required[Mapping[str, str]]
    version: Required[str]


class DeliverToAddress(TypedDict):
    """BG-15."""

    city: NotRequired[str | None]
    country_code: NotRequired[str | None]
    country_subdivision: NotRequired[str | None]
    extensions: NotRequired[DeliverToAddressExtensions | None]
    line_1: NotRequired[str | None]
    line_2: NotRequired[str | None]
    line_3: NotRequired[str | None]
    post_code: NotRequired[str | None]


class DeliverToAddressExtensions(TypedDict):
    """Beside BG-15."""

    country_subdivision_code: NotRequired[str | None]


class DeliveryInformation(TypedDict):
    """BG-13: where and when the goods or services were delivered."""

    actual_delivery_date: NotRequired[str | None]
    deliver_to_address: NotRequired[DeliverToAddress | None]
    deliver_to_location_identifier: NotRequired[SchemedIdentifier | None]
    deliver_to_party_name: NotRequired[str | None]
    extensions: NotRequired[DeliveryInformationExtensions | None]
    invoicing_period: NotRequired[InvoicingPeriod | None]


class DeliveryInformationExtensions(TypedDict):
    """Beside BG-13."""

    additional_location_identifiers: NotRequired[Sequence[SchemedIdentifier]]
    consignment_identifier: NotRequired[str | None]
    consignment_terms_code: NotRequired[str | None]
    deliver_to_contacts: NotRequired[Sequence[TradeContact]]
    deliver_to_electronic_address: NotRequired[SchemedIdentifier | None]
    deliver_to_legal_address: NotRequired[TradeAddress | None]
    deliver_to_legal_registration_identifier: NotRequired[SchemedIdentifier | None]
    deliver_to_party_identifiers: NotRequired[Sequence[SchemedIdentifier]]
    deliver_to_role_code: NotRequired[str | None]
    deliver_to_trading_name: NotRequired[str | None]
    deliver_to_vat_identifier: NotRequired[str | None]
    delivery_note_issue_date: NotRequired[str | None]
    delivery_note_reference: NotRequired[str | None]
    freight_charges: NotRequired[Sequence[FreightCharge]]
    import_date: NotRequired[str | None]
    ship_from: NotRequired[TradeParty | None]
    shipment_identifier: NotRequired[str | None]
    terms_code: NotRequired[str | None]
    terms_scheme_identifier: NotRequired[str | None]
    transport_mode_codes: NotRequired[Sequence[str]]
    ultimate_ship_to: NotRequired[TradeParty | None]


class DeliveryInformationExtensionsInput(TypedDict):
    """Beside BG-13."""

    additional_location_identifiers: NotRequired[Sequence[str | SchemedIdentifier]]
    consignment_identifier: NotRequired[str | None]
    consignment_terms_code: NotRequired[str | None]
    deliver_to_contacts: NotRequired[Sequence[TradeContact]]
    deliver_to_electronic_address: NotRequired[str | SchemedIdentifier | None]
    deliver_to_legal_address: NotRequired[TradeAddress | None]
    deliver_to_legal_registration_identifier: NotRequired[str | SchemedIdentifier | None]
    deliver_to_party_identifiers: NotRequired[Sequence[str | SchemedIdentifier]]
    deliver_to_role_code: NotRequired[str | None]
    deliver_to_trading_name: NotRequired[str | None]
    deliver_to_vat_identifier: NotRequired[str | None]
    delivery_note_issue_date: NotRequired[str | None]
    delivery_note_reference: NotRequired[str | None]
    freight_charges: NotRequired[Sequence[FreightChargeInput]]
    import_date: NotRequired[str | None]
    ship_from: NotRequired[TradePartyInput | None]
    shipment_identifier: NotRequired[str | None]
    terms_code: NotRequired[str | None]
    terms_scheme_identifier: NotRequired[str | None]
    transport_mode_codes: NotRequired[Sequence[str]]
    ultimate_ship_to: NotRequired[TradePartyInput | None]


class DeliveryInformationInput(TypedDict):
    """BG-13: where and when the goods or services were delivered."""

    actual_delivery_date: NotRequired[str | None]
    deliver_to_address: NotRequired[DeliverToAddress | None]
    deliver_to_location_identifier: NotRequired[str | SchemedIdentifier | None]
    deliver_to_party_name: NotRequired[str | None]
    extensions: NotRequired[DeliveryInformationExtensionsInput | None]
    invoicing_period: NotRequired[InvoicingPeriod | None]


class DeliveryReceived(TypedDict):
    """What became of a delivery."""

    known: Required[bool]


DemandInput = TypedDict(
    "DemandInput",
    {
        "from": "Required[str]",
        "last": "NotRequired[bool]",
        "reference": "Required[str]",
        "to": "Required[str]",
    },
)


class DemandView(TypedDict):
    """What came of records that the AEAT demanded, request by request."""

    object: NotRequired[Literal["verifactu_demand"]]
    reference: Required[str]
    requests: Required[Sequence[DemandedView]]


class DemandedRecord(TypedDict):
    """What the AEAT says of one record."""

    code: Required[str | None]
    detail: Required[str | None]
    number: Required[str]
    operation: Required[Literal["Alta", "Anulacion"]]
    state: Required[Literal["Correcto", "AceptadoConErrores", "Incorrecto"]]


class DemandedView(TypedDict):
    """What the AEAT says to one request."""

    csv: Required[str | None]
    records: Required[Sequence[DemandedRecord]]
    state: Required[Literal["Correcto", "ParcialmenteCorrecto", "Incorrecto"]]


class Destinatario(TypedDict):
    """The recipient as the AEAT knows him: by NIF, or by kind and number of another document."""

    codigo_pais: NotRequired[str | None]
    id_type: NotRequired[str | None]
    nif: NotRequired[str | None]
    nombre_razon: NotRequired[str | None]
    numero: NotRequired[str | None]


class DestructionCertificateView(TypedDict):
    """The certificate of a destruction, and the proof that the log has it."""

    certificate: Required[Mapping[str, Any]]
    checkpoint: Required[str]
    leaf: Required[str]
    log_index: Required[int]
    object: NotRequired[Literal["destruction_certificate"]]
    proof: Required[Sequence[str]]
    sha256: Required[str]


class DestructionDecisionInput(TypedDict):
    """Why it is approved or rejected."""

    reason: NotRequired[str | None]


class DestructionDetailView(TypedDict):
    """A destruction with all that it lists."""

    counts: Required[Mapping[str, int]]
    decided_at: Required[str | None]
    decided_by: Required[ActorView | None]
    decision_reason: Required[str | None]
    documents: Required[Sequence[DestructionItemView]]
    done_at: Required[str | None]
    entity_id: Required[str]
    erasure_id: Required[str | None]
    expires_at: Required[str]
    id: Required[str]
    job_id: Required[str | None]
    object: NotRequired[Literal["destruction"]]
    proposed_at: Required[str]
    proposed_by: Required[ActorView]
    reason: Required[str | None]
    state: Required[Literal["proposed", "expired", "approved", "rejected", "done"]]


class DestructionInput(TypedDict):
    """What is to be destroyed. Without `document_ids`: what no law keeps any more."""

    document_ids: NotRequired[Sequence[str] | None]
    reason: NotRequired[str | None]


class DestructionItemView(TypedDict):
    """A document of a destruction."""

    id: Required[str]
    kind: Required[DocumentKind | Literal["received"]]
    number: Required[str | None]
    object: NotRequired[Literal["destruction_item"]]
    retain_until: Required[str]
    rule: Required[RetentionRuleView]
    spared_because: Required[Literal["held", "kept", "unfinished", "chained", "destroyed"] | None]
    state: Required[Literal["listed", "marked", "destroyed", "spared"]]


class DestructionList(TypedDict):
    """One page of destructions, newest first."""

    data: Required[Sequence[DestructionView]]
    next_cursor: Required[str | None]
    object: NotRequired[Literal["list"]]


class DestructionView(TypedDict):
    """A destruction."""

    decided_at: Required[str | None]
    decided_by: Required[ActorView | None]
    decision_reason: Required[str | None]
    done_at: Required[str | None]
    entity_id: Required[str]
    erasure_id: Required[str | None]
    expires_at: Required[str]
    id: Required[str]
    job_id: Required[str | None]
    object: NotRequired[Literal["destruction"]]
    proposed_at: Required[str]
    proposed_by: Required[ActorView]
    reason: Required[str | None]
    state: Required[Literal["proposed", "expired", "approved", "rejected", "done"]]


class DeterminationView(TypedDict):
    """The decisions, line by line."""

    day: Required[str]
    law: Required[str]
    lines: Required[Sequence[LineDecisionView]]
    object: NotRequired[Literal["tax_determination"]]


class DetermineInput(TypedDict):
    """The facts of a sale; nothing else is looked at, and nobody is asked."""

    buyer: Required[BuyerFacts]
    day: Required[str]
    language: NotRequired[str]
    lines: Required[Sequence[LineFacts]]
    place_of_supply: NotRequired[str | None]
    seller: Required[SellerFacts]


class DiffInput(TypedDict):
    """Two documents to compare."""

    new: Required[str | Mapping[str, Any]]
    old: Required[str | Mapping[str, Any]]
    process_control: NotRequired[bool]


class DiffView(TypedDict):
    """What changed from one document to the other, by business term."""

    changes: Required[Sequence[gateway__conversions__schemas__ChangeView]]
    new: Required[ReadingView]
    object: NotRequired[Literal["diff"]]
    old: Required[ReadingView]
    same: Required[bool]


class DifferenceView(TypedDict):
    """One difference between two requests."""

    new: Required[Any]
    old: Required[Any]
    part: Required[Literal["line", "header", "body", "writing"]]
    place: Required[str | None]


class DirectDebit(TypedDict):
    """BG-19."""

    bank_assigned_creditor_identifier: NotRequired[str | None]
    debited_account_identifier: NotRequired[str | None]
    extensions: NotRequired[DirectDebitExtensions | None]
    mandate_reference_identifier: NotRequired[str | None]


class DirectDebitExtensions(TypedDict):
    """Beside BG-19."""

    debited_account_name: NotRequired[str | None]
    debited_account_provider_identifier: NotRequired[str | None]


class DocumentInput(TypedDict):
    """An invoice to be: EN 16931 terms under their own names; the seller comes from the entity."""

    additional_supporting_documents: NotRequired[Sequence[AdditionalSupportingDocument]]
    allowances: NotRequired[Sequence[DocumentLevelAllowanceInput]]
    buyer: NotRequired[BuyerInput]
    buyer_accounting_reference: NotRequired[str | None]
    buyer_kind: NotRequired[BuyerKind | None]
    buyer_reference: NotRequired[str | None]
    charges: NotRequired[Sequence[DocumentLevelChargeInput]]
    contract_reference: NotRequired[str | None]
    corrects: NotRequired[str | None]
    currency: NotRequired[str | None]
    currency_code: NotRequired[str | None]
    customer: NotRequired[BuyerInput]
    customer_id: NotRequired[str | None]
    delivery_date: NotRequired[str | None]
    delivery_information: NotRequired[DeliveryInformationInput | None]
    derived_from: NotRequired[str | None]
    despatch_advice_reference: NotRequired[str | None]
    document_level_allowances: NotRequired[Sequence[DocumentLevelAllowanceInput]]
    document_level_charges: NotRequired[Sequence[DocumentLevelChargeInput]]
    due_date: NotRequired[str | None]
    earlier_invoices: NotRequired[Sequence[EarlierInvoice]]
    exchange_rate: NotRequired[str | Decimal | int | None]
    expected_amount_due: NotRequired[str | Decimal | int | None]
    expected_total: NotRequired[str | Decimal | int | None]
    extensions: NotRequired[InvoiceExtensionsInput | None]
    invoiced_object_identifier: NotRequired[str | SchemedIdentifier | None]
    issue_date: NotRequired[str | None]
    items: NotRequired[Sequence[LineInput]]
    lines: NotRequired[Sequence[LineInput]]
    metadata: NotRequired[Mapping[str, str]]
    note: NotRequired[str | InvoiceNote | Sequence[str | InvoiceNote]]
    notes: NotRequired[str | InvoiceNote | Sequence[str | InvoiceNote]]
    number: NotRequired[str | None]
    paid_amount: NotRequired[str | Decimal | int | None]
    payee: NotRequired[PayeeInput | None]
    payment_due_date: NotRequired[str | None]
    payment_instructions: NotRequired[PaymentInstructions | Sequence[PaymentInstructions]]
    payment_terms: NotRequired[str | None]
    place_of_supply: NotRequired[str | None]
    preceding_invoice_references: NotRequired[Sequence[PrecedingInvoiceReference]]
    prepaid_amount: NotRequired[str | Decimal | int | None]
    prices_include_vat: NotRequired[bool]
    process_control: NotRequired[ProcessControl]
    profile: NotRequired[str | None]
    project_reference: NotRequired[str | None]
    purchase_order_reference: NotRequired[str | None]
    receiving_advice_reference: NotRequired[str | None]
    related: NotRequired[Sequence[str]]
    rounding_amount: NotRequired[str | Decimal | int | None]
    rounding_permitted: NotRequired[bool]
    sales_order_reference: NotRequired[str | None]
    seller_tax_representative: NotRequired[SellerTaxRepresentativeInput | None]
    series: NotRequired[str | None]
    settles: NotRequired[Sequence[str]]
    tender_or_lot_reference: NotRequired[str | None]
    totals: NotRequired[TotalsInput | None]
    type_code: NotRequired[str | None]
    value_added_tax_point_date: NotRequired[str | None]
    value_added_tax_point_date_code: NotRequired[str | None]
    vat_accounting_currency_code: NotRequired[str | None]
    vat_accounting_exchange_rate: NotRequired[str | Decimal | int | None]
    vat_breakdown: NotRequired[Sequence[VatBreakdownInput] | None]
    vat_exemptions: NotRequired[Sequence[VatExemptionInput]]


DocumentKind = Literal[
    "invoice",
    "credit_note",
    "advance_invoice",
    "self_billed_invoice",
    "self_billed_credit_note",
    "estimate",
    "proforma",
    "delivery_note",
    "order",
    "receipt",
]


class DocumentLevelAllowance(TypedDict):
    """BG-20: a discount on the whole invoice."""

    amount: NotRequired[str | None]
    base_amount: NotRequired[str | None]
    extensions: NotRequired[DocumentLevelAllowanceExtensions | None]
    percentage: NotRequired[str | None]
    reason: NotRequired[str | None]
    reason_code: NotRequired[str | None]
    vat_category_code: NotRequired[str | None]
    vat_rate: NotRequired[str | None]


class DocumentLevelAllowanceExtensions(TypedDict):
    """Beside BG-20."""

    base_quantity: NotRequired[str | None]
    base_quantity_unit_code: NotRequired[str | None]
    exemption_reason_code: NotRequired[str | None]
    exemption_reason_text: NotRequired[str | None]
    sequence: NotRequired[str | None]


class DocumentLevelAllowanceExtensionsInput(TypedDict):
    """Beside BG-20."""

    base_quantity: NotRequired[str | Decimal | int | None]
    base_quantity_unit_code: NotRequired[str | None]
    exemption_reason_code: NotRequired[str | None]
    exemption_reason_text: NotRequired[str | None]
    sequence: NotRequired[str | Decimal | int | None]


class DocumentLevelAllowanceInput(TypedDict):
    """BG-20: a discount on the whole invoice."""

    amount: NotRequired[str | Decimal | int | None]
    base_amount: NotRequired[str | Decimal | int | None]
    extensions: NotRequired[DocumentLevelAllowanceExtensionsInput | None]
    percentage: NotRequired[str | Decimal | int | None]
    reason: NotRequired[str | None]
    reason_code: NotRequired[str | None]
    vat_category_code: NotRequired[str | None]
    vat_rate: NotRequired[str | Decimal | int | None]


class DocumentLevelCharge(TypedDict):
    """BG-21: a charge on the whole invoice, such as freight."""

    amount: NotRequired[str | None]
    base_amount: NotRequired[str | None]
    extensions: NotRequired[DocumentLevelChargeExtensions | None]
    percentage: NotRequired[str | None]
    reason: NotRequired[str | None]
    reason_code: NotRequired[str | None]
    vat_category_code: NotRequired[str | None]
    vat_rate: NotRequired[str | None]


class DocumentLevelChargeExtensions(TypedDict):
    """Beside BG-21."""

    base_quantity: NotRequired[str | None]
    base_quantity_unit_code: NotRequired[str | None]
    exemption_reason_code: NotRequired[str | None]
    exemption_reason_text: NotRequired[str | None]
    sequence: NotRequired[str | None]
    tax_type_code: NotRequired[str | None]
    vat_category_name: NotRequired[str | None]


class DocumentLevelChargeExtensionsInput(TypedDict):
    """Beside BG-21."""

    base_quantity: NotRequired[str | Decimal | int | None]
    base_quantity_unit_code: NotRequired[str | None]
    exemption_reason_code: NotRequired[str | None]
    exemption_reason_text: NotRequired[str | None]
    sequence: NotRequired[str | Decimal | int | None]
    tax_type_code: NotRequired[str | None]
    vat_category_name: NotRequired[str | None]


class DocumentLevelChargeInput(TypedDict):
    """BG-21: a charge on the whole invoice, such as freight."""

    amount: NotRequired[str | Decimal | int | None]
    base_amount: NotRequired[str | Decimal | int | None]
    extensions: NotRequired[DocumentLevelChargeExtensionsInput | None]
    percentage: NotRequired[str | Decimal | int | None]
    reason: NotRequired[str | None]
    reason_code: NotRequired[str | None]
    vat_category_code: NotRequired[str | None]
    vat_rate: NotRequired[str | Decimal | int | None]


class DocumentLineDecisionView(TypedDict):
    """How the law taxes a line of a document, and what the line says."""

    assumed: Required[Sequence[str]]
    category: Required[str]
    decided_by: Required[Literal["law", "document"]]
    item_code: Required[str | None]
    kind: Required[str | None]
    line: Required[str | None]
    note: Required[str]
    rate: Required[str | None]
    rules: Required[Sequence[str]]
    sources: Required[Sequence[RuleSourceView]]
    stated_category: Required[str | None]
    stated_rate: Required[str | None]
    tax_country: Required[str | None]
    undecided: Required[Sequence[MissingView]]
    vatex: Required[str | None]
    would_change: Required[Sequence[gateway__tax__schemas__ChangeView]]


class DocumentList(TypedDict):
    """One page, newest first."""

    data: Required[Sequence[DocumentView]]
    next_cursor: Required[str | None]
    object: NotRequired[str]


class DocumentView(TypedDict):
    """A document."""

    amount_credited: Required[str]
    amount_due: Required[str | None]
    amount_paid: Required[str]
    created_at: Required[str]
    currency_code: Required[str | None]
    customer_id: Required[str | None]
    customer_name: Required[str | None]
    decided_at: Required[str | None]
    decision: Required[str | None]
    decision_reason: Required[str | None]
    due_date: Required[str | None]
    entity_id: Required[str]
    environment: Required[str]
    findings: Required[Sequence[FindingView]]
    held: Required[HeldView | None]
    id: Required[str]
    invoice: Required[Invoice | None]
    invoice_id: NotRequired[str | None]
    issue_date: Required[str | None]
    issued_at: Required[str | None]
    layers: Required[Sequence[LayerView]]
    metadata: Required[Mapping[str, str]]
    number: Required[str | None]
    object: Required[str]
    open_amount: Required[str]
    payment_status: Required[str | None]
    profile: Required[str | None]
    retain_until: Required[str | None]
    sent_at: Required[str | None]
    series: Required[str | None]
    sha256: Required[str | None]
    stamps: Required[Sequence[StampView]]
    state: Required[str]
    status: Required[str]
    total_vat: Required[str | None]
    total_with_vat: Required[str | None]
    total_without_vat: Required[str | None]
    transmissions: Required[Sequence[TransmissionSummary]]
    updated_at: Required[str]
    version: Required[int]
    void_reason: Required[str | None]
    voided_at: Required[str | None]


class DocumentWithSeller(TypedDict):
    """The body of `POST /v1/invoices`, with the seller that the API takes from the entity."""

    additional_supporting_documents: NotRequired[Sequence[AdditionalSupportingDocument]]
    allowances: NotRequired[Sequence[DocumentLevelAllowanceInput]]
    buyer: NotRequired[BuyerInput]
    buyer_accounting_reference: NotRequired[str | None]
    buyer_reference: NotRequired[str | None]
    charges: NotRequired[Sequence[DocumentLevelChargeInput]]
    contract_reference: NotRequired[str | None]
    currency: NotRequired[str | None]
    currency_code: NotRequired[str | None]
    customer: NotRequired[BuyerInput]
    delivery_date: NotRequired[str | None]
    delivery_information: NotRequired[DeliveryInformationInput | None]
    despatch_advice_reference: NotRequired[str | None]
    document_level_allowances: NotRequired[Sequence[DocumentLevelAllowanceInput]]
    document_level_charges: NotRequired[Sequence[DocumentLevelChargeInput]]
    due_date: NotRequired[str | None]
    exchange_rate: NotRequired[str | Decimal | int | None]
    expected_amount_due: NotRequired[str | Decimal | int | None]
    expected_total: NotRequired[str | Decimal | int | None]
    extensions: NotRequired[InvoiceExtensionsInput | None]
    invoiced_object_identifier: NotRequired[str | SchemedIdentifier | None]
    issue_date: NotRequired[str | None]
    items: NotRequired[Sequence[LineInput]]
    lines: NotRequired[Sequence[LineInput]]
    metadata: NotRequired[Mapping[str, str]]
    note: NotRequired[str | InvoiceNote | Sequence[str | InvoiceNote]]
    notes: NotRequired[str | InvoiceNote | Sequence[str | InvoiceNote]]
    number: NotRequired[str | None]
    paid_amount: NotRequired[str | Decimal | int | None]
    payee: NotRequired[PayeeInput | None]
    payment_due_date: NotRequired[str | None]
    payment_instructions: NotRequired[PaymentInstructions | Sequence[PaymentInstructions]]
    payment_terms: NotRequired[str | None]
    preceding_invoice_references: NotRequired[Sequence[PrecedingInvoiceReference]]
    prepaid_amount: NotRequired[str | Decimal | int | None]
    prices_include_vat: NotRequired[bool]
    process_control: NotRequired[ProcessControl]
    profile: NotRequired[str | None]
    project_reference: NotRequired[str | None]
    purchase_order_reference: NotRequired[str | None]
    receiving_advice_reference: NotRequired[str | None]
    rounding_amount: NotRequired[str | Decimal | int | None]
    rounding_permitted: NotRequired[bool]
    sales_order_reference: NotRequired[str | None]
    seller: Required[SellerInput]
    seller_tax_representative: NotRequired[SellerTaxRepresentativeInput | None]
    series: NotRequired[str | None]
    tender_or_lot_reference: NotRequired[str | None]
    totals: NotRequired[TotalsInput | None]
    type_code: NotRequired[str | None]
    value_added_tax_point_date: NotRequired[str | None]
    value_added_tax_point_date_code: NotRequired[str | None]
    vat_accounting_currency_code: NotRequired[str | None]
    vat_accounting_exchange_rate: NotRequired[str | Decimal | int | None]
    vat_breakdown: NotRequired[Sequence[VatBreakdownInput] | None]
    vat_exemptions: NotRequired[Sequence[VatExemptionInput]]


class DuplicateView(TypedDict):
    """Another received document that says it is the same invoice."""

    id: Required[str]
    relation: Required[Literal["possible_duplicate", "conflict"]]


class EInvoicing(TypedDict):
    """Whether documents go out as structured invoices."""

    auto_send: NotRequired[bool | None]
    enabled: NotRequired[bool | None]


class ESlogExtension(TypedDict):
    """Beside the terms of the invoice as a whole."""

    buyer_account: NotRequired[str | None]
    buyer_account_name: NotRequired[str | None]
    buyer_bank: NotRequired[str | None]
    buyer_tax_number: NotRequired[str | None]
    eor: NotRequired[str | None]
    fiscal_moment: NotRequired[str | None]
    fiscal_operator: NotRequired[str | None]
    other_taxes: NotRequired[Sequence[ESlogOtherTax]]
    payment_method: NotRequired[str | None]
    payment_purpose: NotRequired[str | None]
    receipt_code: NotRequired[str | None]
    zoi: NotRequired[str | None]


class ESlogExtensionInput(TypedDict):
    """Beside the terms of the invoice as a whole."""

    buyer_account: NotRequired[str | None]
    buyer_account_name: NotRequired[str | None]
    buyer_bank: NotRequired[str | None]
    buyer_tax_number: NotRequired[str | None]
    eor: NotRequired[str | None]
    fiscal_moment: NotRequired[str | None]
    fiscal_operator: NotRequired[str | None]
    other_taxes: NotRequired[Sequence[ESlogOtherTaxInput]]
    payment_method: NotRequired[str | None]
    payment_purpose: NotRequired[str | None]
    receipt_code: NotRequired[str | None]
    zoi: NotRequired[str | None]


class ESlogOtherTax(TypedDict):
    """A tax that is not VAT, in sum (`OTH`)."""

    rate: NotRequired[str | None]
    tax_amount: NotRequired[str | None]
    taxable_amount: NotRequired[str | None]


class ESlogOtherTaxInput(TypedDict):
    """A tax that is not VAT, in sum (`OTH`)."""

    rate: NotRequired[str | Decimal | int | None]
    tax_amount: NotRequired[str | Decimal | int | None]
    taxable_amount: NotRequired[str | Decimal | int | None]


class EarlierInvoice(TypedDict):
    """A fiscal invoice that another system issued, as its authority knows it."""

    issued_at: Required[str]
    number: Required[str]
    zoi: NotRequired[str | None]


class EmailDefaults(TypedDict):
    """Of the e-mails with documents; read where they are sent."""

    advance_invoice: NotRequired[MailText | None]
    credit_note: NotRequired[MailText | None]
    delivery_note: NotRequired[MailText | None]
    estimate: NotRequired[MailText | None]
    invoice: NotRequired[MailText | None]
    order: NotRequired[MailText | None]
    proforma: NotRequired[MailText | None]
    receipt: NotRequired[MailText | None]
    reminder: NotRequired[MailText | None]
    reply_to: NotRequired[str | None]
    self_billed_credit_note: NotRequired[MailText | None]
    self_billed_invoice: NotRequired[MailText | None]
    sender_name: NotRequired[str | None]


class EmailList(TypedDict):
    """One page of e-mails, newest first."""

    data: Required[Sequence[EmailView]]
    next_cursor: Required[str | None]
    object: NotRequired[Literal["list"]]


class EmailView(TypedDict):
    """An e-mail. `sent` means that the mail server took it, not that somebody read it."""

    attachments: Required[Sequence[AttachmentView]]
    attempts: Required[int]
    body: Required[str]
    created_at: Required[str]
    document_id: Required[str | None]
    entity_id: Required[str]
    environment: Required[str]
    id: Required[str]
    last_error: Required[str | None]
    message_id: Required[str]
    metadata: Required[Mapping[str, str]]
    object: NotRequired[Literal["email"]]
    purpose: Required[str]
    recipients: Required[Sequence[RecipientView]]
    reply_to: Required[str | None]
    sender: Required[str]
    sent_at: Required[str | None]
    state: Required[str]
    subject: Required[str]
    updated_at: Required[str]


class EntityBody(TypedDict):
    """A business customer of yours, who issues invoices."""

    address: NotRequired[str | None]
    address_2: NotRequired[str | None]
    city: NotRequired[str | None]
    company_number: NotRequired[str | None]
    contact_name: NotRequired[str | None]
    country: NotRequired[str | None]
    country_code: NotRequired[str | None]
    currency_code: NotRequired[str | None]
    email: NotRequired[str | None]
    locale: NotRequired[str | None]
    metadata: NotRequired[Mapping[str, str]]
    name: Required[str]
    phone: NotRequired[str | None]
    post_code: NotRequired[str | None]
    seller: NotRequired[Seller]
    settings: NotRequired[EntitySettings]
    state: NotRequired[str | None]
    tax_number: NotRequired[str | None]
    vat_id: NotRequired[str | None]


class EntityChange(TypedDict):
    """What to change of an entity, as JSON Merge Patch (RFC 7396): null takes a value away."""

    address: NotRequired[str | None]
    address_2: NotRequired[str | None]
    city: NotRequired[str | None]
    company_number: NotRequired[str | None]
    contact_name: NotRequired[str | None]
    country: NotRequired[str | None]
    country_code: NotRequired[str | None]
    currency_code: NotRequired[str | None]
    email: NotRequired[str | None]
    locale: NotRequired[str | None]
    metadata: NotRequired[Mapping[str, Any] | None]
    name: NotRequired[str | None]
    phone: NotRequired[str | None]
    post_code: NotRequired[str | None]
    seller: NotRequired[Mapping[str, Any] | None]
    settings: NotRequired[Mapping[str, Any] | None]
    state: NotRequired[str | None]
    tax_number: NotRequired[str | None]
    vat_id: NotRequired[str | None]


class EntityList(TypedDict):
    """One page of entities, newest first."""

    data: Required[Sequence[EntityView]]
    next_cursor: Required[str | None]
    object: NotRequired[Literal["list"]]


class EntityLogLeaf(TypedDict):
    """A leaf of the entity's log."""

    hash: Required[str]
    index: Required[int]
    leaf: Required[str | None]
    log_index: Required[int | None]
    object: NotRequired[Literal["log_leaf"]]


class EntityLogLeaves(TypedDict):
    """Leaves in order."""

    data: Required[Sequence[EntityLogLeaf]]
    object: NotRequired[Literal["list"]]
    size: Required[int]


class EntitySettings(TypedDict):
    """How an entity's documents are made when they do not say otherwise."""

    bank_accounts: NotRequired[Sequence[BankAccount] | None]
    currency_code: NotRequired[str | None]
    default_profile: NotRequired[str | None]
    due_days: NotRequired[int | None]
    e_invoicing: NotRequired[EInvoicing | None]
    email_defaults: NotRequired[EmailDefaults | None]
    fiscalization: NotRequired[
        SandboxFiscalization
        | FursFiscalization
        | CisFiscalization
        | VerifactuFiscalization
        | KsefFiscalization
        | None
    ]
    locale: NotRequired[str | None]
    notices_to: NotRequired[Sequence[str] | None]
    number_formats: NotRequired[Mapping[str, str] | None]
    number_sequence_starts: NotRequired[Mapping[str, int] | None]
    overdue_notifications: NotRequired[OverdueNotifications | None]
    payment_qr: NotRequired[PaymentQr | None]
    payment_reminders: NotRequired[PaymentReminders | None]
    pdf_template: NotRequired[PdfTemplate | None]
    retention: NotRequired[Retention | None]
    seal: NotRequired[Seal | None]
    tax_clause_defaults: NotRequired[TaxClauses | None]
    tax_rules: NotRequired[TaxRules | None]
    valid_days: NotRequired[int | None]
    vat_rechecks: NotRequired[VatRechecks | None]


class EntityView(TypedDict):
    """An entity."""

    country_code: Required[str]
    created_at: Required[str]
    defaults: Required[CountryDefaultsView]
    environment: Required[Literal["sandbox", "live"]]
    id: Required[str]
    inherited_settings: Required[Mapping[str, Any]]
    metadata: Required[Mapping[str, str]]
    name: Required[str]
    object: NotRequired[Literal["entity"]]
    seller: Required[Mapping[str, Any]]
    settings: Required[Mapping[str, Any]]
    updated_at: Required[str]


class ErasureDecisionInput(TypedDict):
    """Why it is approved or rejected."""

    reason: NotRequired[str | None]


class ErasureDocumentList(TypedDict):
    """One page of the documents that name the customer, oldest first."""

    data: Required[Sequence[ErasureDocumentView]]
    next_cursor: Required[str | None]
    object: NotRequired[Literal["list"]]


class ErasureDocumentView(TypedDict):
    """An issued document that names the customer, and what keeps it."""

    holds: Required[Sequence[str]]
    id: Required[str]
    issued: Required[str]
    kept_because: Required[Literal["kept", "held", "listed", "chained", "unfinished"] | None]
    kind: Required[DocumentKind | Literal["received"]]
    number: Required[str | None]
    object: NotRequired[Literal["erasure_document"]]
    retain_until: Required[str]
    rule: Required[RetentionRuleView]


class ErasureInput(TypedDict):
    """Of whom everything is to be erased that no law keeps."""

    customer_id: Required[str]
    reason: NotRequired[str | None]


class ErasureList(TypedDict):
    """One page of erasures, newest first."""

    data: Required[Sequence[ErasureView]]
    next_cursor: Required[str | None]
    object: NotRequired[Literal["list"]]


class ErasureView(TypedDict):
    """An erasure of personal data."""

    customer_id: Required[str]
    decided_at: Required[str | None]
    decided_by: Required[ActorView | None]
    decision_reason: Required[str | None]
    done_at: Required[str | None]
    entity_id: Required[str]
    expires_at: Required[str]
    id: Required[str]
    next_look_at: Required[str | None]
    object: NotRequired[Literal["erasure"]]
    reason: Required[str | None]
    requested_at: Required[str]
    requested_by: Required[ActorView]
    state: Required[Literal["requested", "expired", "approved", "rejected", "done"]]


class EuTaxRules(TypedDict):
    """Standing answers to questions that an invoice across borders asks."""

    auto_remove_tax_export: NotRequired[bool | None]
    auto_reverse_charge: NotRequired[bool | None]
    require_gross_prices: NotRequired[bool | None]
    schemes: NotRequired[Sequence[Scheme] | None]
    unknown: NotRequired[Literal["hold", "flag"] | None]
    unverified: NotRequired[Literal["stop", "flag"] | None]
    vies_validate_vat: NotRequired[bool | None]


class Event(TypedDict):
    """Something that happened; never changed afterwards."""

    at: Required[str]
    data: Required[Mapping[str, Any]]
    document_id: Required[str | None]
    evidence_id: Required[str | None]
    id: Required[str]
    object: NotRequired[Literal["event"]]
    subject_id: Required[str | None]
    transmission_id: Required[str | None]
    type: Required[str]


class EventFeed(TypedDict):
    """The next events, oldest first."""

    cursor: Required[str]
    data: Required[Sequence[Event]]
    object: NotRequired[Literal["list"]]


class EventTypeList(TypedDict):
    """Every type of event there is."""

    data: Required[Sequence[EventTypeView]]
    next_cursor: NotRequired[None]
    object: NotRequired[Literal["list"]]


class EventTypeView(TypedDict):
    """A type of event."""

    alias: Required[bool]
    description: Required[str]
    name: Required[str]
    object: NotRequired[Literal["event_type"]]


class EvidenceBytes(TypedDict):
    """Bytes as they went over the wire."""

    content: Required[str]
    sha256: Required[str]
    size: Required[int]


class EvidenceList(TypedDict):
    """The evidence of a document, in the order of the log."""

    data: Required[Sequence[EvidenceView]]
    object: NotRequired[str]


class EvidenceSetList(TypedDict):
    """One page of what was found, newest first."""

    data: Required[Sequence[EvidenceSetView]]
    next_cursor: Required[str | None]
    object: NotRequired[Literal["list"]]


class EvidenceSetView(TypedDict):
    """A document that fits, and where its evidence is."""

    bundle_url: Required[str]
    currency_code: Required[str | None]
    direction: Required[Literal["issued", "received"]]
    evidence_url: Required[str]
    id: Required[str]
    issue_date: Required[str | None]
    kind: Required[str | None]
    number: Required[str | None]
    object: NotRequired[Literal["evidence_set"]]
    party: Required[PartyFoundView]
    sha256: Required[str]
    total_with_vat: Required[str | None]


class EvidenceView(TypedDict):
    """One archived file."""

    at: Required[str]
    id: Required[str]
    log_index: Required[int]
    media_type: Required[str]
    name: Required[str]
    object: Required[str]
    role: Required[str]
    sha256: Required[str]
    size: Required[int]


class ExitInput(TypedDict):
    """What the exit is for."""

    leaving: NotRequired[bool]
    secrets_for: NotRequired[str | None]


class ExplainInput(TypedDict):
    """A rejection or a report, and the document it is about; at least one of them."""

    codes: NotRequired[Sequence[str]]
    document: NotRequired[Mapping[str, Any] | str | None]
    language: NotRequired[str]
    profile: NotRequired[str | None]
    report: NotRequired[Mapping[str, Any] | Sequence[Any] | str | None]


class ExplanationView(TypedDict):
    """What one finding, rule or code means."""

    action: Required[str]
    authority: Required[str | None]
    cause: Required[str]
    code: Required[str]
    knowledge: Required[Literal["exact", "family", "unknown"]]
    message: Required[str | None]
    patch: Required[Sequence[Mapping[str, Any]]]
    pointer: Required[str | None]
    reference: Required[str | None]
    rule_set: Required[str | None]
    term: Required[str | None]
    term_name: Required[str | None]
    title: Required[str]


class ExplanationsView(TypedDict):
    """The explanations, and one patch for all that can be mended."""

    applied: Required[AppliedView | None]
    explanations: Required[Sequence[ExplanationView]]
    language: Required[str]
    object: NotRequired[Literal["explanations"]]
    patch: Required[Sequence[Mapping[str, Any]]]
    valid: Required[bool | None]


ExportInput = TypedDict(
    "ExportInput",
    {
        "complete": "NotRequired[bool]",
        "format": "Required[Literal['csv', 'xlsx', 'pdf_zip', 'xml_zip', 'bundle', 'asice']]",
        "from": "NotRequired[str | None]",
        "kinds": "NotRequired[Sequence[DocumentKind] | None]",
        "log_sizes": "NotRequired[Sequence[int]]",
        "metadata": "NotRequired[Mapping[str, str]]",
        "rows": "NotRequired[Literal['documents', 'lines']]",
        "states": "NotRequired[Sequence[Literal['issued', 'corrected', 'voided']]]",
        "to": "NotRequired[str | None]",
    },
)


class FaAdnotacje(TypedDict):
    """What the law wants said of the supply; '1' is yes, '2' no."""

    nowe_srodki_transportu: NotRequired[FaNoweSrodkiTransportu | None]
    p_16: NotRequired[str | None]
    p_17: NotRequired[str | None]
    p_18: NotRequired[str | None]
    p_18a: NotRequired[str | None]
    p_23: NotRequired[str | None]
    pmarzy: NotRequired[FaPMarzy | None]
    zwolnienie: NotRequired[FaZwolnienie | None]


class FaAdres(TypedDict):
    """An address in two lines."""

    adres_l1: NotRequired[str | None]
    adres_l2: NotRequired[str | None]
    gln: NotRequired[str | None]
    kod_kraju: NotRequired[str | None]


class FaBlokDanych(TypedDict):
    """A block of it."""

    meta_dane: NotRequired[Sequence[FaMetaDane]]
    tabela: NotRequired[Sequence[FaTabela]]
    tekst: NotRequired[FaTekst | None]
    znaglowek: NotRequired[str | None]


class FaDaneFaKorygowanej(TypedDict):
    """An invoice that this one corrects."""

    data_wyst_fa_korygowanej: NotRequired[str | None]
    nr_fa_korygowanej: NotRequired[str | None]
    nr_kse_f: NotRequired[str | None]
    nr_kse_ffa_korygowanej: NotRequired[str | None]
    nr_kse_fn: NotRequired[str | None]


class FaDaneKontaktowe(TypedDict):
    """E-mail and telephone."""

    email: NotRequired[str | None]
    telefon: NotRequired[str | None]


class FaDaneKontaktowePU(TypedDict):
    """E-mail and telephone of an authorised party."""

    email_pu: NotRequired[str | None]
    telefon_pu: NotRequired[str | None]


class FaDodatkowyOpis(TypedDict):
    """A name and a value that have no field of their own, of a line if it is named."""

    klucz: NotRequired[str | None]
    nr_wiersza: NotRequired[str | None]
    wartosc: NotRequired[str | None]


class FaExtension(TypedDict):
    """Everything of an FA(3) document that EN 16931 has no term for."""

    fa: NotRequired[FaTresc | None]
    naglowek: NotRequired[FaNaglowek | None]
    podmiot1: NotRequired[FaPodmiot1 | None]
    podmiot2: NotRequired[FaPodmiot2 | None]
    podmiot3: NotRequired[Sequence[FaPodmiot3]]
    podmiot_upowazniony: NotRequired[FaPodmiotUpowazniony | None]
    stopka: NotRequired[FaStopka | None]
    zalacznik: NotRequired[FaZalacznik | None]


class FaExtensionInput(TypedDict):
    """Everything of an FA(3) document that EN 16931 has no term for."""

    fa: NotRequired[FaTrescInput | None]
    naglowek: NotRequired[FaNaglowek | None]
    podmiot1: NotRequired[FaPodmiot1 | None]
    podmiot2: NotRequired[FaPodmiot2 | None]
    podmiot3: NotRequired[Sequence[FaPodmiot3Input]]
    podmiot_upowazniony: NotRequired[FaPodmiotUpowazniony | None]
    stopka: NotRequired[FaStopka | None]
    zalacznik: NotRequired[FaZalacznik | None]


class FaFakturaZaliczkowa(TypedDict):
    """An advance invoice that is settled here."""

    nr_fa_zaliczkowej: NotRequired[str | None]
    nr_kse_ffa_zaliczkowej: NotRequired[str | None]
    nr_kse_fzn: NotRequired[str | None]


class FaIdentyfikacja1(TypedDict):
    """Who somebody with a NIP is."""

    nazwa: NotRequired[str | None]
    nip: NotRequired[str | None]


class FaIdentyfikacja2(TypedDict):
    """Who somebody is: NIP, EU VAT number, another number, or none."""

    brak_id: NotRequired[str | None]
    kod_kraju: NotRequired[str | None]
    kod_ue: NotRequired[str | None]
    nazwa: NotRequired[str | None]
    nip: NotRequired[str | None]
    nr_id: NotRequired[str | None]
    nr_vat_ue: NotRequired[str | None]


class FaIdentyfikacja3(TypedDict):
    """As `FaIdentyfikacja2`, or an internal identifier of a unit (`IDWew`)."""

    brak_id: NotRequired[str | None]
    idwew: NotRequired[str | None]
    kod_kraju: NotRequired[str | None]
    kod_ue: NotRequired[str | None]
    nazwa: NotRequired[str | None]
    nip: NotRequired[str | None]
    nr_id: NotRequired[str | None]
    nr_vat_ue: NotRequired[str | None]


class FaInformacje(TypedDict):
    """Free text."""

    stopka_faktury: NotRequired[str | None]


class FaKol(TypedDict):
    """A column: its type and its name."""

    nkom: NotRequired[str | None]
    typ: NotRequired[str | None]


class FaMetaDane(TypedDict):
    """Name and value."""

    zklucz: NotRequired[str | None]
    zwartosc: NotRequired[str | None]


class FaNaglowek(TypedDict):
    """The header (`Naglowek`): when and with what the file was made."""

    data_wytworzenia_fa: NotRequired[str | None]
    system_info: NotRequired[str | None]


class FaNaglowekTabeli(TypedDict):
    """The columns of a table."""

    kol: NotRequired[Sequence[FaKol]]


class FaNoweSrodkiTransportu(TypedDict):
    """Supply of new means of transport within the Union."""

    nowy_srodek_transportu: NotRequired[Sequence[FaNowySrodekTransportu]]
    p_22: NotRequired[str | None]
    p_22n: NotRequired[str | None]
    p_42_5: NotRequired[str | None]


class FaNowySrodekTransportu(TypedDict):
    """One new means of transport."""

    p_22a: NotRequired[str | None]
    p_22b: NotRequired[str | None]
    p_22b1: NotRequired[str | None]
    p_22b2: NotRequired[str | None]
    p_22b3: NotRequired[str | None]
    p_22b4: NotRequired[str | None]
    p_22bk: NotRequired[str | None]
    p_22bmd: NotRequired[str | None]
    p_22bmk: NotRequired[str | None]
    p_22bnr: NotRequired[str | None]
    p_22brp: NotRequired[str | None]
    p_22bt: NotRequired[str | None]
    p_22c: NotRequired[str | None]
    p_22c1: NotRequired[str | None]
    p_22d: NotRequired[str | None]
    p_22d1: NotRequired[str | None]
    p_nr_wiersza_nst: NotRequired[str | None]


class FaObciazenia(TypedDict):
    """A charge."""

    kwota: NotRequired[str | None]
    powod: NotRequired[str | None]


class FaObciazeniaInput(TypedDict):
    """A charge."""

    kwota: NotRequired[str | Decimal | int | None]
    powod: NotRequired[str | None]


class FaOdliczenia(TypedDict):
    """A deduction."""

    kwota: NotRequired[str | None]
    powod: NotRequired[str | None]


class FaOdliczeniaInput(TypedDict):
    """A deduction."""

    kwota: NotRequired[str | Decimal | int | None]
    powod: NotRequired[str | None]


class FaOkresFa(TypedDict):
    """The period the invoice is about."""

    p_6_do: NotRequired[str | None]
    p_6_od: NotRequired[str | None]


class FaPMarzy(TypedDict):
    """Margin schemes (art. 119 and 120)."""

    p_pmarzy: NotRequired[str | None]
    p_pmarzy_2: NotRequired[str | None]
    p_pmarzy_3_1: NotRequired[str | None]
    p_pmarzy_3_2: NotRequired[str | None]
    p_pmarzy_3_3: NotRequired[str | None]
    p_pmarzy_n: NotRequired[str | None]


class FaPlatnosc(TypedDict):
    """Payment: done, due, how, where to."""

    data_zaplaty: NotRequired[str | None]
    forma_platnosci: NotRequired[str | None]
    ipkse_f: NotRequired[str | None]
    link_do_platnosci: NotRequired[str | None]
    opis_platnosci: NotRequired[str | None]
    platnosc_inna: NotRequired[str | None]
    rachunek_bankowy: NotRequired[Sequence[FaRachunekBankowy]]
    rachunek_bankowy_faktora: NotRequired[Sequence[FaRachunekBankowy]]
    skonto: NotRequired[FaSkonto | None]
    termin_platnosci: NotRequired[Sequence[FaTerminPlatnosci]]
    zaplacono: NotRequired[str | None]
    zaplata_czesciowa: NotRequired[Sequence[FaZaplataCzesciowa]]
    znacznik_zaplaty_czesciowej: NotRequired[str | None]


class FaPlatnoscInput(TypedDict):
    """Payment: done, due, how, where to."""

    data_zaplaty: NotRequired[str | None]
    forma_platnosci: NotRequired[str | None]
    ipkse_f: NotRequired[str | None]
    link_do_platnosci: NotRequired[str | None]
    opis_platnosci: NotRequired[str | None]
    platnosc_inna: NotRequired[str | None]
    rachunek_bankowy: NotRequired[Sequence[FaRachunekBankowy]]
    rachunek_bankowy_faktora: NotRequired[Sequence[FaRachunekBankowy]]
    skonto: NotRequired[FaSkonto | None]
    termin_platnosci: NotRequired[Sequence[FaTerminPlatnosci]]
    zaplacono: NotRequired[str | None]
    zaplata_czesciowa: NotRequired[Sequence[FaZaplataCzesciowaInput]]
    znacznik_zaplaty_czesciowej: NotRequired[str | None]


class FaPodmiot1(TypedDict):
    """The seller (`Podmiot1`), beside BG-4."""

    adres: NotRequired[FaAdres | None]
    adres_koresp: NotRequired[FaAdres | None]
    dane_kontaktowe: NotRequired[Sequence[FaDaneKontaktowe]]
    nr_eori: NotRequired[str | None]
    prefiks_podatnika: NotRequired[str | None]
    status_info_podatnika: NotRequired[str | None]


class FaPodmiot1K(TypedDict):
    """The seller as the corrected invoice has him."""

    adres: NotRequired[FaAdres | None]
    dane_identyfikacyjne: NotRequired[FaIdentyfikacja1 | None]
    prefiks_podatnika: NotRequired[str | None]


class FaPodmiot2(TypedDict):
    """The buyer (`Podmiot2`), beside BG-7."""

    adres: NotRequired[FaAdres | None]
    adres_koresp: NotRequired[FaAdres | None]
    dane_identyfikacyjne: NotRequired[FaIdentyfikacja2 | None]
    dane_kontaktowe: NotRequired[Sequence[FaDaneKontaktowe]]
    gv: NotRequired[str | None]
    idnabywcy: NotRequired[str | None]
    jst: NotRequired[str | None]
    nr_eori: NotRequired[str | None]
    nr_klienta: NotRequired[str | None]


class FaPodmiot2K(TypedDict):
    """A buyer as the corrected invoice has him."""

    adres: NotRequired[FaAdres | None]
    dane_identyfikacyjne: NotRequired[FaIdentyfikacja2 | None]
    idnabywcy: NotRequired[str | None]


class FaPodmiot3(TypedDict):
    """A third party (`Podmiot3`) with its role: factor, recipient, payer, issuer, JST, GV ..."""

    adres: NotRequired[FaAdres | None]
    adres_koresp: NotRequired[FaAdres | None]
    dane_identyfikacyjne: NotRequired[FaIdentyfikacja3 | None]
    dane_kontaktowe: NotRequired[Sequence[FaDaneKontaktowe]]
    idnabywcy: NotRequired[str | None]
    nr_eori: NotRequired[str | None]
    nr_klienta: NotRequired[str | None]
    opis_roli: NotRequired[str | None]
    rola: NotRequired[str | None]
    rola_inna: NotRequired[str | None]
    udzial: NotRequired[str | None]


class FaPodmiot3Input(TypedDict):
    """A third party (`Podmiot3`) with its role: factor, recipient, payer, issuer, JST, GV ..."""

    adres: NotRequired[FaAdres | None]
    adres_koresp: NotRequired[FaAdres | None]
    dane_identyfikacyjne: NotRequired[FaIdentyfikacja3 | None]
    dane_kontaktowe: NotRequired[Sequence[FaDaneKontaktowe]]
    idnabywcy: NotRequired[str | None]
    nr_eori: NotRequired[str | None]
    nr_klienta: NotRequired[str | None]
    opis_roli: NotRequired[str | None]
    rola: NotRequired[str | None]
    rola_inna: NotRequired[str | None]
    udzial: NotRequired[str | Decimal | int | None]


class FaPodmiotUpowazniony(TypedDict):
    """An authorised party: bailiff, enforcement body, tax representative."""

    adres: NotRequired[FaAdres | None]
    adres_koresp: NotRequired[FaAdres | None]
    dane_identyfikacyjne: NotRequired[FaIdentyfikacja1 | None]
    dane_kontaktowe: NotRequired[Sequence[FaDaneKontaktowePU]]
    nr_eori: NotRequired[str | None]
    rola_pu: NotRequired[str | None]


class FaPrzewoznik(TypedDict):
    """The carrier."""

    adres_przewoznika: NotRequired[FaAdres | None]
    dane_identyfikacyjne: NotRequired[FaIdentyfikacja2 | None]


class FaRachunekBankowy(TypedDict):
    """An account."""

    nazwa_banku: NotRequired[str | None]
    nr_rb: NotRequired[str | None]
    opis_rachunku: NotRequired[str | None]
    rachunek_wlasny_banku: NotRequired[str | None]
    swift: NotRequired[str | None]


class FaRejestry(TypedDict):
    """Numbers in other registers."""

    bdo: NotRequired[str | None]
    krs: NotRequired[str | None]
    pelna_nazwa: NotRequired[str | None]
    regon: NotRequired[str | None]


class FaRozliczenie(TypedDict):
    """Charges and deductions beside the invoice total."""

    do_rozliczenia: NotRequired[str | None]
    do_zaplaty: NotRequired[str | None]
    obciazenia: NotRequired[Sequence[FaObciazenia]]
    odliczenia: NotRequired[Sequence[FaOdliczenia]]
    suma_obciazen: NotRequired[str | None]
    suma_odliczen: NotRequired[str | None]


class FaRozliczenieInput(TypedDict):
    """Charges and deductions beside the invoice total."""

    do_rozliczenia: NotRequired[str | Decimal | int | None]
    do_zaplaty: NotRequired[str | Decimal | int | None]
    obciazenia: NotRequired[Sequence[FaObciazeniaInput]]
    odliczenia: NotRequired[Sequence[FaOdliczeniaInput]]
    suma_obciazen: NotRequired[str | Decimal | int | None]
    suma_odliczen: NotRequired[str | Decimal | int | None]


class FaSkonto(TypedDict):
    """Discount for early payment."""

    warunki_skonta: NotRequired[str | None]
    wysokosc_skonta: NotRequired[str | None]


class FaStopka(TypedDict):
    """The footer."""

    informacje: NotRequired[Sequence[FaInformacje]]
    rejestry: NotRequired[Sequence[FaRejestry]]


class FaSuma(TypedDict):
    """The sums of a table."""

    skom: NotRequired[Sequence[str]]


class FaTMetaDane(TypedDict):
    """Name and value of a table."""

    tklucz: NotRequired[str | None]
    twartosc: NotRequired[str | None]


class FaTabela(TypedDict):
    """A table."""

    opis: NotRequired[str | None]
    suma: NotRequired[FaSuma | None]
    tmeta_dane: NotRequired[Sequence[FaTMetaDane]]
    tnaglowek: NotRequired[FaNaglowekTabeli | None]
    wiersz: NotRequired[Sequence[formats__en16931__extensions__poland__attachment__FaWiersz]]


class FaTekst(TypedDict):
    """Paragraphs."""

    akapit: NotRequired[Sequence[str]]


class FaTerminOpis(TypedDict):
    """So many units of time after an event."""

    ilosc: NotRequired[str | None]
    jednostka: NotRequired[str | None]
    zdarzenie_poczatkowe: NotRequired[str | None]


class FaTerminPlatnosci(TypedDict):
    """When it is due: a day, or in words."""

    termin: NotRequired[str | None]
    termin_opis: NotRequired[FaTerminOpis | None]


class FaTransport(TypedDict):
    """One transport."""

    data_godz_rozp_transportu: NotRequired[str | None]
    data_godz_zak_transportu: NotRequired[str | None]
    jednostka_opakowania: NotRequired[str | None]
    ladunek_inny: NotRequired[str | None]
    nr_zlecenia_transportu: NotRequired[str | None]
    opis_innego_ladunku: NotRequired[str | None]
    opis_innego_transportu: NotRequired[str | None]
    opis_ladunku: NotRequired[str | None]
    przewoznik: NotRequired[FaPrzewoznik | None]
    rodzaj_transportu: NotRequired[str | None]
    transport_inny: NotRequired[str | None]
    wysylka_do: NotRequired[FaAdres | None]
    wysylka_przez: NotRequired[Sequence[FaAdres]]
    wysylka_z: NotRequired[FaAdres | None]


class FaTresc(TypedDict):
    """The invoice proper (`Fa`), beside what EN 16931 has."""

    adnotacje: NotRequired[FaAdnotacje | None]
    dane_fa_korygowanej: NotRequired[Sequence[FaDaneFaKorygowanej]]
    dodatkowy_opis: NotRequired[Sequence[FaDodatkowyOpis]]
    faktura_zaliczkowa: NotRequired[Sequence[FaFakturaZaliczkowa]]
    fp: NotRequired[str | None]
    kurs_waluty_z: NotRequired[str | None]
    kurs_waluty_zk: NotRequired[str | None]
    nr_fa_korygowany: NotRequired[str | None]
    okres_fa: NotRequired[FaOkresFa | None]
    okres_fa_korygowanej: NotRequired[str | None]
    p_13_1: NotRequired[str | None]
    p_13_10: NotRequired[str | None]
    p_13_11: NotRequired[str | None]
    p_13_2: NotRequired[str | None]
    p_13_3: NotRequired[str | None]
    p_13_4: NotRequired[str | None]
    p_13_5: NotRequired[str | None]
    p_13_6_1: NotRequired[str | None]
    p_13_6_2: NotRequired[str | None]
    p_13_6_3: NotRequired[str | None]
    p_13_7: NotRequired[str | None]
    p_13_8: NotRequired[str | None]
    p_13_9: NotRequired[str | None]
    p_14_1: NotRequired[str | None]
    p_14_1w: NotRequired[str | None]
    p_14_2: NotRequired[str | None]
    p_14_2w: NotRequired[str | None]
    p_14_3: NotRequired[str | None]
    p_14_3w: NotRequired[str | None]
    p_14_4: NotRequired[str | None]
    p_14_4w: NotRequired[str | None]
    p_14_5: NotRequired[str | None]
    p_15zk: NotRequired[str | None]
    p_1m: NotRequired[str | None]
    p_6: NotRequired[str | None]
    platnosc: NotRequired[FaPlatnosc | None]
    podmiot1k: NotRequired[FaPodmiot1K | None]
    podmiot2k: NotRequired[Sequence[FaPodmiot2K]]
    przyczyna_korekty: NotRequired[str | None]
    rodzaj_faktury: NotRequired[str | None]
    rozliczenie: NotRequired[FaRozliczenie | None]
    tp: NotRequired[str | None]
    typ_korekty: NotRequired[str | None]
    warunki_transakcji: NotRequired[FaWarunkiTransakcji | None]
    wz: NotRequired[Sequence[str]]
    zaliczka_czesciowa: NotRequired[Sequence[FaZaliczkaCzesciowa]]
    zamowienie: NotRequired[FaZamowienie | None]
    zwrot_akcyzy: NotRequired[str | None]


class FaTrescInput(TypedDict):
    """The invoice proper (`Fa`), beside what EN 16931 has."""

    adnotacje: NotRequired[FaAdnotacje | None]
    dane_fa_korygowanej: NotRequired[Sequence[FaDaneFaKorygowanej]]
    dodatkowy_opis: NotRequired[Sequence[FaDodatkowyOpis]]
    faktura_zaliczkowa: NotRequired[Sequence[FaFakturaZaliczkowa]]
    fp: NotRequired[str | None]
    kurs_waluty_z: NotRequired[str | Decimal | int | None]
    kurs_waluty_zk: NotRequired[str | Decimal | int | None]
    nr_fa_korygowany: NotRequired[str | None]
    okres_fa: NotRequired[FaOkresFa | None]
    okres_fa_korygowanej: NotRequired[str | None]
    p_13_1: NotRequired[str | Decimal | int | None]
    p_13_10: NotRequired[str | Decimal | int | None]
    p_13_11: NotRequired[str | Decimal | int | None]
    p_13_2: NotRequired[str | Decimal | int | None]
    p_13_3: NotRequired[str | Decimal | int | None]
    p_13_4: NotRequired[str | Decimal | int | None]
    p_13_5: NotRequired[str | Decimal | int | None]
    p_13_6_1: NotRequired[str | Decimal | int | None]
    p_13_6_2: NotRequired[str | Decimal | int | None]
    p_13_6_3: NotRequired[str | Decimal | int | None]
    p_13_7: NotRequired[str | Decimal | int | None]
    p_13_8: NotRequired[str | Decimal | int | None]
    p_13_9: NotRequired[str | Decimal | int | None]
    p_14_1: NotRequired[str | Decimal | int | None]
    p_14_1w: NotRequired[str | Decimal | int | None]
    p_14_2: NotRequired[str | Decimal | int | None]
    p_14_2w: NotRequired[str | Decimal | int | None]
    p_14_3: NotRequired[str | Decimal | int | None]
    p_14_3w: NotRequired[str | Decimal | int | None]
    p_14_4: NotRequired[str | Decimal | int | None]
    p_14_4w: NotRequired[str | Decimal | int | None]
    p_14_5: NotRequired[str | Decimal | int | None]
    p_15zk: NotRequired[str | Decimal | int | None]
    p_1m: NotRequired[str | None]
    p_6: NotRequired[str | None]
    platnosc: NotRequired[FaPlatnoscInput | None]
    podmiot1k: NotRequired[FaPodmiot1K | None]
    podmiot2k: NotRequired[Sequence[FaPodmiot2K]]
    przyczyna_korekty: NotRequired[str | None]
    rodzaj_faktury: NotRequired[str | None]
    rozliczenie: NotRequired[FaRozliczenieInput | None]
    tp: NotRequired[str | None]
    typ_korekty: NotRequired[str | None]
    warunki_transakcji: NotRequired[FaWarunkiTransakcjiInput | None]
    wz: NotRequired[Sequence[str]]
    zaliczka_czesciowa: NotRequired[Sequence[FaZaliczkaCzesciowaInput]]
    zamowienie: NotRequired[FaZamowienieInput | None]
    zwrot_akcyzy: NotRequired[str | None]


class FaUmowy(TypedDict):
    """A contract."""

    data_umowy: NotRequired[str | None]
    nr_umowy: NotRequired[str | None]


class FaWarunkiTransakcji(TypedDict):
    """Contracts, orders, batches, delivery, transport."""

    kurs_umowny: NotRequired[str | None]
    nr_partii_towaru: NotRequired[Sequence[str]]
    podmiot_posredniczacy: NotRequired[str | None]
    transport: NotRequired[Sequence[FaTransport]]
    umowy: NotRequired[Sequence[FaUmowy]]
    waluta_umowna: NotRequired[str | None]
    warunki_dostawy: NotRequired[str | None]
    zamowienia: NotRequired[Sequence[FaZamowienia]]


class FaWarunkiTransakcjiInput(TypedDict):
    """Contracts, orders, batches, delivery, transport."""

    kurs_umowny: NotRequired[str | Decimal | int | None]
    nr_partii_towaru: NotRequired[Sequence[str]]
    podmiot_posredniczacy: NotRequired[str | None]
    transport: NotRequired[Sequence[FaTransport]]
    umowy: NotRequired[Sequence[FaUmowy]]
    waluta_umowna: NotRequired[str | None]
    warunki_dostawy: NotRequired[str | None]
    zamowienia: NotRequired[Sequence[FaZamowienia]]


class FaZalacznik(TypedDict):
    """The attachment."""

    blok_danych: NotRequired[Sequence[FaBlokDanych]]


class FaZaliczkaCzesciowa(TypedDict):
    """One of several advance payments."""

    kurs_waluty_zw: NotRequired[str | None]
    p_15z: NotRequired[str | None]
    p_6z: NotRequired[str | None]


class FaZaliczkaCzesciowaInput(TypedDict):
    """One of several advance payments."""

    kurs_waluty_zw: NotRequired[str | Decimal | int | None]
    p_15z: NotRequired[str | Decimal | int | None]
    p_6z: NotRequired[str | None]


class FaZamowienia(TypedDict):
    """An order."""

    data_zamowienia: NotRequired[str | None]
    nr_zamowienia: NotRequired[str | None]


class FaZamowienie(TypedDict):
    """The order or contract that an advance was paid for."""

    wartosc_zamowienia: NotRequired[str | None]
    zamowienie_wiersz: NotRequired[Sequence[FaZamowienieWiersz]]


class FaZamowienieInput(TypedDict):
    """The order or contract that an advance was paid for."""

    wartosc_zamowienia: NotRequired[str | Decimal | int | None]
    zamowienie_wiersz: NotRequired[Sequence[FaZamowienieWierszInput]]


class FaZamowienieWiersz(TypedDict):
    """A line of it."""

    cnz: NotRequired[str | None]
    gtinz: NotRequired[str | None]
    gtuz: NotRequired[str | None]
    indeks_z: NotRequired[str | None]
    kwota_akcyzy_z: NotRequired[str | None]
    nr_wiersza_zam: NotRequired[str | None]
    p_11netto_z: NotRequired[str | None]
    p_11vat_z: NotRequired[str | None]
    p_12z: NotRequired[str | None]
    p_12z_xii: NotRequired[str | None]
    p_12z_zal_15: NotRequired[str | None]
    p_7z: NotRequired[str | None]
    p_8az: NotRequired[str | None]
    p_8bz: NotRequired[str | None]
    p_9az: NotRequired[str | None]
    pkobz: NotRequired[str | None]
    pkwi_uz: NotRequired[str | None]
    procedura_z: NotRequired[str | None]
    stan_przed_z: NotRequired[str | None]
    uu_idz: NotRequired[str | None]


class FaZamowienieWierszInput(TypedDict):
    """A line of it."""

    cnz: NotRequired[str | None]
    gtinz: NotRequired[str | None]
    gtuz: NotRequired[str | None]
    indeks_z: NotRequired[str | None]
    kwota_akcyzy_z: NotRequired[str | Decimal | int | None]
    nr_wiersza_zam: NotRequired[str | None]
    p_11netto_z: NotRequired[str | Decimal | int | None]
    p_11vat_z: NotRequired[str | Decimal | int | None]
    p_12z: NotRequired[str | None]
    p_12z_xii: NotRequired[str | Decimal | int | None]
    p_12z_zal_15: NotRequired[str | None]
    p_7z: NotRequired[str | None]
    p_8az: NotRequired[str | None]
    p_8bz: NotRequired[str | Decimal | int | None]
    p_9az: NotRequired[str | Decimal | int | None]
    pkobz: NotRequired[str | None]
    pkwi_uz: NotRequired[str | None]
    procedura_z: NotRequired[str | None]
    stan_przed_z: NotRequired[str | None]
    uu_idz: NotRequired[str | None]


class FaZaplataCzesciowa(TypedDict):
    """A part that was paid."""

    data_zaplaty_czesciowej: NotRequired[str | None]
    forma_platnosci: NotRequired[str | None]
    kwota_zaplaty_czesciowej: NotRequired[str | None]
    opis_platnosci: NotRequired[str | None]
    platnosc_inna: NotRequired[str | None]


class FaZaplataCzesciowaInput(TypedDict):
    """A part that was paid."""

    data_zaplaty_czesciowej: NotRequired[str | None]
    forma_platnosci: NotRequired[str | None]
    kwota_zaplaty_czesciowej: NotRequired[str | Decimal | int | None]
    opis_platnosci: NotRequired[str | None]
    platnosc_inna: NotRequired[str | None]


class FaZwolnienie(TypedDict):
    """Exemption and its legal basis."""

    p_19: NotRequired[str | None]
    p_19a: NotRequired[str | None]
    p_19b: NotRequired[str | None]
    p_19c: NotRequired[str | None]
    p_19n: NotRequired[str | None]


class FacturaNombrada(TypedDict):
    """A simplified invoice that this one stands for; its day is known where it was issued here."""

    fecha_expedicion_factura: NotRequired[str | None]
    num_serie_factura: NotRequired[str | None]


Fault = Literal[
    "INVALID_INPUT",
    "INVALID_REQUESTER_INFO",
    "SERVICE_UNAVAILABLE",
    "MS_UNAVAILABLE",
    "TIMEOUT",
    "SERVER_BUSY",
    "VAT_BLOCKED",
    "IP_BLOCKED",
    "GLOBAL_MAX_CONCURRENT_REQ",
    "GLOBAL_MAX_CONCURRENT_REQ_TIME",
    "MS_MAX_CONCURRENT_REQ",
    "MS_MAX_CONCURRENT_REQ_TIME",
    "NO_ANSWER",
    "BAD_ANSWER",
    "PAUSED",
    "NOT_SERVED",
    "ACCESS_REFUSED",
    "UNKNOWN_FAULT",
]


class FeAdministrativeCentre(TypedDict):
    """A unit of the buyer, by its code in the directory DIR3."""

    address: NotRequired[str | None]
    centre_code: NotRequired[str | None]
    country_code: NotRequired[str | None]
    description: NotRequired[str | None]
    first_surname: NotRequired[str | None]
    name: NotRequired[str | None]
    post_code: NotRequired[str | None]
    province: NotRequired[str | None]
    role_code: NotRequired[str | None]
    second_surname: NotRequired[str | None]
    town: NotRequired[str | None]


class FeCorrective(TypedDict):
    """What a correction corrects."""

    additional_reason: NotRequired[str | None]
    method: NotRequired[str | None]
    period_end: NotRequired[str | None]
    period_start: NotRequired[str | None]
    reason_code: NotRequired[str | None]
    series_code: NotRequired[str | None]


class FeEquivalenceSurcharge(TypedDict):
    """Recargo de equivalencia on a rate of VAT."""

    amount: NotRequired[str | None]
    rate: NotRequired[str | None]
    vat_rate: NotRequired[str | None]


class FeEquivalenceSurchargeInput(TypedDict):
    """Recargo de equivalencia on a rate of VAT."""

    amount: NotRequired[str | Decimal | int | None]
    rate: NotRequired[str | Decimal | int | None]
    vat_rate: NotRequired[str | Decimal | int | None]


class FeExtension(TypedDict):
    """What Facturae has beside EN 16931."""

    administrative_centres: NotRequired[Sequence[FeAdministrativeCentre]]
    corrective: NotRequired[FeCorrective | None]
    description: NotRequired[str | None]
    document_type: NotRequired[str | None]
    equivalence_surcharges: NotRequired[Sequence[FeEquivalenceSurcharge]]
    language: NotRequired[str | None]
    legal_references: NotRequired[Sequence[str]]
    other_taxes: NotRequired[Sequence[FeTax]]
    series_code: NotRequired[str | None]
    third_party_name: NotRequired[str | None]
    third_party_number: NotRequired[str | None]
    withheld_taxes: NotRequired[Sequence[FeTax]]


class FeExtensionInput(TypedDict):
    """What Facturae has beside EN 16931."""

    administrative_centres: NotRequired[Sequence[FeAdministrativeCentre]]
    corrective: NotRequired[FeCorrective | None]
    description: NotRequired[str | None]
    document_type: NotRequired[str | None]
    equivalence_surcharges: NotRequired[Sequence[FeEquivalenceSurchargeInput]]
    language: NotRequired[str | None]
    legal_references: NotRequired[Sequence[str]]
    other_taxes: NotRequired[Sequence[FeTaxInput]]
    series_code: NotRequired[str | None]
    third_party_name: NotRequired[str | None]
    third_party_number: NotRequired[str | None]
    withheld_taxes: NotRequired[Sequence[FeTaxInput]]


class FeLine(TypedDict):
    """What a line has beside EN 16931."""

    equivalence_surcharge: NotRequired[FeEquivalenceSurcharge | None]
    file_reference: NotRequired[str | None]
    other_taxes: NotRequired[Sequence[FeTax]]
    receiver_contract_reference: NotRequired[str | None]
    receiver_transaction_reference: NotRequired[str | None]
    withheld_taxes: NotRequired[Sequence[FeTax]]


class FeLineInput(TypedDict):
    """What a line has beside EN 16931."""

    equivalence_surcharge: NotRequired[FeEquivalenceSurchargeInput | None]
    file_reference: NotRequired[str | None]
    other_taxes: NotRequired[Sequence[FeTaxInput]]
    receiver_contract_reference: NotRequired[str | None]
    receiver_transaction_reference: NotRequired[str | None]
    withheld_taxes: NotRequired[Sequence[FeTaxInput]]


class FeTax(TypedDict):
    """A tax that the invoice withholds (`04` IRPF), or adds and that is no VAT."""

    rate: NotRequired[str | None]
    surcharge_amount: NotRequired[str | None]
    surcharge_rate: NotRequired[str | None]
    tax_amount: NotRequired[str | None]
    tax_type_code: NotRequired[str | None]
    taxable_amount: NotRequired[str | None]


class FeTaxInput(TypedDict):
    """A tax that the invoice withholds (`04` IRPF), or adds and that is no VAT."""

    rate: NotRequired[str | Decimal | int | None]
    surcharge_amount: NotRequired[str | Decimal | int | None]
    surcharge_rate: NotRequired[str | Decimal | int | None]
    tax_amount: NotRequired[str | Decimal | int | None]
    tax_type_code: NotRequired[str | None]
    taxable_amount: NotRequired[str | Decimal | int | None]


class FindingView(TypedDict):
    """One broken rule."""

    fix: NotRequired[str | None]
    flag: Required[str]
    line: NotRequired[int | None]
    location: NotRequired[str | None]
    message: Required[str]
    patch: NotRequired[Sequence[Mapping[str, Any]] | None]
    pointer: NotRequired[str | None]
    rule: Required[str]
    rule_set: Required[str]
    term: NotRequired[str | None]


class FiscalRecordList(TypedDict):
    """Every record of a document, oldest first."""

    data: Required[Sequence[FiscalRecordView]]
    object: NotRequired[str]


class FiscalRecordView(TypedDict):
    """A record of the document in the chain of its seller."""

    at: Required[str]
    chain: Required[str]
    digest: Required[str]
    kind: Required[str]
    object: NotRequired[str]
    regulatory: Required[str | None]
    sequence: Required[int]
    transmission_id: Required[str | None]


class FiscalVatBreakdown(TypedDict):
    """HR-BG-2: one row for each category, rate and reason of exemption."""

    category_code: NotRequired[str | None]
    category_name: NotRequired[str | None]
    category_rate: NotRequired[str | None]
    category_tax_amount: NotRequired[str | None]
    category_taxable_amount: NotRequired[str | None]
    exemption_reason_code: NotRequired[str | None]
    exemption_reason_text: NotRequired[str | None]
    tax_scheme: NotRequired[str | None]


class FiscalVatBreakdownInput(TypedDict):
    """HR-BG-2: one row for each category, rate and reason of exemption."""

    category_code: NotRequired[str | None]
    category_name: NotRequired[str | None]
    category_rate: NotRequired[str | Decimal | int | None]
    category_tax_amount: NotRequired[str | Decimal | int | None]
    category_taxable_amount: NotRequired[str | Decimal | int | None]
    exemption_reason_code: NotRequired[str | None]
    exemption_reason_text: NotRequired[str | None]
    tax_scheme: NotRequired[str | None]


class Fiscalization(TypedDict):
    """HR-BG-1 with the totals of HR-BG-3."""

    out_of_scope_amount: NotRequired[str | None]
    total_vat: NotRequired[str | None]
    total_without_vat: NotRequired[str | None]
    vat_breakdown: NotRequired[Sequence[FiscalVatBreakdown]]
    vat_on_payment: NotRequired[str | None]


class FiscalizationInput(TypedDict):
    """HR-BG-1 with the totals of HR-BG-3."""

    out_of_scope_amount: NotRequired[str | Decimal | int | None]
    total_vat: NotRequired[str | Decimal | int | None]
    total_without_vat: NotRequired[str | Decimal | int | None]
    vat_breakdown: NotRequired[Sequence[FiscalVatBreakdownInput]]
    vat_on_payment: NotRequired[str | None]


class FormatAgreement(TypedDict):
    """What form of invoice was agreed with the customer, and since when."""

    channel: NotRequired[str | None]
    profile: NotRequired[str | None]
    valid_from: NotRequired[str | None]
    valid_to: NotRequired[str | None]


class FreightCharge(TypedDict):
    """A charge or allowance of the carrier (`cac:FreightAllowanceCharge`), PINT Malaysia."""

    amount: NotRequired[str | None]
    is_charge: NotRequired[bool | None]
    reason: NotRequired[str | None]


class FreightChargeInput(TypedDict):
    """A charge or allowance of the carrier (`cac:FreightAllowanceCharge`), PINT Malaysia."""

    amount: NotRequired[str | Decimal | int | None]
    is_charge: NotRequired[bool | None]
    reason: NotRequired[str | None]


class FursAddress(TypedDict):
    """Where a premise in a building is."""

    city: Required[str]
    community: Required[str]
    house_number: Required[str]
    house_number_addition: NotRequired[str | None]
    postal_code: Required[str]
    street: Required[str]


class FursContent(TypedDict):
    """A premise as FURS, the Slovenian tax authority, is told of it."""

    premise_type: NotRequired[Literal["A", "B", "C"] | None]
    real_estate: NotRequired[FursRealEstate | None]
    scheme: Required[Literal["si-furs"]]
    software_supplier: Required[FursSupplier]
    special_notes: NotRequired[str | None]


class FursFiscalization(TypedDict):
    """Slovenia: invoices and credit notes are verified by FURS when they are issued."""

    numbering: NotRequired[Literal["B", "C"]]
    operator_tax_number: NotRequired[str | None]
    scheme: Required[Literal["si-furs"]]
    tells: NotRequired[Literal["all", "cash"]]
    untold_series: NotRequired[Sequence[str]]


class FursProperty(TypedDict):
    """A part of a building, by the register of immovable property."""

    building: Required[int]
    cadastral_community: Required[int]
    section: Required[int]


class FursRealEstate(TypedDict):
    """A premise in a building."""

    address: Required[FursAddress]
    property: Required[FursProperty]


class FursSupplier(TypedDict):
    """Who makes or maintains the software: a tax number, or name and address abroad."""

    foreign_name: NotRequired[str | None]
    tax_number: NotRequired[str | None]


class FurtherTaxTotal(TypedDict):
    """A tax total beside BT-110 and BT-111: the rules count them (PEPPOL-EN16931-R053, R054)."""

    amount: NotRequired[str | None]
    currency_code: NotRequired[str | None]
    vat_breakdown: NotRequired[Sequence[VatBreakdown]]


class FurtherTaxTotalInput(TypedDict):
    """A tax total beside BT-110 and BT-111: the rules count them (PEPPOL-EN16931-R053, R054)."""

    amount: NotRequired[str | Decimal | int | None]
    currency_code: NotRequired[str | None]
    vat_breakdown: NotRequired[Sequence[VatBreakdownInput]]


class Gap(TypedDict):
    """Places of a series that no document has."""

    first: Required[int]
    last: Required[int]


class GrantInput(TypedDict):
    """A permission for somebody, in the name of the entity."""

    description: Required[str]
    first_name: NotRequired[str | None]
    full_name: NotRequired[str | None]
    identifier: Required[str]
    identifier_type: NotRequired[Literal["Nip", "Pesel", "Fingerprint", "PeppolId"]]
    last_name: NotRequired[str | None]
    permissions: Required[
        Sequence[
            Literal[
                "CredentialsManage",
                "CredentialsRead",
                "EnforcementOperations",
                "Introspection",
                "InvoiceRead",
                "InvoiceWrite",
                "SubunitManage",
            ]
            | Literal["PefInvoicing", "RRInvoicing", "SelfInvoicing", "TaxRepresentative"]
        ]
    ]
    to: Required[Literal["person", "entity", "authorization"]]


class GrantList(TypedDict):
    """All that KSeF tells."""

    data: Required[Sequence[GrantView]]
    next_cursor: NotRequired[None]
    object: NotRequired[Literal["list"]]


class GrantView(TypedDict):
    """A permission that somebody has in the entity's context."""

    description: Required[str]
    id: Required[str]
    identifier: Required[str | None]
    identifier_type: Required[str]
    object: NotRequired[Literal["ksef_grant"]]
    permission: Required[str]
    since: Required[str]
    to: Required[Literal["person", "authorization"]]


class HeadlineView(TypedDict):
    """The document's one word, and what decided about it."""

    meaning: Required[str]
    reason: Required[str]
    status: Required[str]
    transmission_id: Required[str | None]


class HeldView(TypedDict):
    """What a draft waits for before it is issued by itself."""

    reason: Required[Literal["vat_check"]]
    since: Required[str]
    vat_id: Required[str | None]


class HoldEndInput(TypedDict):
    """Why a hold ends."""

    reason: Required[str]


class HoldInput(TypedDict):
    """What must not be destroyed, and why. Without any limit: all documents of the entity."""

    document_id: NotRequired[str | None]
    issued_from: NotRequired[str | None]
    issued_until: NotRequired[str | None]
    kinds: NotRequired[Sequence[DocumentKind | Literal["received"]] | None]
    reason: Required[str]


class HoldList(TypedDict):
    """One page of legal holds, newest first."""

    data: Required[Sequence[HoldView]]
    next_cursor: Required[str | None]
    object: NotRequired[Literal["list"]]


class HoldView(TypedDict):
    """A legal hold."""

    active: Required[bool]
    document_id: Required[str | None]
    end_reason: Required[str | None]
    ended_at: Required[str | None]
    ended_by: Required[ActorView | None]
    entity_id: Required[str]
    id: Required[str]
    issued_from: Required[str | None]
    issued_until: Required[str | None]
    kinds: Required[Sequence[DocumentKind | Literal["received"]] | None]
    object: NotRequired[Literal["retention_hold"]]
    placed_at: Required[str]
    placed_by: Required[ActorView]
    reason: Required[str]


class ImportMistake(TypedDict):
    """One thing that is wrong with a row."""

    cell: Required[str | None]
    column: Required[str | None]
    fix: NotRequired[str | None]
    message: Required[str]
    pointer: Required[str]
    row: Required[int]


class ImportReport(TypedDict):
    """What came of a file."""

    applied: Required[bool]
    created: Required[int]
    data: Required[Sequence[ImportRow]]
    dry_run: Required[bool]
    ignored_columns: Required[Sequence[str]]
    mode: Required[Literal["all", "each"]]
    object: NotRequired[Literal["import"]]
    refused: Required[int]
    rows: Required[int]
    unchanged: Required[int]
    updated: Required[int]


class ImportRow(TypedDict):
    """What came of a row."""

    errors: Required[Sequence[ImportMistake]]
    id: Required[str | None]
    outcome: Required[Literal["created", "updated", "unchanged", "refused"]]
    row: Required[int]


class ImporteRectificado(TypedDict):
    """What the invoices amounted to that a correction by substitution replaces."""

    base_rectificada: NotRequired[str | None]
    cuota_recargo_rectificado: NotRequired[str | None]
    cuota_rectificada: NotRequired[str | None]


class ImporteRectificadoInput(TypedDict):
    """What the invoices amounted to that a correction by substitution replaces."""

    base_rectificada: NotRequired[str | Decimal | int | None]
    cuota_recargo_rectificado: NotRequired[str | Decimal | int | None]
    cuota_rectificada: NotRequired[str | Decimal | int | None]


class InTheWay(TypedDict):
    """The message in the way, where the order matters: the first unfinished one of the sender."""

    document_id: Required[str]
    meaning: Required[str]
    next_at: NotRequired[str | None]
    reason: NotRequired[str | None]
    transmission_id: Required[str]
    what: Required[str]


class IncludedProduct(TypedDict):
    """BG-X-1: a product that is part of the item."""

    buyers_identifier: NotRequired[str | None]
    description: NotRequired[str | None]
    identifier: NotRequired[str | None]
    industry_identifier: NotRequired[str | None]
    name: NotRequired[str | None]
    quantity: NotRequired[str | None]
    quantity_unit_code: NotRequired[str | None]
    sellers_identifier: NotRequired[str | None]
    standard_identifiers: NotRequired[Sequence[SchemedIdentifier]]


class IncludedProductInput(TypedDict):
    """BG-X-1: a product that is part of the item."""

    buyers_identifier: NotRequired[str | None]
    description: NotRequired[str | None]
    identifier: NotRequired[str | None]
    industry_identifier: NotRequired[str | None]
    name: NotRequired[str | None]
    quantity: NotRequired[str | Decimal | int | None]
    quantity_unit_code: NotRequired[str | None]
    sellers_identifier: NotRequired[str | None]
    standard_identifiers: NotRequired[Sequence[str | SchemedIdentifier]]


class InspectionView(TypedDict):
    """A document as the canonical invoice."""

    findings: Required[Sequence[AmountFindingView]]
    invoice: Required[Invoice]
    loss_count: Required[int]
    losses: Required[Sequence[LossView]]
    lossless: Required[bool]
    object: NotRequired[Literal["inspection"]]
    profile: Required[str | None]
    semantic_hash: Required[str]
    source: Required[
        Literal["ubl", "cii", "ksef", "facturae", "eslog", "hybrid-pdf", "json", "csv", "xlsx"]
    ]


class IntakeList(TypedDict):
    """One page, newest first."""

    data: Required[Sequence[IntakeView]]
    next_cursor: Required[str | None]
    object: NotRequired[Literal["list"]]


class IntakeView(TypedDict):
    """A document that was taken, and what became of it."""

    created_at: Required[str]
    document_id: Required[str | None]
    entity_id: Required[str]
    error: Required[Mapping[str, Any] | None]
    finalize: Required[bool]
    id: Required[str]
    kind: Required[str]
    object: NotRequired[Literal["intake"]]
    state: Required[Literal["queued", "succeeded", "failed"]]
    updated_at: Required[str]


class InvitationList(TypedDict):
    """One page of invitations, newest first."""

    data: Required[Sequence[InvitationView]]
    next_cursor: Required[str | None]
    object: NotRequired[Literal["list"]]


class InvitationView(TypedDict):
    """An invitation to an entity."""

    accepted_at: Required[str | None]
    created_at: Required[str]
    email: Required[str]
    expires_at: Required[str]
    id: Required[str]
    invited_by: Required[str | None]
    object: NotRequired[Literal["invitation"]]
    revoked_at: Required[str | None]
    state: Required[Literal["open", "accepted", "revoked", "expired"]]
    user_id: Required[str]


class InviterView(TypedDict):
    """Who did something."""

    id: Required[str | None]
    kind: Required[Literal["key", "user", "auditor", "system", "operator"]]


class Invoice(TypedDict):
    """The invoice (or credit note, by its `type_code`) as a whole."""

    additional_supporting_documents: NotRequired[Sequence[AdditionalSupportingDocument]]
    buyer: Required[Buyer]
    buyer_accounting_reference: NotRequired[str | None]
    buyer_reference: NotRequired[str | None]
    contract_reference: NotRequired[str | None]
    currency_code: NotRequired[str | None]
    delivery_information: NotRequired[DeliveryInformation | None]
    despatch_advice_reference: NotRequired[str | None]
    document_level_allowances: NotRequired[Sequence[DocumentLevelAllowance]]
    document_level_charges: NotRequired[Sequence[DocumentLevelCharge]]
    extensions: NotRequired[InvoiceExtensions | None]
    invoiced_object_identifier: NotRequired[SchemedIdentifier | None]
    issue_date: NotRequired[str | None]
    lines: NotRequired[Sequence[Line]]
    notes: NotRequired[Sequence[InvoiceNote]]
    number: NotRequired[str | None]
    payee: NotRequired[Payee | None]
    payment_due_date: NotRequired[str | None]
    payment_instructions: NotRequired[Sequence[PaymentInstructions]]
    payment_terms: NotRequired[str | None]
    preceding_invoice_references: NotRequired[Sequence[PrecedingInvoiceReference]]
    process_control: NotRequired[ProcessControl]
    project_reference: NotRequired[str | None]
    purchase_order_reference: NotRequired[str | None]
    receiving_advice_reference: NotRequired[str | None]
    sales_order_reference: NotRequired[str | None]
    seller: Required[Seller]
    seller_tax_representative: NotRequired[SellerTaxRepresentative | None]
    tender_or_lot_reference: NotRequired[str | None]
    totals: Required[Totals]
    type_code: NotRequired[str | None]
    value_added_tax_point_date: NotRequired[str | None]
    value_added_tax_point_date_code: NotRequired[str | None]
    vat_accounting_currency_code: NotRequired[str | None]
    vat_breakdown: NotRequired[Sequence[VatBreakdown]]


class InvoiceExtensions(TypedDict):
    """Beside the terms of the invoice as a whole."""

    accounting_vat_breakdown: NotRequired[Sequence[AccountingVatBreakdown]]
    additional_buyer_accounting_references: NotRequired[Sequence[AccountingReference]]
    additional_invoiced_object_identifiers: NotRequired[Sequence[SchemedIdentifier]]
    additional_payment_terms: NotRequired[Sequence[PaymentTerms]]
    additional_tender_or_lot_references: NotRequired[Sequence[str]]
    advance_payments: NotRequired[Sequence[AdvancePayment]]
    amounts_state_currency: NotRequired[bool | None]
    beneficiary_identifier: NotRequired[SchemedIdentifier | None]
    buyer_accounting_reference_type_code: NotRequired[str | None]
    buyer_agent: NotRequired[TradeParty | None]
    buyer_tax_representative: NotRequired[TradeParty | None]
    contract_issue_date: NotRequired[str | None]
    contract_type_code: NotRequired[str | None]
    contract_value: NotRequired[str | None]
    contractual_due_date: NotRequired[str | None]
    copy_indicator: NotRequired[bool | None]
    credit_reason_code: NotRequired[str | None]
    delivery_terms_code: NotRequired[str | None]
    delivery_terms_country_code: NotRequired[str | None]
    delivery_terms_location: NotRequired[str | None]
    despatch_advice_issue_date: NotRequired[str | None]
    document_name: NotRequired[str | None]
    exchange_rate: NotRequired[str | None]
    exchange_rate_date: NotRequired[str | None]
    exchange_source_currency_code: NotRequired[str | None]
    exchange_target_currency_code: NotRequired[str | None]
    facturae: NotRequired[FeExtension | None]
    fiscalization: NotRequired[Fiscalization | None]
    further_tax_totals: NotRequired[Sequence[FurtherTaxTotal]]
    invoiced_object_issue_date: NotRequired[str | None]
    invoicee: NotRequired[TradeParty | None]
    invoicer: NotRequired[TradeParty | None]
    issue_time: NotRequired[str | None]
    language_code: NotRequired[str | None]
    logistics_service_charges: NotRequired[Sequence[LogisticsServiceCharge]]
    name: NotRequired[str | None]
    payer: NotRequired[TradeParty | None]
    payment_terms: NotRequired[PaymentTerms | None]
    poland: NotRequired[FaExtension | None]
    prepayments: NotRequired[Sequence[Prepayment]]
    principal_identifier: NotRequired[SchemedIdentifier | None]
    product_end_user: NotRequired[TradeParty | None]
    project_name: NotRequired[str | None]
    purchase_order_issue_date: NotRequired[str | None]
    quotation_issue_date: NotRequired[str | None]
    quotation_reference: NotRequired[str | None]
    receiving_advice_issue_date: NotRequired[str | None]
    sales_agent: NotRequired[TradeParty | None]
    sales_order_issue_date: NotRequired[str | None]
    seller_reference: NotRequired[str | None]
    slovenia: NotRequired[ESlogExtension | None]
    spain: NotRequired[SpanishRecord | None]
    statement_reference: NotRequired[str | None]
    tax_included: NotRequired[bool | None]
    tax_scheme: NotRequired[str | None]
    tender_or_lot_issue_date: NotRequired[str | None]
    test_indicator: NotRequired[bool | None]
    third_party_payments: NotRequired[Sequence[ThirdPartyPayment]]
    transaction_type: NotRequired[str | None]
    transaction_type_code: NotRequired[str | None]
    type_code_list_version: NotRequired[str | None]
    ultimate_customer_orders: NotRequired[Sequence[CustomerOrder]]
    unique_identifier: NotRequired[str | None]


class InvoiceExtensionsInput(TypedDict):
    """Beside the terms of the invoice as a whole."""

    accounting_vat_breakdown: NotRequired[Sequence[AccountingVatBreakdownInput]]
    additional_buyer_accounting_references: NotRequired[Sequence[AccountingReference]]
    additional_invoiced_object_identifiers: NotRequired[Sequence[str | SchemedIdentifier]]
    additional_payment_terms: NotRequired[Sequence[PaymentTermsInput]]
    additional_tender_or_lot_references: NotRequired[Sequence[str]]
    advance_payments: NotRequired[Sequence[AdvancePaymentInput]]
    amounts_state_currency: NotRequired[bool | None]
    beneficiary_identifier: NotRequired[str | SchemedIdentifier | None]
    buyer_accounting_reference_type_code: NotRequired[str | None]
    buyer_agent: NotRequired[TradePartyInput | None]
    buyer_tax_representative: NotRequired[TradePartyInput | None]
    contract_issue_date: NotRequired[str | None]
    contract_type_code: NotRequired[str | None]
    contract_value: NotRequired[str | None]
    contractual_due_date: NotRequired[str | None]
    copy_indicator: NotRequired[bool | None]
    credit_reason_code: NotRequired[str | None]
    delivery_terms_code: NotRequired[str | None]
    delivery_terms_country_code: NotRequired[str | None]
    delivery_terms_location: NotRequired[str | None]
    despatch_advice_issue_date: NotRequired[str | None]
    document_name: NotRequired[str | None]
    exchange_rate: NotRequired[str | Decimal | int | None]
    exchange_rate_date: NotRequired[str | None]
    exchange_source_currency_code: NotRequired[str | None]
    exchange_target_currency_code: NotRequired[str | None]
    facturae: NotRequired[FeExtensionInput | None]
    fiscalization: NotRequired[FiscalizationInput | None]
    further_tax_totals: NotRequired[Sequence[FurtherTaxTotalInput]]
    invoiced_object_issue_date: NotRequired[str | None]
    invoicee: NotRequired[TradePartyInput | None]
    invoicer: NotRequired[TradePartyInput | None]
    issue_time: NotRequired[str | None]
    language_code: NotRequired[str | None]
    logistics_service_charges: NotRequired[Sequence[LogisticsServiceChargeInput]]
    name: NotRequired[str | None]
    payer: NotRequired[TradePartyInput | None]
    payment_terms: NotRequired[PaymentTermsInput | None]
    poland: NotRequired[FaExtensionInput | None]
    prepayments: NotRequired[Sequence[PrepaymentInput]]
    principal_identifier: NotRequired[str | SchemedIdentifier | None]
    product_end_user: NotRequired[TradePartyInput | None]
    project_name: NotRequired[str | None]
    purchase_order_issue_date: NotRequired[str | None]
    quotation_issue_date: NotRequired[str | None]
    quotation_reference: NotRequired[str | None]
    receiving_advice_issue_date: NotRequired[str | None]
    sales_agent: NotRequired[TradePartyInput | None]
    sales_order_issue_date: NotRequired[str | None]
    seller_reference: NotRequired[str | None]
    slovenia: NotRequired[ESlogExtensionInput | None]
    spain: NotRequired[SpanishRecordInput | None]
    statement_reference: NotRequired[str | None]
    tax_included: NotRequired[bool | None]
    tax_scheme: NotRequired[str | None]
    tender_or_lot_issue_date: NotRequired[str | None]
    test_indicator: NotRequired[bool | None]
    third_party_payments: NotRequired[Sequence[ThirdPartyPaymentInput]]
    transaction_type: NotRequired[str | None]
    transaction_type_code: NotRequired[str | None]
    type_code_list_version: NotRequired[str | None]
    ultimate_customer_orders: NotRequired[Sequence[CustomerOrder]]
    unique_identifier: NotRequired[str | None]


class InvoiceNote(TypedDict):
    """BG-1."""

    extensions: NotRequired[InvoiceNoteExtensions | None]
    note: Required[str]
    subject_code: NotRequired[str | None]


class InvoiceNoteExtensions(TypedDict):
    """Beside BG-1."""

    content_code: NotRequired[str | None]


class InvoicingPeriod(TypedDict):
    """BG-14: the period the invoice covers."""

    end_date: NotRequired[str | None]
    extensions: NotRequired[InvoicingPeriodExtensions | None]
    start_date: NotRequired[str | None]


class InvoicingPeriodExtensions(TypedDict):
    """Beside BG-14."""

    description: NotRequired[str | None]


class ItemAttribute(TypedDict):
    """BG-32."""

    extensions: NotRequired[ItemAttributeExtensions | None]
    name: NotRequired[str | None]
    value: NotRequired[str | None]


class ItemAttributeExtensions(TypedDict):
    """Beside BG-32: an attribute by its code, and a value with a unit."""

    code: NotRequired[str | None]
    measure: NotRequired[str | None]
    measure_unit_code: NotRequired[str | None]


class ItemAttributeExtensionsInput(TypedDict):
    """Beside BG-32: an attribute by its code, and a value with a unit."""

    code: NotRequired[str | None]
    measure: NotRequired[str | Decimal | int | None]
    measure_unit_code: NotRequired[str | None]


class ItemAttributeInput(TypedDict):
    """BG-32."""

    extensions: NotRequired[ItemAttributeExtensionsInput | None]
    name: NotRequired[str | None]
    value: NotRequired[str | None]


class ItemChange(TypedDict):
    """What to change of an item, as JSON Merge Patch (RFC 7396): null takes a value away."""

    attributes: NotRequired[None | Sequence[Attribute]]
    base_quantity: NotRequired[None | str]
    buyers_identifier: NotRequired[None | str]
    classifications: NotRequired[None | Sequence[Classification]]
    country_of_origin: NotRequired[None | str]
    currency_code: NotRequired[None | str]
    description: NotRequired[None | str]
    gtin: NotRequired[None | str]
    metadata: NotRequired[None | Mapping[str, str]]
    name: NotRequired[None | str]
    price: NotRequired[None | str]
    sku: NotRequired[None | str]
    supply_code: NotRequired[None | str]
    supply_kind: NotRequired[None | SupplyKind]
    tax_id: NotRequired[None | str]
    unit: NotRequired[None | str]
    vat_category_code: NotRequired[None | str]
    vat_rate: NotRequired[None | str]


class ItemInput(TypedDict):
    """An item. VAT is said by `tax_id`, or by category and rate, or left to each document."""

    attributes: NotRequired[Sequence[Attribute]]
    base_quantity: NotRequired[str | None]
    buyers_identifier: NotRequired[str | None]
    classifications: NotRequired[Sequence[Classification]]
    country_of_origin: NotRequired[str | None]
    currency_code: NotRequired[str | None]
    description: NotRequired[str | None]
    gtin: NotRequired[str | None]
    metadata: NotRequired[Mapping[str, str]]
    name: Required[str]
    price: NotRequired[str | None]
    sku: NotRequired[str | None]
    supply_code: NotRequired[str | None]
    supply_kind: NotRequired[SupplyKind | None]
    tax_id: NotRequired[str | None]
    unit: NotRequired[str | None]
    vat_category_code: NotRequired[str | None]
    vat_rate: NotRequired[str | None]


class ItemInstance(TypedDict):
    """BG-X-84: one piece of what was sold."""

    batch_identifier: NotRequired[str | None]
    expiry_date: NotRequired[str | None]
    serial_identifier: NotRequired[str | None]


class ItemList(TypedDict):
    """One page of items, newest first."""

    data: Required[Sequence[ItemView]]
    next_cursor: Required[str | None]
    object: NotRequired[Literal["list"]]


class ItemSpecification(TypedDict):
    """A specification of the item, by which Oman tells goods from services."""

    identifier: NotRequired[str | None]
    scheme: NotRequired[str | None]
    type_code: NotRequired[str | None]


class ItemView(TypedDict):
    """An item. `line` is what lines of documents take over; the other names say the same."""

    attributes: Required[Sequence[Attribute]]
    base_quantity: Required[str | None]
    buyers_identifier: Required[str | None]
    classifications: Required[Sequence[Classification]]
    country_of_origin: Required[str | None]
    created_at: Required[str]
    currency_code: Required[str | None]
    deleted_at: Required[str | None]
    description: Required[str | None]
    entity_id: Required[str]
    gtin: Required[str | None]
    id: Required[str]
    line: Required[Mapping[str, Any]]
    metadata: Required[Mapping[str, str]]
    name: Required[str]
    object: NotRequired[Literal["item"]]
    price: Required[str | None]
    sku: Required[str | None]
    supply_code: Required[str | None]
    supply_kind: Required[SupplyKind | None]
    tax_id: Required[str | None]
    unit: Required[str | None]
    updated_at: Required[str]
    vat_category_code: Required[str | None]
    vat_rate: Required[str | None]


class JobActor(TypedDict):
    """In whose name a job is done."""

    id: Required[str | None]
    kind: Required[Literal["key", "user", "auditor", "system", "operator"]]


class JobList(TypedDict):
    """One page of jobs, newest first."""

    data: Required[Sequence[JobView]]
    next_cursor: Required[str | None]
    object: NotRequired[Literal["list"]]


class JobProgress(TypedDict):
    """How far a job is."""

    done: Required[int]
    total: Required[int | None]


class JobView(TypedDict):
    """Work in the background."""

    actor: Required[JobActor]
    attempts: Required[int]
    created_at: Required[str]
    entity_id: Required[str | None]
    environment: Required[Literal["sandbox", "live"]]
    error: Required[Mapping[str, Any] | None]
    finished_at: Required[str | None]
    id: Required[str]
    kind: Required[str]
    object: NotRequired[Literal["job"]]
    parameters: Required[Mapping[str, Any]]
    progress: Required[JobProgress]
    result: Required[Any]
    run_at: Required[str | None]
    started_at: Required[str | None]
    state: Required[Literal["queued", "running", "succeeded", "failed", "cancelled"]]
    updated_at: Required[str]


class JudgedFindingView(TypedDict):
    """One broken rule at one place."""

    fix: Required[str | None]
    flag: Required[Literal["fatal", "warning", "information"]]
    layer: Required[Literal["semantic", "xsd", "schematron"] | None]
    line: Required[int | None]
    location: Required[str | None]
    message: Required[str]
    patch: Required[Sequence[Mapping[str, Any]]]
    pointer: Required[str | None]
    rule: Required[str]
    rule_set: Required[str]
    term: Required[str | None]


class JudgedLayerView(TypedDict):
    """What became of one layer."""

    id: Required[str]
    layer: Required[Literal["semantic", "xsd", "schematron"] | None]
    outcome: Required[Literal["ran", "not_judged", "crashed"]]
    reason: Required[str | None]
    source: Required[str | None]


class KeyRevocationInput(TypedDict):
    """Why a key must not sign any more."""

    reason: NotRequired[
        Literal[
            "unspecified",
            "key_compromise",
            "affiliation_changed",
            "superseded",
            "cessation_of_operation",
        ]
    ]


class KnownVatCheck(TypedDict):
    """The last answer that said something."""

    address: Required[str | None]
    age_seconds: Required[int]
    asked_at: Required[str]
    consultation_number: Required[str | None]
    id: Required[str]
    name: Required[str | None]
    outcome: Required[Outcome]


class KsefFiscalization(TypedDict):
    """Poland: invoices and corrections are FA(3) documents, which KSeF numbers and hands over."""

    receives: NotRequired[Literal["nothing", "buyer", "named"]]
    receives_from: NotRequired[str | None]
    scheme: Required[Literal["pl-ksef"]]


class KsefTokenInput(TypedDict):
    """A KSeF token that is made there and kept here; nobody ever sees it."""

    description: NotRequired[str]
    name: Required[str]
    permissions: NotRequired[
        Sequence[
            Literal[
                "CredentialsManage",
                "CredentialsRead",
                "EnforcementOperations",
                "Introspection",
                "InvoiceRead",
                "InvoiceWrite",
                "SubunitManage",
            ]
        ]
    ]


class KsefTokenList(TypedDict):
    """All that KSeF tells, newest first."""

    data: Required[Sequence[KsefTokenView]]
    next_cursor: NotRequired[None]
    object: NotRequired[Literal["list"]]


class KsefTokenView(TypedDict):
    """A token of the entity's context, whoever made it."""

    author: Required[str]
    created_at: Required[str]
    description: Required[str]
    last_used_at: Required[str | None]
    object: NotRequired[Literal["ksef_token"]]
    permissions: Required[Sequence[str]]
    reference: Required[str]
    secret_id: Required[str | None]
    status: Required[str]


class LayerView(TypedDict):
    """One layer of validation and whether it ran."""

    id: Required[str]
    outcome: Required[str]
    reason: NotRequired[str | None]
    source: NotRequired[str | None]


Light = Literal["green", "amber", "red"]


class Line(TypedDict):
    """BG-25: an invoice line."""

    allowances: NotRequired[Sequence[LineAllowance]]
    buyer_accounting_reference: NotRequired[str | None]
    charges: NotRequired[Sequence[LineCharge]]
    extensions: NotRequired[LineExtensions | None]
    identifier: NotRequired[str | None]
    invoiced_quantity: NotRequired[str | None]
    item_attributes: NotRequired[Sequence[ItemAttribute]]
    item_buyers_identifier: NotRequired[str | None]
    item_classification_identifiers: NotRequired[Sequence[SchemedIdentifier]]
    item_country_of_origin: NotRequired[str | None]
    item_description: NotRequired[str | None]
    item_gross_price: NotRequired[str | None]
    item_name: NotRequired[str | None]
    item_net_price: NotRequired[str | None]
    item_price_base_quantity: NotRequired[str | None]
    item_price_base_quantity_unit_code: NotRequired[str | None]
    item_price_discount: NotRequired[str | None]
    item_sellers_identifier: NotRequired[str | None]
    item_standard_identifier: NotRequired[SchemedIdentifier | None]
    net_amount: NotRequired[str | None]
    note: NotRequired[str | None]
    object_identifier: NotRequired[SchemedIdentifier | None]
    period: NotRequired[LinePeriod | None]
    referenced_purchase_order_line_reference: NotRequired[str | None]
    unit_code: NotRequired[str | None]
    vat_category_code: NotRequired[str | None]
    vat_rate: NotRequired[str | None]


class LineAccountingReference(TypedDict):
    """A further account of the buyer (BT-133)."""

    reference: NotRequired[str | None]
    type_code: NotRequired[str | None]


class LineAllowance(TypedDict):
    """BG-27: a discount on the line."""

    amount: NotRequired[str | None]
    base_amount: NotRequired[str | None]
    percentage: NotRequired[str | None]
    reason: NotRequired[str | None]
    reason_code: NotRequired[str | None]


class LineAllowanceInput(TypedDict):
    """BG-27: a discount on the line."""

    amount: NotRequired[str | Decimal | int | None]
    base_amount: NotRequired[str | Decimal | int | None]
    percentage: NotRequired[str | Decimal | int | None]
    reason: NotRequired[str | None]
    reason_code: NotRequired[str | None]


class LineCharge(TypedDict):
    """BG-28: a charge on the line."""

    amount: NotRequired[str | None]
    base_amount: NotRequired[str | None]
    extensions: NotRequired[LineChargeExtensions | None]
    percentage: NotRequired[str | None]
    reason: NotRequired[str | None]
    reason_code: NotRequired[str | None]


class LineChargeExtensions(TypedDict):
    """Beside BG-28."""

    tax_type_code: NotRequired[str | None]


class LineChargeInput(TypedDict):
    """BG-28: a charge on the line."""

    amount: NotRequired[str | Decimal | int | None]
    base_amount: NotRequired[str | Decimal | int | None]
    extensions: NotRequired[LineChargeExtensions | None]
    percentage: NotRequired[str | Decimal | int | None]
    reason: NotRequired[str | None]
    reason_code: NotRequired[str | None]


class LineCustomerOrder(TypedDict):
    """BG-X-5: an order of the ultimate customer."""

    issue_date: NotRequired[str | None]
    line_reference: NotRequired[str | None]
    reference: NotRequired[str | None]


class LineDecisionView(TypedDict):
    """How a line is taxed, and why."""

    assumed: Required[Sequence[str]]
    category: Required[str]
    note: Required[str]
    rate: Required[str | None]
    rules: Required[Sequence[str]]
    sources: Required[Sequence[RuleSourceView]]
    tax_country: Required[str | None]
    undecided: Required[Sequence[MissingView]]
    vatex: Required[str | None]
    would_change: Required[Sequence[gateway__tax__schemas__ChangeView]]


class LineDocument(TypedDict):
    """BG-X-3: a document about the line, where it is not the invoiced object (BT-128)."""

    attached_document: NotRequired[BinaryObject | None]
    description: NotRequired[str | None]
    external_document_location: NotRequired[str | None]
    issue_date: NotRequired[str | None]
    line_reference: NotRequired[str | None]
    reference: NotRequired[str | None]
    reference_type_code: NotRequired[str | None]
    scheme_identifier: NotRequired[str | None]
    type_code: NotRequired[str | None]


class LineExtensions(TypedDict):
    """Beside BG-25, and the groups BG-29 to BG-31 that a line has once."""

    actual_delivery_date: NotRequired[str | None]
    additional_buyer_accounting_references: NotRequired[Sequence[LineAccountingReference]]
    additional_item_identifiers: NotRequired[Sequence[AdditionalItemIdentifier]]
    additional_item_price_discounts: NotRequired[Sequence[PriceReduction]]
    additional_notes: NotRequired[Sequence[LineNote]]
    additional_object_identifiers: NotRequired[Sequence[SchemedIdentifier]]
    amount_with_vat: NotRequired[str | None]
    buyer_accounting_reference_type_code: NotRequired[str | None]
    charge_free_quantity: NotRequired[str | None]
    charge_free_quantity_unit_code: NotRequired[str | None]
    contract_issue_date: NotRequired[str | None]
    contract_line_reference: NotRequired[str | None]
    contract_reference: NotRequired[str | None]
    delivery_note_issue_date: NotRequired[str | None]
    delivery_note_line_reference: NotRequired[str | None]
    delivery_note_reference: NotRequired[str | None]
    delivery_terms_code: NotRequired[str | None]
    delivery_terms_country_code: NotRequired[str | None]
    delivery_terms_location: NotRequired[str | None]
    despatch_advice_issue_date: NotRequired[str | None]
    despatch_advice_line_reference: NotRequired[str | None]
    despatch_advice_reference: NotRequired[str | None]
    documents: NotRequired[Sequence[LineDocument]]
    facturae: NotRequired[FeLine | None]
    included_products: NotRequired[Sequence[IncludedProduct]]
    item_additional_information: NotRequired[str | None]
    item_batch_identifiers: NotRequired[Sequence[str]]
    item_brand_name: NotRequired[str | None]
    item_classification_names: NotRequired[Sequence[str]]
    item_gross_price_base_quantity: NotRequired[str | None]
    item_gross_price_base_quantity_unit_code: NotRequired[str | None]
    item_identifier: NotRequired[str | None]
    item_industry_identifier: NotRequired[str | None]
    item_instances: NotRequired[Sequence[ItemInstance]]
    item_manufacturer: NotRequired[TradeParty | None]
    item_model_identifier: NotRequired[str | None]
    item_model_name: NotRequired[str | None]
    item_nature_code: NotRequired[str | None]
    item_price_charges: NotRequired[Sequence[PriceReduction]]
    item_price_discount_base_amount: NotRequired[str | None]
    item_price_discount_percentage: NotRequired[str | None]
    item_price_discount_reason: NotRequired[str | None]
    item_price_discount_reason_code: NotRequired[str | None]
    item_price_taxes: NotRequired[Sequence[LineTax]]
    item_seller: NotRequired[TradeParty | None]
    item_specifications: NotRequired[Sequence[ItemSpecification]]
    item_tax_categories: NotRequired[Sequence[LineTax]]
    item_type_codes: NotRequired[Sequence[str]]
    note_content_code: NotRequired[str | None]
    note_subject_code: NotRequired[str | None]
    package_quantity: NotRequired[str | None]
    package_quantity_unit_code: NotRequired[str | None]
    parent_line_identifier: NotRequired[str | None]
    payable_amount: NotRequired[str | None]
    payable_currency_code: NotRequired[str | None]
    payable_vat_amount: NotRequired[str | None]
    poland: NotRequired[formats__en16931__extensions__poland__line__FaWiersz | None]
    preceding_invoice_issue_date: NotRequired[str | None]
    preceding_invoice_line_reference: NotRequired[str | None]
    preceding_invoice_reference: NotRequired[str | None]
    preceding_invoice_type_code: NotRequired[str | None]
    purchase_order_issue_date: NotRequired[str | None]
    purchase_order_reference: NotRequired[str | None]
    quotation_issue_date: NotRequired[str | None]
    quotation_line_reference: NotRequired[str | None]
    quotation_reference: NotRequired[str | None]
    receiving_advice_issue_date: NotRequired[str | None]
    receiving_advice_line_reference: NotRequired[str | None]
    receiving_advice_reference: NotRequired[str | None]
    sales_order_issue_date: NotRequired[str | None]
    sales_order_line_reference: NotRequired[str | None]
    sales_order_reference: NotRequired[str | None]
    ship_to: NotRequired[TradeParty | None]
    status_code: NotRequired[str | None]
    status_reason_code: NotRequired[str | None]
    sub_lines: NotRequired[Sequence[Line]]
    sum_of_allowances: NotRequired[str | None]
    sum_of_allowances_and_charges: NotRequired[str | None]
    sum_of_charges: NotRequired[str | None]
    taxes: NotRequired[Sequence[LineTax]]
    ultimate_customer_orders: NotRequired[Sequence[LineCustomerOrder]]
    ultimate_ship_to: NotRequired[TradeParty | None]
    units_per_package: NotRequired[str | None]
    units_per_package_unit_code: NotRequired[str | None]
    value_added_tax_point_date_code: NotRequired[str | None]
    vat_amount: NotRequired[str | None]
    vat_amount_in_accounting_currency: NotRequired[str | None]
    vat_category_name: NotRequired[str | None]
    vat_category_tax_amount: NotRequired[str | None]
    vat_exemption_reason_code: NotRequired[str | None]
    vat_exemption_reason_text: NotRequired[str | None]


class LineExtensionsInput(TypedDict):
    """Beside BG-25, and the groups BG-29 to BG-31 that a line has once."""

    actual_delivery_date: NotRequired[str | None]
    additional_buyer_accounting_references: NotRequired[Sequence[LineAccountingReference]]
    additional_item_identifiers: NotRequired[Sequence[AdditionalItemIdentifier]]
    additional_item_price_discounts: NotRequired[Sequence[PriceReductionInput]]
    additional_notes: NotRequired[Sequence[LineNote]]
    additional_object_identifiers: NotRequired[Sequence[str | SchemedIdentifier]]
    amount_with_vat: NotRequired[str | Decimal | int | None]
    buyer_accounting_reference_type_code: NotRequired[str | None]
    charge_free_quantity: NotRequired[str | Decimal | int | None]
    charge_free_quantity_unit_code: NotRequired[str | None]
    contract_issue_date: NotRequired[str | None]
    contract_line_reference: NotRequired[str | None]
    contract_reference: NotRequired[str | None]
    delivery_note_issue_date: NotRequired[str | None]
    delivery_note_line_reference: NotRequired[str | None]
    delivery_note_reference: NotRequired[str | None]
    delivery_terms_code: NotRequired[str | None]
    delivery_terms_country_code: NotRequired[str | None]
    delivery_terms_location: NotRequired[str | None]
    despatch_advice_issue_date: NotRequired[str | None]
    despatch_advice_line_reference: NotRequired[str | None]
    despatch_advice_reference: NotRequired[str | None]
    documents: NotRequired[Sequence[LineDocument]]
    facturae: NotRequired[FeLineInput | None]
    included_products: NotRequired[Sequence[IncludedProductInput]]
    item_additional_information: NotRequired[str | None]
    item_batch_identifiers: NotRequired[Sequence[str]]
    item_brand_name: NotRequired[str | None]
    item_classification_names: NotRequired[Sequence[str]]
    item_gross_price_base_quantity: NotRequired[str | Decimal | int | None]
    item_gross_price_base_quantity_unit_code: NotRequired[str | None]
    item_identifier: NotRequired[str | None]
    item_industry_identifier: NotRequired[str | None]
    item_instances: NotRequired[Sequence[ItemInstance]]
    item_manufacturer: NotRequired[TradePartyInput | None]
    item_model_identifier: NotRequired[str | None]
    item_model_name: NotRequired[str | None]
    item_nature_code: NotRequired[str | None]
    item_price_charges: NotRequired[Sequence[PriceReductionInput]]
    item_price_discount_base_amount: NotRequired[str | Decimal | int | None]
    item_price_discount_percentage: NotRequired[str | Decimal | int | None]
    item_price_discount_reason: NotRequired[str | None]
    item_price_discount_reason_code: NotRequired[str | None]
    item_price_taxes: NotRequired[Sequence[LineTaxInput]]
    item_seller: NotRequired[TradePartyInput | None]
    item_specifications: NotRequired[Sequence[ItemSpecification]]
    item_tax_categories: NotRequired[Sequence[LineTaxInput]]
    item_type_codes: NotRequired[Sequence[str]]
    note_content_code: NotRequired[str | None]
    note_subject_code: NotRequired[str | None]
    package_quantity: NotRequired[str | Decimal | int | None]
    package_quantity_unit_code: NotRequired[str | None]
    parent_line_identifier: NotRequired[str | None]
    payable_amount: NotRequired[str | Decimal | int | None]
    payable_currency_code: NotRequired[str | None]
    payable_vat_amount: NotRequired[str | Decimal | int | None]
    poland: NotRequired[formats__en16931__extensions__poland__line__FaWierszInput | None]
    preceding_invoice_issue_date: NotRequired[str | None]
    preceding_invoice_line_reference: NotRequired[str | None]
    preceding_invoice_reference: NotRequired[str | None]
    preceding_invoice_type_code: NotRequired[str | None]
    purchase_order_issue_date: NotRequired[str | None]
    purchase_order_reference: NotRequired[str | None]
    quotation_issue_date: NotRequired[str | None]
    quotation_line_reference: NotRequired[str | None]
    quotation_reference: NotRequired[str | None]
    receiving_advice_issue_date: NotRequired[str | None]
    receiving_advice_line_reference: NotRequired[str | None]
    receiving_advice_reference: NotRequired[str | None]
    sales_order_issue_date: NotRequired[str | None]
    sales_order_line_reference: NotRequired[str | None]
    sales_order_reference: NotRequired[str | None]
    ship_to: NotRequired[TradePartyInput | None]
    status_code: NotRequired[str | None]
    status_reason_code: NotRequired[str | None]
    sub_lines: NotRequired[Sequence[LineInput]]
    sum_of_allowances: NotRequired[str | Decimal | int | None]
    sum_of_allowances_and_charges: NotRequired[str | Decimal | int | None]
    sum_of_charges: NotRequired[str | Decimal | int | None]
    taxes: NotRequired[Sequence[LineTaxInput]]
    ultimate_customer_orders: NotRequired[Sequence[LineCustomerOrder]]
    ultimate_ship_to: NotRequired[TradePartyInput | None]
    units_per_package: NotRequired[str | Decimal | int | None]
    units_per_package_unit_code: NotRequired[str | None]
    value_added_tax_point_date_code: NotRequired[str | None]
    vat_amount: NotRequired[str | Decimal | int | None]
    vat_amount_in_accounting_currency: NotRequired[str | Decimal | int | None]
    vat_category_name: NotRequired[str | None]
    vat_category_tax_amount: NotRequired[str | Decimal | int | None]
    vat_exemption_reason_code: NotRequired[str | None]
    vat_exemption_reason_text: NotRequired[str | None]


class LineFacts(TypedDict):
    """What is sold."""

    item_code: NotRequired[str | None]
    kind: NotRequired[SupplyKind | None]
    net: NotRequired[str]


class LineInput(TypedDict):
    """BG-25: an invoice line."""

    allowances: NotRequired[Sequence[LineAllowanceInput]]
    base_quantity: NotRequired[str | Decimal | int | None]
    buyer_accounting_reference: NotRequired[str | None]
    charges: NotRequired[Sequence[LineChargeInput]]
    description: NotRequired[str | None]
    extensions: NotRequired[LineExtensionsInput | None]
    gross_price: NotRequired[str | Decimal | int | None]
    identifier: NotRequired[str | None]
    invoiced_quantity: NotRequired[str | Decimal | int | None]
    item_attributes: NotRequired[Sequence[ItemAttributeInput]]
    item_buyers_identifier: NotRequired[str | None]
    item_classification_identifiers: NotRequired[Sequence[str | SchemedIdentifier]]
    item_country_of_origin: NotRequired[str | None]
    item_description: NotRequired[str | None]
    item_gross_price: NotRequired[str | Decimal | int | None]
    item_id: NotRequired[str | None]
    item_name: NotRequired[str | None]
    item_net_price: NotRequired[str | Decimal | int | None]
    item_price_base_quantity: NotRequired[str | Decimal | int | None]
    item_price_base_quantity_unit_code: NotRequired[str | None]
    item_price_discount: NotRequired[str | Decimal | int | None]
    item_sellers_identifier: NotRequired[str | None]
    item_standard_identifier: NotRequired[str | SchemedIdentifier | None]
    name: NotRequired[str | None]
    net_amount: NotRequired[str | Decimal | int | None]
    note: NotRequired[str | None]
    object_identifier: NotRequired[str | SchemedIdentifier | None]
    period: NotRequired[LinePeriod | None]
    price: NotRequired[str | Decimal | int | None]
    quantity: NotRequired[str | Decimal | int | None]
    referenced_purchase_order_line_reference: NotRequired[str | None]
    supply_code: NotRequired[str | None]
    supply_kind: NotRequired[SupplyKind | None]
    tax_id: NotRequired[str | None]
    unit: NotRequired[str | None]
    unit_code: NotRequired[str | None]
    vat_category_code: NotRequired[str | None]
    vat_rate: NotRequired[str | Decimal | int | None]


class LineNote(TypedDict):
    """A further note of a line."""

    content_code: NotRequired[str | None]
    note: NotRequired[str | None]
    subject_code: NotRequired[str | None]


class LinePart(TypedDict):
    """How much of a line is corrected."""

    line: Required[str]
    quantity: NotRequired[str | None]


class LinePeriod(TypedDict):
    """BG-26."""

    end_date: NotRequired[str | None]
    start_date: NotRequired[str | None]


class LineTax(TypedDict):
    """A tax of a line, or the one in its price (BG-X-4, whose identifiers the terms have)."""

    amount: NotRequired[str | None]
    amount_per_unit: NotRequired[str | None]
    category_code: NotRequired[str | None]
    exemption_reason_code: NotRequired[str | None]
    exemption_reason_text: NotRequired[str | None]
    rate: NotRequired[str | None]
    tax_scheme: NotRequired[str | None]
    taxable_amount: NotRequired[str | None]
    unit_code: NotRequired[str | None]
    units: NotRequired[str | None]
    value_added_tax_point_date_code: NotRequired[str | None]


class LineTaxInput(TypedDict):
    """A tax of a line, or the one in its price (BG-X-4, whose identifiers the terms have)."""

    amount: NotRequired[str | Decimal | int | None]
    amount_per_unit: NotRequired[str | Decimal | int | None]
    category_code: NotRequired[str | None]
    exemption_reason_code: NotRequired[str | None]
    exemption_reason_text: NotRequired[str | None]
    rate: NotRequired[str | Decimal | int | None]
    tax_scheme: NotRequired[str | None]
    taxable_amount: NotRequired[str | Decimal | int | None]
    unit_code: NotRequired[str | None]
    units: NotRequired[str | Decimal | int | None]
    value_added_tax_point_date_code: NotRequired[str | None]


class LineageEvent(TypedDict):
    """One event, and what it did."""

    at: Required[str]
    data: Required[Mapping[str, Any]]
    evidence_id: Required[str | None]
    id: Required[str]
    moves: Required[Sequence[gateway__transmissions__schemas__MoveView]]
    type: Required[str]


class LinkInput(TypedDict):
    """A magic link to be made."""

    expires_in: NotRequired[int | None]
    role: NotRequired[Literal["viewer", "editor", "admin", "auditor"] | None]


class LinkList(TypedDict):
    """One page of magic links, newest first."""

    data: Required[Sequence[LinkView]]
    next_cursor: Required[str | None]
    object: NotRequired[Literal["list"]]


class LinkView(TypedDict):
    """A magic link, without its secret."""

    created_at: Required[str]
    entity_id: Required[str]
    expires_at: Required[str]
    id: Required[str]
    made_by: Required[str | None]
    object: NotRequired[Literal["magic_link"]]
    purpose: Required[Literal["embed"]]
    revoked_at: Required[str | None]
    role: Required[Literal["viewer", "editor", "admin", "auditor"]]
    state: Required[Literal["open", "used", "revoked", "expired"]]
    used_at: Required[str | None]
    user_id: Required[str]


class LogAnchor(TypedDict):
    """A head of the log that was left with somebody else."""

    at: Required[str]
    checkpoint: Required[str]
    kind: Required[str]
    object: NotRequired[Literal["log_anchor"]]
    receipt: Required[str | None]
    root: Required[str]
    size: Required[int]
    target: Required[str]


class LogAnchorList(TypedDict):
    """Heads that were left with others."""

    data: Required[Sequence[LogAnchor]]
    object: NotRequired[Literal["list"]]


class LogisticsServiceCharge(TypedDict):
    """BG-X-42: freight, packing, insurance; a charge on the document beside BG-21."""

    amount: NotRequired[str | None]
    description: NotRequired[str | None]
    taxes: NotRequired[Sequence[LogisticsServiceChargeTax]]


class LogisticsServiceChargeInput(TypedDict):
    """BG-X-42: freight, packing, insurance; a charge on the document beside BG-21."""

    amount: NotRequired[str | Decimal | int | None]
    description: NotRequired[str | None]
    taxes: NotRequired[Sequence[LogisticsServiceChargeTaxInput]]


class LogisticsServiceChargeTax(TypedDict):
    """The VAT on a logistics service charge."""

    category_code: NotRequired[str | None]
    exemption_reason_code: NotRequired[str | None]
    exemption_reason_text: NotRequired[str | None]
    rate: NotRequired[str | None]
    type_code: NotRequired[str | None]


class LogisticsServiceChargeTaxInput(TypedDict):
    """The VAT on a logistics service charge."""

    category_code: NotRequired[str | None]
    exemption_reason_code: NotRequired[str | None]
    exemption_reason_text: NotRequired[str | None]
    rate: NotRequired[str | Decimal | int | None]
    type_code: NotRequired[str | None]


class LookedView(TypedDict):
    """What was looked at, and found."""

    anomalies: Required[Sequence[AnomalyView]]
    count: Required[int]
    signed: Required[int]


class LossView(TypedDict):
    """One value that the result does not hold as the source did."""

    detail: Required[str]
    fate: Required[Literal["dropped", "approximated", "moved"]]
    line: NotRequired[int | None]
    name: NotRequired[str | None]
    pointer: NotRequired[str | None]
    source: NotRequired[str | None]
    term: NotRequired[str | None]
    value: NotRequired[str | None]


class MailText(TypedDict):
    """What an e-mail with one kind of document says."""

    body: NotRequired[str | None]
    subject: NotRequired[str | None]


class MatchesView(TypedDict):
    """How the trader's details compare with what the member state holds."""

    city: NotRequired[Literal["valid", "invalid", "not_processed"] | None]
    company_type: NotRequired[Literal["valid", "invalid", "not_processed"] | None]
    name: NotRequired[Literal["valid", "invalid", "not_processed"] | None]
    postcode: NotRequired[Literal["valid", "invalid", "not_processed"] | None]
    street: NotRequired[Literal["valid", "invalid", "not_processed"] | None]


class MemberChange(TypedDict):
    """What to change of what they may do, as JSON Merge Patch (RFC 7396)."""

    expires_at: NotRequired[str | None]
    may_invite: NotRequired[bool | None]
    period: NotRequired[PeriodInput | None]
    role: NotRequired[Literal["viewer", "editor", "admin", "auditor"] | None]


class MemberInput(TypedDict):
    """A person who is to do something in the entity. Somebody with this address is found again."""

    email: Required[str]
    expires_at: NotRequired[str | None]
    may_invite: NotRequired[bool | None]
    name: NotRequired[str]
    period: NotRequired[PeriodInput | None]
    role: NotRequired[Literal["viewer", "editor", "admin", "auditor"]]
    send_invite: NotRequired[bool]


class MemberList(TypedDict):
    """One page of the people of an entity, newest first."""

    data: Required[Sequence[MemberView]]
    next_cursor: Required[str | None]
    object: NotRequired[Literal["list"]]


class MemberView(TypedDict):
    """A person who may do something in the entity."""

    accepted_at: Required[str | None]
    created_at: Required[str]
    email: Required[str]
    entity_id: Required[str]
    environment: Required[Literal["sandbox", "live"]]
    expires_at: Required[str | None]
    id: Required[str]
    may_invite: Required[bool]
    name: Required[str]
    object: NotRequired[Literal["entity_user"]]
    period: Required[PeriodInput | None]
    role: Required[Literal["viewer", "editor", "admin", "auditor"]]
    updated_at: Required[str]


class MendingInput(TypedDict):
    """What an authority is told anew of a document that it refused, or took with errors."""

    reason: Required[str]
    spain: NotRequired[SpanishRecord | None]


class MissingView(TypedDict):
    """A fact without which nothing is decided."""

    fact: Required[str]
    why: Required[str]


class MoveInput(TypedDict):
    """Where the entity moves to."""

    to: Required[str]


class NewApiKeyView(TypedDict):
    """A new API key. `key` is shown now and never again, also not when the request is repeated."""

    created_at: Required[str]
    entity_id: Required[str | None]
    environment: Required[Literal["sandbox", "live"]]
    expires_at: Required[str | None]
    hint: Required[str]
    id: Required[str]
    key: Required[str | None]
    last_used_at: Required[str | None]
    name: Required[str]
    object: NotRequired[Literal["api_key"]]
    period: Required[PeriodInput | None]
    revoked_at: Required[str | None]
    role: Required[Literal["writer", "auditor"]]
    scopes: Required[Sequence[str] | None]


class NewAuditorView(TypedDict):
    """A newly invited auditor. `token` is shown now and never again, also not when repeated."""

    created_at: Required[str]
    directions: Required[Sequence[Literal["issued", "received"]]]
    email: Required[str | None]
    ended_at: Required[str | None]
    ended_by: Required[InviterView | None]
    entity_id: Required[str]
    environment: Required[Literal["sandbox", "live"]]
    expires_at: Required[str]
    firm: Required[str | None]
    hint: Required[str]
    id: Required[str]
    invited_by: Required[InviterView]
    kinds: Required[Sequence[DocumentKind] | None]
    last_used_at: Required[str | None]
    name: Required[str]
    object: NotRequired[Literal["auditor"]]
    period: Required[PeriodInput | None]
    purpose: Required[str]
    sent: Required[bool]
    state: Required[Literal["open", "ended", "expired"]]
    token: Required[str | None]
    url: Required[str]


class NewInvitationView(TypedDict):
    """A new invitation. Where no e-mail can be sent, `url` is shown now and never again."""

    accepted_at: Required[str | None]
    created_at: Required[str]
    email: Required[str]
    expires_at: Required[str]
    id: Required[str]
    invited_by: Required[str | None]
    object: NotRequired[Literal["invitation"]]
    revoked_at: Required[str | None]
    sent: Required[bool]
    state: Required[Literal["open", "accepted", "revoked", "expired"]]
    token: Required[str | None]
    url: Required[str | None]
    user_id: Required[str]


class NewLinkView(TypedDict):
    """A new magic link. `token` and `url` are shown now and never again."""

    created_at: Required[str]
    entity_id: Required[str]
    expires_at: Required[str]
    id: Required[str]
    made_by: Required[str | None]
    object: NotRequired[Literal["magic_link"]]
    purpose: Required[Literal["embed"]]
    revoked_at: Required[str | None]
    role: Required[Literal["viewer", "editor", "admin", "auditor"]]
    state: Required[Literal["open", "used", "revoked", "expired"]]
    token: Required[str | None]
    url: Required[str | None]
    used_at: Required[str | None]
    user_id: Required[str]


class NewMemberView(TypedDict):
    """A person newly added, and the invitation that was asked for."""

    accepted_at: Required[str | None]
    created_at: Required[str]
    email: Required[str]
    entity_id: Required[str]
    environment: Required[Literal["sandbox", "live"]]
    expires_at: Required[str | None]
    id: Required[str]
    invitation: Required[NewInvitationView | None]
    may_invite: Required[bool]
    name: Required[str]
    object: NotRequired[Literal["entity_user"]]
    period: Required[PeriodInput | None]
    role: Required[Literal["viewer", "editor", "admin", "auditor"]]
    updated_at: Required[str]


class NewSessionView(TypedDict):
    """A new session. `token` is shown now and never again; send it as Authorization."""

    created_at: Required[str]
    entity_id: Required[str]
    environment: Required[Literal["sandbox", "live"]]
    expires_at: Required[str]
    id: Required[str]
    object: NotRequired[Literal["session"]]
    revoked_at: Required[str | None]
    role: Required[Literal["viewer", "editor", "admin", "auditor"]]
    token: Required[str]
    user_id: Required[str]


class NewShareLinkView(TypedDict):
    """A new share link. `url` is shown now and never again, also not when it is repeated."""

    created_at: Required[str]
    document_id: Required[str]
    expires_at: Required[str | None]
    hint: Required[str]
    id: Required[str]
    last_viewed_at: Required[str | None]
    metadata: Required[Mapping[str, str]]
    object: NotRequired[Literal["share_link"]]
    revoked_at: Required[str | None]
    updated_at: Required[str]
    url: Required[str | None]
    views: Required[int]


class NewWebhookEndpointView(TypedDict):
    """An endpoint with its secret, which is shown now and never again."""

    created_at: Required[str]
    description: Required[str]
    disabled_at: Required[str | None]
    disabled_reason: Required[Literal["by_you", "gone", "failing"] | None]
    enabled: Required[bool]
    entity_id: Required[str | None]
    environment: Required[Literal["sandbox", "live"]]
    event_types: Required[Sequence[str]]
    failing_since: Required[str | None]
    id: Required[str]
    metadata: Required[Mapping[str, str]]
    object: NotRequired[Literal["webhook_endpoint"]]
    previous_secret_until: Required[str | None]
    secret: Required[str | None]
    updated_at: Required[str]
    url: Required[str]


class NextStep(TypedDict):
    """What happens next to a transmission, or why nothing does."""

    behind: NotRequired[InTheWay | None]
    endpoint: NotRequired[str | None]
    meaning: Required[str]
    next_at: NotRequired[str | None]
    outage: NotRequired[OutageView | None]
    reason: NotRequired[str | None]
    until: NotRequired[str | None]
    what: Required[str]


class OccurrenceList(TypedDict):
    """One page, newest first."""

    data: Required[Sequence[OccurrenceView]]
    next_cursor: Required[str | None]
    object: NotRequired[Literal["list"]]


class OccurrenceView(TypedDict):
    """A day of the schedule that is behind us, and what came of it."""

    created_at: Required[str]
    date: Required[str]
    document_id: Required[str | None]
    error: Required[Mapping[str, Any] | None]
    number: Required[int]
    object: NotRequired[Literal["occurrence"]]
    send_error: Required[Mapping[str, Any] | None]
    sent_at: Required[str | None]
    state: Required[Literal["generated", "failed"]]


class OperationView(TypedDict):
    """What became of granting or revoking."""

    code: Required[int]
    detail: Required[str]
    object: NotRequired[Literal["ksef_operation"]]
    reference: Required[str]
    state: Required[Literal["done", "pending"]]


class OutageView(TypedDict):
    """What its authority announced, the last that counts for a transmission."""

    begins_at: Required[str]
    ends_at: Required[str | None]
    kind: Required[str]
    mode: Required[str | None]
    no_duty: Required[bool]
    open_end: Required[bool]
    source: Required[str]


Outcome = Literal["valid", "invalid", "unknown"]


class OverList(TypedDict):
    """One page of documents whose last day is past, newest first."""

    data: Required[Sequence[OverView]]
    next_cursor: Required[str | None]
    object: NotRequired[Literal["list"]]


class OverView(TypedDict):
    """A document whose last day is past."""

    by_law_until: Required[str]
    holds: Required[Sequence[str]]
    id: Required[str]
    issued: Required[str]
    kind: Required[DocumentKind | Literal["received"]]
    number: Required[str | None]
    object: NotRequired[Literal["retention_over"]]
    retain_until: Required[str]
    why: Required[str]


class OverdueNotifications(TypedDict):
    """When `invoice.overdue` is told again."""

    threshold_days: NotRequired[Sequence[int]]


class PartyFoundView(TypedDict):
    """The other party of a document: who was billed, or who billed."""

    name: Required[str | None]
    vat_identifier: Required[str | None]


class Payee(TypedDict):
    """BG-10: who gets the money, when it is not the seller."""

    extensions: NotRequired[PayeeExtensions | None]
    identifier: NotRequired[SchemedIdentifier | None]
    legal_registration_identifier: NotRequired[SchemedIdentifier | None]
    name: NotRequired[str | None]


class PayeeExtensions(TypedDict):
    """Beside BG-10."""

    additional_identifiers: NotRequired[Sequence[SchemedIdentifier]]
    contacts: NotRequired[Sequence[TradeContact]]
    electronic_address: NotRequired[SchemedIdentifier | None]
    legal_address: NotRequired[TradeAddress | None]
    postal_address: NotRequired[TradeAddress | None]
    role_code: NotRequired[str | None]
    trading_name: NotRequired[str | None]
    vat_identifier: NotRequired[str | None]


class PayeeExtensionsInput(TypedDict):
    """Beside BG-10."""

    additional_identifiers: NotRequired[Sequence[str | SchemedIdentifier]]
    contacts: NotRequired[Sequence[TradeContact]]
    electronic_address: NotRequired[str | SchemedIdentifier | None]
    legal_address: NotRequired[TradeAddress | None]
    postal_address: NotRequired[TradeAddress | None]
    role_code: NotRequired[str | None]
    trading_name: NotRequired[str | None]
    vat_identifier: NotRequired[str | None]


class PayeeInput(TypedDict):
    """BG-10: who gets the money, when it is not the seller."""

    extensions: NotRequired[PayeeExtensionsInput | None]
    identifier: NotRequired[str | SchemedIdentifier | None]
    legal_registration_identifier: NotRequired[str | SchemedIdentifier | None]
    name: NotRequired[str | None]


class PaymentCardInformation(TypedDict):
    """BG-18."""

    extensions: NotRequired[PaymentCardInformationExtensions | None]
    holder_name: NotRequired[str | None]
    primary_account_number: NotRequired[str | None]


class PaymentCardInformationExtensions(TypedDict):
    """Beside BG-18."""

    network: NotRequired[str | None]


class PaymentDiscount(TypedDict):
    """BG-X-44: what an early payment saves."""

    amount: NotRequired[str | None]
    base_amount: NotRequired[str | None]
    basis_date: NotRequired[str | None]
    basis_period: NotRequired[str | None]
    basis_period_unit_code: NotRequired[str | None]
    percentage: NotRequired[str | None]


class PaymentDiscountInput(TypedDict):
    """BG-X-44: what an early payment saves."""

    amount: NotRequired[str | Decimal | int | None]
    base_amount: NotRequired[str | Decimal | int | None]
    basis_date: NotRequired[str | None]
    basis_period: NotRequired[str | Decimal | int | None]
    basis_period_unit_code: NotRequired[str | None]
    percentage: NotRequired[str | Decimal | int | None]


class PaymentInput(TypedDict):
    """What was paid on a document."""

    amount: Required[str]
    currency_code: NotRequired[str | None]
    metadata: NotRequired[Mapping[str, str]]
    method: NotRequired[str | None]
    note: NotRequired[str | None]
    paid_on: NotRequired[str | None]
    reference: NotRequired[str | None]


class PaymentInstructions(TypedDict):
    """BG-16: one way to pay."""

    credit_transfers: NotRequired[Sequence[CreditTransfer]]
    direct_debit: NotRequired[DirectDebit | None]
    extensions: NotRequired[PaymentInstructionsExtensions | None]
    payment_card_information: NotRequired[PaymentCardInformation | None]
    payment_means_text: NotRequired[str | None]
    payment_means_type_code: NotRequired[str | None]
    remittance_information: NotRequired[str | None]


class PaymentInstructionsExtensions(TypedDict):
    """Beside BG-16."""

    identifier: NotRequired[str | None]
    note: NotRequired[str | None]
    remittance_scheme: NotRequired[str | None]


class PaymentList(TypedDict):
    """One page of payments, newest first."""

    data: Required[Sequence[PaymentView]]
    next_cursor: Required[str | None]
    object: NotRequired[str]


class PaymentPenalty(TypedDict):
    """BG-X-43: what a late payment costs."""

    amount: NotRequired[str | None]
    base_amount: NotRequired[str | None]
    basis_date: NotRequired[str | None]
    basis_period: NotRequired[str | None]
    basis_period_unit_code: NotRequired[str | None]
    percentage: NotRequired[str | None]


class PaymentPenaltyInput(TypedDict):
    """BG-X-43: what a late payment costs."""

    amount: NotRequired[str | Decimal | int | None]
    base_amount: NotRequired[str | Decimal | int | None]
    basis_date: NotRequired[str | None]
    basis_period: NotRequired[str | Decimal | int | None]
    basis_period_unit_code: NotRequired[str | None]
    percentage: NotRequired[str | Decimal | int | None]


PaymentQr = Literal["auto", "none", "epc", "upn", "hub3"]


class PaymentReminders(TypedDict):
    """E-mails to customers about open invoices."""

    days: NotRequired[Sequence[int]]
    days_before: NotRequired[Sequence[int]]
    enabled: NotRequired[bool]


class PaymentTerms(TypedDict):
    """The terms of a payment or of one instalment."""

    description: NotRequired[str | None]
    discount: NotRequired[PaymentDiscount | None]
    due_date: NotRequired[str | None]
    mandate_reference_identifier: NotRequired[str | None]
    partial_payment_amount: NotRequired[str | None]
    payee: NotRequired[TradeParty | None]
    payment_means_identifier: NotRequired[str | None]
    penalty: NotRequired[PaymentPenalty | None]


class PaymentTermsInput(TypedDict):
    """The terms of a payment or of one instalment."""

    description: NotRequired[str | None]
    discount: NotRequired[PaymentDiscountInput | None]
    due_date: NotRequired[str | None]
    mandate_reference_identifier: NotRequired[str | None]
    partial_payment_amount: NotRequired[str | Decimal | int | None]
    payee: NotRequired[TradePartyInput | None]
    payment_means_identifier: NotRequired[str | None]
    penalty: NotRequired[PaymentPenaltyInput | None]


class PaymentView(TypedDict):
    """A payment."""

    amount: Required[str]
    created_at: Required[str]
    currency_code: Required[str]
    document_id: Required[str]
    entity_id: Required[str]
    id: Required[str]
    metadata: Required[Mapping[str, str]]
    method: Required[str | None]
    note: Required[str | None]
    object: NotRequired[str]
    paid_on: Required[str]
    reference: Required[str | None]
    reversal_reason: Required[str | None]
    reversed_at: Required[str | None]
    state: Required[str]
    updated_at: Required[str]


class PdfTemplate(TypedDict):
    """How documents look; read where a PDF is drawn."""

    delivery_notes_without_prices: NotRequired[bool | None]
    logo: NotRequired[str | None]
    logo_scale_percent: NotRequired[int | None]
    logo_url: NotRequired[str | None]
    name: NotRequired[Template | None]
    primary_color: NotRequired[str | None]
    texts: NotRequired[PdfTexts | None]


class PdfTexts(TypedDict):
    """Texts on every PDF."""

    footer: NotRequired[str | None]
    intro: NotRequired[str | None]
    legal: NotRequired[str | None]


class PeriodInput(TypedDict):
    """Days of issue; the documents outside of them are not shown."""

    since: NotRequired[str | None]
    until: NotRequired[str | None]


class PickupList(TypedDict):
    """All that is fetched for the entity."""

    data: Required[Sequence[PickupView]]
    object: NotRequired[Literal["list"]]


class PickupView(TypedDict):
    """Something that an authority holds for the entity, and how far it was fetched."""

    channel: Required[str]
    detail: Required[str | None]
    due_at: Required[str]
    failing_since: Required[str | None]
    fetched_at: Required[str | None]
    object: NotRequired[Literal["pickup"]]
    reason: Required[str | None]
    received_at: Required[str | None]
    role: Required[str]
    since: Required[str]
    state: Required[Literal["working", "failing"]]


class PrecedingInvoiceReference(TypedDict):
    """BG-3: the invoice that this one corrects or continues."""

    extensions: NotRequired[PrecedingInvoiceReferenceExtensions | None]
    issue_date: NotRequired[str | None]
    reference: NotRequired[str | None]


class PrecedingInvoiceReferenceExtensions(TypedDict):
    """Beside BG-3."""

    description: NotRequired[str | None]
    reason_code: NotRequired[str | None]
    type_code: NotRequired[str | None]
    unique_identifier: NotRequired[str | None]


class PreflightCheck(TypedDict):
    """One thing that was looked at."""

    data: Required[Mapping[str, Any]]
    id: Required[str]
    light: Required[Light]
    reason: Required[str]


class PreflightView(TypedDict):
    """Whether a draft would be accepted if it were issued now."""

    checks: Required[Sequence[PreflightCheck]]
    document_id: Required[str]
    light: Required[Light]
    object: NotRequired[Literal["preflight"]]


class PremiseChange(TypedDict):
    """What to change of a declared premise, as JSON Merge Patch (RFC 7396)."""

    code: NotRequired[str]
    content: NotRequired[FursContent]
    valid_from: NotRequired[str]


class PremiseInput(TypedDict):
    """A business premise."""

    code: Required[str]
    content: Required[FursContent]
    valid_from: Required[str]


class PremiseList(TypedDict):
    """One page of premises, newest first."""

    data: Required[Sequence[PremiseView]]
    next_cursor: Required[str | None]
    object: NotRequired[Literal["list"]]


class PremiseReportList(TypedDict):
    """One page of reports, newest first."""

    data: Required[Sequence[PremiseReportView]]
    next_cursor: Required[str | None]
    object: NotRequired[Literal["list"]]


class PremiseReportView(TypedDict):
    """That the authority was told of a premise, and what came of it."""

    action: Required[Literal["register", "close"]]
    answer: Required[str | None]
    at: Required[str]
    channel: Required[str]
    detail: Required[str | None]
    id: Required[str]
    object: NotRequired[Literal["premise_report"]]
    outcome: Required[Literal["accepted", "refused", "not_taken", "unknown"]]
    premise_id: Required[str]
    reason: Required[str | None]
    request: Required[str]
    settled_at: Required[str | None]


class PremiseView(TypedDict):
    """A business premise, and what its authority knows of it."""

    code: Required[str]
    content: Required[FursContent]
    created_at: Required[str]
    entity_id: Required[str]
    id: Required[str]
    object: NotRequired[Literal["premise"]]
    registered_at: Required[str | None]
    state: Required[Literal["declared", "registered", "closed", "unknown"]]
    updated_at: Required[str]
    valid_from: Required[str]


class Prepayment(TypedDict):
    """IBG-35, BG-DEX-09: a payment made before, or one that a third party is to get."""

    amount: NotRequired[str | None]
    identifier: NotRequired[str | None]
    instruction: NotRequired[str | None]
    paid_time: NotRequired[str | None]
    received_date: NotRequired[str | None]


class PrepaymentInput(TypedDict):
    """IBG-35, BG-DEX-09: a payment made before, or one that a third party is to get."""

    amount: NotRequired[str | Decimal | int | None]
    identifier: NotRequired[str | None]
    instruction: NotRequired[str | None]
    paid_time: NotRequired[str | None]
    received_date: NotRequired[str | None]


class Preview(TypedDict):
    """A template as it comes out."""

    body: Required[str | None]
    findings: Required[Sequence[PreviewFinding]]
    html_body: Required[str | None]
    object: NotRequired[Literal["template_preview"]]
    subject: Required[str | None]


class PreviewDocument(TypedDict):
    """What the next document would say."""

    findings: Required[Sequence[FindingView]]
    invoice: Required[Mapping[str, Any] | None]


class PreviewFinding(TypedDict):
    """Something about the sender's own data that stands in the way of issuing."""

    fix: Required[str | None]
    flag: Required[str]
    message: Required[str]
    pointer: Required[str | None]
    rule: Required[str]
    term: Required[str | None]


class PreviewInput(TypedDict):
    """What to show: a stored template, or texts as they would be stored."""

    body: NotRequired[str | None]
    currency_code: NotRequired[str]
    html_body: NotRequired[str | None]
    language: NotRequired[str]
    subject: NotRequired[str | None]
    template_id: NotRequired[str | None]
    variables: NotRequired[Mapping[str, Any] | None]


class PriceReduction(TypedDict):
    """A charge in the gross price, or a further discount on it."""

    amount: NotRequired[str | None]
    base_amount: NotRequired[str | None]
    percentage: NotRequired[str | None]
    reason: NotRequired[str | None]
    reason_code: NotRequired[str | None]
    tax_type_code: NotRequired[str | None]


class PriceReductionInput(TypedDict):
    """A charge in the gross price, or a further discount on it."""

    amount: NotRequired[str | Decimal | int | None]
    base_amount: NotRequired[str | Decimal | int | None]
    percentage: NotRequired[str | Decimal | int | None]
    reason: NotRequired[str | None]
    reason_code: NotRequired[str | None]
    tax_type_code: NotRequired[str | None]


class Problem(TypedDict):
    """An error (RFC 9457). `GET {type}` explains the kind."""

    detail: Required[str]
    errors: NotRequired[Sequence[Mapping[str, Any]]]
    instance: Required[str]
    status: Required[int]
    title: Required[str]
    type: Required[str]


class ProcessControl(TypedDict):
    """BG-2: the business process and the specification the document claims to follow."""

    business_process_type: NotRequired[str | None]
    specification_identifier: NotRequired[str | None]


class ProfileList(TypedDict):
    """Every profile, proven ones first."""

    data: Required[Sequence[ProfileView]]
    object: NotRequired[Literal["list"]]


class ProfileView(TypedDict):
    """A profile to convert to."""

    customization_id: Required[str]
    hybrid: Required[str | None]
    id: Required[str]
    name: Required[str]
    process_id: Required[str | None]
    syntax: Required[str]
    unproven: Required[str | None]


class ReadinessItem(TypedDict):
    """One thing an entity needs, or may need."""

    days_left: Required[int | None]
    ends_at: Required[str | None]
    fields: Required[Sequence[str]]
    fix: Required[str | None]
    id: Required[str]
    required_for: Required[Sequence[Literal["sandbox", "live", "sending"]]]
    source: Required[str | None]
    state: Required[Literal["done", "missing", "not_applicable", "unknown", "warning", "failing"]]
    title: Required[str]
    why: Required[str]


class ReadinessView(TypedDict):
    """What an entity still needs before it can issue and send."""

    country_code: Required[str]
    entity_id: Required[str]
    environment: Required[Literal["sandbox", "live"]]
    items: Required[Sequence[ReadinessItem]]
    missing: Required[Sequence[str]]
    object: NotRequired[Literal["readiness"]]
    profile: Required[str]
    ready_for_live: Required[bool]
    ready_for_sandbox: Required[bool]
    ready_for_sending: Required[bool]


class ReadingView(TypedDict):
    """What a document is."""

    profile: Required[str | None]
    semantic_hash: Required[str]
    source: Required[
        Literal["ubl", "cii", "ksef", "facturae", "eslog", "hybrid-pdf", "json", "csv", "xlsx"]
    ]


class Ready(TypedDict):
    """The process can do its work."""

    checks: Required[Sequence[gateway__monitoring__endpoints__CheckView]]
    status: NotRequired[Literal["ready"]]


class Reason(TypedDict):
    """Why something is done; kept with the document."""

    reason: Required[str]


class ReceivablesReport(TypedDict):
    """Receivables by age."""

    as_of: Required[str]
    data: Required[Sequence[ReceivablesRow]]
    environment: Required[Literal["sandbox", "live"]]
    next_cursor: Required[str | None]
    object: NotRequired[Literal["list"]]


class ReceivablesRow(TypedDict):
    """What is still to be paid, by how many days it is past its due date."""

    amount_due: Required[str]
    credits: Required[str]
    currency_code: Required[str | None]
    days_1_30: Required[str]
    days_31_60: Required[str]
    days_61_90: Required[str]
    days_over_90: Required[str]
    documents: Required[int]
    entity_id: Required[str | None]
    entity_name: Required[str | None]
    kind: Required[str | None]
    month: Required[str | None]
    not_due: Required[str]


class ReceivedChange(TypedDict):
    """What may be changed of a received document: your own labels."""

    metadata: NotRequired[Mapping[str, str] | None]


class ReceivedEvidenceList(TypedDict):
    """The evidence of a received document, in the order of the log."""

    data: Required[Sequence[ReceivedEvidenceView]]
    object: NotRequired[str]


class ReceivedEvidenceView(TypedDict):
    """One archived file."""

    at: Required[str]
    id: Required[str]
    log_index: Required[int]
    media_type: Required[str]
    name: Required[str]
    object: NotRequired[str]
    role: Required[str]
    sha256: Required[str]
    size: Required[int]


class ReceivedFindingView(TypedDict):
    """One broken rule, explained."""

    fix: NotRequired[str | None]
    flag: Required[str]
    layer: NotRequired[str | None]
    line: NotRequired[int | None]
    location: NotRequired[str | None]
    message: Required[str]
    patch: NotRequired[Sequence[Mapping[str, Any]]]
    pointer: NotRequired[str | None]
    rule: Required[str]
    rule_set: NotRequired[str | None]
    term: NotRequired[str | None]


class ReceivedLayerView(TypedDict):
    """One layer of validation and whether it ran."""

    id: Required[str]
    layer: NotRequired[str | None]
    outcome: Required[str]
    reason: NotRequired[str | None]
    source: NotRequired[str | None]


class ReceivedList(TypedDict):
    """One page, newest first."""

    data: Required[Sequence[ReceivedSummary]]
    next_cursor: Required[str | None]
    object: NotRequired[str]


class ReceivedLossView(TypedDict):
    """What the document says and the canonical invoice does not."""

    detail: NotRequired[str | None]
    fate: Required[str]
    line: NotRequired[int | None]
    name: NotRequired[str | None]
    pointer: NotRequired[str | None]
    source: NotRequired[str | None]
    term: NotRequired[str | None]
    value: NotRequired[str | None]


class ReceivedPaymentInput(TypedDict):
    """That a received document was paid; all of it may be left out."""

    paid_on: NotRequired[str | None]
    reference: NotRequired[str | None]


class ReceivedPaymentView(TypedDict):
    """That you paid the document."""

    paid_on: Required[str]
    reference: Required[str | None]


class ReceivedSummary(TypedDict):
    """A received document as it is listed."""

    amount_due: Required[str | None]
    business: Required[Literal["new", "accepted", "rejected", "paid"]]
    channel: Required[str]
    created_at: Required[str]
    currency_code: Required[str | None]
    decision: Required[DecisionView | None]
    due_date: Required[str | None]
    duplicates: Required[Sequence[DuplicateView]]
    entity_id: Required[str]
    environment: Required[str]
    id: Required[str]
    issue_date: Required[str | None]
    media_type: Required[str]
    metadata: Required[Mapping[str, str]]
    misaddressed: Required[bool]
    number: Required[str | None]
    object: NotRequired[str]
    payment: Required[ReceivedPaymentView | None]
    profile: Required[str | None]
    read_at: Required[str | None]
    retain_until: Required[str]
    semantic_hash: Required[str | None]
    sha256: Required[str]
    size: Required[int]
    source: Required[str | None]
    state: Required[Literal["received", "readable", "unreadable"]]
    supplier_id: Required[str | None]
    supplier_name: Required[str | None]
    total_vat: Required[str | None]
    total_with_vat: Required[str | None]
    total_without_vat: Required[str | None]
    type_code: Required[str | None]
    updated_at: Required[str]
    verdict: Required[Literal["valid", "invalid", "not_judged"]]


class ReceivedView(TypedDict):
    """A received document: what it says, what is wrong with it, how it came."""

    amount_due: Required[str | None]
    arrivals: Required[Sequence[ArrivalView]]
    business: Required[Literal["new", "accepted", "rejected", "paid"]]
    channel: Required[str]
    created_at: Required[str]
    currency_code: Required[str | None]
    decision: Required[DecisionView | None]
    due_date: Required[str | None]
    duplicates: Required[Sequence[DuplicateView]]
    entity_id: Required[str]
    environment: Required[str]
    finding_count: Required[int]
    findings: Required[Sequence[ReceivedFindingView]]
    id: Required[str]
    invoice: Required[Invoice | None]
    issue_date: Required[str | None]
    layers: Required[Sequence[ReceivedLayerView]]
    losses: Required[Sequence[ReceivedLossView]]
    media_type: Required[str]
    metadata: Required[Mapping[str, str]]
    misaddressed: Required[bool]
    number: Required[str | None]
    object: NotRequired[str]
    payment: Required[ReceivedPaymentView | None]
    profile: Required[str | None]
    read_at: Required[str | None]
    refusal: Required[RefusalView | None]
    retain_until: Required[str]
    semantic_hash: Required[str | None]
    sha256: Required[str]
    size: Required[int]
    source: Required[str | None]
    state: Required[Literal["received", "readable", "unreadable"]]
    supplier_id: Required[str | None]
    supplier_name: Required[str | None]
    total_vat: Required[str | None]
    total_with_vat: Required[str | None]
    total_without_vat: Required[str | None]
    type_code: Required[str | None]
    updated_at: Required[str]
    verdict: Required[Literal["valid", "invalid", "not_judged"]]


class RecipientView(TypedDict):
    """One recipient, and what became of the mail for them."""

    address: Required[str]
    header: Required[str]
    reply: NotRequired[str | None]
    state: Required[str]


RecordKind = Literal["invoice", "credit_note", "received", "fiscal_record", "business_letter"]


class RecurringChange(TypedDict):
    """What to change, as JSON Merge Patch (RFC 7396): null takes a value away."""

    actions: NotRequired[Mapping[str, Any] | None]
    document: NotRequired[Mapping[str, Any] | None]
    due_days: NotRequired[int | None]
    kind: NotRequired[DocumentKind | None]
    metadata: NotRequired[Mapping[str, Any] | None]
    name: NotRequired[str | None]
    schedule: NotRequired[Mapping[str, Any] | None]


class RecurringInput(TypedDict):
    """A document to be made again and again."""

    actions: NotRequired[ActionsInput]
    document: Required[Mapping[str, Any]]
    due_days: NotRequired[int | None]
    kind: NotRequired[DocumentKind]
    metadata: NotRequired[Mapping[str, str]]
    name: NotRequired[str | None]
    schedule: Required[ScheduleInput]


class RecurringList(TypedDict):
    """One page, newest first."""

    data: Required[Sequence[RecurringView]]
    next_cursor: Required[str | None]
    object: NotRequired[Literal["list"]]


class RecurringView(TypedDict):
    """A recurring invoice."""

    actions: Required[ActionsInput]
    created_at: Required[str]
    document: Required[Mapping[str, Any]]
    due_days: Required[int | None]
    entity_id: Required[str]
    environment: Required[Literal["sandbox", "live"]]
    error: Required[Mapping[str, Any] | None]
    id: Required[str]
    kind: Required[DocumentKind]
    last_date: Required[str | None]
    made: Required[int]
    metadata: Required[Mapping[str, str]]
    name: Required[str | None]
    next_date: Required[str | None]
    object: NotRequired[Literal["recurring_invoice"]]
    schedule: Required[ScheduleInput]
    state: Required[Literal["active", "paused", "completed", "failed"]]
    updated_at: Required[str]


class RefusalView(TypedDict):
    """Why a document could not be read."""

    code: Required[str]
    errors: Required[Sequence[RefusedPartView]]
    line: NotRequired[int | None]
    message: Required[str]


class RefusedPartView(TypedDict):
    """A place that cannot be read."""

    column: NotRequired[str | None]
    fix: NotRequired[str | None]
    message: Required[str]
    place: NotRequired[str | None]


Regulatory = Literal[
    "not_applicable",
    "pending",
    "accepted",
    "accepted_with_warnings",
    "cleared",
    "reported",
    "rejected",
    "duplicate_of_accepted",
    "expired",
    "cancel_requested",
    "cancelled",
]


class RejectionInput(TypedDict):
    """Why a document is rejected; the sender is told where the network carries answers."""

    code: NotRequired[
        Literal[
            "NON",
            "REF",
            "LEG",
            "REC",
            "QUA",
            "DEL",
            "PRI",
            "QTY",
            "ITM",
            "PAY",
            "UNR",
            "FIN",
            "PPD",
            "OTH",
        ]
    ]
    reason: Required[str]


class RelationList(TypedDict):
    """Every relation of a document, oldest first."""

    data: Required[Sequence[RelationView]]
    object: NotRequired[str]


class RelationView(TypedDict):
    """How two documents are related."""

    effective: Required[bool]
    from_id: Required[str]
    relation: Required[str]
    to_id: Required[str]


class RemindInput(TypedDict):
    """How to remind of an invoice; all of it may be left out."""

    message: NotRequired[str | None]
    metadata: NotRequired[Mapping[str, str]]
    subject: NotRequired[str | None]
    to: NotRequired[Sequence[str] | None]


class Replay(TypedDict):
    """What was sent and answered, put to today's code. Nothing was sent for it."""

    attempts: Required[Sequence[ReplayedAttempt]]
    channel: Required[str]
    code_version: Required[str]
    issued_now: Required[Mapping[str, Any]]
    now: Required[Mapping[str, Any]]
    object: NotRequired[Literal["replay"]]
    same: Required[bool]
    transmission_id: Required[str]


class ReplayInput(TypedDict):
    """Which events to send again."""

    cursor: NotRequired[str | None]
    since: Required[str]
    until: NotRequired[str | None]
    which: Required[Literal["failed", "missed", "all"]]


class ReplayView(TypedDict):
    """How many deliveries were queued."""

    next_cursor: Required[str | None]
    object: NotRequired[Literal["webhook_replay"]]
    queued: Required[int]


class ReplayedAttempt(TypedDict):
    """One attempt, put to today's code."""

    at: Required[str]
    code_version: Required[str]
    decisions: NotRequired[Mapping[str, Any]]
    not_replayed: NotRequired[str | None]
    number: Required[int]
    purpose: Required[str]
    recorded: Required[Mapping[str, Any]]
    replayed: NotRequired[Mapping[str, Any] | None]
    request: NotRequired[Sequence[DifferenceView]]
    same: Required[bool]


Reset = Literal["never", "yearly", "monthly"]


class Retention(TypedDict):
    """How long documents must be kept, beyond what the country's law says by itself."""

    fiscal_year_end: NotRequired[str | None]
    subjects: NotRequired[Sequence[Subject] | None]


class RetentionRuleView(TypedDict):
    """A rule that applies to a document, and what it says."""

    anchor: Required[Anchor]
    kind: Required[RecordKind | None]
    months: Required[int]
    source: Required[SourceView]
    subject: Required[Subject | None]
    until: Required[str]
    why: Required[str]
    years: Required[int]


class RetentionView(TypedDict):
    """How long a document is kept, and why."""

    as_of: Required[str]
    by_law_until: Required[str]
    entity_id: Required[str]
    fiscal_year_end: Required[str]
    holds: Required[Sequence[str]]
    id: Required[str]
    issued: Required[str]
    kinds: Required[Sequence[RecordKind]]
    noted_subjects: Required[Sequence[Subject]]
    object: NotRequired[Literal["retention"]]
    over: Required[bool]
    retain_until: Required[str]
    rules: Required[Sequence[RetentionRuleView]]
    subjects: Required[Sequence[Subject]]
    tax_point: Required[str | None]


class RetrievalInput(TypedDict):
    """Of which documents the evidence is wanted: all that is given must fit."""

    authority_id: NotRequired[str | None]
    currency: NotRequired[str | None]
    issued_from: NotRequired[str | None]
    issued_until: NotRequired[str | None]
    log_sizes: NotRequired[Sequence[int]]
    number: NotRequired[str | None]
    party: NotRequired[str | None]
    sha256: NotRequired[str | None]
    total_from: NotRequired[str | None]
    total_until: NotRequired[str | None]
    vat_id: NotRequired[str | None]


RevalidationInput = TypedDict(
    "RevalidationInput",
    {
        "as_of": "NotRequired[str | None]",
        "directions": "NotRequired[Sequence[Literal['issued', 'received']]]",
        "from": "NotRequired[str | None]",
        "ids": "NotRequired[Sequence[str] | None]",
        "kinds": "NotRequired[Sequence[DocumentKind] | None]",
        "own_day": "NotRequired[bool]",
        "to": "NotRequired[str | None]",
    },
)


class ReversalInput(TypedDict):
    """Why a payment is taken back."""

    reason: Required[str]


class RevocationView(TypedDict):
    """What the certificate's authority says of it."""

    age_seconds: Required[int | None]
    checked_at: Required[str | None]
    detail: Required[str | None]
    next_update: Required[str | None]
    source: Required[Literal["ocsp", "crl"] | None]
    status: Required[Literal["unchecked", "good", "revoked", "unknown"]]
    this_update: Required[str | None]


class RotationInput(TypedDict):
    """From when another key signs in place of this one."""

    at: NotRequired[str | None]
    keep_until: NotRequired[str | None]
    successor_id: Required[str]


class RuleSourceView(TypedDict):
    """A rule and where it stands."""

    confidence: Required[Literal["A", "B", "C", "M"]]
    read_on: Required[str]
    remark: Required[str]
    rule: Required[str]
    says: Required[str]
    title: Required[str]
    url: Required[str]


class SaleFactsView(TypedDict):
    """The facts that decided."""

    buyer: Required[BuyerFactsView]
    place_of_supply: Required[str | None]
    seller: Required[SellerFactsView]


class SandboxFiscalization(TypedDict):
    """Every invoice and credit note joins a chain of signed records that an authority clears."""

    scheme: Required[Literal["sandbox-authority"]]


class ScheduleInput(TypedDict):
    """On which days, in the time zone of the entity's country."""

    count: NotRequired[int | None]
    day_of_month: NotRequired[int | None]
    end_date: NotRequired[str | None]
    frequency: Required[Literal["daily", "weekly", "monthly", "quarterly", "yearly"]]
    interval: NotRequired[int]
    start_date: NotRequired[str | None]


Scheme = Literal[
    "small_business",
    "sme_cross_border",
    "oss_union",
    "oss_non_union",
    "ioss",
    "distance_threshold_exceeded",
    "triangulation",
    "margin_second_hand",
    "margin_art",
    "margin_collectors",
    "margin_travel",
]


class SchemedIdentifier(TypedDict):
    """An identifier with the list it comes from; plain text in JSON means one without a scheme."""

    scheme_identifier: NotRequired[str | None]
    scheme_version_identifier: NotRequired[str | None]
    value: Required[str]


class Seal(TypedDict):
    """How issued documents are sealed in the entity's name."""

    documents: NotRequired[Literal["xades", "jws"] | None]
    pdf: NotRequired[bool | None]


class SecretAbout(TypedDict):
    """What is known of a secret beside its value."""

    context: Required[str | None]
    permissions: Required[Sequence[str] | None]
    reference: Required[str | None]


class SecretInput(TypedDict):
    """A secret that an authority gave the entity. No answer ever shows it again."""

    expires_at: NotRequired[str | None]
    kind: Required[Literal["ksef-token"]]
    name: Required[str]
    value: Required[str]


class SecretList(TypedDict):
    """One page of secrets, newest first."""

    data: Required[Sequence[SecretView]]
    next_cursor: Required[str | None]
    object: NotRequired[Literal["list"]]


class SecretRotation(TypedDict):
    """A new secret for an endpoint."""

    overlap_hours: NotRequired[int]
    secret: NotRequired[str | None]


class SecretView(TypedDict):
    """A secret: everything but the secret."""

    about: Required[SecretAbout]
    created_at: Required[str]
    entity_id: Required[str]
    expires_at: Required[str | None]
    id: Required[str]
    kind: Required[Literal["ksef-token"]]
    last_used_at: Required[str | None]
    name: Required[str]
    object: NotRequired[Literal["secret"]]
    status: Required[Literal["active", "pending", "expired"]]


class Seller(TypedDict):
    """BG-4: who issues the invoice."""

    additional_legal_information: NotRequired[str | None]
    contact: NotRequired[SellerContact | None]
    electronic_address: NotRequired[SchemedIdentifier | None]
    extensions: NotRequired[SellerExtensions | None]
    identifiers: NotRequired[Sequence[SchemedIdentifier]]
    legal_registration_identifier: NotRequired[SchemedIdentifier | None]
    name: NotRequired[str | None]
    postal_address: NotRequired[SellerPostalAddress | None]
    tax_registration_identifier: NotRequired[str | None]
    trading_name: NotRequired[str | None]
    vat_identifier: NotRequired[str | None]


class SellerContact(TypedDict):
    """BG-6."""

    email_address: NotRequired[str | None]
    extensions: NotRequired[SellerContactExtensions | None]
    point: NotRequired[str | None]
    telephone_number: NotRequired[str | None]


class SellerContactExtensions(TypedDict):
    """Beside BG-6."""

    department_name: NotRequired[str | None]
    fax_number: NotRequired[str | None]
    type_code: NotRequired[str | None]


class SellerExtensions(TypedDict):
    """Beside BG-4."""

    additional_contacts: NotRequired[Sequence[TradeContact]]
    identifier_scheme_name: NotRequired[str | None]
    industry_classification_code: NotRequired[str | None]
    industry_classification_name: NotRequired[str | None]
    legal_address: NotRequired[TradeAddress | None]
    legal_registration_authority: NotRequired[str | None]
    legal_registration_type_code: NotRequired[str | None]
    operator_identifier: NotRequired[str | None]
    operator_name: NotRequired[str | None]
    registration_key: NotRequired[str | None]
    role_code: NotRequired[str | None]
    tax_registration_scheme: NotRequired[str | None]
    tax_registrations: NotRequired[Sequence[TaxRegistration]]


class SellerFacts(TypedDict):
    """Who sells."""

    country: NotRequired[str | None]
    schemes: NotRequired[Sequence[Scheme]]
    vat_id: NotRequired[str | None]


class SellerFactsView(TypedDict):
    """Who sells, as far as it decided."""

    country: Required[str | None]
    schemes: Required[Sequence[str]]
    vat_id: Required[str | None]


class SellerInput(TypedDict):
    """BG-4: who issues the invoice."""

    additional_legal_information: NotRequired[str | None]
    address: NotRequired[str | None]
    address_2: NotRequired[str | None]
    city: NotRequired[str | None]
    contact: NotRequired[SellerContact | None]
    contact_name: NotRequired[str | None]
    country_code: NotRequired[str | None]
    electronic_address: NotRequired[str | SchemedIdentifier | None]
    email: NotRequired[str | None]
    extensions: NotRequired[SellerExtensions | None]
    identifiers: NotRequired[Sequence[str | SchemedIdentifier]]
    legal_registration_identifier: NotRequired[str | SchemedIdentifier | None]
    name: NotRequired[str | None]
    phone: NotRequired[str | None]
    post_code: NotRequired[str | None]
    postal_address: NotRequired[SellerPostalAddress | None]
    tax_registration_identifier: NotRequired[str | None]
    trading_name: NotRequired[str | None]
    vat_id: NotRequired[str | None]
    vat_identifier: NotRequired[str | None]


class SellerPostalAddress(TypedDict):
    """BG-5."""

    city: NotRequired[str | None]
    country_code: NotRequired[str | None]
    country_subdivision: NotRequired[str | None]
    extensions: NotRequired[SellerPostalAddressExtensions | None]
    line_1: NotRequired[str | None]
    line_2: NotRequired[str | None]
    line_3: NotRequired[str | None]
    post_code: NotRequired[str | None]


class SellerPostalAddressExtensions(TypedDict):
    """Beside BG-5."""

    country_subdivision_code: NotRequired[str | None]


class SellerTaxRepresentative(TypedDict):
    """BG-11: who answers for the seller's VAT in the country of taxation."""

    extensions: NotRequired[SellerTaxRepresentativeExtensions | None]
    name: NotRequired[str | None]
    postal_address: NotRequired[TaxRepresentativePostalAddress | None]
    vat_identifier: NotRequired[str | None]


class SellerTaxRepresentativeExtensions(TypedDict):
    """Beside BG-11."""

    contacts: NotRequired[Sequence[TradeContact]]
    electronic_address: NotRequired[SchemedIdentifier | None]
    identifiers: NotRequired[Sequence[SchemedIdentifier]]
    legal_address: NotRequired[TradeAddress | None]
    legal_registration_identifier: NotRequired[SchemedIdentifier | None]
    role_code: NotRequired[str | None]
    tax_registrations: NotRequired[Sequence[TaxRegistration]]
    trading_name: NotRequired[str | None]


class SellerTaxRepresentativeExtensionsInput(TypedDict):
    """Beside BG-11."""

    contacts: NotRequired[Sequence[TradeContact]]
    electronic_address: NotRequired[str | SchemedIdentifier | None]
    identifiers: NotRequired[Sequence[str | SchemedIdentifier]]
    legal_address: NotRequired[TradeAddress | None]
    legal_registration_identifier: NotRequired[str | SchemedIdentifier | None]
    role_code: NotRequired[str | None]
    tax_registrations: NotRequired[Sequence[TaxRegistration]]
    trading_name: NotRequired[str | None]


class SellerTaxRepresentativeInput(TypedDict):
    """BG-11: who answers for the seller's VAT in the country of taxation."""

    extensions: NotRequired[SellerTaxRepresentativeExtensionsInput | None]
    name: NotRequired[str | None]
    postal_address: NotRequired[TaxRepresentativePostalAddress | None]
    vat_identifier: NotRequired[str | None]


class SendInput(TypedDict):
    """How to send a document. An empty object sends it to the customer's e-mail (BT-58)."""

    attach: NotRequired[Sequence[Literal["pdf", "xml"]]]
    cc: NotRequired[Sequence[str]]
    channel: NotRequired[Literal["email"]]
    link: NotRequired[bool]
    message: NotRequired[str | None]
    metadata: NotRequired[Mapping[str, str]]
    subject: NotRequired[str | None]
    template: NotRequired[str | None]
    to: NotRequired[Sequence[str] | None]


class SeriesChange(TypedDict):
    """What to change of a series. All but `archived` only before it has given a number."""

    archived: NotRequired[bool | None]
    device: NotRequired[str | None]
    next_number: NotRequired[int | None]
    pattern: NotRequired[str | None]
    premise: NotRequired[str | None]
    reset: NotRequired[Reset | None]


class SeriesInput(TypedDict):
    """A number series to be made."""

    code: Required[str]
    counts_with: NotRequired[str | None]
    device: NotRequired[str]
    kind: NotRequired[Literal["gapless", "external"]]
    next_number: NotRequired[int]
    pattern: NotRequired[str]
    premise: NotRequired[str]
    reset: NotRequired[Reset | None]


class SeriesList(TypedDict):
    """All series of an entity, in order of their codes."""

    data: Required[Sequence[SeriesView]]
    next_cursor: NotRequired[str | None]
    object: NotRequired[Literal["list"]]


class SeriesPreview(TypedDict):
    """The numbers that documents of a day would get now. None of them is taken."""

    date: Required[str]
    numbers: Required[Sequence[str]]
    object: NotRequired[Literal["series_preview"]]
    series_id: Required[str]


class SeriesReport(TypedDict):
    """What the documents prove about a series; of gaps and the like the first hundred."""

    code: Required[str]
    complete: Required[bool]
    counted: Required[int | None]
    documents: Required[int]
    duplicates: Required[Sequence[str]]
    first: Required[str | None]
    first_date: Required[str | None]
    gaps: Required[Sequence[Gap]]
    kind: Required[Literal["gapless", "external"]]
    last: Required[str | None]
    last_date: Required[str | None]
    object: NotRequired[Literal["series_report"]]
    out_of_order: Required[Sequence[str]]
    series_id: Required[str]


class SeriesView(TypedDict):
    """A number series."""

    archived_at: Required[str | None]
    code: Required[str]
    count: Required[int]
    counts_with: Required[str | None]
    created_at: Required[str]
    device: Required[str]
    entity_id: Required[str]
    id: Required[str]
    kind: Required[Literal["gapless", "external"]]
    last_issue_date: Required[str | None]
    next_number: Required[int | None]
    object: NotRequired[Literal["series"]]
    pattern: Required[str | None]
    period: Required[str | None]
    premise: Required[str]
    reset: Required[Reset | None]


class SessionList(TypedDict):
    """One page of sessions, newest first."""

    data: Required[Sequence[SessionView]]
    next_cursor: Required[str | None]
    object: NotRequired[Literal["list"]]


class SessionView(TypedDict):
    """A session, without its secret."""

    created_at: Required[str]
    entity_id: Required[str]
    environment: Required[Literal["sandbox", "live"]]
    expires_at: Required[str]
    id: Required[str]
    object: NotRequired[Literal["session"]]
    revoked_at: Required[str | None]
    role: Required[Literal["viewer", "editor", "admin", "auditor"]]
    user_id: Required[str]


class ShareLinkInput(TypedDict):
    """A link to a document for people without a key."""

    expires_at: NotRequired[str | None]
    metadata: NotRequired[Mapping[str, str]]


class ShareLinkList(TypedDict):
    """One page of share links, newest first."""

    data: Required[Sequence[ShareLinkView]]
    next_cursor: Required[str | None]
    object: NotRequired[Literal["list"]]


class ShareLinkView(TypedDict):
    """A share link. The link itself is shown once, when it is made."""

    created_at: Required[str]
    document_id: Required[str]
    expires_at: Required[str | None]
    hint: Required[str]
    id: Required[str]
    last_viewed_at: Required[str | None]
    metadata: Required[Mapping[str, str]]
    object: NotRequired[Literal["share_link"]]
    revoked_at: Required[str | None]
    updated_at: Required[str]
    views: Required[int]


class SignalReceived(TypedDict):
    """What became of a signal."""

    known: Required[bool]


class SignatureCheckView(TypedDict):
    """One thing that was looked at."""

    detail: Required[str]
    id: Required[str]
    outcome: Required[Literal["passed", "failed", "not_judged"]]


class SignatureView(TypedDict):
    """One signature, in the words of ETSI EN 319 102-1."""

    algorithm: Required[str | None]
    certificate_sha256: Required[str | None]
    checks: Required[Sequence[SignatureCheckView]]
    claimed_at: Required[str | None]
    format: Required[str]
    indication: Required[Literal["TOTAL-PASSED", "TOTAL-FAILED", "INDETERMINATE"]]
    proven_at: Required[str | None]
    signed: Required[Sequence[SignedPartView]]
    sub_indication: Required[str | None]
    subject: Required[str | None]


class SignedPartView(TypedDict):
    """Bytes that a signature covers."""

    bytes: Required[int]
    digest_algorithm: Required[str]
    name: Required[str]
    sha256: Required[str]


class SigningKeyChange(TypedDict):
    """What to change of a key, as JSON Merge Patch (RFC 7396)."""

    metadata: NotRequired[Mapping[str, Any] | None]
    name: NotRequired[str | None]
    purposes: NotRequired[Sequence[str] | None]


class SigningKeyImport(TypedDict):
    """A key that was made elsewhere: a PKCS #12 file (.p12, .pfx) with one key."""

    active_from: NotRequired[str | None]
    metadata: NotRequired[Mapping[str, str]]
    name: Required[str]
    password: NotRequired[str]
    pkcs12: Required[str]
    purposes: Required[Sequence[str]]


class SigningKeyInput(TypedDict):
    """A key that is made in the vault, and never leaves it."""

    active_from: NotRequired[str | None]
    bare: NotRequired[bool]
    kind: NotRequired[
        Literal["p-256", "p-384", "p-521", "rsa-2048", "rsa-3072", "rsa-4096", "ed25519"]
    ]
    metadata: NotRequired[Mapping[str, str]]
    name: Required[str]
    purposes: Required[Sequence[str]]


class SigningKeyList(TypedDict):
    """One page of keys, newest first."""

    data: Required[Sequence[SigningKeyView]]
    next_cursor: Required[str | None]
    object: NotRequired[Literal["list"]]


class SigningKeyView(TypedDict):
    """A key: everything but the key."""

    active_from: Required[str]
    active_until: Required[str | None]
    bare: Required[bool]
    certificates: Required[Sequence[CertificateView]]
    created_at: Required[str]
    entity_id: Required[str]
    environment: Required[Literal["sandbox", "live"]]
    id: Required[str]
    kept_until: Required[str | None]
    kind: Required[str]
    metadata: Required[Mapping[str, str]]
    name: Required[str]
    object: NotRequired[Literal["signing_key"]]
    origin: Required[Literal["generated", "imported", "token"]]
    public_key: Required[str]
    purposes: Required[Sequence[str]]
    retired_at: Required[str | None]
    revocation_reason: Required[
        Literal[
            "unspecified",
            "key_compromise",
            "affiliation_changed",
            "superseded",
            "cessation_of_operation",
        ]
        | None
    ]
    revoked_at: Required[str | None]
    status: Required[
        Literal["waiting", "upcoming", "active", "replaced", "retired", "revoked", "expired"]
    ]
    successor_id: Required[str | None]
    updated_at: Required[str]


class SourceView(TypedDict):
    """Where a rule comes from, and how well it is known."""

    confidence: Required[Confidence]
    note: Required[str]
    read_on: Required[str]
    title: Required[str]
    url: Required[str]


SpanInput = TypedDict(
    "SpanInput",
    {"from": "Required[str]", "to": "Required[str]"},
)


class SpanishRecord(TypedDict):
    """What a record says that does not follow from the invoice; what is unset follows."""

    clave_regimen: NotRequired[str | None]
    cupon: NotRequired[bool | None]
    descripcion_operacion: NotRequired[str | None]
    destinatario: NotRequired[Destinatario | None]
    emitida_por_tercero_o_destinatario: NotRequired[str | None]
    factura_simplificada_art_7273: NotRequired[bool | None]
    factura_sin_identif_destinatario_art_61d: NotRequired[bool | None]
    facturas_sustituidas: NotRequired[Sequence[FacturaNombrada]]
    importe_rectificacion: NotRequired[ImporteRectificado | None]
    tercero: NotRequired[Tercero | None]
    tipo_factura: NotRequired[str | None]
    tipo_rectificativa: NotRequired[str | None]


class SpanishRecordInput(TypedDict):
    """What a record says that does not follow from the invoice; what is unset follows."""

    clave_regimen: NotRequired[str | None]
    cupon: NotRequired[bool | None]
    descripcion_operacion: NotRequired[str | None]
    destinatario: NotRequired[Destinatario | None]
    emitida_por_tercero_o_destinatario: NotRequired[str | None]
    factura_simplificada_art_7273: NotRequired[bool | None]
    factura_sin_identif_destinatario_art_61d: NotRequired[bool | None]
    facturas_sustituidas: NotRequired[Sequence[FacturaNombrada]]
    importe_rectificacion: NotRequired[ImporteRectificadoInput | None]
    tercero: NotRequired[Tercero | None]
    tipo_factura: NotRequired[str | None]
    tipo_rectificativa: NotRequired[str | None]


class StampView(TypedDict):
    """What an authority gave the document, or will know it by."""

    at: Required[str]
    authority: Required[str]
    evidence_id: Required[str | None]
    identifier: Required[str]
    kind: Required[str]
    qr: Required[str | None]


class StatusView(TypedDict):
    """Where the document stands now; poll this one, with ETag or `?wait=`."""

    events: Required[int]
    final: Required[bool]
    held: Required[HeldView | None]
    id: Required[str]
    layers: Required[Sequence[LayerView]]
    number: Required[str | None]
    object: NotRequired[str]
    state: Required[str]
    status: Required[str]
    transmissions: Required[Sequence[TransmissionSummary]]


Subject = Literal["immovable_property", "capital_goods"]


class SubjectInput(TypedDict):
    """Whom a certificate is to name; an authority may change it."""

    common_name: NotRequired[str | None]
    country: NotRequired[str | None]
    given_name: NotRequired[str | None]
    locality: NotRequired[str | None]
    organization: NotRequired[str | None]
    organization_identifier: NotRequired[str | None]
    organizational_unit: NotRequired[str | None]
    postal_code: NotRequired[str | None]
    serial_number: NotRequired[str | None]
    state: NotRequired[str | None]
    street: NotRequired[str | None]
    surname: NotRequired[str | None]
    title: NotRequired[str | None]


class SubjectsInput(TypedDict):
    """What a document is about, where the law keeps that longer."""

    reason: NotRequired[str | None]
    subjects: Required[Sequence[Subject]]


class Suggestion(TypedDict):
    """A tax that the entity's country has; post it to `/v1/taxes` to keep it."""

    category_code: Required[str]
    confidence: Required[str | None]
    exemption_reason_code: Required[str | None]
    name: Required[str]
    rate: Required[str | None]
    since: Required[str | None]
    source: Required[str | None]
    until: Required[str | None]


class SuggestionList(TypedDict):
    """Taxes of the entity's country on a day."""

    country_code: Required[str]
    data: Required[Sequence[Suggestion]]
    date: Required[str]
    next_cursor: NotRequired[None]
    object: NotRequired[Literal["list"]]


SupplyKind = Literal["goods", "service", "digital", "event", "real_estate", "transport"]


class TaxChange(TypedDict):
    """What to change of a tax, as JSON Merge Patch (RFC 7396): null takes a value away."""

    category_code: NotRequired[str | None]
    exemption_reason: NotRequired[str | None]
    exemption_reason_code: NotRequired[str | None]
    metadata: NotRequired[Mapping[str, Any] | None]
    name: NotRequired[str | None]
    rate: NotRequired[str | None]


class TaxClauses(TypedDict):
    """Notes by what a sale is, for documents that give none. Has no effect yet."""

    domestic: NotRequired[str | None]
    intra_eu_b2b: NotRequired[str | None]
    intra_eu_b2c: NotRequired[str | None]
    third_country_b2b: NotRequired[str | None]
    third_country_b2c: NotRequired[str | None]


class TaxDecisionView(TypedDict):
    """Why a document is taxed as it is."""

    day: Required[str]
    document_id: Required[str]
    facts: Required[SaleFactsView]
    law: Required[str]
    lines: Required[Sequence[DocumentLineDecisionView]]
    object: NotRequired[Literal["tax_decision"]]
    state: Required[str]
    vat_check: Required[gateway__tax__schemas__VatCheckView | None]


class TaxInput(TypedDict):
    """A tax: a name for a VAT category and a rate."""

    category_code: NotRequired[str]
    exemption_reason: NotRequired[str | None]
    exemption_reason_code: NotRequired[str | None]
    metadata: NotRequired[Mapping[str, str]]
    name: Required[str]
    rate: NotRequired[str | None]


class TaxList(TypedDict):
    """One page of taxes, newest first."""

    data: Required[Sequence[TaxView]]
    next_cursor: Required[str | None]
    object: NotRequired[Literal["list"]]


class TaxRegistration(TypedDict):
    """A registration beside those EN 16931 knows (BT-31, BT-32, BT-48, BT-63)."""

    identifier: NotRequired[str | None]
    scheme: NotRequired[str | None]


class TaxRepresentativePostalAddress(TypedDict):
    """BG-12."""

    city: NotRequired[str | None]
    country_code: NotRequired[str | None]
    country_subdivision: NotRequired[str | None]
    extensions: NotRequired[TaxRepresentativePostalAddressExtensions | None]
    line_1: NotRequired[str | None]
    line_2: NotRequired[str | None]
    line_3: NotRequired[str | None]
    post_code: NotRequired[str | None]


class TaxRepresentativePostalAddressExtensions(TypedDict):
    """Beside BG-12."""

    country_subdivision_code: NotRequired[str | None]


class TaxRules(TypedDict):
    """Standing tax rules, by region."""

    eu: NotRequired[EuTaxRules | None]


class TaxView(TypedDict):
    """A tax."""

    category_code: Required[str]
    created_at: Required[str]
    deleted_at: Required[str | None]
    entity_id: Required[str]
    exemption_reason: Required[str | None]
    exemption_reason_code: Required[str | None]
    id: Required[str]
    metadata: Required[Mapping[str, str]]
    name: Required[str]
    object: NotRequired[Literal["tax"]]
    rate: Required[str | None]
    updated_at: Required[str]


Template = Literal["classic", "modern", "condensed"]


class TemplateChange(TypedDict):
    """What to change of a template, as JSON Merge Patch (RFC 7396): null takes a value away."""

    body: NotRequired[str | None]
    document: NotRequired[Mapping[str, Any] | None]
    document_kind: NotRequired[str | None]
    html_body: NotRequired[str | None]
    language: NotRequired[str | None]
    metadata: NotRequired[Mapping[str, Any] | None]
    name: NotRequired[str | None]
    purpose: NotRequired[Literal["text", "email", "document"] | None]
    subject: NotRequired[str | None]


class TemplateInput(TypedDict):
    """A text to be used again: a note (`text`), an e-mail, or members of a document's body."""

    body: NotRequired[str | None]
    document: NotRequired[Mapping[str, Any] | None]
    document_kind: NotRequired[DocumentKind | None]
    html_body: NotRequired[str | None]
    language: NotRequired[str | None]
    metadata: NotRequired[Mapping[str, str]]
    name: Required[str]
    purpose: Required[Literal["text", "email", "document"]]
    subject: NotRequired[str | None]


class TemplateList(TypedDict):
    """One page of templates, newest first."""

    data: Required[Sequence[TemplateView]]
    next_cursor: Required[str | None]
    object: NotRequired[Literal["list"]]


class TemplateView(TypedDict):
    """A template."""

    body: Required[str | None]
    created_at: Required[str]
    document: Required[Mapping[str, Any] | None]
    document_kind: Required[DocumentKind | None]
    entity_id: Required[str]
    html_body: Required[str | None]
    id: Required[str]
    language: Required[str | None]
    metadata: Required[Mapping[str, str]]
    name: Required[str]
    object: NotRequired[Literal["template"]]
    purpose: Required[Literal["text", "email", "document"]]
    subject: Required[str | None]
    updated_at: Required[str]


class Tercero(TypedDict):
    """Who issued the invoice for its seller: by NIF, or by kind and number of another document."""

    codigo_pais: NotRequired[str | None]
    id_type: NotRequired[str | None]
    nif: NotRequired[str | None]
    nombre_razon: NotRequired[str | None]
    numero: NotRequired[str | None]


class ThirdPartyPayment(TypedDict):
    """BG-34: an amount collected for somebody else; it is part of the amount due."""

    amount: NotRequired[str | None]
    description: NotRequired[str | None]


class ThirdPartyPaymentInput(TypedDict):
    """BG-34: an amount collected for somebody else; it is part of the amount due."""

    amount: NotRequired[str | Decimal | int | None]
    description: NotRequired[str | None]


class TokenInput(TypedDict):
    """The secret of a magic link, or of an invitation."""

    token: Required[str]


class Totals(TypedDict):
    """BG-22: the document totals."""

    amount_due: NotRequired[str | None]
    paid_amount: NotRequired[str | None]
    rounding_amount: NotRequired[str | None]
    sum_of_allowances: NotRequired[str | None]
    sum_of_charges: NotRequired[str | None]
    sum_of_line_net_amounts: NotRequired[str | None]
    total_vat: NotRequired[str | None]
    total_vat_in_accounting_currency: NotRequired[str | None]
    total_with_vat: NotRequired[str | None]
    total_without_vat: NotRequired[str | None]


class TotalsInput(TypedDict):
    """BG-22: the document totals."""

    amount_due: NotRequired[str | Decimal | int | None]
    paid_amount: NotRequired[str | Decimal | int | None]
    rounding_amount: NotRequired[str | Decimal | int | None]
    sum_of_allowances: NotRequired[str | Decimal | int | None]
    sum_of_charges: NotRequired[str | Decimal | int | None]
    sum_of_line_net_amounts: NotRequired[str | Decimal | int | None]
    total_vat: NotRequired[str | Decimal | int | None]
    total_vat_in_accounting_currency: NotRequired[str | Decimal | int | None]
    total_with_vat: NotRequired[str | Decimal | int | None]
    total_without_vat: NotRequired[str | Decimal | int | None]


class TotalsReport(TypedDict):
    """Totals of issued documents."""

    data: Required[Sequence[TotalsRow]]
    environment: Required[Literal["sandbox", "live"]]
    next_cursor: Required[str | None]
    object: NotRequired[Literal["list"]]


class TotalsRow(TypedDict):
    """Sums over documents in force, in one currency; credit notes count negative."""

    amount_due: Required[str]
    amount_paid: Required[str]
    currency_code: Required[str | None]
    documents: Required[int]
    entity_id: Required[str | None]
    entity_name: Required[str | None]
    kind: Required[str | None]
    month: Required[str | None]
    total_vat: Required[str]
    total_with_vat: Required[str]
    total_without_vat: Required[str]


class TradeAddress(TypedDict):
    """A postal address, with the field names of BG-5."""

    city: NotRequired[str | None]
    country_code: NotRequired[str | None]
    country_subdivision: NotRequired[str | None]
    country_subdivision_code: NotRequired[str | None]
    line_1: NotRequired[str | None]
    line_2: NotRequired[str | None]
    line_3: NotRequired[str | None]
    post_code: NotRequired[str | None]


class TradeContact(TypedDict):
    """A contact, with the field names of BG-6 and three of Factur-X EXTENDED."""

    department_name: NotRequired[str | None]
    email_address: NotRequired[str | None]
    fax_number: NotRequired[str | None]
    point: NotRequired[str | None]
    telephone_number: NotRequired[str | None]
    type_code: NotRequired[str | None]


class TradeParty(TypedDict):
    """A party, with the field names of BG-4."""

    contacts: NotRequired[Sequence[TradeContact]]
    description: NotRequired[str | None]
    electronic_address: NotRequired[SchemedIdentifier | None]
    identifiers: NotRequired[Sequence[SchemedIdentifier]]
    legal_address: NotRequired[TradeAddress | None]
    legal_registration_identifier: NotRequired[SchemedIdentifier | None]
    name: NotRequired[str | None]
    postal_address: NotRequired[TradeAddress | None]
    role_code: NotRequired[str | None]
    tax_registration_identifier: NotRequired[str | None]
    trading_name: NotRequired[str | None]
    vat_identifier: NotRequired[str | None]


class TradePartyInput(TypedDict):
    """A party, with the field names of BG-4."""

    contacts: NotRequired[Sequence[TradeContact]]
    description: NotRequired[str | None]
    electronic_address: NotRequired[str | SchemedIdentifier | None]
    identifiers: NotRequired[Sequence[str | SchemedIdentifier]]
    legal_address: NotRequired[TradeAddress | None]
    legal_registration_identifier: NotRequired[str | SchemedIdentifier | None]
    name: NotRequired[str | None]
    postal_address: NotRequired[TradeAddress | None]
    role_code: NotRequired[str | None]
    tax_registration_identifier: NotRequired[str | None]
    trading_name: NotRequired[str | None]
    vat_identifier: NotRequired[str | None]


class TraderInput(TypedDict):
    """What you believe of the holder; some member states compare it with what they hold."""

    city: NotRequired[str | None]
    company_type: NotRequired[str | None]
    name: NotRequired[str | None]
    postcode: NotRequired[str | None]
    street: NotRequired[str | None]


class Transmission(TypedDict):
    """One destination of a document, on three axes."""

    action_required: Required[str | None]
    attempts: Required[int]
    business: Required[Business]
    channel: Required[str]
    created_at: Required[str]
    document_id: Required[str]
    id: Required[str]
    message_id: Required[str]
    next_poll_at: Required[str | None]
    object: NotRequired[Literal["transmission"]]
    receiver: Required[str]
    regulatory: Required[Regulatory]
    sender: Required[str]
    sha256: Required[str]
    transport: Required[Transport]
    updated_at: Required[str]
    waiting: Required[WaitingView]


class TransmissionCounts(TypedDict):
    """Transmissions that are not settled well."""

    action_required: Required[int]
    failed: Required[int]
    pending: Required[int]
    unknown: Required[int]


class TransmissionList(TypedDict):
    """One page of transmissions, newest first."""

    data: Required[Sequence[Transmission]]
    next_cursor: NotRequired[str | None]
    object: NotRequired[Literal["list"]]


class TransmissionSummary(TypedDict):
    """Where one delivery of the document stands, on three axes."""

    action_required: NotRequired[str | None]
    attempts: Required[int]
    business: Required[str]
    channel: Required[str]
    id: Required[str]
    message_id: Required[str]
    regulatory: Required[str]
    transport: Required[str]
    updated_at: Required[str]
    waiting: NotRequired[NextStep | None]


Transport = Literal[
    "created",
    "prepared",
    "queued",
    "submitting",
    "outcome_unknown",
    "submitted",
    "delivered",
    "deferred",
    "failed_retryable",
    "failed_permanent",
    "cancelled_before_send",
]


class TrustInput(TypedDict):
    """Whom to believe: certificates that are sent along, or a trust store of this installation."""

    certificates: NotRequired[Sequence[str] | None]
    name: NotRequired[str]
    store: NotRequired[str | None]


class UnsignedPartView(TypedDict):
    """Something that is there and that no signature covers."""

    detail: Required[str]
    name: Required[str]


class UsageReport(TypedDict):
    """What was used."""

    data: Required[Sequence[UsageRow]]
    environment: Required[Literal["sandbox", "live"]]
    next_cursor: Required[str | None]
    object: NotRequired[Literal["list"]]


class UsageRow(TypedDict):
    """How much was issued in a calendar month (UTC)."""

    active_entities: Required[int]
    documents: Required[int]
    entity_id: Required[str | None]
    entity_name: Required[str | None]
    metered: Required[bool]
    month: Required[str]


class UserChange(TypedDict):
    """What to change of a person, as JSON Merge Patch (RFC 7396)."""

    metadata: NotRequired[Mapping[str, Any] | None]
    name: NotRequired[str | None]


class UserEntity(TypedDict):
    """What a person may do in one entity."""

    entity_id: Required[str]
    role: Required[Literal["viewer", "editor", "admin", "auditor"]]


class UserInput(TypedDict):
    """A person."""

    email: Required[str]
    metadata: NotRequired[Mapping[str, str]]
    name: NotRequired[str]


class UserList(TypedDict):
    """One page of users, newest first."""

    data: Required[Sequence[UserView]]
    next_cursor: Required[str | None]
    object: NotRequired[Literal["list"]]


class UserView(TypedDict):
    """A person of the account."""

    created_at: Required[str]
    email: Required[str]
    entities: Required[Sequence[UserEntity]]
    environment: Required[Literal["sandbox", "live"]]
    id: Required[str]
    metadata: Required[Mapping[str, str]]
    name: Required[str]
    object: NotRequired[Literal["user"]]
    updated_at: Required[str]


class ValidationView(TypedDict):
    """The verdict on a document."""

    as_of: Required[str]
    findings: Required[Sequence[JudgedFindingView]]
    judged: Required[bool]
    judged_as: Required[str | None]
    layers: Required[Sequence[JudgedLayerView]]
    object: NotRequired[Literal["validation"]]
    source: Required[Literal["xml", "hybrid-pdf", "json"]]
    valid: Required[bool]


class VatBatchCounts(TypedDict):
    """How many numbers came out how."""

    invalid: Required[int]
    unknown: Required[int]
    valid: Required[int]
    waiting: Required[int]


class VatBatchInput(TypedDict):
    """Numbers to be checked: a list, or those of all customers."""

    customers: NotRequired[Literal["all"] | None]
    max_age: NotRequired[int | None]
    retry: NotRequired[bool]
    vat_ids: NotRequired[Sequence[str] | None]


class VatBatchItem(TypedDict):
    """What came of one number."""

    action: Required[str | None]
    address: Required[str | None]
    asked_at: Required[str | None]
    attempts: Required[int]
    check_id: Required[str | None]
    consultation_number: Required[str | None]
    customer_id: Required[str | None]
    detail: Required[str | None]
    fault: Required[Fault | None]
    from_cache: Required[bool]
    given: Required[str]
    name: Required[str | None]
    outcome: Required[Outcome | None]
    position: Required[int]
    vat_id: Required[str]


class VatBatchView(TypedDict):
    """The report of a batch, with one page of its numbers."""

    counts: Required[VatBatchCounts]
    created_at: Required[str]
    data: Required[Sequence[VatBatchItem]]
    entity_id: Required[str]
    faults: Required[Mapping[str, int]]
    finished_at: Required[str | None]
    id: Required[str]
    next_cursor: Required[str | None]
    object: NotRequired[Literal["vat_batch"]]
    progress: Required[JobProgress]
    state: Required[Literal["queued", "running", "succeeded", "failed", "cancelled"]]


class VatBreakdown(TypedDict):
    """BG-23: one row per VAT category and rate."""

    category_code: NotRequired[str | None]
    category_rate: NotRequired[str | None]
    category_tax_amount: NotRequired[str | None]
    category_taxable_amount: NotRequired[str | None]
    exemption_reason_code: NotRequired[str | None]
    exemption_reason_text: NotRequired[str | None]
    extensions: NotRequired[VatBreakdownExtensions | None]


class VatBreakdownExtensions(TypedDict):
    """Beside BG-23."""

    allowance_charge_amount: NotRequired[str | None]
    line_total_amount: NotRequired[str | None]
    other_category_code: NotRequired[str | None]
    other_rate: NotRequired[str | None]
    other_tax_scheme: NotRequired[str | None]
    value_added_tax_point_date: NotRequired[str | None]


class VatBreakdownExtensionsInput(TypedDict):
    """Beside BG-23."""

    allowance_charge_amount: NotRequired[str | Decimal | int | None]
    line_total_amount: NotRequired[str | Decimal | int | None]
    other_category_code: NotRequired[str | None]
    other_rate: NotRequired[str | Decimal | int | None]
    other_tax_scheme: NotRequired[str | None]
    value_added_tax_point_date: NotRequired[str | None]


class VatBreakdownInput(TypedDict):
    """BG-23: one row per VAT category and rate."""

    category_code: NotRequired[str | None]
    category_rate: NotRequired[str | Decimal | int | None]
    category_tax_amount: NotRequired[str | Decimal | int | None]
    category_taxable_amount: NotRequired[str | Decimal | int | None]
    exemption_reason_code: NotRequired[str | None]
    exemption_reason_text: NotRequired[str | None]
    extensions: NotRequired[VatBreakdownExtensionsInput | None]


class VatCheckEvidence(TypedDict):
    """The bytes that a check rests on; empty where nobody was asked."""

    id: Required[str]
    object: NotRequired[Literal["vat_check_evidence"]]
    received: Required[EvidenceBytes]
    sent: Required[EvidenceBytes]


class VatCheckInput(TypedDict):
    """A number to be checked."""

    max_age: NotRequired[int | None]
    retry: NotRequired[bool]
    trader: NotRequired[TraderInput | None]
    vat_id: Required[str]


class VatCheckList(TypedDict):
    """One page of checks, newest first."""

    data: Required[Sequence[gateway__vies__schemas__VatCheckView]]
    next_cursor: Required[str | None]
    object: NotRequired[Literal["list"]]


class VatExemption(TypedDict):
    """Why a VAT category bears no VAT: the text (BT-120) or code (BT-121) its breakdown needs."""

    category_code: Required[str]
    code: NotRequired[str | None]
    rate: NotRequired[str | None]
    text: NotRequired[str | None]


class VatExemptionInput(TypedDict):
    """Why a VAT category bears no VAT: the text (BT-120) or code (BT-121) its breakdown needs."""

    category_code: Required[str]
    code: NotRequired[str | None]
    rate: NotRequired[str | Decimal | int | None]
    text: NotRequired[str | None]


class VatRateView(TypedDict):
    """A VAT rate in force today."""

    name: Required[str]
    percent: Required[str]


class VatRechecks(TypedDict):
    """Whether the VAT numbers of customers are checked again and again (`/v1/vat-checks`)."""

    days: NotRequired[int]
    enabled: NotRequired[bool]


class VatReport(TypedDict):
    """VAT by category and rate."""

    data: Required[Sequence[VatRow]]
    environment: Required[Literal["sandbox", "live"]]
    next_cursor: Required[str | None]
    object: NotRequired[Literal["list"]]


class VatRetryView(TypedDict):
    """A question that waits, or waited, to be asked again."""

    attempts: Required[int]
    deadline: Required[str]
    next_try_at: Required[str | None]
    state: Required[Literal["waiting", "answered", "given_up"]]


class VatRow(TypedDict):
    """Sums over the VAT breakdowns (BG-23) of documents in force."""

    category_code: Required[str]
    currency_code: Required[str | None]
    entity_id: Required[str | None]
    entity_name: Required[str | None]
    kind: Required[str | None]
    month: Required[str | None]
    rate: Required[str | None]
    tax_amount: Required[str]
    taxable_amount: Required[str]


class VatServiceList(TypedDict):
    """Every service and member state that was asked."""

    data: Required[Sequence[VatServiceView]]
    object: NotRequired[Literal["list"]]


class VatServiceView(TypedDict):
    """A service, or one member state behind it, as it answered lately."""

    failures: Required[int]
    member_state: Required[str | None]
    open_until: Required[str | None]
    service: Required[str]
    state: Required[Literal["closed", "open", "half_open"]]


class VatWatchInput(TypedDict):
    """Whether, and how often, a customer's VAT number is checked again."""

    enabled: NotRequired[bool]
    every_days: NotRequired[int]


class VatWatchView(TypedDict):
    """What was said about one customer; without it the entity's `vat_rechecks` hold."""

    created_at: Required[str]
    customer_id: Required[str]
    enabled: Required[bool]
    every_days: Required[int]
    object: NotRequired[Literal["vat_watch"]]
    updated_at: Required[str]


class VerifactuFiscalization(TypedDict):
    """Spain: a record of every invoice and credit note is chained, and goes to the AEAT."""

    declared_in: NotRequired[str | None]
    declared_on: NotRequired[str | None]
    declared_version: NotRequired[str | None]
    description: NotRequired[str | None]
    installation: Required[str]
    mode: NotRequired[Literal["verifactu", "no-verifactu"]]
    only_verifactu: NotRequired[bool]
    producer_address: NotRequired[str | None]
    producer_contact: NotRequired[str | None]
    producer_name: Required[str]
    producer_nif: Required[str]
    scheme: Required[Literal["es-verifactu"]]
    several_taxpayers: NotRequired[bool]
    system_description: NotRequired[str | None]
    system_id: NotRequired[str]
    system_name: NotRequired[str]
    verifactu_until: NotRequired[int | None]


class VerificationInput(TypedDict):
    """Something that is signed."""

    at: NotRequired[str | None]
    content: Required[str]
    crls: NotRequired[Sequence[str]]
    files: NotRequired[Mapping[str, str]]
    ocsps: NotRequired[Sequence[str]]
    revocation: NotRequired[Literal["ignore", "if-known", "require"]]
    stamps: NotRequired[TrustInput | None]
    trust: NotRequired[TrustInput | None]


class VerificationView(TypedDict):
    """Every signature, what it covers, and what none covers."""

    at: Required[str]
    coverage: Required[Literal["all", "part", "none"]]
    indication: Required[Literal["TOTAL-PASSED", "TOTAL-FAILED", "INDETERMINATE"]]
    kind: Required[Literal["xml", "cms", "jws", "pdf", "asic", "unknown"]]
    object: Required[Literal["signature_report"]]
    signatures: Required[Sequence[SignatureView]]
    statement: Required[str]
    trust: Required[str | None]
    unsigned: Required[Sequence[UnsignedPartView]]


class VersionList(TypedDict):
    """Earlier versions of a draft, newest first."""

    data: Required[Sequence[VersionView]]
    next_cursor: Required[str | None]
    object: NotRequired[str]


class VersionView(TypedDict):
    """What a draft said before it was changed."""

    actor: Required[str]
    actor_id: Required[str | None]
    body: Required[Mapping[str, Any]]
    object: NotRequired[str]
    reason: Required[str | None]
    replaced_at: Required[str]
    version: Required[int]


Vies = Literal["valid", "invalid", "unknown"]


class WaitingView(TypedDict):
    """What happens next."""

    behind: Required[BehindView | None]
    endpoint: Required[str | None]
    meaning: Required[str]
    next_at: Required[str | None]
    outage: Required[OutageView | None]
    reason: Required[str | None]
    until: Required[str | None]
    what: Required[str]


class WebhookDeliveryDetail(TypedDict):
    """A delivery with what is sent."""

    attempts: Required[Sequence[gateway__webhooks__schemas__AttemptView]]
    created_at: Required[str]
    event_id: Required[str]
    id: Required[str]
    next_attempt_at: Required[str | None]
    object: NotRequired[Literal["webhook_delivery"]]
    payload: Required[Mapping[str, Any]]
    state: Required[Literal["pending", "delivered", "failed"]]
    type: Required[str]
    updated_at: Required[str]
    webhook_endpoint_id: Required[str]


class WebhookDeliveryList(TypedDict):
    """One page of deliveries, newest first."""

    data: Required[Sequence[WebhookDeliveryView]]
    next_cursor: Required[str | None]
    object: NotRequired[Literal["list"]]


class WebhookDeliveryView(TypedDict):
    """An event on its way to an endpoint."""

    attempts: Required[Sequence[gateway__webhooks__schemas__AttemptView]]
    created_at: Required[str]
    event_id: Required[str]
    id: Required[str]
    next_attempt_at: Required[str | None]
    object: NotRequired[Literal["webhook_delivery"]]
    state: Required[Literal["pending", "delivered", "failed"]]
    type: Required[str]
    updated_at: Required[str]
    webhook_endpoint_id: Required[str]


class WebhookEndpointChange(TypedDict):
    """What to change of an endpoint, as JSON Merge Patch (RFC 7396)."""

    description: NotRequired[str | None]
    enabled: NotRequired[bool | None]
    event_types: NotRequired[Sequence[str] | None]
    metadata: NotRequired[Mapping[str, Any] | None]
    url: NotRequired[str | None]


class WebhookEndpointInput(TypedDict):
    """An address that events are sent to."""

    description: NotRequired[str]
    enabled: NotRequired[bool]
    entity_id: NotRequired[str | None]
    event_types: NotRequired[Sequence[str]]
    metadata: NotRequired[Mapping[str, str]]
    secret: NotRequired[str | None]
    url: Required[str]


class WebhookEndpointList(TypedDict):
    """One page of endpoints, newest first."""

    data: Required[Sequence[WebhookEndpointView]]
    next_cursor: Required[str | None]
    object: NotRequired[Literal["list"]]


class WebhookEndpointView(TypedDict):
    """An endpoint, without its secret."""

    created_at: Required[str]
    description: Required[str]
    disabled_at: Required[str | None]
    disabled_reason: Required[Literal["by_you", "gone", "failing"] | None]
    enabled: Required[bool]
    entity_id: Required[str | None]
    environment: Required[Literal["sandbox", "live"]]
    event_types: Required[Sequence[str]]
    failing_since: Required[str | None]
    id: Required[str]
    metadata: Required[Mapping[str, str]]
    object: NotRequired[Literal["webhook_endpoint"]]
    previous_secret_until: Required[str | None]
    updated_at: Required[str]
    url: Required[str]


class Why(TypedDict):
    """All that led to where a transmission stands."""

    attempts: Required[Sequence[gateway__transmissions__schemas__AttemptView]]
    channel: Required[str]
    document_id: Required[str]
    events: Required[Sequence[LineageEvent]]
    headline: Required[HeadlineView]
    id: Required[str]
    names: Required[Mapping[str, str]]
    object: NotRequired[Literal["why"]]
    state: Required[AxesView]
    summary: Required[Sequence[str]]
    waiting: Required[WaitingView]


class formats__en16931__extensions__poland__attachment__FaWiersz(TypedDict):
    """A row."""

    wkom: NotRequired[Sequence[str]]


class formats__en16931__extensions__poland__line__FaWiersz(TypedDict):
    """A line (`FaWiersz`), beside BG-25."""

    cn: NotRequired[str | None]
    gtin: NotRequired[str | None]
    gtu: NotRequired[str | None]
    indeks: NotRequired[str | None]
    kurs_waluty: NotRequired[str | None]
    kwota_akcyzy: NotRequired[str | None]
    p_10: NotRequired[str | None]
    p_11a: NotRequired[str | None]
    p_11vat: NotRequired[str | None]
    p_12: NotRequired[str | None]
    p_12_xii: NotRequired[str | None]
    p_12_zal_15: NotRequired[str | None]
    p_6a: NotRequired[str | None]
    p_7: NotRequired[str | None]
    p_8a: NotRequired[str | None]
    p_8b: NotRequired[str | None]
    p_9a: NotRequired[str | None]
    p_9b: NotRequired[str | None]
    pkob: NotRequired[str | None]
    pkwi_u: NotRequired[str | None]
    procedura: NotRequired[str | None]
    stan_przed: NotRequired[str | None]
    uu_id: NotRequired[str | None]


class formats__en16931__extensions__poland__line__FaWierszInput(TypedDict):
    """A line (`FaWiersz`), beside BG-25."""

    cn: NotRequired[str | None]
    gtin: NotRequired[str | None]
    gtu: NotRequired[str | None]
    indeks: NotRequired[str | None]
    kurs_waluty: NotRequired[str | Decimal | int | None]
    kwota_akcyzy: NotRequired[str | Decimal | int | None]
    p_10: NotRequired[str | Decimal | int | None]
    p_11a: NotRequired[str | Decimal | int | None]
    p_11vat: NotRequired[str | Decimal | int | None]
    p_12: NotRequired[str | None]
    p_12_xii: NotRequired[str | Decimal | int | None]
    p_12_zal_15: NotRequired[str | None]
    p_6a: NotRequired[str | None]
    p_7: NotRequired[str | None]
    p_8a: NotRequired[str | None]
    p_8b: NotRequired[str | Decimal | int | None]
    p_9a: NotRequired[str | Decimal | int | None]
    p_9b: NotRequired[str | Decimal | int | None]
    pkob: NotRequired[str | None]
    pkwi_u: NotRequired[str | None]
    procedura: NotRequired[str | None]
    stan_przed: NotRequired[str | None]
    uu_id: NotRequired[str | None]


class gateway__auditors__schemas__AccessView(TypedDict):
    """Something an auditor asked for, whatever the answer was."""

    address: Required[str]
    at: Required[str]
    id: Required[str]
    object: NotRequired[Literal["auditor_access"]]
    operation: Required[str]
    path: Required[str]
    query: Required[str]
    request_id: Required[str | None]
    shows: Required[Literal["list", "record", "file"]]
    subject_id: Required[str | None]


class gateway__conversions__schemas__ChangeView(TypedDict):
    """One difference."""

    kind: Required[Literal["added", "removed", "changed", "moved", "renumbered"]]
    name: Required[str]
    new: NotRequired[Any]
    old: NotRequired[Any]
    old_pointer: NotRequired[str | None]
    pointer: NotRequired[str | None]
    term: NotRequired[str | None]


class gateway__documents__schemas__PreviewView(TypedDict):
    """What a body would say if it were issued now; nothing is stored and no number is used."""

    amount_due: Required[str | None]
    currency_code: Required[str | None]
    customer_name: Required[str | None]
    due_date: Required[str | None]
    findings: Required[Sequence[FindingView]]
    invoice: Required[Invoice | None]
    issue_date: Required[str | None]
    kind: Required[str]
    layers: Required[Sequence[LayerView]]
    number: Required[str | None]
    object: NotRequired[str]
    profile: Required[str | None]
    series: Required[str | None]
    total_vat: Required[str | None]
    total_with_vat: Required[str | None]
    total_without_vat: Required[str | None]


class gateway__exits__schemas__MoveView(TypedDict):
    """How far an entity is that moves."""

    entity_id: Required[str]
    file: Required[str | None]
    object: NotRequired[Literal["move"]]
    state: Required[Literal["leaving", "moved", "arriving", "here"]]
    statement: Required[str | None]


class gateway__ksef_access__schemas__AccessView(TypedDict):
    """What whoever sends the entity's invoices may do at KSeF."""

    asked_at: Required[str]
    context: Required[str]
    credential_id: Required[str]
    fix: Required[str | None]
    object: NotRequired[Literal["ksef_access"]]
    owner: Required[bool | None]
    permissions: Required[Sequence[str] | None]
    reason: Required[str]
    state: Required[Literal["may", "may_not", "unknown"]]


class gateway__monitoring__endpoints__CheckView(TypedDict):
    """One thing that the process needs."""

    name: Required[str]
    ok: Required[bool]
    reason: Required[str | None]


class gateway__recurring__schemas__PreviewView(TypedDict):
    """What comes next."""

    dates: Required[Sequence[str]]
    document: Required[PreviewDocument | None]
    object: NotRequired[Literal["preview"]]


class gateway__tax__schemas__ChangeView(TypedDict):
    """What another fact would change."""

    category: Required[str]
    fact: Required[str]
    rate: Required[str | None]
    tax_country: Required[str | None]
    value: Required[str]
    vatex: Required[str | None]


class gateway__tax__schemas__VatCheckView(TypedDict):
    """The answer about the buyer's VAT number that a document relies on."""

    address: Required[str | None]
    asked_at: Required[str]
    consultation_number: Required[str | None]
    fault: Required[str | None]
    id: Required[str]
    name: Required[str | None]
    outcome: Required[Literal["valid", "invalid", "unknown"]]
    service: Required[str]
    vat_id: Required[str]


class gateway__transmissions__schemas__AttemptView(TypedDict):
    """One time that bytes were sent, or the other side was asked."""

    attempt: Required[int]
    begun_at: Required[str]
    code_version: Required[str]
    credential: Required[str | None]
    decisions: Required[Mapping[str, Any]]
    ended_at: Required[str | None]
    endpoint: Required[str]
    exchanges: Required[int]
    number: Required[int]
    outcome: Required[str | None]
    purpose: Required[Literal["send", "ask", "verdict"]]
    reason: Required[str | None]


class gateway__transmissions__schemas__MoveView(TypedDict):
    """What one event did to one axis, and the rule that decided."""

    after: Required[str | None]
    axis: Required[str]
    before: Required[str | None]
    meaning: Required[str]
    moved: Required[bool]
    rule: Required[str]


class gateway__verifactu__kept_schemas__CheckView(TypedDict):
    """What a look for anomalies found."""

    events: Required[LookedView]
    object: NotRequired[Literal["verifactu_check"]]
    records: Required[LookedView]


class gateway__vies__schemas__VatCheckView(TypedDict):
    """What somebody who knows said about a number, and when. It never changes."""

    action: Required[str | None]
    address: Required[str | None]
    age_seconds: Required[int]
    asked_at: Required[str]
    consultation_number: Required[str | None]
    detail: Required[str]
    entity_id: Required[str]
    fault: Required[Fault | None]
    from_cache: Required[bool]
    id: Required[str]
    known: Required[KnownVatCheck | None]
    matches: Required[MatchesView]
    name: Required[str | None]
    object: NotRequired[Literal["vat_check"]]
    outcome: Required[Outcome]
    request_date: Required[str | None]
    requester: Required[str | None]
    retry: Required[VatRetryView | None]
    service: Required[str]
    trader: Required[TraderInput | None]
    vat_id: Required[str]


class gateway__webhooks__schemas__AttemptView(TypedDict):
    """One attempt at a delivery."""

    at: Required[str]
    error: Required[str | None]
    excerpt: Required[str | None]
    latency_ms: Required[int | None]
    outcome: Required[Literal["delivered", "failed", "unknown"]]
    status: Required[int | None]
