"""The oracle of sources: it says what the compiled forms say, and takes every other schema.

It says so also of what was read: the rule set, every expression of it written out again.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.formats.validation.schematron.conftest import Read
from tests.formats.validation.schematron.official_schemas import compiled, files_of, schemas
from tests.formats.validation.schematron.test_official_schemas import NOT_READ
from tests.oracle import rule_set_to_xslt
from tests.oracle.saxon import SaxonOracle
from tests.oracle.schematron_to_xslt import stylesheet
from tests.oracle.verdict import Verdict

JUDGED = {
    "en16931/ubl/schematron/EN16931-UBL-validation.sch": "en16931/ubl/examples",
    "en16931/cii/schematron/EN16931-CII-validation.sch": "en16931/cii/examples",
    "peppol-2026-05/sch/PEPPOL-EN16931-UBL.sch": "peppol-bis3/rules/examples",
    "ro-cius/sch/EN16931-CIUS_RO-UBL-validation.sch": "ro-cius/examples",
    "rs-sef/sch/EN16931-UBL-srbdt-validation.sch": "rs-sef/examples",
    "pt-cius/sch/urn_feap.gov.pt_CIUS-PT_2.1.1.sch": "pt-cius/examples",
}
MOST_DOCUMENTS = 4

pytestmark = pytest.mark.official


@pytest.fixture(scope="module")
def oracle() -> Iterator[SaxonOracle]:
    with SaxonOracle() as running:
        yield running


@pytest.mark.parametrize("entry", JUDGED)
def test_the_oracle_of_a_source_says_what_the_compiled_form_says(
    official: Path, oracle: SaxonOracle, schema: Read, entry: str
) -> None:
    files = files_of(official, entry)
    sheet = stylesheet(files, entry)
    form = compiled(official, entry)
    assert form is not None
    rule_set = schema(entry)
    again = None if rule_set.functions else rule_set_to_xslt.stylesheet(rule_set)
    fired = 0
    for path in sorted((official / JUDGED[entry]).rglob("*.xml"))[:MOST_DOCUMENTS]:
        # Codes and amounts that no rule can like, so that something fires.
        document = re.sub(rb'currencyID="[A-Z]+"', b'currencyID="XQX"', path.read_bytes())
        document = re.sub(rb">([0-9]+)\.00<", rb">\g<1>.017<", document)
        ours = oracle.judge(entry, sheet, document)
        theirs = oracle.judge(str(form), form.read_bytes(), document)
        assert ours.error == theirs.error, path
        assert _said(ours) == _said(theirs), path
        if again is not None:
            as_read = oracle.judge(f"{entry} as read", again, document)
            assert as_read.error == theirs.error, path
            assert _said(as_read) == _said(theirs), path
        fired += len(ours.fired)
    assert fired > 0


def _said(verdict: Verdict) -> list[tuple[str, str, str, str]]:
    """Return all but the test: the skeleton takes `{1,3}` for a template and writes `1 3`."""
    return [(each.rule, each.flag, each.location, each.message) for each in verdict.fired]


def test_saxon_takes_every_schema_that_was_not_compiled(
    official: Path, oracle: SaxonOracle
) -> None:
    alone = [
        entry
        for entry in schemas(official)
        if compiled(official, entry) is None and entry not in NOT_READ
    ]
    assert len(alone) == 17
    for entry in alone:
        verdict = oracle.judge(entry, stylesheet(files_of(official, entry), entry), b"<a/>")
        assert verdict.error is None, entry
