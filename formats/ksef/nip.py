"""The check digit of a NIP, which KSeF looks at in production.

The countries have python-stdnum for that; a format knows no law beside what its receiver checks.
"""

_WEIGHTS = (6, 5, 7, 2, 3, 4, 5, 6, 7)
_MODULUS = 11


def checks(nip: str) -> bool:
    """Tell whether the last of the ten digits is the one that follows from the others."""
    if len(nip) != len(_WEIGHTS) + 1 or not (nip.isascii() and nip.isdigit()):
        return False
    weighted = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, nip, strict=False))
    return weighted % _MODULUS == int(nip[-1])
