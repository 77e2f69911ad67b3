"""The catalogues: which message a code has, and the messages in every language."""

import functools
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

LANGUAGES = ("en", "de", "fr", "it", "es", "sl")
"""The first is what is spoken when another is asked for."""

AUTHORITIES = ("sdi", "ksef", "furs", "cis", "aeat")
"""Who answers with codes of their own, as they are written in front of a code: `sdi:00400`."""

UNKNOWN = "unknown"
"""The message of a code that no catalogue has."""

_TERM = re.compile(r"B[TG]-(?:DEX-)?[0-9]+")
_GROUP = re.compile(r"\$([0-9])")
_REFERENCES = (
    ("PEPPOL-EN16931-", "OpenPeppol, Peppol BIS Billing 3.0, {code}"),
    ("PEPPOL-", "OpenPeppol, {code}"),
    ("BR-DEX-", "KoSIT, XRechnung 3.0 Extension, {code}"),
    ("BR-DE-CVD", "KoSIT, XRechnung CVD, {code}"),
    ("BR-DE-", "KoSIT, XRechnung 3.0, {code}"),
    ("BR-TMP-", "KoSIT, XRechnung 3.0, {code}"),
    ("UBL-", "CEN/TS 16931-3-2 (UBL), {code}"),
    ("CII-", "CEN/TS 16931-3-3 (CII), {code}"),
    ("BR-CL-", "EN 16931-1, 6.5 and the code lists of CEF, {code}"),
    ("BR-RO-", "CIUS-RO, {code}"),
    ("BR-NL-", "NLCIUS, {code}"),
    ("BR-FR", "AFNOR XP Z12-012, {code}"),
    ("BR-", "EN 16931-1, business rule {code}"),
    ("XSD-", "W3C XML Schema 1.0"),
    ("XML-", "W3C XML 1.0"),
    ("JSON-", "RFC 8259 (JSON)"),
    ("DE-R-", "OpenPeppol, Peppol BIS Billing 3.0, {code}"),
    ("TIME-", "Gateway, docs/validation.md"),
    ("RULE-", "ISO/IEC 19757-3 (Schematron)"),
    ("GW-", "Gateway, docs/rules.md, {code}"),
    ("SI-", "Gateway, docs/rules.md, {code}"),
    ("ES-", "Gateway, docs/rules.md, {code}"),
    ("BODY-", "Gateway, docs/api.md"),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of a code, in no language yet.

    Attributes:
        message: Key of the message.
        arguments: What goes into it, see `rules.toml`.
        reference: Where the rule is laid down.
        exact: Whether the entry is the code's own; else it is that of a family or range.
        authority: Who answers with it; None for rules.
        term: The business term concerned.
    """

    message: str
    arguments: tuple[str, ...]
    reference: str | None
    exact: bool
    authority: str | None = None
    term: str | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """An entry in a language."""

    title: str
    cause: str
    action: str


def rule_entry(code: str) -> Entry | None:
    """Return what is known of a rule id; None for one that no catalogue has."""
    table = _table("rules")
    code = spelled(code)
    if (line := table["rules"].get(code)) is not None:
        return _entry(line, (code,), _reference(code), exact=True)
    for section, exact in (("families", True), ("loose", False)):
        for pattern, line in table[section].items():
            if match := re.fullmatch(pattern, code):
                groups = (code, *(group or "" for group in match.groups()))
                return _entry(line, groups, _reference(code), exact=exact)
    return None


def spelled(code: str) -> str:
    """Return a rule id as its catalogue writes it, whatever its capitals; an unknown one as is."""
    table = _table("rules")
    if (known := _spellings().get(code.casefold())) is not None:
        return known
    for patterns in (table["families"], table["loose"]):
        for form in (code, code.upper(), code.lower()):
            if any(re.fullmatch(pattern, form) for pattern in patterns):
                return form
    return code


@functools.cache
def _spellings() -> Mapping[str, str]:
    return {code.casefold(): code for code in _table("rules")["rules"]}


def authority_entry(authority: str, code: str) -> Entry | None:
    """Return what is known of the code of an authority (`sdi`, `ksef`, `furs`, `cis`)."""
    table = _table("authorities").get(authority)
    if table is None:
        return None
    code = code.upper()  # FURS writes s001, too
    reference = str(table["reference"]).format(code=code)
    line = table.get(code) if re.fullmatch("S?[0-9]+", code) else None
    if isinstance(line, str):
        return _entry(line, (code,), reference, exact=True, authority=table["name"])
    for pattern, text in table["ranges"].items():
        if re.fullmatch(pattern, code):
            return _entry(text, (code,), reference, exact=False, authority=table["name"])
    return None


def unknown_entry(code: str) -> Entry:
    """Return the entry of a code that is in no catalogue."""
    return Entry(UNKNOWN, (code.replace(" ", "_"),), None, exact=False)


def worded(entry: Entry, language: str) -> Wording:
    """Say an entry in a language of `LANGUAGES`.

    Raises:
        KeyError: The language is none of them, or its catalogue lacks a word.
    """
    title, cause, action = _table(language)["messages"][entry.message]
    values = ("", *(_said(argument, language) for argument in entry.arguments))
    said = [text.format(*values) for text in (title, cause, action)]
    if entry.message == UNKNOWN:
        return Wording(*said)  # begins with the code, as it was asked
    return Wording(*map(_sentence, said))


def fix_words(key: str, language: str, *values: str) -> str:
    """Return the words for what a patch does, or for another reading of amounts (`[fixes]`)."""
    return str(_table(language)["fixes"][key]).format("", *values)


def term_name(term: str, language: str) -> str | None:
    """Return the name of a business term; None for one that no rule speaks of."""
    name: str | None = _table(language)["terms"].get(term)
    return name


def language_of(wanted: str | None) -> str:
    """Return the language to speak for a wish such as `de-AT`; English for any other."""
    short = (wanted or "").replace("_", "-").partition("-")[0].lower()
    return short if short in LANGUAGES else LANGUAGES[0]


def catalogued_rules() -> frozenset[str]:
    """Return the rule ids that have an entry of their own."""
    return frozenset(_table("rules")["rules"])


@functools.cache
def _table(name: str) -> Mapping[str, Any]:
    source = resources.files("formats.explain") / "catalogue" / f"{name}.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


def _entry(
    line: str,
    groups: tuple[str, ...],
    reference: str | None,
    *,
    exact: bool,
    authority: str | None = None,
) -> Entry:
    message, *arguments = line.split(" ")
    filled = [
        _GROUP.sub(lambda match: groups[int(match[1])].replace(" ", "_"), argument)
        for argument in arguments
    ]
    named = [argument[1:] for argument in filled if argument.startswith("@")]
    shown = tuple(argument for argument in filled if not argument.startswith("@"))
    first = next((found for found in map(_TERM.findall, shown[:2]) if found), [])
    terms = named or (first if len(first) == 1 else [])  # several: which, only a finding can say
    return Entry(message, shown, reference, exact, authority, terms[0] if terms else None)


def _reference(code: str) -> str | None:
    for prefix, text in _REFERENCES:
        if code.startswith(prefix):
            return text.format(code=code)
    return None


def _said(argument: str, language: str) -> str:
    table = _table(language)
    if argument.startswith("cat:"):
        return str(table["words"][f"category_{argument[4:]}"])
    if argument.startswith("w:"):
        return str(table["words"][argument[2:]])
    text = argument.replace("_", " ")
    if argument.startswith(("BT-", "BG-")):
        text = text.replace("/", " / ")
    return _TERM.sub(lambda match: f"{table['terms'][match[0]]} ({match[0]})", text)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
