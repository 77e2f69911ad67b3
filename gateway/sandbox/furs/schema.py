"""The authority's own reading of FiscalVerificationSchema.json: what a message may look like.

Written from the published schema by hand, as data: an object is its members, each with what it may
be and whether it must be there. `faults` says what is wrong.
"""

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

Check = Callable[[Any], bool]
"""Tells whether a value is right."""

_UUID = re.compile("-".join(f"[a-fA-F0-9]{{{count}}}" for count in (8, 4, 4, 4, 12)))
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?", re.ASCII)
_MOST = 1000  # members of an array
_AMOUNT = 10**14
_RATE = 99999
_YEARS = range(1900, 2200)  # others cannot be reckoned with in every zone


def text(least: int, most: int, pattern: str = "(?s:.*)") -> Check:
    """Return a check for strings."""
    whole = re.compile(pattern, re.ASCII)
    return lambda value: (
        isinstance(value, str) and least <= len(value) <= most and bool(whole.fullmatch(value))
    )


def number(least: float, most: float, decimals: int = 0, *, without: bool = False) -> Check:
    """Return a check for numbers.

    Args:
        least: Bound.
        most: Bound.
        decimals: So many at most.
        without: The bounds themselves are not taken.
    """

    def check(value: Any) -> bool:  # noqa: ANN401 - JSON
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            return False
        said = Decimal(value)
        inside = least < said < most if without else least <= said <= most
        return inside and said == round(said, decimals)

    return check


def _is_moment(value: Any) -> bool:  # noqa: ANN401 - JSON
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        return False
    try:
        return datetime.datetime.fromisoformat(value).year in _YEARS
    except ValueError:
        return False


def _is_day(value: Any) -> bool:  # noqa: ANN401 - JSON
    """Tell whether it is a day: the schema says date-time, the manual's examples are days."""
    if _is_moment(value):
        return True
    try:
        return isinstance(value, str) and value == datetime.date.fromisoformat(value).isoformat()
    except ValueError:
        return False


def _is_flag(value: Any) -> bool:  # noqa: ANN401 - JSON
    return isinstance(value, bool)


@dataclass(frozen=True, slots=True)
class Several:
    """An array of objects."""

    of: "Shape"
    least: int = 1


@dataclass(frozen=True, slots=True)
class Shape:
    """An object.

    Attributes:
        must: Members that must be there.
        may: Members that may.
        choice: Of these, exactly one must be there.
    """

    must: "Mapping[str, Check | Shape | Several]"
    may: "Mapping[str, Check | Shape | Several]"
    choice: tuple[str, ...] = ()


def faults(shape: Shape, value: Any, at: str = "") -> Iterator[str]:  # noqa: ANN401 - JSON
    """Return where a value is not of a shape."""
    if not isinstance(value, dict):
        yield f"{at or '/'} is no object"
        return
    known = {**shape.must, **shape.may}
    yield from (f"{at}/{name} is missing" for name in shape.must if name not in value)
    if shape.choice and sum(name in value for name in shape.choice) != 1:
        yield f"{at} must have one of {', '.join(shape.choice)}"
    for name, said in value.items():
        if name not in known:
            yield f"{at}/{name} is not known"
        else:
            yield from _member(known[name], said, f"{at}/{name}")


def _member(
    wanted: Check | Shape | Several,
    said: Any,  # noqa: ANN401 - JSON
    at: str,
) -> Iterator[str]:
    if isinstance(wanted, Shape):
        yield from faults(wanted, said, at)
    elif isinstance(wanted, Several):
        if not isinstance(said, list) or not wanted.least <= len(said) <= _MOST:
            yield f"{at} is no array of {wanted.least} to {_MOST}"
            return
        for place, one in enumerate(said):
            yield from faults(wanted.of, one, f"{at}/{place}")
    elif not wanted(said):
        yield f"{at} is not as it must be"


_PART = text(1, 20, "[0-9a-zA-Z]*")
_UP_TO_20 = text(1, 20)
_TAX = number(10_000_000, 99_999_999)
_MONEY = number(-_AMOUNT, _AMOUNT, 2, without=True)
_PERCENT = number(-_RATE, _RATE, 2)
_NOTES = text(0, 1000)

