"""What KSeF refuses, told on the model before a byte is sent.

KSeF checks the schema and a few things beside it; an invoice that it refuses was never issued.
Not told here, because only the system knows: duplicates (440), permissions, whether the day of
issue is past when it arrives, and whether the issuer may send attachments.

Sources: schemat_FA(3)_v1-0E.xsd and its explanations; CIRFMF/ksef-docs,
faktury/weryfikacja-faktury.md (9 April 2026).
"""

import re
from collections.abc import Iterator
from itertools import chain

from formats.en16931.comparison import differences
from formats.en16931.leaves import leaves_at
from formats.en16931.model import Invoice
from formats.findings import Finding, Flag
from formats.ksef import consistency, nip
from formats.ksef.consistency import RULE_SET
from formats.ksef.document import read_tree_of, whole_tree
from formats.ksef.facets import violations
from formats.ksef.nature import CORRECTIONS, SETTLEMENTS
from formats.ksef.places import place_of
from formats.ksef.tree import Tree, document_of

_REFUSED_BY_KSEF = {
    "PL-10": "The invoice fits the schema of FA(3).",
    "PL-11": "FA(3) has room for everything the invoice says.",
    "PL-12": "Every NIP has a right check digit (warning; KSeF refuses it in production).",
    "PL-13": "An invoice in another currency says its VAT in PLN.",
    "PL-14": "A correction names the invoices it corrects.",
    "PL-15": "A settlement names the advance invoices it settles.",
    "PL-16": "An exemption names its legal basis.",
    "PL-17": "The document has at most 1,000,000 bytes, 3,000,000 with an attachment.",
    "PL-18": "Texts have no characters that KSeF refuses.",
    "PL-19": "A line names the goods or services, and the VAT category has a place in FA(3).",
}
RULES = _REFUSED_BY_KSEF | consistency.RULES

_LIMIT, _LIMIT_WITH_ATTACHMENT = 1_000_000, 3_000_000
_MOST = 100
"""Findings of one rule; a hostile invoice could have one per character."""

_NONCHARACTERS = "".join(
    f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 17)
)
_REFUSED = re.compile(f"[\x7f-\x84\x86-\x9f\ufdd0-\ufdef{_NONCHARACTERS}]")
_ZLOTY = "PLN"
_TAXED = re.compile(r"P_14_[1-4]")


def check(invoice: Invoice) -> tuple[Finding, ...]:
    """Return what KSeF would refuse, and what is odd; never raises."""
    tree = whole_tree(invoice)
    return (
        *_of_the_law(invoice, tree),
        *_of_the_schema(tree),
        *_of_the_room(invoice, tree),
        *_of_the_system(tree),
        *consistency.check(invoice, tree),
    )


def _finding(rule: str, path: str, message: str, fix: str, flag: Flag = Flag.FATAL) -> Finding:
    pointer, term = place_of(path)
    return Finding(rule, RULE_SET, flag, message, term=term, pointer=pointer, fix=fix)


def _of_the_law(invoice: Invoice, tree: Tree) -> Iterator[Finding]:
    content = tree["Fa"]
    taxed = [name for name in content if _TAXED.fullmatch(name)]
    if content.get("KodWaluty") != _ZLOTY and any(f"{name}W" not in content for name in taxed):
        yield _not_in_zloty(invoice)
    kind = content.get("RodzajFaktury")
    if kind in CORRECTIONS and not content.get("DaneFaKorygowanej"):
        yield _finding(
            "PL-14",
            "Fa/DaneFaKorygowanej",
            f"A correction ({kind}) names no invoice that it corrects.",
            "Give number (BT-25) and date (BT-26) of the corrected invoice.",
        )
    if kind in SETTLEMENTS and not content.get("FakturaZaliczkowa"):
        yield _finding(
            "PL-15",
            "Fa/FakturaZaliczkowa",
            f"A settlement ({kind}) names no advance invoice.",
            "Give the numbers of the advance invoices (BG-3).",
        )
    exemption = content.get("Adnotacje", {}).get("Zwolnienie", {})
    if "P_19" in exemption and not exemption.keys() & {"P_19A", "P_19B", "P_19C"}:
        yield _finding(
            "PL-16",
            "Fa/Adnotacje/Zwolnienie",
            "The invoice is exempt and does not say by which provision.",
            "Give the provision as exemption reason (BT-120), e.g. art. 43 ust. 1 pkt 37 ustawy.",
        )
    yield from _of_the_categories(invoice)


