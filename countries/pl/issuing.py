"""What stands in the way of issuing an invoice through KSeF, beside what its structure forbids."""

import datetime
import re
from collections.abc import Collection
from decimal import Decimal

from stdnum.pl import nip

from formats.en16931 import Invoice
from formats.en16931.codes.documents import CREDIT_NOTE_TYPES
from formats.en16931.line import Line
from formats.en16931.party import Buyer, Seller
from formats.findings import Finding, Flag

RULE_SET = "countries.pl:issuing"
RULES = {
    "PL-30": "Who issues through KSeF has a NIP.",
    "PL-31": "An invoice is not dated in the future: KSeF refuses it (450).",
    "PL-32": "A correction waits until the invoice it corrects has its KSeF number.",
    "PL-33": "A corrective invoice shows what was beside what is: KSeF adds it to the first.",
    "PL-34": "A Polish buyer who gives his NIP elsewhere gives it as VAT identifier.",
}
_CORRECTIVE = "384"
_NIP_SCHEME = "9945"
_NIP = re.compile(r"(?:PL)?([1-9](?:\d[1-9]|[1-9]\d)\d{7})")


def nip_of(party: Seller | Buyer) -> str | None:
    """Return a party's NIP: of its VAT identifier, else of a seller's tax registration."""
    written = [party.vat_identifier]
    if isinstance(party, Seller):
        written.append(party.tax_registration_identifier)
    for one in written:
        if found := _NIP.fullmatch((one or "").replace("-", "").replace(" ", "")):
            return found[1]
    return None


def findings(
    invoice: Invoice,
    *,
    issuer: Seller,
    today: datetime.date,
    unnumbered: Collection[str] = (),
    refused: Collection[str] = (),
) -> tuple[Finding, ...]:
    """Return why KSeF would not take an invoice now.

    Args:
        invoice: The invoice.
        issuer: Who issues it: the seller or, of what is self-billed, the buyer.
        today: The day in Poland.
        unnumbered: Numbers of invoices that KSeF was sent and has not numbered yet.
        refused: Numbers of those of them that it will never number.
    """
    found: list[Finding] = []
    if nip_of(issuer) is None:
        found.append(
            _finding(
                "PL-30",
                "BT-31",
                "/seller/vat_identifier",
                "Who issues the invoice has no NIP, by which KSeF knows him.",
                "Set the VAT identifier of the entity: PL and ten digits.",
            )
        )
    day = invoice.issue_date
    if day is not None and day > today:
        found.append(
            _finding(
                "PL-31",
                "BT-2",
                "/issue_date",
                f"The invoice is dated {day}, and in Poland today is {today}.",
                f"Give {today} or leave it out.",
            )
        )
    for at, one in enumerate(invoice.preceding_invoice_references):
        if one.reference in refused:
            found.append(
                _finding(
                    "PL-32",
                    "BT-25",
                    f"/preceding_invoice_references/{at}/reference",
                    f"KSeF refused {one.reference}: it was never issued, and nothing corrects it.",
                    "Void it, and issue it anew.",
                )
            )
        elif one.reference in unnumbered:
            found.append(
                _finding(
                    "PL-32",
                    "BT-25",
                    f"/preceding_invoice_references/{at}/reference",
                    f"KSeF has not numbered {one.reference} yet, and this invoice must name the"
                    " number.",
                    "Wait until it is cleared, and finalize again.",
                )
            )
    found += _not_by_difference(invoice)
    found += _told_as_nobody(invoice.buyer)
    return tuple(found)


def _told_as_nobody(buyer: Buyer) -> list[Finding]:
    """Return that a buyer would not find his invoice: KSeF looks by the NIP of Podmiot2."""
    address = buyer.postal_address
    if nip_of(buyer) is not None or (address and address.country_code) != "PL":
        return []
    legal = buyer.legal_registration_identifier
    places = (
        ("BT-47", "/buyer/legal_registration_identifier/value", legal, {None, _NIP_SCHEME}),
        ("BT-46", "/buyer/identifier/value", buyer.identifier, {_NIP_SCHEME}),
        ("BT-49", "/buyer/electronic_address/value", buyer.electronic_address, {_NIP_SCHEME}),
    )
    return [
        _finding(
            "PL-34",
            term,
            pointer,
            "The buyer has a NIP and is not told by it: KSeF would show him nothing.",
            "Give it as VAT identifier of the buyer (BT-48): PL and the ten digits.",
        )
        for term, pointer, said, schemes in places
        if said and said.scheme_identifier in schemes and _is_nip(said.value)
    ][:1]


def _is_nip(written: str | None) -> bool:
    found = _NIP.fullmatch((written or "").replace("-", "").replace(" ", ""))
    return found is not None and bool(nip.is_valid(found[1]))


def _not_by_difference(invoice: Invoice) -> list[Finding]:
    """Return why a corrective invoice would be taken for another sale.

    P_13_x, P_14_x and P_15 of a correction are differences (VAT act, art. 106j ust. 2 pkt 5), and
    nothing tells a difference from an invoice written anew but the lines as they were.
    """
    if not _corrects(invoice):
        return []
    before = [line for line in invoice.lines if _was(line)]
    wrong = [at for at, line in enumerate(invoice.lines) if _was(line) and _adds(line)]
    if before and not wrong:
        return []
    if not before and not any(_adds(line) for line in invoice.lines):
        return []  # it takes back, and nothing else
    pointer = f"/lines/{wrong[0]}/net_amount" if wrong else "/lines"
    return [
        _finding(
            "PL-33",
            "BT-131" if wrong else "BG-25",
            pointer,
            "KSeF adds a corrective invoice to the first one, and this one does not say by how"
            " much that changes.",
            "Show each line as it was, below zero and with extensions.poland.stan_przed 1, and"
            " beside it as it is to be; POST /v1/documents/{id}/corrections makes such a draft.",
        )
    ]


def _corrects(invoice: Invoice) -> bool:
    poland = invoice.extensions.poland if invoice.extensions else None
    said = poland.fa.rodzaj_faktury if poland is not None and poland.fa is not None else None
    takes_back = invoice.type_code in CREDIT_NOTE_TYPES
    return not takes_back and (invoice.type_code == _CORRECTIVE or (said or "").startswith("KOR"))


def _was(line: Line) -> bool:
    poland = line.extensions.poland if line.extensions else None
    return poland is not None and poland.stan_przed == "1"


def _adds(line: Line) -> bool:
    return (line.net_amount or Decimal(0)) > 0


def _finding(rule: str, term: str, pointer: str, message: str, fix: str) -> Finding:
    return Finding(rule, RULE_SET, Flag.FATAL, message, term=term, pointer=pointer, fix=fix)
