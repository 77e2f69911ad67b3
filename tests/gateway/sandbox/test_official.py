"""The access point's own judgement on the official examples: what the rules accept, it accepts."""

import json
from pathlib import Path

import pytest

from gateway.sandbox.network import arithmetic, document, identifiers

CUSTOMIZATIONS = {
    "urn:cen.eu:en16931:2017",
    "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0",
    "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:selfbilling:3.0",
}


def candidates(official: Path) -> list[tuple[str, document.Document, bool]]:
    """Return every readable document of these customizations, and whether a rule is broken."""
    found = []
    expected = json.loads((official / "EXPECTED.json").read_bytes())["documents"]
    for name, verdicts in expected.items():
        path = official / name
        content = path.read_bytes() if path.suffix == ".xml" and path.is_file() else b""
        if b"schema:xsd:Invoice-2" not in content and b"schema:xsd:CreditNote-2" not in content:
            continue
        try:
            read = document.read(document.parse(content))
        except document.UnreadableError:
            continue
        if document.text(read.root, "cbc:CustomizationID") not in CUSTOMIZATIONS:
            continue
        if document.schema_findings(read):
            continue
        fatal = any(rules.get("fatal") for rules in verdicts.get("rules", {}).values())
        found.append((name, read, fatal))
    return found


@pytest.mark.official
def test_what_the_official_rules_accept_is_accepted(official: Path) -> None:
    accepted = [(name, read) for name, read, fatal in candidates(official) if not fatal]
    assert len(accepted) >= 66
    refused = {
        name: findings
        for name, read in accepted
        if (findings := arithmetic.findings(read) + identifiers.findings(read))
    }
    assert refused == {}
