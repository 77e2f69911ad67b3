"""Invoices whose texts are as long as a CIUS allows, or longer."""

from collections.abc import Iterable
from typing import Any

from formats.cius.lengths import Limit
from formats.en16931.model import Invoice
from tests.formats.cii.terms import leaves, together


def all_texts_of(limits: Iterable[Limit], *, beyond: int) -> Invoice:
    """Return an invoice with every term, each limited one so many characters over its limit."""
    document = together(tuple(leaves())).model_dump(mode="json")
    most: dict[str, int] = {}
    for limit in limits:
        most[limit.path] = min(limit.most, most.get(limit.path, limit.most))
    for path, length in most.items():
        *groups, field = path.split(".")
        for place in _places(document, groups):
            text = "1" * (length + beyond)
            for identifier in _places(place, [field]):
                if isinstance(identifier, dict):
                    identifier["value"] = text
                else:
                    place[field] = text
    return Invoice.model_validate(document)


def _places(document: Any, groups: list[str]) -> list[Any]:  # noqa: ANN401 - JSON
    places = [document]
    for group in groups:
        inner = [place[group] for place in places]
        places = [
            item for value in inner for item in (value if isinstance(value, list) else [value])
        ]
    return places
