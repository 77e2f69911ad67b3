"""Labelled values, the words most of an invoice is made of, and what no template knows by name."""

import datetime
from collections.abc import Collection, Iterator
from decimal import Decimal

from pydantic import BaseModel

from formats.en16931.group import BinaryObject, SchemedIdentifier
from formats.en16931.terms import Term
from formats.pdf.language import Language

Fact = tuple[str, str]
"""A label and a value, both as printed."""


def facts(language: Language, *pairs: tuple[str, str | None]) -> list[Fact]:
    """Return what has a value, under the language's word for its key."""
    return [(language[key], value) for key, value in pairs if value]


def text_of(identifier: SchemedIdentifier | None) -> str | None:
    """Return an identifier with its scheme behind it."""
    if identifier is None:
        return None
    scheme = " ".join(
        part
        for part in (identifier.scheme_identifier, identifier.scheme_version_identifier)
        if part
    )
    return f"{identifier.value} ({scheme})" if scheme else identifier.value


def day(language: Language, value: datetime.date | None) -> str | None:
    """Return a day as printed, or None."""
    return None if value is None else language.date(value)


def span(language: Language, start: datetime.date | None, end: datetime.date | None) -> str | None:
    """Return a period as printed; an open end stays open."""
    if start is None and end is None:
        return None
    return " \u2013 ".join(day(language, value) or "…" for value in (start, end))


def with_code(text: str | None, code: str | None) -> str | None:
    """Return a text with its code behind it, or the one that there is."""
    return f"{text} ({code})" if text and code else text or code


def rest(group: BaseModel | None, shown: Collection[str], language: Language) -> list[Fact]:
    """Return the terms of a group that its view does not name: extensions, terms to come.

    They go under their field's name and business term, so that nothing an invoice holds is
    missing from the page.
    """
    return [] if group is None else list(_rest(group, shown, language, ""))


def _rest(
    group: BaseModel, shown: Collection[str], language: Language, prefix: str
) -> Iterator[Fact]:
    for name, field in type(group).model_fields.items():
        value = getattr(group, name)
        if name in shown or value is None or value == ():
            continue
        term = next((item.id for item in field.metadata if isinstance(item, Term)), "")
        words = name.replace("_", " ")
        label = f"{prefix}{words if prefix else words.capitalize()}"
        yield from _facts_of(value, f"{label} {term}".strip(), label, language)


def _facts_of(value: object, label: str, prefix: str, language: Language) -> Iterator[Fact]:
    match value:
        case tuple() | list():
            for item in value:
                yield from _facts_of(item, label, prefix, language)
        case SchemedIdentifier():
            yield label, text_of(value) or ""
        case BinaryObject():
            yield label, file_of(value)
        case BaseModel():
            own = "" if prefix == "Extensions" else f"{prefix}: "
            yield from _rest(value, (), language, own)
        case bool():
            yield label, str(value).lower()
        case Decimal():
            yield label, language.number(value)
        case datetime.date():
            yield label, language.date(value)
        case _:
            yield label, str(value)


def file_of(file: BinaryObject) -> str:
    """Return an attached file's name, kind and size."""
    return f"{file.filename} ({file.mime_code}, {len(file.content)} B)"
