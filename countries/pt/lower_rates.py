"""What bears 13 or 6 % on the Portuguese mainland: CIVA, lists I and II."""

from datetime import date

from countries.pt.food_rates import FOOD
from countries.sources import Confidence, Source
from countries.vat.system import LowerRate

_URL = "https://info.portaldasfinancas.gov.pt/pt/informacao_fiscal/codigos_tributarios/civa_rep/"
_READ_ON = date(2026, 11, 21)

_LIST_I = Source(
    title="Código do IVA, lista I, verbas 2 a 5",
    url=_URL + "pages/c-iva-listas.aspx",
    read_on=_READ_ON,
    confidence=Confidence.C,
    note="From memory, beside copies of the list of 1985 and 2011.",
)
_LIST_II = Source(
    title="Código do IVA, lista II",
    url="https://maisrigor.com/",
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="maisrigor.com lists what is left of it.",
)
_RESTAURANTS = Source(
    title="Código do IVA, lista II, verbas 1.8 e 3.1; Lei n.º 7-A/2016, de 30 de março",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="From 23 to 13 % in 2016: sabado.pt; the days from memory.",
)
_ELECTRICITY = Source(
    title="Código do IVA, lista I, verba 2.12 e 2.38; Decretos-Lei 60/2019 e 74/2020; Lei 38/2024",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="13 % from December 2020: destak.pt, sol.sapo.pt; 200 kWh since 2025: goldenergy.pt, "
    "postal.pt; 13 to 6 % in 2022: cmjornal.pt, its day, and the fixed parts, from memory.",
)
_SHOWS = Source(
    title="Código do IVA, lista I, verba 2.32",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="Shows with cinema since 2019: jn.pt, cmjornal.pt; zoos in the budget of 2020: "
    "rr.sapo.pt, publico.pt; its first day, and 13 % since 2012, from memory.",
)
_SOLAR = Source(
    title="Lei n.º 12/2022, lista I, verba 2.37",
    url="https://diariodarepublica.pt/",
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="executivedigest.sapo.pt, ambientemagazine.com, je-lda.pt: to 30 June 2025; the first "
    "day, and the codes, from memory.",
)

_BUDGET_2026 = Source(
    title="Orçamento do Estado para 2026; Código do IVA, lista I",
    url="https://diariodarepublica.pt/",
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="portugalpulse.com, aman-alliance.org (Lusa), theportugalnews.com.",
)

