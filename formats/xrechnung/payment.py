"""How to pay: BR-DE-1, BR-DE-18 to BR-DE-20, BR-DE-23 to BR-DE-25, BR-DE-30, BR-DE-31.

A direct debit is one here when it has a mandate (BT-89) or an account to debit (BT-91). The rules
for CII also take one for it that has the creditor (BT-90) alone; UBL has no place for such a one.
"""

import re
from collections.abc import Iterator

from formats.en16931.model import Invoice
from formats.en16931.payment import PaymentInstructions
from formats.en16931.rules.base import XML_SPACE, fatal, missing, warning
from formats.en16931.rules.categories import trimmed
from formats.findings import Finding

RULES = frozenset(
    {f"BR-DE-{number}" for number in (1, 18, 19, 20, 30, 31)}
    | {f"BR-DE-{number}-{letter}" for number in (23, 24, 25) for letter in "ab"}
)

_TRANSFERS = frozenset({"30", "58"})
_SEPA_TRANSFER = "58"
_CARDS = frozenset({"48", "54", "55"})
_DIRECT_DEBIT = "59"

_IBAN = re.compile("[A-Z]{2}[0-9]{2}[a-zA-Z0-9]{0,30}")
_SKONTO = re.compile(
    r"#SKONTO#TAGE=[0-9]+#PROZENT=[0-9]+\.[0-9]{2}(#BASISBETRAG=-?[0-9]+\.[0-9]{2})?#"
)
_AFTER_SKONTO = re.compile(r"[ \t\r\n]*\n")


def check(invoice: Invoice) -> tuple[Finding, ...]:
    """Return what is wrong with the payment instructions and terms."""
    return (*_instructions(invoice), *_direct_debits(invoice), *_terms(invoice))


def _instructions(invoice: Invoice) -> Iterator[Finding]:
    if not any(map(_says_how, invoice.payment_instructions)):
        yield missing("BR-DE-1", "/payment_instructions", "BG-16", "payment instructions")
    for number, instructions in enumerate(invoice.payment_instructions):
        pointer = f"/payment_instructions/{number}"
        code = trimmed(instructions.payment_means_type_code)
        if code in _TRANSFERS:
            yield from _transfer(instructions, pointer, code or "")
        elif code in _CARDS:
            yield from _card(instructions, pointer, code or "")
        elif code == _DIRECT_DEBIT:
            yield from _debit(instructions, pointer)


def _says_how(instructions: PaymentInstructions) -> bool:
    """Tell whether there is more than the creditor (BT-90), which stands elsewhere in XML."""
    return (
        instructions.payment_means_type_code is not None
        or instructions.payment_means_text is not None
        or instructions.remittance_information is not None
        or bool(instructions.credit_transfers)
        or _has_card(instructions)
        or _has_mandate(instructions)
    )


def _has_card(instructions: PaymentInstructions) -> bool:
    return instructions.payment_card_information is not None


def _has_mandate(instructions: PaymentInstructions) -> bool:
    debit = instructions.direct_debit
    return debit is not None and (
        debit.mandate_reference_identifier is not None
        or debit.debited_account_identifier is not None
    )


def _transfer(instructions: PaymentInstructions, pointer: str, code: str) -> Iterator[Finding]:
    transfers = instructions.credit_transfers
    if not transfers:
        where = f"{pointer}/credit_transfers"
        yield missing("BR-DE-23-a", where, "BG-17", "account of the credit transfer")
    if _has_card(instructions) or _has_mandate(instructions):
        yield _one_way("BR-DE-23-b", pointer, code, "BG-17", "a card or a direct debit")
    if code != _SEPA_TRANSFER:
        return
    accounts = [transfer.payment_account_identifier for transfer in transfers]
    for number, account in enumerate(accounts or [None]):
        if not is_iban(account):
            yield warning(
                "BR-DE-19",
                f"{pointer}/credit_transfers/{number}/payment_account_identifier",
                "BT-84",
                f"{account or 'Nothing'} (BT-84) is no IBAN, which a SEPA transfer needs.",
                "Correct the IBAN, or use payment means 30.",
            )


