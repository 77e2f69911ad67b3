"""Do two invoices say the same? For read-back before issue, for conversion and for tests.

What the syntaxes cannot tell apart counts as equal: 12.5 and 12.50 are one amount, a group that
holds nothing is no group, payment instructions that differ in nothing but their account are one
(UBL repeats `cac:PaymentMeans` for every account, CII its
`ram:SpecifiedTradeSettlementPaymentMeans`), and three terms are the document's rather than one
payment's: the creditor's identifier (BT-90), which UBL writes as an identifier of the payee or
seller with the scheme SEPA, and remittance information (BT-83) and mandate (BT-89), which CII has
once per document and UBL with every payment, as long as all payments have the same. Of net price,
gross price and discount (BT-146, BT-148, BT-147) the third follows where a syntax demands it:
UBL has no gross price without a discount, CII no discount without a gross price. CII has the
seller's identifiers without scheme (BT-29) before those with one, and UBL a note's subject
(BT-21) in front of its text, in number signs.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest

from pydantic import BaseModel

from formats.en16931.group import XML_WHITE_SPACE, SchemedIdentifier
from formats.en16931.line import Line
from formats.en16931.model import NOTE_WITH_SUBJECT, Invoice, InvoiceNote
from formats.en16931.money import EXACT
from formats.en16931.payment import DirectDebit, PaymentInstructions

REMITTANCE = "remittance_information"
MANDATE = "direct_debit/mandate_reference_identifier"
CREDITOR = "direct_debit/bank_assigned_creditor_identifier"
"""Paths within payment instructions of the terms that are the document's."""


@dataclass(frozen=True, slots=True)
class Normal:
    """An invoice in which what the syntaxes keep in several ways stands in one.

    Attributes:
        invoice: Without what stands in the other attributes.
        creditors: Every BT-90, sorted.
        remittance: BT-83, where all payments have the same.
        mandate: BT-89, where all direct debits have the same.
        places: Where each of the payment instructions stood before neighbours became one.
    """

    invoice: Invoice
    creditors: tuple[str, ...]
    remittance: str | None
    mandate: str | None
    places: tuple[int, ...]


def differences(a: Invoice, b: Invoice) -> tuple[str, ...]:
    """Return JSON pointers (RFC 6901) to everything in which two invoices differ."""
    one, other = normalised(a), normalised(b)
    found = tuple(_differences(one.invoice, other.invoice, ""))
    payment = (
        (one.creditors != other.creditors, CREDITOR),
        (one.remittance != other.remittance, REMITTANCE),
        (one.mandate != other.mandate, MANDATE),
    )
    return (
        *(placed(pointer, one.places) for pointer in found),
        *(payment_pointer(a, path) for differs, path in payment if differs),
    )


def normalised(invoice: Invoice) -> Normal:
    """Take out of the payments what is the document's, and join those that differ by account."""
    remittance = _single(entry.remittance_information for entry in invoice.payment_instructions)
    debits = (entry.direct_debit for entry in invoice.payment_instructions)
    mandate = _single(debit.mandate_reference_identifier for debit in debits if debit)
    bare = [
        _bare(entry, once=remittance is not None, mandated=mandate is not None)
        for entry in invoice.payment_instructions
    ]
    said = [(index, entry) for index, entry in enumerate(bare) if not is_empty(entry)]
    merged = tuple(_merged(said))
    seller, payee = invoice.seller, invoice.payee
    identifiers = (entry for entry in seller.identifiers if not _is_creditor(entry))
    by_scheme = sorted(identifiers, key=lambda entry: entry.scheme_identifier is not None)
    if payee is not None and _is_creditor(payee.identifier):
        payee = payee.model_copy(update={"identifier": None})
    changed = invoice.model_copy(
        update={
            "payment_instructions": tuple(entry for _, entry in merged),
            "seller": seller.model_copy(update={"identifiers": tuple(by_scheme)}),
            "payee": payee,
            "notes": tuple(map(_with_subject, invoice.notes)),
            "lines": tuple(map(_with_prices, invoice.lines)),
        }
    )
    places = tuple(index for index, _ in merged)
    return Normal(changed, tuple(sorted(_creditors(invoice))), remittance, mandate, places)


def _with_subject(note: InvoiceNote) -> InvoiceNote:
    if note.subject_code or not (found := NOTE_WITH_SUBJECT.fullmatch(note.note)):
        return note
    return note.model_copy(update={"subject_code": found[1], "note": found[2]})


def _with_prices(line: Line) -> Line:
    """Return a line with the discount or the gross price that follows from the other two."""
    net, gross, discount = line.item_net_price, line.item_gross_price, line.item_price_discount
    if net is None or (gross is None) is (discount is None):
        return line
    if gross is not None:
        return line.model_copy(update={"item_price_discount": EXACT.subtract(gross, net)})
    follows = EXACT.add(net, discount or Decimal(0))
    return line.model_copy(update={"item_gross_price": follows})


def _single(values: Iterator[str | None]) -> str | None:
    """Return the one value that occurs; None when there is none, or more than one."""
    texts = (value.strip(XML_WHITE_SPACE) for value in values if value is not None)
    found = set(filter(None, texts))
    return found.pop() if len(found) == 1 else None


