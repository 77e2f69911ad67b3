"""What bears another rate than the standard one in Hungary."""

from datetime import date

from countries.sources import Confidence, Source
from countries.vat.system import LowerRate

_FIVE = Source(
    title="Áfa tv. 3. számú melléklet",
    url="https://njt.hu/jogszabaly/2007-127-00-00",
    read_on=date(2026, 11, 21),
    confidence=Confidence.C,
    note=("Part of the list at szolgaltat.com and avalara.com; days and most codes from memory."),
)
_BEEF = Source(
    title="Áfa tv. 3. számú melléklet I. rész 60. sor",
    url="https://njt.hu/jogszabaly/2007-127-00-00",
    read_on=date(2026, 11, 21),
    confidence=Confidence.A,
    note="NAV 2026/2. adózási kérdés, read at adozona.hu with its customs codes.",
)
_EIGHTEEN = Source(
    title="Áfa tv. 3/A. számú melléklet",
    url="https://njt.hu/jogszabaly/2007-127-00-00",
    read_on=date(2026, 11, 21),
    confidence=Confidence.C,
    note=("Food and concerts at avalara.com, meals of 2017 at adozona.hu; the rest from memory."),
)
_PRESS = Source(
    title="Áfa tv. 82. § (4) bekezdés, 3/B. számú melléklet",
    url="https://njt.hu/jogszabaly/2007-127-00-00",
    read_on=date(2026, 11, 21),
    confidence=Confidence.M,
    note="From memory.",
)
_HOMES = Source(
    title="Áfa tv. 3. számú melléklet I. rész 50–51. sor",
    url="https://njt.hu/jogszabaly/2007-127-00-00",
    read_on=date(2026, 11, 21),
    confidence=Confidence.M,
    note="From memory.",
)

