"""What the explanations of the schema and the VAT act ask beside the grammar.

KSeF takes an invoice that breaks them; then the buyer's unit never sees it, or a tax office asks:
warnings. Where what is told would be another sale, it is fatal.

Sources: the documentation in schemat_FA(3)_v1-0E.xsd (JST, GV, Udzial, StanPrzed, Zamowienie);
art. 106e ust. 5 pkt 3 and art. 106f of the VAT act.
"""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from formats.en16931.model import Invoice
from formats.findings import Finding, Flag
from formats.ksef import totals
from formats.ksef.nature import CORRECTIONS, SETTLEMENTS, corrects
from formats.ksef.numbers import number
from formats.ksef.tree import Tree

RULE_SET = "formats.ksef:semantic"

RULES = {
    "PL-20": "An invoice for a unit of a local government names it, role 8 (warning).",
    "PL-21": "An invoice for a member of a VAT group names it, role 10 (warning).",
    "PL-22": "Only a correction has lines as they were before (warning).",
    "PL-23": "Additional buyers, and nobody else, have shares, of less than 100 % (warning).",
    "PL-24": "An advance invoice names the order that it is for (warning).",
    "PL-25": "What settles advances is a settlement (warning), over what is left to pay.",
    "PL-26": "A simplified invoice is of at most 450 PLN or 100 EUR (warning).",
    "PL-27": "What corrects another invoice by its type (BT-3) is a correction in KSeF, too.",
}

_SETTLEMENT = "ROZ"
_UNIT, _MEMBER, _ADDITIONAL = "8", "10", "4"
_WHOLE = Decimal(100)
_SIMPLIFIED = {"PLN": Decimal(450), "EUR": Decimal(100)}


def check(invoice: Invoice, tree: Tree) -> Iterator[Finding]:
    """Yield what is odd about an invoice and the document it makes."""
    yield from _parties(tree)
    yield from _kind(invoice, tree)


def _warning(rule: str, pointer: str, term: str, message: str, fix: str) -> Finding:
    return Finding(rule, RULE_SET, Flag.WARNING, message, term=term, pointer=pointer, fix=fix)


def _parties(tree: Tree) -> Iterator[Finding]:
    third = tree.get("Podmiot3", [])
    named = {
        party.get("Rola")
        for party in third
        if party.get("DaneIdentyfikacyjne", {}).keys() & {"NIP", "IDWew"}
    }
    marks = tree.get("Podmiot2", {})
    if marks.get("JST") == "1" and _UNIT not in named:
        yield _warning(
            "PL-20",
            "/extensions/poland/podmiot2/jst",
            "FA-JST",
            "The invoice is for a unit of a local government and does not name it.",
            "Add the unit to podmiot3 with rola 8 and its NIP or internal identifier (idwew).",
        )
    if marks.get("GV") == "1" and _MEMBER not in named:
        yield _warning(
            "PL-21",
            "/extensions/poland/podmiot2/gv",
            "FA-GV",
            "The invoice is for a member of a VAT group and does not name it.",
            "Add the member to podmiot3 with rola 10 and its NIP or internal identifier (idwew).",
        )
    shares = [(party.get("Rola"), _share(party)) for party in third if "Udzial" in party]
    strangers = any(role != _ADDITIONAL for role, _ in shares)
    if strangers or (shares and sum(share for _, share in shares) >= _WHOLE):
        yield _warning(
            "PL-23",
            "/extensions/poland/podmiot3",
            "FA-Udzial",
            "Somebody who is no additional buyer has a share, or the buyer is left none.",
            "Give shares to parties with rola 4, together less than 100.",
        )


def _share(party: Tree) -> Decimal:
    try:
        return Decimal(party["Udzial"])
    except InvalidOperation:
        return Decimal(0)  # the schema's finding says so


def _kind(invoice: Invoice, tree: Tree) -> Iterator[Finding]:
    content = tree["Fa"]
    kind = content.get("RodzajFaktury")
    if kind not in CORRECTIONS:
        for at, line in enumerate(content.get("FaWiersz", ())):
            if "StanPrzed" in line:
                yield _warning(
                    "PL-22",
                    f"/lines/{at}/extensions/poland/stan_przed",
                    "FA-StanPrzed",
                    f"The line is as it was before a correction; the invoice ({kind}) is none.",
                    "Make it a correction (BT-3 384), or take stan_przed out.",
                )
    if kind == "ZAL" and "Zamowienie" not in content and not content.get("FaWiersz"):
        yield _warning(
            "PL-24",
            "/extensions/poland/fa/zamowienie",
            "FA-Zamowienie",
            "The advance invoice names no order that it is for.",
            "Give the order or contract with its lines (fa.zamowienie).",
        )
    preceding, paid = invoice.preceding_invoice_references, invoice.totals.paid_amount
    if preceding and paid and kind not in CORRECTIONS | SETTLEMENTS:
        yield _warning(
            "PL-25",
            "/extensions/poland/fa/rodzaj_faktury",
            "FA-RodzajFaktury",
            "The invoice names others (BG-3) that were paid (BT-113), and is no settlement.",
            "Where they are advances: rodzaj_faktury ROZ, and the advances as lines below zero.",
        )
    yield from _another_sale(invoice, content)
    limit = _SIMPLIFIED.get(invoice.currency_code or "")
    total = invoice.totals.total_with_vat
    if kind == "UPR" and limit is not None and total is not None and total > limit:
        yield _warning(
            "PL-26",
            "/totals/total_with_vat",
            "BT-112",
            f"A simplified invoice is of at most {limit} {invoice.currency_code}.",
            "Issue an ordinary invoice.",
        )


def _another_sale(invoice: Invoice, content: Tree) -> Iterator[Finding]:
    """Yield what KSeF would count a second time."""
    kind = content.get("RodzajFaktury")
    if corrects(invoice.type_code) and kind not in CORRECTIONS:
        yield Finding(
            "PL-27",
            RULE_SET,
            Flag.FATAL,
            f"The document corrects (BT-3 {invoice.type_code}), and rodzaj_faktury {kind} says a"
            " new sale.",
            term="FA-RodzajFaktury",
            pointer="/extensions/poland/fa/rodzaj_faktury",
            fix="Leave rodzaj_faktury out, or say KOR, KOR_ZAL or KOR_ROZ.",
        )
    deducted = any(_below(line.get("P_11")) for line in content.get("FaWiersz", ()))
    if kind == _SETTLEMENT and totals.is_paid_before(content.get("Rozliczenie", {})):
        if deducted:
            return
        yield Finding(
            "PL-25",
            RULE_SET,
            Flag.FATAL,
            "The settlement is over the whole amount and takes off what was paid before (BT-113):"
            " the VAT of the advances would be due twice.",
            term="BT-113",
            pointer="/totals/paid_amount",
            fix="Take the advances off as lines below zero, so that the total is what is left to"
            " pay; `settles` does so.",
        )


def _below(amount: str | None) -> bool:
    value = number(amount)
    return value is not None and value < 0
