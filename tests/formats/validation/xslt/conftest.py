"""The official compiled rule sets."""

from pathlib import Path

import pytest
from lxml import etree

from tests.formats.validation.xslt.compiled_rules import Compiled


@pytest.fixture(scope="session")
def compiled(official: Path) -> dict[str, Compiled]:
    """Every stylesheet below the official folder that has rules, by its path there."""
    found = {}
    for path in sorted(official.rglob("*.xsl*")):
        content = path.read_bytes()
        if b"fired-rule" not in content:
            continue
        stylesheet = Compiled(path, etree.fromstring(content))
        if stylesheet.rule_templates:
            found[str(path.relative_to(official))] = stylesheet
    return found
