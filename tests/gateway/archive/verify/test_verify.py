import csv
import io
import random
import re
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gateway.archive.verify
from gateway.archive import merkle
from gateway.archive.bundle import BundledAnchor
from gateway.archive.checkpoint import Checkpoint
from gateway.archive.verify import VerificationResult, verify
from gateway.archive.verify.container import Container, Member, open_container
from tests.gateway.archive import bundles
from tests.gateway.archive.bundles import (
    FOLDER,
    KEY,
    STRANGER,
    bundle,
    bundle_of,
    changed,
    members,
    resigned,
    zipped,
)

TRUSTED = str(KEY.verifier)
SMALL = bundle({"invoice.xml": ("document", b"<Invoice/>")})
LARGE = bundle(
    {
        "input.json": ("input", b'{"note":"%s"}' % (b"x" * 20_000)),
        "invoice.xml": ("document", random.Random(1).randbytes(200_000)),  # noqa: S311
        "report.json": ("validation-report", b'{"findings":[]}'),
        "invoice.html": ("rendition", "<p>Žiga</p>".encode() * 4_000),
    },
    before=1000,
    after=77,
)


def places(content: bytes) -> list[Member]:
    container: Container = open_container(content, lambda _: 0)
    return sorted(container.members.values(), key=lambda member: member.start)


def owners(content: bytes) -> dict[int, str | None]:
    """Return the member whose content holds a byte; None for the ZIP structure.

    Of every byte, but of the long texts that are the same in all bundles each 61st.
    """
    found: dict[int, str | None] = dict.fromkeys(range(len(content)))
    for member in places(content):
        found |= dict.fromkeys(range(member.start, member.end), member.name)
    return {
        offset: name
        for offset, name in found.items()
        if name not in {"README.txt", "verify.py"} or offset % 61 == 0
    }


def named(result: VerificationResult, offset: int) -> bool:
    return any(
        p.start is not None and p.end is not None and p.start <= offset < p.end
        for p in result.problems
    )


def test_a_whole_bundle_raises_no_alarm() -> None:
    for content in (SMALL, LARGE, bundle(before=0, after=0), bundle(before=0)):
        assert verify(content, trusted_key=TRUSTED).problems == ()
    result = verify(bundle(after=0), trusted_key=TRUSTED)
    assert (result.ok, result.authentic, result.passed) == (True, True, True)
    (remark,) = result.remarks  # what lies in it is no invoice
    assert remark.endswith("its format is not known here.")
    assert result.origin == KEY.origin
    assert result.log_key == TRUSTED
    assert result.log_size == 7
    assert [(e.member, e.role, e.log_index) for e in result.evidence] == [
        (f"{FOLDER}/evidence/0001-input.json", "input", 5),
        (f"{FOLDER}/evidence/0002-invoice.xml", "document", 6),
    ]
    assert [one["number"] for one in result.documents] == ["R-2026-1"]


@given(
    contents=st.lists(st.binary(max_size=300), min_size=1, max_size=12),
    before=st.integers(0, 40),
    after=st.integers(0, 40),
)
@settings(max_examples=150, deadline=None)
def test_whatever_was_archived_raises_no_alarm(
    contents: list[bytes], before: int, after: int
) -> None:
    files = {f"{n}.bin": ("document", content) for n, content in enumerate(contents)}
    since = tuple(range(1, before + 1, 7))
    result = verify(bundle(files, before=before, after=after, since=since), trusted_key=TRUSTED)
    assert result.problems == ()
    assert result.passed
    assert len(result.evidence) == len(contents)


def test_an_empty_file_hides_no_damage() -> None:
    content = bundle({"a.txt": ("input", b""), "invoice.xml": ("document", b"<Invoice/>")})
    assert verify(content).ok
    for offset in list(owners(content))[::3]:
        flipped = bytearray(content)
        flipped[offset] ^= 0x10
        result = verify(bytes(flipped))
        assert not result.ok, offset
        assert named(result, offset), (offset, result.problems)


def test_the_same_contents_make_the_same_bytes() -> None:
    assert bundle() == bundle()


def test_without_a_trusted_key_authenticity_is_open() -> None:
    result = verify(SMALL)
    assert (result.ok, result.authentic, result.passed) == (True, None, True)
    assert len(result.remarks) == 2  # the key, and a format that is not known


@pytest.mark.timeout(300)
def test_every_flipped_byte_is_found_and_its_place_named() -> None:
    for offset, member in owners(SMALL).items():
        flipped = bytearray(SMALL)
        flipped[offset] ^= 1 << offset % 8
        result = verify(bytes(flipped))
        assert not result.ok, offset
        assert named(result, offset), (offset, result.problems)
        if member is not None:
            assert {p.member for p in result.problems} == {member}, (offset, result.problems)
            assert member in result.problems[0].where
        else:
            assert len(result.problems) == 1, (offset, result.problems)
            assert result.problems[0].where.startswith("ZIP ")


