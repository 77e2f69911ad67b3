"""Goods that bear another rate than the standard one in France."""

from datetime import date

from countries.sources import Confidence, Source
from countries.vat.system import LowerRate

_CGI0 = Source(
    title="Code général des impôts (CGI), article 278-0 bis",
    url="https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000006069577/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.C,
    note=(
        "Groups as in GOBL's French regime, which follows economie.gouv.fr; exceptions, "
        "days and customs codes from memory."
    ),
)
_CGI8 = Source(
    title="Code général des impôts (CGI), articles 278 bis, 278 quater et 278 septies",
    url="https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000006069577/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.C,
    note=("Farm products and firewood at 10 % in GOBL's French regime; the rest from memory."),
)
_ENERGY = Source(
    title="Code général des impôts (CGI), article 278-0 bis B; loi de finances pour 2025",
    url="https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000006069577/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.A,
    note=(
        "End of the reduced rate of subscriptions on 2025-08-01 read at legifiscal.fr, "
        "cerfrance.fr and easytax.co."
    ),
)
_SUPER = Source(
    title="Code général des impôts (CGI), articles 281 quater, 281 octies, 298 septies",
    url="https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000006069577/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.C,
    note=("Medicines, the press and certain shows in GOBL's French regime; days from memory."),
)
_ART = Source(
    title="Code général des impôts (CGI), article 278-0 bis I (loi de finances pour 2024)",
    url="https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000006069577/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.M,
    note="From memory.",
)
_BOOKS = Source(
    title=(
        "Code général des impôts (CGI), article 278-0 bis A 3°; loi 2011-1978, article "
        "13; loi 2012-1510"
    ),
    url="https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000006069577/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.M,
    note="From memory: 7 % from 2012-04-01 to 2012-12-31.",
)

LOWER_GOODS = (
    LowerRate(
        rate="second reduced",
        what="Livestock",
        cn=("0102", "0103", "0104", "0105"),
        since=date(2012, 1, 1),
        until=date(2021, 12, 31),
        source=_CGI8,
    ),
    LowerRate(
        rate="reduced",
        what="Livestock",
        cn=("0102", "0103", "0104", "0105"),
        since=date(2022, 1, 1),
        asks="whether the animals are meant for human food",
        source=_CGI8,
    ),
    LowerRate(
        rate="reduced", what="Meat, fish, milk, eggs, honey", cn=("02", "03", "04"), source=_CGI0
    ),
    LowerRate(
        rate="second reduced",
        what="Plants and flowers",
        cn=("06",),
        since=date(2012, 1, 1),
        source=_CGI8,
    ),
    LowerRate(
        rate="reduced",
        what="Plants and flowers",
        cn=("06",),
        until=date(2011, 12, 31),
        source=_CGI8,
    ),
    LowerRate(
        rate="reduced",
        what="Vegetables, fruit, coffee, tea, spices, cereals, flour",
        cn=("07", "08", "09", "10", "11"),
        source=_CGI0,
    ),
    LowerRate(
        rate="reduced",
        what="Edible oils and animal fats",
        cn=(
            *("1501", "1502", "1507", "1508", "1509", "1510", "1511", "1512", "1513"),
            *("1514", "1515"),
        ),
        source=_CGI0,
    ),
    LowerRate(rate="reduced", what="Prepared meat and fish", cn=("16",), source=_CGI0),
    LowerRate(rate="standard", what="Caviar", cn=("160431",), source=_CGI0),
    LowerRate(
        rate="reduced",
        what="Sugar, cocoa, bread, preserves, juices, other food, vinegar, salt",
        cn=("1701", "1702", "1703", "1801", "1804", "1805", "19", "20", "21", "2209", "2501"),
        source=_CGI0,
    ),
    LowerRate(
        rate="reduced",
        what="Chocolate",
        cn=("1806",),
        asks="whether it is plain chocolate, chocolates, cocoa beans or cocoa butter",
        source=_CGI0,
    ),
    LowerRate(
        rate="reduced", what="Water and drinks without alcohol", cn=("2201", "2202"), source=_CGI0
    ),
    LowerRate(
        rate="second reduced",
        what="Feed of farm animals",
        cn=("23",),
        since=date(2012, 1, 1),
        source=_CGI8,
    ),
    LowerRate(
        rate="reduced",
        what="Feed of farm animals",
        cn=("23",),
        until=date(2011, 12, 31),
        source=_CGI8,
    ),
    LowerRate(rate="standard", what="Food for dogs and cats", cn=("230910",), source=_CGI8),
    LowerRate(
        rate="reduced",
        what="Gas and electricity, the subscription",
        cn=("2716", "271121"),
        until=date(2025, 7, 31),
        asks="whether it is the subscription, and of at most 36 kVA",
        source=_ENERGY,
    ),
    LowerRate(
        rate="super reduced",
        what="Blood, medicines",
        cn=("3002", "3003", "3004"),
        asks="whether social security reimburses the medicine (2.1 %) or not (10 %)",
        source=_SUPER,
    ),
    LowerRate(rate="reduced", what="Contraceptives", cn=("300660", "401410"), source=_CGI0),
    LowerRate(
        rate="second reduced",
        what="Organic fertilizers",
        cn=("3101",),
        since=date(2012, 1, 1),
        source=_CGI8,
    ),
    LowerRate(
        rate="reduced",
        what="Organic fertilizers",
        cn=("3101",),
        until=date(2011, 12, 31),
        source=_CGI8,
    ),
    LowerRate(
        rate="second reduced",
        what="Firewood, pellets",
        cn=("440111", "440112", "44013", "44014"),
        since=date(2012, 1, 1),
        source=_CGI8,
    ),
    LowerRate(
        rate="reduced",
        what="Firewood, pellets",
        cn=("440111", "440112", "44013", "44014"),
        until=date(2011, 12, 31),
        source=_CGI8,
    ),
    LowerRate(
        rate="reduced",
        what="Books, picture books, music",
        cn=("4901", "4903", "4904"),
        since=date(2013, 1, 1),
        source=_BOOKS,
    ),
    LowerRate(
        rate="second reduced",
        what="Books, picture books, music",
        cn=("4901", "4903", "4904"),
        since=date(2012, 4, 1),
        until=date(2012, 12, 31),
        source=_BOOKS,
    ),
    LowerRate(
        rate="reduced",
        what="Books, picture books, music",
        cn=("4901", "4903", "4904"),
        until=date(2012, 3, 31),
        source=_BOOKS,
    ),
    LowerRate(
        rate="super reduced",
        what="Newspapers and journals",
        cn=("4902",),
        asks="whether the title is registered with the CPPAP",
        source=_SUPER,
    ),
    LowerRate(
        rate="reduced",
        what="Wheelchairs, artificial limbs and joints, hearing aids",
        cn=("8713", "9021"),
        source=_CGI0,
    ),
    LowerRate(
        rate="reduced",
        what="Menstrual pads and tampons",
        cn=("96190040", "96190071", "96190075", "96190079"),
        since=date(2016, 1, 1),
        source=_CGI0,
    ),
    LowerRate(
        rate="reduced",
        what="Art, collections, antiques",
        cn=("9701", "9702", "9703", "9704", "9705", "9706"),
        since=date(2025, 1, 1),
        source=_ART,
    ),
    LowerRate(
        rate="reduced",
        what="Art, collections, antiques",
        cn=("9701", "9702", "9703", "9704", "9705", "9706"),
        since=date(2015, 1, 1),
        until=date(2024, 12, 31),
        asks="whether the artist or the artist's heirs sell it",
        source=_ART,
    ),
)
