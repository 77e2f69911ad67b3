"""Codes that are in their lists but for case, space or a usual other name."""

from collections.abc import Iterator

from formats.en16931.codes.countries import COUNTRIES
from formats.en16931.codes.currencies import CURRENCIES
from formats.en16931.codes.units import UNITS
from formats.en16931.rules import codes as code_rules
from formats.explain.repair.edits import Case, Edit, Mend
from formats.json.units import unit_code

_NAMES = """
EL:GR UK:GB AUT:AT BEL:BE BGR:BG CHE:CH CYP:CY CZE:CZ DEU:DE DNK:DK ESP:ES EST:EE FIN:FI
FRA:FR GBR:GB GRC:GR HRV:HR HUN:HU IRL:IE ISL:IS ITA:IT LIE:LI LTU:LT LUX:LU LVA:LV
MLT:MT NLD:NL NOR:NO POL:PL PRT:PT ROU:RO SRB:RS SVK:SK SVN:SI SWE:SE USA:US
"""
_COUNTRY_NAMES = dict(pair.split(":") for pair in _NAMES.split())
"""ISO 3166-1 alpha-3, and what the EU writes in VAT identifiers and elsewhere for two states."""

_CURRENCY_NAMES = {"€": "EUR", "EURO": "EUR", "EUROS": "EUR"}

_PEPPOL = {
    "BR-CL-04": "PEPPOL-EN16931-CL007",
    "BR-CL-05": "PEPPOL-EN16931-CL007",
    "BR-CL-06": "PEPPOL-EN16931-CL006",
    "BR-CL-19": "PEPPOL-EN16931-CL002",
    "BR-CL-20": "PEPPOL-EN16931-CL003",
    "BR-CL-24": "PEPPOL-EN16931-CL001",
    "BR-CL-25": "PEPPOL-EN16931-CL008",
}
"""Peppol's own rules on the same codes; they take a code as it is written, with its space."""

_EVERYWHERE = {"BR-CL-04": "BR-CL-03"}
"""Official rules on what is written from the same code: the currency of every amount."""

RULES = code_rules.RULES | frozenset(_PEPPOL.values()) | frozenset(_EVERYWHERE.values())


def mend(case: Case) -> Iterator[Mend]:
    """Yield the codes that were certainly meant."""
    if not case.broken(RULES):
        return
    for wrong in code_rules.unlisted(case.invoice):
        meant = _meant(wrong.code, wrong.codes)
        if meant is not None:
            yield Mend(
                frozenset(_rules(wrong.rule)),
                (Edit(wrong.pointer, meant),),
                wrong.pointer,
            )


def _rules(rule: str) -> Iterator[str]:
    """Yield every rule that is broken where this one is."""
    yield rule
    yield from (others[rule] for others in (_PEPPOL, _EVERYWHERE) if rule in others)


def _meant(code: str, codes: frozenset[str]) -> str | None:
    folded = code.strip().casefold()
    alike = [one for one in codes if one.casefold() == folded]
    if len(alike) == 1:
        return alike[0]
    word = code.strip().upper()
    if codes >= COUNTRIES and (country := _COUNTRY_NAMES.get(word)) is not None:
        return country
    if codes >= CURRENCIES and (currency := _CURRENCY_NAMES.get(word)) is not None:
        return currency
    if codes >= UNITS and (unit := unit_code(code)) in codes:
        return unit
    return None
