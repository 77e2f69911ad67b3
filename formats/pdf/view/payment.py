"""How to pay (BG-16 to BG-19), and the codes that save typing it."""

import re
from typing import TypedDict

from formats.en16931.model import Invoice
from formats.en16931.payment import CreditTransfer, PaymentInstructions
from formats.pdf.language import Language
from formats.pdf.view.facts import Fact, facts, rest, with_code

_SAME = {"31": "30"}
"""UNTDID 4461 codes that share another's word: debit transfer is a transfer all the same."""

_IBAN = re.compile("[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
_INSTRUCTIONS = (
    *("payment_means_type_code", "payment_means_text", "remittance_information"),
    *("credit_transfers", "payment_card_information", "direct_debit"),
)


class Payment(TypedDict):
    """One way to pay."""

    facts: list[Fact]


def payments(invoice: Invoice, language: Language) -> list[Payment]:
    """Return the ways to pay."""
    return [Payment(facts=_facts(item, language)) for item in invoice.payment_instructions]


def _facts(item: PaymentInstructions, language: Language) -> list[Fact]:
    card, debit = item.payment_card_information, item.direct_debit
    return [
        *facts(language, ("payment_means", _means(item, language))),
        *(fact for account in item.credit_transfers for fact in _account(account, language)),
        *facts(language, ("remittance", item.remittance_information)),
        *(
            []
            if card is None
            else facts(
                language,
                ("card", card.primary_account_number),
                ("card_holder", card.holder_name),
            )
        ),
        *rest(card, ("primary_account_number", "holder_name"), language),
        *(
            []
            if debit is None
            else facts(
                language,
                ("mandate", debit.mandate_reference_identifier),
                ("creditor_id", debit.bank_assigned_creditor_identifier),
                ("debited_account", _grouped(debit.debited_account_identifier)),
            )
        ),
        *rest(
            debit,
            (
                *("mandate_reference_identifier", "bank_assigned_creditor_identifier"),
                "debited_account_identifier",
            ),
            language,
        ),
        *rest(item, _INSTRUCTIONS, language),
    ]


def _means(item: PaymentInstructions, language: Language) -> str | None:
    code = item.payment_means_type_code
    known = None if code is None else language.get(f"means_{_SAME.get(code, code)}")
    if item.payment_means_text:
        return with_code(item.payment_means_text, known or code)
    return known or code


def _account(account: CreditTransfer, language: Language) -> list[Fact]:
    number = account.payment_account_identifier
    compact = (number or "").replace(" ", "")
    label = "IBAN" if _IBAN.fullmatch(compact) else language["account"]
    bank = account.payment_service_provider_identifier
    return [
        *([(label, _grouped(number) or "")] if number else []),
        *([("BIC", bank)] if bank else []),
        *facts(language, ("account_name", account.payment_account_name)),
        *rest(
            account,
            (
                *("payment_account_identifier", "payment_account_name"),
                "payment_service_provider_identifier",
            ),
            language,
        ),
    ]


def _grouped(number: str | None) -> str | None:
    """Return an IBAN in groups of four, as ISO 13616 prints it; other accounts as written."""
    compact = (number or "").replace(" ", "")
    if not _IBAN.fullmatch(compact):
        return number
    return "\u00a0".join(compact[start : start + 4] for start in range(0, len(compact), 4))
