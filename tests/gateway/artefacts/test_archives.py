"""Zip archives, and those made to harm."""

import io
import zipfile

import pytest

from gateway.artefacts import archives
from gateway.artefacts.errors import FetchError

LIMIT = 100_000


def packed(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, body in members:
            archive.writestr(name, body)
    return buffer.getvalue()


def test_named_members_are_read_from_their_folder() -> None:
    archive = packed(("base/a.xsd", b"a"), ("base/b/c.xsd", b"c"), ("a.xsd", b"other"))
    found = archives.members(archive, "base", ["a.xsd", "b/c.xsd"], LIMIT)
    assert found == {"a.xsd": b"a", "b/c.xsd": b"c"}
    assert archives.members(archive, "", ["a.xsd"], LIMIT) == {"a.xsd": b"other"}


def refused(archive: bytes, *names: str, limit: int = LIMIT) -> str:
    with pytest.raises(FetchError) as caught:
        archives.members(archive, "", names or ("a.xsd",), limit)
    return str(caught.value)


def test_a_member_that_climbs_out_is_never_what_was_asked_for() -> None:
    archive = packed(("../a.xsd", b"x"), ("/a.xsd", b"y"), ("..\\a.xsd", b"z"))
    assert "no member a.xsd" in refused(archive)


def test_a_bomb_is_not_unpacked() -> None:
    bomb = packed(("a.xsd", bytes(50_000_000)))
    assert len(bomb) < LIMIT
    assert f"more than {LIMIT} bytes" in refused(bomb)


def test_a_bomb_of_many_members_is_not_unpacked() -> None:
    names = [f"{number}.xsd" for number in range(20)]
    bomb = packed(*((name, bytes(10_000)) for name in names))
    assert f"more than {LIMIT} bytes" in refused(bomb, *names)


def test_a_bomb_that_lies_about_its_size_is_not_unpacked() -> None:
    bomb = bytearray(packed(("a.xsd", bytes(50_000_000))))
    entry = bomb.rindex(b"PK\x01\x02")
    for place in (bomb.index(b"PK\x03\x04") + 22, entry + 24):  # the size unpacked
        bomb[place : place + 4] = (10).to_bytes(4, "little")
    content = bytes(bomb)
    try:
        found = archives.members(content, "", ["a.xsd"], LIMIT)
    except FetchError:
        return
    assert len(found["a.xsd"]) <= 10


def test_members_that_share_their_bytes_are_refused() -> None:
    archive = bytearray(packed(("a.xsd", b"a" * 10), ("b.xsd", b"b" * 10)))
    second = archive.rindex(b"PK\x01\x02")
    archive[second + 42 : second + 46] = (0).to_bytes(4, "little")  # where the member begins
    assert "overlaps" in refused(bytes(archive))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_of_one_name_are_refused() -> None:
    assert "two members" in refused(packed(("a.xsd", b"a"), ("a.xsd", b"b")))


def test_an_encrypted_member_is_refused() -> None:
    archive = bytearray(packed(("a.xsd", b"a")))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        archive[archive.index(signature) + offset] |= 1
    assert "encrypted" in refused(bytes(archive))


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_unusual_packing_is_refused(method: int) -> None:
    assert "packed unusually" in refused(packed(("a.xsd", b"a"), method=method))


def test_too_many_members_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_MEMBERS", 2)
    archive = packed(*((f"{number}.xsd", b"") for number in range(3)))
    assert "more than 2 members" in refused(archive)


@pytest.mark.parametrize("damage", ["cut", "no zip", "empty", "flipped"])
def test_a_damaged_archive_is_refused(damage: str) -> None:
    archive = packed(("a.xsd", b"schema" * 1000))
    broken = {
        "cut": archive[: len(archive) // 2],
        "no zip": b"<html/>",
        "empty": b"",
        "flipped": archive[:45] + bytes([archive[45] ^ 0xFF]) + archive[46:],
    }[damage]
    assert "cannot be read" in refused(broken)
