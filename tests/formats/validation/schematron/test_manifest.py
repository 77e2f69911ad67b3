"""Every Schematron source of the manifest is complete in the files that it declares."""

from datetime import date
from pathlib import Path

import pytest

from formats.validation.schematron.model import UnsupportedRuleError
from formats.validation.schematron.source import read
from schemas import Catalog

pytestmark = pytest.mark.official


def test_every_source_of_the_manifest_is_read_from_the_files_it_declares(official: Path) -> None:
    catalog = Catalog([official])
    names = [each.id for each in catalog.manifest.declarations if each.kind == "schematron"]
    assert len(names) >= 20
    refused = {}
    for name in names:
        artefact = catalog.artefact(name, date(2026, 11, 20))
        try:
            rule_set = read(artefact.files, artefact.entry)
        except UnsupportedRuleError as error:
            refused[name] = str(error)
        else:
            assert sum(len(pattern.rules) for pattern in rule_set.patterns), name
    assert refused == {}
