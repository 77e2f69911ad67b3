"""Sets go through a journal: what was acknowledged is there, whoever stops or refuses."""

import errno
import os
import platform
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from gateway.archive.stores import journals, restoring, settling
from gateway.archive.stores.disk import DiskStore
from gateway.archive.stores.problems import ArchiveUnavailableProblem, EvidenceDamagedProblem
from tests.gateway.archive.stores.test_disk import DAY, days, failing_at, noon

OWNER = UUID(int=7)
SET = [b"document", b"input", b"report"]
DIGESTS = [sha256(one).digest() for one in SET]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "archive"


@pytest.fixture
def store(root: Path) -> DiskStore:
    return DiskStore(root, journal=True)


def journals_of(root: Path) -> list[Path]:
    return sorted(root.glob("journals/*"))


def blobs(root: Path) -> list[Path]:
    return sorted(root.glob("entities/*/*/*"))


def test_a_set_waits_for_the_disk_once(store: DiskStore, monkeypatch: pytest.MonkeyPatch) -> None:
    store.put(OWNER, b"the first one makes the journal")
    store.settle()
    waits: list[str] = []
    main = threading.get_ident()
    for name in ("fsync", "fdatasync"):
        real = getattr(os, name)

        def watched(descriptor: int, name: str = name, real: Callable[..., None] = real) -> None:
            if threading.get_ident() == main:
                waits.append(name)
            real(descriptor)

        monkeypatch.setattr(os, name, watched)
    assert store.put_many(OWNER, SET) == tuple(DIGESTS)
    assert waits == ["fdatasync"]
    assert [store.get(OWNER, one) for one in DIGESTS] == SET