_HEADER = Shape(
    {
        "MessageID": lambda value: isinstance(value, str) and bool(_UUID.fullmatch(value)),
        "DateTime": _is_moment,
    },
    {},
)
_IDENTIFIER = Shape(
    {
        "BusinessPremiseID": _PART,
        "ElectronicDeviceID": _PART,
        "InvoiceNumber": text(1, 20, r"\d*"),  # digits: FiscalVerificationSchema.xsd
    },
    {},
)
_BOOK = Shape(
    {"InvoiceNumber": _UP_TO_20, "SetNumber": text(2, 2), "SerialNumber": text(12, 12)}, {}
)
_SELLER = Shape(
    {},
    {
        "SellerTaxNumber": _TAX,
        "VAT": Several(
            Shape({"TaxRate": _PERCENT, "TaxableAmount": _MONEY, "TaxAmount": _MONEY}, {})
        ),
        "FlatRateCompensation": Several(
            Shape(
                {
                    "FlatRateRate": _PERCENT,
                    "FlatRateTaxableAmount": _MONEY,
                    "FlatRateAmount": _MONEY,
                },
                {},
            )
        ),
        "OtherTaxesAmount": _MONEY,
        "ExemptVATTaxableAmount": _MONEY,
        "ReverseVATTaxableAmount": _MONEY,
        "NontaxableAmount": _MONEY,
        "SpecialTaxRulesAmount": _MONEY,
    },
)
_REFERENCES: Mapping[str, Several] = {
    "ReferenceInvoice": Several(
        Shape(
            {
                "ReferenceInvoiceIdentifier": _IDENTIFIER,
                "ReferenceInvoiceIssueDateTime": _is_moment,
            },
            {},
        )
    ),
    "ReferenceSalesBook": Several(
        Shape({"ReferenceSalesBookIdentifier": _BOOK, "ReferenceSalesBookIssueDate": _is_day}, {})
    ),
}
_SALE: Mapping[str, Check | Shape | Several] = {
    "TaxNumber": _TAX,
    "InvoiceAmount": _MONEY,
    "PaymentAmount": _MONEY,
    "TaxesPerSeller": Several(_SELLER),
}
_INVOICE = Shape(
    {
        **_SALE,
        "IssueDateTime": _is_moment,
        "NumberingStructure": text(1, 1, "[BC]"),
        "InvoiceIdentifier": _IDENTIFIER,
        "ProtectedID": text(32, 32),
    },
    {
        **_REFERENCES,
        "CustomerVATNumber": _UP_TO_20,
        "ReturnsAmount": _MONEY,
        "OperatorTaxNumber": _TAX,
        "ForeignOperator": _is_flag,
        "SubsequentSubmit": _is_flag,
        "SpecialNotes": _NOTES,
    },
)
_BOOK_INVOICE = Shape(
    {**_SALE, "IssueDate": _is_day, "BusinessPremiseID": _PART},
    {
        **_REFERENCES,
        "SalesBookIdentifier": _BOOK,
        "CustomerVATNumber": _UP_TO_20,
        "ReturnsAmount": _MONEY,
        "SpecialNotes": _NOTES,
    },
)
_REAL_ESTATE = Shape(
    {
        "PropertyID": Shape(
            {
                "CadastralNumber": number(0, 9999),
                "BuildingNumber": number(0, 99999),
                "BuildingSectionNumber": number(0, 9999),
            },
            {},
        ),
        "Address": Shape(
            {
                "Street": text(1, 100),
                "HouseNumber": text(1, 10),
                "Community": text(1, 100),
                "City": text(1, 100),
                "PostalCode": text(4, 4),
            },
            {"HouseNumberAdditional": text(1, 10)},
        ),
    },
    {},
)
_PREMISE = Shape(
    {
        "TaxNumber": _TAX,
        "BusinessPremiseID": _PART,
        "BPIdentifier": Shape(
            {},
            {"RealEstateBP": _REAL_ESTATE, "PremiseType": text(1, 1, "[ABC]")},
            ("RealEstateBP", "PremiseType"),
        ),
        "ValidityDate": _is_day,
        "SoftwareSupplier": Several(
            Shape(
                {},
                {"TaxNumber": _TAX, "NameForeign": text(1, 1000)},
                ("TaxNumber", "NameForeign"),
            ),
            0,
        ),
    },
    {"ClosingTag": text(1, 1, "Z"), "SpecialNotes": text(1, 1000)},
)

INVOICES = Shape(
    {
        "InvoiceRequest": Shape(
            {"Header": _HEADER},
            {"Invoice": _INVOICE, "SalesBookInvoice": _BOOK_INVOICE},
            ("Invoice", "SalesBookInvoice"),
        )
    },
    {},
)
"""What goes to `invoices`."""

PREMISES = Shape(
    {"BusinessPremiseRequest": Shape({"Header": _HEADER, "BusinessPremise": _PREMISE}, {})}, {}
)
"""What goes to `invoices/register`."""
