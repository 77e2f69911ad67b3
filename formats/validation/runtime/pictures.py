"""format-number (XSLT 2.0, section 16.4), without exponents and groups of decimals."""

import functools
import math
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Final

from formats.validation.runtime.arithmetic import EXACT, ROUNDING
from formats.validation.runtime.errors import DynamicError
from formats.validation.runtime.numbers import Number


@dataclass(frozen=True, slots=True)
class DecimalFormat:
    """The signs of pictures and of what they write: an `xsl:decimal-format`."""

    decimal: str = "."
    grouping: str = ","
    minus: str = "-"
    percent: str = "%"
    per_mille: str = "‰"
    digit: str = "#"
    zero: str = "0"
    pattern: str = ";"
    infinity: str = "Infinity"
    nan: str = "NaN"


@dataclass(frozen=True, slots=True)
class _Picture:
    """What a picture says about one sign of numbers.

    Attributes:
        groups: Where separators stand, counted in digits from the decimal point; one number when
            they repeat.
        power: The number is multiplied by ten to this.
    """

    prefix: str
    suffix: str
    least_whole: int
    least_decimals: int
    most_decimals: int
    groups: tuple[int, ...]
    repeating: bool
    power: int


_DEFAULT: Final = DecimalFormat()


def format_number(
    value: Number | None, picture: str, decimal_format: DecimalFormat = _DEFAULT
) -> str:
    """Return a number as a picture shows it; None, no number, is NaN.

    Decimals beyond the picture's are rounded, of two the number whose last digit is even; a
    double counts as the shortest decimal that is read as it.

    Raises:
        DynamicError: FODF1310, the picture is not well formed, or uses what is not supported.
    """
    positive, negative = _pictures(picture, decimal_format)
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return decimal_format.nan
    below = value < 0 or (not value and math.copysign(1.0, value) < 0)
    shape = negative if below else positive
    if isinstance(value, float) and math.isinf(value):
        return f"{shape.prefix}{decimal_format.infinity}{shape.suffix}"
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    return f"{shape.prefix}{_digits(exact.copy_abs(), shape, decimal_format)}{shape.suffix}"


def _digits(value: Decimal, shape: _Picture, decimal_format: DecimalFormat) -> str:
    scaled = EXACT.scaleb(value, shape.power)
    if scaled.as_tuple().exponent < -shape.most_decimals:  # type: ignore[operator]
        scaled = scaled.quantize(
            Decimal(1).scaleb(-shape.most_decimals), ROUND_HALF_EVEN, ROUNDING
        )
    whole, _, decimals = format(scaled, "f").partition(".")
    whole = whole.lstrip("0").rjust(shape.least_whole, "0")
    decimals = decimals.rstrip("0").ljust(shape.least_decimals, "0")
    text = _grouped(whole, shape, decimal_format.grouping)
    if decimals:
        text += decimal_format.decimal + decimals
    if decimal_format.zero != "0":
        text = text.translate({48 + n: ord(decimal_format.zero) + n for n in range(10)})
    return text


def _grouped(whole: str, shape: _Picture, separator: str) -> str:
    if not shape.groups:
        return whole
    places = (
        range(shape.groups[0], len(whole), shape.groups[0]) if shape.repeating else shape.groups
    )
    for place in sorted((place for place in places if place < len(whole)), reverse=True):
        whole = f"{whole[:-place]}{separator}{whole[-place:]}"
    return whole


@functools.lru_cache(maxsize=128)
def _pictures(picture: str, decimal_format: DecimalFormat) -> tuple[_Picture, _Picture]:
    parts = picture.split(decimal_format.pattern)
    if len(parts) > 2:  # noqa: PLR2004 - for numbers from zero on, and below
        raise _wrong(picture)
    positive = _read(parts[0], decimal_format)
    if len(parts) > 1:
        return positive, _read(parts[1], decimal_format)
    return positive, replace(positive, prefix=decimal_format.minus + positive.prefix)


def _read(part: str, signs: DecimalFormat) -> _Picture:
    digits = {chr(ord(signs.zero) + n) for n in range(10)}
    active = digits | {signs.digit, signs.decimal, signs.grouping}
    inside = [place for place, sign in enumerate(part) if sign in active]
    if not inside:
        raise _wrong(part)
    begin, end = inside[0], inside[-1] + 1
    core, outside = part[begin:end], part[:begin] + part[end:]
    whole, _, decimals = core.partition(signs.decimal)
    bare = whole.replace(signs.grouping, "")
    # Optional digits come first before the decimal point and last after it.
    wrong = (
        not set(core) <= active
        or not set(core) & (digits | {signs.digit})
        or signs.decimal in decimals
        or signs.grouping in decimals
        or signs.grouping * 2 in whole
        or whole.endswith(signs.grouping)
        or signs.digit in bare.lstrip(signs.digit)
        or signs.digit in decimals.rstrip(signs.digit)
        or outside.count(signs.percent) + outside.count(signs.per_mille) > 1
    )
    if wrong:
        raise _wrong(part)
    groups = _groups(whole, signs.grouping)
    least_whole = len(bare.lstrip(signs.digit))
    least_decimals = len(decimals.rstrip(signs.digit))
    if not least_whole and not least_decimals:
        # Something is written for zero.
        least_whole, least_decimals = (0, 1) if decimals else (1, 0)
    repeating = bool(groups) and groups == tuple(
        range(groups[0], groups[0] * len(groups) + 1, groups[0])
    )
    # A first group that is longer than the others says where the separators end.
    if repeating and len(bare) - groups[-1] > groups[0]:
        repeating = False
    power = 2 * (signs.percent in outside) + 3 * (signs.per_mille in outside)
    return _Picture(
        part[:begin],
        part[end:],
        least_whole,
        least_decimals,
        len(decimals),
        groups,
        repeating,
        power,
    )


def _groups(whole: str, separator: str) -> tuple[int, ...]:
    sizes = [len(group) for group in whole.split(separator)]
    return tuple(sum(sizes[-count:]) for count in range(1, len(sizes)))


def _wrong(picture: str) -> DynamicError:
    return DynamicError("FODF1310", f"{picture[:80]} is no picture of numbers we know")
