"""How to pay (BG-16 to BG-19): accounts stand with the parties, the rest with the terms."""

from lxml import etree

from formats.en16931.comparison import adds_accounts, is_empty
from formats.en16931.model import Invoice
from formats.en16931.payment import CreditTransfer
from formats.eslog.head import date, reference, take_day
from formats.eslog.nodes import (
    Claims,
    Node,
    day,
    every,
    filled,
    find,
    leaf,
    node,
    qualified,
)

_PAYEES, _CARD, _DEBITED, _BUYERS = "RB", "PB", "BI", "BB"
_MANDATE, _CREDITOR = "AVS", "AII"
_DUE = "13"


def _account(
    qualifier: str, number: str | None, name: str | None, bank: str | None = None
) -> Node | None:
    said = (
        node("C_C078", leaf("D_3194", number), leaf("D_3192", name)),
        node("C_C088", leaf("D_3433", bank)),
    )
    if said == (None, None):
        return None
    return node("S_FII", leaf("D_3035", qualifier), *said)


def accounts(invoice: Invoice) -> list[Node | None]:
    """Return the accounts to pay into: of the first instructions, and those that only add some."""
    first, *others = invoice.payment_instructions or (None,)
    if first is None:
        return []
    transfers: list[CreditTransfer] = list(first.credit_transfers)
    for one in others:
        if not adds_accounts(first, one):
            break
        transfers += one.credit_transfers
    return [
        _account(
            _PAYEES,
            one.payment_account_identifier,
            one.payment_account_name,
            one.payment_service_provider_identifier,
        )
        for one in transfers
        if not is_empty(one)
    ]


def of_the_buyer(invoice: Invoice) -> list[Node | None]:
    """Return card, debited account, and the account that the buyer is known by."""
    made: list[Node | None] = []
    for one in invoice.payment_instructions[:1]:
        card, debit = one.payment_card_information, one.direct_debit
        made += [
            _account(_CARD, card.primary_account_number, card.holder_name) if card else None,
            _account(_DEBITED, debit.debited_account_identifier, None) if debit else None,
        ]
    own = invoice.extensions.slovenia if invoice.extensions else None
    if own is not None:
        made.append(_account(_BUYERS, own.buyer_account, own.buyer_account_name, own.buyer_bank))
    return made


def mandate(invoice: Invoice) -> list[Node | None]:
    """Return mandate (BT-89) and creditor (BT-90)."""
    debits = [one.direct_debit for one in invoice.payment_instructions[:1] if one.direct_debit]
    return [
        made
        for one in debits
        for made in (
            reference(_MANDATE, one.mandate_reference_identifier),
            reference(_CREDITOR, one.bank_assigned_creditor_identifier),
        )
    ]


def terms(invoice: Invoice) -> Node | None:
    """Return due date (BT-9) and means of payment (BT-81)."""
    means = next((one.payment_means_type_code for one in invoice.payment_instructions), None)
    due = date(_DUE, day("D_2380", invoice.payment_due_date))
    paid_by = node("S_PAI", node("C_C534", leaf("D_4461", means)))
    if due is None and paid_by is None:
        return None
    return node("G_SG8", node("S_PAT", leaf("D_4279", "1")), due, paid_by)


def take_terms(message: etree._Element, claims: Claims) -> dict[str, object]:
    """Return due date, and the means of payment under `means`."""
    found: dict[str, object] = {}
    for one in every(message, "G_SG8"):
        if "payment_due_date" not in found and (due := take_day(one, claims, _DUE)) is not None:
            found["payment_due_date"] = due
        if "means" not in found and (means := claims.code(one, "S_PAI/C_C534/D_4461")):
            found["means"] = means
    return found


def _take_account(
    group: etree._Element | None, claims: Claims, qualifier: str
) -> list[tuple[str | None, str | None, str | None]]:
    if group is None:
        return []
    found = [
        (
            claims.code(one, "C_C078/D_3194"),
            claims.text(one, "C_C078/D_3192"),
            claims.code(one, "C_C088/D_3433"),
        )
        for one in qualified(group, "S_FII", "D_3035", qualifier)
    ]
    return [one for one in found if one != (None, None, None)]


def take(
    groups: tuple[etree._Element | None, etree._Element | None],
    claims: Claims,
    *,
    means: object,
    text: str | None,
    remittance: object,
) -> list[dict[str, object]]:
    """Return the payment instructions.

    Args:
        groups: Of seller and buyer.
        claims: What was read.
        means: BT-81.
        text: BT-82.
        remittance: BT-83.
    """
    seller, buyer = groups
    transfers = [
        filled(
            payment_account_identifier=number,
            payment_account_name=name,
            payment_service_provider_identifier=bank,
        )
        for number, name, bank in _take_account(seller, claims, _PAYEES)
    ]
    card = next(iter(_take_account(buyer, claims, _CARD)), (None, None, None))
    debited = next(iter(_take_account(buyer, claims, _DEBITED)), (None, None, None))
    found = filled(
        payment_means_type_code=means,
        payment_means_text=text,
        remittance_information=remittance,
        credit_transfers=transfers,
        payment_card_information=filled(primary_account_number=card[0], holder_name=card[1]),
        direct_debit=filled(
            mandate_reference_identifier=_number(buyer, claims, _MANDATE),
            bank_assigned_creditor_identifier=_number(buyer, claims, _CREDITOR),
            debited_account_identifier=debited[0],
        ),
    )
    return [found] if found else []


def take_own(buyer: etree._Element | None, claims: Claims) -> dict[str, object]:
    """Return the account that the buyer is known by."""
    own = next(iter(_take_account(buyer, claims, _BUYERS)), (None, None, None))
    return filled(buyer_account=own[0], buyer_account_name=own[1], buyer_bank=own[2])


def _number(group: etree._Element | None, claims: Claims, qualifier: str) -> str | None:
    if group is None:
        return None
    for one in qualified(group, "G_SG3", "S_RFF/C_C506/D_1153", qualifier):
        if find(one, "S_RFF/C_C506/D_1154") is not None:
            return claims.code(one, "S_RFF/C_C506/D_1154")
    return None
