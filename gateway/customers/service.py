"""Customers: what can be done with them, and whom a document's buyer is."""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import asdict, replace
from typing import Any, Literal
from uuid import UUID

from countries.party_numbers import vat_key
from formats.en16931.party import Buyer
from gateway.customers import bodies, matching, repository
from gateway.customers.checks import checks, surely_wrong
from gateway.customers.erasing import erase, is_there, there
from gateway.customers.matching import Keys
from gateway.customers.problems import CustomerExistsProblem
from gateway.customers.repository import SHELF, CustomerRow
from gateway.customers.schemas import CustomerDetails, CustomerInput, FormatAgreement
from gateway.events import service as events
from gateway.kit.folding import search_text
from gateway.kit.ids import new_id, public_id
from gateway.kit.locks import hold
from gateway.kit.merge_patch import merged
from gateway.kit.shelf import Wanted
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import RequestInvalidProblem

__all__ = [
    "CustomerRow",
    "as_buyer",
    "change",
    "create",
    "erase",
    "find",
    "get",
    "is_there",
    "page",
    "resolve",
    "there",
]

Verb = Literal["created", "updated", "deleted", "restored"]


def create(tx: TenantTransaction, body: Mapping[str, Any], now: datetime.datetime) -> CustomerRow:
    """Add a customer to the entity.

    Raises:
        RequestInvalidProblem: The body is wrong, or a number in it surely is.
        CustomerExistsProblem: Another customer has its reference.
    """
    value, as_sent = bodies.renamed(body)
    given = _accepted(value, as_sent)
    row = _new(tx, given, now)
    _claim(tx, row)
    SHELF.add(tx, asdict(row))
    _say(tx, "created", row, now)
    return row


def get(tx: TenantTransaction, customer_id: UUID) -> CustomerRow:
    """Return a customer.

    Raises:
        NotFoundProblem: There is none for this caller, or it was deleted.
        CustomerErasedProblem: What was said of it was erased.
    """
    return there(tx, customer_id)


def change(
    tx: TenantTransaction, customer_id: UUID, patch: Mapping[str, Any], now: datetime.datetime
) -> CustomerRow:
    """Apply a JSON Merge Patch (RFC 7396); what changes nothing is no event.

    Raises:
        NotFoundProblem: There is none for this caller.
        RequestInvalidProblem: The result would be wrong.
        CustomerExistsProblem: Another customer has its new reference.
    """
    before = there(tx, customer_id, lock=True)
    value, as_sent = bodies.renamed(patch)
    result = merged(as_given(before), value)
    given = _accepted(result if isinstance(result, dict) else {}, as_sent)
    made = _new(tx, given, now)
    after = replace(made, id=before.id, created_at=before.created_at)
    if replace(after, updated_at=before.updated_at) == before:
        return before
    if after.reference != before.reference:
        _claim(tx, after)
    SHELF.change(tx, before.id, asdict(after))
    _say(tx, "updated", after, now)
    return after


def delete(tx: TenantTransaction, customer_id: UUID, now: datetime.datetime) -> None:
    """Take a customer away; documents keep what they say of it.

    Raises:
        NotFoundProblem: There is none for this caller.
    """
    row = there(tx, customer_id, lock=True)
    SHELF.change(tx, row.id, {"deleted_at": now, "updated_at": now})
    _say(tx, "deleted", row, now)


def restore(tx: TenantTransaction, customer_id: UUID, now: datetime.datetime) -> CustomerRow:
    """Bring a deleted customer back; one that is there stays as it is.

    Raises:
        NotFoundProblem: There never was one for this caller.
        CustomerExistsProblem: Its reference belongs to another by now.
    """
    row = there(tx, customer_id, lock=True, deleted=True)
    if row.deleted_at is None:
        return row
    back = replace(row, deleted_at=None, updated_at=now)
    _claim(tx, back)
    SHELF.change(tx, row.id, {"deleted_at": None, "updated_at": now})
    _say(tx, "restored", back, now)
    return back


def page(
    tx: TenantTransaction, wanted: Wanted, *, before: UUID | None, limit: int
) -> list[CustomerRow]:
    """Return one page of customers, newest first."""
    return SHELF.page(tx, wanted, before=before, limit=limit)


def conditions(
    email: str | None, vat_id: str | None, reference: str | None, contact_type: str | None
) -> dict[str, object]:
    """Return what a list is narrowed to by fields that must be equal; None asks for nothing."""
    return {
        "email_key": None if email is None else email.strip().casefold(),
        "vat_key": None if vat_id is None else vat_key(vat_id),
        "reference": reference,
        "contact_type": contact_type,
    }


def resolve(
    tx: TenantTransaction,
    buyer: Mapping[str, Any],
    customer_id: UUID | None,
    now: datetime.datetime,
    *,
    reference: str | None = None,
) -> CustomerRow | None:
    """Return the customer that the buyer of a document is; create it where there is none yet.

    Linking changes nothing of the customer: what a document says of its buyer stays in the
    document. Any number of transactions that ask for the same new customer at once make one.

    Args:
        tx: The transaction of the document.
        buyer: Canonical BG-7 as JSON.
        customer_id: Whom the caller named, if so.
        now: The moment.
        reference: The caller's own name for the buyer; a BT-46 without scheme is one too.

    Returns:
        None for a buyer without a name, whom nobody could find again.

    Raises:
        NotFoundProblem: There is no customer with this id for the caller.
    """
    if customer_id is not None:
        return get(tx, customer_id)
    if not str(buyer.get("name") or "").strip():
        return None
    keys = Keys.of(buyer, reference)
    found = known(tx, keys, buyer)
    if found is None:
        hold(tx, keys.names())  # who waited here, finds what the one before has made
        found = known(tx, keys, buyer)
    if found is None:
        # As the document says it: a draft may have mistakes, so nothing is refused here. What
        # cannot be right is among the customer's `checks`.
        party = Buyer.model_validate(buyer)
        found = _row(tx, party, CustomerDetails(), keys.reference, now)
        SHELF.add(tx, asdict(found))
        _say(tx, "created", found, now)
    return found


