"""Lies told with the log's own key: manifest and signature are right, the contents contradict."""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from gateway.archive.bundle import canonical
from gateway.archive.checkpoint import Checkpoint
from gateway.archive.verify import verify
from tests.gateway.archive import bundles
from tests.gateway.archive.bundles import FOLDER, KEY, STRANGER, bundle, members, resigned

TRUSTED = str(KEY.verifier)
Entries = list[dict[str, Any]]


def test_nothing_changed_is_no_lie() -> None:
    assert resigned(members(bundle())) == bundle()


def with_entries(change: Callable[[Entries], object]) -> bytes:
    files = members(bundle())
    entries = json.loads(files[f"{FOLDER}/entries.json"])
    changed = change(entries)
    written = canonical(entries if changed is None else changed)  # type: ignore[arg-type] # any JSON
    return resigned(files | {f"{FOLDER}/entries.json": written})


def edit_leaf(entries: Entries, **fields: object) -> None:
    leaf = json.loads(entries[1]["leaf"]) | fields
    entries[1]["leaf"] = canonical(leaf).decode()


LIES: dict[str, Callable[[Entries], object]] = {
    "no list": lambda _: {},
    "empty": lambda _: [],
    "an entry is no object": lambda entries: [*entries, 1],
    "an entry too little": lambda entries: entries[:1],
    "an entry twice": lambda entries: [entries[0], *entries],
    "another order": lambda entries: entries[::-1],
    "a field too many": lambda entries: entries[0].update(more=1),
    "a field of another type": lambda entries: entries[0].update(index="5"),
    "index of a neighbour": lambda entries: entries[0].update(index=4),
    "index outside the log": lambda entries: entries[0].update(index=10),
    "index below the log": lambda entries: entries[0].update(index=-1),
    "endless index": lambda entries: entries[0].update(index=10**400),
    "proof too short": lambda entries: entries[0]["proof"].pop(),
    "proof too long": lambda entries: entries[0]["proof"].append("00" * 32),
    "proof of other hashes": lambda entries: entries[0].update(proof=entries[1]["proof"]),
    "proof of other things": lambda entries: entries[0].update(proof=[1]),
    "endless proof": lambda entries: entries[0].update(proof=["00" * 32] * 1000),
    "member that is not there": lambda entries: entries[1].update(
        member="evidence/0003-invoice.xml"
    ),
    "member of another name": lambda entries: entries[1].update(member=entries[0]["member"]),
    "leaf that is no JSON": lambda entries: entries[0].update(leaf="{"),
    "leaf that is no object": lambda entries: entries[0].update(leaf="[]"),
    "leaf spelled otherwise": lambda entries: entries[0].update(leaf=entries[0]["leaf"] + " "),
    "leaf of another document": lambda entries: edit_leaf(entries, document="other"),
    "leaf of other bytes": lambda entries: edit_leaf(entries, sha256="00" * 32),
    "leaf back-dated": lambda entries: edit_leaf(entries, at="2020-01-01T00:00:00.000000Z"),
    "leaf of another role": lambda entries: edit_leaf(entries, role="input"),
    "leaf of another version": lambda entries: edit_leaf(entries, version=2),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_about_the_log_is_found(lie: str) -> None:
    result = verify(with_entries(LIES[lie]), trusted_key=TRUSTED)
    assert not result.ok
    assert not result.passed


@pytest.mark.parametrize(
    ("member", "content"),
    [
        (f"{FOLDER}/evidence/0002-invoice.xml", b"<Invoice>R-2026-2</Invoice>"),
        (f"{FOLDER}/evidence/0003-more.txt", b"more"),
        (f"{FOLDER}/document.json", b"{}"),
        (f"{FOLDER}/document.json", b"[]"),
        (f"{FOLDER}/document.json", b"{"),
        (
            f"{FOLDER}/document.json",
            canonical(
                {"id": bundles.named(0), "uuid": str(bundles.DOCUMENT), "content_sha256": "00"}
            ),
        ),
        ("anchors.json", b"{}"),
        ("anchors.json", b"[1]"),
        ("consistency.json", b"{}"),
        (f"{FOLDER}/events.json", b"{}"),
        (f"{FOLDER}/events.json", b"[NaN]"),
        (f"{FOLDER}/events.json", b"[" * 100_000),
        (f"{FOLDER}/events.json", b'[{"a":1,"a":2}]'),
        (f"{FOLDER}/events.json", b"\xff"),
        ("log-key", b"\xff"),
        ("log-key", b"nonsense"),
        ("log-key", f"{STRANGER.verifier}\n".encode()),
        ("checkpoint", b"nonsense"),
        ("checkpoint", b"\xff"),
        ("checkpoint", Checkpoint("other", 10, bytes(32)).sign(KEY.private).encode()),
        ("checkpoint", Checkpoint(KEY.origin, 10, bytes(32)).sign(KEY.private).encode()),
        ("checkpoint", Checkpoint(KEY.origin, 11, bytes(32)).sign(KEY.private).encode()),
    ],
)
def test_a_lie_in_a_member_is_found(member: str, content: bytes) -> None:
    result = verify(resigned(members(bundle()) | {member: content}))
    assert not result.ok


@pytest.mark.parametrize("field", ["uuid", "content_sha256"])
def test_a_document_that_is_named_by_no_text_is_a_lie_and_no_exception(field: str) -> None:
    files, named = members(bundle()), {"uuid": "document", "content_sha256": "none"}[field]
    for name, said in ((field, "document.json"), (named, "manifest.json")):
        told = json.loads(files[f"{FOLDER}/{said}"]) | {name: ["x"]}
        files[f"{FOLDER}/{said}"] = canonical(told)
    result = verify(resigned(files))
    assert [one.member for one in result.problems] == [f"{FOLDER}/document.json"]
    assert result.documents == ()


@pytest.mark.parametrize("field", ["id", "uuid"])
def test_an_id_is_one_number_in_both_spellings(field: str) -> None:
    """The folder is named after the one, the leaves name the other."""
    files, uuid = members(bundle()), {"uuid": str(UUID(int=1))}
    other = FOLDER.replace(bundles.named(0), bundles.named(1))
    if field == "id":
        files = {name.replace(FOLDER, other): content for name, content in files.items()}
        manifest = json.loads(files["manifest.json"])
        manifest["documents"][0]["folder"] = other
        files["manifest.json"] = canonical(manifest)
        told = json.loads(files[f"{other}/document.json"]) | {"id": bundles.named(1)}
        files[f"{other}/document.json"] = canonical(told)
    else:
        other = FOLDER
        told = json.loads(files[f"{FOLDER}/document.json"]) | uuid
        owner = json.loads(files[f"{FOLDER}/manifest.json"]) | {"document": uuid["uuid"]}
        files[f"{FOLDER}/document.json"] = canonical(told)
        files[f"{FOLDER}/manifest.json"] = canonical(owner)
    result = verify(resigned(files), trusted_key=TRUSTED)
    assert [one.member for one in result.problems] == [f"{other}/document.json"]
    assert "/uuid" in result.problems[0].what


def test_an_issue_without_its_moment_is_found() -> None:
    files = members(bundle())
    told = json.loads(files[f"{FOLDER}/document.json"])
    del told["issued_at"]
    result = verify(resigned(files | {f"{FOLDER}/document.json": canonical(told)}))
    assert [one.member for one in result.problems] == [f"{FOLDER}/document.json"]
    assert "/issued_at is not stated" in result.problems[0].what


def test_a_document_that_is_shown_as_two_is_found() -> None:
    files, other = members(bundle()), f"documents/0000002-{bundles.named(0)}"
    again = {name.replace(FOLDER, other): files[name] for name in files if FOLDER in name}
    manifest = json.loads(files["manifest.json"])
    manifest["documents"].append({"folder": other})
    result = verify(resigned(files | again | {"manifest.json": canonical(manifest)}))
    assert [one.member for one in result.problems] == [f"{other}/document.json"]


@pytest.mark.parametrize("change", [{"format": "other"}, {"documents": []}, {"exported_at": None}])
def test_a_manifest_of_something_else_is_found(change: dict[str, object]) -> None:
    files = members(bundle())
    manifest = canonical(json.loads(files["manifest.json"]) | change)
    result = verify(resigned(files | {"manifest.json": manifest}))
    assert not result.ok


@pytest.mark.parametrize(
    "content",
    [
        b"{}",
        b"[1]",
        b'[{"from":4,"proof":[]}]',
        b'[{"from":4,"proof":["00"]}]',
        canonical([{"from": 4, "proof": ["00" * 32] * 2}]),
        canonical([{"from": 4, "proof": ["00" * 32] * 3}]),
        canonical([{"from": 4, "proof": ["00" * 32] * 9}]),
    ],
)
def test_a_lie_about_the_growth_is_found(content: bytes) -> None:
    grown = bundles.log([b"leaf %d" % number for number in range(4)])
    kept = Checkpoint(KEY.origin, 4, grown.root).sign(KEY.private)
    lie = resigned(members(bundle()) | {"consistency.json": content})
    result = verify(lie, trusted_key=TRUSTED, older_checkpoint=kept)
    assert (result.consistent, result.passed) == (False, False)
    honest = verify(bundle(since=(4,)), trusted_key=TRUSTED, older_checkpoint=kept)
    assert honest.consistent is True


def test_an_empty_log_begins_every_log() -> None:
    empty = bundles.log([])
    kept = Checkpoint(KEY.origin, 0, empty.root).sign(KEY.private)
    assert verify(bundle(), older_checkpoint=kept).consistent is True


@pytest.mark.parametrize(
    "kept",
    [
        "nonsense",
        Checkpoint("other", 4, bytes(32)).sign(KEY.private),
        Checkpoint(KEY.origin, 4, bytes(32)).sign(STRANGER.private),
    ],
)
def test_a_checkpoint_of_another_log_does_not_fit(kept: str) -> None:
    result = verify(bundle(since=(4,)), older_checkpoint=kept)
    assert (result.ok, result.consistent, result.passed) == (True, False, False)


def test_an_unreadable_bundle_is_not_consistent() -> None:
    kept = members(bundle())["checkpoint"].decode()
    damaged = bundles.changed(bundle(), "checkpoint", lambda _: b"nonsense")
    assert verify(damaged, older_checkpoint=kept).consistent is False
