"""The authority's own reading of FiskalizacijaSchema.xsd: what a request may look like.

Written from the published schema by hand, as data: an element is its children in their order, or
a pattern of its text. `faults` says what is wrong.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

NAMESPACE = "http://www.apis-it.hr/fin/2012/types/f73"
SIGNATURE = "{http://www.w3.org/2000/09/xmldsig#}Signature"

_BLANKS = re.compile(r"[ \t\r\n]*")


@dataclass(frozen=True, slots=True)
class Part:
    """A child.

    Attributes:
        name: Its name.
        of: Its own children, or the pattern of its text.
        least: So often at least.
        most: So often at most; None: as often as one likes.
    """

    name: str
    of: "tuple[Part, ...] | re.Pattern[str]"
    least: int = 1
    most: int | None = 1


def faults(parts: tuple[Part, ...], node: etree._Element, at: str) -> Iterator[str]:
    """Return where an element is not as its children should be."""
    yield from _text_between(node, at)
    if set(node.attrib) - ({"Id"} if at == "RacunZahtjev" else set()):
        yield f"{at} has attributes"
    left = [child for child in node if isinstance(child.tag, str)]
    for part in parts:
        count = 0
        while left and left[0].tag == f"{{{NAMESPACE}}}{part.name}":
            if part.most is not None and count == part.most:
                break
            yield from _one(part, left.pop(0), f"{at}/{part.name}")
            count += 1
        if count < part.least:
            yield f"{at}/{part.name} is missing"
    if left and at == "RacunZahtjev" and left[0].tag == SIGNATURE:
        left.pop(0)
    yield from (f"{at}/{etree.QName(child).localname} is out of place" for child in left)


def _one(part: Part, node: etree._Element, at: str) -> Iterator[str]:
    if isinstance(part.of, tuple):
        yield from faults(part.of, node, at)
    elif len(node.findall("*")) or node.attrib or not part.of.fullmatch(text_of(node)):
        yield f"{at} is not as it must be"


def _text_between(node: etree._Element, at: str) -> Iterator[str]:
    for text in (node.text, *(child.tail for child in node)):
        if text and not _BLANKS.fullmatch(text):
            yield f"{at} holds text"


def text_of(node: etree._Element) -> str:
    """Return an element's text; comments in it do not count."""
    return str(node.xpath("string()"))


def _leaf(name: str, pattern: str, least: int = 1) -> Part:
    return Part(name, re.compile(pattern, re.ASCII), least)


_AMOUNT = r"[+-]?[0-9]{1,15}\.[0-9]{2}"
_RATE = r"[+-]?[0-9]{1,3}\.[0-9]{2}"
_OIB = "[0-9]{11}"
_MOMENT = "[0-9]{2}.[0-9]{2}.[12][0-9]{3}T[0-9]{2}:[0-9]{2}:[0-9]{2}"
_FLAG = r"[ \t\r\n]*(true|false|0|1)[ \t\r\n]*"
_UUID = "-".join(f"[a-f0-9]{{{count}}}" for count in (8, 4, 4, 4, 12))
_NAME = "(?s:.{1,100})"

_TAX = (_leaf("Stopa", _RATE), _leaf("Osnovica", _AMOUNT), _leaf("Iznos", _AMOUNT))
_TAXES = (Part("Porez", _TAX, most=None),)
_OTHERS = (Part("Porez", (_leaf("Naziv", _NAME), *_TAX), most=None),)
_FEES = (Part("Naknada", (_leaf("NazivN", _NAME), _leaf("IznosN", _AMOUNT)), most=None),)
_NUMBER = (
    _leaf("BrOznRac", "[0-9]{1,20}"),
    _leaf("OznPosPr", "[0-9a-zA-Z]{1,20}"),
    _leaf("OznNapUr", "[0-9]{1,20}"),
)
_RACUN = (
    _leaf("Oib", _OIB),
    _leaf("USustPdv", _FLAG),
    _leaf("DatVrijeme", _MOMENT),
    _leaf("OznSlijed", "[NP]"),
    Part("BrRac", _NUMBER),
    Part("Pdv", _TAXES, 0),
    Part("Pnp", _TAXES, 0),
    Part("OstaliPor", _OTHERS, 0),
    _leaf("IznosOslobPdv", _AMOUNT, 0),
    _leaf("IznosMarza", _AMOUNT, 0),
    _leaf("IznosNePodlOpor", _AMOUNT, 0),
    Part("Naknade", _FEES, 0),
    _leaf("IznosUkupno", _AMOUNT),
    _leaf("NacinPlac", "[GKTO]"),
    _leaf("OibOper", _OIB),
    _leaf("ZastKod", "[a-f0-9]{32}"),
    _leaf("NakDost", _FLAG),
    _leaf("ParagonBrRac", _NAME, 0),
    _leaf("SpecNamj", "(?s:.{1,1000})", 0),
    _leaf("OibPrimateljaRacuna", _OIB, 0),
)

REQUEST = (
    Part("Zaglavlje", (_leaf("IdPoruke", _UUID), _leaf("DatumVrijeme", _MOMENT))),
    Part("Racun", _RACUN),
)
"""`RacunZahtjev`; the signature behind it is judged by itself."""