def _creditors(invoice: Invoice) -> set[str]:
    """Return every BT-90, however it is given."""
    identifiers = [*invoice.seller.identifiers]
    if invoice.payee is not None and invoice.payee.identifier is not None:
        identifiers.append(invoice.payee.identifier)
    return {entry.value for entry in identifiers if _is_creditor(entry)} | {
        entry.direct_debit.bank_assigned_creditor_identifier
        for entry in invoice.payment_instructions
        if entry.direct_debit and entry.direct_debit.bank_assigned_creditor_identifier
    }


def _is_creditor(identifier: SchemedIdentifier | None) -> bool:
    return identifier is not None and (identifier.scheme_identifier or "").upper() == "SEPA"


def _bare(instructions: PaymentInstructions, *, once: bool, mandated: bool) -> PaymentInstructions:
    """Return payment instructions without the document's terms and without empty groups."""
    accounts = tuple(entry for entry in instructions.credit_transfers if not is_empty(entry))
    update: dict[str, object] = {"credit_transfers": accounts}
    if once:
        update["remittance_information"] = None
    debit = instructions.direct_debit
    if debit is not None:
        update["direct_debit"] = _bare_debit(debit, mandated=mandated)
    return instructions.model_copy(update=update)


def _bare_debit(debit: DirectDebit, *, mandated: bool) -> DirectDebit | None:
    update: dict[str, None] = {"bank_assigned_creditor_identifier": None}
    if mandated:
        update["mandate_reference_identifier"] = None
    bare = debit.model_copy(update=update)
    return None if is_empty(bare) else bare


def _merged(
    said: list[tuple[int, PaymentInstructions]],
) -> Iterator[tuple[int, PaymentInstructions]]:
    """Yield neighbours that are equal in all but their accounts as one, with all accounts."""
    current: tuple[int, PaymentInstructions] | None = None
    for place, following in said:
        if current is None:
            current = place, following
        elif adds_accounts(current[1], following):
            accounts = current[1].credit_transfers + following.credit_transfers
            joined = current[1].model_copy(update={"credit_transfers": accounts})
            current = current[0], joined
        else:
            yield current
            current = place, following
    if current is not None:
        yield current


def adds_accounts(current: PaymentInstructions, following: PaymentInstructions) -> bool:
    """Tell whether `following` says nothing but further accounts.

    Text, card and direct debit occur once in a UBL document (UBL-SR-46, 54, 55): with the first.
    A mandate that is there again stays (PEPPOL-EN16931-R061 asks every direct debit for one).
    """
    return bool(
        current.credit_transfers
        and following.credit_transfers
        and following.payment_means_type_code == current.payment_means_type_code
        and following.remittance_information == current.remittance_information
        and following.payment_means_text in (None, current.payment_means_text)
        and following.payment_card_information in (None, current.payment_card_information)
        and following.direct_debit is None
    )


def placed(pointer: str, places: tuple[int, ...]) -> str:
    """Return a pointer into the invoice as it was before payment instructions became one."""
    head, _, rest = pointer.removeprefix("/payment_instructions/").partition("/")
    if not pointer.startswith("/payment_instructions/") or int(head) >= len(places):
        return pointer
    return "/".join(["/payment_instructions", str(places[int(head)]), *([rest] if rest else [])])


def payment_pointer(invoice: Invoice, path: str) -> str:
    """Return where a term that the document has once stands, or else would stand."""
    *groups, name = path.split("/")
    for index, entry in enumerate(invoice.payment_instructions):
        holder: object = entry
        for group in groups:
            holder = getattr(holder, group, None)
        if getattr(holder, name, None):
            return f"/payment_instructions/{index}/{path}"
    return "/payment_instructions"


def _differences(a: object, b: object, pointer: str) -> Iterator[str]:
    if isinstance(a, BaseModel) and isinstance(b, BaseModel) and type(a) is type(b):
        if a is b:
            return
        for name in type(a).model_fields:
            yield from _differences(getattr(a, name), getattr(b, name), f"{pointer}/{name}")
    elif isinstance(a, tuple) and isinstance(b, tuple):
        for one, other in zip_longest(_said(a), _said(b)):
            index = (one or other or (0,))[0]
            if one is None or other is None:
                yield f"{pointer}/{index}"
            else:
                yield from _differences(one[1], other[1], f"{pointer}/{index}")
    # Decimal compares by value: 12.5 == 12.50
    elif _plain(a) != _plain(b) and not (is_empty(a) and is_empty(b)):
        yield pointer


def _plain(value: object) -> object:
    """Return a value as it is compared: white space around codes and identifiers is no content."""
    return value.strip(XML_WHITE_SPACE) if isinstance(value, str) else value


def _said(values: tuple[object, ...]) -> Iterator[tuple[int, object]]:
    """Yield the values that say something, with their places."""
    return ((index, value) for index, value in enumerate(values) if not is_empty(value))


def is_empty(value: object) -> bool:
    """Tell whether nothing can be written of a value: no text, no group that holds one."""
    if isinstance(value, BaseModel):
        return all(is_empty(inner) for _, inner in value)
    return value is None or (isinstance(value, tuple) and all(map(is_empty, value)))
