"""A report as one web page for people: nothing from outside, no script, every text escaped."""

from collections.abc import Iterator
from html import escape

from formats.findings import Finding, Layer
from gateway.validations.judged import Judged
from gateway.validations.table import verdict_of

HEAD = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Validation report</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 64rem; padding: 0 1rem }
h2 { border-top: 2px solid #999; padding-top: 1rem; overflow-wrap: anywhere }
table { border-collapse: collapse; width: 100% }
td, th { border-bottom: 1px solid #ccc; padding: .3rem .5rem; text-align: left;
  vertical-align: top; overflow-wrap: anywhere }
pre { background: #f4f4f4; margin: .3rem 0; padding: .4rem; white-space: pre-wrap;
  overflow-wrap: anywhere }
.fatal, .not-valid { color: #a40000 } .warning, .could-not-be-judged { color: #7a4b00 }
.valid { color: #006400 } .place { color: #555; font-size: .9em }
@media (prefers-color-scheme: dark) { body { background: #181818; color: #eee }
  pre { background: #262626 } .fatal, .not-valid { color: #ff8a80 }
  .warning, .could-not-be-judged { color: #ffcc80 } .valid { color: #a5d6a7 }
  .place { color: #aaa } }
</style>
</head>
<body>
<h1>Validation report</h1>
"""
TAIL = "</body>\n</html>\n"

_TITLES = {
    Layer.SEMANTIC: "The invoice (semantic rules)",
    Layer.XSD: "The shape of the document (XML and XSD)",
    Layer.SCHEMATRON: "Official rule sets (Schematron)",
}
_LONGEST_LINE = 400


def section(name: str, judged: Judged) -> str:
    """Return the part of the page about one file."""
    return "\n".join(_section(name, judged)) + "\n"


def _section(name: str, judged: Judged) -> Iterator[str]:
    verdict = verdict_of(judged)
    yield f"<section>\n<h2>{escape(name)}</h2>"
    what = f" as {judged.judged_as}" if judged.judged_as else ""
    yield (
        f'<p><strong class="{verdict.replace(" ", "-")}">{verdict}</strong>{escape(what)}, '
        f"by the rules of {judged.as_of}</p>"
    )
    yield from _layers(judged)
    source = _Lines(judged.xml)
    for layer in (*Layer, None):
        findings = [each for each in judged.report.findings if each.layer is layer]
        if findings:
            title = "Other" if layer is None else _TITLES[layer]
            yield f"<h3>{escape(title)}</h3>\n<table>"
            yield "<tr><th>Rule</th><th>Line</th><th>What is wrong, and what to do</th></tr>"
            for finding in findings:
                yield _row(finding, source)
            yield "</table>"
    yield "</section>"


def _layers(judged: Judged) -> Iterator[str]:
    yield "<table>\n<tr><th>Layer</th><th>Outcome</th><th>Source or reason</th></tr>"
    for layer in judged.report.layers:
        detail = layer.reason or layer.source or ""
        yield (
            f"<tr><td>{escape(layer.id)}</td><td>{escape(layer.outcome.value)}</td>"
            f"<td>{escape(detail)}</td></tr>"
        )
    yield "</table>"


def _row(finding: Finding, source: "_Lines") -> str:
    parts = [f"<p>{escape(finding.message)}</p>"]
    place = " ".join(each for each in (finding.term, finding.pointer, finding.location) if each)
    if place:
        parts.append(f'<p class="place">{escape(place)}</p>')
    if quoted := source.line(finding.line):
        parts.append(f"<pre>{escape(quoted)}</pre>")
    if finding.fix:
        parts.append(f"<p>Fix: {escape(finding.fix)}</p>")
    return (
        f'<tr><td class="{escape(finding.flag.value)}">{escape(finding.rule)}<br>'
        f"{escape(finding.flag.value)}</td><td>{finding.line or ''}</td>"
        f"<td>{''.join(parts)}</td></tr>"
    )


class _Lines:
    """The lines of the document that was judged."""

    def __init__(self, xml: bytes | None) -> None:
        self._xml = xml
        self._lines: list[str] | None = None

    def line(self, number: int | None) -> str | None:
        """Return a line by its number, from 1; None where there is none."""
        if self._xml is None or number is None:
            return None
        if self._lines is None:
            encoding = "utf-16" if self._xml[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8"
            text = self._xml.decode(encoding, errors="replace")
            self._lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        if not 1 <= number <= len(self._lines):
            return None
        line = self._lines[number - 1].strip()
        return line if len(line) <= _LONGEST_LINE else f"{line[:_LONGEST_LINE]} ..."
