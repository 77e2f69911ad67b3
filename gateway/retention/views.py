"""What the API says of retention."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from countries.base import Anchor
from countries.retention import Term
from gateway.kit.clock import written
from gateway.kit.ids import public_id
from gateway.retention.repository import HoldRow
from gateway.retention.service import Explained

_ANCHORS: Mapping[Anchor, str] = MappingProxyType(
    {
        Anchor.CALENDAR_YEAR_END: "the end of the calendar year of issue",
        Anchor.FISCAL_YEAR_END: "the end of the business year of issue",
        Anchor.FISCAL_YEAR_CALENDAR_END: "the end of the calendar year in which the business year"
        " of issue ends",
        Anchor.FIRST_OF_JULY: "1 July of the year after the business year of issue",
        Anchor.ISSUE: "the day of issue",
        Anchor.TAX_PERIOD_END: "the end of the quarter of the tax point",
        Anchor.TAX_DUE: "the day the tax is due",
        Anchor.TAX_DUE_YEAR_END: "the end of the calendar year in which the tax is due",
    }
)


def explained_json(found: Explained) -> dict[str, Any]:
    """Return how long a document is kept (`RetentionView`)."""
    basis, paper = found.basis, found.paper
    month, day = basis.fiscal_year_end
    return {
        "id": paper.public_id,
        "object": "retention",
        "entity_id": public_id("ent", paper.row.entity_id),
        "retain_until": paper.retain_until.isoformat(),
        "over": found.over,
        "holds": [public_id("hld", one.id) for one in found.holds],
        "as_of": found.as_of.isoformat(),
        "by_law_until": found.by_law.until.isoformat(),
        "rules": [rule_json(term) for term in found.by_law.terms],
        "issued": basis.issued.isoformat(),
        "tax_point": basis.tax_point and basis.tax_point.isoformat(),
        "kinds": sorted(basis.kinds),
        "subjects": sorted(basis.subjects),
        "noted_subjects": sorted(found.noted),
        "fiscal_year_end": f"{month:02}-{day:02}",
    }


def over_json(found: Explained) -> dict[str, Any]:
    """Return a document whose last day is past (`OverView`)."""
    paper = found.paper
    return {
        "id": paper.public_id,
        "object": "retention_over",
        "kind": paper.kind,
        "number": paper.row.number,
        "issued": found.basis.issued.isoformat(),
        "retain_until": paper.retain_until.isoformat(),
        "by_law_until": found.by_law.until.isoformat(),
        "why": rule_json(found.by_law.terms[0])["why"],
        "holds": [public_id("hld", one.id) for one in found.holds],
    }


def hold_json(row: HoldRow) -> dict[str, Any]:
    """Return a legal hold (`HoldView`)."""
    ended = None if row.ended_by_kind is None else {"kind": row.ended_by_kind, "id": row.ended_by}
    return {
        "id": public_id("hld", row.id),
        "object": "retention_hold",
        "entity_id": public_id("ent", row.entity_id),
        "active": row.ended_at is None,
        "reason": row.reason,
        "document_id": row.document,
        "kinds": None if row.kinds is None else list(row.kinds),
        "issued_from": row.issued_from and row.issued_from.isoformat(),
        "issued_until": row.issued_until and row.issued_until.isoformat(),
        "placed_at": written(row.placed_at),
        "placed_by": {"kind": row.placed_by_kind, "id": row.placed_by},
        "ended_at": row.ended_at and written(row.ended_at),
        "ended_by": ended,
        "end_reason": row.end_reason,
    }


def rule_json(term: Term) -> dict[str, Any]:
    """Return a rule that applies to a document (`RetentionRuleView`)."""
    rule = term.rule
    months = f" and {rule.months} months" if rule.months else ""
    source = rule.source
    return {
        "until": term.until.isoformat(),
        "why": f"{rule.years} years{months} from {_ANCHORS[rule.anchor]}",
        "years": rule.years,
        "months": rule.months,
        "anchor": rule.anchor.value,
        "kind": None if rule.subject else rule.kind.value,
        "subject": rule.subject and rule.subject.value,
        "source": {
            "title": source.title,
            "url": source.url,
            "read_on": source.read_on.isoformat(),
            "confidence": source.confidence.value,
            "note": source.note,
        },
    }
