"""Whatever an invoice says, it can be printed; and several at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from formats.en16931.model import Invoice
from formats.pdf import LOCALES, PaymentQr, RenderOptions, Template, render
from tests.formats.pdf.documents import pages_of
from tests.formats.pdf.invoices import RICH, TYPICAL
from tests.formats.samples import any_of

OPTIONS = st.builds(
    RenderOptions,
    template=st.sampled_from(Template),
    locale=st.sampled_from(sorted(LOCALES)),
    payment_qr=st.sampled_from(PaymentQr),
)
SLOW = settings(deadline=None, suppress_health_check=list(HealthCheck))


def printed(invoice: Invoice, options: RenderOptions) -> None:
    assert pages_of(render(invoice, options))


@settings(SLOW, max_examples=8)
@given(any_of(Invoice), OPTIONS)
def test_any_invoice_can_be_printed(invoice: Invoice, options: RenderOptions) -> None:
    printed(invoice, options)


@pytest.mark.full
@settings(SLOW, max_examples=1000)
@given(any_of(Invoice), OPTIONS)
def test_any_of_many_invoices_can_be_printed(invoice: Invoice, options: RenderOptions) -> None:
    printed(invoice, options)


def test_several_at_once_give_what_one_after_the_other_gives() -> None:
    invoices = [TYPICAL, RICH, TYPICAL.model_copy(update={"number": "日"})] * 4
    expected = [render(invoice) for invoice in invoices]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(render, invoices)) == expected
