"""What e-mails and the shared page say: our words in eleven languages, and the sender's own."""

import functools
import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from importlib import resources
from types import MappingProxyType

from formats.en16931 import Invoice
from formats.pdf.language import Language, language
from formats.pdf.view.document import title

_PLACE = re.compile(r"\{\{\s*([a-z_]{1,30})\s*\}\}|\{([a-z_]{1,30})\}")
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_MOST_LINE = 200

PLACES = (
    *("title", "number", "sender", "customer", "amount", "total", "amount_due"),
    *("issue_date", "due_date", "link"),
)
"""What a text may ask for: `{number}` or `{{ number }}`."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a text about a document can say, as printed in its language.

    Attributes:
        words: Ours of the language.
        printed: Those of the pages: titles, labels, numbers.
        values: By name; see `PLACES`.
    """

    words: Mapping[str, str]
    printed: Language
    values: Mapping[str, str]

    def fill(self, text: str) -> str:
        """Return a text with what it asks for; what nobody knows stays as it is written.

        Values are put in once and never read for places themselves.
        """

        def value(match: re.Match[str]) -> str:
            return self.values.get(match[1] or match[2], match[0])

        return _PLACE.sub(value, text)

    def say(self, key: str) -> str:
        """Return one of our own sentences, filled in."""
        return self.fill(self.words[key])


def facts_of(
    invoice: Invoice, locale: str, sender: str, *, open_amount: Decimal | None, link: str = ""
) -> Facts:
    """Return what can be said of a document.

    Args:
        invoice: The document.
        locale: In whose words.
        sender: Who sends it.
        open_amount: What is still to be paid; None where that is what it says itself.
        link: Where it can be seen.
    """
    printed = language(locale)
    totals = invoice.totals
    due = totals.amount_due if open_amount is None else open_amount

    def money(value: Decimal | None) -> str:
        return "" if value is None else printed.money(value, invoice.currency_code)

    values = {
        "title": title(invoice, printed),
        "number": invoice.number or "",
        "sender": sender,
        "customer": invoice.buyer.name or "",
        "amount": money(due),
        "amount_due": money(due),
        "total": money(totals.total_with_vat),
        "issue_date": "" if invoice.issue_date is None else printed.date(invoice.issue_date),
        "due_date": ""
        if invoice.payment_due_date is None
        else printed.date(invoice.payment_due_date),
        "link": link,
    }
    return Facts(words(locale), printed, MappingProxyType(values))


@functools.cache
def words(locale: str) -> Mapping[str, str]:
    """Return our words in a language.

    Raises:
        KeyError: It is none that the pages speak.
    """
    code = language(locale).code
    source = resources.files("gateway.delivery") / "words" / f"{code}.toml"
    return MappingProxyType(tomllib.loads(source.read_text(encoding="utf-8")))


def one_line(text: str, most: int = _MOST_LINE) -> str:
    """Return a text that may stand in a header: one line, no controls, nothing that reorders.

    `=?` gets a space inside: Python's `email` decodes encoded words in what it is given, so that
    `=?utf-8?q?=0d=0aBcc:...?=` would become a header line of its own.
    """
    kept = (
        " " if unicodedata.category(character) in {"Cc", "Zl", "Zp"} else character
        for character in text
        if character not in _BIDI
    )
    return " ".join("".join(kept).split()).replace("=?", "= ?")[:most].strip()
