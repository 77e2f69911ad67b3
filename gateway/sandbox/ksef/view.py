"""The ledger for people."""

import json

from gateway.sandbox.kit import view
from gateway.sandbox.ksef.office import Office

_COLUMNS = (
    *("reference", "status", "ksef_number", "seller", "kind", "number", "session", "ordinal"),
    *("hash", "remark"),
)
_SESSIONS = ("reference", "type", "context", "code", "created", "until")
_DISCLAIMER = "A local KSeF for trying things out. The ministry knows nothing of what is here."


def page(office: Office) -> str:
    """Return the page."""
    rows = []
    for one in reversed(office.rows()):
        status = json.loads(one["value"])["status"]
        refused = status["code"] not in {100, 150, 200}
        remark = "; ".join(status.get("details") or [status["description"]])
        rows.append({**one, "remark": remark, "class": "refused" if refused else None})
    return view.page(
        "Local KSeF",
        [
            ("Invoices", view.table(_COLUMNS, rows)),
            ("Sessions", view.table(_SESSIONS, reversed(office.shelf.all("session")))),
            ("Counters", view.counters(office.book.counters())),
        ],
        under=_DISCLAIMER,
    )
