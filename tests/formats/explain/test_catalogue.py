"""No holes: every rule that we or the official sets can find is explained in every language."""

import re
import string
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from formats.cius.hr import rules as hr
from formats.cius.pt import rules as pt
from formats.cius.ro import rules as ro
from formats.en16931 import rules as en16931
from formats.explain.catalogue import (
    LANGUAGES,
    authority_entry,
    catalogued_rules,
    language_of,
    rule_entry,
    term_name,
    unknown_entry,
    worded,
)
from formats.explain.explanation import Knowledge, explain
from formats.explain.fields import place_of
from formats.peppol import rules as peppol_rules
from formats.xrechnung import rules as xrechnung_rules
from gateway.sandbox import verifactu

_ASSERT = re.compile(r'<(?:sch:)?(?:assert|report)\b[^>]*?\bid="([^"]+)"', re.DOTALL)
_OFFICIAL = ("en16931", "peppol-bis3/rules", "xrechnung/schematron")
_EXACT = re.compile(r"BR-(?!DEX|DE-CVD|TMP-CVD|CIUS|FR|NL)|PEPPOL-EN16931-")
OURS = (
    {f"GW-{number:02}" for number in range(1, 13)}
    | {"GW-20", "GW-21", "GW-22", "GW-23", "GW-24", "SI-01", "SI-02", "SI-09"}
    | {f"PL-{number}" for number in (*range(10, 27), 30, 31, 32)}
    | {"SI-10", "SI-11", "SI-12", "SI-13", "SI-14", "SI-15", "HR-09"}
    | {"RULE-STOPPED", "BODY-MISSING", "BODY-UNKNOWN", "BODY-VALUE", "JSON-malformed"}
    | {"XSD-SCHEMAV_ELEMENT_CONTENT", "XSD-MORE", "XML-doctype", "XML-not-well-formed"}
)
SDI = "00001 00002 00003 00100 00200 00300 00301 00305 00306 00311 00312 00324 "
SDI += "00400 00401 00403 00404 00409 00417 00418 00419 00420 00421 00422 00423 "
SDI += "00424 00425 00427 00429 00443 00445"
KSEF = ["100", "150", "200", "405", "410", "415", "430", "435", "440", "450", "500", "550"]
FURS = ["S001", "S002", "S003", "S004", "S005", "S006", "S007", "S008", "S100"]


@cache  # the standard library reads TOML slowly
@cache
def _catalogue(name: str) -> dict[str, Any]:
    source = resources.files("formats.explain") / "catalogue" / f"{name}.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


def _official_ids(official: Path) -> Iterator[str]:
    for folder in _OFFICIAL:
        for path in sorted((official / folder).rglob("*.sch")):
            yield from _ASSERT.findall(path.read_text(encoding="utf-8", errors="replace"))


def test_every_rule_of_the_official_sets_is_explained(official: Path) -> None:
    ids = set(_official_ids(official))
    assert len(ids) > 1_500
    assert {rule for rule in ids if rule_entry(rule) is None} == set()
    own = {rule for rule in ids if _EXACT.match(rule)}
    assert len(own) > 280
    loose = {rule for rule in own if not (entry := rule_entry(rule)) or not entry.exact}
    assert loose == set()
    for rule in sorted(ids):
        _explained(rule)


def test_every_rule_of_ours_is_explained() -> None:
    every = en16931.RULES | peppol_rules.RULES | xrechnung_rules.RULES | OURS
    every |= ro.RULES | pt.RULES | hr.RULES
    for rule in sorted(every):
        _explained(rule)


def test_every_rule_of_the_documentation_is_explained() -> None:
    page = (Path(__file__).parents[3] / "docs" / "rules.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^- `([A-Z][A-Za-z0-9-]+)`", page, re.MULTILINE))
    assert len(listed) > 20
    for rule in sorted(listed):
        _explained(rule)


def _explained(rule: str) -> None:
    entry = rule_entry(rule)
    assert entry is not None, rule
    for language in LANGUAGES:
        words = worded(entry, language)
        for text in (words.title, words.cause, words.action):
            assert text.strip(), (rule, language)
            assert not set("{}$") & set(text), (rule, language, text)
        assert explain(rule, language=language).knowledge is not Knowledge.UNKNOWN


