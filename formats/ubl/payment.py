"""How to pay: BG-16 to BG-19, and BT-9 of credit notes."""

import datetime
from collections.abc import Iterator, Sequence

from lxml import etree

from formats.binding import (
    CODE,
    Branch,
    Nested,
    Odd,
    ReadContext,
    Shape,
    Value,
    WriteContext,
)
from formats.binding.construction import make
from formats.binding.kinds import code_of, typed
from formats.binding.markup import branch, leaf
from formats.binding.nodes import Values
from formats.en16931.comparison import adds_accounts
from formats.en16931.extensions.payment import PaymentCardInformationExtensions
from formats.en16931.group import Group
from formats.en16931.model import Invoice
from formats.en16931.payment import (
    CreditTransfer,
    DirectDebit,
    PaymentCardInformation,
    PaymentInstructions,
)
from formats.lexical import xs_date
from formats.ubl.extensions import TRADE_ADDRESS, elsewhere
from formats.ubl.names import BINDING, CARD_NETWORK, DIRECT_DEBIT_CODES, Root
from formats.ubl.party import CREDITOR
from formats.xml import WHITESPACE

DUE_DATE = "due date in {}"
"""What a credit note's payment means and terms note about BT-9, which has no element there."""


def due_date(holder: str) -> Odd:
    """Return BT-9 of a credit note, in its payment means or terms."""
    key = DUE_DATE.format(holder)

    def read(nodes: Sequence[etree._Element], _values: Values, context: ReadContext) -> None:
        for node in nodes:
            date = typed(xs_date)(node, context)
            context.notes.setdefault(key, []).append((node, date))

    def write(_group: Group, context: WriteContext) -> Sequence[str]:
        return (leaf("cbc:PaymentDueDate", context.notes.get(key)),)

    return Odd(("cbc:PaymentDueDate",), read, write)


def read_due_date(context: ReadContext, root: Root) -> datetime.date | None:
    """Return BT-9 of a credit note; an invoice has it elsewhere, and what stands here is lost."""
    due: datetime.date | None = None
    for holder in ("means", "terms"):
        for node, date in context.notes.get(DUE_DATE.format(holder), ()):
            if due is None and root is Root.CREDIT_NOTE:
                due = date
            elif date != due:
                context.unread(node)
    return due


_PAYER = "payer to be written"
"""Noted for the payment that the payer stands with."""


def _read_network(nodes: Sequence[etree._Element], values: Values, context: ReadContext) -> None:
    network = code_of(nodes[0])
    context.attributes(nodes[0])
    if network is not None and network != CARD_NETWORK:
        values["extensions"] = make(PaymentCardInformationExtensions, {"network": network})


def _write_network(card: PaymentCardInformation, _context: WriteContext) -> Sequence[str]:
    """Write the network, which UBL demands of a card that says anything."""
    network = None if card.extensions is None else card.extensions.network
    said = network or (card.primary_account_number or "") + (card.holder_name or "")
    return (leaf("cbc:NetworkID", network or CARD_NETWORK),) if said.strip(WHITESPACE) else ()


_ACCOUNT = Shape(
    CreditTransfer,
    Value(  # BT-84
        "cbc:ID",
        "payment_account_identifier",
        CODE,
        {"schemeID": "extensions.payment_account_scheme"},
    ),
    Value("cbc:Name", "payment_account_name"),  # BT-85
    Branch(
        "cac:FinancialInstitutionBranch",
        Value("cbc:ID", "payment_service_provider_identifier", CODE),  # BT-86
        Nested("cac:Address", "extensions.provider_address", TRADE_ADDRESS),
    ),
)

_WITHOUT_CODE = "payment means without code"
"""Noted while payment means are written that say something, but not BT-81."""


def _demanded_code(_means: PaymentInstructions, context: WriteContext) -> Sequence[str]:
    """Write the code that UBL demands without a value, for the rules to find."""
    return ("<cbc:PaymentMeansCode/>",) if _WITHOUT_CODE in context.notes else ()


_DEMANDED_CODE = Odd((), lambda _nodes, _values, _context: None, _demanded_code)

_MEANS = Shape(
    PaymentInstructions,
    Value("cbc:ID", "extensions.identifier", CODE),  # IBT-178
    Value(
        "cbc:PaymentMeansCode",
        "payment_means_type_code",  # BT-81
        CODE,
        {"name": "payment_means_text"},  # BT-82
    ),
    _DEMANDED_CODE,
    due_date("means"),
    Value("cbc:InstructionNote", "extensions.note"),
    Value(  # BT-83
        "cbc:PaymentID",
        "remittance_information",
        attributes={"schemeID": "extensions.remittance_scheme"},
    ),
    Nested(
        "cac:CardAccount",
        "payment_card_information",
        Shape(
            PaymentCardInformation,
            Value("cbc:PrimaryAccountNumberID", "primary_account_number", CODE),  # BT-87
            Odd(("cbc:NetworkID",), _read_network, _write_network),
            Value("cbc:HolderName", "holder_name"),  # BT-88
        ),
    ),
    Nested("cac:PayeeFinancialAccount", "credit_transfers", _ACCOUNT),  # BG-17
    Nested(
        "cac:PaymentMandate",
        "direct_debit",
        Shape(
            DirectDebit,
            Value("cbc:ID", "mandate_reference_identifier", CODE),  # BT-89
            elsewhere("cac:PayerParty", "payer", allowed=_PAYER),  # BG-X-73
            Branch(
                "cac:PayerFinancialAccount",
                Value("cbc:ID", "debited_account_identifier", CODE),  # BT-91
                Value("cbc:Name", "extensions.debited_account_name"),  # BT-216
                Branch(
                    "cac:FinancialInstitutionBranch",
                    Value(  # BT-215
                        "cbc:ID", "extensions.debited_account_provider_identifier", CODE
                    ),
                ),
            ),
        ),
    ),
)
"""BG-16, with one account of BG-17."""


