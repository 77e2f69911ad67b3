"""What the API takes and gives for customers."""

import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, ConfigDict, Field, model_validator

from formats.en16931.extensions.party import BuyerExtensions
from formats.en16931.group import Identifier, IsoDate, Text
from formats.en16931.party import Buyer, BuyerContact, BuyerPostalAddress
from formats.json.aliases import SHORT_NAMES
from formats.registry import PROFILES
from gateway.compliance.profiles import listed
from gateway.customers.matching import MAX_REFERENCE
from gateway.customers.repository import ContactType
from gateway.tenants.schemas import Input, Metadata, View

MAX_DUE_DAYS = 3650


def _profile(name: str) -> str:
    if name not in PROFILES:
        raise ValueError(f"is no profile; there are {listed()}")
    return name


ShortText = Annotated[Text, Field(min_length=1, max_length=200)]
Locale = Annotated[
    str,
    Field(pattern=r"^[a-z]{2,3}([-_][A-Z][a-z]{3})?([-_]([A-Z]{2}|[0-9]{3}))?$", examples=["sl"]),
]


class FormatAgreement(Input):
    """What form of invoice was agreed with the customer, and since when."""

    profile: Annotated[Text, AfterValidator(_profile)] | None = Field(
        default=None, description="E.g. `peppol-bis-3`; see `/v1/profiles`."
    )
    channel: (
        Annotated[Text, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$", examples=["email"])] | None
    ) = Field(default=None, description="The way invoices go.")
    valid_from: IsoDate | None = Field(default=None, description="The first day.")
    valid_to: IsoDate | None = Field(default=None, description="The last day.")

    @model_validator(mode="after")
    def _in_order(self) -> "FormatAgreement":
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValueError("valid_to is before valid_from")
        return self

    def holds_on(self, day: datetime.date) -> bool:
        """Tell whether it is in force on a day."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)


class CustomerDetails(Input):
    """What is kept about a customer beside BG-7."""

    tax_number: ShortText | None = Field(
        default=None, description="The tax office's own number, not the VAT identifier."
    )
    iban: ShortText | None = Field(default=None, description="The customer's own bank account.")
    locale: Locale | None = Field(default=None, description="The customer's language.")
    due_days: Annotated[int, Field(strict=True, ge=0, le=MAX_DUE_DAYS)] | None = None
    format_agreement: FormatAgreement | None = None


def _describe(schema: dict[str, Any]) -> None:
    """Add the short names, and that identifiers may be texts."""
    properties = schema["properties"]
    for name in ("identifier", "legal_registration_identifier", "electronic_address"):
        properties[name] = {"anyOf": [{"type": "string"}, *_choices(properties[name])]}
    short = {**SHORT_NAMES["buyer"], **WORDS}
    for word, meant in short.items():
        described = f"Short for `{meant.replace('/', '.')}`; give one of them."
        properties[word] = {
            "anyOf": [{"type": "string"}, {"type": "null"}],
            "description": described,
        }


def _choices(schema: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = schema.get("anyOf", [schema])
    return found


WORDS = {"country": "postal_address/country_code", "peppol_id": "electronic_address"}
"""Short names of customers beside those that buyers have in documents."""


class CustomerInput(CustomerDetails):
    """A customer: BG-7 of EN 16931, or the short form, and what is agreed.

    The same names as `customer` of an invoice: `name`, `email`, `phone`, `contact_name`,
    `address`, `address_2`, `city`, `post_code`, `country` (a code or an English name), `vat_id`,
    `peppol_id` (`9930:DE123456788`), or EN 16931's own.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_extra=_describe)

    name: Annotated[Text, Field(min_length=1, max_length=1000, description="BT-44")]
    trading_name: Text | None = None
    identifier: Identifier | None = None
    legal_registration_identifier: Identifier | None = None
    vat_identifier: Text | None = None
    electronic_address: Identifier | None = None
    postal_address: BuyerPostalAddress | None = None
    contact: BuyerContact | None = None
    extensions: BuyerExtensions | None = None
    reference: Annotated[Text, Field(min_length=1, max_length=MAX_REFERENCE)] | None = Field(
        default=None,
        description="Your own name for the customer, used once in the entity: importing or "
        "naming it again means the same customer. It is not printed; BT-46 (`identifier`) is.",
    )
    contact_type: ContactType = "buyer"
    metadata: Metadata = Field(default_factory=dict)

    def buyer(self) -> Buyer:
        """Return BG-7."""
        return Buyer(**{name: getattr(self, name) for name in Buyer.model_fields})

    def details(self) -> CustomerDetails:
        """Return what is not BG-7."""
        return CustomerDetails(
            **{name: getattr(self, name) for name in CustomerDetails.model_fields}
        )


def _describe_change(schema: dict[str, Any]) -> None:
    """Let every member be null, and none be needed."""
    _describe(schema)
    schema["properties"] = {
        name: {"anyOf": [{"type": "null"}, *_choices(one)]}
        for name, one in schema["properties"].items()
    }
    del schema["required"]


class CustomerChange(CustomerInput):
    """What to change of a customer, as JSON Merge Patch (RFC 7396): null takes a value away."""

    model_config = ConfigDict(json_schema_extra=_describe_change)


class CustomerCheck(View):
    """What was found about one of a customer's numbers, by its form and check digits alone."""

    field: str = Field(examples=["vat_id"])
    value: str
    result: Literal["valid", "invalid", "unknown"]
    reason: str = Field(description="Why it is not `valid`; else empty.")


class CustomerVatKnown(View):
    """What was known last of a customer's VAT number."""

    id: str = Field(examples=["vck_01jd0000000000000000000000"])
    outcome: Literal["valid", "invalid"]
    asked_at: datetime.datetime
    age_seconds: int
    consultation_number: str | None
    name: str | None
    address: str | None


class CustomerVatCheck(View):
    """The last check of a customer's VAT number with the authority; see `/v1/vat-checks`."""

    id: str = Field(examples=["vck_01jd0000000000000000000000"])
    outcome: Literal["valid", "invalid", "unknown"]
    fault: str | None
    asked_at: datetime.datetime
    age_seconds: int
    known: CustomerVatKnown | None = Field(
        description="The last answer that said something; an outage does not take it away."
    )


class CustomerView(View):
    """A customer. `buyer` is what documents take over; the short names say the same."""

    id: str = Field(examples=["cus_01jd0000000000000000000000"])
    object: Literal["customer"] = "customer"
    entity_id: str
    contact_type: ContactType
    reference: str | None
    name: str
    email: str | None
    phone: str | None
    contact_name: str | None
    address: str | None
    address_2: str | None
    city: str | None
    post_code: str | None
    country_code: str | None
    vat_id: str | None
    peppol_id: str | None
    buyer: dict[str, Any]
    tax_number: str | None
    iban: str | None
    locale: str | None
    due_days: int | None
    format_agreement: dict[str, Any] | None
    checks: list[CustomerCheck]
    vat_check: CustomerVatCheck | None = Field(
        description="What the authority said last; null when it was never asked."
    )
    metadata: dict[str, str]
    created_at: datetime.datetime
    updated_at: datetime.datetime
    deleted_at: datetime.datetime | None
    erased_at: datetime.datetime | None = Field(
        description="Since then nothing is known of it but its id."
    )


class CustomerList(View):
    """One page of customers, newest first."""

    object: Literal["list"] = "list"
    data: list[CustomerView]
    next_cursor: str | None
