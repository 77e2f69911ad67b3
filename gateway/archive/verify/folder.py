"""One document of a bundle: its folder, and how the log vouches for what lies in it."""

import re
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256

from .canonical import MalformedError, hashes, json_object, json_value
from .findings import Findings, Listing, manifest_members
from .happenings import judged_events
from .result import Evidence
from .signed import Checkpoint
from .stating import judged_statement, public_name, shown
from .tree import TreeError, leaf_hash, root_by_inclusion

FOLDER = re.compile(r"documents/[0-9]{7}-[a-z]{1,8}_[0-9a-z]{1,40}")
IN_FOLDER = frozenset({"document.json", "entries.json", "events.json", "manifest.json"})
_EVIDENCE = re.compile(r"evidence/[0-9]{4}-[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_THE_DOCUMENT = frozenset({"document", "received"})  # the bytes that were issued, or that came


class Folder:
    """The folder of a document being checked.

    Args:
        findings: The bundle, and what is known to be wrong in it.
        name: The folder, `documents/...`.
        members: Names in it, without the folder.
        checkpoint: Head of the log; None: it cannot be read.
        exported: When the bundle was made, as its manifest says; None: that cannot be read.

    Attributes:
        document: `document.json`, once read.
        evidence: The evidence whose leaves were read.
        leaves: The hashes of these leaves, each with its place in the log of its entity, and this.
        unchecked: What is stated and could not be compared, in words that are the same for all
            documents.
    """

    def __init__(
        self,
        findings: Findings,
        name: str,
        members: Sequence[str],
        checkpoint: Checkpoint | None,
        exported: object,
    ) -> None:
        self._findings, self._name, self._checkpoint = findings, name, checkpoint
        self._exported = exported
        self._members = frozenset(members)
        self._owner: object = None
        self._told = list[Mapping[str, object]]()
        self._events: list[object] | None = None
        self.document: Mapping[str, object] | None = None
        self.evidence: tuple[Evidence, ...] = ()
        self.leaves = dict[bytes, tuple[object, object]]()
        self.unchecked = list[str]()

    def check(self) -> None:
        """Check everything in the folder; its manifest was compared with that of the bundle."""
        for missing in sorted(IN_FOLDER - self._members):
            self._findings.miss(f"{self._name}/{missing}")
        for name in sorted(self._members - IN_FOLDER):
            if not _EVIDENCE.fullmatch(name):
                self._findings.add(f"{self._name}/{name}", "a bundle has no such member")
        self._read("manifest.json", self._read_manifest)
        self._read("document.json", self._read_document)
        self._read("events.json", self._read_events)
        self._read("entries.json", self._read_entries)
        if self.document is not None and self.evidence:
            self._compare(self.document)

    def _read(self, name: str, read: Callable[[bytes], None]) -> None:
        member = f"{self._name}/{name}"
        if self._findings.damaged(member):
            return
        try:
            read(self._findings.read(member))
        except MalformedError as error:
            self._findings.blame(member, str(error))

    def _read_manifest(self, content: bytes) -> None:
        manifest = json_object(content)
        listed = manifest_members(manifest)
        self._owner = manifest.get("document")
        names = self._members - {"manifest.json"}
        self._findings.compare(Listing(f"{self._name}/", listed, names, IN_FOLDER))

    def _read_document(self, content: bytes) -> None:
        document = json_object(content)
        if not all(isinstance(document.get(name), str) for name in ("uuid", "content_sha256")):
            raise MalformedError("it does not say which document it is, or of which bytes")
        if document.get("uuid") != self._owner and not self._damaged("manifest.json"):
            raise MalformedError("the manifest is of another document")
        if not self._name.endswith(f"-{document.get('id')}"):
            raise MalformedError("the folder is of another document")
        told = str(document["id"])
        if told != public_name(told.partition("_")[0], document["uuid"]):
            raise MalformedError(f"/id is {shown(told)}, /uuid {shown(document['uuid'])}")
        self.document = document

    def _read_events(self, content: bytes) -> None:
        events = json_value(content)
        if not isinstance(events, list):
            raise MalformedError("the events are not a list")
        self._events = events

    def _read_entries(self, content: bytes) -> None:
        entries = json_value(content)
        if not isinstance(entries, list) or not entries:
            raise MalformedError("the entries are not a list, or there is none")
        self.evidence = tuple(self._entry(place, one) for place, one in enumerate(entries))
        proven = [one.member for one in self.evidence]
        if proven != sorted(set(proven)):
            raise MalformedError("the entries are not sorted by member, each once")
        indexes = [one.log_index for one in self.evidence]
        if indexes != sorted(set(indexes)):
            raise MalformedError("the entries do not stand in the order of the log")
        inside = {f"{self._name}/{name}" for name in self._members - IN_FOLDER}
        for name in sorted(inside - set(proven)):
            self._findings.blame(name, "no entry of the log vouches for it")
        if self.document is not None:
            digest = self.document.get("content_sha256")
            if digest not in {one.sha256 for one in self.evidence if one.role in _THE_DOCUMENT}:
                what = "content_sha256 is of no archived document"
                self._findings.blame(f"{self._name}/document.json", what)

    def _entry(self, place: int, entry: object) -> Evidence:
        """Check one entry against its file, the document and the log."""
        at = f"/{place}"
        match entry:
            case {
                "index": int(index),
                "leaf": str(leaf),
                "member": str(name),
                "proof": list(proof),
                **others,
            } if not others:
                pass
            case _:
                raise MalformedError(f"{at}: an entry is index, leaf, member and proof")
        member = f"{self._name}/{name}"
        described = _described(leaf, member, index, at)
        told = json_object(leaf.encode())
        self._told.append(told)
        self.leaves[leaf_hash(leaf.encode())] = (told.get("entity_index"), told.get("entity"))
        if name not in self._members:
            raise MalformedError(f"{at}/member: there is no {name}")
        content = self._findings.read(member)
        digest = (len(content), sha256(content).hexdigest())
        if (described.size, described.sha256) != digest and not self._findings.damaged(member):
            what = "its SHA-256 or size is not that of its leaf in the log"
            self._findings.blame(member, what)
        if self.document is not None:
            owner = told.get("document")
            if owner != self.document.get("uuid"):
                raise MalformedError(f"{at}/leaf: it is of the document {owner}")
        if self._checkpoint is not None:
            _prove(leaf, index, proof, self._checkpoint, at)
        return described

    def _compare(self, document: Mapping[str, object]) -> None:
        """Compare what the exporter says of the document with the document and its evidence."""
        digest = document.get("content_sha256")
        for described, leaf in zip(self.evidence, self._told, strict=True):
            if described.role not in _THE_DOCUMENT or described.sha256 != digest:
                continue
            if not self._findings.damaged(described.member):
                found = judged_statement(document, self._findings.read(described.member), leaf)
                self._blame_each("document.json", found.differences)
                self.unchecked += found.unchecked
            break
        if self._events is None or self._damaged("entries.json"):
            return
        try:
            happened = judged_events(self._events, document, self._told, self._exported)
        except MalformedError as error:
            self._blame_each("events.json", [str(error)])
            return
        self._blame_each("events.json", happened.wrong)
        self._blame_each("document.json", happened.unproven)
        self.unchecked += happened.unchecked

    def _blame_each(self, name: str, found: Sequence[str]) -> None:
        for what in found:
            self._findings.blame(f"{self._name}/{name}", what)

    def _damaged(self, name: str) -> bool:
        return self._findings.damaged(f"{self._name}/{name}")


def _prove(
    leaf: str, index: int, proof: Sequence[object], checkpoint: Checkpoint, at: str
) -> None:
    try:
        path = hashes(proof)
        root = root_by_inclusion(leaf_hash(leaf.encode()), index, checkpoint.size, path)
    except (TreeError, MalformedError) as error:
        raise MalformedError(f"{at}/proof: {error}") from error
    if root != checkpoint.root:
        raise MalformedError(f"{at}/proof: it does not lead to the root of the checkpoint")


def _described(leaf: str, member: str, index: int, at: str) -> Evidence:
    match json_object(leaf.encode("utf-8", "surrogatepass")):
        case {
            "version": 1,
            "role": str(role),
            "name": str(name),
            "media_type": str(media_type),
            "size": int(size),
            "sha256": str(digest),
            "at": str(moment),
        } if member.endswith(f"-{name}"):
            return Evidence(member, role, media_type, size, digest, moment, index)
    raise MalformedError(f"{at}/leaf: it does not describe {member}")
