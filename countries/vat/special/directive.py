"""Articles 5 to 8 of the Directive, which most territories rest on."""

from datetime import date

from countries.sources import Confidence, Source

DIRECTIVE = Source(
    title="Directive 2006/112/EC, Articles 5 to 8",
    url="https://eur-lex.europa.eu/eli/dir/2006/112/oj",
    read_on=date(2026, 11, 21),
    confidence=Confidence.A,
    note=(
        "Articles 6 and 7 read as reprinted in German and Romanian collections, in the version "
        "after Directive (EU) 2019/475."
    ),
)
