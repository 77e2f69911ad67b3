"""What must be looked up before a document can be computed: its entity, and what it links to."""

import contextlib
import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from countries.registry import COUNTRIES
from formats.en16931 import Invoice
from formats.en16931.party import Seller
from formats.json.blanks import without_blanks
from gateway.customers import service as customers
from gateway.customers.service import CustomerRow
from gateway.documents import repository
from gateway.documents.links import RelationKind
from gateway.documents.preparation import Body, Seat
from gateway.documents.repository import DocumentRow
from gateway.documents.sources import Issued, Sources
from gateway.items import service as items
from gateway.kinds import DocumentKind
from gateway.kit.ids import parse_id
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import InvalidPart, NotFoundProblem, RequestInvalidProblem
from gateway.taxes import service as taxes
from gateway.taxes.service import TaxRow
from gateway.tenants import service as tenants


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a document links to.

    Attributes:
        sources: What goes into the document.
        relations: To which documents, and how.
        rows: Those documents, by id.
    """

    sources: Sources
    relations: tuple[tuple[RelationKind, UUID], ...]
    rows: Mapping[UUID, DocumentRow]

    def of(self, kind: RelationKind) -> list[DocumentRow]:
        """Return the documents with which there is this relation."""
        return [self.rows[one] for found, one in self.relations if found == kind]


def seat_of(tx: TenantTransaction) -> Seat:
    """Return what preparation must know of the transaction's entity."""
    entity = tenants.get_entity(tx, tx.entity_id)
    return Seat(
        seller=Seller.model_validate(without_blanks(entity.seller)),
        country=COUNTRIES.get(entity.country_code),
        country_code=entity.country_code,
        default_profile=entity.settings.get("default_profile"),
        settings=entity.settings,
    )


def load(
    tx: TenantTransaction,
    body: Body,
    kind: DocumentKind,
    customer_id: UUID | None,
    *,
    lock: bool = False,
) -> Loaded:
    """Look up what a body links to.

    Args:
        tx: A transaction of the entity.
        body: The body.
        kind: The kind of document it makes.
        customer_id: The customer it was linked to.
        lock: Hold the documents it links to until the transaction ends: their states and amounts
            then stay what they are. In the order of their ids, so that nobody waits in a circle.

    Raises:
        NotFoundProblem: A link leads nowhere, for this caller.
        RequestInvalidProblem: A link leads to what cannot be linked to this way.
    """
    wanted = _wanted(body)
    rows = repository.some(tx, [one for _, one, _ in wanted], lock=lock)
    if missing := [place for _, document_id, place in wanted if document_id not in rows]:
        raise NotFoundProblem("The body names a document that does not exist.", pointers=missing)
    unfit = [(place, _unfit(relation, rows[one], kind)) for relation, one, place in wanted]
    wrong: list[InvalidPart] = [
        {"pointer": place, "message": reason} for place, reason in unfit if reason is not None
    ]
    if wrong:
        raise RequestInvalidProblem(wrong)
    relations = tuple((relation, document_id) for relation, document_id, _ in wanted)
    corrected = [_issued(rows[one]) for relation, one in relations if relation == "corrects"]
    settled = tuple(_issued(rows[one]) for relation, one in relations if relation == "settles")
    lines, exemptions = _stored_lines(tx, body)
    sources = Sources(
        buyer=_stored_buyer(tx, body, customer_id),
        lines=lines,
        exemptions=exemptions,
        corrected=corrected[0] if corrected else None,
        settled=settled,
    )
    return Loaded(sources, relations, rows)


def _stored_buyer(
    tx: TenantTransaction, body: Body, customer_id: UUID | None
) -> dict[str, Any] | None:
    """Return BG-7 of the customer of a document; of one who was deleted only if it is named."""
    named = _named_customer(tx, body)
    if named is None and customer_id is not None:
        with contextlib.suppress(NotFoundProblem):
            named = customers.get(tx, customer_id)
    return None if named is None else customers.as_buyer(named)


