"""`gateway trust-stores`: whom an installation believes, put there by hand and by nobody else."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from typer.testing import CliRunner, Result

from formats.signatures import cms_making
from gateway.cli import trust_stores
from gateway.cli.application import application
from gateway.kit.embedded_postgres import EmbeddedPostgres
from tests.formats.signatures.pki import NOW, house
from tests.gateway.houses import House, opened

TOP, MIDDLE, LEAF = house()


@pytest.fixture(scope="module")
def home(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with opened(postgres, tmp_path_factory.mktemp("trust")) as house:
        yield house


@pytest.fixture(autouse=True)
def _here(home: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the commands work on the database of this house."""

    @contextmanager
    def inside() -> Iterator[tuple[object, object, object]]:
        yield home.runtime.database, home.runtime.vault.encryption, home.runtime.settings

    monkeypatch.setattr(trust_stores, "opened", inside)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(application, list(map(str, arguments)))


def listed(*name: str) -> list[tuple[str, str, str]]:
    done = run("trust-stores", "list", *name, "--json")
    assert done.exit_code == 0, done.output
    return [(one["store"], one["role"], one["fingerprint"]) for one in json.loads(done.stdout)]


def digest(der: bytes) -> str:
    return hashlib.sha256(der).hexdigest()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "root.pem").write_bytes(TOP.certificate.public_bytes(Encoding.PEM))
    (tmp_path / "middle.der").write_bytes(MIDDLE.der)
    (tmp_path / "signed.p7m").write_bytes(cms_making.sign(b"hello", LEAF.signer(), at=NOW))
    return tmp_path


def test_a_store_is_made_listed_used_and_taken_away(folder: Path) -> None:
    assert run("trust-stores", "add", "seals", folder).exit_code == 0
    root, middle = digest(TOP.der), digest(MIDDLE.der)
    assert sorted(listed("seals")) == [("seals", "anchor", root), ("seals", "extra", middle)]
    verify = ("signatures", "verify", folder / "signed.p7m", "--at", NOW.isoformat(), "--json")
    done = run(*verify, "--trust", "store:seals")
    assert (done.exit_code, json.loads(done.stdout)["trust"]) == (0, "seals")
    gone = run("trust-stores", "remove", "seals", "--fingerprint", root)
    assert gone.exit_code == 0
    assert listed("seals") == [("seals", "extra", middle)]
    assert run(*verify, "--trust", "store:seals").exit_code == 2  # it believes nobody now
    assert run("trust-stores", "remove", "seals").exit_code == 0
    assert run("trust-stores", "list", "seals").exit_code == 1
    assert run("trust-stores", "remove", "seals").exit_code == 1


def test_who_is_no_root_is_believed_only_when_that_is_said(folder: Path) -> None:
    assert run("trust-stores", "add", "helpers", folder / "middle.der").exit_code == 0
    assert [role for _, role, _ in listed("helpers")] == ["extra"]
    again = run("trust-stores", "add", "helpers", folder / "middle.der", "--anchors")
    assert again.exit_code == 0
    assert [role for _, role, _ in listed("helpers")] == ["extra"]  # not by adding it once more
    run("trust-stores", "remove", "helpers")
    run("trust-stores", "add", "helpers", folder / "middle.der", "--anchors")
    assert [role for _, role, _ in listed("helpers")] == ["anchor"]


@pytest.mark.parametrize("name", ["Seals", "-x", "a b", "a" * 64, "../x"])
def test_a_name_is_plain(folder: Path, name: str) -> None:
    assert run("trust-stores", "add", "--", name, folder / "root.pem").exit_code == 2


def test_what_is_no_certificate_is_not_added(folder: Path) -> None:
    assert run("trust-stores", "add", "odd", folder / "signed.p7m").exit_code == 2
    assert run("trust-stores", "list", "odd").exit_code == 1


def test_a_file_does_not_pass_for_a_store(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    (folder / "store:absent").write_bytes((folder / "root.pem").read_bytes())
    assert run("signatures", "verify", "signed.p7m", "--trust", "store:absent").exit_code == 2
