import hashlib
import os
from pathlib import Path

import pytest

from gateway.channels import file_drop
from gateway.channels.file_drop import MOST_BYTES, FileDrop, Note, Stage
from gateway.transmissions import tape
from gateway.transmissions.adapter import Answer, Request
from gateway.transmissions.errors import Refused, Retry, Unknown
from gateway.transmissions.permits import Permit, ticks

NAME = "0198.xsig"
CONTENT = b"<Facturae/>"


def root(path: Path) -> str:
    return path.as_uri()


def put(path: Path, content: bytes = CONTENT, name: str = NAME) -> Answer:
    return FileDrop.at(root(path)).exchange(file_drop.put(root(path), name, content))


def standing(path: Path, name: str = NAME) -> file_drop.Standing:
    answer = FileDrop.at(root(path)).exchange(file_drop.ask(root(path), name))
    return file_drop.standing_of(answer)


def files(path: Path, part: str) -> list[str]:
    return sorted(one.name for one in (path / part).iterdir() if not one.name.startswith("."))


def test_a_file_is_put_out_whole_and_once(tmp_path: Path) -> None:
    first, again = put(tmp_path), put(tmp_path)
    assert (first.status, again.status) == (201, 200)
    file_drop.written(first, CONTENT)
    file_drop.written(again, CONTENT)
    assert (tmp_path / "out" / NAME).read_bytes() == CONTENT
    assert (files(tmp_path, "work"), files(tmp_path, "sent")) == ([], [NAME])
    found = standing(tmp_path)
    assert (found.stage, found.digest) == (Stage.WAITING, hashlib.sha256(CONTENT).hexdigest())


def test_what_was_taken_away_is_not_put_out_again(tmp_path: Path) -> None:
    put(tmp_path)
    (tmp_path / "out" / NAME).unlink()
    assert put(tmp_path).status == 200
    assert files(tmp_path, "out") == []
    assert standing(tmp_path).stage is Stage.TAKEN


def test_another_file_under_the_same_name_is_refused(tmp_path: Path) -> None:
    put(tmp_path)
    with pytest.raises(Refused) as caught:
        file_drop.written(put(tmp_path, b"other"), b"other")
    assert caught.value.reason == "name_taken"
    assert (tmp_path / "out" / NAME).read_bytes() == CONTENT


@pytest.mark.parametrize("breaks_at", ["written", "remembered", "renamed"])
def test_whoever_dies_between_two_steps_has_put_it_out_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, breaks_at: str
) -> None:
    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        if breaks_at == "written":
            patch.setattr(Path, "hardlink_to", die)
        elif breaks_at == "remembered":
            patch.setattr(Path, "rename", die)
        else:
            patch.setattr(FileDrop, "_standing", die)
        with pytest.raises(KeyboardInterrupt):
            put(tmp_path)
    out = breaks_at == "renamed"
    assert (files(tmp_path, "out") == [NAME]) is out
    expected = Stage.WAITING if out else Stage.NEVER_SEEN
    assert standing(tmp_path).stage is expected
    assert put(tmp_path).status == (200 if out else 201)
    assert (tmp_path / "out" / NAME).read_bytes() == CONTENT
    assert standing(tmp_path).stage is Stage.WAITING


def test_answers_are_the_files_of_its_stem(tmp_path: Path) -> None:
    put(tmp_path)
    inbox = tmp_path / "in"
    (inbox / "0198.1.json").write_bytes(b"one")
    (inbox / "0198.2.json").write_bytes(b"two")
    (inbox / "0198.3.part").write_bytes(b"unfinished")
    (inbox / "01981.json").write_bytes(b"of another")
    (inbox / "0198.4.json").write_bytes(b"x" * (MOST_BYTES + 1))
    (inbox / "0198.5.json").symlink_to("/etc/hostname")
    os.mkfifo(inbox / "0198.6.json")
    assert standing(tmp_path).notes == (Note("0198.1.json", b"one"), Note("0198.2.json", b"two"))


def test_a_file_that_was_never_put_out_is_never_seen(tmp_path: Path) -> None:
    answer = FileDrop(tmp_path).exchange(file_drop.ask(root(tmp_path), NAME))
    assert file_drop.standing_of(answer).stage is Stage.NEVER_SEEN
    with pytest.raises(Unknown):
        file_drop.written(answer, CONTENT)


def test_without_the_directory_it_is_tried_again(tmp_path: Path) -> None:
    with pytest.raises(Retry) as caught:
        put(tmp_path / "absent")
    assert caught.value.reason == "directory_unusable"
    assert not (tmp_path / "absent").exists()


def test_nobody_puts_out_what_is_no_longer_his(tmp_path: Path) -> None:
    recorder = tape.Recorder()
    recorder.permit = Permit(ticks, ticks(), 0.0)
    with tape.running(recorder), pytest.raises(Retry) as caught:
        put(tmp_path)
    assert caught.value.reason == "lease_ended"
    assert files(tmp_path, "out") == []
    assert [one.request.method for one in recorder.exchanges] == ["PUT"]


@pytest.mark.parametrize("name", ["", "a", "../a.xml", "a/b.xml", ".a.xml", "a b.xml", "a\0.xml"])
def test_a_name_leads_nowhere_else(name: str) -> None:
    with pytest.raises(ValueError, match="no name for a file"):
        file_drop.put("file:///srv/drop", name, CONTENT)


@pytest.mark.parametrize("url", ["https://a/b", "file:relative", "file://host/srv", "/srv"])
def test_a_directory_is_on_this_machine(url: str) -> None:
    with pytest.raises(ValueError, match="names no directory"):
        FileDrop.at(url)


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"stage":"x","digest":"","notes":[]}'])
def test_nothing_else_is_an_answer(body: bytes) -> None:
    with pytest.raises(Unknown) as caught:
        file_drop.standing_of(Answer(200, body))
    assert caught.value.reason == "invalid_answer"


def test_requests_name_the_directory() -> None:
    request: Request = file_drop.put("file:///srv/drop/", NAME, CONTENT)
    assert request.head() == b"PUT file:///srv/drop/out/0198.xsig"
    assert file_drop.ask("file:///srv/drop", NAME).url == "file:///srv/drop/in/0198.xsig"
