"""Write the parts of the documentation that follow from the code; `--check` only compares.

The table of countries in README.md, the countries' facts in docs/countries.md, the rules in
docs/rules.md, the profiles in docs/profiles.md, the terms in docs/extension-terms.md, what is
done when no answer came in docs/unknown-outcomes.md.
"""

import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from countries.base import Country, Deadline, Mandate, Rate, Retention, Safekeeping
from countries.pl import issuing as polish
from countries.registry import COUNTRIES
from formats.cius.hr import rules as hr
from formats.cius.pt import rules as cius_pt
from formats.cius.ro import rules as cius_ro
from formats.en16931 import rules as en16931
from formats.facturae import rules as facturae
from formats.ksef import rules as ksef
from formats.peppol import rules as peppol
from formats.xrechnung import rules as xrechnung
from scripts.extension_terms_page import extension_terms_page
from scripts.profiles_page import profiles_page
from scripts.spreadsheet_page import spreadsheet_page
from scripts.unknown_outcomes_page import unknown_outcomes_page

ROOT = Path(__file__).resolve().parents[1]
BEGIN, END = "<!-- generated: scripts/write_docs.py -->", "<!-- end of generated -->"

GATEWAY_RULES = {
    "GW-01": "Every line has a VAT category: given, or certain from rate and country.",
    "GW-02": "A line net amount follows from quantity, price, allowances and charges (warning).",
    "GW-03": "The total and the amount due can be paid in their currency (warning).",
    "GW-04": "A computed amount has no more digits than can be read again.",
    "GW-05": "A document with a gapless number is not dated later than tomorrow.",
    "GW-06": "The total with VAT, and the amount due, are those that the caller expects.",
    "GW-07": "Prices that include VAT add up to the total with VAT, category by category.",
    "GW-08": "Amounts that the currency can express are as exact as Peppol asks (warning).",
    "GW-09": "The VAT accounting currency is another than the invoice currency (warning).",
    "GW-10": "Every line has an identifier of its own (warning).",
    "GW-11": "Amounts are exact to the cent, not only within the slack of the rules (warning).",
    "GW-12": "The due date is not before the issue date (warning).",
    "GW-20": "The document says what it follows, and that is known here (warning; not judged).",
    "GW-21": "The document is in a syntax of what it follows (warning; not judged).",
    "GW-22": "The document is of a kind that there are rules for (warning; not judged).",
    "GW-23": "Our rules and the official ones agree on a rule that both know (information).",
    "GW-24": "A rule set that is named has a rule that looks at the document (warning).",
    "GW-30": "The issuer has a name, an address and a tax number.",
    "GW-31": "The issuer's data is no placeholder (a warning in the sandbox).",
    "GW-32": "What a draft links to is there, and fits.",
    "GW-33": "Live, a reverse charge relies on a VAT number that was checked (warning).",
    "GW-34": "A reverse charge relies on a VAT number that is in force (a warning by policy).",
    "GW-35": "A reverse charge relies on a number of which that is known (a warning by policy).",
    "GW-36": "Consumers are quoted prices with VAT, where the entity wants that.",
    "GW-40": "Making a document that was handed in does not end the process.",
    "GW-41": "The profile has a place for what the document says beyond EN 16931.",
}
"""Rules of the gateway itself; a test compares the ids with those the code can find."""


def readme_table() -> str:
    """Return the table of countries: what is declared, and what the gateway really does."""
    head = (
        "| Country | VAT rates since | Numbers checked | Duties declared | Kept | Own rules |\n"
        "|---|---|---|---|---|---|\n"
    )
    return head + "".join(_readme_row(country) for country in COUNTRIES.values())


def _readme_row(country: Country) -> str:
    oldest = min(rate.since for rate in country.rates if rate.name == "standard")
    duties = ", ".join(
        f"{mandate.flow.upper()} {mandate.duty} {mandate.since}" for mandate in country.mandates
    )
    periods = [one for one in country.retention if one.until is None and one.repealed is None]
    kept = ", ".join(f"{period.years} y{_kind(period)}" for period in periods)
    numbers = ", ".join(identifier.name for identifier in country.identifiers)
    rules = ", ".join(country.rules)
    return f"| {country.name} | {oldest} | {numbers} | {duties} | {kept} | {rules} |\n"


def _kind(period: Retention) -> str:
    what = period.subject or period.kind
    return "" if what == "invoice" else f" ({what.replace('_', ' ')})"


def countries_page() -> str:
    """Return docs/countries.md: every declared fact with its source and confidence."""
    parts = [
        "# Countries",
        "",
        (
            "What `countries/` declares, with the source of every fact. Generated by "
            "`scripts/write_docs.py`; do not edit."
        ),
        "",
        (
            "Confidence: **A** the statute or two sources, **B** one good source, **C** weak or "
            "contradicted, **M** from memory. Nothing here is legal advice; read anything below A "
            "again before you rely on it."
        ),
    ]
    for country in COUNTRIES.values():
        parts += ["", f"## {country.name} ({country.code})", ""]
        parts += _facts(country)
    return "\n".join(parts) + "\n"