def test_threads_that_come_while_it_is_synced_share_the_next_sync(
    store: DiskStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.put(OWNER, b"the first one makes the journal")
    others, written, syncs = 8, threading.Semaphore(0), list[int]()
    sync, write = os.fdatasync, os.pwrite

    def wait_for_others(descriptor: int) -> None:
        syncs.append(descriptor)
        if len(syncs) == 1:
            for _ in range(others):
                assert written.acquire(timeout=20)
        sync(descriptor)

    def told(*given: Any) -> int:  # noqa: ANN401 - passed on
        done = write(*given)
        written.release()
        return done

    monkeypatch.setattr(os, "fdatasync", wait_for_others)
    first = threading.Thread(target=store.put, args=(OWNER, b"first"))
    first.start()
    while not syncs:
        first.join(0.01)
    monkeypatch.setattr(os, "pwrite", told)
    rest = [threading.Thread(target=store.put, args=(OWNER, b"%d" % n)) for n in range(others)]
    for thread in rest:
        thread.start()
    for thread in (first, *rest):
        thread.join()
    assert len(syncs) == 2
    assert store.get(OWNER, sha256(b"7").digest()) == b"7"


def test_a_journal_that_is_full_gives_way_to_another_and_is_used_again(
    store: DiskStore, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journals, "_FULL", 100_000)
    contents = [os.urandom(10_000) for _ in range(120)]
    for content in contents:
        store.put(OWNER, content)
    assert 1 <= len(journals_of(root)) <= 2
    assert sum(path.stat().st_size for path in journals_of(root)) == len(journals_of(root)) << 20
    assert len(blobs(root)) == 120
    assert {path.read_bytes() for path in blobs(root)} == set(contents)


def test_what_is_large_does_not_go_through_it(store: DiskStore, root: Path) -> None:
    content = bytes(5 << 20)
    store.put(OWNER, content)
    assert journals_of(root) == []
    assert store.get(OWNER, sha256(content).digest()) == content


def test_a_process_without_work_keeps_no_journal_and_no_thread(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journals, "_GATHER", 0.01)
    monkeypatch.setattr(journals, "_IDLE", 0.01)
    store = DiskStore(root, journal=True)
    for content in SET:
        store.put(OWNER, content)
        for thread in threading.enumerate():
            if thread.name == "journal":
                thread.join(20)
        assert journals_of(root) == []
    assert len(blobs(root)) == 3


def test_who_lets_go_of_a_store_leaves_no_journal(root: Path) -> None:
    store = DiskStore(root, journal=True)
    store.put_many(OWNER, SET)
    assert len(journals_of(root)) == 1
    del store
    assert journals_of(root) == []


@contextmanager
def stopped(root: Path, script: str = "") -> Iterator[subprocess.Popen[str]]:
    """Run a process that stored a set and waits to be killed."""
    with subprocess.Popen(  # noqa: S603
        [
            sys.executable,
            "-c",
            f"""
import os, pathlib, signal, sys
from uuid import UUID
from gateway.archive.stores import journals
from gateway.archive.stores.disk import DiskStore
journals._GATHER = 1000.0
store = DiskStore(pathlib.Path({str(root)!r}), journal=True)
store.put_many(UUID(int=7), {SET!r})
{script}
print("stored", flush=True)
signal.pause()
""",
        ],
        stdout=subprocess.PIPE,
        text=True,
        env={"PYTHONPATH": os.pathsep.join(sys.path)},
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "stored\n"
            yield process
        finally:
            process.kill()


def test_the_journal_of_a_living_process_is_left_alone_and_that_of_a_dead_one_restored(
    root: Path,
) -> None:
    # Its forked child lives on and writes nothing: it does not count.
    forked = """
living, said = os.pipe()
child = os.fork()
if not child:
    sys.stdout = None
    os.close(1)
    os.write(said, b".")
    signal.pause()
os.read(living, 1)
pathlib.Path(store._root, "child").write_text(str(child))
"""
    with stopped(root, forked) as process:
        child = int((root / "child").read_text())
        try:
            (journal,) = journals_of(root)
            for path in blobs(root):
                path.unlink()
            other = DiskStore(root, journal=True)
            assert journals_of(root) == [journal]
            with pytest.raises(EvidenceDamagedProblem):
                other.get(OWNER, DIGESTS[0])
            process.kill()
            process.wait()
            # Nobody opens the store anew: who misses something looks, too.
            assert other.get(OWNER, DIGESTS[0]) == SET[0]
        finally:
            os.kill(child, signal.SIGKILL)
    assert journals_of(root) == []
    assert {path.name: path.read_bytes() for path in blobs(root)} == {
        digest.hex(): content for digest, content in zip(DIGESTS, SET, strict=True)
    }


def test_what_a_journal_could_bring_back_is_not_destroyed(root: Path) -> None:
    with stopped(root):
        store = DiskStore(root, journal=True)
        store.put_many(OWNER, SET)
        store.keep(OWNER, DIGESTS[0], DAY, hold=False)
        with pytest.raises(ArchiveUnavailableProblem) as refused:
            store.destroy(OWNER, DIGESTS[0], now=noon(DAY + days(1)))
        assert "EBUSY" in refused.value.detail
    store.destroy(OWNER, DIGESTS[0], now=noon(DAY + days(1)))
    assert {path.name for path in blobs(root)} == {one.hex() for one in DIGESTS[1:]}


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EROFS, errno.EMFILE])
def test_whatever_call_fails_nothing_that_was_acknowledged_is_lost(
    root: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    calls = ("open", "fsync", "fdatasync", "pwrite", "rename", "fchmod", "mkdir")
    store = DiskStore(root, journal=True)
    kept: list[bytes] = []
    refused = 0
    for nth in range(20):
        contents = [b"%d %d %d" % (code, nth, number) for number in range(3)]
        with monkeypatch.context() as patched:
            failing_at(patched, nth, code, calls)
            try:
                kept += store.put_many(OWNER, contents)
            except ArchiveUnavailableProblem as problem:
                refused += errno.errorcode[code] in problem.detail
        kept += store.put_many(OWNER, contents)  # it heals without a restart
        for digest in kept:
            store.get(OWNER, digest)
    assert 4 < refused < 20
    store.settle()
    assert len(blobs(root)) == 60


def test_what_the_disk_could_not_settle_is_written_anew(
    store: DiskStore, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusals: list[int] = []

    def refuse(self: settling.Settling, files: object) -> None:
        del self, files
        refusals.append(errno.EIO)
        raise OSError(errno.EIO, "written back in vain")

    monkeypatch.setattr(settling.Settling, "settle", refuse)
    store.put_many(OWNER, SET)
    before = {path.name: path.stat().st_ino for path in blobs(root)}
    store.settle()
    after = {path.name: path.stat().st_ino for path in blobs(root)}
    assert refusals == [errno.EIO]
    assert before.keys() == after.keys()
    assert all(before[name] != after[name] for name in before)
    assert [store.get(OWNER, one) for one in DIGESTS] == SET


def test_a_refusal_is_told_once_and_counts_for_the_sets_that_came_meanwhile(
    store: DiskStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, go_on = threading.Event(), threading.Event()
    settle = settling.Settling.settle

    def refuse_once(self: settling.Settling, files: list[Path]) -> None:
        if not asked.is_set():
            asked.set()
            assert go_on.wait(20)
            raise OSError(errno.EIO, "something was written back in vain")
        settle(self, files)

    def inode(content: bytes) -> int:
        return store.path(OWNER, sha256(content).digest()).stat().st_ino

    monkeypatch.setattr(settling.Settling, "settle", refuse_once)
    store.put(OWNER, b"first")
    settled = threading.Thread(target=store.settle)
    settled.start()
    assert asked.wait(20)
    store.put(OWNER, b"meanwhile")
    before = inode(b"meanwhile")
    go_on.set()
    settled.join()
    store.settle()
    assert inode(b"meanwhile") != before, "the disk may have dropped it, and says so no more"
    store.put(OWNER, b"later")
    before = inode(b"later")
    store.settle()
    assert inode(b"later") == before


def test_a_journal_that_its_writer_takes_away_meanwhile_is_passed_over(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ground = restoring.Ground(root)
    with stopped(root) as process:
        process.kill()
        process.wait()
    (left,) = journals_of(root)
    for path in blobs(root):
        path.unlink()
    gone = left.with_name(f"gone{left.suffix}")
    monkeypatch.setattr(restoring, "_journals", lambda _: [gone])
    restoring.restore(ground)
    assert restoring.holds(ground, OWNER, DIGESTS[0]) is False
    monkeypatch.setattr(restoring, "_journals", lambda _: [left])
    assert restoring.holds(ground, OWNER, DIGESTS[0]) is True

    def taken_away(_: int) -> bool:
        left.unlink()
        return False

    monkeypatch.setattr(restoring, "_is_written", taken_away)
    restoring.restore(ground)
    assert blobs(root) == [], "what was settled may have been destroyed since"


def test_a_disk_that_settles_nothing_takes_no_more_than_its_journals(
    store: DiskStore, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journals, "_FULL", 50_000)
    monkeypatch.setattr(journals, "_PATIENCE", 0.2)

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EIO, "never")

    kept, full = 0, ""
    with monkeypatch.context() as broken:
        broken.setattr(settling.Settling, "settle", refuse)
        broken.setattr(settling.Settling, "one_by_one", refuse)
        while not full:
            try:
                store.put(OWNER, os.urandom(10_000))
                kept += 1
            except ArchiveUnavailableProblem as problem:
                full = problem.detail
        with pytest.raises(ArchiveUnavailableProblem):
            store.settle()
    assert "EBUSY" in full
    assert 4 < kept < 20
    monkeypatch.setattr(journals, "_PATIENCE", 20.0)
    store.settle()
    store.put(OWNER, b"goes on")
    assert len(blobs(root)) == kept + 1


def test_files_are_synced_one_by_one_where_the_whole_cannot_be_believed(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settling, "_reports", lambda _: False)
    synced: set[str] = set()
    sync = os.fsync

    def watched(descriptor: int) -> None:
        sync(descriptor)
        synced.add(str(Path(f"/proc/self/fd/{descriptor}").readlink()))

    store = DiskStore(root, journal=True)
    store.put_many(OWNER, SET)
    monkeypatch.setattr(os, "fsync", watched)
    store.settle()
    wanted = {str(above) for path in blobs(root) for above in (path, *path.parents[:3])}
    assert wanted <= synced
    assert str(root / "entities") in wanted


@pytest.mark.parametrize(
    ("release", "kind", "believed"),
    [
        ("6.1.0-13", "ext4", True),
        ("5.8.0", "xfs", True),
        ("5.7.19", "ext4", False),
        ("6.1.0", "btrfs", False),
        ("6.1.0", "nfs4", False),
        ("strange", "ext4", False),
    ],
)
def test_a_whole_file_system_is_believed_where_it_reports(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, release: str, kind: str, *, believed: bool
) -> None:
    device = tmp_path.stat().st_dev
    line = f"1 2 {os.major(device)}:{os.minor(device)} / / rw shared:1 - {kind} /dev/x rw\n"
    monkeypatch.setattr(platform, "release", lambda: release)
    monkeypatch.setattr(
        Path, "read_text", lambda *_, **__: "3 4 0:999 / /x rw - zfs x rw\n" + line
    )
    descriptor = os.open(tmp_path, os.O_RDONLY)
    assert settling._reports(descriptor) is believed
    os.close(descriptor)
