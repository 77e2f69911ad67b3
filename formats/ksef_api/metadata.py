"""What KSeF answers about invoices it has: metadata, and exported packages."""

import datetime
from decimal import Decimal

from pydantic import AwareDatetime

from formats.ksef_api.answers import Hash, KsefAnswer, Status


class Person(KsefAnswer):
    """A party of an invoice, as its metadata name it."""

    nip: str | None = None
    name: str | None = None


class BuyerIdentifier(KsefAnswer):
    """By which number the buyer is known."""

    type: str
    value: str | None = None


class Buyer(KsefAnswer):
    """The buyer, as metadata name him."""

    identifier: BuyerIdentifier
    name: str | None = None


class Form(KsefAnswer):
    """`FormCode` as it is answered."""

    system_code: str
    schema_version: str
    value: str


class Metadata(KsefAnswer):
    """What KSeF knows of an invoice (`InvoiceMetadata`); amounts at their written digits."""

    ksef_number: str
    invoice_number: str
    issue_date: datetime.date
    invoicing_date: AwareDatetime
    acquisition_date: AwareDatetime
    permanent_storage_date: AwareDatetime
    seller: Person
    buyer: Buyer
    net_amount: Decimal
    gross_amount: Decimal
    vat_amount: Decimal
    currency: str
    invoicing_mode: str
    invoice_type: str
    form_code: Form
    is_self_invoicing: bool
    has_attachment: bool
    invoice_hash: Hash
    hash_of_corrected_invoice: Hash | None = None


class MetadataPage(KsefAnswer):
    """`POST /invoices/query/metadata`."""

    has_more: bool
    is_truncated: bool
    permanent_storage_hwm_date: AwareDatetime | None = None
    invoices: tuple[Metadata, ...]


class Reference(KsefAnswer):
    """`POST /invoices/exports`, grants of permissions: something was begun."""

    reference_number: str


class PackagePart(KsefAnswer):
    """A part of an exported package."""

    ordinal_number: int
    part_name: str
    method: str
    url: str
    part_size: int
    part_hash: Hash
    encrypted_part_size: int
    encrypted_part_hash: Hash
    expiration_date: AwareDatetime


class Package(KsefAnswer):
    """An exported package."""

    invoice_count: int
    size: int
    parts: tuple[PackagePart, ...]
    is_truncated: bool
    last_permanent_storage_date: AwareDatetime | None = None
    permanent_storage_hwm_date: AwareDatetime | None = None


class ExportStatus(KsefAnswer):
    """`GET /invoices/exports/{referenceNumber}`."""

    status: Status
    package: Package | None = None
