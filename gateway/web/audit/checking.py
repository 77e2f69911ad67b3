"""The button "verify": what this house checks by itself, and how to check without it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from fastapi import APIRouter, Request, Response

from gateway.anchoring import Heads
from gateway.archive import anchored
from gateway.archive.checkpoint import Checkpoint
from gateway.archive.cosignatures import cosignatures
from gateway.archive.notes import NoteError, split
from gateway.archive.verify import VerificationResult, verify
from gateway.problems import Problem
from gateway.web.audit.proving import best_proof, heads_elsewhere
from gateway.web.audit.room import Visit, opened
from gateway.web.audit.subjects import Subject, bundle_of, subject_of

router = APIRouter(include_in_schema=False)

Verdict = Literal["good", "bad", "nothing"]
"""In order, not in order, or there is nothing to check."""


class Doors(Protocol):
    """What this page needs of the runtime besides."""

    @property
    def heads(self) -> Heads:
        """Who holds heads of the log."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was checked.

    Attributes:
        name: The key of the words that say what.
        verdict: What came of it.
        count: Of how many things.
    """

    name: str
    verdict: Verdict
    count: int


@router.get("/audit/documents/{document_id}/verification", name="audit_verification")
def show(request: Request, document_id: str) -> Response:
    """Verify the bundle of a document, and what others hold of the log."""
    return opened(request, "record", lambda visit: _shown(visit, document_id))


def _shown(visit: Visit, public: str) -> Response:
    subject = subject_of(visit, public)
    key = str(visit.door.archive.verifier)
    problems, checks = _bundle(visit, public, key)
    checks += [_cosigned(visit, subject), _elsewhere(visit, subject)]
    return visit.page(
        "audit_checked.html",
        subject=subject,
        checks=checks,
        problems=problems,
        good=all(one.verdict != "bad" for one in checks),
        key=key,
    )


def _bundle(visit: Visit, public: str, key: str) -> tuple[Sequence[tuple[str, str]], list[Check]]:
    """Put the bundle to the verifier that lies in it."""
    try:
        found: VerificationResult = verify(bundle_of(visit, public), trusted_key=key)
    except Problem as problem:  # damaged, or destroyed when its time was over
        return [("", problem.detail)], [Check("check_files", "bad", 0)]
    problems = [(one.where, one.what) for one in found.problems]
    return problems, [
        Check("check_files", "good" if found.ok else "bad", len(found.evidence)),
        Check("check_signed", "good" if found.authentic else "bad", found.log_size or 0),
    ]


def _cosigned(visit: Visit, subject: Subject) -> Check:
    """Judge the lines of witnesses whose keys the operator named."""
    note = best_proof(visit.tx, subject.entries[-1]).checkpoint
    own = Checkpoint.read(note).origin
    lines = [one for one in split(note)[1] if one.name != own]
    doors: Doors = visit.request.app.state.runtime
    known = [one.witness for one in doors.heads.anchors.witnesses]
    try:
        good = len(cosignatures(note, known))
    except NoteError:
        return Check("check_cosigned", "bad", len(lines))
    return Check("check_cosigned", "good" if good else "nothing", good)


def _elsewhere(visit: Visit, subject: Subject) -> Check:
    """Compare heads that others hold with the log as it is."""
    heads = heads_elsewhere(visit.tx, subject.entries[-1].log_index)
    wrong = sum(not anchored.fits(visit.tx, one.attempt) for one in heads)
    verdict: Verdict = "bad" if wrong else "good" if heads else "nothing"
    return Check("check_elsewhere", verdict, len(heads))
