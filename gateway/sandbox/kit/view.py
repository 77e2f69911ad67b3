"""Pages for people: tables without scripts."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

_STYLE = (
    "body{font:14px/1.4 system-ui,sans-serif;margin:2rem}table{border-collapse:collapse}"
    "td,th{border:1px solid #ccc;padding:.2rem .5rem;text-align:left;vertical-align:top}"
    "th{background:#f3f3f3}.refused{background:#fdecea}.shown{outline:2px solid #06c}"
)


def page(title: str, sections: Iterable[tuple[str, str]], *, under: str = "") -> str:
    """Return a page.

    Args:
        title: Its title.
        sections: Headings, and the HTML below each.
        under: A line of text below the title.
    """
    said = f"<p>{escape(under)}</p>" if under else ""
    parts = "".join(f"<h2>{escape(heading)}</h2>{html}" for heading, html in sections)
    return (
        f"<!doctype html><html lang=en><meta charset=utf-8><title>{escape(title)}</title>"
        f"<style>{_STYLE}</style><h1>{escape(title)}</h1>{said}{parts}</html>"
    )


def table(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """Return a table; a row's member `class` becomes the class of its `tr`."""
    head = "".join(f"<th>{escape(name)}</th>" for name in columns)
    return f"<table><tr>{head}</tr>{''.join(_row(columns, row) for row in rows)}</table>"


def counters(counted: Mapping[str, int]) -> str:
    """Return a table of counters."""
    return table(
        ("name", "value"), [{"name": name, "value": n} for name, n in sorted(counted.items())]
    )


def _row(columns: Sequence[str], row: Mapping[str, Any]) -> str:
    cells = "".join(f"<td>{_cell(row[name])}</td>" for name in columns)
    kind = f' class="{escape(str(row["class"]))}"' if row.get("class") else ""
    return f"<tr{kind}>{cells}</tr>"


def _cell(value: object) -> str:
    return "" if value is None else escape(str(value)).replace("\n", "<br>")
