"""Versions of the master key: the newest seals, all open, the last hashes."""

import base64
import copy
import pickle
from pathlib import Path

import pytest
from pydantic import SecretStr

from gateway.kit.secrets import MasterKey, MasterKeyError, UnsealError
from gateway.settings import Settings

OLD, NEW = b"1" * 32, b"2" * 32


def opened(*keys: bytes, between: str = " ") -> MasterKey:
    text = between.join(base64.b64encode(one).decode() for one in keys)
    return MasterKey.open(Settings(master_key=SecretStr(text)))


@pytest.mark.parametrize("between", [" ", ",", "\n", ", \n"])
def test_what_any_version_sealed_opens(between: str) -> None:
    both = opened(NEW, OLD, between=between)
    assert both.unseal(MasterKey(OLD).seal(b"text", "here"), "here") == b"text"
    sealed = both.seal(b"text", "here")
    assert MasterKey(NEW).unseal(sealed, "here") == b"text"
    with pytest.raises(UnsealError):
        MasterKey(OLD).unseal(sealed, "here")
    with pytest.raises(UnsealError):
        both.unseal(sealed, "elsewhere")


def test_what_was_hashed_is_found_again() -> None:
    assert opened(NEW, OLD).keyed_hash(b"a", "key") == MasterKey(OLD).keyed_hash(b"a", "key")
    assert opened(NEW, OLD).keyed_hash(b"a", "key") != MasterKey(NEW).keyed_hash(b"a", "key")


def test_a_version_has_one_name_wherever_it_stands() -> None:
    both = opened(NEW, OLD)
    assert both.versions == (*MasterKey(NEW).versions, *MasterKey(OLD).versions)
    old = both.only(both.versions[1])
    assert old.versions == MasterKey(OLD).versions
    with pytest.raises(UnsealError):
        old.only(both.versions[0])


def test_the_file_may_hold_several(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    first = MasterKey.open(settings)
    path = tmp_path / "secrets" / "master.key"
    path.write_text(f"{base64.b64encode(NEW).decode()}\n{path.read_text()}")
    assert MasterKey.open(settings).versions == (*MasterKey(NEW).versions, *first.versions)


@pytest.mark.parametrize("text", ["", "  ", "no base64!", base64.b64encode(b"short").decode()])
def test_anything_else_is_no_master_key(text: str) -> None:
    with pytest.raises(MasterKeyError):
        MasterKey.open(Settings(master_key=SecretStr(text)))


def test_it_leaves_its_process_in_no_form() -> None:
    key = MasterKey(NEW, OLD)
    assert repr(key) == str(key) == "MasterKey(...)"
    for attempt in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError):
            attempt(key)
