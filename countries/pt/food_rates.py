"""Which foods bear 13, 6 or for a time 0 % on the Portuguese mainland: CIVA, lists I and II."""

from datetime import date

from countries.sources import Confidence, Source
from countries.vat.system import LowerRate

_URL = "https://info.portaldasfinancas.gov.pt/pt/informacao_fiscal/codigos_tributarios/civa_rep/"
_READ_ON = date(2026, 11, 21)

_LIST_I = Source(
    title="Código do IVA, lista I, verba 1",
    url=_URL + "pages/c-iva-listas.aspx",
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="Items 1.1 to 1.4 on the tax authority's page, 1.5 and 1.6 in older copies; the rest "
    "from memory; codes read across.",
)
_LIST_II = Source(
    title="Código do IVA, lista II, verba 1",
    url="https://maisrigor.com/",
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="maisrigor.com lists what is left of it.",
)
_BASKET = Source(
    title="Lei n.º 17/2023, de 14 de abril, anexo",
    url="https://diariodarepublica.pt/",
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="meridianglobalservices.com, vatupdate.com: the foods and 18 April 2023. 4 January 2024, "
    "and the codes, from memory; within a heading it is asked for.",
)
_OILS = Source(
    title="Código do IVA, lista I, verba 1.5; Lei n.º 82/2023, de 29 de dezembro",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.C,
    note="That margarine came into list I is on the authority's page; vegetable oils: memory.",
)

_BUDGET_2026 = Source(
    title="Orçamento do Estado para 2026; Código do IVA, lista I",
    url="https://diariodarepublica.pt/",
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="portugalpulse.com, aman-alliance.org (Lusa), theportugalnews.com.",
)

_ZERO_BEGAN, _ZERO_ENDED = date(2023, 4, 18), date(2024, 1, 4)
_AFTER_ZERO = date(2024, 1, 5)
_BEFORE_ZERO = date(2023, 4, 17)

_IN_BASKET = (
    *("0201", "0202", "0203", "0207", "0302", "0303", "0305", "0401", "0402", "0403", "0405"),
    *("0406", "0407", "07", "08", "1006", "1509", "1604", "1902", "19059030"),
)
"""Headings of list I with goods of the basket: beef, pork, poultry, cod, tuna, rice, bread ..."""
_OILS_AND_MARGARINE = ("1507", "1508", "1512", "1514", "1515", "1517")

FOOD = (
    LowerRate(
        what="Live animals for slaughter, farming or breeding",
        cn=("01",),
        rate="second reduced",
        source=_LIST_I,
    ),
    LowerRate(
        what="Foods of list I, some of which were in the basket at 0 %",
        cn=_IN_BASKET,
        rate="second reduced",
        since=_AFTER_ZERO,
        source=_LIST_I,
    ),
    LowerRate(
        what="Foods of list I, some of which were in the basket at 0 %",
        cn=_IN_BASKET,
        rate="zero",
        asks="whether it was one of the 46 foods of the basket (0 %), or another of list I (6 %)",
        since=_ZERO_BEGAN,
        until=_ZERO_ENDED,
        source=_BASKET,
    ),
    LowerRate(
        what="Foods of list I, some of which were in the basket at 0 %",
        cn=_IN_BASKET,
        rate="second reduced",
        until=_BEFORE_ZERO,
        source=_LIST_I,
    ),
    LowerRate(
        what="Vegetable oils and margarine",
        cn=_OILS_AND_MARGARINE,
        rate="second reduced",
        since=_AFTER_ZERO,
        source=_OILS,
    ),
    LowerRate(
        what="Vegetable oils and margarine",
        cn=_OILS_AND_MARGARINE,
        rate="zero",
        since=_ZERO_BEGAN,
        until=_ZERO_ENDED,
        source=_BASKET,
    ),
    LowerRate(
        what="Other meat, fish, molluscs, cream, honey, cereals, flour, fat of pigs, salt",
        cn=(
            *("0204", "0205", "0206", "020810", "0301", "0304", "0307", "0409", "1001", "1002"),
            *("1003", "1004", "1005", "1007", "1008", "1101", "1102", "1501", "250100"),
        ),
        rate="second reduced",
        source=_LIST_I,
    ),
    LowerRate(
        what="Meat of game",
        cn=("020890",),
        rate="second reduced",
        since=date(2026, 1, 1),
        source=_BUDGET_2026,
    ),
    LowerRate(
        what="Smoked fish, caviar",
        cn=("030541", "030542", "030543", "030544", "030549", "160431", "160432"),
        rate="standard",
        source=_LIST_I,
    ),
    LowerRate(
        what="Stuffed pasta",
        cn=("190220",),
        rate="standard",
        source=_LIST_I,
    ),
    LowerRate(
        what="Live plants and flowers",
        cn=("06",),
        rate="second reduced",
        source=_LIST_I,
    ),
    LowerRate(
        what="Rolled flakes of cereals and pulses without sugar",
        cn=("110412", "110419"),
        rate="reduced",
        source=_LIST_II,
    ),
    LowerRate(
        what="Seeds, straw, forage, feed",
        cn=(
            "1209",
            "1213",
            "1214",
            "2301",
            "2302",
            "2303",
            "2304",
            "2305",
            "2306",
            "2308",
            "2309",
        ),
        rate="second reduced",
        source=_LIST_I,
    ),
    LowerRate(what="Food for pets", cn=("230910",), rate="standard", source=_LIST_I),
    LowerRate(
        what="Preserved molluscs",
        cn=("160551", "160552", "160553", "160554", "160555", "160556"),
        rate="reduced",
        source=_LIST_II,
    ),
    LowerRate(
        what="Juices and nectars",
        cn=("2009",),
        rate="second reduced",
        source=_LIST_I,
    ),
    LowerRate(
        what="Mineral, spring and carbonated water without additions",
        cn=("220110",),
        rate="reduced",
        since=date(2012, 1, 1),
        source=_LIST_II,
    ),
    LowerRate(
        what="Mineral, spring and carbonated water without additions",
        cn=("220110",),
        rate="second reduced",
        until=date(2011, 12, 31),
        source=_LIST_I,
    ),
    LowerRate(what="Water", cn=("22019000",), rate="second reduced", source=_LIST_I),
    LowerRate(
        what="Drinks without alcohol",
        cn=("2202",),
        rate="second reduced",
        asks="whether it is a drink of oats, rice, almonds or soya, or a nectar",
        source=_LIST_I,
    ),
    LowerRate(
        what="Wine",
        cn=("2204",),
        rate="reduced",
        asks="whether it is a common still wine",
        source=_LIST_II,
    ),
)
