"""A record of the scheme `sandbox-authority/1`, as the authority reads it; its own reading."""

import datetime
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

_SCHEME = "sandbox-authority/1"
_TEXTS = {
    "currency": r"[A-Z]{3}",
    "document_sha256": r"[0-9a-f]{64}",
    "generated_at": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ",
    "issue_date": r"\d{4}-\d\d-\d\d",
    "kind": r"invoice|credit_note",
    "number": r".{1,200}",
    "previous": r"([0-9a-f]{64})?",
    "scheme": re.escape(_SCHEME),
    "seller": r".{1,200}",
    "total": r"-?(0|[1-9]\d*)(\.\d+)?",
    "vat": r"-?(0|[1-9]\d*)(\.\d+)?",
}
_MEMBERS = {*_TEXTS, "sequence"}


class MalformedError(Exception):
    """The bytes are no record of this scheme."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record.

    Attributes:
        values: Its members.
        digest: SHA-256 of its bytes, in hexadecimal digits: what its successor names.
    """

    values: Mapping[str, Any]
    digest: str

    @property
    def seller(self) -> str:
        """Whose it is."""
        return str(self.values["seller"])

    @property
    def sequence(self) -> int:
        """Its place in his chain, from 1."""
        return int(self.values["sequence"])

    @property
    def key(self) -> str:
        """What names it."""
        return f"{self.seller}/{self.sequence}"

    @property
    def number(self) -> str:
        """What names the document: an invoice and a credit note may have the same number."""
        return f"{self.values['kind']} {self.values['number']}"

    @property
    def generated_at(self) -> datetime.datetime:
        """When it was made."""
        return datetime.datetime.fromisoformat(self.values["generated_at"])

    @property
    def adds_up(self) -> bool:
        """Whether its amounts can be: no more VAT than there is in all, and of the same sign."""
        total, vat = Decimal(self.values["total"]), Decimal(self.values["vat"])
        return abs(vat) <= abs(total) and total * vat >= 0


def read(content: bytes) -> Record:
    """Read the one spelling a record has: members sorted, no spaces, UTF-8.

    Raises:
        MalformedError: It is not in that spelling, or a member is not what it must be.
    """
    try:
        values = json.loads(content)
        plainly = json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        canonical = plainly.encode()
    except (ValueError, RecursionError) as error:
        raise MalformedError("not JSON") from error
    if not isinstance(values, dict) or set(values) != _MEMBERS or canonical != content:
        raise MalformedError("not the members of a record, in the one spelling they have")
    for name, pattern in _TEXTS.items():
        if not isinstance(values[name], str) or not re.fullmatch(pattern, values[name], re.ASCII):
            raise MalformedError(f"{name} is not what it must be")
    if type(values["sequence"]) is not int or values["sequence"] < 1:
        raise MalformedError("sequence counts from 1")
    try:
        datetime.datetime.fromisoformat(values["generated_at"])
        datetime.date.fromisoformat(values["issue_date"])
    except ValueError as error:
        raise MalformedError("a moment or a day is none") from error
    return Record(values, hashlib.sha256(content).hexdigest())
