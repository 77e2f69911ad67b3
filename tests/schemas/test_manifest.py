from datetime import date
from pathlib import Path

import pytest

from schemas import Manifest, ManifestError
from schemas.declaration import Declaration

SHA256 = "a" * 64
ARTEFACT = f"""
[[artefact]]
id = "org.example:rules:1"
kind = "xslt"
title = "Rules"
publisher = "Example"
licence = "none"
homepage = "https://example.org"
from = 2026-01-01
entry = "rules.xslt"
[[artefact.source]]
type = "directory"
relation = "identical"
files = {{ "rules.xslt" = "{SHA256}" }}
"""


@pytest.fixture
def load(tmp_path: Path) -> "type[Loader]":
    Loader.path = tmp_path / "org.example.toml"
    return Loader


class Loader:
    path: Path

    @classmethod
    def of(cls, text: str) -> tuple[Declaration, ...]:
        cls.path.write_text(text)
        return Manifest.load(cls.path.parent).declarations


def test_a_manifest_is_read_as_written(load: type[Loader]) -> None:
    (rules,) = load.of(ARTEFACT)
    assert rules.id == "org.example:rules:1"
    assert (rules.family, rules.version) == ("org.example:rules", "1")
    assert rules.in_force_from == date(2026, 1, 1)
    assert dict(rules.sources[0].files) == {"rules.xslt": SHA256}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param('title = "Rules"', "", id="a key is missing"),
        pytest.param('title = "Rules"', 'titel = "Rules"', id="a key is misspelled"),
        pytest.param('kind = "xslt"', 'kind = "sch"', id="unknown kind"),
        pytest.param('relation = "identical"', 'relation = "same"', id="unknown relation"),
        pytest.param('type = "directory"', 'type = "web"', id="unknown source type"),
        pytest.param('type = "directory"', 'type = "package"', id="a package without version"),
        pytest.param(SHA256, SHA256.upper(), id="sha256 in capitals"),
        pytest.param(SHA256, SHA256[1:], id="sha256 too short"),
        pytest.param('"rules.xslt" =', '"../rules.xslt" =', id="a file outside its folder"),
        pytest.param('"rules.xslt" =', '"/rules.xslt" =', id="an absolute file"),
        pytest.param('entry = "rules.xslt"', 'entry = "other.xslt"', id="entry not among files"),
        pytest.param("from = 2026-01-01", 'from = "2026-01-01"', id="a day as text"),
        pytest.param("from = 2026-01-01", "from = 2026-01-01\nuntil = 2025-01-01", id="backwards"),
        pytest.param('"org.example:rules:1"', '"rules:1"', id="an id without group"),
        pytest.param(
            "[[artefact.source]]", 'file_set = "no"\n[[artefact.source]]', id="stray key"
        ),
        pytest.param(
            'type = "directory"', 'type = "directory"\nfile_set = "no"', id="no such set"
        ),
        pytest.param(f'"{SHA256}"', "{", id="not TOML"),
    ],
)
def test_a_manifest_with_a_mistake_does_not_load(load: type[Loader], old: str, new: str) -> None:
    assert old in ARTEFACT
    with pytest.raises(ManifestError):
        load.of(ARTEFACT.replace(old, new, 1))


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("from = 2025-01-01", "from = 2026-01-01"),
        ("from = 2025-01-01\nuntil = 2026-01-01", "from = 2026-01-01"),
    ],
    ids=["the older has no end", "they share a day"],
)
def test_two_versions_never_judge_the_same_day(load: type[Loader], older: str, newer: str) -> None:
    first = ARTEFACT.replace("from = 2026-01-01", older)
    second = ARTEFACT.replace("rules:1", "rules:2").replace("from = 2026-01-01", newer)
    with pytest.raises(ManifestError, match="same day"):
        load.of(first + second)


def test_an_entry_of_a_source_must_be_among_its_files(load: type[Loader]) -> None:
    own = 'type = "directory"\nentry = "own.xslt"'
    with pytest.raises(ManifestError, match=r"own\.xslt"):
        load.of(ARTEFACT.replace('type = "directory"', own))


def test_the_manifest_of_the_house_loads() -> None:
    declarations = Manifest.load().declarations
    families = {declaration.family for declaration in declarations}
    assert {
        *("org.oasis-open.ubl:invoice", "un.unece.uncefact:cii-d16b", "eu.cen.en16931:cii"),
        *("eu.peppol.bis3:invoice", "de.xrechnung:cii", "eu.factur-x:extended"),
    } <= families
    assert all(declaration.licence and declaration.homepage for declaration in declarations)
