"""Whether a bundle of a period leaves out a document: the entity's log from before it on.

Each line is a leaf, or the hash of one whose file is in the bundle. Folded, with the complete
subtrees that earlier leaves make, they are the root of the entity's checkpoint.
"""

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from .canonical import MalformedError, hashes, json_object
from .container import Container
from .findings import Findings
from .result import Whole
from .signed import Checkpoint, Key, SignedError, read_checkpoint
from .stating import public_name, shown
from .tree import EMPTY_ROOT, TreeError, leaf_hash, root_by_folding

ENTITY = re.compile(r"entities/ent_[0-9a-z]{1,40}")
_PART = re.compile(r"leaves-[0-9]{6}\.jsonl")
_HASH = re.compile(rb'"[0-9a-f]{64}"')
_HEAD = frozenset({"checkpoint", "span.json"})
_BEFORE = datetime.timedelta(days=2)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ED25519_TYPE = b"\x01"
_CERTIFICATE = "destruction-certificate"
_Other = tuple[str, Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Inside:
    """What the folders of a bundle hold.

    Attributes:
        leaves: Hashes of the leaves whose files are there, each with the place and the entity that
            it names.
        documents: Ids that these leaves name.
    """

    leaves: Mapping[bytes, tuple[object, object]]
    documents: frozenset[object]


class Span:
    """The folder of an entity being checked.

    Args:
        findings: The bundle, and what is known to be wrong in it.
        folder: `entities/ent_...`.
        members: Names in it, without the folder.
        key: The log's.
        inside: What the bundle holds; None: that is not known, because something else is wrong.

    Attributes:
        undated: Documents not in the bundle whose leaves say no date.
        destroyed: Documents of the period that were destroyed since.
        seen: Hashes of leaves that are in the log, and whose files are in the bundle.
        whole: What is shown; None: it is not.
    """

    def __init__(
        self,
        findings: Findings,
        folder: str,
        members: Sequence[str],
        key: Key | None,
        inside: Inside | None,
    ) -> None:
        self._findings, self._folder, self._inside = findings, folder, inside
        self._members = frozenset(members)
        self._parts = sorted(self._members - _HEAD)
        self._key = None if key is None else under_name(key, folder.partition("/")[2])
        self._since = self._until = ""
        self._owner: object = None
        self.undated = self.destroyed = 0
        self.seen: set[bytes] = set()
        self.whole: Whole | None = None

    def check(self) -> None:
        """Check everything in the folder, of which the digests were compared."""
        for missing in sorted(_HEAD - self._members):
            self._findings.miss(f"{self._folder}/{missing}")
        expected = [f"leaves-{number:06}.jsonl" for number in range(1, len(self._parts) + 1)]
        for name in self._parts:
            if not _PART.fullmatch(name):
                self._findings.add(f"{self._folder}/{name}", "a bundle has no such member")
        names = [f"{self._folder}/{name}" for name in self._members]
        if any(map(self._findings.damaged, names)) or not self._members >= _HEAD:
            return
        if self._parts != expected or not self._parts or self._key is None:
            self._blame("span.json", "a part of the leaves is missing")
            return
        try:
            head = read_checkpoint(self._read("checkpoint"), self._key)
        except SignedError as error:
            self._blame("checkpoint", str(error))
            return
        try:
            first, before = self._described()
        except MalformedError as error:
            self._blame("span.json", str(error))
            return
        self._check_leaves(head, first, before)

    def _described(self) -> tuple[int, list[bytes]]:
        match json_object(self._read("span.json")):
            case {
                "entity": str(entity),
                "first": int(first),
                "from": (str() | None) as since,
                "to": (str() | None) as until,
                "before": before,
            } if first >= 0 and f"entities/{entity}" == self._folder:
                for day in (since, until):
                    if day is not None:
                        _day(day)
                self._since, self._until = since or "", until or ""
                return first, hashes(before)
        raise MalformedError("it does not say what part of which log this is")

    def _check_leaves(self, head: Checkpoint, first: int, before: Sequence[bytes]) -> None:
        """Fold the leaves, then look for documents among those that are not in the bundle."""
        values, others = list[bytes](), list[_Other]()
        for part in self._parts:
            try:
                for line in _lines(self._read(part)):
                    leaf = self._leaf(line, first + len(values))
                    values.append(_value(line, leaf))
                    if leaf is not None and values[-1] not in self.seen:
                        others.append((part, leaf))
            except MalformedError as error:
                self._blame(part, str(error))
                return
        try:
            root = root_by_folding(first, before, values)
        except TreeError as error:
            self._blame("span.json", str(error))
            return
        if first + len(values) != head.size or root != head.root:
            self._blame("checkpoint", "the leaves do not make the root of this head")
            return
        if self._inside is not None:
            self._check_absent(head.size, first, others)

    def _leaf(self, line: bytes, place: int) -> Mapping[str, object] | None:
        """Read a line; None for a leaf whose file is in the bundle."""
        leaf = None if _HASH.fullmatch(line) else json_object(line)
        if leaf is not None and not isinstance(leaf.get("document"), str | None):
            raise MalformedError(f"leaf {place} names its document in another way than leaves do")
        said = owner = None
        if leaf is not None:
            said, owner = leaf.get("entity_index"), leaf.get("entity")
        value = _value(line, leaf)
        if self._inside is not None and value in self._inside.leaves:
            self.seen.add(value)
            said, owner = self._inside.leaves[value]
        elif leaf is None and self._inside is not None:
            raise MalformedError(f"leaf {place} is neither here nor in a folder")
        if said is not None and said != place:  # early leaves do not say it
            raise MalformedError(f"leaf {place} says it is {said}")
        if self._inside is not None and owner != self._owner:
            if public_name("ent", owner) != self._folder.partition("/")[2]:
                raise MalformedError(f"leaf {place} is of the entity {shown(owner)}")
            self._owner = owner
        return leaf

    def _check_absent(self, size: int, first: int, others: Sequence[_Other]) -> None:
        """Name each document of the period, and each file of a document here, that is left out."""
        certified = {
            leaf.get("document"): place
            for place, (_, leaf) in enumerate(others)
            if leaf.get("role") == _CERTIFICATE
        }
        if first and not (others and self._is_earlier(others[0][1])):
            self._blame("span.json", "leaves are left out that may be of the period")
            return
        found = 0
        for place, (part, leaf) in enumerate(others):
            what = self._absence(leaf)
            if what is not None and place < certified.get(leaf.get("document"), 0):
                self.destroyed += leaf.get("role") == "document"
            elif what is not None:
                self._findings.add(f"{self._folder}/{part}", what)
                found += 1
        if not found and not self.undated:
            entity = self._folder.partition("/")[2]
            self.whole = Whole(entity, self._since or None, self._until or None, size)

    def _absence(self, leaf: Mapping[str, object]) -> str | None:
        """Say what is left out, if something is."""
        document, at = leaf.get("document"), leaf.get("at")
        if self._inside is not None and document in self._inside.documents:
            return f"{leaf.get('name')} of the document {document} is left out, archived {at}"
        if leaf.get("role") != "document":
            return None
        day = leaf.get("issue_date")
        if not isinstance(day, str) or not _DAY.fullmatch(day):
            self.undated += 1
            return None
        if day < self._since or (self._until and day > self._until):
            return None
        return f"the document {document} of {day} is left out, archived {at}"

    def _is_earlier(self, leaf: Mapping[str, object]) -> bool:
        """Tell whether no document of the period was archived before this leaf."""
        at = leaf.get("at")
        if not self._since or not isinstance(at, str):
            return False
        return at < (_day(self._since) - _BEFORE).isoformat()

    def _read(self, name: str) -> bytes:
        return self._findings.read(f"{self._folder}/{name}")

    def _blame(self, name: str, what: str) -> None:
        self._findings.blame(f"{self._folder}/{name}", what)


def check_spans(
    findings: Findings, folders: Mapping[str, Sequence[str]], key: Key | None, inside: Inside
) -> tuple[tuple[Whole, ...], list[str]]:
    """Look for documents that are left out, where nothing else is wrong.

    Args:
        findings: The bundle, and what is known to be wrong in it.
        folders: Those of entities, each with the names in it.
        key: The log's.
        inside: What the bundle holds.

    Returns:
        Of which entities nothing of a period is missing, and what a reader should know.
    """
    known = None if findings.problems else inside
    whole, seen, remarks = list[Whole](), set[bytes](), list[str]()
    for folder, members in folders.items():
        span = Span(findings, folder, members, key, known)
        span.check()
        seen |= span.seen
        if span.whole is not None:
            whole.append(span.whole)
        if span.undated:
            remarks.append(
                f"{span.undated} documents of {folder} are not in the bundle, and were archived "
                "before leaves of the log said dates: they may be of the period."
            )
        if span.destroyed:
            remarks.append(
                f"{span.destroyed} documents of {folder} were destroyed, as the log certifies."
            )
    if folders and not findings.problems and inside.leaves.keys() - seen:
        what = "what is in the folders is not all in the logs of entities"
        findings.blame(f"{max(folders)}/span.json", what)
    return (() if findings.problems else tuple(whole)), remarks


def root_then(container: Container, folder: str, size: int) -> bytes | None:
    """Return the root of an entity's log when it had so many leaves; None: that is not here.

    Raises:
        MalformedError: The folder has no such leaves.
    """
    if size == 0:
        return EMPTY_ROOT
    described = json_object(container.read(f"{folder}/span.json"))
    first = described.get("first")
    if not isinstance(first, int) or size < first:
        return None
    values = list[bytes]()
    begin = f"{folder}/leaves-"
    for part in sorted(name for name in container.members if name.startswith(begin)):
        for line in _lines(container.read(part)):
            if first + len(values) == size:
                break
            values.append(_value(line, None if _HASH.fullmatch(line) else line))
    if first + len(values) != size:
        raise MalformedError(f"{folder} has fewer than {size} leaves")
    try:
        return root_by_folding(first, hashes(described.get("before")), values)
    except TreeError as error:
        raise MalformedError(str(error)) from error


def under_name(key: Key, entity: str) -> Key:
    """Return the log's key under the name of an entity's log."""
    name = f"{key.name}/{entity}"
    typed = _ED25519_TYPE + key.public
    return Key(name, sha256(name.encode() + b"\n" + typed).digest()[:4], key.public)


def _lines(content: bytes) -> Iterator[bytes]:
    if not content.endswith(b"\n"):
        raise MalformedError("the last line has no end")
    yield from content[:-1].split(b"\n")


def _value(line: bytes, leaf: object) -> bytes:
    """Return the hash of the leaf that a line holds."""
    return bytes.fromhex(line[1:-1].decode()) if leaf is None else leaf_hash(line)


def _day(text: str) -> datetime.date:
    if not _DAY.fullmatch(text):
        raise MalformedError("a day is written yyyy-mm-dd")
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise MalformedError(f"{text} is no day") from error
