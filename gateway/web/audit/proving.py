"""One file's proof, drawn: from its leaf, hash by hash, to the signed head of the log."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from gateway.archive import anchored, merkle, proofs
from gateway.archive.anchored import Attempted
from gateway.archive.checkpoint import Checkpoint
from gateway.archive.notes import Signature, split
from gateway.archive.service import ArchiveEntry
from gateway.archive.tlog_proof import TlogProof
from gateway.kit.clock import written
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import NotFoundProblem
from gateway.web.audit.room import Visit, opened
from gateway.web.audit.sets import file_of
from gateway.web.audit.subjects import subject_of
from gateway.web.audit.witnessed import Vouched, vouched

router = APIRouter(include_in_schema=False)

_WIDE, _HIGH, _GAP = 300, 44, 34  # of a box, and between boxes
_SIDE = _WIDE + 60
_SHORT = 16  # hexadecimal digits in a box; the table has all
_MOST_ANCHORS = 200
_SHOWN_ANCHORS = 10


@router.get("/audit/documents/{document_id}/files/{entry_id}", name="audit_file")
def show(request: Request, document_id: str, entry_id: str) -> Response:
    """Show a file's proof."""
    return opened(request, "record", lambda visit: _shown(visit, document_id, entry_id))


def best_proof(tx: TenantTransaction, entry: ArchiveEntry) -> TlogProof:
    """Return a proof by the newest head that a witness cosigned, else by the newest of all."""
    try:
        return proofs.proof(tx, entry, cosigned=True)
    except NotFoundProblem:
        return proofs.proof(tx, entry)


def heads_elsewhere(tx: TenantTransaction, log_index: int) -> Sequence[Attempted]:
    """Return heads with others in which a leaf is, the oldest of the newest first."""
    found = anchored.attempts(tx, limit=_MOST_ANCHORS, done=True)
    covering = [one for one in reversed(found) if one.attempt.size > log_index]
    return covering[:_SHOWN_ANCHORS]


def _shown(visit: Visit, public: str, entry_public: str) -> Response:
    subject = subject_of(visit, public)
    entry = subject.entry(entry_public)
    proof = best_proof(visit.tx, entry)
    head = Checkpoint.read(proof.checkpoint)
    leaf = merkle.leaf_hash(entry.leaf)
    steps = list(merkle.rungs(leaf, proof.index, head.size, proof.path))
    reached = steps[-1].value if steps else leaf
    return visit.page(
        "audit_proof.html",
        subject=subject,
        file=file_of(entry, visit.speech),
        leaf=entry.leaf.decode(),
        leaf_hash=leaf.hex(),
        steps=[(one.sibling.hex(), one.on_the_left, one.value.hex()) for one in steps],
        reached=reached.hex(),
        root=head.root.hex(),
        agrees=reached == head.root,
        head=head,
        drawing=drawing(leaf, steps),
        checkpoint=proof.checkpoint,
        cosigners=_cosigners(proof.checkpoint, head),
        anchors=[
            (one.attempt.kind, one.attempt.target, one.attempt.size, written(one.attempt.at))
            for one in heads_elsewhere(visit.tx, entry.log_index)
        ],
    )


def _cosigners(note: str, head: Checkpoint) -> list[Vouched]:
    signatures: Sequence[Signature] = split(note)[1]
    return [vouched(one) for one in signatures if one.name != head.origin]


@dataclass(frozen=True, slots=True)
class Box:
    """A hash in the drawing.

    Attributes:
        x, y: Its upper left corner.
        text: How the hash begins.
        sort: `way`, `sibling` or `root`.
    """

    x: int
    y: int
    text: str
    sort: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """The way from a leaf, at the bottom, to the root, at the top.

    Attributes:
        width, height: Of the whole.
        boxes: Hashes.
        lines: From a hash up to the one it goes into: x1, y1, x2, y2.
    """

    width: int
    height: int
    boxes: Sequence[Box]
    lines: Sequence[tuple[int, int, int, int]]


def drawing(leaf: bytes, steps: Sequence[merkle.Rung]) -> Drawing:
    """Draw a way; siblings stand on the side on which they are hashed."""
    left, right = (any(one.on_the_left is side for one in steps) for side in (True, False))
    middle = _SIDE if left else 0
    height = (len(steps) + 1) * (_HIGH + _GAP) - _GAP
    bottom = height - _HIGH
    boxes = [Box(middle, bottom, leaf.hex()[:_SHORT], "way" if steps else "root")]
    lines = []
    for number, step in enumerate(steps, 1):
        below, above = bottom - (number - 1) * (_HIGH + _GAP), bottom - number * (_HIGH + _GAP)
        aside = middle - _SIDE if step.on_the_left else middle + _SIDE
        top = "root" if number == len(steps) else "way"
        boxes.append(Box(aside, below, step.sibling.hex()[:_SHORT], "sibling"))
        boxes.append(Box(middle, above, step.value.hex()[:_SHORT], top))
        into = middle + _WIDE // 2, above + _HIGH
        lines += [(x + _WIDE // 2, below, *into) for x in (middle, aside)]
    return Drawing(middle + _WIDE + (_SIDE if right else 0), height, boxes, lines)
