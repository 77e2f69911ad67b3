"""The manifest of an export: what was asked for, every document in it, what they add up to.

It is written while the documents pass, so it costs no memory. It holds no moment of its own: the
same documents give the same manifest.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import IO, Any

from gateway.exports.repository import ExportedDocument
from gateway.kit.ids import public_id


@dataclass(frozen=True, slots=True)
class FileOf:
    """A file that an export holds.

    Attributes:
        name: Its path in the ZIP.
        size: Bytes.
        sha256: Hexadecimal.
    """

    name: str
    size: int
    sha256: str

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {"name": self.name, "size": self.size, "sha256": self.sha256}


@dataclass(slots=True)
class Totals:
    """What documents add up to, by currency; credit notes count negative.

    What is voided or was replaced is in the export, and not in its sums.

    Attributes:
        documents: All that are in the export.
    """

    _by_currency: dict[str, dict[str, Any]] = field(default_factory=dict)
    documents: int = 0

    def add(self, document: ExportedDocument) -> None:
        """Count one document."""
        self.documents += 1
        if document.currency_code is None or not document.counts:
            return
        sums = self._by_currency.setdefault(document.currency_code, {"documents": 0})
        sums["documents"] += 1
        sign = -1 if document.kind.credits else 1
        for name in ("total_without_vat", "total_vat", "total_with_vat"):
            amount: Decimal | None = getattr(document, name)
            sums[name] = sums.get(name, Decimal()) + sign * (amount or 0)

    def as_list(self) -> list[dict[str, Any]]:
        """Return the sums as JSON, in the order of currencies."""
        return [
            {"currency_code": code}
            | {name: f"{v:f}" if isinstance(v, Decimal) else v for name, v in sums.items()}
            for code, sums in sorted(self._by_currency.items())
        ]


class Manifest:
    """A manifest being written.

    Args:
        sink: Where to.
        head: Its first members: what was asked for.
    """

    def __init__(self, sink: IO[bytes], head: Mapping[str, Any]) -> None:
        self._sink = sink
        self._first = True
        self.totals = Totals()
        opening = json.dumps({"object": "export_manifest", **head}, ensure_ascii=False, indent=1)
        self._write(opening.removesuffix("\n}") + ',\n "documents": [')

    def add(self, document: ExportedDocument, file: FileOf | None = None) -> None:
        """Add a document, and the file that holds it if it has one of its own."""
        self.totals.add(document)
        amount = document.total_with_vat
        listed = {
            "id": public_id(document.kind.prefix, document.id),
            "entity_id": public_id("ent", document.entity_id),
            "kind": document.kind.value,
            "number": document.number,
            "state": document.state,
            "issue_date": document.issue_date and document.issue_date.isoformat(),
            "currency_code": document.currency_code,
            "total_with_vat": None if amount is None else f"{amount:f}",
            "in_totals": document.counts,
            "sha256": document.content_sha256 and document.content_sha256.hex(),
            **({} if file is None else {"file": file.as_dict()}),
        }
        self._write(("\n  " if self._first else ",\n  ") + json.dumps(listed, ensure_ascii=False))
        self._first = False

    def close(self) -> IO[bytes]:
        """Write the end, which has the count and the totals; return what it was written to."""
        tail = {"count": self.totals.documents, "totals": self.totals.as_list()}
        members = json.dumps(tail, ensure_ascii=False, indent=1).removeprefix("{")
        self._write(f"\n ],{members}\n")
        return self._sink

    def _write(self, text: str) -> None:
        self._sink.write(text.encode())
