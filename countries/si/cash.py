"""Which invoices are cash invoices: all that are not paid by a transfer between accounts.

ZDavPR, article 2: cash is every payment but the direct transfer to an account with a payment
service provider; cards, cheques and vouchers are cash, too.
"""

from formats.en16931 import Invoice

TRANSFERS = frozenset({"30", "31", "42", "49", "57", "58", "59"})
"""UNTDID 4461: credit and debit transfer, payment to a bank account, direct debit, standing
agreement, SEPA credit transfer and direct debit. Every other means, and none at all, may be cash.
"""


def means_of(invoice: Invoice) -> frozenset[str]:
    """Return the means of payment that an invoice names (BT-81)."""
    return frozenset(
        one.payment_means_type_code.strip()
        for one in invoice.payment_instructions
        if one.payment_means_type_code
    )


def names_cash(invoice: Invoice) -> bool:
    """Tell whether it names a means that is no transfer."""
    return bool(means_of(invoice) - TRANSFERS)


def by_transfer(invoice: Invoice) -> bool:
    """Tell whether it is paid by transfer alone, and says so."""
    means = means_of(invoice)
    return bool(means) and means <= TRANSFERS
