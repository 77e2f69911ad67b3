"""Goods that bear another rate than the standard one in Austria."""

from datetime import date

from countries.sources import Confidence, Source
from countries.vat.system import LowerRate

_LOW = Source(
    title="Umsatzsteuergesetz 1994 (UStG 1994) § 10 Abs. 3a (4,9 %)",
    url="https://www.ris.bka.gv.at/GeltendeFassung.wxe?Abfrage=Bundesnormen&Gesetzesnummer=10004873",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note=(
        "Decision of the government of 2026-01-28 with its list read at kurier.at, "
        "oe24.at and lex-press.at; the enacted text and its codes were not found."
    ),
)
_FIVE = Source(
    title="Umsatzsteuergesetz 1994 (UStG 1994) § 28 Abs. 52 (5 %)",
    url="https://www.ris.bka.gv.at/GeltendeFassung.wxe?Abfrage=Bundesnormen&Gesetzesnummer=10004873",
    read_on=date(2026, 11, 21),
    confidence=Confidence.M,
    note="From memory: 2020-07-01 to 2021-12-31.",
)
_ZERO = Source(
    title="Umsatzsteuergesetz 1994 (UStG 1994), menstrual articles and contraceptives",
    url="https://www.ris.bka.gv.at/GeltendeFassung.wxe?Abfrage=Bundesnormen&Gesetzesnummer=10004873",
    read_on=date(2026, 11, 21),
    confidence=Confidence.A,
    note=(
        "Read at bmfwf.gv.at, tara24.at and oe24.at: from 2026-01-01 free of tax; the "
        "input tax stays deductible."
    ),
)
_SOLAR = Source(
    title="Umsatzsteuergesetz 1994 (UStG 1994) § 28 Abs. 62",
    url="https://www.ris.bka.gv.at/GeltendeFassung.wxe?Abfrage=Bundesnormen&Gesetzesnummer=10004873",
    read_on=date(2026, 11, 21),
    confidence=Confidence.M,
    note=(
        "From memory: 2024-01-01 to 2025-03-31, contracts of before 2025-03-07 until the "
        "end of 2025."
    ),
)
_A1 = Source(
    title="Umsatzsteuergesetz 1994 (UStG 1994) § 10 Abs. 2, Anlage 1",
    url="https://www.ris.bka.gv.at/GeltendeFassung.wxe?Abfrage=Bundesnormen&Gesetzesnummer=10004873",
    read_on=date(2026, 11, 21),
    confidence=Confidence.M,
    note="From memory, its customs codes too.",
)
_A2 = Source(
    title="Umsatzsteuergesetz 1994 (UStG 1994) § 10 Abs. 3, Anlage 2",
    url="https://www.ris.bka.gv.at/GeltendeFassung.wxe?Abfrage=Bundesnormen&Gesetzesnummer=10004873",
    read_on=date(2026, 11, 21),
    confidence=Confidence.M,
    note="From memory, its customs codes too.",
)

