"""The envelope (ovojnica) that a Slovenian e-invoice travels in, through banks and UJP.

It says who sends to whom (bank and account are the address), what is to be paid, and which files
lie beside it. Sources: the published example `envelope.xml` of a client program (names and order);
UJP, notice of 2014-12-31 (envelope, invoice and PDF are exchanged together); client programs for
`attachments`, for lengths and for UJP as a bank (confidence C: the schema
`icl_eb_envelope_einvoice.xsd` is nowhere to be had).
"""

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from formats.binding.markup import escape
from formats.en16931.model import Invoice
from formats.en16931.party import BuyerPostalAddress, SellerPostalAddress
from formats.en16931.payment import CreditTransfer

UJP = "UJPLSI2DICL"
"""UJP as a bank: the agent of every public body."""
UJP_TEST = "UJPLSI20ICL"
"""The same of its test system."""

_TYPE, _VERSION = "0002", "01"
"""Of an e-invoice; what kind of invoice it is, the invoice says."""
_LENGTH = 70
"""Of a name or an address line (client programs)."""
_BIC = 11
_PUBLIC = "SI5601"
"""How accounts of public bodies begin: they are at the central bank, whose number is 01."""
_REFERENCE = re.compile(r"(SI|RF)[0-9][0-9A-Z-]{1,24}")
_NO_REFERENCE = "SI99"
_USUAL_METHOD, _USUAL_PURPOSE = "0", "OTHR"
_T = TypeVar("_T")


class EnvelopeError(ValueError):
    """Nothing can be addressed with what the invoice says; the message is the term it lacks."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that lies beside the envelope.

    Attributes:
        name: Of the file.
        kind: `xml` or `pdf`.
        description: For people.
    """

    name: str
    kind: str
    description: str


@dataclass(frozen=True, slots=True)
class _Address:
    """A party as both halves of the envelope name it."""

    name: str
    country: str
    lines: tuple[str, ...]
    number: str
    bank: str
    account: str


def is_public(invoice: Invoice) -> bool:
    """Tell whether the buyer is a public body, by the account that it is known by.

    Its bank (NBT-012) is UJP; or nobody says which, and its account (NBT-010) is at the central
    bank.
    """
    own = invoice.extensions.slovenia if invoice.extensions else None
    if own is None:
        return False
    if own.buyer_bank is not None:
        return _compact(own.buyer_bank) in {UJP, UJP_TEST}
    return _compact(own.buyer_account or "").startswith(_PUBLIC)


def account_of(invoice: Invoice) -> CreditTransfer | None:
    """Return the first account that is paid into; None where the invoice names none."""
    ways = (way for one in invoice.payment_instructions for way in one.credit_transfers)
    return next((way for way in ways if way.payment_account_identifier), None)


def write_envelope(
    invoice: Invoice,
    attachments: Iterable[Attachment],
    *,
    at: datetime.datetime,
    agent: str = UJP,
) -> bytes:
    """Return the envelope of an invoice, as XML.

    Args:
        invoice: With its number.
        attachments: What lies beside it, the invoice first.
        at: Local time of issue.
        agent: Whose customer the buyer is: UJP, or its test system.

    Raises:
        EnvelopeError: It says too little to be addressed.
    """
    text = "\n".join(_lines(invoice, tuple(attachments), at, agent))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _lines(
    invoice: Invoice, attachments: tuple[Attachment, ...], at: datetime.datetime, agent: str
) -> Iterator[str]:
    seller, buyer = _seller(invoice), _buyer(invoice, agent)
    number = _needed(invoice.number, "BT-1")
    yield "<envelope>"
    yield from _party("sender", seller)
    yield from _party("receiver", buyer)
    yield from _inside(
        "doc_data",
        _leaf("doc_type", _TYPE),
        _leaf("doc_type_ver", _VERSION),
        _leaf("doc_id", number),
        _leaf("external_doc_id", number),
        _leaf("timestamp", f"{at:%Y-%m-%dT%H:%M:%S}"),
    )
    yield from _payment(invoice, number, seller, buyer)
    yield from _inside(
        "attachments",
        _leaf("count", str(len(attachments))),
        *(line for one in attachments for line in _attachment(one)),
    )
    yield "</envelope>"


def _party(role: str, one: _Address) -> Iterator[str]:
    yield from _inside(
        role,
        *_who(one),
        _leaf(f"{role}_identifier", one.number),
        *_inside(
            f"{role}_eddress",
            _leaf(f"{role}_agent", one.bank),
            _leaf(f"{role}_mailbox", one.account),
        ),
    )


