"""What can go wrong with a document, as problem details (RFC 9457)."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from formats.findings import Finding
from gateway.problems import Problem


class InvoiceNotCompliantProblem(Problem):
    """The invoice breaks a rule; `findings` says which, where in the body, and how to mend it.

    Nothing was issued and no number was used. Correct the body and send it again.
    """

    type = "invoice-not-compliant"
    title = "The invoice is not compliant"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, findings: Iterable[dict[str, Any]]) -> None:
        listed = list(findings)
        fatal = [finding for finding in listed if finding["flag"] == "fatal"]
        first = fatal[0] if fatal else {"rule": "?", "message": ""}
        more = f" ({len(fatal) - 1} more)" if len(fatal) > 1 else ""
        super().__init__(f"{first['rule']}: {first['message']}{more}", findings=listed)


class LayerMissingProblem(Problem):
    """A layer of validation that this document needs could not judge it.

    Live documents are issued only when every layer ran: install what is missing (`gateway doctor`
    lists it) and finalize again. Nothing was issued and no number was used.
    """

    type = "layer-missing"
    title = "A required validation layer did not run"
    status = HTTPStatus.SERVICE_UNAVAILABLE


class DocumentStateProblem(Problem):
    """The document's state does not allow this: an issued document never changes.

    To change what was issued, issue a correction (a credit note or a corrective invoice).
    """

    type = "document-state"
    title = "The document's state does not allow this"
    status = HTTPStatus.CONFLICT


class NumberTakenProblem(Problem):
    """The number given for a series of kind `external` is already used in that series."""

    type = "number-taken"
    title = "The number is already used"
    status = HTTPStatus.CONFLICT


class ReadBackProblem(Problem):
    """The document that was written does not say what was asked for; nothing was issued.

    This is a defect of the gateway, not of the request: report it with the `differences`.
    """

    type = "read-back-differs"
    title = "The written document differs from the invoice"
    status = HTTPStatus.INTERNAL_SERVER_ERROR


def finding_json(finding: Finding, pointer: str | None) -> dict[str, Any]:
    """Return a finding as it stands in answers and reports; empty members are left out."""
    members = {
        "rule": finding.rule,
        "rule_set": finding.rule_set,
        "flag": finding.flag.value,
        "message": finding.message,
        "term": finding.term,
        "pointer": pointer,
        "location": finding.location,
        "line": finding.line,
        "fix": finding.fix,
        "patch": [dict(operation) for operation in finding.patch] or None,
    }
    return {name: value for name, value in members.items() if value is not None}
