"""What e-SLOG 2.0 has room for: every term but those of attached documents."""

from collections.abc import Iterator
from typing import get_args

from pydantic import BaseModel

from formats.en16931.extensions.slovenia import ESlogExtension
from formats.en16931.leaves import group_terms
from formats.en16931.model import AdditionalSupportingDocument, Invoice


def carried() -> frozenset[str]:
    """Return the ids of the terms that an e-SLOG document carries.

    Attached documents (BG-24) are no part of INVOIC; they travel beside it, in the envelope.
    """
    homeless = set(_terms(AdditionalSupportingDocument))
    return frozenset({*_terms(Invoice), *_terms(ESlogExtension)} - homeless)


def _terms(group: type[BaseModel]) -> Iterator[str]:
    for term in group_terms(group).values():
        yield from term.ids
    for name, field in group.model_fields.items():
        if name != "extensions":
            for inner in _inside(field.annotation):
                yield from _terms(inner)


def _inside(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _inside(argument)
