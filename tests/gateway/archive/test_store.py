import errno
import os
import resource
import stat
import subprocess
import sys
import threading
from hashlib import sha256
from pathlib import Path

import pytest

from gateway.archive.store import ArchiveUnavailableProblem, BlobStore, EvidenceDamagedProblem

CONTENT = b"<Invoice/>"
DIGEST = sha256(CONTENT).digest()


@pytest.fixture
def store(tmp_path: Path) -> BlobStore:
    return BlobStore(tmp_path / "archive")


def files(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


def test_bytes_are_kept_under_their_digest(store: BlobStore, tmp_path: Path) -> None:
    assert store.put(CONTENT) == DIGEST
    name = DIGEST.hex()
    path = tmp_path / "archive" / "sha256" / name[:2] / name[2:4] / name
    assert path.read_bytes() == CONTENT
    assert stat.S_IMODE(path.stat().st_mode) == 0o440
    assert files(tmp_path) == [path], "nothing is left in the room for incoming files"
    assert store.get(DIGEST) == CONTENT


def test_the_same_bytes_are_stored_once(store: BlobStore) -> None:
    store.put(CONTENT)
    before = store.path(DIGEST).stat()
    store.put(CONTENT)
    after = store.path(DIGEST).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_a_changed_blob_is_neither_read_nor_replaced(store: BlobStore) -> None:
    store.put(CONTENT)
    path = store.path(DIGEST)
    path.chmod(0o640)
    path.write_bytes(b"<invoice/>")
    with pytest.raises(EvidenceDamagedProblem):
        store.get(DIGEST)
    with pytest.raises(EvidenceDamagedProblem):
        store.put(CONTENT)
    assert path.read_bytes() == b"<invoice/>"


def test_a_missing_blob_is_said(store: BlobStore) -> None:
    with pytest.raises(EvidenceDamagedProblem):
        store.get(DIGEST)


def test_file_then_name_then_directory_reach_the_disk(
    store: BlobStore, monkeypatch: pytest.MonkeyPatch
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
    store.put(CONTENT)
    # two new directories (ab, cd), each made durable in its parent, then the blob
    assert steps == ["directory", "directory", "file", "name", "directory"]
    steps.clear()
    store.put(CONTENT)
    assert steps == ["directory"], "whoever finds the blob makes sure of its name too"


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EROFS, errno.EMFILE])
@pytest.mark.parametrize("call", ["fsync", "link", "fchmod"])
def test_a_refusing_disk_answers_503_and_leaves_no_blob(
    store: BlobStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, call: str
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as patched:
        patched.setattr(os, call, refuse)
        with pytest.raises(ArchiveUnavailableProblem) as raised:
            store.put(CONTENT)
    assert errno.errorcode[code] in raised.value.detail
    assert raised.value.status == 503
    assert raised.value.headers["Retry-After"] == "30"
    assert files(tmp_path) == []
    assert store.put(CONTENT) == DIGEST, "it heals without a restart"


def test_a_full_disk_leaves_nothing_half_written(tmp_path: Path) -> None:
    script = f"""
import pathlib, resource
from gateway.archive.store import ArchiveUnavailableProblem, BlobStore
store = BlobStore(pathlib.Path({str(tmp_path)!r}))
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, {resource.RLIM_INFINITY}))
try:
    store.put(bytes(5000))
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
    store: BlobStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    store.put(CONTENT)
    assert store.get(DIGEST) == CONTENT
    assert files(tmp_path) == [store.path(DIGEST)]


def test_many_writers_of_the_same_bytes_agree(store: BlobStore, tmp_path: Path) -> None:
    contents = [bytes([n]) * 1000 for n in range(8)]
    results: list[bytes] = []
    start = threading.Barrier(16)

    def write() -> None:
        start.wait()
        results.extend(store.put(content) for content in contents)

    threads = [threading.Thread(target=write) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 128
    assert len(files(tmp_path)) == 8
    for content in contents:
        assert store.get(sha256(content).digest()) == content
