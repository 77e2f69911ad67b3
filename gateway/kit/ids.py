"""Identifiers: UUIDv7 in the database, prefixed Crockford base32 at the edge (`inv_01h...`)."""

from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from uuid_utils.compat import uuid7

from gateway.problems import NotFoundProblem

PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "acc": "account",
        "ent": "entity",
        "inv": "invoice",
        "crn": "credit note",
        "adv": "advance invoice",
        "sbi": "self-billed invoice",
        "sbc": "self-billed credit note",
        "est": "estimate",
        "pro": "proforma",
        "dln": "delivery note",
        "ord": "order",
        "rct": "receipt",
        "rec": "recurring invoice",
        "att": "attachment",
        "pay": "payment",
        "cus": "customer",
        "itm": "item",
        "tax": "tax",
        "tpl": "template",
        "usr": "user",
        "ivt": "invitation",
        "lnk": "magic link",
        "ses": "session",
        "act": "activity",
        "job": "background job",
        "itk": "document handed in",
        "eml": "e-mail",
        "shr": "share link",
        "whk": "webhook endpoint",
        "whd": "webhook delivery",
        "rcv": "received document",
        "trn": "transmission",
        "ddl": "deadline",
        "evt": "event",
        "key": "API key",
        "sgk": "signing key",
        "crt": "certificate",
        "sct": "secret in the vault",
        "ser": "number series",
        "arc": "archive entry",
        "vck": "check of a VAT number",
        "chn": "hash chain",
        "chr": "record of a hash chain",
        "prm": "business premise",
        "prp": "report of a business premise",
        "hld": "legal hold",
        "dst": "destruction",
        "ers": "erasure",
        "otg": "announced outage of an authority",
        "aud": "invited auditor",
        "acs": "access of an invited auditor",
    }
)
"""Every prefix there is, and what it names. Once released, a prefix never changes its meaning."""

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford: without i, l, o, u
_VALUES = {letter: value for value, letter in enumerate(_ALPHABET)}
_LENGTH = 26  # 130 bits hold the 128 of a UUID


def new_id() -> UUID:
    """Return a new UUIDv7: later ids are greater, so they also order by creation."""
    return uuid7()


def public_id(prefix: str, value: UUID) -> str:
    """Write an id the way callers see it: prefix, `_`, 26 Crockford base32 characters.

    Raises:
        KeyError: The prefix is not in `PREFIXES`.
    """
    PREFIXES[prefix]
    number = value.int
    letters = []
    for _ in range(_LENGTH):
        number, digit = divmod(number, 32)
        letters.append(_ALPHABET[digit])
    return f"{prefix}_{''.join(reversed(letters))}"


def parse_id(text: str, *prefixes: str) -> UUID:
    """Read a public id that must carry one of the prefixes.

    Only the one spelling that `public_id` writes is accepted, so an id is also its own key.

    Raises:
        NotFoundProblem: It is not such an id. A malformed id answers like an unknown one.
    """
    prefix, _, letters = text.partition("_")
    if prefix not in prefixes or len(letters) != _LENGTH:
        raise NotFoundProblem
    number = 0
    for letter in letters:
        if letter not in _VALUES:
            raise NotFoundProblem
        number = number * 32 + _VALUES[letter]
    if number >> 128:
        raise NotFoundProblem
    return UUID(int=number)