def _facts(country: Country) -> Iterable[str]:
    yield f"{country.native_name}; {country.currency}; {country.timezone}."
    yield ""
    yield "| Fact | Since | Until | Source | Confidence |"
    yield "|---|---|---|---|---|"
    for rate in country.rates:
        yield _row(f"{rate.name} rate {rate.percent} %", rate)
    for mandate in country.mandates:
        yield _row(_duty(mandate), mandate)
    for period in country.retention:
        counted = period.anchor.replace("_", " ")
        what = f"kept {period.years} years{_kind(period)} from {counted}{_law(period)}"
        yield _row(what, period)
    for place in country.safekeeping:
        abroad = [*(["the European Union"] if place.union else []), *sorted(place.abroad)]
        condition = f" ({place.condition})" if place.condition else ""
        yield _row(f"lies in the country or {', '.join(abroad)}{condition}", place)
    for deadline in country.deadlines:
        day = f" by day {deadline.day}" if deadline.day else ""
        whom = f" ({deadline.applies_to})" if deadline.applies_to else ""
        yield _row(f"issued {deadline.months} month(s) after the supply{day}{whom}", deadline)
    if country.notes:
        yield ""
        for subject, note in country.notes.items():
            yield f"- *{subject}*: {note}"


def _law(period: Retention) -> str:
    """Return when the rule is, or was, the law; nothing for one that always was and is."""
    begins = f" since {period.enacted}" if period.enacted else ""
    ends = f" until {period.repealed}" if period.repealed else ""
    return f", law{begins}{ends}" if begins or ends else ""


def _duty(mandate: Mandate) -> str:
    profiles = ", ".join(f"`{profile}`" for profile in mandate.profiles) or "none yet"
    whom = f" ({mandate.applies_to})" if mandate.applies_to else ""
    formats = ", ".join(mandate.formats)
    return f"{mandate.flow.upper()} {mandate.duty}{whom}: {formats}; our profiles: {profiles}"


def _row(what: str, fact: Rate | Mandate | Retention | Safekeeping | Deadline) -> str:
    until = fact.until if isinstance(fact, Rate | Retention | Safekeeping) else None
    source = fact.source
    return (
        f"| {what} | {_day(fact.since)} | {_day(until)} | {source.title} | {source.confidence} |"
    )


def _day(day: object) -> str:
    return "" if day is None else str(day)


def rules_page() -> str:
    """Return docs/rules.md: every rule that can be found, and who judges it."""
    return "\n".join(
        [
            "# Rules",
            "",
            (
                "Every finding names its rule by the id its author gave it. Generated by "
                "`scripts/write_docs.py`; do not edit."
            ),
            "",
            (
                "A document passes three layers (ADR 0005): our semantic rules on the model, XSD "
                "on the bytes, and the official Schematron on the bytes. The last one holds many "
                "more rules than are listed here; `schemas/manifest/` names its version."
            ),
            "",
            "## Ours",
            "",
            (
                "`<CC>-nn` comes from a country or its format, `GW-nn` from the gateway. A "
                "retired number is never used again."
            ),
            "",
            *_sentences(GATEWAY_RULES),
            *_sentences(ksef.RULES),
            *_sentences(polish.RULES),
            *_sentences(facturae.RULES),
            *(line for country in COUNTRIES.values() for line in _sentences(country.rules)),
            "",
            "## Official rules that we also check on the model",
            "",
            "With a JSON pointer into the body as sent, the business term, and a fix.",
            "",
            f"EN 16931 (`{en16931.RULE_SET}`): {_ids(en16931.RULES - {*GATEWAY_RULES})}",
            "",
            f"Peppol BIS Billing 3.0 (`{peppol.RULE_SET}`): {_ids(peppol.RULES)}",
            "",
            f"XRechnung 3.0 (`{xrechnung.RULE_SET}`): {_ids(xrechnung.RULES)}",
            "",
            f"CIUS-RO (`{cius_ro.RULE_SET}`): {_ids(cius_ro.RULES)}",
            "",
            f"CIUS-PT (`{cius_pt.RULE_SET}`): {_ids(cius_pt.RULES)}",
            "",
            f"HR CIUS and extension (`{hr.RULE_SET}`): {_ids(hr.RULES)}",
            "",
        ]
    )


def _sentences(rules: Mapping[str, str]) -> Iterable[str]:
    return (f"- `{rule}` {sentence}" for rule, sentence in rules.items())


def _ids(rules: Iterable[str]) -> str:
    def natural(rule: str) -> tuple[list[tuple[str, int]], str]:
        parts = re.findall(r"(\D+)(\d*)", rule)
        return [(text, int(number or 0)) for text, number in parts], rule  # L201 and L0201

    return ", ".join(f"`{rule}`" for rule in sorted(rules, key=natural)) + "."


def pages() -> dict[Path, str]:
    """Return what every generated file should hold."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    before, _, rest = readme.partition(BEGIN)
    _, _, after = rest.partition(END)
    return {
        ROOT / "README.md": f"{before}{BEGIN}\n{readme_table()}{END}{after}",
        ROOT / "docs" / "countries.md": countries_page(),
        ROOT / "docs" / "rules.md": rules_page(),
        ROOT / "docs" / "profiles.md": profiles_page(),
        ROOT / "docs" / "spreadsheet-columns.md": spreadsheet_page(),
        ROOT / "docs" / "extension-terms.md": extension_terms_page(),
        ROOT / "docs" / "unknown-outcomes.md": unknown_outcomes_page(),
    }


def outdated() -> list[Path]:
    """Return the files that do not hold what they should."""
    return [
        path
        for path, text in pages().items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]


def main() -> None:
    """Write the files, or with `--check` name those that are out of date."""
    if "--check" in sys.argv[1:]:
        stale = outdated()
        for path in stale:
            print(f"{path.relative_to(ROOT)} is out of date: run scripts/write_docs.py")
        sys.exit(bool(stale))
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
