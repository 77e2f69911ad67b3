"""What the text of each FA(3) element may be: the schema's simple types, asked before writing.

Lengths are of the text with white space collapsed, as `xs:token` counts.

Source: schemat_FA(3)_v1-0E.xsd, ElementarneTypyDanych_v10-0E.xsd.
"""

import datetime
import re
from collections.abc import Callable, Iterator
from functools import cache, partial

from formats.ksef.code_lists import (
    COUNTRIES,
    CURRENCIES,
    GOODS,
    KINDS,
    ORDER_PROCEDURES,
    PROCEDURES,
    RATES,
    UNION,
)
from formats.ksef.tree import Tree, layout, type_of
from formats.xml import WHITESPACE

_Check = Callable[[str], str | None]
_SPACES = re.compile(f"[{WHITESPACE}]+")
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})?"
)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NIP = r"[1-9]((\d[1-9])|([1-9]\d))\d{7}"
_KSEF_NUMBER = (
    r"([1-9]((\d[1-9])|([1-9]\d))\d{7}|M\d{9}|[A-Z]{3}\d{7})"
    r"-(20[2-9][0-9]|2[1-9][0-9]{2}|[3-9][0-9]{3})(0[1-9]|1[0-2])(0[1-9]|[1-2][0-9]|3[0-1])"
    r"-([0-9A-F]{6})-?([0-9A-F]{6})-([0-9A-F]{2})"
)
_PAYMENT_LINK = (
    r"(https?)://([a-zA-Z0-9][a-zA-Z0-9-]*\.)+[a-zA-Z]{2,}(:[0-9]{1,5})?(/[^\s?#]*)?"
    r"\?([^#\s]*&)?IPKSeF=[0-9]{3}[a-zA-Z0-9]{10}(&[^#\s]*)?(#.*)?"
)


def _token(most: int, least: int, value: str) -> str | None:
    length = len(_SPACES.sub(" ", value).strip(WHITESPACE))
    if least <= length <= most:
        return None
    return f"has {length} characters; {least} to {most} are allowed"


def _form(pattern: re.Pattern[str], what: str, value: str) -> str | None:
    return None if pattern.fullmatch(value) else f"is not {what}"


def _one_of(values: frozenset[str], value: str) -> str | None:
    return None if value in values else "is not in the code list of FA(3)"


def _day(first: str, last: str, value: str) -> str | None:
    if not _DAY.fullmatch(value) or not first <= value <= last:
        return f"is not a day from {first} to {last}"
    return None


def _moment(first: str, value: str) -> str | None:
    if not _MOMENT.fullmatch(value):
        return "is not a moment like 2026-02-01T09:30:47Z"
    try:
        moment = datetime.datetime.fromisoformat(value)
    except ValueError:
        return "is not a moment of the calendar"
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=datetime.UTC)
    begin = datetime.datetime.fromisoformat(first)
    end = datetime.datetime.fromisoformat("2050-01-01T23:59:59Z")
    # A day of margin: the schema compares moments without a zone with those that have one.
    margin = datetime.timedelta(days=1)
    return None if begin <= moment <= end - margin else f"is before {first} or after 2050"


def _all(*checks: _Check) -> _Check:
    def check(value: str) -> str | None:
        return next((found for one in checks if (found := one(value))), None)

    return check


def _text(most: int, least: int = 1) -> _Check:
    return partial(_token, most, least)


def _like(pattern: str, what: str) -> _Check:
    return partial(_form, re.compile(pattern, re.ASCII), what)


def _days(first: str, last: str = "2050-01-01") -> _Check:
    return partial(_day, first, last)


