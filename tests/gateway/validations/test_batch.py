"""Many files: in their order, by several processes, and none of them stops the others."""

import os
import pty
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from gateway.compliance.validation import Validator
from gateway.place import Place
from gateway.settings import Settings
from gateway.validations import batch
from gateway.validations.batch import Task, answers, worst
from gateway.validations.files import MOST_BYTES, found
from gateway.validations.judged import Asked, Judged
from gateway.validations.service import judge
from tests.gateway.validations.conftest import Validate
from tests.kept_rules import shared_with

TODAY = date(2026, 11, 21)


@pytest.fixture
def many(tmp_path: Path, good: bytes, wrong: bytes) -> Path:
    """A directory with documents of either verdict, and things that are none."""
    folder = tmp_path / "many"
    (folder / "below").mkdir(parents=True)
    for number in range(20):
        place = folder / "below" if number % 2 else folder
        (place / f"{number:02}.xml").write_bytes(wrong if number % 3 == 0 else good)
    (folder / "readme.txt").write_text("not a document")
    (folder / ".hidden.xml").write_text("<x/>")
    return folder


def test_the_order_of_the_output_is_that_of_the_input(bare: Validate, many: Path) -> None:
    names = sorted(many.rglob("[0-9]*.xml"), key=lambda path: path.name, reverse=True)
    alone = bare(*names, "--output", "jsonl", "--jobs", "1")
    several = bare(*names, "--output", "jsonl", "--jobs", "3")
    assert (alone.code, several.code) == (1, 1)
    assert alone.out == several.out
    said = several.objects
    assert [each["file"] for each in said] == [str(name) for name in names]
    valid = [int(name.stem) % 3 != 0 for name in names]
    assert [each["valid"] for each in said] == valid


def test_a_directory_stands_for_its_documents(bare: Validate, many: Path, tmp_path: Path) -> None:
    done = bare(many, "--output", "jsonl")
    files = [each["file"] for each in done.objects]
    assert files == list(found([str(many)]))
    assert len(files) == 20
    empty = tmp_path / "empty"
    empty.mkdir()
    assert bare(empty).code == 2


def test_a_process_that_ends_is_an_outcome_of_its_file_alone(
    many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def deadly(content: bytes, asked: Asked, validator: Validator) -> Judged:
        if b"<kill/>" in content:
            os.kill(os.getpid(), signal.SIGKILL)
        return judge(content, asked, validator)

    monkeypatch.setattr(batch, "judge", deadly)
    names = [str(path) for path in sorted(many.rglob("[0-9]*.xml"))]
    Path(names[7]).write_bytes(b"<kill/>")
    task = Task(Asked(TODAY), Place(tmp_path, None, tmp_path / "compiled"), "jsonl")
    given = list(answers(names, task, 2))
    assert [each.code for each in given].count(2) == 1
    assert given[7].code == 2
    assert "the process that judged it ended" in given[7].text


def test_a_file_that_is_too_large_is_not_read_whole(bare: Validate, tmp_path: Path) -> None:
    file = tmp_path / "large.xml"
    with file.open("wb") as out:
        out.truncate(3 * MOST_BYTES)
    done = bare(file, "--output", "jsonl")
    assert done.code == 1
    assert [each["rule"] for each in done.objects[0]["findings"]] == ["XML-too-large"]


@pytest.mark.parametrize(
    ("codes", "code"), [((), 0), ((0,), 0), ((0, 2), 2), ((2, 1, 0), 1), ((1,), 1)]
)
def test_invalid_outranks_not_judged(codes: tuple[int, ...], code: int) -> None:
    assert worst(codes) == code


def test_an_interrupt_ends_everything_at_once(tmp_path: Path, good: bytes) -> None:
    names = []
    for number in range(400):
        path = tmp_path / f"{number}.xml"
        path.write_bytes(good)
        names.append(str(path))
    names *= 10  # whoever sends the signal may have to wait for a processor
    # Python takes no interrupt where it was started with them ignored, as shells start what they
    # put into the background: so it is started as from a terminal, wherever these tests run.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(  # noqa: S603 - our own interpreter
        [sys.executable, "-m", "gateway.cli", "validate", "--jobs", "2", *names],
        env={**os.environ, "GATEWAY_DATA": str(shared_with(tmp_path))},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    signal.signal(signal.SIGINT, before)
    assert process.stdout is not None
    process.stdout.readline()
    process.send_signal(signal.SIGINT)  # to the parent alone: it ends the others
    out, err = process.communicate(timeout=120)
    assert process.returncode == 130
    assert out.count(b".xml: ") < len(names) - 1, "it judged all of them"
    assert b"Traceback" not in err


def test_whoever_reads_no_further_is_not_told_of_it(bare: Validate, many: Path) -> None:
    code = (
        f"{sys.executable} -m gateway.cli validate --output jsonl {many} | head -c 10 > /dev/null"
    )
    done = subprocess.run(  # noqa: S602 - a pipe of the shell is what is tested
        code,
        shell=True,
        env={**os.environ, "GATEWAY_DATA": str(bare.home)},
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert b"Traceback" not in done.stderr


def test_a_bar_is_shown_where_somebody_watches(bare: Validate, many: Path) -> None:
    parent, child = pty.openpty()
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-m", "gateway.cli", "validate", str(many), "--output", "jsonl"],
        env={**os.environ, "GATEWAY_DATA": str(bare.home), "TERM": "xterm"},
        stdout=subprocess.PIPE,
        stderr=child,
        check=False,
        timeout=60,
    )
    os.close(child)
    shown = b""
    try:
        while part := os.read(parent, 65536):
            shown += part
    except OSError:  # the terminal is gone: Linux says so with EIO
        shown += b""
    os.close(parent)
    assert b"documents" in shown
    assert b"100%" in shown
    assert len(done.stdout.splitlines()) == 20


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"GATEWAY_DATA": "", "GATEWAY_SCHEMAS_DIR": ""},
        {"GATEWAY_DATA": "~/data", "GATEWAY_SCHEMAS_DIR": "official"},
    ],
)
def test_the_command_and_the_settings_read_the_same_variables(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GATEWAY_DATA", "GATEWAY_SCHEMAS_DIR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    settings, place = Settings(), Place.of(os.environ)
    assert (place.data, place.schemas_dir) == (settings.data, settings.schemas_dir)