LOWER_RATES = (
    *FOOD,
    LowerRate(
        what="Oil and diesel, coloured and marked",
        cn=("271019",),
        rate="reduced",
        asks="whether it is coloured and marked fuel for farming or heating",
        source=_LIST_II,
    ),
    LowerRate(
        what="Natural gas",
        cn=("271121",),
        rate="second reduced",
        asks="whether it is the fixed part of a low-pressure supply",
        since=date(2019, 7, 1),
        source=_ELECTRICITY,
    ),
    LowerRate(
        what="Electricity",
        cn=("2716",),
        rate="second reduced",
        asks="whether it is the fixed part up to 3.45 kVA, or the first 200 kWh of a month (300 "
        "for five persons or more) up to 6.9 kVA",
        since=date(2025, 1, 1),
        source=_ELECTRICITY,
    ),
    LowerRate(
        what="Electricity",
        cn=("2716",),
        rate="second reduced",
        asks="whether it is the fixed part up to 3.45 kVA, or the first 100 kWh of a month (150 "
        "for five persons or more) up to 6.9 kVA",
        since=date(2022, 10, 1),
        until=date(2024, 12, 31),
        source=_ELECTRICITY,
    ),
    LowerRate(
        what="Electricity",
        cn=("2716",),
        rate="reduced",
        asks="whether it is the first 100 kWh of a month up to 6.9 kVA, or the fixed part up to "
        "3.45 kVA (6 %)",
        since=date(2020, 12, 1),
        until=date(2022, 9, 30),
        source=_ELECTRICITY,
    ),
    LowerRate(
        what="Electricity",
        cn=("2716",),
        rate="second reduced",
        asks="whether it is the fixed part up to 3.45 kVA",
        since=date(2019, 7, 1),
        until=date(2020, 11, 30),
        source=_ELECTRICITY,
    ),
    LowerRate(
        what="Medicines, vaccines, contraceptives",
        cn=("3002", "3003", "3004", "300660", "40141000"),
        rate="second reduced",
        source=_LIST_I,
    ),
    LowerRate(what="Fertilizers", cn=("31",), rate="second reduced", source=_LIST_I),
    LowerRate(
        what="Products to protect plants",
        cn=("3808",),
        rate="second reduced",
        asks="whether it is for farming",
        source=_LIST_I,
    ),
    LowerRate(
        what="Books, newspapers, magazines, music",
        cn=("4901", "4902", "4903", "4904"),
        rate="second reduced",
        source=_LIST_I,
    ),
    LowerRate(
        what="Agricultural machines and tractors",
        cn=("8432", "8433", "870110", "870191", "870192", "870193", "870194", "870195"),
        rate="reduced",
        asks="whether it is solely or mainly for farming",
        source=_LIST_II,
    ),
    LowerRate(
        what="Heat pumps, air conditioners, solar water heaters, wind turbines",
        cn=("8415", "841861", "841912", "850231"),
        rate="second reduced",
        asks="whether it mainly captures solar, wind, geothermal or other alternative energy",
        since=date(2022, 7, 1),
        until=date(2025, 6, 30),
        source=_SOLAR,
    ),
    LowerRate(
        what="Solar panels",
        cn=("854143",),
        rate="second reduced",
        since=date(2022, 7, 1),
        until=date(2025, 6, 30),
        source=_SOLAR,
    ),
    LowerRate(
        what="Wheelchairs, orthopaedic appliances, hearing aids",
        cn=("8713", "871420", "9021"),
        rate="second reduced",
        source=_LIST_I,
    ),
    LowerRate(
        what="Sanitary towels, tampons, napkins for incontinence",
        cn=("96190071", "96190075", "96190079", "96190089"),
        rate="second reduced",
        source=_LIST_I,
    ),
    LowerRate(
        what="Works of art",
        cn=("97",),
        rate="second reduced",
        asks="whether its maker, the maker's heirs or a registered art dealer sells it",
        since=date(2026, 1, 1),
        source=_BUDGET_2026,
    ),
    LowerRate(
        what="Works of art",
        cn=("97",),
        rate="second reduced",
        asks="whether it is sold by its maker or the maker's heirs, or imported",
        until=date(2025, 12, 31),
        source=_LIST_I,
    ),
    LowerRate(
        what="Services for farming and forestry",
        cpa=("01.6", "02.4"),
        rate="second reduced",
        source=_LIST_I,
    ),
    LowerRate(
        what="Water, sewerage, waste",
        cpa=("36.00", "37.00", "38.1", "38.2"),
        rate="second reduced",
        source=_LIST_I,
    ),
    LowerRate(
        what="Construction and repair of dwellings",
        cpa=("41.00.1", "41.00.3", "43"),
        rate="second reduced",
        asks="whether it is the repair of a dwelling, urban rehabilitation or housing that the "
        "law favours",
        source=_LIST_I,
    ),
    LowerRate(
        what="Transport of passengers",
        cpa=("49.10", "49.31", "49.32", "49.39", "50.10", "50.30", "51.10"),
        rate="second reduced",
        source=_LIST_I,
    ),
    LowerRate(
        what="Accommodation, with breakfast",
        cpa=("55.10", "55.20", "55.30", "55.90"),
        rate="second reduced",
        source=_LIST_I,
    ),
    LowerRate(
        what="Meals in restaurants, ready to eat and delivered",
        cpa=("56.10", "56.21", "56.29"),
        rate="reduced",
        since=date(2016, 7, 1),
        source=_RESTAURANTS,
    ),
    LowerRate(
        what="Meals in restaurants",
        cpa=("56.10", "56.21", "56.29"),
        rate="reduced",
        until=date(2011, 12, 31),
        source=_RESTAURANTS,
    ),
    LowerRate(
        what="Drinks served",
        cpa=("56.30",),
        rate="reduced",
        asks="whether it is coffee, tea, milk or still water",
        since=date(2016, 7, 1),
        source=_RESTAURANTS,
    ),
    LowerRate(
        what="Electronic books, newspapers and magazines",
        cpa=("58.11", "58.13", "58.14"),
        rate="second reduced",
        since=date(2019, 1, 1),
        source=_LIST_I,
    ),
    LowerRate(
        what="Theatre, concerts, dance, circus, cinema",
        cpa=("59.14", "90.01"),
        rate="second reduced",
        since=date(2019, 1, 1),
        source=_SHOWS,
    ),
    LowerRate(
        what="Theatre, concerts, dance, circus, cinema",
        cpa=("59.14", "90.01"),
        rate="reduced",
        since=date(2012, 1, 1),
        until=date(2018, 12, 31),
        source=_SHOWS,
    ),
    LowerRate(
        what="Zoos, botanical gardens, aquariums",
        cpa=("91.04",),
        rate="second reduced",
        since=date(2020, 4, 1),
        source=_SHOWS,
    ),
    LowerRate(what="Repair of bicycles", cpa=("95.29.12",), rate="second reduced", source=_LIST_I),
)
