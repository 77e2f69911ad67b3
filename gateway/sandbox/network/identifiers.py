"""The access point's own check digits of participant ids (PEPPOL-COMMON-R040 to R050).

Applied to documents whose customization is Peppol's; other EN 16931 documents may carry any id.
"""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from gateway.sandbox.network.document import Document, text
from gateway.sandbox.network.findings import Finding

_PEPPOL = "urn:fdc:peppol.eu:"


def findings(document: Document) -> list[Finding]:
    """Return the electronic addresses whose check digits are wrong."""
    if _PEPPOL not in (text(document.root, "cbc:CustomizationID") or ""):
        return []
    wrong = []
    for address in (document.sender, document.receiver):
        if address is None:
            wrong.append(Finding("PEPPOL-EN16931-R010", "an electronic address is missing"))
            continue
        scheme, _, value = address.partition(":")
        rule, check = _CHECKS.get(scheme, ("", None))
        if check is not None and not check(value):
            wrong.append(Finding(rule, f"{address} has wrong check digits"))
    return wrong


def _gln(value: str) -> bool:
    """GS1 modulo 10: from the right, odd places count three times.

    Any length, as in the official rule: the official examples have GLNs of 19 digits.
    """
    if not re.fullmatch(r"[0-9]{2,}", value):
        return False
    digits = [int(digit) for digit in value[-2::-1]]
    return (10 - sum(d * (3, 1)[i % 2] for i, d in enumerate(digits)) % 10) % 10 == int(value[-1])


def _norwegian(value: str) -> bool:
    """Organisasjonsnummer: weights 3 2 7 6 5 4 3 2, modulo 11."""
    if not re.fullmatch(r"[0-9]{9}", value):
        return False
    weights = (3, 2, 7, 6, 5, 4, 3, 2)
    check = -sum(int(digit) * weight for digit, weight in zip(value, weights, strict=False)) % 11
    return check == int(value[8])


def _belgian(value: str) -> bool:
    """Ondernemingsnummer: 97 minus the first eight digits modulo 97."""
    return bool(re.fullmatch(r"[01][0-9]{9}", value)) and 97 - int(value[:8]) % 97 == int(
        value[8:]
    )


def _swedish(value: str) -> bool:
    """Organisationsnummer: Luhn."""
    if not re.fullmatch(r"[0-9]{10}", value):
        return False
    doubled = (int(digit) * (2, 1)[place % 2] for place, digit in enumerate(value))
    return sum(sum(divmod(number, 10)) for number in doubled) % 10 == 0


def _australian(value: str) -> bool:
    """ABN: first digit less one, weights 10 1 3 5 ... 19, modulo 89."""
    if not re.fullmatch(r"[0-9]{11}", value):
        return False
    digits = [int(digit) for digit in value]
    digits[0] -= 1
    weights = (10, *range(1, 20, 2))
    total: int = sum(digit * weight for digit, weight in zip(digits, weights, strict=True))
    return total % 89 == 0


_CHECKS: Mapping[str, tuple[str, Callable[[str], bool] | None]] = MappingProxyType(
    {
        "0088": ("PEPPOL-COMMON-R040", _gln),
        "0192": ("PEPPOL-COMMON-R041", _norwegian),
        "0208": ("PEPPOL-COMMON-R043", _belgian),
        "0007": ("PEPPOL-COMMON-R049", _swedish),
        "0151": ("PEPPOL-COMMON-R050", _australian),
    }
)
