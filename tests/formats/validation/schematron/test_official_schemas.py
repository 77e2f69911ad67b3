"""Every official schema is read, or named here with the reason why not."""

from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from formats.validation.schematron.model import Check, UnsupportedRuleError
from formats.validation.schematron.node import sch
from tests.formats.validation.schematron.conftest import Read
from tests.formats.validation.schematron.official_schemas import parts, schemas

# A part that the publisher generates from the code lists is not published as Schematron;
# peppol-2026-05/sch has the same schemas complete.
NOT_READ = {
    f"peppol-poacc/rules/sch/PEPPOLBIS-T{number}.sch": f"target/generated/T{number}-basic.sch"
    for number in ("01", "110", "111", "114", "115", "116", "16", "19", "58", "71", "76", "77")
}

pytestmark = pytest.mark.official


def test_every_schema_is_read_or_refused_for_the_reason_given(
    official: Path, schema: Read
) -> None:
    entries = schemas(official)
    refused = {}
    for entry in entries:
        try:
            rule_set = schema(entry)
        except UnsupportedRuleError as error:
            refused[entry] = str(error)
        else:
            checks = [c for p in rule_set.patterns for r in p.rules for c in r.body]
            assert checks, entry
    assert len(entries) == 110
    assert refused.keys() == NOT_READ.keys()
    assert [entry for entry, reason in NOT_READ.items() if reason not in refused[entry]] == []


def test_every_part_belongs_to_a_schema(official: Path) -> None:
    assert Counter(Path(part).parts[0] for part in parts(official)) == {
        "en16931": 10,
        "hr-fiskalizacija": 1,
        "peppol-poacc": 15,
        "pt-cius": 7,
        "ro-cius": 6,
        "rs-sef": 6,
        "xrechnung": 1,
    }


def test_no_check_of_a_schema_in_one_file_is_lost(official: Path, schema: Read) -> None:
    counted = 0
    for entry in set(schemas(official)) - NOT_READ.keys():
        root = etree.parse(official / entry).getroot()
        if root.find(f".//{sch('include')}") is None:
            rule_set = schema(entry)
            checks = [c for p in rule_set.patterns for r in p.rules for c in r.body]
            found = sum(isinstance(c, Check) for c in checks)
            assert found == len([*root.iter(sch("assert"), sch("report"))]), entry
            counted += found
    assert counted == 22_878
