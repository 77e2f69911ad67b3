"""Directories as a wire: what is sent is a file put there, what is answered are files put back.

Some authorities are reached by a program of the operator (a portal's client, a carrier's software)
that takes files out of a directory and puts answers into another. Below the directory that the
operator names:

    work/   files being written; nobody else reads there
    sent/   everything that was ever put out, by its name: the memory against sending twice
    out/    what the other side takes away; a file stands there whole or not at all
    in/     what the other side says about a file: `<stem>.<anything>`, put there by renaming

A file goes into `work`, then gets a second name in `sent`, then is renamed into `out`. As long as
it is in `work` it was not put out, whenever the process dies; so a name is put out exactly once,
and no outcome is unknown. All four must be on one file system.
"""

import base64
import fcntl
import hashlib
import json
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from pathlib import Path
from typing import Self
from urllib.parse import unquote, urlsplit

from gateway.kit.json_body import parse_json
from gateway.problems import MalformedJsonProblem
from gateway.transmissions import tape
from gateway.transmissions.adapter import Answer, Request
from gateway.transmissions.errors import Refused, Retry, Unknown

MOST_NOTES = 100
"""Answers that are read about one file: the oldest one and the newest ones."""
MOST_BYTES = 1024 * 1024
"""Of one answer; a larger file is none."""

_WORK, _SENT, _OUT, _IN = "work", "sent", "out", "in"
_UNFINISHED = (".part", ".tmp")
_NAME = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.")
_MODE = 0o640


class Stage(StrEnum):
    """Where a file is."""

    WAITING = "waiting"  # put out, and not taken yet
    TAKEN = "taken"  # the other side took it away
    NEVER_SEEN = "never seen"


