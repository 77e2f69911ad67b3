"""How long it takes to show an invoice of ten lines as PDF/A-3b, and to make it a hybrid.

    python -m benchmarks.pdf [--rounds 5] [--budget 1] [--more 500]

Figures go to stdout, in milliseconds. No peer stands beside them: none that renders PDF/A-3 from
an invoice installs from an index without system libraries. (weasyprint, which needs Pango, took
about 290 ms for a page of this kind when the libraries were chosen.)
"""

import argparse
import datetime
import itertools
import sys
from collections.abc import Callable
from functools import partial

from benchmarks.invoices import sample
from benchmarks.timing import measure
from formats.facturx.hybrid import embed, extract
from formats.facturx.levels import HybridLevel
from formats.pdf import PaymentQr, RenderOptions, Template, render
from formats.pdf.payment_codes import payment_code

_MOMENT = datetime.datetime(2026, 11, 21, 12, tzinfo=datetime.UTC)
_XML = (
    b'<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:'
    b'CrossIndustryInvoice:100">' + b" " * 8000 + b"</rsm:CrossIndustryInvoice>"
)


def main(arguments: list[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--budget", type=float, default=1.0)
    parser.add_argument("--more", type=int, default=500, help="lines of the long invoice")
    options = parser.parse_args(arguments)
    numbers = itertools.count()
    invoice, long = sample(10), sample(options.more)

    def rendered(lines: int, template: Template, code: PaymentQr) -> bytes:
        # Another number each time: the typesetter remembers what it has set before.
        base = invoice if lines == len(invoice.lines) else long
        fresh = base.model_copy(update={"number": f"2026-{next(numbers):06d}"})
        return render(fresh, RenderOptions(template=template, payment_qr=code))

    page = render(invoice, created_at=_MOMENT)
    hybrid = embed(page, _XML, HybridLevel.EN16931, modified=_MOMENT)
    subjects: dict[str, Callable[[], object]] = {
        **{
            f"render, 10 lines, {template}": partial(rendered, 10, template, PaymentQr.AUTO)
            for template in Template
        },
        "render, 10 lines, no payment code": partial(
            rendered, 10, Template.CLASSIC, PaymentQr.NONE
        ),
        f"render, {options.more} lines, condensed": partial(
            rendered, options.more, Template.CONDENSED, PaymentQr.NONE
        ),
        "payment code (EPC)": partial(payment_code, invoice),
        "embed": partial(embed, page, _XML, HybridLevel.EN16931, modified=_MOMENT),
        "extract": partial(extract, hybrid),
    }
    timings = measure(subjects, rounds=options.rounds, budget=options.budget)
    sys.stdout.write(f"{'milliseconds':36}{'median':>9}{'least':>9}{'calls':>7}\n")
    for name, timing in timings.items():
        sys.stdout.write(
            f"{name:36}{timing.median / 1e3:9.2f}{timing.least / 1e3:9.2f}{timing.calls:7}\n"
        )


if __name__ == "__main__":
    main()
