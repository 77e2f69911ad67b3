from typing import Any

import pytest

from gateway.documents import recasting
from gateway.kinds import DocumentKind
from tests.countries.es.verifactu.invoices import invoice

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
