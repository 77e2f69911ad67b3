"""The words of the auditors' pages, in the language of the browser."""

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from types import MappingProxyType

from fastapi import Request

from formats.pdf.language import Language, language
from gateway.kinds import DocumentKind

LANGUAGES = ("de", "en", "es", "hr", "pl", "sl")
"""What these pages speak; the first of a browser's wishes that is here counts, else English."""

_TITLES: Mapping[DocumentKind, str] = MappingProxyType(
    {
        DocumentKind.ADVANCE_INVOICE: "title_prepayment",
        DocumentKind.SELF_BILLED_INVOICE: "title_self_billed",
    }
)


@dataclass(frozen=True, slots=True)
class Speech:
    """One language of the pages.

    Attributes:
        words: Ours, by key; all languages have the same.
        printed: Numbers, dates and the words of invoices.
    """

    words: Mapping[str, str]
    printed: Language

    def kind(self, kind: str | None) -> str:
        """Return what a kind of document is called; None is one that was received."""
        if kind is None:
            return self.words["received_document"]
        return self.printed[_TITLES.get(DocumentKind(kind), f"title_{kind}")]


def speech_of(request: Request) -> Speech:
    """Return the language that a browser asks for."""
    return speech(_wanted(request.headers.get("accept-language", "")))


@functools.cache
def speech(code: str) -> Speech:
    """Return a language; one of `LANGUAGES`."""
    source = resources.files("gateway.web") / "audit" / "words" / f"{code}.toml"
    words = tomllib.loads(source.read_text(encoding="utf-8"))
    return Speech(MappingProxyType(words), language(code))


def _wanted(header: str) -> str:
    """Return the first language of a header in its order that is one of ours."""
    for wish in header.split(","):
        code = wish.strip()[:2].lower()
        if code in LANGUAGES:
            return code
    return "en"
