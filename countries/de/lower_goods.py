"""Goods that bear 7 % in Germany: Anlage 2 of the UStG, by customs code."""

from datetime import date

from countries.sources import Confidence, Source
from countries.vat.system import LowerRate

_ANNEX = Source(
    title="Umsatzsteuergesetz (UStG) § 12 Abs. 2 Nr. 1, Anlage 2",
    url="https://www.gesetze-im-internet.de/ustg_1980/anlage_2.html",
    read_on=date(2026, 11, 21),
    confidence=Confidence.C,
    note="Groups of goods read at Haufe (Schwarz/Widmann/Radeisen); the codes are from memory.",
)
_ENERGY = Source(
    title="Umsatzsteuergesetz (UStG) § 28 Abs. 5 and 6",
    url="https://www.gesetze-im-internet.de/ustg_1980/__28.html",
    read_on=date(2026, 11, 21),
    confidence=Confidence.M,
    note="From memory: 2022-10-01 to 2024-03-31.",
)
_SOLAR = Source(
    title="Umsatzsteuergesetz (UStG) § 12 Abs. 3",
    url="https://www.gesetze-im-internet.de/ustg_1980/__12.html",
    read_on=date(2026, 11, 21),
    confidence=Confidence.M,
    note="From memory.",
)
_ART = Source(
    title="Umsatzsteuergesetz (UStG) § 12 Abs. 2 Nr. 1, Anlage 2 Nr. 53, 54 (JStG 2024)",
    url="https://www.gesetze-im-internet.de/ustg_1980/anlage_2.html",
    read_on=date(2026, 11, 21),
    confidence=Confidence.C,
    note="That art left the list in 2014 read at Haufe; that it came back in 2025 is from memory.",
)

