"""The book and the rules in force, as a page for people."""

from gateway.sandbox.kit import view
from gateway.sandbox.vies.service import Service

_ASKED = (
    "at",
    "service",
    "operation",
    "number",
    "requester",
    "outcome",
    "consultation_number",
    "trouble",
)
_NUMBERS = ("number", "name", "address", "since", "until")
_RULES = (
    "fault",
    "where",
    "who",
    "probability",
    "nth",
    "count",
    "word",
    "status",
    "seen",
    "fired",
)
_MOST = 500  # questions on the page


def page(service: Service) -> str:
    """Return the page, without scripts."""
    book = service.ledger.as_json()
    return view.page(
        "Local VIES and HMRC",
        [
            ("Faults in force", view.table(_RULES, service.plane.as_json())),
            ("Counters", view.counters(book["counters"])),
            ("Numbers", view.table(_NUMBERS, service.registry.as_json()["numbers"])),
            ("Asked", view.table(_ASKED, reversed(book["asked"][-_MOST:]))),
        ],
    )
