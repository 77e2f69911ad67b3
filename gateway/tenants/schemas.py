"""What the API takes and gives for entities, and the words that all of tenants share."""

import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from formats.en16931.group import Text
from formats.en16931.party import Seller
from formats.registry import PROFILES
from gateway.compliance.profiles import listed
from gateway.tenants.country_names import country_code

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


def _profile(name: str) -> str:
    if name not in PROFILES:
        raise ValueError(f"is no profile; there are {listed()}")
    return name


CountryCode = Annotated[
    str,
    Field(max_length=60, description="ISO 3166-1 alpha-2 code, or the English name."),
    AfterValidator(_country),
]


class Input(BaseModel):
    """Base of what the API takes: unknown names are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class EntitySettings(Input):
    """How an entity's documents are made when they do not say otherwise."""

    default_profile: Annotated[str, AfterValidator(_profile)] | None = Field(
        default=None, description="E.g. `peppol-bis-3`."
    )


class EntityInput(Input):
    """A business customer of yours, who issues invoices.

    `seller` is BG-4 of EN 16931 and goes on every invoice; what is missing there is taken from
    `name` (BT-27) and `country_code` (BT-40).
    """

    name: Name
    country_code: CountryCode
    seller: Seller = Seller()
    settings: EntitySettings = EntitySettings()
    metadata: Metadata = {}


class EntityChange(Input):
    """What to change of an entity, as JSON Merge Patch (RFC 7396): null takes a value away."""

    name: Name | None = None
    seller: dict[str, Any] | None = None
    settings: dict[str, Any] | None = None
    metadata: dict[str, Any] | None = None


class View(BaseModel):
    """Base of what the API gives."""

    model_config = ConfigDict(extra="forbid")


class EntityView(View):
    """An entity."""

    id: str = Field(examples=["ent_01jd0000000000000000000000"])
    object: Literal["entity"] = "entity"
    environment: Environment
    name: str
    country_code: str
    seller: dict[str, Any]
    settings: dict[str, Any]
    metadata: dict[str, str]
    created_at: datetime.datetime
    updated_at: datetime.datetime


class EntityList(View):
    """One page of entities, newest first."""

    object: Literal["list"] = "list"
    data: list[EntityView]
    next_cursor: str | None