@dataclass(frozen=True, slots=True)
class Note:
    """A file that was put back.

    Attributes:
        name: Its name.
        content: Its bytes.
    """

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known about a file.

    Attributes:
        stage: Where it is.
        digest: SHA-256 of what was put out, in hexadecimal; empty when nothing was.
        notes: What was put back about it, by name.
    """

    stage: Stage
    digest: str
    notes: tuple[Note, ...] = ()


def put(root: str, name: str, content: bytes) -> Request:
    """Return the request that puts a file out.

    Args:
        root: The directory as a `file:` URL.
        name: Of the file; what stands before its first dot is the stem that answers begin with.
        content: Its bytes.
    """
    return Request("PUT", f"{root.rstrip('/')}/{_OUT}/{_safe(name)}", (), content, is_open=True)


def ask(root: str, name: str) -> Request:
    """Return the request for what is known about a file."""
    return Request("GET", f"{root.rstrip('/')}/{_IN}/{_safe(name)}", (), b"", is_open=True)


def written(answer: Answer, content: bytes) -> None:
    """Return when a file was put out with these bytes, now or before. Pure.

    Raises:
        Refused: Another file was put out under its name.
        Unknown: It is no answer of a directory.
    """
    standing = standing_of(answer)
    if standing.stage is Stage.NEVER_SEEN:
        raise Unknown("invalid_answer", "the file is not there")
    if standing.digest != hashlib.sha256(content).hexdigest():
        raise Refused("name_taken", "another file was put out under this name")


def standing_of(answer: Answer) -> Standing:
    """Read what a directory says about a file. Pure.

    Raises:
        Unknown: It is no answer of a directory.
    """
    try:
        said = parse_json(answer.body)
        notes = tuple(
            Note(str(one["name"]), base64.b64decode(one["content"], validate=True))
            for one in said["notes"]  # TypeError where it is no object
        )
        return Standing(Stage(said["stage"]), str(said["digest"]), notes)
    except (MalformedJsonProblem, KeyError, TypeError, ValueError) as error:
        raise Unknown("invalid_answer", f"a directory does not answer so: {error}") from error


class FileDrop:
    """A directory that requests made by `put` and `ask` are exchanged with.

    Args:
        root: The directory; what is missing below it is made.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    @classmethod
    def at(cls, url: str) -> Self:
        """Return the directory of a URL like `file:///srv/face`.

        Raises:
            ValueError: It is no `file:` URL of an absolute path on this machine.
        """
        parts = urlsplit(url)
        path = Path(unquote(parts.path))
        if parts.scheme != "file" or parts.netloc or parts.query or not path.is_absolute():
            raise ValueError(f"{url} names no directory of this machine, like file:///srv/face")
        return cls(path)

    def exchange(self, request: Request) -> Answer:
        """Put a file out, or say what is known about one; the recorder sees it.

        Raises:
            Retry: Nothing was put out: the disk refuses, or the lane's lease had ended.
        """
        return tape.through(request, self._once)

    def _once(self, request: Request) -> Answer:
        name = _safe(request.url.rsplit("/", 1)[1])
        try:
            with self._locked():
                fresh = request.method == "PUT" and self._put(name, request.body)
                standing = self._standing(name)
        except OSError as error:
            reason = "directory_unusable"
            raise Retry(reason, f"{self._root}: {error.strerror or error}") from error
        status = HTTPStatus.CREATED if fresh else HTTPStatus.OK
        return Answer(status=status, body=_as_json(standing))

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Let one process in at a time. Raises `OSError` where there is no such directory."""
        if not self._root.is_dir():
            raise FileNotFoundError(2, "there is no such directory")
        for part in (_WORK, _SENT, _OUT, _IN):
            (self._root / part).mkdir(exist_ok=True)
        lock = os.open(self._root / _WORK / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, _MODE)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    def _put(self, name: str, content: bytes) -> bool:
        """Put a file out unless its name was put out before; tell whether it was done now."""
        work, sent = self._root / _WORK / name, self._root / _SENT / name
        if not sent.exists():
            self._write(work, content)
        elif not work.exists():
            return False
        if not tape.allowed():
            raise Retry("lease_ended", "another process has this lane now")
        if not sent.exists():
            sent.hardlink_to(work)
            _kept(sent.parent)
        work.rename(self._root / _OUT / name)
        _kept(self._root / _OUT)
        return True

    def _write(self, path: Path, content: bytes) -> None:
        path.unlink(missing_ok=True)  # of an attempt that broke off
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
        with os.fdopen(os.open(path, flags, _MODE), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _kept(path.parent)

    def _standing(self, name: str) -> Standing:
        sent = self._root / _SENT / name
        if not sent.exists() or (self._root / _WORK / name).exists():
            return Standing(Stage.NEVER_SEEN, "")
        digest = hashlib.sha256(sent.read_bytes()).hexdigest()
        waiting = (self._root / _OUT / name).exists()
        return Standing(Stage.WAITING if waiting else Stage.TAKEN, digest, self._notes(name))

    def _notes(self, name: str) -> tuple[Note, ...]:
        stem = name.partition(".")[0] + "."
        with os.scandir(self._root / _IN) as entries:
            aged = sorted(
                (entry.stat(follow_symlinks=False).st_mtime_ns, entry.name)
                for entry in entries
                if entry.name.startswith(stem) and not entry.name.endswith(_UNFINISHED)
            )
        names = [name for _, name in aged]
        kept = names if len(names) <= MOST_NOTES else [names[0], *names[1 - MOST_NOTES :]]
        read = ((one, _content(self._root / _IN / one)) for one in kept)
        return tuple(Note(one, content) for one, content in read if content is not None)


def _content(path: Path) -> bytes | None:
    """Return an answer; None for what is no file, is a link, or is too large."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            return None
        content = file.read(MOST_BYTES + 1)
    return content if len(content) <= MOST_BYTES else None


def _as_json(standing: Standing) -> bytes:
    notes = [
        {"name": one.name, "content": base64.b64encode(one.content).decode()}
        for one in standing.notes
    ]
    said = {"stage": standing.stage.value, "digest": standing.digest, "notes": notes}
    return json.dumps(said).encode()


def _kept(directory: Path) -> None:
    """Have the disk keep the names in a directory."""
    handle = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _safe(name: str) -> str:
    """Return the name of a file of ours.

    Raises:
        ValueError: It could lead elsewhere, or be taken for something else.
    """
    if not name or not _NAME.issuperset(name) or name.startswith(".") or "." not in name:
        raise ValueError(f"{name!r} is no name for a file that is put out")
    return name
