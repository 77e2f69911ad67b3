"""What can be told of a business's numbers without asking anybody: form and check digits.

A number that passes may never have been given out, and is `valid` all the same. What has a form
that nobody here knows is `unknown`, never invalid: to refuse a right number is worse than to take
a wrong one. The forms and check digits are python-stdnum's.
"""

import re
from dataclasses import dataclass
from typing import Literal

from stdnum import get_cc_module, iban
from stdnum.eu import vat
from stdnum.exceptions import InvalidComponent, InvalidLength, ValidationError
from stdnum.iso7064 import mod_97_10

from countries.eu import country_of, vat_prefix
from formats.en16931.codes.countries import VAT_PREFIXES

Result = Literal["valid", "invalid", "unknown"]

_SEPARATORS = re.compile(r"[\s./-]+")
_MARKS = re.compile(r"[+*]+")
_PREFIXED = re.compile("[A-Za-z]{2}")
_IBAN = re.compile("[A-Z]{2}[0-9]{2}[A-Z0-9]{1,30}")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found about a number.

    Attributes:
        result: See the module.
        reason: Why it is invalid or unknown; "" for a valid one.
        certain: True when the number is surely wrong: the law of its country gives it a form or
            check digits, and it has others.
        written: How the number should be written, where that is known.
    """

    result: Result
    reason: str = ""
    certain: bool = False
    written: str | None = None


def vat_key(identifier: str) -> str:
    """Return a VAT identifier for comparing: capitals, no spaces, dots or dashes."""
    key = _SEPARATORS.sub("", identifier).upper()
    if key.startswith("IE"):  # old Irish numbers have + or * in second place: IE8+49289F
        return key
    return _MARKS.sub("", key)


def judge_vat_identifier(identifier: str, country_code: str | None = None) -> Verdict:
    """Judge a VAT identifier (BT-31, BT-48).

    Args:
        identifier: As written.
        country_code: Where its holder sits, if that is known; for a number without a country.
    """
    key = vat_key(identifier)
    prefix = key[:2]
    if prefix == "GR":
        right = f"EL{key[2:]}"
        verdict = _of_member(right)
        return verdict if verdict.certain else _wrong("begins with EL in Greece", right)
    if prefix == "EL" or prefix.lower() in vat.MEMBER_STATES:
        return _of_member(key)
    if not _PREFIXED.match(key):
        return _without_country(key, country_code)
    return _elsewhere(key)


def judge_iban(account: str) -> Verdict:
    """Judge an IBAN (ISO 13616): check digits, and the length and form of its country's."""
    number = iban.compact(account)
    if not _IBAN.fullmatch(number):
        return _wrong("is not an IBAN: two letters, two check digits and up to 30 characters")
    if not mod_97_10.is_valid(number[4:] + number[:4]):
        return _wrong("has wrong check digits (ISO 7064, mod 97-10)")
    try:
        iban.validate(number, check_country=False)
    except InvalidComponent:
        return Verdict("unknown", f"the IBANs of {number[:2]} are not known here", written=number)
    except ValidationError:
        return _wrong(f"has not the length or form that IBANs of {number[:2]} have")
    return Verdict("valid", written=number)


def _of_member(key: str) -> Verdict:
    """Judge what begins with the letters of a member of the Union, or of Northern Ireland."""
    prefix = key[:2]
    try:
        vat.validate(key)
    except InvalidLength:
        return _wrong(f"has not the length that VAT identifiers of {prefix} have")
    except ValidationError:
        return _wrong(f"has not the form or the check digits of {prefix}")
    return Verdict("valid")


def _elsewhere(key: str) -> Verdict:
    """Judge what begins with the letters of another country, or with other letters."""
    prefix = key[:2]
    if prefix not in VAT_PREFIXES:
        return Verdict("unknown", f"begins with {prefix}, which is no country")
    module = get_cc_module(country_of(key).lower(), "vat")
    if module is None:
        return Verdict("unknown", f"the numbers of {prefix} are not known here")
    if module.is_valid(key) or module.is_valid(key[2:]):
        return Verdict("valid")
    return Verdict("invalid", f"does not look like a number of {prefix}")


def _without_country(key: str, country_code: str | None) -> Verdict:
    """Judge a number that names no country; most often a tax number of the holder's country."""
    if country_code is not None:
        right = vat_prefix(country_code) + key
        if right[:2].lower() in vat.MEMBER_STATES | {"el"} and vat.is_valid(right):
            return _wrong(f"lacks {right[:2]} in front", right)
    return Verdict("unknown", "names no country in front")


def _wrong(reason: str, written: str | None = None) -> Verdict:
    return Verdict("invalid", reason, certain=True, written=written)