def test_two_thousand_flips_in_a_larger_bundle_are_found_and_named() -> None:
    chance = random.Random(20261121)  # noqa: S311 - a seed
    for _ in range(2_000):
        offset = chance.randrange(len(LARGE))
        flipped = bytearray(LARGE)
        flipped[offset] ^= chance.randrange(1, 256)
        result = verify(bytes(flipped))
        assert not result.ok, offset
        assert named(result, offset), (offset, result.problems)


def test_a_bundle_cut_anywhere_is_not_whole() -> None:
    for length in [*list(owners(SMALL))[::7], len(SMALL) - 1]:
        result = verify(SMALL[:length])
        assert not result.ok, length
        assert result.problems[0].start is not None
    assert not verify(SMALL + b"\0").ok
    assert not verify(b"\0" + SMALL).ok
    assert not verify(SMALL + SMALL).ok


def test_bytes_put_in_or_taken_out_are_found() -> None:
    chance = random.Random(7)  # noqa: S311 - a seed
    for _ in range(300):
        offset = chance.randrange(len(SMALL))
        assert not verify(SMALL[:offset] + SMALL[offset + 1 :]).ok
        assert not verify(SMALL[:offset] + b"\0" + SMALL[offset:]).ok


@given(content=st.binary(max_size=400))
@settings(max_examples=300, deadline=None)
def test_garbage_is_refused_without_an_exception(content: bytes) -> None:
    assert not verify(content).ok
    assert not verify(b"PK\x03\x04" + content).ok
    assert not verify(content + SMALL[-22:]).ok


@given(data=st.data())
@settings(max_examples=200, deadline=None)
def test_overwritten_stretches_are_refused_without_an_exception(data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(SMALL) - 1))
    patch = data.draw(st.binary(min_size=1, max_size=60))
    damaged = (SMALL[:offset] + patch + SMALL[offset + len(patch) :])[: len(SMALL)]
    assert verify(damaged).ok == (damaged == SMALL)


@pytest.mark.parametrize("name", sorted(members(SMALL)))
def test_a_member_edited_with_right_checksums_is_named(name: str) -> None:
    def edit(content: bytes) -> bytes:
        return bytes([content[0] ^ 1]) + content[1:]

    result = verify(changed(SMALL, name, edit))
    assert not result.ok
    assert name in {p.member for p in result.problems}


@pytest.mark.parametrize("name", sorted(members(SMALL)))
def test_a_member_removed_or_renamed_is_named(name: str) -> None:
    files = members(SMALL)
    content = files.pop(name)
    assert name in {p.member for p in verify(zipped(files)).problems}
    assert name in {p.member for p in verify(zipped(files | {name + "x": content})).problems}


def test_swapped_members_are_both_named() -> None:
    files = members(bundle())
    one, two = f"{FOLDER}/evidence/0001-input.json", f"{FOLDER}/evidence/0002-invoice.xml"
    result = verify(zipped(files | {one: files[two], two: files[one]}))
    assert {one, two} <= {p.member for p in result.problems}


@pytest.mark.parametrize(
    "name",
    [
        "extra.txt",
        "../escape",
        "evidence/0002-b.xml",
        "/etc/x",
        f"{FOLDER}/evidence/0002-b.xml",
        f"{FOLDER}/more.json",
        f"{bundles.folder(1)}/document.json",
        "documents/more",
    ],
)
def test_a_member_too_many_is_named(name: str) -> None:
    result = verify(zipped(members(SMALL) | {name: b"x"}))
    assert name in {p.member for p in result.problems}


def test_a_compressed_or_overlapping_zip_is_never_inflated() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", bytes(50_000_000))
    assert not verify(buffer.getvalue()).ok
    overlapping = bytearray(SMALL)  # a second member at the offset of the first
    second = SMALL.rindex(b"PK\x01\x02")
    overlapping[second + 42 : second + 46] = b"\0\0\0\0"
    assert not verify(bytes(overlapping)).ok


def forged(content: bytes) -> bytes:
    """Change the events, and sign everything with the stranger's key."""
    mine = members(bundle(key=STRANGER))
    taken = {name: mine[name] for name in ("log-key", "checkpoint")}
    return resigned(members(content) | taken | {f"{FOLDER}/events.json": b"[]"}, STRANGER)


def test_a_forger_with_another_key_is_found_by_the_trusted_key() -> None:
    forgery = forged(bundle())
    alone = verify(forgery)
    assert (alone.ok, alone.authentic) == (True, None), "whole in itself, and said to be no more"
    result = verify(forgery, trusted_key=TRUSTED)
    assert (result.authentic, result.passed) == (False, False)


def test_a_bundle_made_by_another_log_is_not_authentic() -> None:
    result = verify(bundle(key=STRANGER), trusted_key=TRUSTED)
    assert (result.ok, result.authentic, result.passed) == (True, False, False)


def test_an_older_checkpoint_shows_a_rewritten_log() -> None:
    honest = bundle(since=(4, 7))
    grown = bundles.log([b"leaf %d" % number for number in range(4)])
    kept = Checkpoint(KEY.origin, 4, grown.root).sign(KEY.private)
    result = verify(honest, trusted_key=TRUSTED, older_checkpoint=kept)
    assert (result.ok, result.authentic, result.consistent) == (True, True, True)

    other = bundles.log([b"leaf 0", b"rewritten", b"leaf 2", b"leaf 3"])
    kept = Checkpoint(KEY.origin, 4, other.root).sign(KEY.private)
    result = verify(honest, trusted_key=TRUSTED, older_checkpoint=kept)
    assert (result.ok, result.authentic, result.consistent) == (True, True, False)
    assert not result.passed