_AMOUNT = _like(r"-?([1-9]\d{0,15}|0)(\.\d{1,2})?", "an amount with at most two decimals")
_PRICE = _like(r"-?([1-9]\d{0,13}|0)(\.\d{1,8})?", "a price with at most eight decimals")
_QUANTITY = _like(r"-?([1-9]\d{0,15}|0)(\.\d{1,6})?", "a number with at most six decimals")
_PERCENT = _like(r"(\d{1,2}(\.\d{1,6})?|100(\.0{1,6})?)", "a percentage from 0 to 100")
_YES = partial(_one_of, frozenset("1"))
_YES_NO = partial(_one_of, frozenset("12"))
_NATURAL = _like(r"[1-9]\d{0,13}", "a number from 1")


def _numbers(last: int, *, without: frozenset[int] = frozenset()) -> _Check:
    return partial(_one_of, frozenset(str(n) for n in range(1, last + 1) if n not in without))


def _facets(*rows: tuple[str, _Check]) -> dict[str, _Check]:
    return {name: check for names, check in rows for name in names.split()}


_BY_ELEMENT = _facets(
    ("KodFormularza", partial(_one_of, frozenset({"FA"}))),
    ("WariantFormularza", partial(_one_of, frozenset("3"))),
    ("DataWytworzeniaFa", partial(_moment, "2025-09-01T00:00:00Z")),
    ("DataGodzRozpTransportu DataGodzZakTransportu", partial(_moment, "2021-10-01T00:00:00Z")),
    ("Nazwa AdresL1 AdresL2 P_7 P_7Z ZNaglowek Akapit Opis", _text(512)),
    ("UU_ID Indeks PKWiU CN PKOB Jednostka OpisInnegoTransportu OpisInnegoLadunku", _text(50)),
    ("UU_IDZ IndeksZ PKWiUZ CNZ PKOBZ", _text(50)),
    ("GTIN GTINZ", _text(20)),
    ("NKom WKom SKom", _text(256, 0)),
    ("GLN", _text(13)),
    ("IDNabywcy", _text(32)),
    ("BDO", _text(9)),
    ("Telefon TelefonPU", _text(16)),
    ("Email EmailPU", _all(_text(255, 3), _like(r"(.)+@(.)+", "an e-mail address"))),
    ("StopkaFaktury", lambda value: None if 1 <= len(value) <= 3500 else "is too long"),  # noqa: PLR2004
    ("NIP", _like(_NIP, "a NIP")),
    ("IDWew", _like(rf"{_NIP}-\d{{5}}", "an internal identifier (NIP and five digits)")),
    ("PrefiksPodatnika", partial(_one_of, frozenset({"PL"}))),
    ("KodUE", partial(_one_of, UNION)),
    ("NrVatUE", _like(r"(\d|[A-Z]|\+|\*){1,12}", "an EU VAT number without its prefix")),
    ("NrID", _text(50)),
    ("KRS", _like(r"\d{10}", "a KRS number")),
    ("REGON", _like(r"\d{9}|\d{14}", "a REGON number")),
    ("KodKraju", partial(_one_of, COUNTRIES)),
    ("KodWaluty WalutaUmowna", partial(_one_of, CURRENCIES)),
    ("P_1 P_6 P_6_Od P_6_Do P_22A DataWystFaKorygowanej P_6Z P_6A", _days("2006-01-01")),
    ("DataZaplaty DataZaplatyCzesciowej Termin", _days("2016-07-01")),
    ("DataUmowy DataZamowienia", _days("1990-01-01")),
    ("P_13_1 P_14_1 P_14_1W P_13_2 P_14_2 P_14_2W P_13_3 P_14_3 P_14_3W P_13_4 P_14_4", _AMOUNT),
    ("P_14_4W P_13_5 P_14_5 P_13_6_1 P_13_6_2 P_13_6_3 P_13_7 P_13_8 P_13_9 P_13_10", _AMOUNT),
    ("P_13_11 P_15 P_15ZK P_15Z P_11 P_11A P_11Vat KwotaAkcyzy Kwota SumaObciazen", _AMOUNT),
    ("SumaOdliczen DoZaplaty DoRozliczenia KwotaZaplatyCzesciowej WartoscZamowienia", _AMOUNT),
    ("P_11NettoZ P_11VatZ KwotaAkcyzyZ", _AMOUNT),
    ("P_9A P_9B P_10 P_9AZ", _PRICE),
    ("P_8B P_8BZ KursWalutyZ KursWalutyZK KursWalutyZW KursWaluty KursUmowny", _QUANTITY),
    ("Udzial P_12_XII P_12Z_XII", _PERCENT),
    ("NrWiersza NrWierszaFa NrWierszaZam P_NrWierszaNST", _NATURAL),
    ("P_12 P_12Z", partial(_one_of, RATES)),
    ("RodzajFaktury", partial(_one_of, KINDS)),
    ("Procedura", partial(_one_of, PROCEDURES)),
    ("ProceduraZ", partial(_one_of, ORDER_PROCEDURES)),
    ("GTU GTUZ", partial(_one_of, GOODS)),
    ("P_16 P_17 P_18 P_18A P_42_5 P_23 ZnacznikZaplatyCzesciowej JST GV", _YES_NO),
    ("BrakID RolaInna P_19 P_19N P_22 P_22N P_PMarzy P_PMarzy_2 P_PMarzy_3_1", _YES),
    ("P_PMarzy_3_2 P_PMarzy_3_3 P_PMarzyN NrKSeF NrKSeFN FP TP NrKSeFZN ZwrotAkcyzy", _YES),
    ("P_12_Zal_15 StanPrzed Zaplacono PlatnoscInna TransportInny LadunekInny", _YES),
    ("PodmiotPosredniczacy P_12Z_Zal_15 StanPrzedZ", _YES),
    ("Rola", _numbers(11)),
    ("RolaPU TypKorekty RachunekWlasnyBanku", _numbers(3)),
    ("StatusInfoPodatnika", _numbers(4)),
    ("FormaPlatnosci", _numbers(7)),
    ("OpisLadunku", _numbers(20)),
    ("RodzajTransportu", _numbers(8, without=frozenset({6}))),
    ("Typ", partial(_one_of, frozenset({"date", "datetime", "dec", "int", "time", "txt"}))),
    ("Ilosc", _like(r"[+-]?\d{1,18}", "a whole number")),
    ("NrKSeFFaKorygowanej NrKSeFFaZaliczkowej", _like(_KSEF_NUMBER, "a KSeF number")),
    ("NrRB", lambda value: None if 10 <= len(value) <= 34 else "has not 10 to 34 characters"),  # noqa: PLR2004
    ("SWIFT", _like(r"[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3}){0,1}", "a BIC")),
    ("LinkDoPlatnosci", _all(_text(512), _like(_PAYMENT_LINK, "a link with IPKSeF"))),
    ("IPKSeF", _like(r"[0-9]{3}[a-zA-Z0-9]{10}", "a payment identifier")),
)
_ORDINARY = _text(256)


@cache
def check_of(element: str) -> _Check:
    """Return what tells whether a text may stand in an element."""
    return _BY_ELEMENT.get(element, _ORDINARY)


def violations(tree: Tree, kind: str, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield where a tree breaks the schema, and how: a path like `Fa/FaWiersz/0/P_7`."""
    shape = layout(kind)
    said = "".join(
        f"{name};" * (len(tree[name]) if name in shape.several else 1)
        for name in shape.names
        if name in tree
    )
    if not shape.pattern.fullmatch(said):
        yield path or kind, f"holds {said.replace(';', ' ').strip()[:200] or 'nothing'}"
    for name, value in tree.items():
        here = f"{path}/{name}" if path else name
        several = value if name in shape.several else [value]
        for index, one in enumerate(several):
            place = f"{here}/{index}" if name in shape.several else here
            inner = type_of(kind, name)
            if inner is not None:
                yield from violations(one, inner, place)
            elif wrong := check_of(name)(one):
                yield place, wrong