def _read_means(nodes: Sequence[etree._Element], values: Values, context: ReadContext) -> None:
    """Read BG-16; elements equal in all but the account become one with several accounts."""
    found: list[PaymentInstructions] = []
    for node in nodes:
        instructions = BINDING.group(_MEANS, node, context)
        if instructions is None:
            continue
        if found and adds_accounts(found[-1], instructions):
            accounts = found[-1].credit_transfers + instructions.credit_transfers
            found[-1] = found[-1].model_copy(update={"credit_transfers": accounts})
        else:
            found.append(instructions)
    values["payment_instructions"] = found


def with_creditor(
    found: Sequence[PaymentInstructions], creditor: str
) -> tuple[PaymentInstructions, ...]:
    """Put BT-90 where the direct debit is; UBL does not say to which payment it belongs."""
    if not found:
        debit = DirectDebit(bank_assigned_creditor_identifier=creditor)
        return (PaymentInstructions(direct_debit=debit),)
    place = next(
        (index for index, entry in enumerate(found) if entry.direct_debit),
        next(
            (
                index
                for index, entry in enumerate(found)
                if entry.payment_means_type_code in DIRECT_DEBIT_CODES
            ),
            0,
        ),
    )
    debit = (found[place].direct_debit or DirectDebit()).model_copy(
        update={"bank_assigned_creditor_identifier": creditor}
    )
    entry = found[place].model_copy(update={"direct_debit": debit})
    return (*found[:place], entry, *found[place + 1 :])


def creditor_identifier(invoice: Invoice) -> str | None:
    """Return BT-90, which UBL writes into a party and only once (UBL-SR-29)."""
    for instructions in invoice.payment_instructions:
        debit = instructions.direct_debit
        if debit and debit.bank_assigned_creditor_identifier:
            return debit.bank_assigned_creditor_identifier
    return None


def note_due_date(invoice: Invoice, context: WriteContext) -> None:
    """Tell where BT-9 of a credit note goes, which has no DueDate: the first payment means.

    Without any it has no place in the binding: rather than invent payment means for it, it
    stands with the payment terms.
    """
    if invoice.payment_due_date is not None:
        holder = "means" if any(_write_means(invoice, context)) else "terms"
        context.notes[DUE_DATE.format(holder)] = invoice.payment_due_date.isoformat()


def _write_means(invoice: Invoice, context: WriteContext) -> Sequence[str]:
    found: list[str] = []
    payer = _place_of_payer(invoice)
    for place, instructions in enumerate(invoice.payment_instructions):
        if place == payer:
            debit = instructions.direct_debit or DirectDebit()
            context.notes[_PAYER] = True
            found += _means(instructions.model_copy(update={"direct_debit": debit}), context)
            del context.notes[_PAYER]
        else:
            found += _means(instructions, context)
    return found


def _place_of_payer(invoice: Invoice) -> int | None:
    """Return which payment the payer stands with: the first direct debit, or the first."""
    if invoice.extensions is None or invoice.extensions.payer is None:
        return None
    places = enumerate(invoice.payment_instructions)
    return next((place for place, entry in places if entry.direct_debit), 0)


def _means(instructions: PaymentInstructions, context: WriteContext) -> Iterator[str]:
    """Write one element per account; a due date stands in the first of all (UBL-SR-45)."""
    due = context.notes.pop(DUE_DATE.format("means"), None)
    transfers = instructions.credit_transfers
    texts = [BINDING.inner(_ACCOUNT, transfer, context) for transfer in transfers]
    accounts = [each for each, text in zip(transfers, texts, strict=True) if text]
    first = instructions.model_copy(update={"credit_transfers": tuple(accounts[:1])})
    content = _inner(first, context)
    if content:  # BT-90 alone is written with the party
        if due is not None:
            context.notes[DUE_DATE.format("means")] = due
            content = _inner(first, context)
            del context.notes[DUE_DATE.format("means")]
        yield branch("cac:PaymentMeans", content)
    elif due is not None:
        context.notes[DUE_DATE.format("means")] = due
    # Text, card and mandate occur once in a document: UBL-SR-46, UBL-SR-54, UBL-SR-55
    further: dict[str, None] = dict.fromkeys(
        ("payment_means_text", "payment_card_information", "direct_debit", "extensions")
    )
    for account in accounts[1:]:
        means = instructions.model_copy(update={**further, "credit_transfers": (account,)})
        yield branch("cac:PaymentMeans", _inner(means, context))


def _inner(means: PaymentInstructions, context: WriteContext) -> str:
    content = BINDING.inner(_MEANS, means, context)
    if not content or (means.payment_means_type_code or "").strip(WHITESPACE):
        return content
    context.notes[_WITHOUT_CODE] = True
    content = BINDING.inner(_MEANS, means, context)
    del context.notes[_WITHOUT_CODE]
    return content


PAYMENT_MEANS = Odd(("cac:PaymentMeans",), _read_means, _write_means)
"""BG-16 to BG-19."""


def read_creditor(context: ReadContext) -> str | None:
    """Return BT-90, which the payee or the seller has noted."""
    notes = context.notes
    creditor: str | None = notes.get(
        CREDITOR.format("payee"), notes.get(CREDITOR.format("seller"))
    )
    return creditor
