"""An invoice with one extension term, for every one of them."""

import copy
import types
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from formats.en16931.extensions.parties import TradeAddress, TradeContact, TradeParty
from formats.en16931.group import BinaryObject, SchemedIdentifier
from formats.en16931.model import Invoice
from tests.formats.en16931.norm.model import ModelField, fields
from tests.formats.ubl.examples import full_invoice

_PARTIES = (TradeAddress, TradeContact, TradeParty)


@dataclass(frozen=True)
class ExtensionTerm:
    """A term of an extension that can be filled alone.

    Attributes:
        ids: What it is called, by whom it is defined first.
        pointer: JSON pointer to it in an invoice.
        value: A sample, as in JSON.
    """

    ids: tuple[str, ...]
    pointer: str
    value: Any

    @property
    def place(self) -> str:
        """The pointer without numbers: what tests name a term by."""
        return "/".join(step for step in self.pointer.split("/") if not step.isdigit())


def extension_terms() -> Iterator[ExtensionTerm]:
    """Yield every extension term of the model, those of parties by each part."""
    for field in fields(Invoice, extensions=True):
        term = field.terms[0]
        kind, several = _kind(field.annotation)
        if kind in _PARTIES:
            pointer = f"{field.pointer}/0" if several else field.pointer
            parts = dict(term.parts)
            yield from _parts(kind, pointer, "", parts)
        elif not (isinstance(kind, type) and issubclass(kind, BaseModel)) or kind in (
            SchemedIdentifier,
            BinaryObject,
        ):
            sample = _sample(kind, field)
            yield ExtensionTerm(term.ids, field.pointer, [sample] if several else sample)


def _parts(
    model: type[BaseModel], pointer: str, path: str, names: dict[str, tuple[str, ...]]
) -> Iterator[ExtensionTerm]:
    for name, info in model.model_fields.items():
        kind, several = _kind(info.annotation)
        here = f"{path}.{name}".lstrip(".")
        if kind in _PARTIES:
            inner = f"{pointer}/{name}/0" if several else f"{pointer}/{name}"
            yield from _parts(kind, inner, here, names)
        elif here in names:
            sample = _sample(kind, None)
            yield ExtensionTerm(names[here], f"{pointer}/{name}", [sample] if several else sample)


def _kind(annotation: Any) -> tuple[Any, bool]:  # noqa: ANN401 - annotations are of any kind
    """Return what an annotation holds, and whether it holds several."""
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _kind(args[0])
    if origin in {Union, types.UnionType}:
        return _kind(next(arg for arg in args if arg is not type(None)))
    if origin is tuple:
        return _kind(args[0])[0], True
    return annotation, False


def _sample(kind: Any, field: ModelField | None) -> Any:  # noqa: ANN401 - JSON
    samples: dict[Any, Any] = {
        str: "A1",
        bool: True,
        Decimal: "2.5",
        date: "2026-11-05",
        SchemedIdentifier: {"value": "123456", "scheme_identifier": "0088"},
        BinaryObject: {"content": "aGVsbG8=", "mime_code": "text/plain", "filename": "a.txt"},
    }
    if field is not None and field.name.endswith("_time"):
        return "12:30:00+01:00"
    if field is not None and field.name.endswith("subject_code"):
        return "AAI"
    return samples[kind]


def only(term: ExtensionTerm, companions: dict[str, Any]) -> Invoice:
    """Return an invoice that says all of EN 16931, one extension term and its companions.

    A companion of None takes away what the invoice says there.
    """
    document = copy.deepcopy(full_invoice().model_dump(mode="json", exclude_none=True))
    for pointer, value in ({term.pointer: term.value} | companions).items():
        _put(document, pointer.strip("/").split("/"), value)
    return Invoice.model_validate(document)


def _put(place: Any, path: list[str], value: Any) -> None:  # noqa: ANN401 - JSON
    for step, following in pairwise(path):
        if isinstance(place, list):
            while len(place) <= int(step):
                place.append({})
            place = place[int(step)]
        else:
            if step not in place:
                place[step] = [] if following.isdigit() else {}
            place = place[step]
    place[path[-1]] = value


def said(invoice: Invoice, pointer: str) -> Any:  # noqa: ANN401 - JSON
    """Return what an invoice says at a pointer, None when nothing."""
    place: Any = invoice.model_dump(mode="json", exclude_none=True)
    for step in pointer.strip("/").split("/"):
        if isinstance(place, list):
            place = place[int(step)] if int(step) < len(place) else None
        elif place is not None:
            place = place.get(step)
    return place
