"""What the API takes and gives for entities, and the words that all of tenants share."""

import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from formats.en16931.group import Text
from formats.en16931.party import Seller
from gateway.tenants.country_names import country_code
from gateway.tenants.setting_values import CurrencyCode, Locale
from gateway.tenants.settings import EntitySettings, SharedSettings

Name = Annotated[Text, Field(min_length=1, max_length=200)]
Metadata = Annotated[
    dict[
        Annotated[Text, Field(min_length=1, max_length=40)], Annotated[Text, Field(max_length=500)]
    ],
    Field(max_length=50, description="Your own references: up to 50 names with short texts."),
]
Environment = Literal["sandbox", "live"]


def _country(text: str) -> str:
    code = country_code(text)
    if code is None:
        raise ValueError('is no country we know; write its ISO 3166-1 code, e.g. "SI"')
    return code


CountryCode = Annotated[
    str,
    Field(max_length=60, description="ISO 3166-1 alpha-2 code, or the English or native name."),
    AfterValidator(_country),
]


class Input(BaseModel):
    """Base of what the API takes: unknown names are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ShortNames(Input):
    """The short form: each name stands for a longer one, and only one of the two may be given."""

    country: CountryCode | None = Field(default=None, description="Same as `country_code`.")
    address: Text | None = Field(default=None, description="seller.postal_address.line_1")
    address_2: Text | None = Field(default=None, description="seller.postal_address.line_2")
    city: Text | None = Field(default=None, description="seller.postal_address.city")
    post_code: Text | None = Field(default=None, description="seller.postal_address.post_code")
    state: Text | None = Field(
        default=None, description="seller.postal_address.country_subdivision"
    )
    vat_id: Text | None = Field(default=None, description="seller.vat_identifier")
    tax_number: Text | None = Field(default=None, description="seller.tax_registration_identifier")
    company_number: Text | None = Field(
        default=None, description="seller.legal_registration_identifier"
    )
    email: Text | None = Field(default=None, description="seller.contact.email_address")
    phone: Text | None = Field(default=None, description="seller.contact.telephone_number")
    contact_name: Text | None = Field(default=None, description="seller.contact.point")
    currency_code: CurrencyCode | None = Field(default=None, description="settings.currency_code")
    locale: Locale | None = Field(default=None, description="settings.locale")


class EntityInput(Input):
    """An entity by its long names."""

    name: Name
    country_code: CountryCode
    seller: Seller = Seller()
    settings: EntitySettings = EntitySettings()
    metadata: Metadata = {}


class EntityBody(ShortNames):
    """A business customer of yours, who issues invoices.

    `seller` is BG-4 of EN 16931 and goes on every invoice; what is missing there is taken from
    `name` (BT-27) and `country_code` (BT-40). `country` or `country_code` is required.
    """

    name: Name
    country_code: CountryCode | None = None
    seller: Seller = Seller()
    settings: EntitySettings = EntitySettings()
    metadata: Metadata = {}


class EntityChange(ShortNames):
    """What to change of an entity, as JSON Merge Patch (RFC 7396): null takes a value away.

    Country, VAT identifier and tax registration stay as they are once documents are issued.
    """

    name: Name | None = None
    country_code: CountryCode | None = None
    seller: dict[str, Any] | None = None
    settings: dict[str, Any] | None = None
    metadata: dict[str, Any] | None = None


class AccountInput(Input):
    """An account, as it may be changed."""

    name: Name
    settings: SharedSettings = SharedSettings()
    metadata: Metadata = {}


class AccountChange(Input):
    """What to change of the account, as JSON Merge Patch (RFC 7396): null takes a value away.

    `settings` hold for every entity of the environment that does not say otherwise.
    """

    name: Name | None = None
    settings: dict[str, Any] | None = None
    metadata: dict[str, Any] | None = None


class View(BaseModel):
    """Base of what the API gives."""

    model_config = ConfigDict(extra="forbid")


class AccountView(View):
    """An account, with its settings in the environment of the key."""

    id: str = Field(examples=["acc_01jd0000000000000000000000"])
    object: Literal["account"] = "account"
    environment: Environment
    name: str
    settings: dict[str, Any]
    metadata: dict[str, str]
    created_at: datetime.datetime
    updated_at: datetime.datetime


class VatRateView(View):
    """A VAT rate in force today."""

    name: str
    percent: str


class CountryDefaultsView(View):
    """What holds because of the country, where the settings are silent."""

    currency_code: str | None
    locale: str
    time_zone: str
    eu_member: bool
    vat_rates: list[VatRateView]
    country_declared: bool = Field(description="Whether the country's law is known here.")


class EntityView(View):
    """An entity."""

    id: str = Field(examples=["ent_01jd0000000000000000000000"])
    object: Literal["entity"] = "entity"
    environment: Environment
    name: str
    country_code: str
    seller: dict[str, Any]
    settings: dict[str, Any] = Field(description="The entity's own.")
    inherited_settings: dict[str, Any] = Field(
        description="The account's, which hold where the entity's own are silent."
    )
    defaults: CountryDefaultsView
    metadata: dict[str, str]
    created_at: datetime.datetime
    updated_at: datetime.datetime


class EntityList(View):
    """One page of entities, newest first."""

    object: Literal["list"] = "list"
    data: list[EntityView]
    next_cursor: str | None
