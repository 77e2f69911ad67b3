"""What must be looked up before a document can be computed: its entity, and what it links to."""

import contextlib
import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from countries.vat.facts import SupplyKind
from formats.en16931 import Invoice
from formats.en16931.line import Line
from gateway.customers import service as customers
from gateway.customers.service import CustomerRow
from gateway.documents import related, repository
from gateway.documents.fitting import refuse_unfit
from gateway.documents.held import invoice_of
from gateway.documents.links import RelationKind
from gateway.documents.preparation import Body
from gateway.documents.presence import there
from gateway.documents.repository import DocumentRow
from gateway.documents.sources import Issued, Sources, left_of
from gateway.items import service as items
from gateway.kinds import DocumentKind
from gateway.kit.ids import parse_id
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import NotFoundProblem, RequestInvalidProblem
from gateway.stamps import service as stamps
from gateway.tax.drafting import Goods
from gateway.taxes import service as taxes
from gateway.taxes.service import TaxRow

_NAMED = frozenset({"corrects", "settles"})
"""Relations that stand in the document (BG-3)."""


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
        CorrectionRefusedProblem: The law corrects the document in another way.
    """
    wanted = _wanted(body)
    rows = repository.some(tx, [one for _, one, _ in wanted], lock=lock)
    rows = {one: row for one, row in rows.items() if row.destroyed_at is None}
    if missing := [place for _, document_id, place in wanted if document_id not in rows]:
        raise NotFoundProblem("The body names a document that does not exist.", pointers=missing)
    refuse_unfit(tx, kind, [(relation, rows[one], place) for relation, one, place in wanted])
    relations = tuple((relation, document_id) for relation, document_id, _ in wanted)
    numbers = _registered(tx, [one for relation, one in relations if relation in _NAMED])
    corrected = [
        _issued(rows[one], numbers) for relation, one in relations if relation == "corrects"
    ]
    advances = [rows[one] for relation, one in relations if relation == "settles"]
    settled = _left(tx, advances, numbers)
    lines, exemptions, goods = _stored_lines(tx, body)
    sources = Sources(
        buyer=_stored_buyer(tx, body, customer_id),
        lines=lines,
        exemptions=exemptions,
        corrected=corrected[0] if corrected else None,
        settled=settled,
        goods=goods,
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
) -> tuple[dict[int, dict[str, Any]], dict[int, dict[str, Any]], dict[int, Goods]]:
    """Return what items and taxes give lines: BG-25, why they bear no VAT, what they are for VAT.

    A tax beside an item wins.
    """
    found: dict[int, dict[str, Any]] = {}
    reasons: dict[int, dict[str, Any]] = {}
    goods: dict[int, Goods] = {}
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
                if body.input.prices_include_vat:
                    _refuse_net(taken, body.input.lines[number], place)
                tax = item.tax
                goods[number] = _goods(item.row.supply_kind, item.row.supply_code)
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
    return found, reasons, goods


def _goods(kind: str | None, code: str | None) -> Goods:
    return Goods(None if kind is None else SupplyKind(kind), code)


def _refuse_net(taken: dict[str, Any], line: Line, place: str) -> None:
    """Take the item's price out, which is without VAT, where the document's prices include it.

    Raises:
        RequestInvalidProblem: The line has no price of its own.
    """
    own = (line.item_net_price, line.item_gross_price, line.net_amount)
    if taken.pop("item_net_price", None) is not None and own == (None, None, None):
        raise RequestInvalidProblem(
            [
                {
                    "pointer": place,
                    "message": "has a price without VAT, and this document's prices include it",
                    "fix": "give the line its own price with VAT, or leave prices_include_vat out",
                }
            ]
        )


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


def _registered(tx: TenantTransaction, document_ids: list[UUID]) -> dict[UUID, str]:
    """Return the numbers that authorities gave to documents, and want to be named by others."""
    given = stamps.for_documents(tx, document_ids)
    return {
        document_id: mark.identifier
        for document_id, marks in given.items()
        for mark in marks
        if mark.kind in stamps.NAMED
    }


def _left(
    tx: TenantTransaction, advances: list[DocumentRow], numbers: Mapping[UUID, str]
) -> tuple[Issued, ...]:
    """Return advances with what credit notes left of them, which is what comes off."""
    credited = {row.id for row in advances if row.amount_credited}
    notes: dict[UUID, list[Invoice]] = {}
    found = related.effective(tx, "corrects", credited)
    rows = repository.some(tx, [one.from_id for one in found])
    for one in found:
        note = rows.get(one.from_id)
        if note is not None and note.kind.credits:
            notes.setdefault(one.to_id, []).append(invoice_of(there(note)))
    return tuple(_issued(row, numbers, notes.get(row.id, ())) for row in advances)


def _issued(
    row: DocumentRow, numbers: Mapping[UUID, str], credited: Iterable[Invoice] = ()
) -> Issued:
    if row.number is None or row.issue_date is None:
        raise AssertionError("an issued document lacks what issuing sets")
    left = left_of(invoice_of(row), credited)
    return Issued(row.number, row.issue_date, left, numbers.get(row.id))