def find(tx: TenantTransaction, buyer: Mapping[str, Any]) -> CustomerRow | None:
    """Return the customer that `resolve` would link a buyer to; None where it would make one."""
    return known(tx, Keys.of(buyer, None), buyer) if buyer.get("name") else None


def by_vat_keys(tx: TenantTransaction, vat_keys: Collection[str]) -> Mapping[str, UUID]:
    """Return, by VAT identifier in its key form, the customer that has it; the oldest of them."""
    return repository.by_vat_keys(tx, vat_keys)


def with_vat_keys(tx: TenantTransaction, keys: Collection[str]) -> list[CustomerRow]:
    """Return the customers whose VAT identifier has one of these key forms."""
    return [row for key in keys for row in repository.by_vat(tx, key)]


def vat_numbers(tx: TenantTransaction, most: int | None = None) -> list[tuple[str, UUID]]:
    """Return the VAT identifiers of all customers in key form, with whose they are."""
    return repository.vat_numbers(tx, most)


def as_buyer(row: CustomerRow) -> dict[str, Any]:
    """Return BG-7 as canonical JSON."""
    return dict(row.buyer)


def details(row: CustomerRow) -> CustomerDetails:
    """Return what is known of a customer beside BG-7."""
    return CustomerDetails.model_validate(row.details)


def agreement(row: CustomerRow, day: datetime.date) -> FormatAgreement | None:
    """Return what form of invoice is agreed with a customer on a day."""
    agreed = details(row).format_agreement
    return agreed if agreed is not None and agreed.holds_on(day) else None


def as_given(row: CustomerRow) -> dict[str, Any]:
    """Return a customer under the canonical names of `CustomerInput`."""
    own = {
        "reference": row.reference,
        "contact_type": row.contact_type,
        "metadata": dict(row.metadata),
    }
    return {**row.buyer, **row.details, **{k: v for k, v in own.items() if v is not None}}


def _accepted(value: Mapping[str, Any], as_sent: bodies.AsSent) -> CustomerInput:
    given = bodies.read(value, as_sent)
    if wrong := surely_wrong(given, as_sent):
        raise RequestInvalidProblem(wrong)
    return given


def known(tx: TenantTransaction, keys: Keys, buyer: Mapping[str, Any]) -> CustomerRow | None:
    """Return the customer that a canonical BG-7 is, None when there is none yet."""
    if keys.reference is not None:
        named = repository.by_reference(tx, keys.reference)
        if named is not None:
            return named
    if keys.vat is not None:
        taxed = matching.best(repository.by_vat(tx, keys.vat), keys, buyer)
        if taxed is not None:
            return taxed
    return matching.best(repository.by_match(tx, keys.match), keys, buyer)


def _new(tx: TenantTransaction, given: CustomerInput, now: datetime.datetime) -> CustomerRow:
    made = _row(tx, given.buyer(), given.details(), given.reference, now)
    return replace(made, contact_type=given.contact_type, metadata=dict(given.metadata))


def _row(
    tx: TenantTransaction,
    buyer: Buyer,
    own: CustomerDetails,
    reference: str | None,
    now: datetime.datetime,
) -> CustomerRow:
    canonical = buyer.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    keys = Keys.of(canonical, reference)
    return CustomerRow(
        account_id=tx.tenant.account_id,
        entity_id=tx.entity_id,
        id=new_id(),
        contact_type="buyer",
        name=buyer.name or "",
        reference=reference,
        vat_key=keys.vat,
        email_key=keys.email,
        match_key=keys.match,
        search=_searched(canonical, reference),
        buyer=canonical,
        details=own.model_dump(mode="json", exclude_none=True, exclude_defaults=True),
        checks=checks(buyer, own),
        metadata={},
        created_at=now,
        updated_at=now,
        deleted_at=None,
        erased_at=None,
    )


def _searched(buyer: Mapping[str, Any], reference: str | None) -> str:
    address, contact = buyer.get("postal_address") or {}, buyer.get("contact") or {}
    vat = buyer.get("vat_identifier")
    parts = (
        *(buyer.get("name"), buyer.get("trading_name"), contact.get("email_address")),
        *(vat, None if vat is None else vat_key(vat), reference, address.get("city")),
    )
    return search_text(parts)


def _claim(tx: TenantTransaction, row: CustomerRow) -> None:
    """Make sure nobody else has the customer's reference, now or before this commits."""
    if row.reference is None:
        return
    hold(tx, [f"customer reference {row.reference}"])
    other = repository.by_reference(tx, row.reference)
    if other is not None and other.id != row.id:
        raise CustomerExistsProblem(row.reference, other.id)


def _say(tx: TenantTransaction, verb: Verb, row: CustomerRow, now: datetime.datetime) -> None:
    events.append(
        tx,
        type=f"customer.{verb}",
        subject_id=public_id("cus", row.id),
        data={"name": row.name, "reference": row.reference, "metadata": dict(row.metadata)},
        now=now,
    )
