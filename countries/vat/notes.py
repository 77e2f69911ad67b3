"""The texts that an invoice prints about its VAT (BT-120), by language."""

import tomllib
from collections.abc import Mapping
from importlib import resources
from types import MappingProxyType

from countries.vat.decision import Decision

FALLBACK = "en"


def _read() -> Mapping[str, Mapping[str, str]]:
    text = resources.files("countries.vat").joinpath("notes.toml").read_text("utf-8")
    return MappingProxyType(
        {key: MappingProxyType(texts) for key, texts in tomllib.loads(text).items()}
    )


NOTES: Mapping[str, Mapping[str, str]] = _read()
"""By key, then by language (ISO 639-1)."""


def note(decision: Decision, language: str = FALLBACK) -> str:
    """Return what the invoice says of a decision; "" when nothing needs saying.

    A text that a country's law prescribes is printed as it is, in that country's language.

    Args:
        decision: A decision.
        language: ISO 639-1; English for those that we have no texts of.
    """
    if decision.said or not decision.note:
        return decision.said
    texts = NOTES[decision.note]
    return texts.get(language[:2].lower(), texts[FALLBACK])
