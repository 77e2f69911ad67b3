"""Archiving anew what another installation archived: each new leaf quotes the old one.

With every document goes `origin.json`: the old leaves with their proofs, the head they are proven
by, and the key of that log.
"""

import base64
import datetime
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from gateway.archive.bundle import JsonValue, canonical
from gateway.archive.checkpoint import Checkpoint
from gateway.archive.evidence import EvidenceItem, StoredItem
from gateway.archive.notes import Verifier
from gateway.archive.service import Archive
from gateway.archive.verify.tree import TreeError, leaf_hash, root_by_inclusion
from gateway.exits.file import Arrived, ExitRefusedError
from gateway.exits.making import ITSELF, REMAINS
from gateway.kit.tenancy import TenantTransaction

_ORIGIN = "origin.json"
_ISSUED = "document"


@dataclass(frozen=True, slots=True)
class Taking:
    """Archives the evidence in a file.

    Attributes:
        archive: Where to.
        arrived: The file.
        clock: The time.
    """

    archive: Archive
    arrived: Arrived
    clock: Callable[[], datetime.datetime]

    def folder(self, tx: TenantTransaction, folder: str) -> None:
        """Archive the evidence of a document, as the verifier found it.

        Raises:
            ArchiveUnavailableProblem: The store refuses.
        """
        about = self.arrived.json(f"{folder}/document.json")
        items, entries = list[EvidenceItem](), list[Mapping[str, Any]]()
        for entry, leaf, content in self.arrived.evidence(folder):
            day = leaf.get("issue_date")
            if leaf["role"] == _ISSUED:  # early leaves do not say it
                day = about["issue_date"]
            items.append(
                EvidenceItem(
                    leaf["role"],
                    leaf["name"],
                    leaf["media_type"],
                    content,
                    UUID(leaf["entry"]),
                    None if day is None else datetime.date.fromisoformat(day),
                )
            )
            entries.append(entry)
        self.archive.record(
            tx,
            document_id=UUID(about["uuid"]),
            items=[*items, self._origin(entries)],
            now=self.clock(),
            received=about["kind"] == "received_document",
            quoted=self._quoted(entries),
        )

    def remains(self, tx: TenantTransaction, member: str) -> None:
        """Archive what is left of the evidence of destroyed documents.

        Raises:
            ExitRefusedError: A leaf is not proven, or a certificate is not what its leaf says.
            ArchiveUnavailableProblem: The store refuses.
        """
        for line in self.arrived.lines(member):
            document = json.loads(line)
            entries = document["entries"]
            items = [self._left(tx, entry) for entry in entries]
            self.archive.record(
                tx,
                document_id=UUID(document["id"]),
                items=[*items, self._origin(entries)],
                now=self.clock(),
                received=document["received"],
                quoted=self._quoted(entries),
                destroyed_at=datetime.datetime.fromisoformat(document["destroyed_at"]),
            )

    def itself(self, tx: TenantTransaction, member: str) -> None:
        """Archive the evidence that is about the entity and no document.

        Raises:
            ExitRefusedError: A leaf is not proven, or its bytes are not what it says.
            ArchiveUnavailableProblem: The store refuses.
        """
        for line in self.arrived.lines(member):
            entries = json.loads(line)
            self.archive.record(
                tx,
                document_id=None,
                items=[*(self._left(tx, entry) for entry in entries), self._origin(entries)],
                now=self.clock(),
                quoted=self._quoted(entries),
            )

    def _left(self, tx: TenantTransaction, entry: Mapping[str, Any]) -> EvidenceItem | StoredItem:
        """Return a file whose bytes are in its line, or one that was destroyed: what it was."""
        self._prove(entry)
        leaf = json.loads(entry["leaf"])
        day = leaf.get("issue_date")
        dated = None if day is None else datetime.date.fromisoformat(day)
        role, name, kind, id_ = leaf["role"], leaf["name"], leaf["media_type"], UUID(leaf["entry"])
        digest = bytes.fromhex(leaf["sha256"])
        if entry["content"] is None:
            size = leaf["size"]
            return StoredItem(role, name, kind, size, digest, id_, tx.entity_id, dated)
        content = base64.b64decode(entry["content"])
        if sha256(content).digest() != digest:
            raise ExitRefusedError(f"The bytes of {id_} are not what was archived.")
        return EvidenceItem(role, name, kind, content, id_, dated)

    def _prove(self, entry: Mapping[str, Any]) -> None:
        """See that the log has a leaf; of documents with evidence the verifier did."""
        key = Verifier.parse(self.arrived.log_key)
        head = Checkpoint.verified(self.arrived.zip.read("checkpoint").decode(), key)
        leaf, path = entry["leaf"].encode(), [bytes.fromhex(value) for value in entry["proof"]]
        try:
            root = root_by_inclusion(leaf_hash(leaf), entry["index"], head.size, path)
        except TreeError as error:
            raise ExitRefusedError(f"Leaf {entry['index']} is not proven: {error}.") from error
        if root != head.root:
            raise ExitRefusedError(f"Leaf {entry['index']} is not in the log.")

    def _origin(self, entries: Sequence[Mapping[str, Any]]) -> EvidenceItem:
        said: Mapping[str, JsonValue] = {
            "log_key": self.arrived.log_key,
            "checkpoint": self.arrived.zip.read("checkpoint").decode(),
            "exit": self.arrived.manifest,
            "entries": [
                {name: entry[name] for name in ("index", "leaf", "proof")} for entry in entries
            ],
        }
        return EvidenceItem("origin", _ORIGIN, "application/json", canonical(said))

    def _quoted(
        self, entries: Sequence[Mapping[str, Any]]
    ) -> Mapping[UUID, Mapping[str, JsonValue]]:
        log = self.arrived.log_key.partition("+")[0]
        return {
            UUID(json.loads(entry["leaf"])["entry"]): {
                "log": log,
                "index": entry["index"],
                "leaf": sha256(entry["leaf"].encode()).hexdigest(),
            }
            for entry in entries
        }


def count(arrived: Arrived) -> int:
    """Return how many entries come of a file: those in it, and an origin of each document."""
    living = sum(len(arrived.json(f"{one}/entries.json")) + 1 for one in arrived.folders)
    lines = [line for member in arrived.parts(REMAINS) for line in arrived.lines(member)]
    gone = sum(len(json.loads(line)["entries"]) + 1 for line in lines)
    own = [line for member in arrived.parts(ITSELF) for line in arrived.lines(member)]
    return living + gone + sum(len(json.loads(line)) + 1 for line in own)
