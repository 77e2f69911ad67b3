"""Our rules agree with PEPPOL-EN16931-UBL 3.0.21 on every official document it was run on."""

from pathlib import Path

import pytest

from formats.findings import Flag
from formats.peppol.rules import RULES, check
from formats.ubl import read
from tests.formats.official_rules import verdicts

pytestmark = pytest.mark.official


def test_the_fatal_rules_are_those_of_the_official_artefact(official: Path) -> None:
    documents, exercised, differing = 0, set(), {}
    for verdict in verdicts(official, "PEPPOL"):
        documents += 1
        ours = {
            finding.rule for finding in check(read(verdict.content)) if finding.flag is Flag.FATAL
        }
        theirs = verdict.fatal & RULES
        exercised |= ours & theirs
        if ours != theirs:
            differing[verdict.name] = sorted(ours ^ theirs)
    assert differing == {}
    assert documents >= 100
    assert len(exercised) >= 12
