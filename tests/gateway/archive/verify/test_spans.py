"""A bundle of a period names the document that it leaves out."""

import datetime
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from uuid import UUID

import pytest

from gateway.archive import merkle
from gateway.archive.bundle import BundledEntry, BundleHead, canonical
from gateway.archive.bundle_writing import BundleWriter
from gateway.archive.checkpoint import Checkpoint
from gateway.archive.keys import LogKey
from gateway.archive.spans import Span
from gateway.archive.verify import VerificationResult, verify
from gateway.archive.verify.result import Whole
from gateway.kit.ids import public_id
from tests.gateway.archive.bundles import DOCUMENT, KEY, NOW, STRANGER, changed, described

ENTITY = public_id("ent", UUID("0199aaaa-0000-7000-8000-00000000000b"))
SPAN, LEAVES = f"entities/{ENTITY}/span.json", f"entities/{ENTITY}/leaves-000001.jsonl"
HEAD = f"entities/{ENTITY}/checkpoint"
NOVEMBER = (datetime.date(2026, 11, 1), datetime.date(2026, 11, 30))
DAYS = ("2026-10-20", "2026-11-01", "2026-11-30", "2026-12-01")
"""Of four documents, each archived on its day: `document` and `input`, so eight leaves."""


def leaf(place: int, role: str, name: str, content: bytes) -> bytes:
    document = place // 2
    day = DAYS[document]
    return canonical(
        {
            "version": 1,
            "account": "0199aaaa-0000-7000-8000-00000000000a",
            "entity": "0199aaaa-0000-7000-8000-00000000000b",
            "entity_index": place,
            "document": str(number(document)),
            "entry": str(UUID(int=place)),
            "role": role,
            "name": name,
            "media_type": "application/xml",
            "size": len(content),
            "sha256": sha256(content).hexdigest(),
            "at": f"{day}T09:00:00.000000Z",
            **({"issue_date": day} if role == "document" else {}),
        }
    )


def number(document: int) -> UUID:
    return UUID(int=DOCUMENT.int + document)


def contents() -> list[tuple[str, str, bytes]]:
    return [
        one
        for document in range(len(DAYS))
        for one in (
            ("document", "invoice.xml", b"<Invoice>%d</Invoice>" % document),
            ("input", "input.json", b'{"number":%d}' % document),
        )
    ]


def whole_log() -> list[bytes]:
    return [leaf(place, *one) for place, one in enumerate(contents())]


