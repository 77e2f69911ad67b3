"""What the API takes and gives for taxes."""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, field_validator, model_validator

from formats.en16931.codes.taxes import VAT_CATEGORIES, VAT_EXEMPTIONS
from formats.en16931.group import IsoDate, Text
from formats.en16931.money import Percentage
from gateway.tenants.schemas import Input, Metadata, Name, View

CATEGORIES: Mapping[str, str] = MappingProxyType(
    {
        "S": "taxed, at a standard or reduced rate",
        "Z": "taxed at the rate zero",
        "E": "exempt",
        "AE": "the buyer owes the tax (reverse charge)",
        "K": "supplied to a business in another member state",
        "G": "exported",
        "O": "outside the scope of VAT",
        "L": "general indirect tax of the Canary Islands (IGIC)",
        "M": "tax of Ceuta and Melilla (IPSI)",
        "B": "split payment",
    }
)
"""VAT categories (UNTDID 5305) in words."""

WITHOUT_TAX = frozenset({"Z", "E", "AE", "K", "G", "O"})
"""Their rate is 0 (BR-Z-05, BR-E-05, BR-AE-05, BR-IC-05, BR-G-05), or absent (BR-O-05)."""

_UNREASONED = frozenset({"S", "Z", "L", "M", "B"})
"""They have no exemption reason (BR-S-10, BR-Z-10, BR-AF-10, BR-AG-10)."""


def category(code: str) -> str:
    """Return a VAT category in capitals.

    Raises:
        ValueError: There is none like it.
    """
    found = code.strip().upper()
    if found not in VAT_CATEGORIES:
        raise ValueError(f"is no VAT category; there are {', '.join(CATEGORIES)}")
    return found


def _exemption(code: str) -> str:
    found = code.strip().upper()
    if found not in VAT_EXEMPTIONS:
        raise ValueError("is no code of the VATEX list, e.g. VATEX-EU-AE")
    return found


CategoryCode = Annotated[Text, AfterValidator(category), Field(examples=["S"])]


class TaxInput(Input):
    """A tax: a name for a VAT category and a rate."""

    name: Name
    category_code: CategoryCode = "S"
    rate: Percentage | None = Field(
        default=None, description="Per cent, e.g. `22`. Needed for S; 0 or none otherwise."
    )
    exemption_reason: Annotated[Text, Field(min_length=1, max_length=1000)] | None = None
    exemption_reason_code: Annotated[Text, AfterValidator(_exemption)] | None = Field(
        default=None, examples=["VATEX-EU-AE"]
    )
    metadata: Metadata = Field(default_factory=dict)

    @field_validator("rate")
    @classmethod
    def _within(cls, rate: Decimal | None) -> Decimal | None:
        exponent = 0 if rate is None else rate.as_tuple().exponent
        if rate is not None and not 0 <= rate <= 100:  # noqa: PLR2004 - per cent
            raise ValueError("is not between 0 and 100 per cent")
        if isinstance(exponent, int) and exponent < -4:  # noqa: PLR2004 - digits
            raise ValueError("has more than four decimals")
        return rate

    @model_validator(mode="after")
    def _agrees(self) -> "TaxInput":
        if self.category_code in WITHOUT_TAX:
            if self.rate:
                raise ValueError(f"category {self.category_code} has no rate but 0")
        elif self.rate is None:
            raise ValueError(f"category {self.category_code} needs a rate")
        elif self.category_code == "S" and not self.rate:
            raise ValueError("category S needs a rate above 0; a rate of 0 is category Z or E")
        given = self.exemption_reason or self.exemption_reason_code
        if given and self.category_code in _UNREASONED:
            raise ValueError(f"category {self.category_code} has no exemption reason")
        return self

    def effective_rate(self) -> Decimal | None:
        """Return the rate, 0 where the category says so, None for category O."""
        if self.category_code == "O":
            return None
        return Decimal(0) if self.rate is None else self.rate


class TaxChange(Input):
    """What to change of a tax, as JSON Merge Patch (RFC 7396): null takes a value away."""

    name: str | None = None
    category_code: str | None = None
    rate: Percentage | None = None
    exemption_reason: str | None = None
    exemption_reason_code: str | None = None
    metadata: dict[str, Any] | None = None


class TaxView(View):
    """A tax."""

    id: str = Field(examples=["tax_01jd0000000000000000000000"])
    object: Literal["tax"] = "tax"
    entity_id: str
    name: str
    category_code: str
    rate: str | None
    exemption_reason: str | None
    exemption_reason_code: str | None
    metadata: dict[str, str]
    created_at: datetime.datetime
    updated_at: datetime.datetime
    deleted_at: datetime.datetime | None


class TaxList(View):
    """One page of taxes, newest first."""

    object: Literal["list"] = "list"
    data: list[TaxView]
    next_cursor: str | None


class Suggestion(View):
    """A tax that the entity's country has; post it to `/v1/taxes` to keep it."""

    name: str
    category_code: str
    rate: str | None
    exemption_reason_code: str | None
    since: IsoDate | None = Field(description="The first day of the rate.")
    until: IsoDate | None
    source: str | None = Field(description="The act.")
    confidence: str | None = Field(description="How sure we are; see docs/countries.md.")


class SuggestionList(View):
    """Taxes of the entity's country on a day."""

    object: Literal["list"] = "list"
    country_code: str
    date: IsoDate
    data: list[Suggestion]
    next_cursor: None = None
