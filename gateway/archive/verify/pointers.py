"""The members of `document.json` that the document itself can show, as JSON pointers."""

from collections.abc import Mapping

KIND, NUMBER, ISSUE_DATE, CURRENCY = "/kind", "/number", "/issue_date", "/currency_code"
NET, VAT_TOTAL = "/totals/total_without_vat", "/totals/total_vat"
GROSS, DUE = "/totals/total_with_vat", "/totals/amount_due"
SELLER, SELLER_VAT = "/seller/name", "/seller/vat_identifier"
BUYER, BUYER_VAT = "/buyer/name", "/buyer/vat_identifier"

TOTALS = (NET, VAT_TOTAL, GROSS, DUE)
PARTIES = (SELLER, SELLER_VAT, BUYER, BUYER_VAT)
EVERY_POINTER = (KIND, NUMBER, ISSUE_DATE, CURRENCY, *TOTALS, *PARTIES)


def member_at(value: object, pointer: str) -> object:
    """Return the member that a pointer leads to; None: there is none."""
    for step in pointer.split("/")[1:]:
        value = value.get(step) if isinstance(value, Mapping) else None
    return value
