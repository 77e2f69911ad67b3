"""Which documents can be linked to: what is corrected or settled by what."""

from collections.abc import Sequence

from countries.base import CorrectionMethod
from gateway.documents.law import CorrectionRefusedProblem, law_of
from gateway.documents.links import RelationKind
from gateway.documents.repository import DocumentRow
from gateway.kinds import DocumentKind
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import InvalidPart, RequestInvalidProblem


def refuse_unfit(
    tx: TenantTransaction,
    kind: DocumentKind,
    linked: Sequence[tuple[RelationKind, DocumentRow, str]],
) -> None:
    """Refuse links to what cannot be linked to in this way.

    Args:
        tx: A transaction of the entity.
        kind: Of the document with the links.
        linked: How, to which document, and where in the body.

    Raises:
        RequestInvalidProblem: A document of this kind does not correct or settle that one.
        CorrectionRefusedProblem: The law corrects it in another way.
    """
    unfit = [(place, _unfit(relation, row, kind)) for relation, row, place in linked]
    wrong: list[InvalidPart] = [
        {"pointer": place, "message": reason} for place, reason in unfit if reason is not None
    ]
    if wrong:
        raise RequestInvalidProblem(wrong)
    method = CorrectionMethod.CREDIT_NOTE if kind.credits else CorrectionMethod.CORRECTIVE_INVOICE
    for relation, row, place in linked:
        if relation == "corrects" and method not in (methods := law_of(tx, row).methods):
            known = [one.value for one in methods]
            raise CorrectionRefusedProblem(
                f"{method.value} is not how the document's country corrects it; use {known[0]}.",
                methods=known,
                errors=[{"pointer": place, "message": f"is not corrected by a {kind.words}"}],
            )


def _unfit(relation: RelationKind, row: DocumentRow, kind: DocumentKind) -> str | None:
    """Return why a document cannot be linked to in this way."""
    if relation in {"derived_from", "related"}:
        return None
    settles = relation == "settles"
    advance = row.kind is DocumentKind.ADVANCE_INVOICE
    reasons = (
        (row.state == "draft", "is a draft; only what is issued can be corrected or settled"),
        (row.state == "voided", "is voided"),
        (settles and kind is not DocumentKind.INVOICE, "can be settled by an invoice only"),
        (settles and not advance, "is no advance invoice"),
        (settles and row.state == "corrected", "is corrected: nothing of it is left to settle"),
        (not (kind.fiscal and row.kind.fiscal), "has nothing that could be corrected this way"),
        (
            row.kind.self_billed is not kind.self_billed,
            "is corrected by whoever wrote it: self-billed by self-billed",
        ),
        (
            row.kind.credits,
            "is a credit note; correct the invoice that it names, or issue a new one",
        ),
        (
            not (settles or kind.credits or kind is row.kind),
            f"is a document of another kind: only a new {row.kind.words} takes its place",
        ),
    )
    return next((reason for holds, reason in reasons if holds), None)