@dataclass(frozen=True)
class Case:
    """A bundle of a period; each part can be made wrong.

    Attributes:
        leaves: The entity's log; the log of all is the same here.
        inside: The documents in the bundle.
        files: Places of leaves whose files lie in their folders.
        hidden: Places of leaves shown as hash although their files are not there.
        first: The first leaf that is shown.
        key: Signs the entity's checkpoint.
        period: Of which the bundle says that it is complete.
    """

    leaves: Sequence[bytes]
    inside: Sequence[int] = (1, 2)
    files: Sequence[int] = (2, 3, 4, 5)
    hidden: Sequence[int] = ()
    first: int = 0
    key: LogKey = KEY
    period: tuple[datetime.date | None, datetime.date | None] = NOVEMBER

    def made(self) -> bytes:
        hashes = [merkle.leaf_hash(one) for one in self.leaves]
        grown = merkle.append(0, {}, hashes)
        head = Checkpoint(KEY.origin, grown.size, grown.root).sign(KEY.private)
        sink = io.BytesIO()
        with BundleWriter(sink, BundleHead(head), key=KEY, now=NOW) as writer:
            for document in self.inside:
                own = [place for place in self.files if place // 2 == document]
                entries = [self._entry(place, grown) for place in own]
                files = {contents()[place][1]: contents()[place][:3:2] for place in own}
                issued = datetime.datetime.fromisoformat(f"{DAYS[document]}T09:00:00Z")
                about = replace(
                    described(number(document), document, files),
                    issue_date=issued.date(),
                    issued_at=issued,
                )
                writer.add(about, [], entries)
            shown = [*self.files, *self.hidden]
            lines = [
                canonical(hashes[place].hex()) if place in shown else self.leaves[place]
                for place in range(self.first, grown.size)
            ]
            origin = f"{self.key.origin}/{ENTITY}"
            span = Span(
                ENTITY,
                *self.period,
                self.first,
                [grown.nodes[place] for place in merkle.frontier(self.first)],
                Checkpoint(origin, grown.size, grown.root).sign(self.key.private),
                grown.size,
            )
            half = len(lines) // 2
            parts = [lines] if half < 2 else [lines[:half], lines[half:]]
            named = [
                (f"leaves-{place:06}.jsonl", b"".join(one + b"\n" for one in part))
                for place, part in enumerate(parts, 1)
            ]
            writer.add_span(span, named)
            writer.finish()
        return sink.getvalue()

    def _entry(self, place: int, grown: merkle.Growth) -> BundledEntry:
        _, name, content = contents()[place]
        proof = merkle.inclusion_proof(place, grown.size, grown.nodes)
        return BundledEntry(name, content, self.leaves[place], place, proof)


WHOLE = Case(whole_log())


def judged(case: Case) -> VerificationResult:
    return verify(case.made(), trusted_key=str(KEY.verifier))


@pytest.mark.parametrize("first", [0, 1])
def test_a_period_is_whole(first: int) -> None:
    result = judged(replace(WHOLE, first=first))
    assert result.problems == ()
    assert result.authentic
    assert result.whole == (Whole(ENTITY, "2026-11-01", "2026-11-30", 8),)


def test_a_whole_log_is_whole() -> None:
    every = replace(WHOLE, inside=range(4), files=range(8), period=(None, None))
    assert judged(every).whole == (Whole(ENTITY, None, None, 8),)


@pytest.mark.parametrize("left_out", [1, 2])
def test_a_missing_document_is_named(left_out: int) -> None:
    inside = [one for one in WHOLE.inside if one != left_out]
    files = [place for place in WHOLE.files if place // 2 != left_out]
    result = judged(replace(WHOLE, inside=inside, files=files))
    (problem,) = result.problems
    assert str(number(left_out)) in problem.what
    assert result.whole == ()


def test_a_missing_file_of_a_document_is_named() -> None:
    result = judged(replace(WHOLE, files=(2, 3, 4)))
    (problem,) = result.problems
    assert "input.json" in problem.what
    assert str(number(2)) in problem.what


def with_leaf(place: int, **changes: object) -> Sequence[bytes]:
    leaves = whole_log()
    said = json.loads(leaves[place]) | changes
    leaves[place] = canonical({name: value for name, value in said.items() if value is not None})
    return leaves


def dropped() -> Sequence[bytes]:
    """The operator, who has the key, makes logs in which a document never was."""
    return [one for place, one in enumerate(whole_log()) if place not in {2, 3}]


LIES: Mapping[str, tuple[Case, str]] = {
    "hidden as hash": (replace(WHOLE, inside=[1], files=(2, 3), hidden=(4, 5)), LEAVES),
    "begins too late": (replace(WHOLE, first=6, inside=[3], files=(6, 7)), SPAN),
    "another's key": (replace(WHOLE, key=STRANGER), HEAD),
    "another place": (replace(WHOLE, leaves=with_leaf(0, entity_index=1)), LEAVES),
    "a document that is no name": (replace(WHOLE, leaves=with_leaf(0, document=["x"])), LEAVES),
    "another entity": (replace(WHOLE, leaves=with_leaf(0, entity=str(DOCUMENT))), LEAVES),
    "no entity": (replace(WHOLE, leaves=with_leaf(1, entity=None)), LEAVES),
    "another entity inside": (replace(WHOLE, leaves=with_leaf(3, entity=str(DOCUMENT))), LEAVES),
    "another place inside": (replace(WHOLE, leaves=with_leaf(3, entity_index=2)), LEAVES),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_of_who_signs_is_found(lie: str) -> None:
    case, member = LIES[lie]
    result = judged(case)
    assert [one.member for one in result.problems] in ([member], [member.replace("1.j", "2.j")])
    assert result.whole == ()


def test_a_document_that_never_was_leaves_a_hole_between_numbers() -> None:
    result = judged(replace(WHOLE, leaves=dropped(), inside=[], files=()))
    (problem,) = result.problems
    assert (problem.member, "leaf 2" in problem.what) == (LEAVES, True)


@pytest.mark.parametrize("date", [None, "20261130", "2026-11-30 ", ""])
def test_a_leaf_that_says_no_day_leaves_the_question_open(date: str | None) -> None:
    undated = with_leaf(4, issue_date=date)
    result = judged(replace(WHOLE, leaves=undated, inside=[1], files=(2, 3)))
    assert (result.problems, result.whole) == ((), ())
    assert any("before leaves of the log said dates" in remark for remark in result.remarks)


def test_a_destroyed_document_is_said_to_be() -> None:
    leaves = with_leaf(7, role="destruction-certificate", document=str(number(2)))
    result = judged(replace(WHOLE, leaves=leaves, inside=[1], files=(2, 3)))
    assert result.problems == ()
    assert result.whole == (Whole(ENTITY, "2026-11-01", "2026-11-30", 8),)
    assert any("destroyed" in remark for remark in result.remarks)


def test_a_certificate_of_before_destroyed_nothing() -> None:
    leaves = with_leaf(0, role="destruction-certificate", document=str(number(2)))
    (problem,) = judged(replace(WHOLE, leaves=leaves, inside=[1], files=(2, 3))).problems
    assert str(number(2)) in problem.what


def kept(size: int, leaves: Sequence[bytes]) -> str:
    """An older head of the entity's log."""
    grown = merkle.append(0, {}, [merkle.leaf_hash(one) for one in leaves[:size]])
    return Checkpoint(f"{KEY.origin}/{ENTITY}", size, grown.root).sign(KEY.private)


@pytest.mark.parametrize("size", range(9))
@pytest.mark.parametrize("first", [0, 2])
def test_a_head_that_an_auditor_kept_is_continued(first: int, size: int) -> None:
    late = replace(WHOLE, first=first, period=(datetime.date(2026, 11, 30), None))
    case = replace(late, inside=(2, 3), files=range(4, 8))
    result = verify(
        case.made(), trusted_key=str(KEY.verifier), older_checkpoint=kept(size, whole_log())
    )
    assert result.consistent is (None if 0 < size < first else True)


@pytest.mark.parametrize("size", [5, 6, 7, 8])
def test_a_log_of_an_entity_made_anew_is_found_by_a_head_that_was_kept(size: int) -> None:
    """By the operator, with the key: a document of the period becomes one of another year."""
    anew = replace(WHOLE, leaves=with_leaf(4, issue_date="2025-01-01"), inside=[1], files=(2, 3))
    bundle = anew.made()
    assert verify(bundle, trusted_key=str(KEY.verifier)).whole
    for trusted in (str(KEY.verifier), None):
        result = verify(bundle, trusted_key=trusted, older_checkpoint=kept(size, whole_log()))
        assert result.consistent is False
    before = verify(bundle, trusted_key=str(KEY.verifier), older_checkpoint=kept(4, whole_log()))
    assert before.consistent


def test_a_head_of_another_entity_or_by_another_key_is_not_taken() -> None:
    bundle = WHOLE.made()
    forged = Checkpoint(f"{KEY.origin}/{ENTITY}", 0, merkle.EMPTY_ROOT).sign(STRANGER.private)
    other = Checkpoint(f"{KEY.origin}/ent_1h", 0, merkle.EMPTY_ROOT).sign(KEY.private)
    said = {
        kept: verify(bundle, trusted_key=str(KEY.verifier), older_checkpoint=kept).consistent
        for kept in (forged, other, f"{KEY.origin}/ent_", "ent_", "")
    }
    assert list(said.values()) == [False, None, False, False, False]


@pytest.mark.parametrize("member", [SPAN, LEAVES, HEAD])
def test_every_change_is_found_where_it_is(member: str) -> None:
    flipped = changed(WHOLE.made(), member, lambda content: content[:-9] + b"~" + content[-8:])
    assert [one.member for one in verify(flipped).problems] == [member]
