"""One record: canonical JSON, and the digest that its successor names."""

import datetime
import hashlib
import json
import re
from dataclasses import asdict, dataclass, fields
from decimal import Decimal
from typing import Literal
from urllib.parse import quote

SCHEME = "sandbox-authority/1"
"""Stands in every record; another version of the scheme is another name."""

Kind = Literal["invoice", "credit_note"]

_DIGEST = re.compile(r"[0-9a-f]{64}")
_MOMENT = "%Y-%m-%dT%H:%M:%SZ"
_AMOUNT = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_CURRENCY = re.compile(r"[A-Z]{3}")
_QR_DIGITS = 16


class RecordError(ValueError):
    """These bytes are no record of the scheme; the message says what is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What the authority is told of a document.

    Attributes:
        currency: ISO 4217.
        document_sha256: Of the issued bytes, 64 hexadecimal digits.
        generated_at: When the record was made: UTC, whole seconds; never before its predecessor.
        issue_date: BT-2.
        kind: Whether it adds to what was sold or takes from it.
        number: BT-1.
        previous: The predecessor's digest; empty for the first of a chain.
        seller: The seller's VAT identifier, or the participant id where there is none.
        sequence: The place in the chain, from 1.
        total: BT-112.
        vat: BT-110.
    """

    currency: str
    document_sha256: str
    generated_at: datetime.datetime
    issue_date: datetime.date
    kind: Kind
    number: str
    previous: str
    seller: str
    sequence: int
    total: Decimal
    vat: Decimal

    def __post_init__(self) -> None:
        if reason := _wrong(self):
            raise RecordError(reason)


def write(record: Record) -> bytes:
    """Return the canonical bytes: names sorted, no spaces, UTF-8, amounts as strings."""
    members = asdict(record) | {
        "generated_at": record.generated_at.astimezone(datetime.UTC).strftime(_MOMENT),
        "issue_date": record.issue_date.isoformat(),
        "scheme": SCHEME,
        "total": f"{record.total:f}",
        "vat": f"{record.vat:f}",
    }
    return json.dumps(members, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def read(content: bytes) -> Record:
    """Return the record that bytes are; only the one canonical spelling of it is read.

    Raises:
        RecordError: They are none.
    """
    try:
        members = json.loads(content)
    except (ValueError, RecursionError):
        raise RecordError("it is not JSON in UTF-8") from None
    expected = {field.name for field in fields(Record)} | {"scheme"}
    if not isinstance(members, dict) or set(members) != expected:
        raise RecordError(f"it has not exactly the members {', '.join(sorted(expected))}")
    if members.pop("scheme") != SCHEME:
        raise RecordError(f"it is not of the scheme {SCHEME}")
    sequence = members.pop("sequence")
    if type(sequence) is not int or not all(isinstance(it, str) for it in members.values()):
        raise RecordError("sequence is not an integer, or another member is not a string")
    record = Record(
        **members
        | {
            "generated_at": _moment(members["generated_at"]),
            "issue_date": _day(members["issue_date"]),
            "sequence": sequence,
            "total": _amount("total", members["total"]),
            "vat": _amount("vat", members["vat"]),
        }
    )
    if write(record) != content:
        raise RecordError("it is not written canonically")
    return record


def digest(content: bytes) -> str:
    """Return what the successor of a record names: SHA-256 of its bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def qr_payload(address: str, seller: str, sequence: int, record_digest: str) -> str:
    """Return the text of the QR code: where the authority shows the record, and how to know it.

    Args:
        address: Of the authority, without a slash at the end.
        seller: As in the record.
        sequence: As in the record.
        record_digest: Its digest, of which 16 digits are printed.
    """
    path = f"{quote(seller, safe='')}/{sequence}"
    return f"{address}/ledger/{path}?d={record_digest[:_QR_DIGITS]}"


def _wrong(record: Record) -> str | None:
    checks = (
        (_CURRENCY.fullmatch(record.currency), "currency is no code of ISO 4217"),
        (_DIGEST.fullmatch(record.document_sha256), "document_sha256 is no SHA-256"),
        (record.generated_at.tzinfo is not None, "generated_at has no time zone"),
        (record.generated_at.microsecond == 0, "generated_at has parts of a second"),
        (record.kind in {"invoice", "credit_note"}, "kind is no kind of document"),
        (record.number, "number is empty"),
        (not record.previous or _DIGEST.fullmatch(record.previous), "previous is no SHA-256"),
        (record.seller, "seller is empty"),
        (record.sequence >= 1, "sequence is less than 1"),
        (record.total.is_finite() and record.vat.is_finite(), "an amount is no number"),
    )
    return next((reason for right, reason in checks if not right), None)


def _moment(text: str) -> datetime.datetime:
    try:
        return datetime.datetime.strptime(text, _MOMENT).replace(tzinfo=datetime.UTC)
    except ValueError:
        raise RecordError("generated_at is no moment like 2026-11-22T10:00:00Z") from None


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise RecordError("issue_date is no day like 2026-11-22") from None


def _amount(name: str, text: str) -> Decimal:
    if not _AMOUNT.fullmatch(text):
        raise RecordError(f"{name} is no amount like 12.50")
    return Decimal(text)
