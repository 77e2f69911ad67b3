"""What would be issued now: a document written and judged by today's code. Stores nothing."""

import datetime
from typing import Any

from formats.en16931.changes import Change, diff
from formats.findings import Finding
from formats.registry import PROFILES
from gateway.archive.service import Archive
from gateway.compliance.national import with_national_layer
from gateway.compliance.validation import Validator
from gateway.documents.held import invoice_of, seat_of
from gateway.documents.preparation import country_of
from gateway.documents.repository import DocumentRow
from gateway.kit.tenancy import TenantTransaction

Json = dict[str, Any]


def reissued(
    tx: TenantTransaction,
    row: DocumentRow,
    archive: Archive,
    validator: Validator,
    today: datetime.date,
) -> Json:
    """Return how today's bytes and today's judgement differ from those of the day of issue.

    Args:
        tx: Sees the document.
        row: The document; issued.
        archive: Where its bytes are.
        validator: Judges them.
        today: The day whose rules are asked.
    """
    profile = PROFILES.get(row.profile or "")
    content = archive.issued(tx, row.id, row.content_sha256)
    if profile is None or content is None:
        return {"not_written": f"there is no profile {row.profile} to write it in"}
    invoice = invoice_of(row)
    again = profile.write(invoice)
    report = validator.validate(again, profile, today, invoice=invoice)
    country = country_of(invoice.seller, seat_of(tx), row.kind)
    judged = with_national_layer(report, country, invoice)
    then = {one["rule"] for one in (row.report or {}).get("findings", [])}
    now = {one.rule for one in judged.findings}
    return {
        "profile": profile.id,
        "as_of": today.isoformat(),
        "identical": again == content,
        "changes": [_change(one) for one in diff(profile.read(content), profile.read(again))],
        "valid": judged.valid,
        "new_findings": [_finding(one) for one in judged.findings if one.rule not in then],
        "gone_findings": sorted(then - now),
    }


def _change(one: Change) -> Json:
    return {
        "kind": one.kind.value,
        "term": one.term,
        "name": one.name,
        "pointer": one.pointer,
        "old": one.old,
        "new": one.new,
    }


def _finding(one: Finding) -> Json:
    return {
        "rule": one.rule,
        "rule_set": one.rule_set,
        "flag": one.flag.value,
        "message": one.message,
        "term": one.term,
    }
