"""What reports come to, and how two of one document differ. Pure; reports are JSON as archived.

A day whose rules are not here is never judged by others in silence: where a later version of a
rule set stands in for the one that was in force, the verdict is `unknown`, and `by_stand_ins` says
what the later one would say.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from formats.validation.layers import XML_LAYER
from formats.validation.recognition import RULE_SET as RECOGNITION
from gateway.validations.bodies import LAYER as JSON_LAYER
from schemas import Kind
from schemas.manifest import Manifest

Json = dict[str, Any]
Report = Mapping[str, Any]
Verdict = Literal["valid", "invalid", "unknown"]

_READING = frozenset({XML_LAYER, RECOGNITION, JSON_LAYER})
"""Layers that tell what a document is; when only they ran, nothing has judged it."""

_VERSIONED = 2  # colons in the id of an artefact: group, name, version
_NATIONAL = "countries."


@dataclass(frozen=True, slots=True)
class StandIn:
    """A version of a rule set that judged a day before its first.

    Attributes:
        id: The artefact.
        in_force_from: Its first day.
    """

    id: str
    in_force_from: datetime.date

    def as_dict(self) -> Json:
        """Return it as JSON."""
        return {"id": self.id, "in_force_from": self.in_force_from.isoformat()}


def stand_ins(report: Report, day: datetime.date, manifest: Manifest) -> tuple[StandIn, ...]:
    """Return the rule sets that judged a day on which they were not in force yet.

    Schemas do not count: a document names the version of its syntax by itself.
    """
    found = []
    for layer in report["layers"]:
        declared = manifest.artefact(layer["id"]) if layer["outcome"] == "ran" else None
        if declared is None or declared.kind is Kind.XSD:
            continue
        if day < declared.in_force_from:
            found.append(StandIn(declared.id, declared.in_force_from))
    return tuple(found)


def verdict_of(report: Report) -> Verdict:
    """Return what a report comes to, whatever the day of its rules."""
    layers: Sequence[Report] = report["layers"]
    readable = report.get("refusal") is None
    if any(each["flag"] == "fatal" for each in report["findings"]):
        judged = readable or any(layer["id"] not in _READING for layer in layers)
        return "invalid" if judged else "unknown"
    complete = bool(layers) and all(layer["outcome"] == "ran" for layer in layers)
    return "valid" if complete and readable else "unknown"


def verdict_on(report: Report, standing: Iterable[StandIn], manifest: Manifest) -> Verdict:
    """Return what a report comes to on its day: only rules that were in force then decide.

    Where something stands in, our own rules decide nothing either: they are those of the version
    of the official set that we know.
    """
    later = {one.id for one in standing}
    if not later:
        return verdict_of(report)
    for each in report["findings"]:
        rule_set = each["rule_set"]
        ours = manifest.artefact(rule_set) is None and rule_set != XML_LAYER
        if each["flag"] == "fatal" and rule_set not in later and not ours:
            return "invalid"
    return "unknown"


def artefacts(report: Report) -> list[Json]:
    """Return what judged: ids, and the sources of those that are official files."""
    return [
        {"id": layer["id"], "source": layer.get("source")}
        for layer in report["layers"]
        if layer["outcome"] == "ran"
    ]


def unjudged(report: Report) -> list[Json]:
    """Return the layers that reached no verdict, and why."""
    return [
        {"id": layer["id"], "outcome": layer["outcome"], "reason": layer.get("reason")}
        for layer in report["layers"]
        if layer["outcome"] != "ran"
    ]


def differences(then: Report, now: Report) -> Json:
    """Return the rules that only one of two reports names, by id and severity.

    `not_asked_again`: rules of sets that did not judge now, as those of a tax decision, which need
    what the document does not say.
    """
    before, after = _rules(then), _rules(now)
    asked = _Asked(now)
    missing = [(key, before[key]) for key in sorted(before.keys() - after.keys())]
    return {
        "appeared": [_rule(key, after[key]) for key in sorted(after.keys() - before.keys())],
        "gone": [_rule(key, each) for key, each in missing if asked.of(each)],
        "not_asked_again": [_rule(key, each) for key, each in missing if not asked.of(each)],
    }


class _Asked:
    """The rule sets that judged in a report, whatever their version."""

    def __init__(self, report: Report) -> None:
        ran = [layer["id"] for layer in report["layers"] if layer["outcome"] == "ran"]
        self._families = {_family(one) for one in ran}
        # The national layer is one; its findings carry the ids of the country's own sets.
        self._national = tuple(
            f"{one.removeprefix(_NATIONAL).partition(':')[0]}.gateway:"
            for one in ran
            if one.startswith(_NATIONAL)
        )

    def of(self, rule_set: str) -> bool:
        """Tell whether a rule set was asked."""
        return _family(rule_set) in self._families or rule_set.startswith(self._national)


def _rules(report: Report) -> dict[tuple[str, str], str]:
    """Return rule and severity of every finding, with the set that named it first."""
    found: dict[tuple[str, str], str] = {}
    for each in report["findings"]:
        found.setdefault((each["rule"], each["flag"]), each["rule_set"])
    return found


def _rule(key: tuple[str, str], rule_set: str) -> Json:
    rule, flag = key
    return {"rule": rule, "flag": flag, "rule_set": rule_set}


def _family(name: str) -> str:
    return name.rpartition(":")[0] if name.count(":") == _VERSIONED else name
