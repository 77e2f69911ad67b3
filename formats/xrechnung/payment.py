"""How to pay: BR-DE-1, BR-DE-18 to BR-DE-20, BR-DE-23 to BR-DE-25, BR-DE-30, BR-DE-31.

In UBL a direct debit stands in the payment means it belongs to, when it has a mandate (BT-89) or
an account to debit (BT-91); the creditor (BT-90) is the seller's. CII has mandate and creditor
once for the document, so its rules find a direct debit in every payment means then.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from formats.en16931.model import Invoice
from formats.en16931.payment import DirectDebit, PaymentInstructions
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


def check(invoice: Invoice, *, in_cii: bool = False) -> tuple[Finding, ...]:
    """Return what is wrong with the payment instructions and terms of a document in a syntax."""
    return (
        *_instructions(invoice, in_cii=in_cii),
        *_direct_debits(invoice, in_cii=in_cii),
        *_terms(invoice),
    )


def _instructions(invoice: Invoice, *, in_cii: bool) -> Iterator[Finding]:
    everywhere = in_cii and any(
        debit.mandate_reference_identifier is not None
        or debit.bank_assigned_creditor_identifier is not None
        for debit in _debits(invoice)
    )
    if not any(_says_how(each, in_cii=in_cii) for each in invoice.payment_instructions):
        yield missing("BR-DE-1", "/payment_instructions", "BG-16", "payment instructions")
    for number, instructions in enumerate(invoice.payment_instructions):
        pointer = f"/payment_instructions/{number}"
        code = trimmed(instructions.payment_means_type_code)
        means = _Means(instructions, pointer, code or "", everywhere or _has_mandate(instructions))
        if code in _TRANSFERS:
            yield from _transfer(means)
        elif code in _CARDS:
            yield from _card(means)
        elif code == _DIRECT_DEBIT:
            yield from _debit(means)


def _debits(invoice: Invoice) -> list[DirectDebit]:
    return [each.direct_debit for each in invoice.payment_instructions if each.direct_debit]


def _says_how(instructions: PaymentInstructions, *, in_cii: bool) -> bool:
    """Tell whether there is more than the creditor (BT-90), which stands elsewhere in XML.

    In CII, so do remittance information (BT-83) and mandate (BT-89).
    """
    debit = instructions.direct_debit
    return (
        instructions.payment_means_type_code is not None
        or instructions.payment_means_text is not None
        or bool(instructions.credit_transfers)
        or _has_card(instructions)
        or (debit is not None and debit.debited_account_identifier is not None)
        or (
            not in_cii
            and (instructions.remittance_information is not None or _has_mandate(instructions))
        )
    )


def _has_card(instructions: PaymentInstructions) -> bool:
    return instructions.payment_card_information is not None


def _has_mandate(instructions: PaymentInstructions) -> bool:
    debit = instructions.direct_debit
    return debit is not None and (
        debit.mandate_reference_identifier is not None
        or debit.debited_account_identifier is not None
    )


@dataclass(frozen=True, slots=True)
class _Means:
    """One way to pay: where it stands, its code (BT-81), and whether a direct debit is with it."""

    instructions: PaymentInstructions
    pointer: str
    code: str
    has_debit: bool


def _transfer(means: _Means) -> Iterator[Finding]:
    pointer = means.pointer
    transfers = means.instructions.credit_transfers
    if not transfers:
        where = f"{pointer}/credit_transfers"
        yield missing("BR-DE-23-a", where, "BG-17", "account of the credit transfer")
    if _has_card(means.instructions) or means.has_debit:
        yield _one_way("BR-DE-23-b", means, "BG-17", "a card or a direct debit")
    if means.code != _SEPA_TRANSFER:
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


def _card(means: _Means) -> Iterator[Finding]:
    instructions = means.instructions
    # In UBL every account is a cac:PaymentMeans of its own, and the card is with the first.
    if not _has_card(instructions) or len(instructions.credit_transfers) > 1:
        where = f"{means.pointer}/payment_card_information"
        yield missing("BR-DE-24-a", where, "BG-18", "payment card")
    if instructions.credit_transfers or means.has_debit:
        yield _one_way("BR-DE-24-b", means, "BG-18", "an account or a direct debit")


def _debit(means: _Means) -> Iterator[Finding]:
    instructions, pointer = means.instructions, means.pointer
    several = len(instructions.credit_transfers) > 1
    if not means.has_debit or several:
        where = f"{pointer}/direct_debit"
        yield missing("BR-DE-25-a", where, "BG-19", "direct debit")
    if instructions.credit_transfers or _has_card(instructions):
        yield _one_way("BR-DE-25-b", means, "BG-19", "an account or a card")
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


def _one_way(rule: str, means: _Means, term: str, other: str) -> Finding:
    return fatal(
        rule,
        means.pointer,
        term,
        f"Payment means {means.code} stands beside {other}.",
        "Give every way to pay its own payment instructions (BG-16).",
    )


def _direct_debits(invoice: Invoice, *, in_cii: bool) -> Iterator[Finding]:
    debits = _debits(invoice)
    mandate = any(debit.mandate_reference_identifier is not None for debit in debits)
    creditor = any(debit.bank_assigned_creditor_identifier is not None for debit in debits)
    account = any(debit.debited_account_identifier is not None for debit in debits)
    if not (mandate or account or (creditor and in_cii)):
        return
    number = next(n for n, each in enumerate(invoice.payment_instructions) if each.direct_debit)
    pointer = f"/payment_instructions/{number}/direct_debit"
    if not creditor:
        where = f"{pointer}/bank_assigned_creditor_identifier"
        yield missing("BR-DE-30", where, "BT-90", "creditor identifier of the direct debit")
    elif in_cii and not (mandate or account):
        where = f"{pointer}/mandate_reference_identifier"
        yield missing("BR-DE-30", where, "BT-89", "mandate of the direct debit")
    if not account:
        where = f"{pointer}/debited_account_identifier"
        yield missing("BR-DE-31", where, "BT-91", "account to debit")
    elif in_cii and not (mandate or creditor):
        where = f"{pointer}/mandate_reference_identifier"
        yield missing("BR-DE-31", where, "BT-89", "mandate of the direct debit")


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
