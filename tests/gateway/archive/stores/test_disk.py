import datetime
import errno
import json
import os
import resource
import stat
import subprocess
import sys
import tempfile
import threading
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from gateway.archive.stores.disk import DiskStore
from gateway.archive.stores.problems import (
    ArchiveUnavailableProblem,
    EvidenceDamagedProblem,
    EvidenceLockedProblem,
)
from gateway.archive.stores.protocol import Place

CONTENT = b"<Invoice/>"
DIGEST = sha256(CONTENT).digest()
OWNER, OTHER = UUID(int=7), UUID(int=8)
DAY = datetime.date(2034, 12, 31)


@pytest.fixture
def store(tmp_path: Path) -> DiskStore:
    return DiskStore(tmp_path / "archive")


def files(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


def test_bytes_are_kept_under_their_digest(store: DiskStore, tmp_path: Path) -> None:
    assert store.put(OWNER, CONTENT) == DIGEST
    name = DIGEST.hex()
    path = tmp_path / "archive" / "entities" / str(OWNER) / name[:2] / name
    assert path.read_bytes() == CONTENT
    assert stat.S_IMODE(path.stat().st_mode) == 0o440
    assert files(tmp_path) == [path], "nothing is left in the room for incoming files"
    assert store.get(OWNER, DIGEST) == CONTENT


def test_the_same_bytes_are_stored_once(store: DiskStore) -> None:
    store.put(OWNER, CONTENT)
    before = store.path(OWNER, DIGEST).stat()
    store.put(OWNER, CONTENT)
    after = store.path(OWNER, DIGEST).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_a_changed_blob_is_neither_read_nor_replaced(store: DiskStore) -> None:
    store.put(OWNER, CONTENT)
    path = store.path(OWNER, DIGEST)
    path.chmod(0o640)
    path.write_bytes(b"<invoice/>")
    with pytest.raises(EvidenceDamagedProblem):
        store.get(OWNER, DIGEST)
    with pytest.raises(EvidenceDamagedProblem):
        store.put(OWNER, CONTENT)
    assert path.read_bytes() == b"<invoice/>"


def test_a_missing_blob_is_said(store: DiskStore) -> None:
    with pytest.raises(EvidenceDamagedProblem):
        store.get(OWNER, DIGEST)


def test_file_then_name_then_directory_reach_the_disk(
    store: DiskStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    fsync, link = os.fsync, os.link

    def watched_fsync(descriptor: int) -> None:
        is_directory = stat.S_ISDIR(os.fstat(descriptor).st_mode)
        steps.append("directory" if is_directory else "file")
        fsync(descriptor)

    def watched_link(source: Path, target: Path) -> None:
        steps.append("name")
        link(source, target)

    monkeypatch.setattr(os, "fsync", watched_fsync)
    monkeypatch.setattr(os, "link", watched_link)
    store.put(OWNER, CONTENT)
    # two new directories (owner, ab), each made durable in its parent, then the blob
    assert steps == ["directory", "directory", "file", "name", "directory"]
    steps.clear()
    store.put(OWNER, CONTENT)
    assert steps == ["directory"], "whoever finds the blob makes sure of its name too"


def test_a_directory_whose_name_did_not_reach_the_disk_is_synced_again(
    store: DiskStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is there at the second try, but perhaps not after a crash."""
    synced: list[str] = []
    fsync = os.fsync

    def refusing(descriptor: int) -> None:
        del descriptor
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    def watched(descriptor: int) -> None:
        synced.append(Path(f"/proc/self/fd/{descriptor}").readlink().name)
        fsync(descriptor)

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", refusing)
        with pytest.raises(ArchiveUnavailableProblem):
            store.put(OWNER, CONTENT)
    monkeypatch.setattr(os, "fsync", watched)
    store.put(OWNER, CONTENT)
    assert synced[:2] == ["entities", str(OWNER)]
    synced.clear()
    store.put(OWNER, CONTENT)
    assert synced == [DIGEST.hex()[:2]]


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EROFS, errno.EMFILE])
@pytest.mark.parametrize("call", ["fsync", "link", "fchmod"])
def test_a_refusing_disk_answers_503_and_leaves_no_blob(
    store: DiskStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, call: str
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as patched:
        patched.setattr(os, call, refuse)
        with pytest.raises(ArchiveUnavailableProblem) as raised:
            store.put(OWNER, CONTENT)
    assert errno.errorcode[code] in raised.value.detail
    assert raised.value.status == 503
    assert raised.value.headers["Retry-After"] == "30"
    assert files(tmp_path) == []
    assert store.put(OWNER, CONTENT) == DIGEST, "it heals without a restart"


def test_a_full_disk_leaves_nothing_half_written(tmp_path: Path) -> None:
    script = f"""
import pathlib, resource
from uuid import UUID
from gateway.archive.stores.disk import DiskStore
from gateway.archive.stores.problems import ArchiveUnavailableProblem
store = DiskStore(pathlib.Path({str(tmp_path)!r}))
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, {resource.RLIM_INFINITY}))
try:
    store.put(UUID(int=7), bytes(5000))
except ArchiveUnavailableProblem as problem:
    print(problem.detail)
"""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
        env={"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert "EFBIG" in done.stdout
    assert files(tmp_path) == []


def test_a_file_system_without_links_works_too(
    store: DiskStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    store.put(OWNER, CONTENT)
    assert store.get(OWNER, DIGEST) == CONTENT
    assert files(tmp_path) == [store.path(OWNER, DIGEST)]


def test_many_writers_of_the_same_bytes_agree(store: DiskStore, tmp_path: Path) -> None:
    contents = [bytes([n]) * 1000 for n in range(8)]
    results: list[bytes] = []
    start = threading.Barrier(16)

    def write() -> None:
        start.wait()
        results.extend(store.put(OWNER, content) for content in contents)

    threads = [threading.Thread(target=write) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 128
    assert len(files(tmp_path)) == 8
    for content in contents:
        assert store.get(OWNER, sha256(content).digest()) == content


def noon(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(12), datetime.UTC)


def days(number: int) -> datetime.timedelta:
    return datetime.timedelta(days=number)


def test_several_are_stored_together_and_each_directory_is_synced_once(
    store: DiskStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    contents = [b"%d" % number for number in range(600)]  # more than there are directories
    store.put(OWNER, b"0")
    synced: list[int] = []
    fsync = os.fsync

    def watched(descriptor: int) -> None:
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            synced.append(status.st_ino)
        fsync(descriptor)

    store.put_many(OWNER, contents)  # makes most directories
    parent = store.path(OWNER, DIGEST).parents[1].stat().st_ino
    monkeypatch.setattr(os, "fsync", watched)
    digests = store.put_many(OWNER, [*(content + b"!" for content in contents), b"0", b"0"])
    leaves = [directory for directory in synced if directory != parent]
    assert len(leaves) == len(set(leaves)) <= 256
    assert len(digests) == 602
    assert digests[-1] == digests[-2] == sha256(b"0").digest()
    assert store.get(OWNER, digests[300]) == b"300!"


def test_several_wait_for_the_disk_at_once(
    store: DiskStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    together = threading.Barrier(3, timeout=20)
    fsync = os.fsync

    def watched(descriptor: int) -> None:
        if stat.S_ISREG(os.fstat(descriptor).st_mode):
            together.wait()
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", watched)
    digests = store.put_many(OWNER, [b"one", b"two", b"three"])
    assert [store.get(OWNER, digest) for digest in digests] == [b"one", b"two", b"three"]


def test_a_forked_process_stores_several_too(tmp_path: Path) -> None:
    """The threads that wait for the disk are not in it."""
    script = f"""
import os, pathlib, sys
from uuid import UUID
from gateway.archive.stores.disk import DiskStore
store = DiskStore(pathlib.Path({str(tmp_path)!r}))
store.put_many(UUID(int=7), [b"one", b"two"])
child = os.fork()
if not child:
    store.put_many(UUID(int=7), [b"three", b"four"])
    os._exit(7)
os._exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", script],
        check=False,
        timeout=30,
        env={"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.returncode == 7
    assert len(files(tmp_path)) == 4


def test_one_owners_bytes_are_not_anothers(store: DiskStore) -> None:
    store.put(OWNER, CONTENT)
    with pytest.raises(EvidenceDamagedProblem):
        store.get(OTHER, DIGEST)
    store.put(OTHER, CONTENT)
    store.keep(OWNER, DIGEST, DAY, hold=False)
    store.destroy(OWNER, DIGEST, now=noon(DAY + days(1)))
    assert store.get(OTHER, DIGEST) == CONTENT


def test_the_last_day_is_kept_and_the_next_one_destroys(store: DiskStore, tmp_path: Path) -> None:
    store.put(OWNER, CONTENT)
    store.keep(OWNER, DIGEST, DAY, hold=False)
    with pytest.raises(EvidenceLockedProblem) as raised:
        store.destroy(OWNER, DIGEST, now=noon(DAY))
    assert (raised.value.status, raised.value.extensions) == (409, {"until": "2034-12-31"})
    assert store.get(OWNER, DIGEST) == CONTENT
    for _ in range(2):
        store.destroy(OWNER, DIGEST, now=noon(DAY + days(1)))
    with pytest.raises(EvidenceDamagedProblem):
        store.get(OWNER, DIGEST)
    assert [path.name for path in files(tmp_path)] == ["terms.lock"]


def test_a_term_only_grows_and_a_hold_ends_when_it_is_said(store: DiskStore) -> None:
    store.put(OWNER, CONTENT)
    after = noon(DAY + days(1))
    store.keep(OWNER, DIGEST, DAY, hold=True)
    store.keep(OWNER, DIGEST, DAY - days(400), hold=True)
    for now in (after, noon(DAY + days(4000))):
        with pytest.raises(EvidenceLockedProblem):
            store.destroy(OWNER, DIGEST, now=now)
    store.keep(OWNER, DIGEST, DAY - days(400), hold=False)
    with pytest.raises(EvidenceLockedProblem):
        store.destroy(OWNER, DIGEST, now=noon(DAY))
    store.destroy(OWNER, DIGEST, now=after)


def test_what_nobody_said_how_long_to_keep_is_kept(store: DiskStore) -> None:
    store.put(OWNER, CONTENT)
    with pytest.raises(EvidenceLockedProblem):
        store.destroy(OWNER, DIGEST, now=noon(DAY + days(40_000)))
    with pytest.raises(EvidenceDamagedProblem):
        store.keep(OTHER, DIGEST, DAY, hold=False)


@pytest.mark.parametrize("said", ["", "{}", '{"until": "soon", "hold": false}', "[1]"])
def test_a_term_that_cannot_be_read_lets_nothing_be_destroyed(store: DiskStore, said: str) -> None:
    store.put(OWNER, CONTENT)
    store.keep(OWNER, DIGEST, DAY, hold=False)
    path = store.path(OWNER, DIGEST)
    term = path.with_name(path.name + ".keep")
    term.chmod(0o640)
    assert json.loads(term.read_text()) == {"until": "2034-12-31", "hold": False}
    term.write_text(said)
    with pytest.raises(EvidenceDamagedProblem):
        store.destroy(OWNER, DIGEST, now=noon(DAY + days(1)))
    with pytest.raises(EvidenceDamagedProblem):
        store.keep(OWNER, DIGEST, DAY, hold=False)
    assert store.get(OWNER, DIGEST) == CONTENT


def test_who_dies_while_destroying_can_go_on(
    store: DiskStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.put(OWNER, CONTENT)
    store.keep(OWNER, DIGEST, DAY, hold=False)
    for count in range(4):
        with monkeypatch.context() as patched:
            failing_at(patched, count, errno.EIO, ("unlink", "fsync"))
            with pytest.raises(ArchiveUnavailableProblem):
                store.destroy(OWNER, DIGEST, now=noon(DAY + days(1)))
    store.destroy(OWNER, DIGEST, now=noon(DAY + days(1)))
    assert [path.name for path in files(tmp_path)] == ["terms.lock"]


def test_a_store_is_walked_in_order_and_from_any_place_on(store: DiskStore) -> None:
    for owner in (OTHER, OWNER):
        digests = store.put_many(owner, [b"%d" % number for number in range(50)])
        store.keep(owner, digests[0], DAY, hold=False)
    walked = list(store.walk())
    assert len(walked) == 100
    assert walked == sorted(walked)
    assert {place.owner for place in walked} == {OWNER, OTHER}
    for at in (0, 10, 49, 50, 98, 99):
        assert list(store.walk(walked[at])) == walked[at + 1 :]
    assert list(store.walk(Place(OTHER, bytes(32)))) == walked[50:]


def failing_at(patch: pytest.MonkeyPatch, nth: int, code: int, calls: tuple[str, ...]) -> None:
    """Let the n-th of these calls fail, counted from 0, and all that come after it."""
    left = [nth]

    def refusing(real: Any) -> Any:  # noqa: ANN401 - passed on
        def call(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - passed on
            left[0] -= 1
            if left[0] < 0:
                raise OSError(code, os.strerror(code))
            return real(*given, **named)

        return call

    for name in calls:
        where = tempfile if name == "mkstemp" else os
        patch.setattr(where, name, refusing(getattr(where, name)))


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EROFS, errno.EMFILE])
def test_whatever_call_fails_nothing_that_was_acknowledged_is_lost(
    store: DiskStore, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    calls = ("open", "fsync", "link", "fchmod", "mkdir", "mkstemp")
    kept: list[bytes] = []
    refused = 0
    for nth in range(40):
        contents = [b"%d %d %d" % (code, nth, part) for part in range(3)]
        with monkeypatch.context() as patched:
            failing_at(patched, nth, code, calls)
            try:
                kept += store.put_many(OWNER, contents)
            except ArchiveUnavailableProblem as problem:
                refused += errno.errorcode[code] in problem.detail
        kept += store.put_many(OWNER, contents)  # it heals without a restart
        for digest in kept:
            assert sha256(store.get(OWNER, digest)).digest() == digest
    assert refused > 10
    assert list((store.path(OWNER, DIGEST).parents[3] / "incoming").iterdir()) == []


def test_what_is_set_aside_stays_and_makes_room(store: DiskStore, tmp_path: Path) -> None:
    aside = tmp_path / "archive" / "set-aside" / str(OWNER)
    name = DIGEST.hex()
    for number in (1, 2):
        blob = store.path(OWNER, store.put(OWNER, CONTENT))
        blob.chmod(0o640)
        blob.write_bytes(b"sealed %d" % number)
        with pytest.raises(EvidenceDamagedProblem):
            store.put(OWNER, CONTENT)
        store.keep(OWNER, DIGEST, DAY, hold=True)
        store.set_aside(OWNER, DIGEST)
        assert list(store.walk()) == []
    assert {one.name: one.read_bytes() for one in aside.iterdir() if one.suffix != ".keep"} == {
        f"{name}.1": b"sealed 1",
        f"{name}.2": b"sealed 2",
    }
    assert store.get(OWNER, store.put(OWNER, CONTENT)) == CONTENT
    with pytest.raises(EvidenceLockedProblem, match="Nobody said"):
        store.destroy(OWNER, DIGEST, now=datetime.datetime(2040, 1, 1, tzinfo=datetime.UTC))
