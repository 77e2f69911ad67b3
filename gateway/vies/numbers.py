"""From a VAT number as people write it to one that can be asked about, and what its form tells.

Forms and check digits are python-stdnum's, by way of `countries.party_numbers`. Only a number that
is certainly wrong there is `invalid` without asking; every doubt is left to the authority.
"""

import datetime
import re

from stdnum.eu import vat
from stdnum.exceptions import ValidationError

from countries.eu import vat_prefix
from countries.party_numbers import judge_vat_identifier, vat_key
from formats.en16931.codes.countries import VAT_PREFIXES
from gateway.vies.answers import Answer, Number, Outcome, Question

FORM = "form"
"""Who answered when nobody was asked (`Answer.service`)."""

_MOST_WRITTEN = 64  # characters, spaces and all; the longest numbers have 20
_REST = re.compile(r"[0-9A-Z+*]{2,20}")  # + and * stand in old Irish numbers


class NotANumberError(ValueError):
    """What is written cannot be a VAT number; the message says why, for people."""


def read_number(written: str, country_code: str | None = None) -> Number:
    """Read a VAT number, whatever its spaces, dots, dashes and small letters.

    Greece's GR becomes EL, as the law wants it, and a number that python-stdnum knows is written
    as its country does now: a Belgian one of nine digits gets its 0.

    Args:
        written: As on the invoice (BT-31, BT-48), or without the country's letters.
        country_code: Where its holder sits (ISO 3166-1), for a number that names no country.

    Raises:
        NotANumberError: It is empty, too long, names no country, or holds what no number holds.
    """
    if len(written) > _MOST_WRITTEN:
        raise NotANumberError(f"A VAT number has at most {_MOST_WRITTEN} characters.")
    if not "".join(written.split()).isascii():  # capitals of other letters may look like ours
        raise NotANumberError("A VAT number has digits and letters from A to Z.")
    key = vat_key(written)
    if key[:2] not in VAT_PREFIXES:
        prefix = vat_prefix((country_code or "").upper())
        if prefix not in VAT_PREFIXES:
            raise NotANumberError("A VAT number begins with the two letters of its country.")
        key = vat_key(prefix + written)
    if key.startswith("GR"):
        key = "EL" + key[2:]
    key = _as_its_country_writes_it(key)
    if not _REST.fullmatch(key[2:]):
        raise NotANumberError(
            "After the two letters of its country a VAT number has 2 to 20 digits and letters."
        )
    return Number(key[:2], key[2:])


def answer_by_form(question: Question, *, now: datetime.datetime) -> Answer | None:
    """Answer without asking anybody; None when the form leaves any doubt.

    Args:
        question: What is to be asked.
        now: The present moment.
    """
    verdict = judge_vat_identifier(question.number.written)
    if not verdict.certain:
        return None
    return Answer(
        question=question,
        outcome=Outcome.INVALID,
        service=FORM,
        asked_at=now,
        detail=f"{question.number.written} {verdict.reason}.",
    )


def _as_its_country_writes_it(key: str) -> str:
    try:
        return vat.validate(key)
    except ValidationError:
        return key  # wrong, or of a country outside: as it was written
