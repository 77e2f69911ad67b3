"""How long a text may be: what a CIUS says of many terms, one line of a table each."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pydantic import BaseModel

from formats.en16931.group import SchemedIdentifier
from formats.en16931.model import Invoice
from formats.en16931.rules.base import XML_SPACE, fatal
from formats.findings import Finding

_SPACES = re.compile(f"[{XML_SPACE}]+")


@dataclass(frozen=True, slots=True)
class Limit:
    """The most characters a text may have.

    Attributes:
        rule: The official id.
        most: Characters, after XPath's `normalize-space`.
        path: Field names from the invoice, dots between; a tuple is gone through.
        term: The business term.
    """

    rule: str
    most: int
    path: str
    term: str


def too_long(invoice: Invoice, limits: Iterable[Limit]) -> Iterator[Finding]:
    """Yield a finding for every text that is longer than its limit."""
    for limit in limits:
        for pointer, text in texts(invoice, limit.path):
            length = len(collapsed(text))
            if length > limit.most:
                yield fatal(
                    limit.rule,
                    pointer,
                    limit.term,
                    f"{limit.term} has {length} characters; {limit.most} are allowed.",
                    "Shorten it.",
                )


def texts(invoice: Invoice, path: str) -> Iterator[tuple[str, str]]:
    """Yield every text at a path with its JSON pointer; an identifier's is its value."""
    places: list[tuple[str, object]] = [("", invoice)]
    for name in path.split("."):
        places = [
            place
            for pointer, group in places
            if isinstance(group, BaseModel)
            for place in _opened(f"{pointer}/{name}", getattr(group, name))
        ]
    for pointer, value in places:
        if isinstance(value, SchemedIdentifier):
            yield f"{pointer}/value", value.value
        elif isinstance(value, str):
            yield pointer, value


def _opened(pointer: str, value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, tuple):
        yield from ((f"{pointer}/{number}", item) for number, item in enumerate(value))
    elif value is not None:
        yield pointer, value


def collapsed(text: str) -> str:
    """Return a text as XPath's `normalize-space` does."""
    return _SPACES.sub(" ", text).strip(" ")
