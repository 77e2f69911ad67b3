"""What the API takes and gives for items."""

import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, ConfigDict, Field, model_validator
from stdnum import ean

from countries.vat.facts import SupplyKind
from formats.en16931.codes.countries import COUNTRIES
from formats.en16931.codes.currencies import CURRENCIES
from formats.en16931.codes.identifiers import ITEM_CLASSIFICATIONS
from formats.en16931.codes.units import UNITS
from formats.en16931.group import Text
from formats.en16931.line import Line
from formats.en16931.money import Percentage, Quantity, UnitPrice
from formats.json.units import unit_code
from gateway.taxes.schemas import WITHOUT_TAX, CategoryCode
from gateway.tenants.schemas import Input, Metadata, View

GTIN_SCHEME = "0160"
_GTIN_LENGTHS = frozenset({8, 12, 13, 14})
_MAX_DIGITS = 30


def _unit(text: str) -> str:
    code = unit_code(text)
    if code not in UNITS:
        raise ValueError(
            'is no unit of UNECE Recommendation 20 or 21; write its code, e.g. "HUR" for hours'
        )
    return code


def _currency(text: str) -> str:
    code = text.strip().upper()
    if code not in CURRENCIES:
        raise ValueError('is no currency of ISO 4217, e.g. "EUR"')
    return code


def _country(text: str) -> str:
    code = text.strip().upper()
    if code not in COUNTRIES:
        raise ValueError('is no country of ISO 3166-1, e.g. "SI"')
    return code


def _gtin(text: str) -> str:
    number = ean.compact(text)
    if not number.isascii() or not number.isdigit() or len(number) not in _GTIN_LENGTHS:
        raise ValueError("is no GTIN: it has 8, 12, 13 or 14 digits")
    if not ean.is_valid(number):
        raise ValueError("has a wrong check digit (GS1, modulo 10)")
    return number


def _sensible(number: Decimal) -> Decimal:
    if number < 0:
        raise ValueError("is less than 0 (BR-27)")
    return _short(number)


def _short(number: Decimal) -> Decimal:
    if len(number.as_tuple().digits) > _MAX_DIGITS:
        raise ValueError(f"has more than {_MAX_DIGITS} digits")
    return number


def _list(code: str) -> str:
    found = code.strip().upper()
    if found not in ITEM_CLASSIFICATIONS:
        raise ValueError("is no list of UNTDID 7143, e.g. STI for CPV or HS")
    return found


ShortText = Annotated[Text, Field(min_length=1, max_length=200)]
Price = Annotated[UnitPrice, AfterValidator(_sensible)]


class Classification(Input):
    """What an item is, in a list of classes (BT-158)."""

    code: ShortText
    list: Annotated[Text, AfterValidator(_list)] = Field(
        description="UNTDID 7143, e.g. `STI` (CPV), `HS`, `TSP` (UNSPSC)."
    )
    version: ShortText | None = None


class Attribute(Input):
    """A property of an item (BG-32)."""

    name: ShortText
    value: Annotated[Text, Field(min_length=1, max_length=1000)]


