"""An xs:double as text: the digits Saxon prints.

It takes the fewest digits that are strictly nearer to the number than to its neighbours, made one
after the other (Steele and White, How to Print Floating-Point Numbers Accurately, 1990, FPP2).
Python's `repr` accepts digits half-way, too, and so prints fewer now and then.
"""

import math
import sys
from typing import Final

_LEAST_PLAIN: Final = 1e-6
_LEAST_SCIENTIFIC: Final = 1e6
_LEAST_EXPONENT: Final = sys.float_info.min_exp - sys.float_info.mant_dig
_SPECIAL: Final = {0.0: "0", math.inf: "INF"}
_TINY: Final = 1e-321


def string_of_double(value: float) -> str:
    """Return the canonical form of a double: plain from 0.000001 to a million, or as 1.5E7."""
    if math.isnan(value):
        return "NaN"
    sign = "-" if math.copysign(1.0, value) < 0 else ""
    size = abs(value)
    special = _SPECIAL.get(size)
    if special is not None:
        return sign + special
    digits, power = _digits(size)
    if size < _TINY and len(digits) == 1:
        # Java never prints one digit where two are nearer.
        return sign + f"{size:.1E}"
    if not _LEAST_PLAIN <= size < _LEAST_SCIENTIFIC:
        return f"{sign}{digits[0]}.{digits[1:] or '0'}E{power}"
    if power < 0:
        return f"{sign}0.{'0' * (-power - 1)}{digits}"
    whole, decimals = digits[: power + 1].ljust(power + 1, "0"), digits[power + 1 :]
    return f"{sign}{whole}.{decimals}" if decimals else f"{sign}{whole}"


def _digits(value: float) -> tuple[str, int]:
    """Return the digits of a positive double and the power of ten of the first of them.

    The first is 0 where the neighbour half-way up is a power of ten (1E23), as Saxon has it.
    """
    fraction, exponent = math.frexp(value)
    exponent = max(exponent - sys.float_info.mant_dig, _LEAST_EXPONENT)
    mantissa = int(math.ldexp(fraction, math.frexp(value)[1] - exponent))
    # value = rest / scale; half: half the way to its neighbours, in the same unit.
    rest, scale = mantissa << (max(exponent, 0) + 1), 1 << (max(-exponent, 0) + 1)
    # (Saxon takes the one below a power of two for as far as the one above.)
    half = 1 << max(exponent, 0)
    power = math.floor(math.log10(value)) - 1
    if power >= 0:
        scale *= 10**power
    else:
        rest, half = rest * 10**-power, half * 10**-power
    while rest + half >= scale * 10:
        scale *= 10
        power += 1
    digits = []
    while True:
        digit, rest = divmod(rest, scale)
        low, high = rest < half, rest > scale - half
        if low or high:
            break
        digits.append(digit)
        rest, half = rest * 10, half * 10
    up = high and (not low or 2 * rest > scale)
    digits.append(digit + up)
    return "".join(map(str, digits)), power
