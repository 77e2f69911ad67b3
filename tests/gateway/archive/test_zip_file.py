"""The ZIP files of bundles: read by others, the same from the same members, large where needed."""

import io
import zipfile

import pytest
from typing_extensions import override

from gateway.archive.verify.container import open_container
from gateway.archive.zip_file import LARGEST_MEMBER, ZipFile


def written(members: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with ZipFile(target) as file:
        for name, content in members.items():
            file.add(name, content)
        file.finish()
    return target.getvalue()


def test_another_program_reads_what_was_written() -> None:
    members = {"a": b"", "b/c.xml": b"<x/>" * 1000, "b/d": bytes(70_000)}
    with zipfile.ZipFile(io.BytesIO(written(members))) as read:
        assert {name: read.read(name) for name in read.namelist()} == members
        assert read.testzip() is None
        assert {one.date_time for one in read.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {one.external_attr >> 16 for one in read.infolist()} == {0o100444}


def test_the_bytes_are_those_of_the_standard_library() -> None:
    members = {"a": b"one", "b": b"two"}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as theirs:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system = 3
            info.external_attr = 0o100444 << 16
            theirs.writestr(info, content)
    assert written(members) == buffer.getvalue()


def test_more_members_than_16_bits_can_count_need_zip64() -> None:
    few = {f"{number:06}": b"" for number in range(65_534)}
    assert b"PK\x06\x06" not in written(few)
    many = few | {f"{number:06}": b"" for number in range(65_534, 65_600)}
    content = written(many)
    assert content.count(b"PK\x06\x06") == 1
    with zipfile.ZipFile(io.BytesIO(content)) as read:
        assert read.namelist() == list(many)


def test_a_place_beyond_32_bits_needs_zip64() -> None:
    target = io.BytesIO()
    with ZipFile(target) as file:
        file.add("a", b"one")
        file._offset = 2**32 + 5  # as if gigabytes stood between
        file.add("b", b"two")
        file.finish()
    directory = target.getvalue()
    entry = directory.rindex(b"PK\x01\x02")
    assert directory[entry + 42 : entry + 46] == b"\xff\xff\xff\xff"
    assert directory[entry + 46 : entry + 47] == b"b"
    assert int.from_bytes(directory[entry + 51 : entry + 59], "little") == 2**32 + 5


@pytest.mark.parametrize("names", [("b", "a"), ("a", "a"), ("",)])
def test_names_that_do_not_ascend_are_refused(names: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="does not come after"):
        written_in_order(names)


def written_in_order(names: tuple[str, ...]) -> None:
    with ZipFile(io.BytesIO()) as file:
        for name in names:
            file.add(name, b"")


def test_a_member_that_is_too_large_is_refused() -> None:
    class Large(bytes):
        @override
        def __len__(self) -> int:
            return LARGEST_MEMBER + 1

    with ZipFile(io.BytesIO()) as file, pytest.raises(ValueError, match="more than"):
        file.add("a", Large())


def test_the_verifier_follows_a_file_that_needs_zip64() -> None:
    content = written({f"{number:06}": b"x" for number in range(65_600)})
    opened = open_container(content, lambda _: 0)
    assert opened.problems == ()
    assert len(opened.members) == 65_600
    assert opened.read("065599") == b"x"
    for place in (len(content) - 60, len(content) - 30):
        damaged = bytearray(content)
        damaged[place] ^= 1
        [problem] = open_container(bytes(damaged), lambda _: 0).problems
        assert problem.start is not None
        assert problem.end is not None
        assert problem.start <= place < problem.end