LOWER_GOODS = (
    LowerRate(
        rate="reduced",
        what="Livestock: cattle, pigs, sheep, goats, poultry, rabbits, pigeons, bees",
        cn=("0102", "0103", "0104", "0105", "010614", "01063910", "010641"),
        source=_ANNEX,
    ),
    LowerRate(rate="reduced", what="Horses", cn=("0101",), until=date(2012, 6, 30), source=_ANNEX),
    LowerRate(rate="reduced", what="Meat, fish, shellfish", cn=("02", "03"), source=_ANNEX),
    LowerRate(
        rate="standard",
        what="Ornamental fish, spiny lobsters, lobsters, oysters, snails",
        cn=(
            *("030111", "030119", "030611", "030612", "030631", "030632", "030691", "030692"),
            *("030711", "030712", "030719", "030760"),
        ),
        source=_ANNEX,
    ),
    LowerRate(
        rate="reduced",
        what="Milk and what is made from it, eggs, honey",
        cn=("0401", "0402", "0403", "0404", "0405", "0406", "0407", "0408", "0409"),
        source=_ANNEX,
    ),
    LowerRate(
        rate="reduced",
        what="Stomachs of cattle and poultry, raw bones",
        cn=("0504", "0506"),
        asks="whether they are stomachs of cattle or poultry, or raw bones",
        source=_ANNEX,
    ),
    LowerRate(
        rate="reduced",
        what="Bulbs, living plants, fresh flowers and foliage",
        cn=("0601", "0602", "06031", "060420"),
        source=_ANNEX,
    ),
    LowerRate(rate="reduced", what="Vegetables", cn=("07",), source=_ANNEX),
    # Of 0714 only Jerusalem artichokes are named; sweet potatoes bear the standard rate.
    LowerRate(rate="standard", what="Manioc, sweet potatoes", cn=("0714",), source=_ANNEX),
    LowerRate(
        rate="reduced",
        what="Jerusalem artichokes",
        cn=("071490",),
        asks="whether they are Jerusalem artichokes",
        source=_ANNEX,
    ),
    LowerRate(rate="reduced", what="Fruit and nuts", cn=("08",), source=_ANNEX),
    LowerRate(rate="standard", what="Peel of citrus fruit", cn=("0814",), source=_ANNEX),
    LowerRate(rate="reduced", what="Coffee, tea, spices, cereals", cn=("09", "10"), source=_ANNEX),
    LowerRate(
        rate="reduced",
        what="Flour, groats and the like, starch",
        cn=("1101", "1102", "1103", "1104", "1105", "1106", "1108"),
        source=_ANNEX,
    ),
    LowerRate(
        rate="reduced",
        what="Oil seeds, seeds for sowing, straw, fodder",
        cn=(
            *("1201", "1202", "1203", "1204", "1205", "1206", "1207", "1208", "1209"),
            *("1213", "1214"),
        ),
        source=_ANNEX,
    ),
    LowerRate(
        rate="reduced",
        what="Kitchen herbs and household teas; carob and sugar beet",
        cn=("1211", "1212"),
        asks="whether it is a kitchen herb, a household tea, carob or sugar beet",
        source=_ANNEX,
    ),
    LowerRate(rate="reduced", what="Pectin", cn=("130220",), source=_ANNEX),
    LowerRate(
        rate="reduced",
        what="Edible fats and oils, margarine",
        cn=(
            *("1501", "1502", "1503", "1507", "1508", "1509", "1510", "1511", "1512", "1513"),
            *("1514", "1515", "1516", "1517"),
        ),
        source=_ANNEX,
    ),
    LowerRate(rate="reduced", what="Preparations of meat and fish", cn=("16",), source=_ANNEX),
    LowerRate(
        rate="standard",
        what="Caviar, prepared lobsters, oysters and snails",
        cn=("160431", "160530", "160551", "160558"),
        source=_ANNEX,
    ),
    LowerRate(
        rate="reduced",
        what="Sugar, cocoa powder, chocolate, bread, pasta, pastry",
        cn=("17", "1805", "1806", "19"),
        source=_ANNEX,
    ),
    LowerRate(rate="reduced", what="Preserved vegetables and fruit", cn=("20",), source=_ANNEX),
    LowerRate(rate="standard", what="Juices", cn=("2009",), source=_ANNEX),
    LowerRate(rate="reduced", what="Sauces, soups and other food", cn=("21",), source=_ANNEX),
    LowerRate(
        rate="reduced",
        what="Water that is not packed for consumers",
        cn=("220190",),
        asks="whether the water is packed for sale to consumers",
        source=_ANNEX,
    ),
    LowerRate(
        rate="reduced",
        what="Drinks of milk",
        cn=("22029991", "22029995", "22029999"),
        asks="whether milk makes at least 75 % of the drink",
        source=_ANNEX,
    ),
    LowerRate(rate="reduced", what="Vinegar, animal feed", cn=("2209", "23"), source=_ANNEX),
    LowerRate(rate="reduced", what="Salt for food", cn=("25010091",), source=_ANNEX),
    LowerRate(
        rate="reduced",
        what="Natural gas through the network",
        cn=("271121",),
        since=date(2022, 10, 1),
        until=date(2024, 3, 31),
        source=_ENERGY,
    ),
    LowerRate(
        rate="reduced",
        what="Baking soda, sorbitol, acetic acid, saccharin for food",
        cn=("283630", "290544", "291521", "292511"),
        source=_ANNEX,
    ),
    LowerRate(
        rate="reduced",
        what="Manure, flavours for food, gelatine",
        cn=("3101", "330210", "35030010"),
        source=_ANNEX,
    ),
    LowerRate(
        rate="reduced",
        what="Firewood, pellets, sawdust",
        cn=("440111", "440112", "44013", "44014"),
        source=_ANNEX,
    ),
    LowerRate(
        rate="reduced",
        what="Wood chips for burning",
        cn=("440121", "440122"),
        asks="whether the chips are meant for burning",
        source=_ANNEX,
    ),
    LowerRate(
        rate="reduced",
        what="Books, newspapers, picture books, music, maps",
        cn=("4901", "4902", "4903", "4904", "4905"),
        source=_ANNEX,
    ),
    LowerRate(
        rate="reduced",
        what="Audiobooks on disc",
        cn=("8523",),
        since=date(2015, 1, 1),
        asks="whether it holds nothing but the reading of a book",
        source=_ANNEX,
    ),
    LowerRate(
        rate="zero",
        what="Photovoltaic modules for dwellings and public buildings",
        cn=("854143",),
        since=date(2023, 1, 1),
        asks="whether the buyer runs them on or near a dwelling or a building of public benefit",
        source=_SOLAR,
    ),
    LowerRate(
        rate="reduced",
        what="Wheelchairs, artificial limbs and joints, hearing aids",
        cn=("8713", "9021"),
        source=_ANNEX,
    ),
    LowerRate(
        rate="standard",
        what="Splints, parts of hearing aids",
        cn=("90211090", "90219010"),
        source=_ANNEX,
    ),
    LowerRate(
        rate="reduced",
        what="Menstrual pads and tampons",
        cn=("96190040", "96190071", "96190075", "96190079"),
        since=date(2020, 1, 1),
        source=_ANNEX,
    ),
    LowerRate(
        rate="reduced",
        what="Art and collections",
        cn=("9701", "9702", "9703", "9704", "9705"),
        since=date(2025, 1, 1),
        source=_ART,
    ),
    LowerRate(
        rate="reduced",
        what="Art and collections",
        cn=("9701", "9702", "9703", "9704", "9705"),
        since=date(2014, 1, 1),
        until=date(2024, 12, 31),
        asks="whether the artist or the artist's heirs sell it",
        source=_ART,
    ),
    LowerRate(
        rate="reduced",
        what="Art and collections",
        cn=("9701", "9702", "9703", "9704", "9705"),
        until=date(2013, 12, 31),
        source=_ART,
    ),
)
