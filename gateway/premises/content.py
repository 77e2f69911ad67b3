"""What authorities want to know of premises, each in its own words, told apart by `scheme`.

Another country is another model here, and an office (`offices.py`).
"""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from formats.en16931.group import Text
from formats.furs import PremiseIdentifier, SoftwareSupplier
from formats.furs.premise import Address, Property, RealEstate
from gateway.tenants.schemas import Input

_Text10 = Annotated[Text, Field(min_length=1, max_length=10)]
_Text100 = Annotated[Text, Field(min_length=1, max_length=100)]


class FursProperty(Input):
    """A part of a building, by the register of immovable property."""

    cadastral_community: Annotated[int, Field(ge=0, le=9999)]
    building: Annotated[int, Field(ge=0, le=99999)]
    section: Annotated[int, Field(ge=0, le=9999)]


class FursAddress(Input):
    """Where a premise in a building is."""

    street: _Text100
    house_number: _Text10
    house_number_addition: _Text10 | None = None
    community: _Text100 = Field(description="The settlement (naselje).")
    city: Annotated[Text, Field(min_length=1, max_length=40, description="The post office.")]
    postal_code: Annotated[str, Field(pattern="^[0-9]{4}$", examples=["1000"])]


class FursRealEstate(Input):
    """A premise in a building."""

    property: FursProperty
    address: FursAddress


class FursSupplier(Input):
    """Who makes or maintains the software: a tax number, or name and address abroad."""

    tax_number: Annotated[str, Field(pattern="^[1-9][0-9]{7}$")] | None = None
    foreign_name: Annotated[Text, Field(min_length=1, max_length=1000)] | None = None


class FursContent(Input):
    """A premise as FURS, the Slovenian tax authority, is told of it."""

    scheme: Literal["si-furs"]
    premise_type: Literal["A", "B", "C"] | None = Field(
        default=None,
        description="Where it is no part of a building: `A` movable (a vehicle), `B` at a fixed"
        " place (a stand), `C` no premise but the device itself.",
    )
    real_estate: FursRealEstate | None = None
    software_supplier: FursSupplier
    special_notes: Annotated[Text, Field(min_length=1, max_length=1000)] | None = None

    @model_validator(mode="after")
    def _can_be_told(self) -> "FursContent":
        self.identifier()
        self.supplier()
        return self

    def identifier(self) -> PremiseIdentifier:
        """Return what and where it is, in the words of FURS.

        Raises:
            FursError: It is both in a building and not, or neither.
        """
        estate = self.real_estate
        if estate is None:
            return PremiseIdentifier(kind=self.premise_type)
        place = RealEstate(
            property=Property(**estate.property.model_dump()),
            address=Address(**estate.address.model_dump()),
        )
        return PremiseIdentifier(real_estate=place, kind=self.premise_type)

    def supplier(self) -> SoftwareSupplier:
        """Return who makes the software, in the words of FURS.

        Raises:
            FursError: There is neither tax number nor name, or both.
        """
        return SoftwareSupplier(**self.software_supplier.model_dump())


Content = FursContent
"""What the authority of the `scheme` wants to know."""
