"""The kinds of values that only CII has: its dates, and terms that it keeps in two places."""

import contextlib
import datetime
import re
from decimal import Decimal

from lxml import etree

from formats.binding import CODE, DECIMAL, TEXT, Branch, Kind, ReadContext, Value, identifier
from formats.binding.nodes import Predicate
from formats.cii.names import BINDING, SEPA
from formats.xml import WHITESPACE, string_value

_DAY = re.compile(
    r"(?P<year>[0-9]{4})(?P<dash>-?)(?P<month>[0-9]{2})(?P=dash)(?P<day>[0-9]{2})(?P<rest>.*)",
    re.DOTALL,
)
_WITH_TIME = frozenset(("203", "204"))
"""UNTDID 2379 formats that begin like 102 and go on with hours and minutes (and seconds)."""


def _read_day(node: etree._Element, context: ReadContext) -> datetime.date | None:
    """Read a day in format 102 (CCYYMMDD), or in another form as far as it names a day.

    The schema takes any text for a date: what names no day of the calendar is reported as unread
    and does not make the document unreadable. So is a time of the day, which no term has.
    """
    found = _DAY.fullmatch(string_value(node).strip(WHITESPACE))
    form = (node.get("format") or "").strip(WHITESPACE)
    day = None
    if found is not None and form in {"", "102", *_WITH_TIME}:
        with contextlib.suppress(ValueError):  # no day of the calendar
            day = datetime.date(int(found["year"]), int(found["month"]), int(found["day"]))
    if context.trace is not None and (day is None or (found is not None and found["rest"])):
        context.trace.value(node)
    return day


DATE = Kind(_read_day, "{v} is not None", "{v}.isoformat().replace('-', '')", "", ("format",))
"""A day in format 102 of UNTDID 2379, CCYYMMDD."""

DEMANDED_DATE = Kind(
    _read_day, "True", "({v}.isoformat().replace('-', '') if {v} else '')", "", ("format",)
)
"""A day that the schema demands: without it the element is empty, for the rules to find."""

DEMANDED_CODE = Kind(CODE.read, "True", "escape({v} or '')")
"""A code that the schema demands: without it the element is empty, for the rules to find."""

AMOUNTS_STATE_CURRENCY = "amounts state their currency"
"""What amounts note that say BT-5 again, against CII-DT-031; only BT-110 and BT-111 may."""


def _read_amount(node: etree._Element, context: ReadContext) -> Decimal:
    if "currencyID" in node.attrib:
        context.notes[AMOUNTS_STATE_CURRENCY] = True
        context.currency_of(node)
    value: Decimal = DECIMAL.read(node, context)
    return value


AMOUNT = Kind(_read_amount, "{v} is not None", "format({v}, 'f')", "c.currency", ("currencyID",))
"""An amount; its currency is said only by documents that were read saying it."""

_DATE_ONLY_READ = Kind(_read_day, "False", "''")

ALSO_TEXT = Kind(TEXT.read, "False", "''")
"""A text that is read here too when its own element is absent, and written there."""

ALSO_CODE = Kind(CODE.read, "False", "''")
"""A code that is read here too when its own element is absent, and written there."""

_HAS_SCHEME = "{v}.scheme_identifier and {v}.scheme_identifier.strip(WHITESPACE)"
_PLAIN, _GLOBAL = identifier(), identifier()
ID = Kind(
    _PLAIN.read,
    f"{_PLAIN.condition} and not ({_HAS_SCHEME})",
    _PLAIN.expression,
    attributes=_PLAIN.attributes,
)
"""An identifier in `ram:ID`: written there when it has no scheme."""

GLOBAL_ID = Kind(
    _GLOBAL.read,
    f"{_GLOBAL.condition} and {_HAS_SCHEME}",
    _GLOBAL.expression,
    _GLOBAL.start,
    _GLOBAL.attributes,
)
"""An identifier in `ram:GlobalID`: written there when it has a scheme."""

PAYEE_GLOBAL_ID = Kind(
    _GLOBAL.read,
    f"{GLOBAL_ID.condition} and {{v}}.scheme_identifier.strip(WHITESPACE).upper() != {SEPA!r}",
    _GLOBAL.expression,
    _GLOBAL.start,
    _GLOBAL.attributes,
)
"""The same, but for BT-90, which UBL keeps there and CII at the document."""

_LOOKS_LIKE_AN_IBAN = (
    "len({v}) > 14 and {v}[:2].isalpha() and {v}[2:4].isdigit() and {v}.replace(' ', '').isalnum()"
)
"""ISO 13616: country, two check digits, 11 digits or letters at least. Wrong digits may stand."""

IBAN = Kind(CODE.read, f"{CODE.condition} and ({_LOOKS_LIKE_AN_IBAN})", CODE.expression)
"""An account number that has the form of an IBAN."""

OTHER_ACCOUNT = Kind(
    CODE.read, f"{CODE.condition} and not ({_LOOKS_LIKE_AN_IBAN})", CODE.expression
)
"""An account number of any other form."""


def date(tag: str, field: str, kind: Kind = DATE, *, text: str = "udt:DateTimeString") -> Branch:
    """Return the element of a date; the schema also takes xs:dateTime, which EN 16931 does not."""
    return Branch(
        tag,
        Value(text, field, kind, constants={"format": "102"}),
        Value("udt:DateTime", field, _DATE_ONLY_READ),
    )


def charges(*, charge: bool) -> Predicate:
    """Return a predicate: the indicator says charge, or allowance."""
    words = ("true", "1") if charge else ("false", "0")
    return BINDING.holds("ram:ChargeIndicator/udt:Indicator", *words)


_is_charge = charges(charge=True)


def is_no_charge(element: etree._Element, context: ReadContext) -> bool:
    """Tell whether an element is an allowance: a charge on a price is no business term."""
    return not _is_charge(element, context)
