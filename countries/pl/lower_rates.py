"""What bears 8, 5 or 0 % in Poland: annexes 3 and 10 of the VAT act."""

from datetime import date

from countries.pl.food_rates import FOOD
from countries.sources import Confidence, Source
from countries.vat.system import LowerRate

_URL = "https://isap.sejm.gov.pl/"
_READ_ON = date(2026, 11, 21)

_ANNEX_3 = Source(
    title="Ustawa o podatku od towarów i usług, załącznik nr 3",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.M,
    note="From memory; parts in becompliant.tax and vatcalc.com.",
)
_ANNEX_10 = Source(
    title="Ustawa o podatku od towarów i usług, załącznik nr 10",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="hant.pl and tvn24.pl on the list of 1 July 2020, books since 1 November 2019.",
)
_SHIELD = Source(
    title="Ustawa o podatku od towarów i usług, art. 146da-146dd; Tarcza antyinflacyjna 2022",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="gov.pl and investmentsgroup.net; the end with 2022: news.bizinpoland.com.",
)
_BEAUTY = Source(
    title="Rozporządzenie Ministra Finansów z dnia 14 marca 2024 r. (Dz. U. poz. 387)",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="infor.pl, gazetaprawna.pl, wzajaczkowski.pl, with the codes.",
)
_HOUSING = Source(
    title="Ustawa o podatku od towarów i usług, art. 41 ust. 12-12c",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.M,
    note="From memory.",
)

_SHIELD_BEGAN = date(2022, 2, 1)
_SHIELD_ENDED = date(2022, 12, 31)

