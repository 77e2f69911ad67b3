"""What an invoice is known by, counted by, and what makes it the same one."""

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any


def remark_of(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return by what an invoice is counted, and what the ledger shows of it."""
    common = {"tax_number": str(said["TaxNumber"]), "amount": str(said["InvoiceAmount"])}
    identifier = said.get("InvoiceIdentifier")
    if identifier is None:
        return {**common, "premise": said["BusinessPremiseID"], "at": said["IssueDate"]}
    return {
        **common,
        "premise": identifier["BusinessPremiseID"],
        "device": identifier["ElectronicDeviceID"],
        "number": int(identifier["InvoiceNumber"]),
        "numbering": said["NumberingStructure"],
        "at": said["IssueDateTime"],
        "zoi": said["ProtectedID"],
        "subsequent": said.get("SubsequentSubmit", False),
    }


def key_of(said: Mapping[str, Any], content_digest: str) -> str:
    """Return what an invoice is known by; one of a book without a number, by its content."""
    identifier = said.get("InvoiceIdentifier")
    book = said.get("SalesBookIdentifier")
    if identifier is not None:
        names = ("BusinessPremiseID", "ElectronicDeviceID", "InvoiceNumber")
        parts = [identifier[name] for name in names]
    elif book is not None:
        parts = ["book", *(book[name] for name in ("SerialNumber", "SetNumber", "InvoiceNumber"))]
    else:
        parts = ["book", content_digest]
    return "/".join((str(said["TaxNumber"]), *parts))


def digest_of(said: Mapping[str, Any]) -> str:
    """Return a digest of an invoice; whether it comes late is not part of what it is."""
    what = {name: value for name, value in said.items() if name != "SubsequentSubmit"}
    text = json.dumps(what, sort_keys=True, ensure_ascii=False, default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(number: Decimal) -> str:
    return f"{number:.2f}"
