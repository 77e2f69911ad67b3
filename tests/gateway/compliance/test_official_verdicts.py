"""Our verdicts against the declared ones, document by document, rule by rule, count by count."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from formats.findings import Finding, Outcome
from formats.registry import PROFILES
from formats.validation.document import Document
from formats.validation.pipeline import judge
from formats.validation.rules import CompiledRules
from schemas import Catalog

DAY = date(2026, 11, 20)
FAMILIES = {"EN-UBL": "eu.cen.en16931:ubl", "PEPPOL": "eu.peppol.bis3:invoice"}

Verdict = dict[str, dict[str, int]]


def verdict(findings: tuple[Finding, ...], family: str) -> Verdict:
    """Flag to rule id to count, as EXPECTED.json has it."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for finding in findings:
        if finding.rule_set.startswith(f"{family}:"):
            counts[finding.flag][finding.rule] += 1
    return {flag: dict(rules) for flag, rules in counts.items()}


def test_verdicts_over_the_corpus_are_the_declared_ones(
    official: Path,
    catalog: Catalog,
    rules: CompiledRules,
    record_property: Callable[[str, object], None],
) -> None:
    documents = json.loads((official / "EXPECTED.json").read_text())["documents"]
    ubl = replace(PROFILES["en16931-ubl"], rules=())
    judged: Counter[str] = Counter()
    differences = []
    for name, expected in documents.items():
        sets = {
            key: family for key, family in FAMILIES.items() if key in expected.get("rules", {})
        }
        if not sets:
            continue
        content = (official / name).read_bytes()
        profile = replace(ubl, rule_sets=tuple(sets.values()))
        report = judge(content, profile=profile, as_of=DAY, catalog=catalog, engine=rules)
        outcomes = {layer.id.rpartition(":")[0]: layer.outcome for layer in report.layers}
        findings = report.findings
        judged["documents"] += 1
        if expected["xsd"] == "valid":
            assert all(outcomes[family] is Outcome.RAN for family in sets.values()), name
            assert not any(finding.rule.startswith("XSD-") for finding in findings), name
        else:
            # The pipeline stops there; the declared verdict was made without stopping.
            assert any(finding.rule.startswith("XSD-") for finding in findings), name
            assert not report.valid
            judged["not valid to the schema"] += 1
            findings = tuple(
                finding
                for family in sets.values()
                for finding in rules.run(catalog.resolve(family, DAY), Document(content))
            )
        for key, family in sets.items():
            judged[key] += 1
            judged["findings"] += sum(finding.rule_set.startswith(family) for finding in findings)
            if verdict(findings, family) != expected["rules"][key]:
                differences.append((name, key))
    for key, count in judged.items():
        record_property(key, count)
    assert differences == []
    assert judged["documents"] == judged["EN-UBL"] == 635
    assert judged["PEPPOL"] == 130
    assert judged["not valid to the schema"] == 17


def test_the_self_billing_examples_are_valid_to_the_self_billing_rules(
    official: Path, catalog: Catalog, rules: CompiledRules
) -> None:
    examples = sorted((official / "peppol-2026-05/examples").glob("SB-*.xml"))
    assert len(examples) == 7
    self_billing = replace(PROFILES["peppol-bis-3-self-billing"], rules=())
    for path in examples:
        report = judge(
            path.read_bytes(), profile=self_billing, as_of=DAY, catalog=catalog, engine=rules
        )
        assert report.layers[-1].id == "eu.peppol.bis3:invoice-self-billing:2026.5"
        assert report.layers[-1].outcome is Outcome.RAN
        assert report.fatal == (), path.name
