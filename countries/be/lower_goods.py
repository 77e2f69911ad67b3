"""Goods that bear another rate than the standard one in Belgium."""

from datetime import date

from countries.sources import Confidence, Source
from countries.vat.system import LowerRate

_ZERO = Source(
    title=(
        "Koninklijk besluit nr. 20 / Arrêté royal n° 20 (zero rate of newspapers and "
        "recovered materials)"
    ),
    url="https://www.ejustice.just.fgov.be/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.M,
    note="From memory.",
)
_PARKING = Source(
    title=(
        "Koninklijk besluit nr. 20 / Arrêté royal n° 20, tabel B / tableau B; Directive "
        "2006/112/EC, Article 118"
    ),
    url="https://www.ejustice.just.fgov.be/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.C,
    note=(
        "Parking rate of 12 % in the Commission's lists of 2014 and 2017; 12 % on coal "
        "read in daardaar.be (2016). Whether it still holds in 2026 was not found."
    ),
)
_A = Source(
    title="Koninklijk besluit nr. 20 / Arrêté royal n° 20, tabel A / tableau A",
    url="https://www.ejustice.just.fgov.be/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.M,
    note="From memory; codes chosen by us, for the decree names few.",
)
_B = Source(
    title="Koninklijk besluit nr. 20 / Arrêté royal n° 20, tabel B / tableau B",
    url="https://www.ejustice.just.fgov.be/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.M,
    note="From memory.",
)
_STAYS = Source(
    title=(
        "Koninklijk besluit nr. 20 / Arrêté royal n° 20, tabel A XXX, from 2026-03-01 tabel B IV"
    ),
    url="https://www.ejustice.just.fgov.be/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.A,
    note=(
        "FAQ of the FPS Finance of 2026-02-17 (blog.tamtam.pro) and practicali.be: of the "
        "reform of 2026 only stays and pesticides came into force; take-away, culture, "
        "sport and drinks were put off."
    ),
)
_ENERGY = Source(
    title=(
        "Koninklijke besluiten / Arrêtés royaux 21 February and 23 March 2022; wet / loi "
        "19 March 2023"
    ),
    url="https://www.ejustice.just.fgov.be/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.A,
    note=(
        "Acts of 2022 read at etaamb.openjustice.be, made permanent at news.belgium.be, "
        "2014 and 2015 at dhnet.be."
    ),
)

LOWER_GOODS = (
    LowerRate(rate="reduced", what="Livestock", cn=("0102", "0103", "0104", "0105"), source=_A),
    LowerRate(
        rate="reduced",
        what="Horses and asses",
        cn=("0101",),
        asks="whether they are for slaughter",
        source=_A,
    ),
    LowerRate(rate="reduced", what="Meat, fish, shellfish", cn=("02", "03"), source=_A),
    LowerRate(
        rate="standard",
        what="Lobsters, crabs, crayfish, oysters",
        cn=(
            *("030611", "030612", "030614", "03061910", "030631", "030632", "030633"),
            *("03063910", "030691", "030692", "030693", "03069910", "03071"),
        ),
        source=_A,
    ),
    LowerRate(
        rate="reduced", what="Milk, eggs, honey; plants and flowers", cn=("04", "06"), source=_A
    ),
    LowerRate(
        rate="reduced",
        what="Vegetables, fruit, coffee, tea, spices, cereals, flour, seeds",
        cn=("07", "08", "09", "10", "11", "12"),
        source=_A,
    ),
    LowerRate(
        rate="reduced",
        what="Edible fats and oils",
        cn=("1501", "1502", "1503", "1507", "1508", "1509", "151"),
        source=_A,
    ),
    LowerRate(rate="second reduced", what="Margarine", cn=("151710",), source=_B),
    LowerRate(rate="reduced", what="Prepared meat and fish", cn=("16",), source=_A),
    LowerRate(
        rate="standard",
        what="Caviar, prepared crabs, lobsters and oysters",
        cn=("160431", "160432", "160510", "160530", "160540", "160551"),
        source=_A,
    ),
    LowerRate(
        rate="reduced",
        what="Sugar, chocolate, bread, preserved vegetables, juices, other food",
        cn=("17", "18", "19", "20", "21"),
        source=_A,
    ),
    LowerRate(
        rate="reduced",
        what="Water, soft drinks, beer without alcohol",
        cn=("2201", "2202"),
        source=_A,
    ),
    LowerRate(
        rate="reduced", what="Vinegar, animal feed, salt", cn=("2209", "23", "2501"), source=_A
    ),
    LowerRate(rate="standard", what="Food for dogs and cats", cn=("230910",), source=_A),
    LowerRate(
        rate="parking", what="Coal, lignite, coke", cn=("2701", "2702", "2704"), source=_PARKING
    ),
    LowerRate(
        rate="reduced",
        what="Electricity of households",
        cn=("2716",),
        since=date(2022, 3, 1),
        asks="whether it is supplied under a residential contract",
        source=_ENERGY,
    ),
    LowerRate(
        rate="reduced",
        what="Electricity of households",
        cn=("2716",),
        since=date(2014, 4, 1),
        until=date(2015, 8, 31),
        asks="whether it is supplied under a residential contract",
        source=_ENERGY,
    ),
    LowerRate(
        rate="reduced",
        what="Gas of households",
        cn=("271121",),
        since=date(2022, 4, 1),
        asks="whether it is supplied under a residential contract",
        source=_ENERGY,
    ),
    LowerRate(
        rate="reduced",
        what="Blood, vaccines, medicines, bandages, contraceptives",
        cn=("3002", "3003", "3004", "3005", "300660", "401410"),
        source=_A,
    ),
    LowerRate(rate="reduced", what="Fertilizers", cn=("31",), source=_A),
    LowerRate(
        rate="second reduced",
        what="Pesticides for plants",
        cn=("380891", "380892", "380893"),
        until=date(2026, 2, 28),
        asks="whether it is licensed to protect plants",
        source=_STAYS,
    ),
    LowerRate(
        rate="second reduced", what="Tyres of agricultural machines", cn=("401170",), source=_B
    ),
    LowerRate(rate="reduced", what="Firewood, pellets", cn=("4401",), source=_A),
    LowerRate(
        rate="zero",
        what="Scrap of paper, textiles and metals",
        cn=("4707", "6310", "7204", "7404", "7503", "7602", "7802", "7902", "8002"),
        source=_ZERO,
    ),
    LowerRate(
        rate="reduced",
        what="Books, picture books, music, maps",
        cn=("4901", "4903", "4904", "4905"),
        source=_A,
    ),
    LowerRate(
        rate="zero", what="Newspapers of at least four issues a week", cn=("490210",), source=_ZERO
    ),
    LowerRate(
        rate="zero",
        what="Other periodicals",
        cn=("490290",),
        asks="whether it has general news and at least 48 issues a year",
        source=_ZERO,
    ),
    LowerRate(
        rate="reduced",
        what="Wheelchairs, artificial limbs and joints, hearing aids",
        cn=("8713", "871420", "9021"),
        source=_A,
    ),
    LowerRate(
        rate="reduced",
        what="Menstrual pads and tampons",
        cn=("96190040", "96190071", "96190075", "96190079"),
        since=date(2018, 1, 1),
        source=_A,
    ),
    LowerRate(
        rate="reduced",
        what="Art and collections",
        cn=("9701", "9702", "9703", "9704", "9705", "9706"),
        asks="whether the artist or the artist's heirs sell it",
        source=_A,
    ),
)