@pytest.mark.parametrize("language", LANGUAGES)
def test_codes_of_authorities_are_explained(language: str) -> None:
    for code in SDI.split():
        entry = authority_entry("sdi", code)
        assert entry is not None
        assert entry.exact, code
        assert worded(entry, language).title
    for code in KSEF:
        entry = authority_entry("ksef", code)
        assert entry is not None
        assert code in worded(entry, language).cause or code == "200"
    for code in FURS:
        entry = authority_entry("furs", code)
        assert entry is not None
        assert entry.exact, code
        assert code in worded(entry, language).cause
    for number in range(1, 7):
        entry = authority_entry("cis", f"s{number:03}")
        assert entry is not None
        assert entry.exact, number
        assert f"s{number:03}" in worded(entry, language).cause
    codes = Path(verifactu.__file__ or "").with_name("codes.toml").read_text(encoding="utf-8")
    answered = re.findall(r"^(\d{4}) = ", codes, re.MULTILINE)
    assert len(answered) > 100
    for code in answered:  # all that our own authority can answer with
        entry = authority_entry("aeat", code)
        assert entry is not None, code
        assert worded(entry, language).title


def test_a_code_of_the_aeat_names_the_field_and_the_way_out() -> None:
    entry = authority_entry("aeat", "1124")
    assert entry is not None
    assert (entry.exact, entry.term) == (True, "BT-119")
    assert "TipoImpositivo" in worded(entry, "es").action
    unknown = authority_entry("aeat", "1999")
    assert unknown is not None
    assert not unknown.exact
    assert authority_entry("aeat", "9999") is None


def test_languages_have_the_same_keys_and_placeholders() -> None:
    english = _catalogue("en")
    for language in LANGUAGES[1:]:
        other = _catalogue(language)
        for section in ("messages", "words", "fixes", "terms"):
            assert list(other[section]) == list(english[section]), (language, section)
        for key, text in english["fixes"].items():
            assert _fields([other["fixes"][key]]) == _fields([text]), (language, key)
        for key, texts in english["messages"].items():
            assert len(other["messages"][key]) == 3
            assert _fields(other["messages"][key]) <= _fields(texts) | _fields(texts), key
            missing = _needed(texts) - _fields(other["messages"][key])
            assert not missing, (language, key, missing)


def _fields(texts: list[str]) -> set[str]:
    return {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name}


def _needed(texts: list[str]) -> set[str]:
    return _fields(texts[:2])


def test_every_message_has_the_arguments_it_speaks_of() -> None:
    for line in _lines():
        message, *arguments = line.split(" ")
        shown = [one for one in arguments if not one.startswith("@")]
        for language in LANGUAGES:
            texts = _catalogue(language)["messages"][message]
            assert all(int(name) <= len(shown) for name in _fields(texts)), line


def _lines() -> Iterator[str]:
    rules, authorities = _catalogue("rules"), _catalogue("authorities")
    for section in ("rules", "families", "loose"):
        yield from rules[section].values()
    for authority in authorities.values():
        yield from authority["ranges"].values()
        yield from (
            line
            for code, line in authority.items()
            if code.removeprefix("S").isdecimal() and isinstance(line, str)
        )


def test_terms_of_rules_stand_somewhere_in_the_invoice() -> None:
    for rule in sorted(catalogued_rules()):
        entry = rule_entry(rule)
        assert entry is not None
        if entry.term is not None and "DEX" not in entry.term:
            assert place_of(entry.term) is not None, (rule, entry.term)
            assert term_name(entry.term, "sl"), rule


def test_an_unknown_code_is_said_to_be_unknown() -> None:
    for code in ("NOPE-1", "sdi:9", "ksef:999", "sdi:", "", "aade:301"):
        said = explain(code, language="it")
        assert said.knowledge is Knowledge.UNKNOWN
        assert (said.pointer, said.reference, said.patch) == (None, None, ())
    assert explain("sdi:00499").knowledge is Knowledge.FAMILY
    assert worded(unknown_entry("X Y"), "en").title == "X Y: not known here"


@pytest.mark.parametrize(
    ("wanted", "spoken"),
    [("de-AT", "de"), ("sl_SI", "sl"), ("FR", "fr"), ("pl", "en"), (None, "en"), ("", "en")],
)
def test_the_language_that_is_spoken(wanted: str | None, spoken: str) -> None:
    assert language_of(wanted) == spoken


def test_an_explanation_names_field_and_reference() -> None:
    said = explain("BR-CO-15", language="de")
    assert said.term == "BT-112"
    assert said.pointer == "/totals/total_with_vat"
    assert said.reference == "EN 16931-1, business rule BR-CO-15"
    assert "BT-109" in said.cause
    line = explain("BR-26")
    assert line.pointer == "/lines/*/item_net_price"
    refused = explain("sdi:00421", language="it")
    assert (refused.term, refused.pointer) == ("BT-117", "/vat_breakdown/*/category_tax_amount")
    assert refused.authority == "Sistema di Interscambio (IT)"
    small = explain("furs:s006", language="sl")
    assert small.cause.startswith("Napaka S006")
    assert small.pointer == "/number"
    assert small.authority == "Finančna uprava Republike Slovenije (SI)"
