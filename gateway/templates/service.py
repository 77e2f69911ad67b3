"""Templates: what can be done with them, which one fits, and what it says."""

import datetime
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any, Literal
from uuid import UUID

from countries.registry import COUNTRIES
from formats.en16931.party import Seller
from formats.findings import Finding
from formats.json.blanks import without_blanks
from gateway.compliance.issuer import missing_issuer_data
from gateway.events import service as events
from gateway.kinds import DocumentKind
from gateway.kit.ids import new_id, parse_id, public_id
from gateway.kit.json_body import validated
from gateway.kit.merge_patch import merged
from gateway.kit.shelf import Wanted
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import InvalidPart, RequestInvalidProblem
from gateway.templates import rendering, repository
from gateway.templates.rendering import TemplateRefusedError
from gateway.templates.repository import SHELF, Purpose, TemplateRow
from gateway.templates.schemas import PreviewInput, TemplateInput
from gateway.templates.variables import SAMPLE, formats, of_invoice
from gateway.tenants import service as tenants

__all__ = ["TemplateRefusedError", "TemplateRow", "find", "get", "named", "of_invoice", "render"]

Verb = Literal["created", "updated", "deleted"]
_TEXTS = ("subject", "body", "html_body")


def render(
    text: str,
    variables: Mapping[str, Any],
    *,
    html: bool = False,
    locale: str | None = None,
    currency_code: str | None = None,
) -> str:
    """Return what a template says.

    Args:
        text: The template.
        variables: See `of_invoice`; what is asked for and not there is empty.
        html: Escape values.
        locale: How the filters `money` and `date` write.
        currency_code: What `money` writes beside amounts.

    Raises:
        TemplateRefusedError: It cannot be rendered, or not within the limits.
    """
    return rendering.render(text, variables, html=html, formats=formats(locale, currency_code))


def find(
    tx: TenantTransaction, purpose: Purpose, kind: DocumentKind | None, locale: str | None
) -> TemplateRow | None:
    """Return the template that fits best: the kind's own before any, the same for the language.

    A template for another language, or another kind, never fits. Of two alike, the newer one.
    """
    spoken = (locale or "").replace("_", "-")
    base = spoken.partition("-")[0]
    ranks = {spoken: 0, base: 1, None: 2}
    fitting = [row for row in repository.for_purpose(tx, purpose, kind) if row.language in ranks]
    return min(
        fitting,
        key=lambda row: (row.document_kind is None, ranks[row.language]),
        default=None,
    )


def named(
    tx: TenantTransaction, said: str, purpose: Purpose, kind: DocumentKind, locale: str
) -> TemplateRow:
    """Return the template that somebody names, by its id or its name, for a document of a kind.

    Of several with one name the one that fits best, as `find` says; one for another language only
    where no other has that name.

    Raises:
        NotFoundProblem: It is an id, and there is none for this caller.
        RequestInvalidProblem: There is none of this name, or it is for something else.
    """
    if said.startswith("tpl_"):
        row = get(tx, parse_id(said, "tpl"))
        if row.purpose != purpose or row.document_kind not in {None, kind.value}:
            raise _refused(f"is of purpose {row.purpose} for {row.document_kind or 'any kind'}")
        return row
    spoken = locale.replace("_", "-")
    order = [spoken, spoken.partition("-")[0], None]
    fitting = [row for row in repository.for_purpose(tx, purpose, kind) if row.name == said]
    if not fitting:
        raise _refused(f"is the id or name of no template of purpose {purpose} for {kind.words}s")

    def rank(row: TemplateRow) -> tuple[bool, int]:
        fits = row.language in order
        return row.document_kind is None, order.index(row.language) if fits else len(order)

    return min(fitting, key=rank)


def _refused(why: str) -> RequestInvalidProblem:
    fix = "name one that GET /v1/templates lists for this purpose and kind"
    return RequestInvalidProblem([{"pointer": "/template", "message": why, "fix": fix}])


def create(tx: TenantTransaction, body: object, now: datetime.datetime) -> TemplateRow:
    """Add a template to the entity.

    Raises:
        RequestInvalidProblem: The body is wrong, or a text in it is no template.
    """
    row = _row(tx, validated(TemplateInput, body), now)
    SHELF.add(tx, asdict(row))
    _say(tx, "created", row, now)
    return row


