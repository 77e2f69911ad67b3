from typing import Any

import pytest

from gateway.documents import recasting
from gateway.kinds import DocumentKind
from tests.countries.es.verifactu.invoices import invoice
from tests.formats.ksef.polish import ordinary
from tests.formats.samples import changed

CAUSE = {"tipo_factura": "F3", "facturas_sustituidas": [{"num_serie_factura": "T/1"}]}


@pytest.mark.parametrize(
    "recast", [recasting.corrected, lambda given: recasting.credit(given, None)]
)
def test_a_correction_does_not_inherit_the_cause_of_what_it_corrects(
    recast: Any,  # noqa: ANN401 - a function
) -> None:
    given = invoice(extensions={"spain": {**CAUSE, "clave_regimen": "07"}})
    assert recast(given)["extensions"] == {"spain": {"clave_regimen": "07"}}
    assert "extensions" not in recast(invoice(extensions={"spain": CAUSE}))


def test_what_continues_a_document_keeps_it() -> None:
    body = recasting.converted(invoice(extensions={"spain": CAUSE}), DocumentKind.INVOICE)
    assert body["extensions"]["spain"] == CAUSE


@pytest.mark.parametrize("recast", [recasting.corrected, recasting.difference])
def test_a_polish_correction_has_no_kind_advance_payment_or_sums_of_the_first(
    recast: Any,  # noqa: ANN401 - a function
) -> None:
    own = {
        "rodzaj_faktury": "ROZ",
        "faktura_zaliczkowa": [{"nr_kse_ffa_zaliczkowej": "5265877635-20250826-0100001AF629-AF"}],
        "rozliczenie": {"do_zaplaty": "10.00"},
        "p_13_1": "1000.00",
        "p_14_1w": "97.90",
        "p_13_6_1": "1.00",
    }
    said = {"poland": {"fa": {**own, "tp": "1"}}, "exchange_rate": "4.2565"}
    body = recast(changed(ordinary(), "/extensions", said))
    assert body["extensions"] == {"poland": {"fa": {"tp": "1"}}, "exchange_rate": "4.2565"}


def test_a_difference_shows_each_line_before_and_after() -> None:
    line = {
        "invoiced_quantity": "2",
        "unit_code": "H87",
        "item_net_price": "50.00",
        "item_name": "a",
        "vat_category_code": "S",
        "vat_rate": "23",
        "allowances": [{"amount": "10.00", "reason": "rabat"}],
    }
    before, now = recasting.difference(ordinary(lines=[line]))["lines"]
    assert before["extensions"] == {"poland": {"stan_przed": "1"}}
    assert (before["invoiced_quantity"], before["net_amount"]) == ("-2", "-90.00")
    assert before["allowances"][0]["amount"] == "-10.00"
    assert (now["invoiced_quantity"], now["net_amount"]) == ("2", "90.00")
    assert {"identifier"} & {*before, *now} == set()


def test_a_difference_to_a_difference_begins_where_that_ended() -> None:
    first = ordinary()
    was = first.lines[0].model_dump() | {"extensions": {"poland": {"stan_przed": "1"}}}
    twice = changed(first, "/lines", [was, first.lines[0].model_dump()])
    lines = recasting.difference(twice)["lines"]
    assert [one["net_amount"] for one in lines] == ["-1000.00", "1000.00"]
