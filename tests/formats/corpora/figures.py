"""The figures of docs/fidelity-figures.md: what survives, corpus by corpus."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from tests.formats.corpora import exceptions, measuring
from tests.formats.corpora.rewriting import rewritten
from tests.formats.corpora.verdicts import comparisons
from tests.official_documents import JUDGED, Document, documents, hybrids
from tests.oracle.saxon import SaxonOracle

Figures = Counter[str]
"""What is counted of the documents of one corpus and syntax, by the names of `_COLUMNS`."""

_COLUMNS = {
    "documents": "Documents",
    "model": "Same model",
    "schema": "XSD-valid",
    "verdict": "Same verdict",
    "fatal": "Same fatal rules",
    "rules": "Same rules",
    "cross": "Through the other syntax",
    "leaves": "Values",
    "kept": "Kept",
    "reported": "Reported lost",
    "silent": "Lost in silence",
}

_TITLE = """\
# What survives: the figures

Written by `scripts/write_fidelity_figures.py` from the official documents; the tests of
`tests/formats/corpora/` hold every one of these properties for every document, and a full run
compares this page with what it measures.

Every document that its XSD accepts is read, written again in its own syntax, and read again.

| Column | Counts the documents, or values, for which |
|---|---|
| Same model | what is read of what was written equals what was read of the original |
| XSD-valid | every schema of the syntax that accepts the original (UBL 2.1, also with Croatia's \
extension; CII D16B, D22B) accepts what is written; so do those of Factur-X, but one (below) |
| Same verdict | each of its official rule sets accepts both, or rejects both |
| Same fatal rules | the same fatal rules fire, by id |
| Same rules | the same rules fire, warnings and information included |
| Through the other syntax | UBL -> CII -> UBL, or CII -> UBL -> CII, loses no term of EN 16931 |
| Values | texts and attributes in the original |
| Kept | that stand in what is written, at the same place or where the same thing is said |
| Reported lost | that no term of the model holds; the report of losses names each with its XPath |
| Lost in silence | that are neither: there must be none |
"""


def measured(official: Path) -> dict[tuple[str, str], Figures]:
    """Measure everything; by corpus and syntax. Takes about a minute."""
    found: dict[tuple[str, str], Figures] = {}
    with SaxonOracle() as oracle:
        # In the order of their rule sets, because the oracle keeps a limited number compiled.
        for document in sorted(_all(official), key=lambda entry: sorted(entry.rules)):
            syntax = "PDF" if document.path.endswith(".pdf") else document.syntax.upper()
            figures = found.setdefault((document.corpus, syntax), Counter())
            figures.update(_of(official, document, oracle))
    return dict(sorted(found.items()))


def page(found: Mapping[tuple[str, str], Figures]) -> str:
    """Return the page."""
    judged = {key: figures for key, figures in found.items() if key[0] in JUDGED}
    beside = {key: figures for key, figures in found.items() if key[0] not in JUDGED}
    return "\n".join(
        [
            _TITLE,
            "## Corpora of EN 16931 and its relatives",
            "",
            *_table(judged),
            "",
            "`fr-ctc` holds status messages (CDAR), no invoice.",
            "",
            "## Other UBL documents at hand",
            "",
            "Invoices of countries whose own format is UBL; what EN 16931 and the declared",
            "extensions have no term for is reported as lost.",
            "",
            *_table(beside),
            "",
            "## Exceptions",
            "",
            *_exceptions(),
            "",
        ]
    )


def _all(official: Path) -> tuple[Document, ...]:
    return (*documents(official), *hybrids(official))


def _of(official: Path, document: Document, oracle: SaxonOracle) -> Figures:
    content = measuring.content(official, document)
    silent = exceptions.explained(content)[0].total()
    written = rewritten(official, document).written
    judged = tuple(comparisons(oracle, official, document, written))
    return Counter(
        documents=1,
        model=int(not measuring.model_differences(official, document)),
        schema=int(all(map(_of_factur_x, measuring.schema_errors(official, document)))),
        verdict=int(all(entry.same_verdict for entry in judged)),
        fatal=int(all(entry.same_fatal for entry in judged)),
        rules=int(all(entry.same_rules for entry in judged)),
        cross=int(not measuring.lost_on_the_way(official, document)),
        leaves=content.leaves,
        kept=content.leaves - content.reported - silent,
        reported=content.reported,
        silent=silent,
    )


def _of_factur_x(error: str) -> bool:
    return error.startswith("Factur-X ")


def _table(found: Mapping[tuple[str, str], Figures]) -> Iterator[str]:
    yield f"| Corpus | Syntax | {' | '.join(_COLUMNS.values())} |"
    yield f"|---|---|{'---:|' * len(_COLUMNS)}"
    for (corpus, syntax), figures in found.items():
        yield f"| {corpus} | {syntax} | {_cells(figures)} |"
    total: Figures = sum(found.values(), Counter())
    yield f"| **all** | | {_cells(total)} |"
    yield f"| | | {_shares(total)} |"


def _cells(figures: Figures) -> str:
    return " | ".join(str(figures[name]) for name in _COLUMNS)


def _shares(total: Figures) -> str:
    return " | ".join(_share(name, total) for name in _COLUMNS)


def _share(name: str, total: Figures) -> str:
    if name in {"documents", "leaves"}:
        return ""
    whole = total["leaves" if name in {"kept", "reported", "silent"} else "documents"]
    return f"{100 * total[name] / whole:.2f} %"


def _exceptions() -> Iterable[str]:
    yield "| Check | Documents | Why |"
    yield "|---|---|---|"
    for entry in sorted(exceptions.entries(), key=lambda entry: (entry.check, entry.reason)):
        paths = "<br>".join(f"`{path}`" for path in sorted(entry.documents))
        yield f"| {entry.check} | {paths} | {entry.reason} |"