LOWER_GOODS = (
    LowerRate(
        rate="second reduced",
        what="Live animals, plants, flowers, seeds",
        cn=("01", "06", "1209"),
        since=date(2016, 1, 1),
        source=_A2,
    ),
    LowerRate(
        rate="reduced",
        what="Live animals, plants, flowers, seeds",
        cn=("01", "06", "1209"),
        until=date(2015, 12, 31),
        source=_A1,
    ),
    LowerRate(
        rate="reduced", what="Meat, fish, milk, eggs, honey", cn=("02", "03", "04"), source=_A1
    ),
    LowerRate(rate="standard", what="Ornamental fish", cn=("030111", "030119"), source=_A1),
    LowerRate(
        rate="super reduced",
        what="Milk, yoghurt, butter, fresh eggs of hens",
        cn=("0401", "040320", "040510", "040721"),
        since=date(2026, 7, 1),
        source=_LOW,
    ),
    LowerRate(rate="reduced", what="Vegetables, fruit", cn=("07", "08"), source=_A1),
    LowerRate(
        rate="super reduced",
        what="Fresh and frozen vegetables",
        cn=("0701", "0702", "0703", "0704", "0705", "0706", "0707", "0708", "0709", "0710"),
        since=date(2026, 7, 1),
        source=_LOW,
    ),
    LowerRate(
        rate="super reduced",
        what="Apples, pears, quinces, fresh stone fruit",
        cn=("0808", "0809"),
        since=date(2026, 7, 1),
        source=_LOW,
    ),
    # Coffee and tea bear the standard rate.
    LowerRate(
        rate="reduced",
        what="Spices, cereals, flour, oil seeds",
        cn=(
            *("0904", "0905", "0906", "0907", "0908", "0909", "0910", "10", "11", "1201"),
            *("1202", "1204", "1205", "1206", "1207", "1208"),
        ),
        source=_A1,
    ),
    LowerRate(
        rate="super reduced",
        what="Rice, flour and groats of wheat",
        cn=("1006", "1101", "110311"),
        since=date(2026, 7, 1),
        source=_LOW,
    ),
    LowerRate(
        rate="reduced",
        what="Edible fats, prepared meat and fish, sugar, cocoa, bread, preserves, other food",
        cn=("15", "16", "17", "18", "19", "20", "21"),
        source=_A1,
    ),
    LowerRate(rate="standard", what="Juices", cn=("2009",), source=_A1),
    LowerRate(
        rate="super reduced",
        what="Pasta without filling, bread",
        cn=("190211", "190219", "19059030"),
        since=date(2026, 7, 1),
        source=_LOW,
    ),
    LowerRate(
        rate="super reduced",
        what="Other bakery",
        cn=("190510", "190540", "19059080"),
        since=date(2026, 7, 1),
        asks="whether it is bread or Gebäck, not confectionery",
        source=_LOW,
    ),
    LowerRate(
        rate="reduced",
        what="Tap water, drinks of milk, vinegar",
        cn=("220190", "22029991", "22029995", "22029999", "2209"),
        source=_A1,
    ),
    LowerRate(
        rate="parking",
        what="Wine",
        cn=("2204",),
        asks="whether the seller made it of grapes of his own",
        source=_A2,
    ),
    LowerRate(
        rate="second reduced",
        what="Animal feed, manure, firewood",
        cn=("23", "3101", "4401"),
        since=date(2016, 1, 1),
        source=_A2,
    ),
    LowerRate(
        rate="reduced",
        what="Animal feed, manure, firewood",
        cn=("23", "3101", "4401"),
        until=date(2015, 12, 31),
        source=_A1,
    ),
    LowerRate(
        rate="super reduced",
        what="Salt for food",
        cn=("25010091",),
        since=date(2026, 7, 1),
        source=_LOW,
    ),
    LowerRate(
        rate="reduced", what="Salt for food", cn=("25010091",), until=date(2026, 6, 30), source=_A1
    ),
    LowerRate(rate="reduced", what="Medicines", cn=("3002", "3003", "3004"), source=_A1),
    LowerRate(
        rate="zero",
        what="Contraceptives",
        cn=("300660", "401410"),
        since=date(2026, 1, 1),
        source=_ZERO,
    ),
    LowerRate(
        rate="reduced",
        what="Books, newspapers, picture books, music, maps",
        cn=("4901", "4902", "4903", "4904", "4905"),
        since=date(2022, 1, 1),
        source=_A1,
    ),
    LowerRate(
        rate="super reduced",
        what="Books, newspapers, picture books, music, maps",
        cn=("4901", "4902", "4903", "4904", "4905"),
        since=date(2020, 7, 1),
        until=date(2021, 12, 31),
        source=_FIVE,
    ),
    LowerRate(
        rate="reduced",
        what="Books, newspapers, picture books, music, maps",
        cn=("4901", "4902", "4903", "4904", "4905"),
        until=date(2020, 6, 30),
        source=_A1,
    ),
    LowerRate(
        rate="zero",
        what="Photovoltaic modules of dwellings and public buildings",
        cn=("854143",),
        since=date(2024, 1, 1),
        until=date(2025, 12, 31),
        asks="whether the plant has at most 35 kW and serves a dwelling or a public building",
        source=_SOLAR,
    ),
    LowerRate(
        rate="zero",
        what="Menstrual pads and tampons",
        cn=("96190040", "96190071", "96190075", "96190079"),
        since=date(2026, 1, 1),
        source=_ZERO,
    ),
    LowerRate(
        rate="reduced",
        what="Menstrual pads and tampons",
        cn=("96190040", "96190071", "96190075", "96190079"),
        since=date(2021, 1, 1),
        until=date(2025, 12, 31),
        source=_A1,
    ),
    LowerRate(
        rate="second reduced",
        what="Art, collections, antiques",
        cn=("9701", "9702", "9703", "9704", "9705", "9706"),
        since=date(2016, 1, 1),
        source=_A2,
    ),
    LowerRate(
        rate="reduced",
        what="Art, collections, antiques",
        cn=("9701", "9702", "9703", "9704", "9705", "9706"),
        until=date(2015, 12, 31),
        source=_A1,
    ),
)
