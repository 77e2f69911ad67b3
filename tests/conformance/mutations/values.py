"""Other values for a value: what compiled rules could read otherwise than XPath does."""

import datetime
import re
from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation
from random import Random

Change = Callable[[Random, str], str]

_NUMBER = re.compile(r"\s*[+-]?[0-9]+(\.[0-9]*)?\s*\Z")
_DATE = re.compile(r"\s*([0-9]{4})-([0-9]{2})-([0-9]{2})")

NOT_NUMBERS = (
    "abc",
    "",
    " ",
    "1e2",
    "1E2",
    "1.5e-3",
    "NaN",
    "INF",
    "-INF",
    "+INF",
    "1,5",
    "1,000.00",
    "1 000",
    "0x10",
    "１２",
    "٣",
    "\u00a012",
    "12\u00a0",
    "--5",
    "5-",
    "1.2.3",
    "1_000",
    "½",
    "12a",
    "\u200b12",
    "−5",
    "1e400",
)
ODD_NUMBERS = (
    "+5",
    " 12 ",
    "\n12.00\n\t",
    "-0",
    "0",
    "00012.50",
    ".5",
    "5.",
    "-.5",
    "10.000",
    "0.005",
    "0.0049999999999999999999",
    "100.005",
    "1.005",
    "2.675",
    "-1",
    "0.1",
    "0.10",
    "0.30000000000000004",
    "99999999999999999999999999.99",
    "0.12345678901234567890123456789012345678901234567890",
    "-0.00",
    "1000000000000000000000",
    "9223372036854775808",
    "1.10",
    "33.3333333333333333",
)
ODD_DATES = (
    "2024-02-30",
    "2023-02-29",
    "2024-02-29",
    "2024-13-01",
    "2024-00-10",
    "2024-1-1",
    "2024-01-01Z",
    "2024-01-01+02:00",
    "2024-01-01-14:00",
    "2024-01-01+14:01",
    "-2024-01-01",
    "12024-01-01",
    "20240101",
    "2024-01-01T00:00:00",
    "2024-01-01T24:00:00",
    "0000-01-01",
    "0001-01-01",
    " 2024-01-01 ",
    "01.01.2024",
    "2024/01/01",
    "9999-12-31",
    "2024-01-01z",
    "２０２４-01-01",
    "",
    "2024-001",
    "2999-01-01",
    "1900-01-01",
)
BOOLEANS = ("true", "false", "1", "0", "TRUE", "False", " true ", "yes", "", "01", "true false")
ODD_TEXTS = (
    "",
    " ",
    "\n\t ",
    "\u00a0",
    "\u200b",
    "x",
    "a b",
    "A|B",
    "'",
    '"',
    "&<>",
    "[1]",
    "%20",
    "\\d",
    "$1",
    "😀",
    "e\u0301",
    "İi",
    "ß",
    "ﬁ",
    "a" * 300,
    "0",
    "false",
    "urn:x",
    "a:b:c",
    "-",
    "_",
    "#",
    "##",
    "x" * 51,
    "1",
    "A",
    "AA",
    "AAA",
    "DE",
    "EUR",
    "eur",
    "ZZZ",
    "\u2028",
    "a\nb",
    "a\r\nb",
)


def changed(random: Random, value: str, literals: Sequence[str]) -> str:
    """Return another value: by its kind, from the literals of the rules, or odd text."""
    if random.random() < 0.3 and literals:
        return _combined(random, random.choice(literals))
    kinds: list[Change] = [_text]
    if _NUMBER.match(value):
        kinds = [_number, _number, _number, _text]
    elif _DATE.match(value):
        kinds = [_date, _date, _date, _text]
    elif value.strip() in {"true", "false"}:
        kinds = [lambda chance, _: chance.choice(BOOLEANS)]
    return random.choice(kinds)(random, value)


def nearby(random: Random, value: str) -> str:
    """Return a number that is a little off, as a wrong sum is; other text as it is, doubled."""
    try:
        number = Decimal(value.strip())
    except InvalidOperation:
        return value * 2
    if not number.is_finite():
        return "1"
    steps = ("0.01", "-0.01", "0.02", "1", "-1", "0.005", "0.001", "0.5", "10", "1000", "0.99")
    step = Decimal(random.choice(steps))
    whole = number.to_integral_value()
    ways = (number + step, number * 10, -number, number + step * 2, number / 2, whole)
    return format(random.choice(ways), "f")


def _number(random: Random, value: str) -> str:
    way = random.random()
    if way < 0.5:
        return nearby(random, value)
    return random.choice(ODD_NUMBERS if way < 0.75 else NOT_NUMBERS)


def _date(random: Random, value: str) -> str:
    if random.random() < 0.5:
        return random.choice(ODD_DATES)
    try:
        day = datetime.date.fromisoformat(value.strip()[:10])
        return str(day + datetime.timedelta(days=random.choice((-400, -31, -1, 1, 30, 365))))
    except (ValueError, OverflowError):
        return "2024-06-15"


def _text(random: Random, value: str) -> str:
    way = random.randrange(12)
    if way < 4:
        return random.choice(ODD_TEXTS)
    middle = len(value) // 2
    return (
        value.lower(),
        value.upper(),
        value.swapcase(),
        f" {value}",
        f"{value} ",
        f"{value}\u00a0",
        value[:-1],
        f"{value[:middle]}  {value[middle:]}",
    )[way - 4]


def _combined(random: Random, literal: str) -> str:
    """Return a literal of the rules as it is, most often, or dressed up."""
    if random.random() < 0.8:
        return literal
    return (
        f" {literal} ",
        literal.lower(),
        literal * 2,
        f"{literal} {literal}",
        f"{literal}X",
        f"\n{literal}",
    )[random.randrange(6)]
