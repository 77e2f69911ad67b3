"""The names that a place of a body knows, and which of them an unknown one was meant to be."""

import difflib
from collections.abc import Iterator, Sequence
from typing import Any, get_args

from pydantic import BaseModel

from formats.json.aliases import short_names_at

_MEANT = {
    "date": ("issue_date",),
    "discount": ("allowances", "item_price_discount"),
    "id": ("number", "identifier"),
    "invoice_date": ("issue_date",),
    "invoice_number": ("number",),
    "iban": ("payment_instructions",),
    "postal_code": ("post_code",),
    "reference": ("buyer_reference",),
    "street": ("address", "line_1"),
    "tax": ("vat_rate",),
    "tax_rate": ("vat_rate",),
    "title": ("name",),
    "total": ("expected_total",),
    "unit_price": ("price",),
    "vat": ("vat_rate", "vat_id"),
    "zip": ("post_code",),
}
"""Names that people try, and what each is called here, where the place knows it."""

_SUGGESTED = 3


def known_names(model: type[BaseModel], path: Sequence[int | str]) -> tuple[str, ...]:
    """Return every name that an object knows, the short ones too; none where there is no object.

    Args:
        model: Of the body.
        path: To the object, by EN 16931's own names.
    """
    groups: tuple[type[BaseModel], ...] = (model,)
    for name in path:
        if isinstance(name, str):
            groups = tuple(
                inner
                for group in groups
                if name in group.model_fields
                for inner in _groups(group.model_fields[name].annotation)
            )
    fields = (name for group in groups for name in group.model_fields)
    return tuple(sorted({*fields, *short_names_at(path)}))


def unknown_name(name: str, known: Sequence[str]) -> str:
    """Say that a name is not known, and which was probably meant, or all there are."""
    text = "is not a name we know here"
    if not known:
        return text
    meant = [one for one in _MEANT.get(name.lower(), ()) if one in known]
    close = difflib.get_close_matches(name.lower(), known, _SUGGESTED, 0.7)
    within = [one for one in known if len(name) > _SUGGESTED and name.lower() in one.split("_")]
    nearest = list(dict.fromkeys([*meant, *close, *within]))[:_SUGGESTED]
    if nearest:
        return f"{text}; did you mean {' or '.join(nearest)}?"
    return f"{text}; known are {', '.join(known)}"


def _groups(annotation: Any) -> Iterator[type[BaseModel]]:  # noqa: ANN401 - typing's own forms
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _groups(inner)
