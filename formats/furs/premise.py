"""What FURS is told of a business premise before the first invoice there, and when it closes.

Names and limits: FiscalVerificationSchema.json and .xsd, Tehnična dokumentacija 1.3, 3.2.
"""

import datetime
from dataclasses import dataclass
from typing import Annotated

from typing_extensions import override

from formats.furs.invoice import NOTES, PART, TAX_NUMBER
from formats.furs.kinds import Code, Day, Text, Whole
from formats.furs.structure import Element, Named

_UP_TO_10 = Text(10)
_UP_TO_100 = Text(100)


@dataclass(frozen=True, kw_only=True)
class Property(Element):
    """A part of a building, by the register of immovable property."""

    cadastral_community: Annotated[int, Named("CadastralNumber", Whole(0, 9999))]
    building: Annotated[int, Named("BuildingNumber", Whole(0, 99999))]
    section: Annotated[int, Named("BuildingSectionNumber", Whole(0, 9999))]


@dataclass(frozen=True, kw_only=True)
class Address(Element):
    """Where a premise is.

    Attributes:
        community: The settlement ("naselje").
        city: The post office.
    """

    street: Annotated[str, Named("Street", _UP_TO_100)]
    house_number: Annotated[str, Named("HouseNumber", _UP_TO_10)]
    house_number_addition: Annotated[str | None, Named("HouseNumberAdditional", _UP_TO_10)] = None
    community: Annotated[str, Named("Community", _UP_TO_100)]
    city: Annotated[str, Named("City", Text(40))]
    postal_code: Annotated[str, Named("PostalCode", Text(4, least=4))]


@dataclass(frozen=True, kw_only=True)
class RealEstate(Element):
    """A premise in a building."""

    property: Annotated[Property, Named("PropertyID", Property)]
    address: Annotated[Address, Named("Address", Address)]


@dataclass(frozen=True, kw_only=True)
class PremiseIdentifier(Element):
    """What a premise is: immovable, or one of the others.

    Attributes:
        real_estate: Where it is in a building.
        kind: Where it is not: `A` movable (a vehicle), `B` at a fixed place (a stand), `C` no
            premise but the device, or the book, itself.
    """

    real_estate: Annotated[RealEstate | None, Named("RealEstateBP", RealEstate)] = None
    kind: Annotated[str | None, Named("PremiseType", Code("[ABC]"))] = None

    @override
    def problem(self) -> str | None:
        """It is one of the two."""
        if (self.real_estate is None) == (self.kind is None):
            return "needs either RealEstateBP or PremiseType"
        return None


@dataclass(frozen=True, kw_only=True)
class SoftwareSupplier(Element):
    """Who makes, or maintains, the software.

    Attributes:
        tax_number: Of one in Slovenia.
        foreign_name: Name and address of one elsewhere.
    """

    tax_number: Annotated[str | None, Named("TaxNumber", TAX_NUMBER)] = None
    foreign_name: Annotated[str | None, Named("NameForeign", Text(1000))] = None

    @override
    def problem(self) -> str | None:
        """It is one of the two."""
        if (self.tax_number is None) == (self.foreign_name is None):
            return "needs either TaxNumber or NameForeign"
        return None


@dataclass(frozen=True, kw_only=True)
class BusinessPremise(Element):
    """A business premise.

    Attributes:
        tax_number: Who issues invoices there.
        premise: What it is called on invoices.
        identifier: What and where it is.
        valid_from: When what is said begins to hold.
        closing: `Z` where it closes for good; no invoice can be sent from it afterwards.
        suppliers: Of the software.
        notes: Anything else.
    """

    tax_number: Annotated[str, Named("TaxNumber", TAX_NUMBER)]
    premise: Annotated[str, Named("BusinessPremiseID", PART)]
    identifier: Annotated[PremiseIdentifier, Named("BPIdentifier", PremiseIdentifier)]
    valid_from: Annotated[datetime.date, Named("ValidityDate", Day())]
    closing: Annotated[str | None, Named("ClosingTag", Code("Z"))] = None
    suppliers: Annotated[
        tuple[SoftwareSupplier, ...], Named("SoftwareSupplier", SoftwareSupplier, many=True)
    ]
    notes: Annotated[str | None, Named("SpecialNotes", NOTES)] = None
