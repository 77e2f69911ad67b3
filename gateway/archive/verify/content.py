"""What the members of a bundle must say, and how they vouch for each other.

The log's key signs the manifest and the checkpoint; the manifest holds the digest of every other
member; each file of evidence is described by a leaf, and each leaf is proven to be in the log.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256

from .canonical import MalformedError, hashes, json_object, json_value
from .container import Container, damaged_content
from .result import Evidence, Problem
from .signed import Checkpoint, Key, SignedError, read_checkpoint, read_key, signed_text
from .tree import TreeError, leaf_hash, root_by_inclusion

FORMAT = "einvoice-gateway-bundle/1"
FIXED = frozenset(
    {
        "README.txt",
        "checkpoint",
        "consistency.json",
        "document.json",
        "entries.json",
        "events.json",
        "log-key",
        "manifest.json",
        "manifest.sig",
        "verify.py",
    }
)
_EVIDENCE = re.compile(r"evidence/[0-9]{4}-[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_THE_DOCUMENT = frozenset({"document", "received"})  # the bytes that were issued, or that came
_UNLISTED = frozenset({"manifest.json", "manifest.sig"})


def strangeness(container: Container) -> int:
    """Count the names that a whole bundle would not have, or would have in addition."""
    names = frozenset(container.members)
    try:
        listed = frozenset(_members(json_object(container.read("manifest.json")))) | _UNLISTED
    except (KeyError, MalformedError):
        listed = FIXED
    return len(names ^ (listed | FIXED))


class Reading:
    """One bundle being checked; `problems` grows while its parts are read.

    Attributes:
        problems: What is wrong.
        key: The log's key in the bundle, once read.
        checkpoint: The checkpoint, once its signature is checked by that key.
        document: `document.json`.
        evidence: The evidence whose leaves were read.
    """

    def __init__(self, container: Container) -> None:
        self._container = container
        self.problems = list(container.problems)
        self.key: Key | None = None
        self.checkpoint: Checkpoint | None = None
        self.document: Mapping[str, object] | None = None
        self.evidence: tuple[Evidence, ...] = ()

    def check(self) -> None:
        """Check everything that can be checked without knowing anything beforehand."""
        self._check_names()
        self._check_manifest()
        for name in ("log-key", "manifest.sig", "checkpoint", "document.json", "events.json"):
            self._check_member(name)
        self._check_member("entries.json")

    def damaged(self, member: str) -> bool:
        """Tell whether a problem with this member's content is known already."""
        place = self._container.members.get(member)
        return place is None or any(p.start == place.start for p in self.problems)

    def blame(self, member: str, what: str) -> None:
        """Add a problem with the content of a member."""
        self.problems.append(damaged_content(self._container.members[member], what))

    def _check_names(self) -> None:
        names = self._container.members
        for missing in sorted(FIXED - names.keys()):
            self.problems.append(Problem(missing, "the member is missing", missing))
        for name in names:
            if name not in FIXED and not _EVIDENCE.fullmatch(name):
                self.problems.append(Problem(name, "a bundle has no such member", name))

    def _check_manifest(self) -> None:
        if self.damaged("manifest.json"):
            return
        try:
            listed = _members(json_object(self._container.read("manifest.json")))
        except MalformedError as error:
            self.blame("manifest.json", str(error))
            return
        names = self._container.members.keys() - _UNLISTED
        for name in sorted(listed.keys() - names):
            if name not in FIXED:  # said before
                self.problems.append(Problem(name, "the manifest lists it, it is missing", name))
        for name in sorted(names - listed.keys()):
            self.blame(name, "the manifest does not list it")
        for name in sorted(names & listed.keys()):
            content = self._container.read(name)
            digest = {"sha256": sha256(content).hexdigest(), "size": len(content)}
            if listed[name] != digest and not self.damaged(name):
                self.blame(name, "its SHA-256 or size is not that of the manifest")

    def _check_member(self, name: str) -> None:
        """Read one member that is not known to be damaged, with the method called after it."""
        if self.damaged(name):
            return
        read = {
            "log-key": self._read_key,
            "manifest.sig": self._read_signature,
            "checkpoint": self._read_checkpoint,
            "document.json": self._read_document,
            "events.json": self._read_events,
            "entries.json": self._read_entries,
        }[name]
        try:
            read()
        except (MalformedError, SignedError) as error:
            self.blame(name, str(error))

    def _read_key(self) -> None:
        try:
            self.key = read_key(self._container.read("log-key").decode())
        except UnicodeDecodeError as error:
            raise MalformedError("this is not a verifier key") from error

    def _read_signature(self) -> None:
        if self.key is None or self.damaged("manifest.json"):
            return
        text = signed_text(self._container.read("manifest.sig"), self.key)
        if text != manifest_statement(self._container):
            self.blame("manifest.json", "this is not the manifest that manifest.sig signs")

    def _read_checkpoint(self) -> None:
        if self.key is not None:
            self.checkpoint = read_checkpoint(self._container.read("checkpoint"), self.key)

    def _read_document(self) -> None:
        document = json_object(self._container.read("document.json"))
        if not self.damaged("manifest.json"):
            manifest = json_object(self._container.read("manifest.json"))
            if document.get("uuid") != manifest.get("document"):
                raise MalformedError("the manifest is of another document")
        self.document = document

    def _read_events(self) -> None:
        if not isinstance(json_value(self._container.read("events.json")), list):
            raise MalformedError("the events are not a list")

    def _read_entries(self) -> None:
        entries = json_value(self._container.read("entries.json"))
        if not isinstance(entries, list) or not entries:
            raise MalformedError("the entries are not a list, or there is none")
        evidence = [self._entry(number, entry) for number, entry in enumerate(entries)]
        self.evidence = tuple(evidence)
        proven = [item.member for item in evidence]
        if proven != sorted(set(proven)):
            raise MalformedError("the entries are not sorted by member, each once")
        indexes = [item.log_index for item in evidence]
        if indexes != sorted(set(indexes)):
            raise MalformedError("the entries do not stand in the order of the log")
        for name in sorted(self._container.members.keys() - FIXED - set(proven)):
            self.blame(name, "no entry of the log vouches for it")
        if self.document is not None:
            digest = self.document.get("content_sha256")
            if digest not in {item.sha256 for item in evidence if item.role in _THE_DOCUMENT}:
                self.blame("document.json", "content_sha256 is of no archived document")

    def _entry(self, number: int, entry: object) -> Evidence:
        """Check one entry against its file, the document and the log."""
        at = f"/{number}"
        match entry:
            case {
                "index": int(index),
                "leaf": str(leaf),
                "member": str(member),
                "proof": list(proof),
                **others,
            } if not others:
                pass
            case _:
                raise MalformedError(f"{at}: an entry is index, leaf, member and proof")
        described = _evidence(leaf, member, index, at)
        place = self._container.members.get(member)
        if place is None:
            raise MalformedError(f"{at}/member: there is no {member}")
        content = self._container.read(member)
        digest = (len(content), sha256(content).hexdigest())
        if (described.size, described.sha256) != digest and not self.damaged(member):
            self.blame(member, "its SHA-256 or size is not that of its leaf in the log")
        if self.document is not None:
            owner = json_object(leaf.encode()).get("document")
            if owner != self.document.get("uuid"):
                raise MalformedError(f"{at}/leaf: it is of the document {owner}")
        if self.checkpoint is not None:
            self._prove(leaf, index, proof, at)
        return described

    def _prove(self, leaf: str, index: int, proof: Sequence[object], at: str) -> None:
        assert self.checkpoint is not None  # noqa: S101 - for the type checker
        try:
            path = hashes(proof)
            root = root_by_inclusion(leaf_hash(leaf.encode()), index, self.checkpoint.size, path)
        except (TreeError, MalformedError) as error:
            raise MalformedError(f"{at}/proof: {error}") from error
        if root != self.checkpoint.root:
            raise MalformedError(f"{at}/proof: it does not lead to the root of the checkpoint")


def manifest_statement(container: Container) -> str:
    """Return the text that `manifest.sig` must sign."""
    manifest = container.read("manifest.json")
    document = json_object(manifest).get("document")
    return f"{FORMAT}\n{document}\nsha256:{sha256(manifest).hexdigest()}\n"


def consistency_proofs(container: Container) -> Iterator[tuple[int, list[bytes]]]:
    """Yield older size and proof of each item of `consistency.json`.

    Raises:
        MalformedError: It cannot be read.
    """
    items = json_value(container.read("consistency.json"))
    if not isinstance(items, list):
        raise MalformedError("the consistency proofs are not a list")
    for item in items:
        match item:
            case {"from": int(old), "proof": proof}:
                yield old, hashes(proof)
            case _:
                raise MalformedError("a consistency proof is from and proof")


def _evidence(leaf: str, member: str, index: int, at: str) -> Evidence:
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


def _members(manifest: Mapping[str, object]) -> Mapping[str, object]:
    if manifest.get("format") != FORMAT:
        raise MalformedError(f"the format is not {FORMAT}")
    members = manifest.get("members")
    if not isinstance(members, dict):
        raise MalformedError("the manifest lists no members")
    return members
