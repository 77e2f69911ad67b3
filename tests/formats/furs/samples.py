"""Messages with everything in them, and strategies that make others."""

import datetime
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from formats.furs import (
    Address,
    BusinessPremise,
    BusinessPremiseRequest,
    FlatRate,
    Header,
    Identifier,
    Invoice,
    InvoiceRequest,
    PremiseIdentifier,
    Property,
    RealEstate,
    ReferenceInvoice,
    ReferenceSalesBook,
    SalesBookIdentifier,
    SalesBookInvoice,
    SellerTaxes,
    SoftwareSupplier,
    Vat,
)

MESSAGE_ID = "4e64a93a-40fa-4c02-afb1-488534b85e4c"
AT = datetime.datetime(2026, 8, 7, 13, 5, 24)  # noqa: DTZ001 - local time, as FURS wants it
HEADER = Header(message_id=MESSAGE_ID, sent_at=AT)
BOOK = SalesBookIdentifier(number="612", set_number="03", serial_number="5001-0001018")
TAXES = SellerTaxes(
    vat=(
        Vat(rate=Decimal(22), taxable=Decimal("23.14"), tax=Decimal("5.09")),
        Vat(rate=Decimal("9.5"), taxable=Decimal("35.14"), tax=Decimal("3.34")),
    ),
    flat_rate=(FlatRate(rate=Decimal(8), taxable=Decimal(100), amount=Decimal(8)),),
    other_taxes=Decimal("1.5"),
    exempt=Decimal(2),
    reverse=Decimal(3),
    not_taxable=Decimal(4),
    special=Decimal(5),
)


def invoice(**others: Any) -> Invoice:  # noqa: ANN401 - members of an `Invoice`
    usual: dict[str, Any] = {
        "tax_number": "99999862",
        "issued_at": AT,
        "numbering": "B",
        "identifier": Identifier(premise="TRGOVINA1", device="BLAG2", number="145"),
        "amount": Decimal("66.71"),
        "payment": Decimal("66.71"),
        "taxes": (TAXES,),
        "operator": "12345678",
        "protected_id": "34905bcff14b381039af2e9d7eee54bb",
    }
    return Invoice(**usual | others)


FULL = invoice(
    customer="SI10000011",
    returns=Decimal("0.30"),
    taxes=(TAXES, SellerTaxes(seller="82730341", exempt=Decimal("45.38"))),
    foreign_operator=False,
    subsequent=True,
    references=(
        ReferenceInvoice(
            identifier=Identifier(premise="TRGOVINA1", device="BLAG2", number="144"), issued_at=AT
        ),
    ),
    sales_book_references=(
        ReferenceSalesBook(identifier=BOOK, issued_on=datetime.date(2016, 4, 10)),
    ),
    notes="Šiška & Čopova <2>",
)
BOOK_INVOICE = SalesBookInvoice(
    tax_number="99999862",
    issued_on=datetime.date(2016, 4, 10),
    identifier=BOOK,
    premise="TRGOVINA1",
    customer="12345678",
    amount=Decimal("1060.06"),
    returns=Decimal("12.3"),
    payment=Decimal("1047.76"),
    taxes=(TAXES,),
    sales_book_references=FULL.sales_book_references,
    references=FULL.references,
    notes="x",
)
REAL_ESTATE = PremiseIdentifier(
    real_estate=RealEstate(
        property=Property(cadastral_community=365, building=12, section=3),
        address=Address(
            street="Tržaška cesta",
            house_number="24",
            house_number_addition="B",
            community="Ljubljana",
            city="Ljubljana",
            postal_code="1000",
        ),
    )
)


def premise(**others: Any) -> BusinessPremise:  # noqa: ANN401 - members of a `BusinessPremise`
    usual: dict[str, Any] = {
        "tax_number": "99999862",
        "premise": "36CF",
        "identifier": REAL_ESTATE,
        "valid_from": datetime.date(2020, 8, 25),
        "suppliers": (SoftwareSupplier(tax_number="24564444"),),
    }
    return BusinessPremise(**usual | others)


REQUESTS: list[InvoiceRequest | BusinessPremiseRequest] = [
    InvoiceRequest(header=HEADER, invoice=FULL),
    InvoiceRequest(header=HEADER, invoice=invoice(numbering="C", taxes=(SellerTaxes(),))),
    InvoiceRequest(header=HEADER, sales_book_invoice=BOOK_INVOICE),
    BusinessPremiseRequest(header=HEADER, premise=premise(closing="Z", notes="zaprto")),
    *(
        BusinessPremiseRequest(
            header=HEADER,
            premise=premise(
                identifier=PremiseIdentifier(kind=kind),
                suppliers=(SoftwareSupplier(foreign_name="Nekdo, Trst"),),
            ),
        )
        for kind in "ABC"
    ),
]

amounts = st.decimals(Decimal("-99999999999.99"), Decimal("99999999999.99"), places=2)
tax_numbers = st.integers(10**7, 10**8 - 1).map(str)
parts = st.text(
    "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=20
)
notes = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"),
    min_size=1,
    max_size=50,
)
moments = st.datetimes(datetime.datetime(2016, 1, 2), datetime.datetime(2100, 1, 1)).map(  # noqa: DTZ001
    lambda at: at.replace(microsecond=at.microsecond // 1000 * 1000)
)
identifiers = st.builds(
    Identifier, premise=parts, device=parts, number=st.integers(1, 10**20 - 1).map(str)
)
taxes = st.builds(
    SellerTaxes,
    seller=st.none() | tax_numbers,
    vat=st.lists(
        st.builds(
            Vat,
            rate=st.sampled_from([Decimal(22), Decimal("9.5"), Decimal(5)]),
            taxable=amounts,
            tax=amounts,
        ),
        max_size=3,
    ).map(tuple),
    exempt=st.none() | amounts,
    reverse=st.none() | amounts,
    not_taxable=st.none() | amounts,
    other_taxes=st.none() | amounts,
    special=st.none() | amounts,
)
invoices = st.builds(
    Invoice,
    tax_number=tax_numbers,
    issued_at=moments,
    numbering=st.sampled_from("BC"),
    identifier=identifiers,
    customer=st.none() | parts,
    amount=amounts,
    payment=amounts,
    taxes=st.lists(taxes, min_size=1, max_size=2).map(tuple),
    operator=st.none() | tax_numbers,
    foreign_operator=st.none() | st.booleans(),
    protected_id=st.integers(0, 2**128 - 1).map(lambda mark: f"{mark:032x}"),
    subsequent=st.none() | st.booleans(),
    references=st.lists(
        st.builds(ReferenceInvoice, identifier=identifiers, issued_at=moments), max_size=2
    ).map(tuple),
    notes=st.none() | notes,
)
requests = st.builds(
    InvoiceRequest,
    header=st.builds(Header, message_id=st.uuids().map(str), sent_at=moments),
    invoice=invoices,
)