def _card(instructions: PaymentInstructions, pointer: str, code: str) -> Iterator[Finding]:
    # In UBL every account is a cac:PaymentMeans of its own, and the card is with the first.
    if not _has_card(instructions) or len(instructions.credit_transfers) > 1:
        where = f"{pointer}/payment_card_information"
        yield missing("BR-DE-24-a", where, "BG-18", "payment card")
    if instructions.credit_transfers or _has_mandate(instructions):
        yield _one_way("BR-DE-24-b", pointer, code, "BG-18", "an account or a direct debit")


def _debit(instructions: PaymentInstructions, pointer: str) -> Iterator[Finding]:
    several = len(instructions.credit_transfers) > 1
    if not _has_mandate(instructions) or several:
        where = f"{pointer}/direct_debit"
        yield missing("BR-DE-25-a", where, "BG-19", "direct debit")
    if instructions.credit_transfers or _has_card(instructions):
        yield _one_way("BR-DE-25-b", pointer, "59", "BG-19", "an account or a card")
    debit = instructions.direct_debit
    account = debit.debited_account_identifier if debit else None
    if several or not is_iban(account):
        yield warning(
            "BR-DE-20",
            f"{pointer}/direct_debit/debited_account_identifier",
            "BT-91",
            f"{account or 'Nothing'} (BT-91) is no IBAN, which a SEPA direct debit needs.",
            "Give the IBAN of the account to debit.",
        )


def _one_way(rule: str, pointer: str, code: str, term: str, other: str) -> Finding:
    return fatal(
        rule,
        pointer,
        term,
        f"Payment means {code} stands beside {other}.",
        "Give every way to pay its own payment instructions (BG-16).",
    )


def _direct_debits(invoice: Invoice) -> Iterator[Finding]:
    if not any(map(_has_mandate, invoice.payment_instructions)):
        return
    debits = [each.direct_debit for each in invoice.payment_instructions if each.direct_debit]
    number = next(n for n, each in enumerate(invoice.payment_instructions) if _has_mandate(each))
    pointer = f"/payment_instructions/{number}/direct_debit"
    if all(debit.bank_assigned_creditor_identifier is None for debit in debits):
        where = f"{pointer}/bank_assigned_creditor_identifier"
        yield missing("BR-DE-30", where, "BT-90", "creditor identifier of the direct debit")
    if all(debit.debited_account_identifier is None for debit in debits):
        where = f"{pointer}/debited_account_identifier"
        yield missing("BR-DE-31", where, "BT-91", "account to debit")


def _terms(invoice: Invoice) -> Iterator[Finding]:
    terms = invoice.payment_terms or ""
    lines = [" ".join(line.split()) for line in terms.split("\n")]
    skonto = [line for line in lines if line.startswith("#")]
    rest = re.split("#.+#", terms)[-1]
    if skonto and (
        not all(_SKONTO.fullmatch(line) for line in skonto) or not _AFTER_SKONTO.match(rest)
    ):
        yield fatal(
            "BR-DE-18",
            "/payment_terms",
            "BT-20",
            "A line of the payment terms (BT-20) begins with # but is no discount as XRechnung"
            " writes it.",
            "Write #SKONTO#TAGE=14#PROZENT=2.00# on a line of its own, and end that line.",
        )


def is_iban(value: str | None) -> bool:
    """Tell whether an account number is an IBAN, as BR-DE-19 counts: its check digits fit."""
    compact = re.sub("[ \t\r\n]", "", value or "").strip(XML_SPACE)
    if not _IBAN.fullmatch(compact):
        return False
    moved = compact[4:] + compact[:4]
    # The set takes small letters for what their code points give, and so do we.
    digits = "".join(
        str(ord(character) - 55) if ord(character) > 64 else character  # noqa: PLR2004
        for character in moved
    )
    return int(digits) % 97 == 1
