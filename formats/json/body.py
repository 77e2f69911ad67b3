"""The body of `POST /v1/invoices`: EN 16931's own names, or the short form, and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel, Field, ValidationError

from formats.en16931.draft import InvoiceDraft
from formats.en16931.group import Text
from formats.en16931.terms import Term
from formats.json.aliases import AliasClashError, PointerMap, canonical
from formats.json.blanks import without_blanks
from formats.json.codes import in_their_lists
from formats.json.shape import wrong_parts

Model = TypeVar("Model", bound=BaseModel)

LabelName = Annotated[Text, Field(min_length=1, max_length=40)]
LabelValue = Annotated[Text, Field(max_length=500)]


class DocumentInput(InvoiceDraft):
    """An invoice to be: EN 16931 terms under their own names; the seller comes from the entity.

    Many fields have a short name (`customer` for `buyer`, `items` for `lines`, `price`, `city`);
    give one of the two. A `note` may be a text, and payment instructions one object. Amounts that
    are left out are computed; amounts that are given are compared with what is computed. A
    quantity without unit counts pieces (C62), and common unit words become codes; codes in small
    letters are put as their lists spell them; a domestic line that says nothing of VAT bears the
    standard rate of the day; VAT categories AE, K, G and O get their own reason code where none
    is given.
    """

    number: Annotated[Text | None, Term("BT-1"), Field(max_length=200)] = None
    series: Text | None = Field(
        default=None,
        description="Code of the series that numbers the document; default INV or CRN. "
        "With `number`, a series of kind `external` (default EXT).",
    )
    profile: Text | None = Field(
        default=None, description="How to write it down, e.g. `peppol-bis-3` (the default)."
    )
    metadata: dict[LabelName, LabelValue] = Field(
        default_factory=dict, max_length=50, description="Your own references; filterable."
    )


class BodyRefusedError(ValueError):
    """A value has not the shape of a body.

    Attributes:
        parts: JSON pointers into the value as sent, each with what is wrong there.
    """

    def __init__(self, parts: list[tuple[str, str]]) -> None:
        super().__init__("; ".join(f"{pointer or '/'} {message}" for pointer, message in parts))
        self.parts = parts


@dataclass(frozen=True, slots=True)
class Shaped(Generic[Model]):
    """A value that has the right shape, and the way back to what was sent."""

    input: Model
    pointers: PointerMap


def shaped(model: type[Model], value: object) -> Shaped[Model]:
    """Check the shape of a parsed JSON value: aliases renamed, codes as in their lists, no blanks.

    Raises:
        BodyRefusedError: A field is unknown, missing, given twice or of the wrong type.
    """
    if not isinstance(value, Mapping):
        raise BodyRefusedError([("", "must be a JSON object")])
    try:
        renamed, pointers = canonical(value)
    except AliasClashError as clash:
        raise BodyRefusedError([(clash.pointer, str(clash))]) from None
    try:
        return Shaped(model.model_validate(without_blanks(in_their_lists(renamed))), pointers)
    except ValidationError as error:
        parts = wrong_parts(error.errors(include_url=False), model)
        raise BodyRefusedError(
            [(pointers.as_sent(place), text) for place, text in parts]
        ) from None