LOWER_RATES = (
    LowerRate(
        rate="second reduced",
        what="Live pigs, cattle, sheep, goats",
        cn=("0102", "0103", "0104"),
        since=date(2014, 1, 1),
        source=_FIVE,
    ),
    LowerRate(
        rate="second reduced",
        what="Beef",
        cn=(
            *("02012090", "02013000", "02022090", "02023050", "02023090", "020610"),
            *("02062100", "02062200", "020629"),
        ),
        since=date(2026, 1, 1),
        source=_BEEF,
    ),
    LowerRate(
        rate="second reduced",
        what="Carcasses of cattle, sheep and goats",
        cn=("020110", "020210", "020410", "020421", "020430", "020441"),
        since=date(2014, 1, 1),
        source=_FIVE,
    ),
    LowerRate(
        rate="second reduced", what="Pork", cn=("0203",), since=date(2016, 1, 1), source=_FIVE
    ),
    LowerRate(
        rate="second reduced",
        what="Offal of pigs",
        cn=("020630", "020641", "020649"),
        since=date(2018, 1, 1),
        source=_FIVE,
    ),
    LowerRate(
        rate="second reduced", what="Poultry", cn=("0207",), since=date(2017, 1, 1), source=_FIVE
    ),
    LowerRate(
        rate="second reduced",
        what="Fish for food",
        cn=("0301", "0302", "0303", "0304"),
        since=date(2018, 1, 1),
        source=_FIVE,
    ),
    LowerRate(rate="standard", what="Ornamental fish", cn=("030111", "030119"), source=_FIVE),
    LowerRate(
        rate="second reduced",
        what="Milk to drink",
        cn=("0401",),
        since=date(2019, 1, 1),
        source=_FIVE,
    ),
    LowerRate(
        rate="second reduced",
        what="Milk to drink",
        cn=("0401",),
        since=date(2017, 1, 1),
        until=date(2018, 12, 31),
        asks="whether it is fresh (5 %) or long-life milk (18 %)",
        source=_FIVE,
    ),
    LowerRate(
        rate="reduced",
        what="Milk to drink",
        cn=("0401",),
        since=date(2009, 7, 1),
        until=date(2016, 12, 31),
        source=_EIGHTEEN,
    ),
    LowerRate(
        rate="reduced",
        what="Products of milk",
        cn=("0402", "0403", "0404", "0405", "0406"),
        since=date(2009, 7, 1),
        source=_EIGHTEEN,
    ),
    LowerRate(
        rate="second reduced", what="Eggs", cn=("0407",), since=date(2017, 1, 1), source=_FIVE
    ),
    LowerRate(
        rate="reduced",
        what="Flour, starch, pasta, bread, pastry of cereals",
        cn=("1101", "1102", "1103", "1104", "1108", "1901", "1902", "1904", "1905"),
        since=date(2009, 7, 1),
        source=_EIGHTEEN,
    ),
    LowerRate(
        rate="reduced",
        what="Drinks of milk with flavour",
        cn=("22029991", "22029995", "22029999"),
        since=date(2009, 7, 1),
        source=_EIGHTEEN,
    ),
    LowerRate(
        rate="second reduced",
        what="Medicines",
        cn=("3002", "3003", "3004"),
        asks="whether it is a licensed medicine for people",
        source=_FIVE,
    ),
    LowerRate(
        rate="second reduced",
        what="Books, picture books, music",
        cn=("4901", "4903", "4904"),
        source=_FIVE,
    ),
    LowerRate(
        rate="zero",
        what="Newspapers of at least four issues a week",
        cn=("490210",),
        since=date(2024, 1, 1),
        source=_PRESS,
    ),
    LowerRate(
        rate="second reduced",
        what="Newspapers of at least four issues a week",
        cn=("490210",),
        until=date(2023, 12, 31),
        source=_FIVE,
    ),
    LowerRate(
        rate="second reduced", what="Other newspapers and journals", cn=("490290",), source=_FIVE
    ),
    LowerRate(
        rate="second reduced",
        what="Heat through a network",
        cpa=("35.30.1",),
        since=date(2010, 1, 15),
        source=_FIVE,
    ),
    LowerRate(
        rate="second reduced",
        what="New dwellings",
        cpa=("41.00.1",),
        since=date(2021, 1, 1),
        asks="whether it is a new dwelling within the size and the dates of the law",
        source=_HOMES,
    ),
    LowerRate(
        rate="second reduced",
        what="New dwellings",
        cpa=("41.00.1",),
        since=date(2016, 1, 1),
        until=date(2019, 12, 31),
        asks="whether it is a new dwelling within the size of the law",
        source=_HOMES,
    ),
    LowerRate(
        rate="second reduced",
        what="Short stays",
        cpa=("55.1", "55.2", "55.3"),
        since=date(2020, 1, 1),
        source=_FIVE,
    ),
    LowerRate(
        rate="reduced",
        what="Short stays",
        cpa=("55.1", "55.2", "55.3"),
        since=date(2009, 7, 1),
        until=date(2019, 12, 31),
        source=_EIGHTEEN,
    ),
    # Drinks have a code of their own; those made on the premises without alcohol go with the meal.
    LowerRate(
        rate="second reduced",
        what="Meals of restaurants",
        cpa=("56.1",),
        since=date(2018, 1, 1),
        source=_FIVE,
    ),
    LowerRate(
        rate="reduced",
        what="Meals of restaurants",
        cpa=("56.1",),
        since=date(2017, 1, 1),
        until=date(2017, 12, 31),
        source=_EIGHTEEN,
    ),
    LowerRate(
        rate="second reduced",
        what="Drinks on the premises",
        cpa=("56.3",),
        since=date(2018, 1, 1),
        asks="whether the drink is without alcohol and made on the premises",
        source=_FIVE,
    ),
    LowerRate(
        rate="reduced",
        what="Drinks on the premises",
        cpa=("56.3",),
        since=date(2017, 1, 1),
        until=date(2017, 12, 31),
        asks="whether the drink is without alcohol and made on the premises",
        source=_EIGHTEEN,
    ),
    LowerRate(
        rate="second reduced",
        what="Access to the internet",
        cpa=("61.10.4", "61.20.4", "61.30.1"),
        since=date(2018, 1, 1),
        source=_FIVE,
    ),
    LowerRate(
        rate="reduced",
        what="Access to the internet",
        cpa=("61.10.4", "61.20.4", "61.30.1"),
        since=date(2017, 1, 1),
        until=date(2017, 12, 31),
        source=_EIGHTEEN,
    ),
    LowerRate(
        rate="reduced",
        what="Entry to musical events in the open",
        cpa=("90.01",),
        since=date(2010, 1, 1),
        asks="whether it is entry to an occasional musical event in the open",
        source=_EIGHTEEN,
    ),
    LowerRate(
        rate="second reduced",
        what="Musicians in restaurants and at private feasts",
        cpa=("90.03",),
        asks="whether it is a musician's own performance that the law names",
        source=_FIVE,
    ),
)
