"""Dutch numbers that python-stdnum does not know: KvK-nummer and OIN. Neither has a check digit.

Sources: Handelsregisterwet 2007 (eight digits); Logius, OIN-stelsel (twenty digits, the first
eight name the register the rest comes from). From memory (confidence M).
"""

import re

_KVK = re.compile("[0-9]{8}")
_OIN = re.compile("[0-9]{20}")


def compact(number: str) -> str:
    """Return the number without spaces and dots."""
    return re.sub(r"[\s.]", "", number)


def is_kvk(number: str) -> bool:
    """True for eight digits."""
    return _KVK.fullmatch(compact(number)) is not None


def is_oin(number: str) -> bool:
    """True for twenty digits that begin like an organisation's: four zeros."""
    return _OIN.fullmatch(compact(number)) is not None and compact(number).startswith("0000")