def _not_in_zloty(invoice: Invoice) -> Finding:
    """Return that VAT is not said in PLN, or that its sum does not tell its parts."""
    message = "The invoice is in another currency and does not say its VAT in PLN."
    fix = "Give the VAT in PLN (BT-111) with PLN as accounting currency (BT-6)."
    if invoice.totals.total_vat_in_accounting_currency is not None:
        message = "The VAT in PLN (BT-111) does not tell how much of it is of which rate."
        fix = "Give the exchange rate (vat_accounting_exchange_rate, BT-X-260) that BT-111 is of."
    pointer = "/totals/total_vat_in_accounting_currency"
    return Finding("PL-13", RULE_SET, Flag.FATAL, message, term="BT-111", pointer=pointer, fix=fix)


def _of_the_categories(invoice: Invoice) -> Iterator[Finding]:
    known = frozenset({"S", "Z", "E", "AE", "K", "G", "O"})
    for at, row in enumerate(invoice.vat_breakdown):
        if row.category_code not in known:
            yield Finding(
                "PL-19",
                RULE_SET,
                Flag.FATAL,
                f"FA(3) has no sum for the VAT category {row.category_code}.",
                term="BT-118",
                pointer=f"/vat_breakdown/{at}/category_code",
                fix=f"Use one of {', '.join(sorted(known))}.",
            )
    for at, line in enumerate(invoice.lines):
        if not (line.item_name or "").strip():
            yield Finding(
                "PL-19",
                RULE_SET,
                Flag.FATAL,
                "The line does not name what was sold (P_7).",
                term="BT-153",
                pointer=f"/lines/{at}/item_name",
                fix="Give the item name.",
            )


def _of_the_schema(tree: Tree) -> Iterator[Finding]:
    for count, (path, wrong) in enumerate(violations(tree, "Faktura")):
        if count == _MOST:
            return
        yield _finding(
            "PL-10",
            path,
            f"{path} {wrong}.",
            "Change the field, so that FA(3) can hold it.",
        )


def _of_the_room(invoice: Invoice, tree: Tree) -> Iterator[Finding]:
    back = read_tree_of(tree)
    if back is None:
        return  # the schema's findings say why
    for count, place in enumerate(differences(invoice, back)):
        if place.startswith("/process_control"):
            continue
        if count == _MOST:
            return
        leaf = next(chain(leaves_at(invoice, place), leaves_at(back, place)), None)
        what = f"this {leaf.name} ({leaf.term})" if leaf else f"what stands at {place}"
        yield Finding(
            "PL-11",
            RULE_SET,
            Flag.FATAL,
            f"FA(3) has no place for {what}, or would say another.",
            term=leaf.term if leaf else None,
            pointer=place,
            fix="Leave it out or change it, or send it to the buyer by other means.",
        )


def _of_the_system(tree: Tree) -> Iterator[Finding]:
    size = len(document_of(tree))
    limit = _LIMIT_WITH_ATTACHMENT if "Zalacznik" in tree else _LIMIT
    if size > limit:
        yield _finding(
            "PL-17",
            "Fa/FaWiersz/0",
            f"The document has {size} bytes; KSeF takes {limit}.",
            "Split the invoice.",
        )
    found = 0
    for path, text in _texts(tree, ""):
        name = path.rpartition("/")[2]
        if bad := _REFUSED.search(text):
            found += 1
            yield _finding(
                "PL-18",
                path,
                f"{path} holds U+{ord(bad[0]):04X}, which KSeF refuses.",
                "Take the character out.",
            )
        if name == "NIP" and not nip.checks(text):
            yield _finding(
                "PL-12",
                path,
                f"The NIP {text} has a wrong check digit.",
                "Write the NIP as the tax office gave it.",
                Flag.WARNING,
            )
        elif name == "IDWew" and not nip.checks(text.partition("-")[0]):
            yield _finding(
                "PL-12",
                path,
                f"The NIP of the internal identifier {text} has a wrong check digit.",
                "Write the identifier as KSeF gave it.",
                Flag.WARNING,
            )
        if found == _MOST:
            return


def _texts(tree: Tree, path: str) -> Iterator[tuple[str, str]]:
    for name, value in tree.items():
        here = f"{path}/{name}".strip("/")
        for at, one in enumerate(value if isinstance(value, list) else [value]):
            place = f"{here}/{at}" if isinstance(value, list) else here
            if isinstance(one, dict):
                yield from _texts(one, place)
            else:
                yield place, one
