"""Bodies of the calls that send: sessions are opened, invoices handed in."""

import base64
import datetime
import json
from dataclasses import dataclass, field
from typing import Any

from typing_extensions import override

from formats.ksef_api.encryption import PublicKey, SessionKey, digest
from formats.xml import parse


@dataclass(frozen=True, slots=True)
class FormCode:
    """Which structure a session's invoices have; one session takes one.

    Attributes:
        system_code: `FA (3)`.
        schema_version: `1-0E`.
        value: `FA`.
    """

    system_code: str
    schema_version: str
    value: str

    @override
    def __str__(self) -> str:
        """Return it as it stands in our own headers: `FA (3);1-0E;FA`."""
        return f"{self.system_code};{self.schema_version};{self.value}"

    @classmethod
    def parse(cls, text: str) -> "FormCode":
        """Read what `str` wrote.

        Raises:
            ValueError: It is none.
        """
        system_code, schema_version, value = text.split(";")
        return cls(system_code, schema_version, value)

    def as_dict(self) -> dict[str, str]:
        """Return it as it stands in JSON."""
        return {
            "systemCode": self.system_code,
            "schemaVersion": self.schema_version,
            "value": self.value,
        }


@dataclass(frozen=True, slots=True)
class Heading:
    """What the wire must know of an invoice: the rest is the format's business.

    Attributes:
        form: Its structure, out of `Naglowek/KodFormularza`.
        seller: `Podmiot1/DaneIdentyfikacyjne/NIP`.
        number: `P_2`.
        issue_date: `P_1`.
    """

    form: FormCode
    seller: str
    number: str
    issue_date: str


class NoHeadingError(ValueError):
    """It is no invoice that this wire carries."""


def heading(invoice: bytes) -> Heading:
    """Read what the wire must know of an invoice (FA).

    Raises:
        NoHeadingError: It is none.
    """
    try:
        root = parse(invoice)
    except ValueError as error:
        raise NoHeadingError(f"not XML that is read: {error}") from error
    code = root.find("{*}Naglowek/{*}KodFormularza")
    found = {
        name: root.findtext(path)
        for name, path in (
            ("seller", "{*}Podmiot1/{*}DaneIdentyfikacyjne/{*}NIP"),
            ("number", "{*}Fa/{*}P_2"),
            ("issue_date", "{*}Fa/{*}P_1"),
        )
    }
    if code is None or not all(found.values()):
        raise NoHeadingError("not an FA: form code, seller, number or date is missing")
    form = FormCode(
        code.get("kodSystemowy", ""), code.get("wersjaSchemy", ""), (code.text or "").strip()
    )
    return Heading(form, **{name: (text or "").strip() for name, text in found.items()})


@dataclass(frozen=True, slots=True)
class Sized:
    """Bytes as the API wants to know them beforehand.

    Attributes:
        size: In bytes.
        hash: SHA-256, base64.
    """

    size: int
    hash: str

    @classmethod
    def of(cls, content: bytes) -> "Sized":
        """Measure bytes."""
        return cls(len(content), digest(content))


def online_session(form: FormCode, secret: SessionKey, key: PublicKey, seed: bytes) -> bytes:
    """Return the body of `POST /sessions/online`."""
    return _json({"formCode": form.as_dict(), "encryption": secret.told(key, seed)})


def invoice(
    content: bytes,
    secret: SessionKey,
    *,
    offline: bool = False,
    corrects: str | None = None,
) -> bytes:
    """Return the body of `POST /sessions/online/{referenceNumber}/invoices`.

    Args:
        content: The invoice, exactly.
        secret: Of the session.
        offline: It was issued while KSeF could not be reached, or the taxpayer chose so.
        corrects: For a technical correction: the hash (base64) of the invoice that was refused.
    """
    encrypted = secret.encrypt(content)
    plain, sealed = Sized.of(content), Sized.of(encrypted)
    body: dict[str, Any] = {
        "invoiceHash": plain.hash,
        "invoiceSize": plain.size,
        "encryptedInvoiceHash": sealed.hash,
        "encryptedInvoiceSize": sealed.size,
        "encryptedInvoiceContent": base64.b64encode(encrypted).decode(),
        "offlineMode": offline or corrects is not None,
    }
    if corrects is not None:
        body["hashOfCorrectedInvoice"] = corrects
    return _json(body)


def batch_session(  # noqa: PLR0913 - what the call says
    form: FormCode,
    package: Sized,
    parts: tuple[Sized, ...],
    *,
    secret: SessionKey,
    key: PublicKey,
    seed: bytes,
    offline: bool = False,
) -> bytes:
    """Return the body of `POST /sessions/batch`.

    Args:
        form: Of all its invoices.
        package: The ZIP file before it was cut.
        parts: Its parts after they were encrypted, in order.
        secret: What they were encrypted with.
        key: The ministry's.
        seed: 32 random bytes.
        offline: As for an invoice, and for all of them.
    """
    listed = [
        {"ordinalNumber": number, "fileSize": one.size, "fileHash": one.hash}
        for number, one in enumerate(parts, 1)
    ]
    whole = {"fileSize": package.size, "fileHash": package.hash, "compressionType": "Zip"}
    return _json(
        {
            "formCode": form.as_dict(),
            "batchFile": {**whole, "fileParts": listed},
            "encryption": secret.told(key, seed),
            "offlineMode": offline,
        }
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """Which invoices are asked for: `InvoiceQueryFilters`, as far as a synchronisation needs them.

    Attributes:
        subject: In which role we are on them: `Subject2` is the buyer.
        since: From when on, by the date of permanent storage (UTC).
        until: To when; None: to the present.
        complete: Only up to where KSeF knows that nothing older is missing (its high water mark).
        more: Further filters, as the API writes them.
    """

    subject: str = "Subject2"
    since: datetime.datetime
    until: datetime.datetime | None = None
    complete: bool = True
    more: tuple[tuple[str, Any], ...] = field(default=())

    def as_dict(self) -> dict[str, Any]:
        """Return it as it stands in JSON."""
        period: dict[str, Any] = {
            "dateType": "PermanentStorage",
            "from": self.since.isoformat(),
            "restrictToPermanentStorageHwmDate": self.complete,
        }
        if self.until is not None:
            period["to"] = self.until.isoformat()
        return {"subjectType": self.subject, "dateRange": period, **dict(self.more)}


def search(one: Search) -> bytes:
    """Return the body of `POST /invoices/query/metadata`."""
    return _json(one.as_dict())


def export(one: Search, secret: SessionKey, key: PublicKey, seed: bytes) -> bytes:
    """Return the body of `POST /invoices/exports`; what comes is encrypted with our key."""
    return _json({"filters": one.as_dict(), "encryption": secret.told(key, seed)})


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
