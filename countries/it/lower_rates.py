"""What bears 10, 5 or 4 % in Italy: DPR 633/1972, Tabella A."""

from datetime import date

from countries.it.food_rates import FOOD
from countries.sources import Confidence, Source
from countries.vat.system import LowerRate

_URL = "https://www.normattiva.it/"
_READ_ON = date(2026, 11, 21)

_FOUR = Source(
    title="DPR 26 ottobre 1972, n. 633, Tabella A, parte II",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.M,
    note="From memory. E-books since Legge 190/2014, e-periodicals since Legge 208/2015.",
)
_FIVE = Source(
    title="DPR 26 ottobre 1972, n. 633, Tabella A, parte II-bis",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.M,
    note="Herbs and truffles: corriere.it. Their first days, and water transport, from memory.",
)
_ART = Source(
    title="DL 30 giugno 2025, n. 95, art. 9; Tabella A, parte II-bis, n. 1-nonies",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="eutekne.info, informazionefiscale.it, directio.it: not under the margin scheme.",
)
_CANTEENS = Source(
    title="DPR 26 ottobre 1972, n. 633, Tabella A, parte II, n. 37",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="lastampa.it (2019); the number is from memory.",
)
_TEN = Source(
    title="DPR 26 ottobre 1972, n. 633, Tabella A, parte III",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.M,
    note="From memory; the table of 1972 and that of 2009 were seen in part.",
)
_GAS = Source(
    title="DL 27 settembre 2021, n. 130, art. 2, e successive proroghe fino al 31 dicembre 2023",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="studiobroglia.com, ilsole24ore.com (2021, 2023), DL 34/2023, art. 2.",
)
_HYGIENE = Source(
    title="Leggi 234/2021, 197/2022 e 213/2023; DPR 633/1972, Tabella A, parti II-bis e III",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="redazionefiscale.it, fiscoetasse.com, distribuzionemoderna.info; the codes, and that "
    "what is compostable bore 5 % since 2020, from memory.",
)
_WORKS = Source(
    title="Legge 23 dicembre 1999, n. 488, art. 7; Tabella A, parte III, n. 127",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.M,
    note="From memory.",
)

