"""A second opinion: where our rules on the invoice and the official ones on the bytes disagree.

Both know many rules by the same id. When one says that a rule is broken and the other that it is
not, the report says so, with both versions: neither is silently believed.
"""

import sys
from datetime import date

from formats.findings import Finding, Flag, Layer, LayerOutcome, Report
from formats.profile import Profile
from schemas import Artefact, Catalog, Kind

RULE = "GW-23"
RULE_SET = "gateway.validations:agreement"


def with_disagreements(report: Report, profile: Profile, catalog: Catalog, day: date) -> Report:
    """Add an informative finding for each rule on which the two opinions differ.

    Only rules that both know count, and only when both have judged.

    Args:
        report: Of all layers.
        profile: Whose rules ran.
        catalog: Holds the official rule sets.
        day: The day whose versions judged.
    """
    official = _official(report, profile, catalog, day)
    own = _own(report, profile)
    if not official or not own:
        return report
    found = {
        layer: {each.rule for each in report.findings if each.layer is layer}
        for layer in (Layer.SEMANTIC, Layer.SCHEMATRON)
    }
    differing = found[Layer.SEMANTIC] ^ found[Layer.SCHEMATRON]
    notes = []
    for rule in sorted(differing):
        ours = next((name for name, rules in own.items() if rule in rules), None)
        theirs = next((each.id for each in official if _knows(each, rule)), None)
        if ours is None or theirs is None:
            continue
        broken = (ours, theirs) if rule in found[Layer.SEMANTIC] else (theirs, ours)
        notes.append(_note(rule, *broken, report))
    return Report(report.layers, (*report.findings, *notes)) if notes else report


def _note(rule: str, broken: str, kept: str, report: Report) -> Finding:
    first = next(each for each in report.findings if each.rule == rule)
    return Finding(
        rule=RULE,
        rule_set=RULE_SET,
        flag=Flag.INFORMATION,
        message=f"{rule} is broken by {broken} and not by {kept}: the two disagree.",
        term=first.term,
        pointer=first.pointer,
        location=first.location,
        line=first.line,
        layer=Layer.SEMANTIC,
    )


def _own(report: Report, profile: Profile) -> dict[str, frozenset[str]]:
    """Return our rule sets that ran, each with the ids it knows."""
    ran = {layer.id for layer in report.layers if layer.ran}
    known: dict[str, frozenset[str]] = {}
    for rules in profile.rules:
        module = sys.modules.get(rules.__module__)
        name = str(getattr(module, "RULE_SET", ""))
        if name in ran:
            known[name] = frozenset(getattr(module, "RULES", ()))
    return known


def _official(
    report: Report, profile: Profile, catalog: Catalog, day: date
) -> tuple[Artefact, ...]:
    """Return the official rule sets that ran; none when one of the profile's did not."""
    ran: dict[str, LayerOutcome] = {layer.id: layer for layer in report.layers if layer.ran}
    artefacts = []
    for layer in ran:
        if any(layer.startswith(f"{family}:") for family in profile.rule_sets):
            artefact = catalog.artefact(layer, day)
            if artefact.kind is not Kind.XSD:
                artefacts.append(artefact)
    return tuple(artefacts) if len(artefacts) == len(profile.rule_sets) else ()


def _knows(artefact: Artefact, rule: str) -> bool:
    """Tell whether a rule set has a rule: its source names every id as a value of its own."""
    name = rule.encode()
    spelled = (b'"%s"' % name, b"'%s'" % name, b">%s<" % name)
    return any(one in content for content in artefact.files.values() for one in spelled)