LOWER_RATES = (
    *FOOD,
    LowerRate(
        what="Petrol, diesel and heating oil",
        cn=("271012", "271019"),
        rate="reduced",
        since=_SHIELD_BEGAN,
        until=_SHIELD_ENDED,
        source=_SHIELD,
    ),
    LowerRate(
        what="Natural gas",
        cn=("271111", "271121"),
        rate="zero",
        since=_SHIELD_BEGAN,
        until=_SHIELD_ENDED,
        source=_SHIELD,
    ),
    LowerRate(
        what="Natural gas",
        cn=("271111", "271121"),
        rate="reduced",
        since=date(2022, 1, 1),
        until=date(2022, 1, 31),
        source=_SHIELD,
    ),
    LowerRate(
        what="Electricity",
        cn=("2716",),
        rate="second reduced",
        since=date(2022, 1, 1),
        until=_SHIELD_ENDED,
        source=_SHIELD,
    ),
    LowerRate(what="Medicines", cn=("3002", "3003", "3004"), rate="reduced", source=_ANNEX_3),
    LowerRate(
        what="Fertilizers",
        cn=("31",),
        rate="zero",
        since=_SHIELD_BEGAN,
        until=_SHIELD_ENDED,
        source=_SHIELD,
    ),
    LowerRate(
        what="Fertilizers",
        cn=("31",),
        rate="reduced",
        since=date(2023, 1, 1),
        source=_ANNEX_3,
    ),
    LowerRate(
        what="Fertilizers",
        cn=("31",),
        rate="reduced",
        until=date(2022, 1, 31),
        source=_ANNEX_3,
    ),
    LowerRate(
        what="Products to protect plants",
        cn=("3808",),
        rate="reduced",
        asks="whether it is a plant protection product or a disinfectant authorised as such",
        source=_ANNEX_3,
    ),
    LowerRate(
        what="Medical devices: dressings, contraceptives, wheelchairs, orthopaedic appliances",
        cn=("3005", "3006", "40141000", "8713", "9021"),
        rate="reduced",
        source=_ANNEX_3,
    ),
    LowerRate(
        what="Medical instruments",
        cn=("9018", "9019", "9022"),
        rate="reduced",
        asks="whether it is a medical device",
        source=_ANNEX_3,
    ),
    LowerRate(
        what="Books, music and maps",
        cn=("4901", "4903", "4904", "4905"),
        rate="second reduced",
        source=_ANNEX_10,
    ),
    LowerRate(
        what="Newspapers and periodicals",
        cn=("4902",),
        rate="reduced",
        asks="whether it is a regional or local one (5 %)",
        source=_ANNEX_10,
    ),
    LowerRate(
        what="Car seats for children",
        cn=("940180",),
        rate="second reduced",
        asks="whether it is a car seat for children",
        source=_ANNEX_10,
    ),
    LowerRate(
        what="Sanitary towels, tampons and napkins",
        cn=("9619",),
        rate="second reduced",
        source=_ANNEX_10,
    ),
    LowerRate(
        what="Services for farming and forestry",
        cpa=("01.6", "02.1", "02.4"),
        rate="reduced",
        source=_ANNEX_3,
    ),
    LowerRate(
        what="Steam and hot water",
        cpa=("35.30",),
        rate="second reduced",
        since=_SHIELD_BEGAN,
        until=_SHIELD_ENDED,
        source=_SHIELD,
    ),
    LowerRate(
        what="Steam and hot water",
        cpa=("35.30",),
        rate="reduced",
        since=date(2022, 1, 1),
        until=date(2022, 1, 31),
        source=_SHIELD,
    ),
    LowerRate(
        what="Water, sewerage, waste, cleaning of streets",
        cpa=("36.00", "37.00", "38.1", "38.2", "81.29.12", "81.29.13"),
        rate="reduced",
        source=_ANNEX_3,
    ),
    LowerRate(
        what="Dwellings: building, renovation and sale",
        cpa=("41.00.1", "41.00.3", "43"),
        rate="reduced",
        asks="whether it is a dwelling of the social programme (up to 150 or 300 square metres)",
        source=_HOUSING,
    ),
    LowerRate(
        what="Transport of passengers",
        cpa=("49.10", "49.31", "49.32", "49.39", "50.10", "50.30", "51.10"),
        rate="reduced",
        source=_ANNEX_3,
    ),
    LowerRate(
        what="Accommodation",
        cpa=("55.10", "55.20", "55.30", "55.90"),
        rate="reduced",
        source=_ANNEX_3,
    ),
    LowerRate(
        what="Meals in restaurants, take-away and catering; not seafood",
        cpa=("56.10", "56.21", "56.29"),
        rate="reduced",
        source=_ANNEX_3,
    ),
    LowerRate(
        what="Drinks served",
        cpa=("56.30",),
        rate="reduced",
        asks="whether it is a milk drink or a juice; coffee, tea, soda and alcohol bear 23 %",
        source=_ANNEX_3,
    ),
    LowerRate(
        what="Electronic books",
        cpa=("58.11",),
        rate="second reduced",
        since=date(2019, 11, 1),
        source=_ANNEX_10,
    ),
    LowerRate(
        what="Electronic newspapers and periodicals",
        cpa=("58.13", "58.14"),
        rate="reduced",
        since=date(2019, 11, 1),
        source=_ANNEX_10,
    ),
    LowerRate(
        what="Admission to cinemas, theatres, concerts, museums, zoos, amusement, recreation",
        cpa=("59.14", "90.01", "90.02", "90.04", "91.02", "91.03", "91.04", "93.21", "93.29"),
        rate="reduced",
        source=_ANNEX_3,
    ),
    LowerRate(
        what="Radio and television by subscription",
        cpa=("60.10", "60.20"),
        rate="reduced",
        source=_ANNEX_3,
    ),
    LowerRate(what="Veterinary services", cpa=("75.00",), rate="reduced", source=_ANNEX_3),
    LowerRate(what="Works of artists", cpa=("90.03",), rate="reduced", source=_ANNEX_3),
    LowerRate(
        what="Sport: facilities, clubs, fitness",
        cpa=("93.11", "93.12", "93.13"),
        rate="reduced",
        source=_ANNEX_3,
    ),
    LowerRate(
        what="Repair of bicycles, shoes, leather goods, clothes and household linen",
        cpa=("95.23", "95.29.11", "95.29.12"),
        rate="reduced",
        source=_ANNEX_3,
    ),
    LowerRate(what="Hairdressers", cpa=("96.02.11", "96.02.12"), rate="reduced", source=_ANNEX_3),
    LowerRate(
        what="Cosmetic treatment, manicure, pedicure",
        cpa=("96.02.13", "96.02.19"),
        rate="reduced",
        since=date(2024, 4, 1),
        source=_BEAUTY,
    ),
    LowerRate(
        what="Cosmetic treatment, manicure, pedicure at home",
        cpa=("96.02.14",),
        rate="reduced",
        asks="whether it is one of the treatments that the regulation names",
        since=date(2024, 4, 1),
        source=_BEAUTY,
    ),
    LowerRate(what="Funerals", cpa=("96.03",), rate="reduced", source=_ANNEX_3),
)
