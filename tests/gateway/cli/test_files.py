"""`gateway verify`: bundles in, verdicts and exit codes out."""

from pathlib import Path

from tests.gateway.cli.conftest import Gateway


def test_an_intact_bundle_verifies(
    gateway: Gateway, tmp_path: Path, exported: tuple[bytes, str]
) -> None:
    content, key = exported
    bundle, key_file = tmp_path / "bundle.zip", tmp_path / "log.key"
    bundle.write_bytes(content)
    key_file.write_text(key + "\n")
    for given in ((), ("--key", key), ("--key", str(key_file))):
        done = gateway("verify", bundle, "--json", *given)
        assert done.code == 0, done.out + done.err
        assert done.json["ok"] is True
        assert done.json["problems"] == []
        assert done.json["authentic"] is (True if given else None)


def test_people_read_whom_it_rests_on_and_each_file_if_they_ask(
    gateway: Gateway, tmp_path: Path, exported: tuple[bytes, str]
) -> None:
    content, key = exported
    bundle = tmp_path / "bundle.zip"
    bundle.write_bytes(content)
    lines = gateway("verify", bundle).out.splitlines()
    assert lines[:2] == ["intact:     yes", "authentic:  not established"]
    lines = gateway("verify", bundle, "--key", key).out.splitlines()
    assert lines[:2] == ["intact:     yes", "authentic:  yes"]
    files = [
        one for one in gateway("verify", bundle, "--files").out.splitlines() if "(leaf" in one
    ]
    assert f"evidence:   {len(files)} files" in lines
    assert not any("(leaf" in one for one in lines)


def test_a_flipped_byte_is_named(
    gateway: Gateway, tmp_path: Path, exported: tuple[bytes, str]
) -> None:
    content, key = exported
    bundle = tmp_path / "bundle.zip"
    place = len(content) // 3
    bundle.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
    done = gateway("verify", bundle, "--json", "--key", key)
    assert done.code == 1
    places = [(one["start"], one["end"]) for one in done.json["problems"] if one["start"]]
    assert any(start <= place < end for start, end in places)
    assert gateway("verify", bundle).code == 1


def test_a_wrong_key_does_not_verify(
    gateway: Gateway, tmp_path: Path, exported: tuple[bytes, str]
) -> None:
    content, key = exported
    bundle = tmp_path / "bundle.zip"
    bundle.write_bytes(content)
    other = "other+" + key.partition("+")[2]
    for wrong in ("nonsense", other, ""):
        done = gateway("verify", bundle, "--key", wrong)
        assert done.code not in {0, None}, wrong
        assert "Traceback" not in done.err


def test_a_file_that_is_no_bundle_does_not_verify(gateway: Gateway, tmp_path: Path) -> None:
    bundle = tmp_path / "bundle.zip"
    bundle.write_bytes(b"PK")
    assert gateway("verify", bundle).code == 1
    assert gateway("verify", tmp_path).code in {1, 2}
