"""Business terms in words, as the norm calls them: "Seller VAT identifier" for BT-31.

Our field names are the norm's own words without the name of the group, so the words follow from
group and field; nothing is kept twice.
"""

import functools
import re

from pydantic import BaseModel

_WORDS = re.compile("[A-Z][a-z0-9]*|[A-Z]+(?![a-z])")
_WITHOUT_GROUP = frozenset(
    {"DocumentInput", "DocumentWithSeller", "Invoice", "InvoiceDraft", "InvoiceTerms"}
    | {"Line", "ProcessControl", "Totals"}
)
"""Groups whose terms need no further word: "Number" of the invoice, "Item name" of a line."""
_CAPITALS = {"vat": "VAT", "iban": "IBAN", "id": "ID", "uri": "URI", "gtin": "GTIN"}


@functools.cache
def field_words(group: type[BaseModel], field: str) -> str:
    """Return what a field of a group is called in running text, e.g. `Seller VAT identifier`."""
    words = field.split("_")
    if group.__name__ not in _WITHOUT_GROUP:
        own = [word.lower() for word in _WORDS.findall(group.__name__)]
        words = [*own, *words] if words[: len(own)] != own else words
    text = " ".join(_CAPITALS.get(word, word) for word in words)
    return text[:1].upper() + text[1:]
