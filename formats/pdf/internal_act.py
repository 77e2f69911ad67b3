"""Slovenia's internal act (interni akt): who numbers cash invoices how, as PDF/A-3b.

ZDavPR, article 5, asks each taxpayer for one: rules for numbers, the list of business premises
with their marks, and the marks of electronic devices. It is a paper for the issuer's files and
for inspectors, so it is in Slovenian.
"""

import datetime
from dataclasses import dataclass

from formats.pdf.characters import printable
from formats.pdf.rendering import families_of, typeset


@dataclass(frozen=True, slots=True)
class Premise:
    """A business premise.

    Attributes:
        code: Its mark.
        place: What and where it is.
        valid_from: The first day.
        state: Whether the authority knows it.
    """

    code: str
    place: str
    valid_from: datetime.date
    state: str


@dataclass(frozen=True, slots=True)
class Device:
    """An electronic device, with the series that it numbers in.

    Attributes:
        premise: The mark of its premise.
        code: Its own.
        series: The series.
        first: The first number that is given.
        reset: When it begins again: `never`, `yearly`, `monthly`.
    """

    premise: str
    code: str
    series: str
    first: str
    reset: str


@dataclass(frozen=True, slots=True)
class InternalAct:
    """What the act says.

    Attributes:
        name: Of the taxpayer.
        address: His address, in lines.
        tax_number: His tax number.
        numbering: `B`: each device counts; `C`: the premise counts.
        operator: Tax number of who issues invoices, if one is set.
        premises: The business premises.
        devices: The devices.
        adopted_on: The day from which it holds.
    """

    name: str
    address: tuple[str, ...]
    tax_number: str
    numbering: str
    operator: str | None
    premises: tuple[Premise, ...]
    devices: tuple[Device, ...]
    adopted_on: datetime.date


_TITLE = "Interni akt o številčenju računov in popisu poslovnih prostorov"
_BASIS = (
    "Na podlagi 5. člena Zakona o davčnem potrjevanju računov (ZDavPR) zavezanec sprejema ta"
    " interni akt."
)
_FORM = (
    "Številka računa ima tri dele, ločene z vezajem: oznako poslovnega prostora, oznako"
    " elektronske naprave in zaporedno številko, na primer {example}. Oznake so iz črk in številk,"
    " zaporedna številka je brez vodilnih ničel."
)
_STRATEGY = {
    "B": "Zaporedne številke se dodeljujejo po elektronskih napravah (oznaka B): vsaka elektronska"
    " naprava ima svoje zaporedje.",
    "C": "Zaporedne številke se dodeljujejo po poslovnih prostorih (oznaka C): vse elektronske"
    " naprave poslovnega prostora imajo skupno zaporedje.",
}
_GAPLESS = (
    "Zaporedje je neprekinjeno. Številka se dodeli ob izdaji računa in se ne uporabi znova, tudi"
    " če je račun pozneje popravljen; dobropisi se številčijo enako."
)
_RESET = {"never": "nikoli", "yearly": "vsako leto", "monthly": "vsak mesec"}
_STATES = {
    "declared": "neprijavljen",
    "registered": "prijavljen",
    "unknown": "prijava ni potrjena",
    "closed": "zaprt",
}


def render(act: InternalAct, *, created_at: datetime.datetime) -> bytes:
    """Return the act as PDF/A-3b; the same act and moment give the same bytes.

    Raises:
        RenderingError: The typesetter refused.
    """
    moment = created_at.astimezone(datetime.UTC).replace(microsecond=0)
    return typeset(printable(_page(act, moment)), "internal_act", moment)


def _page(act: InternalAct, moment: datetime.datetime) -> dict[str, object]:
    first = next(iter(act.devices), None)
    example = first.first if first else "TRG1-B1-1"
    operator = (
        f"Račune izdaja oseba z davčno številko {act.operator}."
        if act.operator
        else "Osebe, ki izdajajo račune, nimajo slovenske davčne številke."
    )
    rules = [_FORM.format(example=example), _STRATEGY[act.numbering], _GAPLESS, operator]
    return {
        "title": _TITLE,
        "basis": _BASIS,
        "author": act.name,
        "created": [*moment.timetuple()[:6]],
        "fonts": families_of(),
        "taxpayer": {
            "heading": "1. Zavezanec",
            "lines": [act.name, *act.address, f"Davčna številka: {act.tax_number}"],
        },
        "rules": {"heading": "2. Pravila za številčenje", "lines": rules},
        "tables": [
            {
                "heading": "3. Poslovni prostori",
                "heads": ["Oznaka", "Vrsta in naslov", "Velja od", "Pri FURS"],
                "rows": [
                    [one.code, one.place, _day(one.valid_from), _STATES[one.state]]
                    for one in act.premises
                ],
                "nothing": "Zavezanec nima poslovnih prostorov.",
            },
            {
                "heading": "4. Elektronske naprave",
                "heads": ["Prostor", "Naprava", "Zaporedje", "Prva številka", "Začne znova"],
                "rows": [
                    [one.premise, one.code, one.series, one.first, _RESET[one.reset]]
                    for one in act.devices
                ],
                "nothing": "Zavezanec nima elektronskih naprav.",
            },
        ],
        "end": {
            "heading": "5. Veljavnost",
            "text": f"Ta akt velja od {_day(act.adopted_on)}. Zavezanec ga hrani in na zahtevo"
            " pokaže nadzornemu organu. Ob vsaki spremembi prostorov, naprav ali pravil sprejme"
            " novega.",
            "place": "Kraj in datum",
            "signature": "Odgovorna oseba",
        },
    }


def _day(value: datetime.date) -> str:
    return f"{value.day}. {value.month}. {value.year}"
