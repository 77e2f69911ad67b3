"""The bank transfer an invoice asks for: what every payment code is made from."""

import datetime
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from formats.en16931.codes.documents import CREDIT_NOTE_TYPES
from formats.en16931.model import Invoice
from formats.en16931.payment import CreditTransfer, PaymentInstructions

_TRANSFERS = {"30", "31", "42", "58"}
"""UNTDID 4461: credit transfer, debit transfer, payment to bank account, SEPA credit transfer."""

_IBAN = re.compile("[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
_CREDITOR_REFERENCE = re.compile("RF[0-9]{2}[A-Z0-9]{1,21}")


class NoPaymentCodeError(ValueError):
    """A payment that a code cannot say, and why; the invoice is as good without it."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """A bank transfer in euro.

    Attributes:
        iban: Without spaces, its check digits right.
        bic: Of the payee's bank, if the invoice has a well-formed one.
        name: Of the account's holder, else the payee, else the seller.
        street, town: Of the seller.
        payer_name, payer_street, payer_town: Of the buyer.
        amount: Above zero, at most two decimals.
        reference: The remittance information (BT-83), else the invoice number.
        number: The invoice number, else the reference.
        due: The due date.
    """

    iban: str
    bic: str | None
    name: str
    street: str
    town: str
    payer_name: str
    payer_street: str
    payer_town: str
    amount: Decimal
    reference: str
    number: str
    due: datetime.date | None

    @property
    def cents(self) -> int:
        """The amount in cents."""
        return int(self.amount.scaleb(2))


def transfer_of(invoice: Invoice) -> Transfer:
    """Return the transfer that an invoice asks for.

    Raises:
        NoPaymentCodeError: It asks for none, or not for one in euro to an IBAN.
    """
    amount = _amount(invoice)
    instructions, account = _account(invoice)
    iban = (account.payment_account_identifier or "").replace(" ", "").upper()
    if not _IBAN.fullmatch(iban) or not _divides(iban):
        raise NoPaymentCodeError("The account is not an IBAN, or its check digits are wrong.")
    payee = None if invoice.payee is None else invoice.payee.name
    name = account.payment_account_name or payee or invoice.seller.name
    if not name:
        raise NoPaymentCodeError("The payee has no name.")
    reference = instructions.remittance_information or invoice.number
    if not reference:
        raise NoPaymentCodeError("There is neither remittance information nor a number.")
    seller, buyer = invoice.seller.postal_address, invoice.buyer.postal_address
    return Transfer(
        iban=iban,
        bic=_bic(account.payment_service_provider_identifier),
        name=_one_line(name),
        street=_one_line((seller.line_1 if seller else None) or ""),
        town=_one_line(_town(seller.post_code, seller.city) if seller else ""),
        payer_name=_one_line(invoice.buyer.name or ""),
        payer_street=_one_line((buyer.line_1 if buyer else None) or ""),
        payer_town=_one_line(_town(buyer.post_code, buyer.city) if buyer else ""),
        amount=amount,
        reference=_one_line(reference),
        number=_one_line(invoice.number or reference),
        due=invoice.payment_due_date,
    )


def _amount(invoice: Invoice) -> Decimal:
    amount = invoice.totals.amount_due
    if invoice.type_code in CREDIT_NOTE_TYPES:
        raise NoPaymentCodeError("A credit note is not paid by the buyer.")
    if invoice.currency_code != "EUR":
        raise NoPaymentCodeError("Payment codes exist for euro only.")
    if amount is None or amount <= 0:
        raise NoPaymentCodeError("Nothing is left to pay.")
    cents = amount.scaleb(2)
    if amount > Decimal("999999999.99") or cents != cents.to_integral_value():
        raise NoPaymentCodeError("The amount due has more digits than a transfer allows.")
    return amount


def _account(invoice: Invoice) -> tuple[PaymentInstructions, CreditTransfer]:
    for instructions in invoice.payment_instructions:
        if instructions.payment_means_type_code in _TRANSFERS:
            for account in instructions.credit_transfers:
                return instructions, account
    raise NoPaymentCodeError("The invoice does not ask for a bank transfer.")


def _bic(identifier: str | None) -> str | None:
    compact = (identifier or "").replace(" ", "").upper()
    form = re.fullmatch("[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?", compact)
    return compact if form else None


def _town(post_code: str | None, city: str | None) -> str:
    return " ".join(part for part in (post_code, city) if part)


def _one_line(text: str) -> str:
    """Return a text without line ends and controls: in the codes a line end parts the fields."""
    kept = (
        " " if unicodedata.category(character) in {"Cc", "Cf", "Zl", "Zp"} else character
        for character in text
    )
    return " ".join("".join(kept).split())


def _divides(number: str) -> bool:
    """Check ISO 7064 mod 97-10, as IBAN (ISO 13616) and RF references (ISO 11649) use it."""
    turned = number[4:] + number[:4]
    return int("".join(str(int(character, 36)) for character in turned)) % 97 == 1


def creditor_reference(text: str) -> str | None:
    """Return an RF reference (ISO 11649) without spaces if the text is a right one."""
    compact = text.replace(" ", "").upper()
    return compact if _CREDITOR_REFERENCE.fullmatch(compact) and _divides(compact) else None


_SPELLED = str.maketrans(
    {
        "ß": "ss",
        "ẞ": "SS",
        "æ": "ae",
        "Æ": "AE",
        "œ": "oe",
        "Œ": "OE",
        "ø": "o",
        "Ø": "O",
        "đ": "d",
        "Đ": "D",
        "ł": "l",
        "Ł": "L",
        "þ": "th",
        "Þ": "Th",
        "ð": "d",
        "Ð": "D",
        "\u2019": "'",
        "\u2013": "-",
        "\u2014": "-",
        "\u2212": "-",
    }
)
"""How letters are spelled that Unicode does not take apart."""


def fitted(text: str, length: int, allowed: re.Pattern[str]) -> str:
    """Return a text in the characters that a code allows, cut to its length.

    A letter with a foreign accent loses it; what else is not allowed becomes a space.
    """
    kept = [
        character if allowed.fullmatch(character) else _plain(character, allowed)
        for character in text
    ]
    return " ".join("".join(kept).split())[:length].rstrip()


def _plain(character: str, allowed: re.Pattern[str]) -> str:
    plain = unicodedata.normalize("NFKD", character.translate(_SPELLED))
    return "".join(letter for letter in plain if allowed.fullmatch(letter)) or " "