def test_a_checkpoint_of_the_same_size_needs_no_proof() -> None:
    kept = members(bundle())["checkpoint"].decode()
    assert verify(bundle(), older_checkpoint=kept).consistent is True
    forged_head = Checkpoint(KEY.origin, 10, merkle.EMPTY_ROOT).sign(KEY.private)
    assert verify(bundle(), older_checkpoint=forged_head).consistent is False


@pytest.mark.parametrize("size", [3, 11])
def test_a_checkpoint_without_proof_leaves_the_question_open(size: int) -> None:
    grown = bundles.log([b"leaf %d" % number for number in range(size)])
    kept = Checkpoint(KEY.origin, size, grown.root).sign(KEY.private)
    result = verify(bundle(since=(4,)), older_checkpoint=kept)
    assert (result.ok, result.consistent, result.passed) == (True, None, False)
    assert f"({size} leaves)" in result.remarks[-1]
    assert verify(bundle(since=(4,))).passed  # who asks for nothing is told of nothing


@pytest.mark.parametrize("key", ["", "x+y+z", TRUSTED + "A"])
def test_an_unreadable_trusted_key_is_the_callers_error(key: str) -> None:
    with pytest.raises(ValueError, match="key"):
        verify(SMALL, trusted_key=key)


def test_a_missing_or_endless_file_is_a_result(tmp_path: Path) -> None:
    (tmp_path / "empty").write_bytes(b"")
    assert not verify(tmp_path / "empty").ok
    (tmp_path / "b.zip").write_bytes(SMALL)
    assert verify(tmp_path / "b.zip").ok
    assert not verify(tmp_path / "none.zip").ok
    assert not verify(tmp_path).ok
    assert not verify("/dev/zero").ok


def test_the_verifier_imports_nothing_of_the_gateway() -> None:
    folder = Path(gateway.archive.verify.__file__).parent
    for module in folder.glob("*.py"):
        text = module.read_text()
        assert "from gateway" not in text
        assert "import gateway" not in text


MANY = [
    {"invoice.xml": ("document", b"<Invoice>%d</Invoice>" % number), "r.json": ("receipt", b"{}")}
    for number in range(12)
]


def test_many_documents_are_proven_by_one_head() -> None:
    result = verify(bundle_of(MANY, since=(3,)), trusted_key=TRUSTED)
    assert (result.problems, result.passed) == ((), True)
    assert [one["number"] for one in result.documents] == [f"R-2026-{n}" for n in range(1, 13)]
    assert len(result.evidence) == 24


def test_a_document_taken_out_or_exchanged_is_named() -> None:
    files = members(bundle_of(MANY))
    gone = bundles.folder(6)
    rest = {name: content for name, content in files.items() if not name.startswith(gone)}
    assert gone in {p.member for p in verify(zipped(rest)).problems}
    other = bundles.folder(7)
    moved = {
        name.replace(gone, "x").replace(other, gone).replace("x/", f"{other}/"): content
        for name, content in files.items()
    }
    named = {p.member for p in verify(zipped(moved)).problems}
    assert {f"{gone}/manifest.json", f"{other}/manifest.json"} <= named


def test_a_document_taken_out_by_a_thief_leaves_a_whole_bundle_of_fewer() -> None:
    """A bundle may be of any choice: what is missing, only a log of the entity could show."""
    assert verify(bundle_of(MANY[:5]), trusted_key=TRUSTED).passed


def test_heads_left_with_others_must_fit_the_log() -> None:
    grown = bundles.log([b"leaf %d" % number for number in range(4)])
    honest = Checkpoint(KEY.origin, 4, grown.root).sign(KEY.private)
    other = Checkpoint(KEY.origin, 4, bytes(32)).sign(KEY.private)
    for note, whole in ((honest, True), (other, False), ("nonsense", False)):
        anchor = BundledAnchor("file", "a disk", 4, note, None, bundles.NOW)
        result = verify(bundle_of(MANY, since=(4,), anchors=[anchor]), trusted_key=TRUSTED)
        assert result.ok is whole
        assert {p.member for p in result.problems} == (set() if whole else {"anchors.json"})


def test_the_index_names_the_file_of_each_document() -> None:
    files = members(bundle_of(MANY))
    rows = list(csv.DictReader(io.StringIO(files["index.csv"].decode(), newline="")))
    assert [row["id"] for row in rows] == [bundles.named(place) for place in range(12)]
    for row in rows:
        content = files[row["file"]]
        assert (str(len(content)), sha256(content).hexdigest()) == (row["size"], row["sha256"])
    names = re.findall(rb"<Variable(?:PrimaryKey|Column)><Name>(.*?)</Name>", files["index.xml"])
    assert [name.decode() for name in names] == list(rows[0])
