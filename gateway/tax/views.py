"""Decisions as the API shows them."""

from typing import Any

from countries.vat.alternatives import Change
from countries.vat.decision import Decision, Rule
from countries.vat.notes import note
from formats.en16931.rules.base import plain

UNDECIDED = "undecided"


def decision_json(
    decision: Decision, changes: tuple[Change, ...] = (), language: str = "en"
) -> dict[str, Any]:
    """Return a decision as JSON; see `LineDecisionView`."""
    rules = tuple({rule.id: rule for rule in decision.rules}.values())
    return {
        **_result(decision),
        "rules": [rule.id for rule in rules],
        "sources": [_source(rule) for rule in rules],
        "note": _note(decision, language),
        "undecided": [{"fact": one.fact, "why": one.why} for one in decision.missing],
        "assumed": list(decision.assumed),
        "would_change": [
            {"fact": one.fact, "value": one.value, **_result(one.decision)} for one in changes
        ],
    }


def _result(decision: Decision) -> dict[str, str | None]:
    return {
        "category": decision.category or UNDECIDED,
        "rate": None if decision.rate is None else plain(decision.rate),
        "vatex": decision.vatex,
        "tax_country": decision.tax_country,
    }


def _note(decision: Decision, language: str) -> str:
    if decision.missing:
        return " ".join(f"{one.fact} is missing. {one.why}" for one in decision.missing)
    return note(decision, language)


def _source(rule: Rule) -> dict[str, str]:
    return {
        "rule": rule.id,
        "says": rule.says,
        "title": rule.source.title,
        "url": rule.source.url,
        "confidence": rule.source.confidence.value,
        "read_on": rule.source.read_on.isoformat(),
        "remark": rule.source.note,
    }
