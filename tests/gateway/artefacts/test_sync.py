"""What a site without a network brings itself, and what is asked of whom."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from gateway.artefacts.choice import chosen
from gateway.artefacts.needs import families
from gateway.artefacts.sync import State
from schemas import Catalog, Manifest, Relation, Source, SourceType, UnknownArtefactError
from schemas.declaration import Archive
from tests.gateway.artefacts.conftest import ID, RULES, House, addressed, declared, sha256
from tests.gateway.artefacts.publisher import Publisher, content
from tests.gateway.artefacts.test_wheels import FILE, carried, wheel

GIVEN = Source(SourceType.DIRECTORY, "folder", Relation.IDENTICAL, {"rules.sch": sha256(RULES)})


@pytest.fixture
def brought(tmp_path: Path) -> Path:
    folder = tmp_path / "brought"
    folder.mkdir()
    return folder


def packed(name: str, body: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, body)
    return buffer.getvalue()


def test_a_directory_brings_files_as_its_sources_say(house: House, brought: Path) -> None:
    (brought / "folder").mkdir()
    (brought / "folder" / "rules.sch").write_bytes(RULES)
    house.declare(declared(GIVEN))
    (result,) = house.sync(directory=brought)
    assert (result.state, result.source) == (State.FETCHED, "directory folder")
    (brought / "folder" / "rules.sch").unlink()
    assert house.catalog.artefact(ID, house.declarations[0].in_force_from).content == RULES


def test_a_directory_with_other_bytes_brings_nothing(house: House, brought: Path) -> None:
    (brought / "folder").mkdir()
    (brought / "folder" / "rules.sch").write_bytes(b"<other/>")
    house.declare(declared(GIVEN))
    (result,) = house.sync(directory=brought)
    assert result.state is State.FAILED
    assert sha256(b"<other/>") in result.refusals[0].reason
    assert house.left() == set()


def test_a_directory_brings_wheels_by_their_name(house: House, brought: Path) -> None:
    house.declare(declared(carried(wheel(brought, rules=RULES))))
    (result,) = house.sync(directory=brought)
    assert result.state is State.FETCHED
    (brought / FILE).write_bytes(b"another")
    house.declare(replace(house.declarations[0], id="org.example:rules:2"))
    (other,) = house.sync(directory=brought)
    assert f"{FILE} has sha256" in other.refusals[0].reason


def test_a_directory_stands_for_publishers_and_nobody_is_asked(
    house: House, brought: Path, publisher: Publisher
) -> None:
    mirrored = brought / publisher.host / "0123456789"
    mirrored.mkdir(parents=True)
    (mirrored / "rules.sch").write_bytes(RULES)
    house.declare(
        declared(addressed(publisher)),
        declared(
            addressed(publisher, other=RULES), identifier="org.example:other:1", entry="other.sch"
        ),
    )
    here, missing = house.sync(directory=brought)
    assert here.state is State.FETCHED
    assert missing.state is State.FAILED
    assert "No such file" in missing.refusals[0].reason
    assert publisher.asked == []


def test_an_archive_at_an_address_is_unpacked(house: House, publisher: Publisher) -> None:
    body = packed("folder/rules.sch", RULES)
    publisher.answer("release.zip", content(body))
    archive = Archive("release.zip", sha256(body), address=f"{publisher.address}release.zip")
    source = replace(GIVEN, type=SourceType.ADDRESS, archive=archive)
    house.declare(declared(source), declared(source, identifier="org.example:again:1"))
    assert {result.state for result in house.sync()} == {State.FETCHED}
    assert len(publisher.asked) == 1


def test_an_archive_of_other_bytes_is_not_even_opened(house: House, publisher: Publisher) -> None:
    body = packed("folder/rules.sch", RULES)
    publisher.answer("release.zip", content(b"PK" + body))
    archive = Archive("release.zip", sha256(body), address=f"{publisher.address}release.zip")
    house.declare(declared(replace(GIVEN, type=SourceType.ADDRESS, archive=archive)))
    result = house.one()
    assert result.state is State.FAILED
    assert sha256(body) in result.refusals[0].reason


def test_an_older_version_is_not_fetched(house: House, publisher: Publisher) -> None:
    publisher.answer("rules.sch", content(RULES))
    house.declare(declared(replace(addressed(publisher), relation=Relation.OLDER)))
    assert house.one().state is State.FAILED
    assert publisher.asked == []


def test_what_only_a_directory_has_is_said(house: House) -> None:
    house.declare(declared(GIVEN))
    result = house.one()
    assert result.state is State.FAILED
    (refusal,) = result.refusals
    assert refusal.source == "directory folder"
    assert "--from" in refusal.reason


@pytest.mark.parametrize(
    ("name", "count"),
    [("eu.cen.en16931:ubl:1.3.16", 1), ("eu.peppol.bis3:invoice", 2), ("eu.cen.en16931", 4)],
)
def test_a_name_chooses_an_id_a_family_or_a_group(name: str, count: int) -> None:
    assert len(chosen(Catalog(), [name, name])) == count


def test_no_name_chooses_all_and_an_unknown_one_none() -> None:
    catalog = Catalog()
    assert chosen(catalog, []) == Manifest.load().declarations
    with pytest.raises(UnknownArtefactError):
        chosen(catalog, ["eu.cen.en16931:ubl", "eu.cen.en16931:edifact"])


def test_every_family_that_is_needed_is_declared_and_who_needs_it_is_known() -> None:
    needed = families()
    declared_families = {each.family for each in Manifest.load().declarations}
    assert set(needed) <= declared_families
    assert {"profile peppol-bis-3", "country BE"} <= set(needed["eu.peppol.bis3:invoice"])
    assert "profile xrechnung-cii" in needed["eu.cen.en16931:cii"]


@pytest.mark.official
def test_everything_can_be_brought(official: Path, tmp_path: Path) -> None:
    house = House(tmp_path / "schemas", Manifest.load().declarations)
    results = house.sync(directory=official)
    assert {result.state for result in results} == {State.FETCHED, State.AT_HAND}
    assert all(found.available for found in house.catalog.artefacts())