def _stored_lines(
    tx: TenantTransaction, body: Body
) -> tuple[dict[int, dict[str, Any]], dict[int, dict[str, Any]]]:
    """Return BG-25 of the items and taxes that lines name, and why their taxes bear no VAT.

    A tax beside an item wins.
    """
    found: dict[int, dict[str, Any]] = {}
    reasons: dict[int, dict[str, Any]] = {}
    items_at = "items" if "items" in body.value else "lines"
    for number, line in body.links.lines.items():
        place = f"/{items_at}/{number}"
        taken: dict[str, Any] = {}
        tax: TaxRow | None = None
        try:
            if line.item_id is not None:
                place = f"/{items_at}/{number}/item_id"
                item = items.get(tx, parse_id(line.item_id, "itm"))
                taken |= items.as_line(item, body.input.currency_code)
                tax = item.tax
            if line.tax_id is not None:
                place = f"/{items_at}/{number}/tax_id"
                tax = taxes.get(tx, parse_id(line.tax_id, "tax"))
                taken |= taxes.as_line(tax)
        except NotFoundProblem:
            text = "The body names an item or a tax that does not exist."
            raise NotFoundProblem(text, pointers=[place]) from None
        found[number] = taken
        if tax is not None and (reason := taxes.exemption(tax)) is not None:
            reasons[number] = reason
    return found, reasons


def link_customer(
    tx: TenantTransaction,
    body: Body,
    kind: DocumentKind,
    now: datetime.datetime,
) -> UUID | None:
    """Return the customer of a body: the one it names, one like it, or a new one.

    Args:
        tx: A transaction that may write.
        body: The body.
        kind: Self-billed documents have the entity as their buyer, and no customer.
        now: When a new one is created.

    Raises:
        NotFoundProblem: It names a customer who does not exist for the caller.
    """
    if kind.self_billed:
        return None
    named = _named_customer(tx, body)
    if named is not None:
        return named.id
    found = customers.resolve(tx, _buyer(body), None, now)
    return None if found is None else found.id


def find_customer(tx: TenantTransaction, body: Body, kind: DocumentKind) -> UUID | None:
    """Return the customer of a body as `link_customer` does, but create none."""
    if kind.self_billed:
        return None
    found = _named_customer(tx, body) or customers.find(tx, _buyer(body))
    return None if found is None else found.id


def _buyer(body: Body) -> dict[str, Any]:
    return body.input.buyer.model_dump(mode="json", exclude_none=True, exclude_defaults=True)


def _named_customer(tx: TenantTransaction, body: Body) -> CustomerRow | None:
    if body.links.customer_id is None:
        return None
    try:
        return customers.get(tx, parse_id(body.links.customer_id, "cus"))
    except NotFoundProblem:
        text = "The body names a customer who does not exist."
        raise NotFoundProblem(text, pointers=["/customer_id"]) from None


def invoice_of(row: DocumentRow) -> Invoice:
    """Return the invoice that a document holds, as issued or last computed.

    Raises:
        AssertionError: It holds none; the database does not let that happen.
    """
    if row.invoice is None:
        raise AssertionError("a document without its invoice")
    return Invoice.model_validate(row.invoice)


def _wanted(body: Body) -> list[tuple[RelationKind, UUID, str]]:
    """Return the documents a body names; what is no id of a document is an unknown one."""
    prefixes = [kind.prefix for kind in DocumentKind]
    found: list[tuple[RelationKind, UUID, str]] = []
    for relation, public, place in body.links.documents:
        try:
            found.append((relation, parse_id(public, *prefixes), place))
        except NotFoundProblem:
            text = "The body names a document that does not exist."
            raise NotFoundProblem(text, pointers=[place]) from None
    return found


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
        (not (kind.fiscal and row.kind.fiscal), "has nothing that could be corrected this way"),
        (
            row.kind.self_billed is not kind.self_billed,
            "is corrected by whoever wrote it: self-billed by self-billed",
        ),
    )
    return next((reason for holds, reason in reasons if holds), None)


def _issued(row: DocumentRow) -> Issued:
    if row.number is None or row.issue_date is None:
        raise AssertionError("an issued document lacks what issuing sets")
    return Issued(row.number, row.issue_date, invoice_of(row))
