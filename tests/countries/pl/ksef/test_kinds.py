"""What kind of invoice it is, by what it refers to."""

import pytest

from countries.pl.kinds import with_kind, with_prefix
from formats.en16931 import Invoice
from formats.en16931.extensions.document import InvoiceExtensions


def invoice(**members: object) -> Invoice:
    return Invoice.model_validate({"seller": {}, "buyer": {}, "totals": {}, **members})


def told(found: InvoiceExtensions | None) -> str | None:
    poland = found.poland if found is not None else None
    return poland.fa.rodzaj_faktury if poland is not None and poland.fa is not None else None


def test_what_refers_to_nothing_is_what_its_type_says() -> None:
    assert with_kind(None, settles=False, corrected=None) is None
    assert with_kind(None, settles=False, corrected=invoice(type_code="380")) is None


def test_a_settlement_and_the_corrections_of_advances_and_settlements() -> None:
    settlement = with_kind(None, settles=True, corrected=None)
    assert told(settlement) == "ROZ"
    advance = invoice(type_code="386")
    assert told(with_kind(None, settles=False, corrected=advance)) == "KOR_ZAL"
    references = [
        {"reference": "ADV-1", "extensions": {"unique_identifier": "5265877635-20250826-A"}},
        {"reference": "ADV-2"},
    ]
    corrected = invoice(
        type_code="380", extensions=settlement, preceding_invoice_references=references
    )
    found = with_kind(None, settles=False, corrected=corrected)
    assert told(found) == "KOR_ROZ"
    assert found is not None
    assert found.poland is not None
    assert found.poland.fa is not None
    first, second = found.poland.fa.faktura_zaliczkowa
    assert first.nr_kse_ffa_zaliczkowej == "5265877635-20250826-A"
    assert (second.nr_kse_fzn, second.nr_fa_zaliczkowej) == ("1", "ADV-2")


def test_what_is_said_stays() -> None:
    said = InvoiceExtensions.model_validate({"poland": {"fa": {"rodzaj_faktury": "UPR"}}})
    assert with_kind(said, settles=True, corrected=None) is said


def test_only_the_type_of_a_self_billed_invoice_says_nothing_of_corrections() -> None:
    first = invoice(type_code="389")
    assert told(with_kind(None, settles=False, corrected=first, self_billed=True)) == "KOR"
    assert with_kind(None, settles=False, corrected=first) is None
    assert with_kind(None, settles=False, corrected=None, self_billed=True) is None


def prefix_of(given: Invoice) -> str | None:
    poland = given.extensions.poland if given.extensions else None
    return poland.podmiot1.prefiks_podatnika if poland and poland.podmiot1 else None


@pytest.mark.parametrize(
    ("category", "buyer", "p_23", "prefix"),
    [
        ("K", "DE123456789", "2", "PL"),
        ("AE", "DE123456789", "2", "PL"),
        ("S", "DE123456789", "1", "PL"),
        ("AE", "PL5260250274", "2", None),
        ("AE", "GB123456789", "2", None),
        ("S", "DE123456789", "2", None),
    ],
)
def test_the_seller_is_told_with_his_prefix_where_the_union_asks_for_it(
    category: str, buyer: str, p_23: str, prefix: str | None
) -> None:
    given = invoice(
        seller={"vat_identifier": "PL5265877635"},
        buyer={"vat_identifier": buyer},
        vat_breakdown=[{"category_code": category}],
        extensions={"poland": {"fa": {"adnotacje": {"p_23": p_23}}}},
    )
    assert prefix_of(with_prefix(given)) == prefix


def test_a_prefix_that_is_said_stays() -> None:
    said = {"poland": {"podmiot1": {"prefiks_podatnika": "DE"}}}
    given = invoice(
        seller={"vat_identifier": "PL5265877635"},
        vat_breakdown=[{"category_code": "K"}],
        extensions=said,
    )
    assert with_prefix(given) is given