def get(tx: TenantTransaction, template_id: UUID) -> TemplateRow:
    """Return a template.

    Raises:
        NotFoundProblem: There is none for this caller.
    """
    return SHELF.get(tx, template_id)


def change(
    tx: TenantTransaction, template_id: UUID, patch: object, now: datetime.datetime
) -> TemplateRow:
    """Apply a JSON Merge Patch (RFC 7396).

    Raises:
        NotFoundProblem: There is none for this caller.
        RequestInvalidProblem: The result would be wrong.
    """
    before = SHELF.get(tx, template_id, lock=True)
    present = {
        name: getattr(before, name)
        for name in TemplateInput.model_fields
        if getattr(before, name) is not None
    }
    made = _row(tx, validated(TemplateInput, merged(present, patch)), now)
    after = replace(made, id=before.id, created_at=before.created_at)
    SHELF.change(tx, before.id, asdict(after))
    _say(tx, "updated", after, now)
    return after


def delete(tx: TenantTransaction, template_id: UUID, now: datetime.datetime) -> None:
    """Remove a template for good; what was made of it stays.

    Raises:
        NotFoundProblem: There is none for this caller.
    """
    row = SHELF.get(tx, template_id, lock=True)
    SHELF.remove(tx, row.id)
    _say(tx, "deleted", row, now)


def page(
    tx: TenantTransaction, wanted: Wanted, *, before: UUID | None, limit: int
) -> list[TemplateRow]:
    """Return one page of templates, newest first."""
    return SHELF.page(tx, wanted, before=before, limit=limit)


def preview(tx: TenantTransaction, body: object) -> dict[str, Any]:
    """Return texts as they come out with a sample, or with what the caller gives.

    With it comes what is missing or made up of the data of the entity that would send them.

    Raises:
        NotFoundProblem: There is no such template for the caller.
        RequestInvalidProblem: A text is no template, or goes beyond its limits.
    """
    given = validated(PreviewInput, body)
    texts: dict[str, str | None] = {name: getattr(given, name) for name in _TEXTS}
    if given.template_id is not None:
        row = get(tx, parse_id(given.template_id, "tpl"))
        texts = {name: texts[name] or getattr(row, name) for name in _TEXTS}
    variables = {**SAMPLE, **(given.variables or {})}
    shown: dict[str, Any] = {"object": "template_preview"}
    for name, text in texts.items():
        try:
            shown[name] = text and render(
                text,
                variables,
                html=name == "html_body",
                locale=given.language,
                currency_code=given.currency_code,
            )
        except TemplateRefusedError as refused:
            part: InvalidPart = {"pointer": f"/{name}", "message": str(refused)}
            raise RequestInvalidProblem([part]) from None
    return {**shown, "findings": [_finding_json(one) for one in _issuers(tx)]}


def _issuers(tx: TenantTransaction) -> tuple[Finding, ...]:
    entity = tenants.get_entity(tx, tx.entity_id)
    seller = Seller.model_validate(without_blanks(entity.seller))
    country = COUNTRIES.get(entity.country_code)
    return missing_issuer_data(seller, country, tx.tenant.environment)


def _finding_json(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "flag": finding.flag.value,
        "message": finding.message,
        "term": finding.term,
        "pointer": finding.pointer,
        "fix": finding.fix,
    }


def _row(tx: TenantTransaction, given: TemplateInput, now: datetime.datetime) -> TemplateRow:
    return TemplateRow(
        account_id=tx.tenant.account_id,
        entity_id=tx.entity_id,
        id=new_id(),
        name=given.name,
        purpose=given.purpose,
        document_kind=given.document_kind and given.document_kind.value,
        language=given.language,
        subject=given.subject,
        body=given.body,
        html_body=given.html_body,
        document=given.document,
        metadata=dict(given.metadata),
        created_at=now,
        updated_at=now,
    )


def _say(tx: TenantTransaction, verb: Verb, row: TemplateRow, now: datetime.datetime) -> None:
    data: Mapping[str, Any] = {"name": row.name, "metadata": dict(row.metadata)}
    subject = public_id("tpl", row.id)
    events.append(tx, type=f"template.{verb}", subject_id=subject, data=data, now=now)