class ItemInput(Input):
    """An item. VAT is said by `tax_id`, or by category and rate, or left to each document."""

    name: Annotated[Text, Field(min_length=1, max_length=1000, description="BT-153")]
    description: Annotated[Text, Field(max_length=10_000, description="BT-154")] | None = None
    price: Price | None = Field(default=None, description="Without VAT (BT-146).")
    currency_code: Annotated[Text, AfterValidator(_currency)] | None = Field(
        default=None, description="Of the price; without it, the document's."
    )
    base_quantity: Annotated[Quantity, AfterValidator(_short), Field(gt=0)] | None = Field(
        default=None, description="How many the price is for (BT-149)."
    )
    unit: Annotated[Text, AfterValidator(_unit)] | None = Field(
        default=None, description="Code (BT-130) or common word, e.g. `HUR`, `hour`, `kg`."
    )
    vat_category_code: CategoryCode | None = None
    vat_rate: Annotated[Percentage, Field(ge=0, le=100)] | None = None
    tax_id: str | None = Field(default=None, description="One of `/v1/taxes`.")
    supply_kind: SupplyKind | None = Field(
        default=None, description="What it is, where that decides the VAT."
    )
    supply_code: Annotated[Text, Field(min_length=2, max_length=20)] | None = Field(
        default=None,
        description="CN code of goods, CPA 2.1 code of everything else: decides the rate.",
    )
    sku: ShortText | None = Field(
        default=None, description="Your own number (BT-155), used once in the entity."
    )
    gtin: Annotated[Text, AfterValidator(_gtin)] | None = Field(
        default=None, description="GS1's number (BT-157, scheme 0160)."
    )
    buyers_identifier: ShortText | None = Field(default=None, description="BT-156")
    country_of_origin: Annotated[Text, AfterValidator(_country)] | None = None
    classifications: list[Classification] = Field(default_factory=list, max_length=50)
    attributes: list[Attribute] = Field(default_factory=list, max_length=50)
    metadata: Metadata = Field(default_factory=dict)

    @model_validator(mode="after")
    def _agrees(self) -> "ItemInput":
        said = self.vat_category_code is not None or self.vat_rate is not None
        if self.tax_id is not None and said:
            raise ValueError("give tax_id, or vat_category_code and vat_rate, not both")
        if self.vat_category_code in WITHOUT_TAX and self.vat_rate:
            raise ValueError(f"category {self.vat_category_code} has no rate but 0")
        if self.vat_category_code == "S" and self.vat_rate == 0:
            raise ValueError("category S needs a rate above 0; a rate of 0 is category Z or E")
        return self

    def line(self) -> Line:
        """Return what a line takes over, its VAT too where the item says it."""
        standard = {"value": self.gtin, "scheme_identifier": GTIN_SCHEME} if self.gtin else None
        classes = [
            {
                "value": one.code,
                "scheme_identifier": one.list,
                "scheme_version_identifier": one.version,
            }
            for one in self.classifications
        ]
        return Line.model_validate(
            {
                "unit_code": self.unit,
                "item_net_price": self.price,
                "item_price_base_quantity": self.base_quantity,
                "vat_category_code": self.vat_category_code,
                "vat_rate": self.vat_rate,
                "item_name": self.name,
                "item_description": self.description,
                "item_sellers_identifier": self.sku,
                "item_buyers_identifier": self.buyers_identifier,
                "item_standard_identifier": standard,
                "item_classification_identifiers": classes,
                "item_country_of_origin": self.country_of_origin,
                "item_attributes": [one.model_dump() for one in self.attributes],
            }
        )


def _describe_change(schema: dict[str, Any]) -> None:
    """Let every member be null, and none be needed."""
    schema["properties"] = {
        name: {"anyOf": [{"type": "null"}, *one.get("anyOf", [one])]}
        for name, one in schema["properties"].items()
    }
    del schema["required"]


class ItemChange(ItemInput):
    """What to change of an item, as JSON Merge Patch (RFC 7396): null takes a value away."""

    model_config = ConfigDict(json_schema_extra=_describe_change)


class ItemView(View):
    """An item. `line` is what lines of documents take over; the other names say the same."""

    id: str = Field(examples=["itm_01jd0000000000000000000000"])
    object: Literal["item"] = "item"
    entity_id: str
    name: str
    description: str | None
    price: str | None
    currency_code: str | None
    base_quantity: str | None
    unit: str | None
    vat_category_code: str | None = Field(description="Of its tax, where it has one.")
    vat_rate: str | None
    tax_id: str | None
    supply_kind: SupplyKind | None
    supply_code: str | None
    sku: str | None
    gtin: str | None
    buyers_identifier: str | None
    country_of_origin: str | None
    classifications: list[Classification]
    attributes: list[Attribute]
    line: dict[str, Any]
    metadata: dict[str, str]
    created_at: datetime.datetime
    updated_at: datetime.datetime
    deleted_at: datetime.datetime | None


class ItemList(View):
    """One page of items, newest first."""

    object: Literal["list"] = "list"
    data: list[ItemView]
    next_cursor: str | None
