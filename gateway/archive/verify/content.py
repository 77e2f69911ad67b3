"""What the members of a bundle must say, and how they vouch for each other.

The log's key signs the manifest and the checkpoint; the manifest holds the digest of every member
beside the documents, and of the manifest in each document's folder, which holds those of the
folder. Each file of evidence is described by a leaf, and each leaf is proven to be in the log.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from hashlib import sha256

from .anchors import Anchor, judged
from .canonical import MalformedError, hashes, json_object, json_value
from .container import Container
from .findings import Findings, Listing, manifest_members
from .folder import FOLDER, IN_FOLDER, Folder
from .result import Evidence, Problem, Voucher, Whole
from .signed import Checkpoint, Key, SignedError, read_checkpoint, read_key, signed_text
from .span import ENTITY, Inside, check_spans
from .tree import EMPTY_ROOT, TreeError, roots_by_consistency

FORMAT = "einvoice-gateway-bundle/2"
FIXED = frozenset(
    {
        "README.txt",
        "anchors.json",
        "checkpoint",
        "consistency.json",
        "index.csv",
        "index.xml",
        "log-key",
        "manifest.json",
        "manifest.sig",
        "verify.py",
    }
)
_DOCUMENTS = "documents/"
_EXIT = re.compile(r"exit/[a-z_]+(\.json|/[0-9]{7}\.jsonl)")
"""Where a whole entity moved out, the rows of its database; the manifest vouches for them."""
_UNLISTED = frozenset({"manifest.json", "manifest.sig"})


def strangeness(container: Container) -> int:
    """Count the names that a whole bundle would not have, or would have in addition."""
    names, folders = frozenset(container.members), set[str]()
    try:
        manifest = json_object(container.read("manifest.json"))
        listed = frozenset(manifest_members(manifest)) | _UNLISTED
        folders |= {folder for folder, _ in _folders(manifest)}
    except (KeyError, MalformedError):
        listed = FIXED
    expected = set(listed | FIXED)
    for folder in folders:
        inside = set(IN_FOLDER)
        try:
            manifest = json_object(container.read(f"{folder}/manifest.json"))
            inside |= manifest_members(manifest).keys()
        except (KeyError, MalformedError):  # then its evidence is strange in every reading
            expected |= {f"{folder}/manifest.json"}
        expected |= {f"{folder}/{name}" for name in inside}
    return len(names ^ expected)


class Reading:
    """One bundle being checked.

    Attributes:
        key: The log's key in the bundle, once read.
        checkpoint: The checkpoint, once its signature is checked by that key.
        documents: `document.json` of each document that was read.
        evidence: The evidence whose leaves were read.
        anchors: The heads of the log that others have, which it continues.
        unchecked: Remarks on what could not be judged.
        whole: Of which entities nothing of a period is missing.
    """

    def __init__(self, container: Container) -> None:
        self._container = container
        self._findings = Findings(container)
        self._folders: dict[str, list[str]] = {}
        self._spans: dict[str, list[str]] = {}
        self._told = set[tuple[str, object]]()
        self._exported: object = None
        self.key: Key | None = None
        self.checkpoint: Checkpoint | None = None
        self.documents: tuple[Mapping[str, object], ...] = ()
        self.evidence: tuple[Evidence, ...] = ()
        self.anchors = list[Anchor]()
        self.unchecked = list[str]()
        self.whole: tuple[Whole, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong."""
        return tuple(self._findings.problems)

    def check(self) -> None:
        """Check everything that can be checked without knowing anything beforehand."""
        self._check_names()
        self._check_manifest()
        for name in ("log-key", "manifest.sig", "checkpoint", "consistency.json", "anchors.json"):
            self._check_member(name)
        documents, evidence = list[Mapping[str, object]](), list[Evidence]()
        leaves, unchecked = dict[bytes, tuple[object, object]](), dict[str, list[str]]()
        for name, members in self._folders.items():
            folder = Folder(self._findings, name, members, self.checkpoint, self._exported)
            folder.check()
            if folder.document is not None:
                self._check_once(f"{name}/document.json", folder.document)
                documents.append(folder.document)
            evidence += folder.evidence
            leaves |= folder.leaves
            for what in dict.fromkeys(folder.unchecked):
                unchecked.setdefault(what, []).append(name)
        self.documents, self.evidence = tuple(documents), tuple(evidence)
        inside = Inside(leaves, frozenset(one.get("uuid") for one in documents))
        self.whole, remarks = check_spans(self._findings, self._spans, self.key, inside)
        self.unchecked += remarks
        self.unchecked += (
            f"{names[0]}{f' and {len(names) - 1} more' if len(names) > 1 else ''}: {what}."
            for what, names in unchecked.items()
        )

    def _check_once(self, member: str, document: Mapping[str, object]) -> None:
        """Find a document that is shown as two, each with some of its evidence."""
        told = {(name, document.get(name)) for name in ("id", "uuid")}
        if told & self._told and not self._findings.damaged(member):
            self._findings.blame(member, "the document stands in another folder, too")
        self._told |= told

    @property
    def note(self) -> bytes:
        """The checkpoint with all its signatures."""
        return self._container.read("checkpoint")

    def vouched(self, remarks: list[str]) -> Iterator[Voucher]:
        """Yield the time stamps over heads that hold; remark on what was not checked."""
        for anchor in self.anchors:
            try:
                voucher = judged(anchor)
            except MalformedError as error:
                self._findings.blame("anchors.json", str(error))
                return
            if voucher is not None:
                yield voucher
            elif anchor.kind == "time-stamp":
                remarks.append(f"A time stamp over a head ({anchor.size} leaves) was not checked.")

    def _check_names(self) -> None:
        """Sort the names into folders; name what is missing, and what no bundle has."""
        names = self._container.members
        for missing in sorted(FIXED - names.keys()):
            self._findings.miss(missing)
        for name in names:
            folder, _, rest = name.rpartition("/")
            if ENTITY.fullmatch(folder):
                self._spans.setdefault(folder, []).append(rest)
                continue
            first, _, rest = name.removeprefix(_DOCUMENTS).partition("/")
            folder = _DOCUMENTS + first
            if name.startswith(_DOCUMENTS) and rest and FOLDER.fullmatch(folder):
                self._folders.setdefault(folder, []).append(rest)
            elif name not in FIXED and not _EXIT.fullmatch(name):
                self._findings.add(name, "a bundle has no such member")

    def _check_manifest(self) -> None:
        if self._findings.damaged("manifest.json"):
            return
        try:
            manifest = json_object(self._container.read("manifest.json"))
            listed, folders = _listed(manifest)
            self._exported = manifest["exported_at"]
        except MalformedError as error:
            self._findings.blame("manifest.json", str(error))
            return
        outside = (name for name in self._container.members if not name.startswith(_DOCUMENTS))
        names = frozenset(outside) - _UNLISTED
        self._findings.compare(Listing("", listed, names, FIXED))
        for folder in sorted(folders.keys() - self._folders.keys()):
            self._findings.add(folder, "the manifest lists it, it is missing")
        for folder, members in self._folders.items():
            member = f"{folder}/manifest.json"
            if folder not in folders:
                for name in members:
                    self._findings.blame(f"{folder}/{name}", "the manifest does not list it")
            elif member in self._container.members:
                self._findings.compare_digest(member, folders[folder])

    def _check_member(self, name: str) -> None:
        """Read one member that is not known to be damaged, with the method called after it."""
        if self._findings.damaged(name):
            return
        read = {
            "log-key": self._read_key,
            "manifest.sig": self._read_signature,
            "checkpoint": self._read_checkpoint,
            "consistency.json": self._read_consistency,
            "anchors.json": self._read_anchors,
        }[name]
        try:
            read()
        except (MalformedError, SignedError) as error:
            self._findings.blame(name, str(error))

    def _read_key(self) -> None:
        try:
            self.key = read_key(self._container.read("log-key").decode())
        except UnicodeDecodeError as error:
            raise MalformedError("this is not a verifier key") from error

    def _read_signature(self) -> None:
        if self.key is None or self._findings.damaged("manifest.json"):
            return
        text = signed_text(self._container.read("manifest.sig"), self.key)
        if text != manifest_statement(self._container):
            what = "this is not the manifest that manifest.sig signs"
            self._findings.blame("manifest.json", what)

    def _read_checkpoint(self) -> None:
        if self.key is not None:
            self.checkpoint = read_checkpoint(self._container.read("checkpoint"), self.key)

    def _read_consistency(self) -> None:
        sizes = [size for size, _ in consistency_proofs(self._container)]
        if sizes != sorted(set(sizes)):
            raise MalformedError("the consistency proofs are not sorted by size, each once")

    def _read_anchors(self) -> None:
        """Check that the log continues every head of it that was left with others."""
        anchors = json_value(self._container.read("anchors.json"))
        if not isinstance(anchors, list):
            raise MalformedError("the anchors are not a list")
        if self.key is None or self.checkpoint is None:
            return
        for place, anchor in enumerate(anchors):
            match anchor:
                case {"checkpoint": str(note), "kind": str(kind), "size": int(size), **rest}:
                    older = read_checkpoint(note.encode("utf-8", "surrogatepass"), self.key)
                case _:
                    raise MalformedError(f"/{place}: an anchor has a checkpoint, kind and size")
            if older.size != size or not self.continues(older):
                raise MalformedError(f"/{place}: the log does not continue this head")
            self.anchors.append(Anchor(kind, size, note, rest.get("receipt")))

    @cached_property
    def _proofs(self) -> Mapping[int, Sequence[bytes]]:
        return dict(consistency_proofs(self._container))

    def continues(self, older: Checkpoint) -> bool | None:
        """Tell whether the log continues an older head; None: the bundle has no proof of it.

        Raises:
            MalformedError: The proofs cannot be read, or followed.
        """
        newer = self.checkpoint
        if newer is None:
            raise MalformedError("the checkpoint of the bundle cannot be read")
        if older.size == 0:
            return older.root == EMPTY_ROOT
        if older.size == newer.size:
            return older.root == newer.root
        try:
            proof = self._proofs.get(older.size)
            if proof is None:
                return None
            roots = roots_by_consistency(older.size, newer.size, older.root, proof)
        except (KeyError, TreeError) as error:
            raise MalformedError(f"the consistency proof cannot be followed: {error}") from error
        return roots == (older.root, newer.root)


def manifest_statement(container: Container) -> str:
    """Return the text that `manifest.sig` must sign."""
    return f"{FORMAT}\nsha256:{sha256(container.read('manifest.json')).hexdigest()}\n"


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


def _listed(manifest: Mapping[str, object]) -> tuple[Mapping[str, object], Mapping[str, object]]:
    """Return what a manifest lists beside documents, and their folders, each with its digest."""
    if manifest.get("format") != FORMAT:
        raise MalformedError(f"the format is not {FORMAT}")
    if not isinstance(manifest.get("exported_at"), str):
        raise MalformedError("it does not say when it was exported")
    return manifest_members(manifest), dict(_folders(manifest))


def _folders(manifest: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """Yield each folder that a manifest lists, with the digest of its own manifest."""
    documents = manifest.get("documents")
    if not isinstance(documents, list):
        raise MalformedError("the manifest lists no documents")
    for one in documents:
        match one:
            case {"folder": str(folder), **digest}:
                yield folder, digest
            case _:
                raise MalformedError("a document in the manifest is folder, sha256 and size")
