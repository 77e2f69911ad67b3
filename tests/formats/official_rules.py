"""What the official artefacts say about the official documents, for the tests of our rules."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Verdict:
    """One document and the fatal rules that an official rule set finds broken."""

    name: str
    content: bytes
    fatal: frozenset[str]


def verdicts(official: Path, rule_set: str) -> Iterator[Verdict]:
    """Yield every XSD-valid UBL invoice and credit note that claims to follow EN 16931."""
    expected: dict[str, Any] = json.loads((official / "EXPECTED.json").read_bytes())
    for name, entry in expected["documents"].items():
        customization = entry.get("customization") or ""
        if (
            entry.get("xsd") == "valid"
            and entry.get("kind") in {"Invoice", "CreditNote"}
            and customization.startswith("urn:cen.eu:en16931:2017")
            and rule_set in entry["rules"]
        ):
            fatal = frozenset(entry["rules"][rule_set].get("fatal", {}))
            yield Verdict(name, (official / name).read_bytes(), fatal)
