"""Messages with everything in them, and strategies that make others."""

import datetime
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from formats.hr_cis import Fee, Header, Invoice, InvoiceRequest, Number, Tax

AT = datetime.datetime(2026, 8, 7, 13, 5, 24)  # noqa: DTZ001 - local time, as CIS wants it
HEADER = Header(message_id="f81d4fae-7dec-11d0-a765-00a0c91e6bf6", sent_at=AT)
OIB = "00169331406"


def tax(rate: str, base: str, amount: str, name: str | None = None) -> Tax:
    return Tax(rate=Decimal(rate), base=Decimal(base), amount=Decimal(amount), name=name)


def invoice(**others: Any) -> Invoice:  # noqa: ANN401 - members of an `Invoice`
    usual: dict[str, Any] = {
        "oib": OIB,
        "in_vat": True,
        "issued_at": AT,
        "numbering": "N",
        "number": Number(sequence="145", premise="POSL1", device="12"),
        "vat": (tax("25", "100", "25"),),
        "total": Decimal("125.00"),
        "payment": "G",
        "operator": OIB,
        "zki": "e4d909c290d0fb1ca068ffaddf22cbd0",
    }
    return Invoice(**usual | others)


FULL = invoice(
    numbering="P",
    vat=(tax("25", "10", "2.5"), tax("10", "10", "1"), tax("0", "10", "0")),
    consumption=(tax("3", "10", "0.3"),),
    other=(tax("15", "10", "1.5", 'Porez na luksuz & "drugo"\n<novi>'),),
    exempt=Decimal(12),
    margin=Decimal(13),
    not_taxable=Decimal("-1.10"),
    fees=(Fee(name="Povratna naknada", amount=Decimal(1)),),
    total=Decimal("30.00"),
    payment="K",
    late=True,
    paragon="123/458/5",
    purpose="Navedeno kao primjer",
    recipient="79517545745",
)

REQUEST = InvoiceRequest(header=HEADER, invoice=FULL)

_amounts = st.decimals("-999999999999999.99", "999999999999999.99", places=2)
_names = st.text(
    st.characters(codec="utf-8", exclude_categories=["C"]),
    min_size=1,
    max_size=100,
)
_taxes = st.builds(
    Tax, rate=st.decimals("-999.99", "999.99", places=2), base=_amounts, amount=_amounts
)
_others = st.builds(
    Tax, rate=st.decimals("0", "99", places=2), base=_amounts, amount=_amounts, name=_names
)

invoices = st.builds(
    invoice,
    in_vat=st.booleans(),
    numbering=st.sampled_from("NP"),
    vat=st.lists(_taxes, max_size=3).map(tuple),
    consumption=st.lists(_taxes, max_size=1).map(tuple),
    other=st.lists(_others, max_size=2).map(tuple),
    exempt=st.none() | _amounts,
    margin=st.none() | _amounts,
    not_taxable=st.none() | _amounts,
    fees=st.lists(st.builds(Fee, name=_names, amount=_amounts), max_size=2).map(tuple),
    total=_amounts,
    payment=st.sampled_from("GKTO"),
    late=st.booleans(),
    paragon=st.none() | _names,
    purpose=st.none() | _names,
    recipient=st.none() | st.just(OIB),
)
