"""The book and the rules in force, as a page for people."""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from gateway.sandbox.vies.service import Service

_STYLE = (
    "body{font:14px/1.4 system-ui,sans-serif;margin:2rem}table{border-collapse:collapse}"
    "td,th{border:1px solid #ccc;padding:.2rem .5rem;text-align:left;vertical-align:top}"
    "th{background:#f3f3f3}"
)
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
    "service",
    "prefix",
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
    counters = [{"name": name, "value": value} for name, value in book["counters"].items()]
    return (
        "<!doctype html><html lang=en><meta charset=utf-8><title>Local VIES and HMRC</title>"
        f"<style>{_STYLE}</style><h1>Local VIES and HMRC</h1>"
        f"<h2>Faults in force</h2>{_table(_RULES, service.plane.as_json())}"
        f"<h2>Counters</h2>{_table(('name', 'value'), counters)}"
        f"<h2>Numbers</h2>{_table(_NUMBERS, service.registry.as_json()['numbers'])}"
        f"<h2>Asked</h2>{_table(_ASKED, reversed(book['asked'][-_MOST:]))}</html>"
    )


def _table(columns: tuple[str, ...], rows: Iterable[Mapping[str, Any]]) -> str:
    head = "".join(f"<th>{name}</th>" for name in columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{_cell(row[name])}</td>" for name in columns) + "</tr>"
        for row in rows
    )
    return f"<table><tr>{head}</tr>{body}</table>"


def _cell(value: object) -> str:
    return "" if value is None else escape(str(value)).replace("\n", "<br>")
