"""Which goods bear a rate other than the standard one in the United Kingdom, by CN."""

from datetime import date

from countries.gb.sources import REDUCED, SANITARY, ZERO
from countries.vat.system import STANDARD, LowerRate

GOODS = (
    LowerRate(
        what="Live animals that are generally food",
        cn=("0102", "0103", "0104", "0105"),
        rate="zero",
        source=ZERO,
    ),
    LowerRate(
        what="Meat, fish, milk, eggs and honey",
        cn=("02", "03", "04", "0504"),
        rate="zero",
        source=ZERO,
    ),
    LowerRate(
        what="Plants and seeds that grow food",
        cn=("0601", "0602", "1209"),
        asks="whether the plants or seeds grow food for people or animals",
        rate="zero",
        source=ZERO,
    ),
    LowerRate(
        what="Vegetables, fruit, tea, coffee, spices, cereals, flour",
        cn=("07", "08", "09", "10", "11"),
        rate="zero",
        source=ZERO,
    ),
    LowerRate(
        what="Oil seeds, herbs and fodder",
        cn=(
            *("1201", "1202", "1203", "1204", "1205", "1206", "1207", "1208", "1210"),
            *("1211", "1212", "1213", "1214"),
        ),
        asks="whether it is sold as food or as feed",
        rate="zero",
        source=ZERO,
    ),
    LowerRate(
        what="Edible fats and oils",
        cn=(
            *("1501", "1507", "1508", "1509", "1510", "1511", "1512", "1513", "1514"),
            *("1515", "1516", "1517"),
        ),
        rate="zero",
        source=ZERO,
    ),
    LowerRate(
        what="Meat and fish preparations, sugar, cocoa, bread, preserves, sauces",
        cn=("16", "17", "18", "19", "20", "21"),
        rate="zero",
        source=ZERO,
    ),
    LowerRate(what="Sweets, chewing gum", cn=("1704",), rate=STANDARD, source=ZERO),
    LowerRate(
        what="Chocolate",
        cn=("1806",),
        asks="whether it is confectionery, or a cake, a spread or a cooking ingredient",
        rate=STANDARD,
        source=ZERO,
    ),
    LowerRate(
        what="Bread, cakes, biscuits",
        cn=("1905",),
        asks="whether it is a biscuit covered in chocolate or a crisp",
        rate="zero",
        source=ZERO,
    ),
    LowerRate(
        what="Potato crisps and nuts, salted or roasted",
        cn=("200520", "200811", "200819"),
        asks="whether they are crisps, or nuts roasted or salted out of their shell",
        rate=STANDARD,
        source=ZERO,
    ),
    LowerRate(
        what="Juices, ice cream, mineral water, soft drinks, alcoholic drinks",
        cn=("2009", "2105", "2201", "2202", "2203", "2204", "2205", "2206", "2207", "2208"),
        rate=STANDARD,
        source=ZERO,
    ),
    LowerRate(
        what="Milk drinks and the like",
        cn=("220299",),
        asks="whether it is a milk drink or a plain soya or rice drink",
        rate="zero",
        source=ZERO,
    ),
    LowerRate(
        what="Animal feed",
        cn=("2301", "2302", "2303", "2304", "2305", "2306", "2308", "2309"),
        rate="zero",
        source=ZERO,
    ),
    LowerRate(what="Pet food", cn=("230910",), rate=STANDARD, source=ZERO),
    LowerRate(
        what="Solid fuel, heating oil, gas and electricity",
        cn=(
            *("2701", "2702", "2703", "2704", "2710", "2711", "2716", "440111", "440112"),
            *("440131", "440132"),
        ),
        asks="whether it is for domestic use or non-business use of a charity",
        rate="reduced",
        source=REDUCED,
    ),
    LowerRate(
        what="Medicines",
        cn=("3003", "3004"),
        asks=(
            "whether a prescription is dispensed to a person (zero), or it stops "
            "smoking or is a contraceptive (reduced)"
        ),
        rate="zero",
        source=ZERO,
    ),
    LowerRate(what="Condoms", cn=("401410",), rate="reduced", source=REDUCED),
    LowerRate(
        what="Books, newspapers, music, maps",
        cn=("4901", "4902", "4903", "4904", "4905"),
        rate="zero",
        source=ZERO,
    ),
    LowerRate(
        what="Brochures, leaflets",
        cn=("4911",),
        asks="whether it is a brochure, pamphlet or leaflet",
        rate="zero",
        source=ZERO,
    ),
    LowerRate(
        what="Bank notes",
        cn=("4907",),
        asks="whether they are bank notes of a bank",
        rate="zero",
        source=ZERO,
    ),
    LowerRate(what="Babies' garments", cn=("6111", "6209"), rate="zero", source=ZERO),
    LowerRate(
        what="Clothing and shoes for young children",
        cn=("61", "62", "64", "6504", "6505"),
        asks="whether it is made for young children and does not suit older people",
        rate="zero",
        source=ZERO,
    ),
    LowerRate(
        what="Protective boots and helmets",
        cn=("640110", "640340", "650610"),
        asks="whether it meets the standard and is not sold to an employer for employees",
        rate="zero",
        source=ZERO,
    ),
    # At 5 per cent until 2020.
    LowerRate(
        what="Women's sanitary products",
        cn=("9619",),
        asks="whether they are sanitary protection (zero) or nappies (standard)",
        rate="zero",
        since=date(2021, 1, 1),
        source=SANITARY,
    ),
    LowerRate(
        what="Sanitary products of women",
        cn=("9619",),
        asks="whether they are sanitary protection (reduced) or nappies (standard)",
        rate="reduced",
        until=date(2020, 12, 31),
        source=REDUCED,
    ),
    LowerRate(
        what="Aircraft and ships of the sizes that the law names",
        cn=("8802", "8901", "8902", "8904", "8906"),
        asks="whether it has 15 tons gross or 8000 kilogrammes and is not for recreation",
        rate="zero",
        source=ZERO,
    ),
    LowerRate(
        what="Wheelchairs",
        cn=("8713",),
        asks="whether it is sold to a disabled person for personal use",
        rate="zero",
        source=ZERO,
    ),
    LowerRate(
        what="Artificial limbs, aids for the disabled",
        cn=("9021",),
        asks="whether it is sold to a disabled person or a charity for that use",
        rate="zero",
        source=ZERO,
    ),
    LowerRate(
        what="Car seats for children",
        cn=("940120", "940171", "940180"),
        asks="whether it is a seat to fix a child in a car",
        rate="reduced",
        source=REDUCED,
    ),
)