def _payment(invoice: Invoice, number: str, seller: _Address, buyer: _Address) -> Iterator[str]:
    own = invoice.extensions.slovenia if invoice.extensions else None
    due = invoice.payment_due_date or invoice.issue_date
    yield from _inside(
        "payment_data",
        _leaf("payment_method", (own.payment_method if own else None) or _USUAL_METHOD),
        *_inside(
            "creditor",
            *_who(seller),
            _leaf("creditor_agent", seller.bank),
            _leaf("creditor_account", seller.account),
        ),
        *_inside(
            "debtor",
            *_who(buyer),
            _leaf("debtor_agent", buyer.bank),
            _leaf("debtor_account", buyer.account),
        ),
        _leaf("requested_execution_date", _needed(due.isoformat() if due else None, "BT-2")),
        _leaf("amount", f"{_needed(invoice.totals.amount_due, 'BT-115'):.2f}"),
        _leaf("currency", invoice.currency_code or "EUR"),
        *_inside(
            "remittance_information",
            _leaf("creditor_structured_reference", _reference(invoice)),
            _leaf("additional_remittance_information", f"Plačilo računa {number}"[:140]),
        ),
        _leaf("purpose", (own.payment_purpose if own else None) or _USUAL_PURPOSE),
    )


def _attachment(one: Attachment) -> Iterator[str]:
    yield from _inside(
        "attachment",
        _leaf("filename", one.name),
        _leaf("type", one.kind),
        _leaf("description", one.description),
    )


def _reference(invoice: Invoice) -> str:
    """Return what the payment is to be told apart by; SI99 where it has no reference."""
    said = (one.remittance_information for one in invoice.payment_instructions)
    compact = (_compact(one) for one in said if one)
    return next((one for one in compact if _REFERENCE.fullmatch(one)), _NO_REFERENCE)


def _seller(invoice: Invoice) -> _Address:
    party, way = invoice.seller, account_of(invoice)
    number = party.vat_identifier or party.tax_registration_identifier
    return _Address(
        name=_needed(party.name, "BT-27")[:_LENGTH],
        country=_country(party.postal_address),
        lines=_address(party.postal_address),
        number=_needed(number, "BT-31"),
        bank=_bank(_needed(way.payment_service_provider_identifier if way else None, "BT-86")),
        account=_compact(_needed(way.payment_account_identifier if way else None, "BT-84")),
    )


def _buyer(invoice: Invoice, agent: str) -> _Address:
    party = invoice.buyer
    own = invoice.extensions.slovenia if invoice.extensions else None
    registered = party.legal_registration_identifier
    number = (
        party.vat_identifier
        or (own.buyer_tax_number if own else None)
        or (registered.value if registered else None)
    )
    return _Address(
        name=_needed(party.name, "BT-44")[:_LENGTH],
        country=_country(party.postal_address),
        lines=_address(party.postal_address),
        number=_needed(number, "BT-48"),
        bank=agent,
        account=_compact(_needed(own.buyer_account if own else None, "NBT-010")),
    )


def _who(one: _Address) -> Iterator[str]:
    yield _leaf("name", one.name)
    yield _leaf("country", one.country)
    for line in one.lines:
        yield _leaf("address", line)


def _address(place: SellerPostalAddress | BuyerPostalAddress | None) -> tuple[str, ...]:
    """Return street and town, in that order."""
    if place is None:
        return ()
    town = " ".join(part for part in (place.post_code, place.city) if part)
    return tuple(line[:_LENGTH] for line in (place.line_1, town) if line)


def _country(place: SellerPostalAddress | BuyerPostalAddress | None) -> str:
    return (place and place.country_code) or "SI"


def _bank(bic: str) -> str:
    """Return a BIC with its eleven characters: the envelope takes no shorter one."""
    return _compact(bic).ljust(_BIC, "X")


def _compact(text: str) -> str:
    return re.sub(r"\s", "", text).upper()


def _needed(value: _T | None, term: str) -> _T:
    if value is None or value == "":
        raise EnvelopeError(term)
    return value


def _leaf(name: str, text: str) -> str:
    return f"<{name}>{escape(text)}</{name}>"


def _inside(name: str, *lines: str) -> Iterator[str]:
    yield f"<{name}>"
    yield from (f"  {line}" for line in lines)
    yield f"</{name}>"
