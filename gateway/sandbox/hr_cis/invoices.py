"""An invoice as the authority reads it: what it is known by, counted by, and what is odd in it."""

import datetime
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from zoneinfo import ZoneInfo

from lxml import etree

from gateway.sandbox.hr_cis.schema import NAMESPACE, text_of

ZONE = ZoneInfo("Europe/Zagreb")

AHEAD = datetime.timedelta(hours=6)
"""By so much a moment may differ from the authority's clock (v101, v103)."""

_NS = {"f": NAMESPACE}
_RATES = frozenset(map(Decimal, (25, 13, 5, 0)))
_DIGITS = 6
_WITHIN = datetime.timedelta(days=2)
_PROMPT = datetime.timedelta(minutes=10)
_TAX_APART = Decimal("0.10")
_SUM_APART = Decimal("0.01")
_MOST_BY_HAND, _MOST = Decimal(10_000), Decimal(150_000)
_TRUE = frozenset({"true", "1"})


@dataclass(frozen=True, slots=True)
class Said:
    """`Racun`, valid by the schema.

    Attributes:
        node: It.
        texts: Of its plain children, and of those of its number.
    """

    node: etree._Element
    texts: Mapping[str, str]

    @classmethod
    def of(cls, node: etree._Element) -> "Said":
        """Read it."""
        leaves = [one for one in (*node, *node.iterfind("f:BrRac/*", _NS)) if not len(one)]
        return cls(node, {etree.QName(one).localname: text_of(one) for one in leaves})

    @property
    def oib(self) -> str:
        """The issuer's."""
        return self.texts["Oib"]

    @property
    def number(self) -> str:
        """As it is printed."""
        return "/".join(self.texts[name] for name in ("BrOznRac", "OznPosPr", "OznNapUr"))

    @property
    def late(self) -> bool:
        """Whether it says that it was handed over without a JIR."""
        return self.texts["NakDost"].strip() in _TRUE

    @property
    def total(self) -> Decimal:
        """What is paid."""
        return Decimal(self.texts["IznosUkupno"])

    @property
    def key(self) -> str:
        """What it is known by: its number, in its year."""
        return f"{self.oib}/{self.texts['DatVrijeme'][6:10]}/{self.number}"

    @property
    def counted_in(self) -> dict[str, str]:
        """By what it is counted."""
        device = self.texts["OznNapUr"] if self.texts["OznSlijed"] == "N" else "*"
        year = self.texts["DatVrijeme"][6:10]
        return {"premise": self.texts["OznPosPr"], "device": device, "year": year}

    @property
    def marked(self) -> str:
        """The text of which its ZKI is made."""
        names = ("Oib", "DatVrijeme", "BrOznRac", "OznPosPr", "OznNapUr", "IznosUkupno")
        return "".join(self.texts[name].replace("T", " ", name == "DatVrijeme") for name in names)

    @property
    def digest(self) -> str:
        """Of what it says; whether it comes late is not part of that."""
        whole = etree.fromstring(etree.tostring(self.node, with_tail=False))
        for one in whole.findall("f:NakDost", _NS):
            whole.remove(one)
        canonical = etree.tostring(whole.getroottree(), method="c14n", exclusive=True)
        return hashlib.sha256(b"".join(canonical.split())).hexdigest()

    def issued_at(self) -> datetime.datetime:
        """Return when, with its zone.

        Raises:
            ValueError: There is no such moment, though the schema takes it.
        """
        return moment_of(self.texts["DatVrijeme"])


def moment_of(text: str) -> datetime.datetime:
    """Read a moment as messages write it, in Croatian time.

    Raises:
        ValueError: There is no such moment.
    """
    day, month, year, clock = text[:2], text[3:5], text[6:10], text[11:]
    return datetime.datetime.fromisoformat(f"{year}-{month}-{day}T{clock}").replace(tzinfo=ZONE)


def oddities(said: Said, now: datetime.datetime) -> Iterator[tuple[str, bool]]:
    """Return what the real one's `provjera` would look at, and whether it holds."""
    age = now - said.issued_at()
    yield "PROMPT", age <= _PROMPT or said.late
    yield "v103", -age <= AHEAD
    yield "v106", len(said.texts["BrOznRac"]) <= _DIGITS
    yield "v152", age <= _WITHIN
    most = _MOST_BY_HAND if said.texts["NacinPlac"] in {"G", "K"} else _MOST
    yield "v168", abs(said.total) <= most
    taxes = [_amounts(one) for one in said.node.iterfind("f:Pdv/f:Porez", _NS)]
    if said.texts["USustPdv"].strip() not in _TRUE:
        none = ("IznosOslobPdv", "IznosMarza", "IznosNePodlOpor")
        yield "v142", not taxes and not any(Decimal(said.texts.get(name, 0)) for name in none)
        return
    yield "v110", all(rate in _RATES for rate, _, _ in taxes)
    yield "v160", all(abs(base * rate / 100 - tax) <= _TAX_APART for rate, base, tax in taxes)
    parts = [base + tax for _, base, tax in taxes]
    parts += [_amounts(one)[2] for one in said.node.iterfind("f:Pnp/f:Porez", _NS)]
    parts += [Decimal(one.text or 0) for one in said.node.iterfind(".//f:IznosN", _NS)]
    others = ("IznosOslobPdv", "IznosNePodlOpor")  # IznosMarza is none of them, says the manual
    parts += [Decimal(said.texts.get(name, 0)) for name in others]
    yield "v166", abs(sum(parts) - said.total) <= _SUM_APART


def _amounts(tax: etree._Element) -> tuple[Decimal, Decimal, Decimal]:
    """Return rate, base and tax."""
    rate, base, amount = (
        Decimal(tax.findtext(f"f:{name}", "0", _NS)) for name in ("Stopa", "Osnovica", "Iznos")
    )
    return rate, base, amount
