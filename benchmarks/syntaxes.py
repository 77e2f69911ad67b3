"""Writing and reading invoices in UBL and CII, beside drafthorse and factur-x.

Run from the root of the repository: `python -m benchmarks.syntaxes`. What is compared with what,
and what is not, stands in README.md beside this file.
"""

import argparse
import datetime
import logging
import platform
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from importlib.metadata import version

import facturx
from drafthorse.models.document import Document
from lxml import etree

from benchmarks.invoices import sample
from benchmarks.pages import page
from benchmarks.timing import Timing, measure
from formats import cii, ubl
from formats.facturx.hybrid import embed
from formats.facturx.levels import HybridLevel

GOALS = {
    "UBL, write, 10 lines": 150.0,
    "UBL, read, 10 lines": 400.0,
}
"""Microseconds, median."""

MOST_GROWTH = 11.0
"""How many times longer ten times as many lines may take."""

Subjects = Mapping[str, Callable[[], object]]


def ours(lines: int) -> Subjects:
    """Return writing from the model and reading into it, in both syntaxes."""
    invoice = sample(lines)
    in_ubl, in_cii = ubl.write(invoice), cii.write(invoice)
    return {
        f"UBL, write, {lines} lines": partial(ubl.write, invoice),
        f"UBL, read, {lines} lines": partial(ubl.read, in_ubl),
        f"CII, write, {lines} lines": partial(cii.write, invoice),
        f"CII, read, {lines} lines": partial(cii.read, in_cii),
    }


def drafthorse(lines: int) -> Subjects:
    """Return the same document read into drafthorse's objects, and written from them."""
    content = cii.write(sample(lines))
    document = Document.parse(content)
    return {
        f"drafthorse, CII, write, {lines} lines": partial(document.serialize, schema=None),
        f"drafthorse, CII, read, {lines} lines": partial(Document.parse, content),
    }


def hybrid(lines: int) -> Subjects:
    """Return the putting of the same XML into the same PDF, by us and by factur-x."""
    content, pdf = cii.write(sample(lines)), page()
    moment = datetime.datetime(2026, 11, 20, tzinfo=datetime.UTC)
    return {
        f"PDF with XML, {lines} lines": partial(
            embed, pdf, content, HybridLevel.EN16931, modified=moment
        ),
        f"factur-x, PDF with XML, {lines} lines": partial(
            facturx.generate_from_binary,
            pdf,
            content,
            flavor="factur-x",
            level="en16931",
            check_xsd=False,
            check_schematron=False,
        ),
    }


def identification(lines: int) -> Subjects:
    """Return what factur-x can say about an XML without PDF: its level, and if its XSD likes it.

    Ours beside it reads the whole invoice; factur-x has no model to read it into.
    """
    content = cii.write(sample(lines))
    return {
        f"factur-x, parse and find the level, {lines} lines": partial(_level, content),
        f"factur-x, parse, find the level, check the XSD, {lines} lines": partial(
            facturx.xml_check_xsd, content
        ),
    }


def _level(content: bytes) -> str:
    root = etree.fromstring(content)  # noqa: TID251 - as factur-x does it itself
    return str(facturx.get_level(root))


def rows(found: Mapping[str, Timing]) -> Iterator[str]:
    """Yield a table of timings."""
    yield f"{'':62} {'median':>12} {'least':>12} {'calls':>7}"
    for name, timing in found.items():
        goal = GOALS.get(name)
        remark = "" if goal is None else f"  goal {goal:.0f}: {_word(timing.median <= goal)}"
        yield (
            f"{name:62} {timing.median:9.1f} us {timing.least:9.1f} us {timing.calls:7}{remark}"
        )


def ratios(found: Mapping[str, Timing], lines: int) -> Iterator[str]:
    """Yield how many times longer the peer takes on the same work."""
    pairs = {
        f"drafthorse, CII, write, {lines} lines": f"CII, write, {lines} lines",
        f"drafthorse, CII, read, {lines} lines": f"CII, read, {lines} lines",
        f"factur-x, PDF with XML, {lines} lines": f"PDF with XML, {lines} lines",
    }
    for peer, own in pairs.items():
        yield f"{peer}: {found[peer].median / found[own].median:.1f} times ours"


def growth(found: Mapping[str, Timing], fewer: int, more: int) -> Iterator[str]:
    """Yield how the time grows with the lines."""
    for name in ("UBL, write", "UBL, read", "CII, write", "CII, read"):
        ratio = found[f"{name}, {more} lines"].median / found[f"{name}, {fewer} lines"].median
        yield (
            f"{name}: t({more}) / t({fewer}) = {ratio:.1f}"
            f"  goal {MOST_GROWTH:.0f}: {_word(ratio <= MOST_GROWTH)}"
        )


def _word(held: object) -> str:
    return "held" if held else "missed"


def run(lines: int, fewer: int, more: int, rounds: int, budget: float) -> Iterator[str]:
    """Measure everything and yield the report, line by line."""
    logging.getLogger("factur-x").setLevel(logging.CRITICAL)
    yield (
        f"Python {platform.python_version()}, lxml {etree.__version__}, "
        f"drafthorse {version('drafthorse')}, factur-x {version('factur-x')}; "
        f"{rounds} rounds, garbage collector on"
    )
    small = measure(
        {**ours(lines), **drafthorse(lines), **hybrid(lines), **identification(lines)},
        rounds=rounds,
        budget=budget,
    )
    yield from rows(small)
    yield from ratios(small, lines)
    large = measure({**ours(fewer), **ours(more)}, rounds=rounds, budget=budget)
    yield from rows(large)
    yield from growth(large, fewer, more)


def main(arguments: list[str] | None = None) -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--lines", type=int, default=10)
    parser.add_argument("--fewer", type=int, default=1_000)
    parser.add_argument("--more", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--budget", type=float, default=0.2, help="seconds of one turn")
    options = parser.parse_args(arguments)
    for line in run(options.lines, options.fewer, options.more, options.rounds, options.budget):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
