"""The VAT of credit notes: what they take back is taxed as it was, not as it would be today."""

from formats.en16931 import Invoice
from formats.en16931.totals import VatExemption
from formats.json.body import DocumentInput
from gateway.tax.drafting import is_silent


def as_corrected(given: DocumentInput, corrected: Invoice) -> DocumentInput | None:
    """Return a credit note whose silent lines are taxed as the invoice that it corrects.

    Returns:
        None when the invoice has more than one category and rate, and a line does not say which.
    """
    silent = [at for at, line in enumerate(given.lines) if is_silent(line)]
    rows = corrected.vat_breakdown
    if not silent:
        return given
    if len({(row.category_code, row.category_rate) for row in rows}) != 1:
        return None
    row = rows[0]
    lines = list(given.lines)
    for at in silent:
        lines[at] = lines[at].model_copy(
            update={"vat_category_code": row.category_code, "vat_rate": row.category_rate}
        )
    update: dict[str, object] = {"lines": tuple(lines)}
    said = {one.category_code for one in given.vat_exemptions}
    text, code = row.exemption_reason_text, row.exemption_reason_code
    if row.category_code is not None and row.category_code not in said and (text or code):
        reason = VatExemption(category_code=row.category_code, text=text, code=code)
        update["vat_exemptions"] = (*given.vat_exemptions, reason)
    return given.model_copy(update=update)
