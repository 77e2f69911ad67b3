"""What bears 11 % in Romania, and bore 9 and 5 % until July 2025: Codul fiscal, art. 291."""

from datetime import date

from countries.ro.food_rates import FOOD
from countries.sources import Confidence, Source
from countries.vat.system import LowerRate

_URL = "https://legislatie.just.ro/"
_READ_ON = date(2026, 11, 21)

_NOW = Source(
    title="Legea nr. 227/2015 privind Codul fiscal, art. 291 alin. (2); Legea nr. 141/2025",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="bakermckenzie.com, regfollower.com, vatabout.com; the codes are read across here.",
)
_BEFORE = Source(
    title="Legea nr. 227/2015 privind Codul fiscal, art. 291, înainte de 1 august 2025",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="2023 and 2024: vatupdate.com (WTS, PwC), tgs-romania.com; older days from memory.",
)

_REFORM = date(2025, 8, 1)
_BEFORE_REFORM = date(2025, 7, 31)
_NINE_SINCE_2024 = date(2024, 1, 1)
_FIVE_UNTIL_2023 = date(2023, 12, 31)

LOWER_RATES = (
    *FOOD,
    LowerRate(what="Medicines", cn=("3003", "3004"), rate="reduced", source=_NOW),
    LowerRate(
        what="Fertilizers and products to protect plants",
        cn=("31", "3808"),
        rate="reduced",
        asks="whether it is of the kind used in farming that the ministers' order lists",
        since=date(2016, 1, 1),
        source=_NOW,
    ),
    LowerRate(what="Firewood", cn=("4401",), rate="reduced", since=_REFORM, source=_NOW),
    LowerRate(
        what="Firewood",
        cn=("4401",),
        rate="second reduced",
        since=date(2022, 1, 1),
        until=_BEFORE_REFORM,
        source=_BEFORE,
    ),
    LowerRate(
        what="Books, newspapers and magazines",
        cn=("4901", "4902", "4903"),
        cpa=("58.11", "58.13", "58.14"),
        rate="reduced",
        since=_REFORM,
        source=_NOW,
    ),
    LowerRate(
        what="Books, newspapers and magazines",
        cn=("4901", "4902", "4903"),
        rate="second reduced",
        since=date(2016, 1, 1),
        until=_BEFORE_REFORM,
        source=_BEFORE,
    ),
    LowerRate(
        what="Books, newspapers and magazines",
        cn=("4901", "4902", "4903"),
        rate="reduced",
        until=date(2015, 12, 31),
        source=_BEFORE,
    ),
    LowerRate(
        what="Solar panels, heat pumps",
        cn=("854143", "841861"),
        rate="reduced",
        asks="whether it is for a dwelling or a public building",
        since=_NINE_SINCE_2024,
        until=_BEFORE_REFORM,
        source=_BEFORE,
    ),
    LowerRate(
        what="Solar panels, heat pumps",
        cn=("854143", "841861"),
        rate="second reduced",
        asks="whether it is for a dwelling or a public building",
        since=date(2023, 1, 13),
        until=_FIVE_UNTIL_2023,
        source=_BEFORE,
    ),
    LowerRate(
        what="Prostheses and orthopaedic products",
        cn=("9021",),
        rate="reduced",
        until=date(2022, 12, 31),
        source=_BEFORE,
    ),
    LowerRate(
        what="Services for farming",
        cpa=("01.6",),
        rate="reduced",
        asks="whether it is of the kind that the ministers' order lists",
        since=date(2016, 1, 1),
        source=_NOW,
    ),
    LowerRate(
        what="Heat",
        cpa=("35.30",),
        rate="reduced",
        asks="whether it is for the population, hospitals, schools or such in the cold season",
        since=_REFORM,
        source=_NOW,
    ),
    LowerRate(
        what="Heat",
        cpa=("35.30",),
        rate="second reduced",
        asks="whether it is for the population, hospitals, schools or such in the cold season",
        since=date(2022, 1, 1),
        until=_BEFORE_REFORM,
        source=_BEFORE,
    ),
    LowerRate(
        what="Water and sewerage",
        cpa=("36.00", "37.00"),
        rate="reduced",
        since=date(2019, 1, 1),
        source=_NOW,
    ),
    LowerRate(
        what="Buildings of the social policy",
        cpa=("41.00.1",),
        rate="reduced",
        asks="whether it is a home for the old, for children or for public letting",
        since=_REFORM,
        source=_NOW,
    ),
    LowerRate(
        what="Dwellings of the social policy",
        cpa=("41.00.1",),
        rate="reduced",
        asks="whether it is within 120 square metres and 600,000 lei, or another of the policy",
        since=_NINE_SINCE_2024,
        until=_BEFORE_REFORM,
        source=_BEFORE,
    ),
    LowerRate(
        what="Dwellings of the social policy",
        cpa=("41.00.1",),
        rate="second reduced",
        asks="whether it is within the area and the price of the policy",
        until=_FIVE_UNTIL_2023,
        source=_BEFORE,
    ),
    LowerRate(
        what="Accommodation",
        cpa=("55.10", "55.20", "55.30"),
        rate="reduced",
        since=date(2023, 1, 1),
        source=_NOW,
    ),
    LowerRate(
        what="Accommodation, restaurants and catering",
        cpa=("55.10", "55.20", "55.30", "56.10", "56.21", "56.29"),
        rate="second reduced",
        since=date(2018, 11, 1),
        until=date(2022, 12, 31),
        source=_BEFORE,
    ),
    LowerRate(
        what="Accommodation",
        cpa=("55.10", "55.20", "55.30"),
        rate="reduced",
        until=date(2018, 10, 31),
        source=_BEFORE,
    ),
    LowerRate(
        what="Restaurants and catering, not for alcohol and soft drinks",
        cpa=("56.10", "56.21", "56.29"),
        rate="reduced",
        since=date(2023, 1, 1),
        source=_NOW,
    ),
    LowerRate(
        what="Restaurants and catering",
        cpa=("56.10", "56.21", "56.29"),
        rate="reduced",
        since=date(2015, 6, 1),
        until=date(2018, 10, 31),
        source=_BEFORE,
    ),
    LowerRate(
        what="Drinks served",
        cpa=("56.30",),
        rate="reduced",
        asks="whether it is neither alcoholic nor a drink of heading 2202: coffee, tea, water",
        since=date(2023, 1, 1),
        source=_NOW,
    ),
    LowerRate(
        what="Cinemas",
        cpa=("59.14",),
        rate="reduced",
        since=_NINE_SINCE_2024,
        until=_BEFORE_REFORM,
        source=_BEFORE,
    ),
    LowerRate(
        what="Cinemas",
        cpa=("59.14",),
        rate="second reduced",
        since=date(2016, 1, 1),
        until=_FIVE_UNTIL_2023,
        source=_BEFORE,
    ),
    LowerRate(
        what="Museums, monuments, zoos and botanical gardens",
        cpa=("91.02", "91.03", "91.04"),
        rate="reduced",
        since=_REFORM,
        source=_NOW,
    ),
    LowerRate(
        what="Museums, monuments, zoos and botanical gardens",
        cpa=("91.02", "91.03", "91.04"),
        rate="second reduced",
        since=date(2016, 1, 1),
        until=_BEFORE_REFORM,
        source=_BEFORE,
    ),
    LowerRate(
        what="Sports facilities",
        cpa=("93.11", "93.13"),
        rate="second reduced",
        since=date(2018, 11, 1),
        until=_FIVE_UNTIL_2023,
        source=_BEFORE,
    ),
    LowerRate(
        what="Sports events, amusement and recreation parks",
        cpa=("93.12", "93.21", "93.29"),
        rate="reduced",
        since=_NINE_SINCE_2024,
        until=_BEFORE_REFORM,
        source=_BEFORE,
    ),
    LowerRate(
        what="Sports events, amusement and recreation parks",
        cpa=("93.12", "93.21", "93.29"),
        rate="second reduced",
        since=date(2019, 6, 1),
        until=_FIVE_UNTIL_2023,
        source=_BEFORE,
    ),
)