LOWER_RATES = (
    *FOOD,
    LowerRate(
        what="Natural gas for combustion",
        cn=("271111", "271121"),
        rate="second reduced",
        since=date(2021, 10, 1),
        until=date(2023, 12, 31),
        source=_GAS,
    ),
    LowerRate(
        what="Natural gas for combustion",
        cn=("271111", "271121"),
        rate="reduced",
        asks="whether it is for a household, and within 480 cubic metres of the year",
        since=date(2024, 1, 1),
        source=_TEN,
    ),
    LowerRate(
        what="Natural gas for combustion",
        cn=("271111", "271121"),
        rate="reduced",
        asks="whether it is for a household, and within 480 cubic metres of the year",
        until=date(2021, 9, 30),
        source=_TEN,
    ),
    LowerRate(
        what="Electricity",
        cn=("2716",),
        rate="reduced",
        asks="whether it is for a household, for farming or for mining, industry and printing",
        source=_TEN,
    ),
    LowerRate(
        what="Medicines, blood and vaccines",
        cn=("3001", "3002", "3003", "3004"),
        rate="reduced",
        source=_TEN,
    ),
    LowerRate(what="Fertilizers", cn=("31",), rate="super reduced", source=_FOUR),
    LowerRate(
        what="Products to protect plants",
        cn=("3808",),
        rate="reduced",
        asks="whether it is for protecting crops",
        source=_TEN,
    ),
    LowerRate(what="Firewood", cn=("440111", "440112"), rate="reduced", source=_TEN),
    LowerRate(
        what="Wood pellets",
        cn=("440131",),
        rate="reduced",
        since=date(2023, 1, 1),
        until=date(2024, 2, 29),
        source=_TEN,
    ),
    LowerRate(
        what="Books, newspapers, periodicals, music and maps",
        cn=("4901", "4902", "4903", "4904", "4905"),
        rate="super reduced",
        source=_FOUR,
    ),
    LowerRate(
        what="Carriages for disabled persons, orthopaedic appliances",
        cn=("8713", "871420", "9021"),
        rate="super reduced",
        source=_FOUR,
    ),
    LowerRate(
        what="Sanitary towels, tampons and napkins for babies",
        cn=("96190071", "96190075", "96190079", "96190081"),
        rate="reduced",
        since=date(2024, 1, 1),
        source=_HYGIENE,
    ),
    LowerRate(
        what="Sanitary towels, tampons and napkins for babies",
        cn=("96190071", "96190075", "96190079", "96190081"),
        rate="second reduced",
        since=date(2023, 1, 1),
        until=date(2023, 12, 31),
        source=_HYGIENE,
    ),
    LowerRate(
        what="Sanitary towels and tampons",
        cn=("96190071", "96190075", "96190079"),
        rate="reduced",
        asks="whether they are compostable or washable (5 %)",
        since=date(2022, 1, 1),
        until=date(2022, 12, 31),
        source=_HYGIENE,
    ),
    LowerRate(
        what="Sanitary towels and tampons",
        cn=("96190071", "96190075", "96190079"),
        rate="second reduced",
        asks="whether they are compostable or washable",
        since=date(2020, 1, 1),
        until=date(2021, 12, 31),
        source=_HYGIENE,
    ),
    LowerRate(
        what="Food for infants",
        cn=("19011000",),
        rate="second reduced",
        since=date(2023, 1, 1),
        until=date(2023, 12, 31),
        source=_HYGIENE,
    ),
    LowerRate(
        what="Children's seats for cars",
        cn=("9401",),
        rate="second reduced",
        asks="whether it is a child's seat for a car",
        since=date(2023, 1, 1),
        until=date(2023, 12, 31),
        source=_HYGIENE,
    ),
    LowerRate(
        what="Works of art, antiques and collectors' pieces",
        cn=("97",),
        rate="second reduced",
        since=date(2025, 7, 1),
        source=_ART,
    ),
    LowerRate(
        what="Works of art",
        cn=("97",),
        rate="reduced",
        asks="whether it is imported, or the artist or the artist's heirs sell it",
        until=date(2025, 6, 30),
        source=_ART,
    ),
    LowerRate(
        what="Steam and hot water of district heating",
        cpa=("35.30",),
        rate="reduced",
        asks="whether it is for a household and from renewable or cogenerated heat",
        source=_TEN,
    ),
    LowerRate(
        what="Water, sewerage, collection and treatment of waste",
        cpa=("36.00", "37.00", "38.1", "38.2"),
        rate="reduced",
        source=_TEN,
    ),
    LowerRate(
        what="Building, and dwellings sold new",
        cpa=("41.00.1", "41.00.3"),
        rate="reduced",
        asks="whether it is a first home (4 %), another dwelling (10 %) or one of luxury",
        source=_WORKS,
    ),
    LowerRate(
        what="Work on existing buildings",
        cpa=("43",),
        rate="reduced",
        asks="whether the building is mainly for dwelling, and restored or maintained",
        source=_WORKS,
    ),
    LowerRate(
        what="Transport of passengers",
        cpa=("49.10", "49.31", "49.32", "49.39", "50.10", "51.10"),
        rate="reduced",
        source=_TEN,
    ),
    LowerRate(
        what="Transport of passengers on lakes, rivers and lagoons",
        cpa=("50.30",),
        rate="second reduced",
        asks="whether the transport is urban (5 %) or not (10 %)",
        since=date(2017, 1, 1),
        source=_FIVE,
    ),
    LowerRate(
        what="Accommodation, restaurants, catering and bars",
        cpa=("55.10", "55.20", "55.30", "56"),
        rate="reduced",
        source=_TEN,
    ),
    LowerRate(
        what="Canteens of firms and schools",
        cpa=("56.29.2",),
        rate="super reduced",
        source=_CANTEENS,
    ),
    LowerRate(
        what="Books, also electronic",
        cpa=("58.11",),
        rate="super reduced",
        since=date(2015, 1, 1),
        source=_FOUR,
    ),
    LowerRate(
        what="Newspapers and periodicals, also electronic",
        cpa=("58.13", "58.14"),
        rate="super reduced",
        since=date(2016, 1, 1),
        source=_FOUR,
    ),
    LowerRate(
        what="Cinema, theatre, concerts, circuses",
        cpa=("59.14", "90.01", "90.02"),
        rate="reduced",
        source=_TEN,
    ),
)
