"""What official rules say of an original and of what we write of it."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from formats.findings import Flag
from formats.validation.engine import EngineError
from schemas import Artefact, Kind, Relation
from tests.official_documents import Document, rule_set_file
from tests.oracle.saxon import SaxonOracle

Fired = frozenset[tuple[str, Flag]]
"""Rule ids with their severity."""

STOPPED: Fired = frozenset({("exception", Flag.FATAL)})
"""The rules end with a run-time error: such a document counts as rejected."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The rules one rule set fires on an original and on its rewritten form."""

    rule_set: str
    before: Fired
    after: Fired

    @property
    def same_verdict(self) -> bool:
        """Both accepted, or both rejected."""
        return bool(_fatal(self.before)) == bool(_fatal(self.after))

    @property
    def same_fatal(self) -> bool:
        """Exactly the same fatal rules fire."""
        return _fatal(self.before) == _fatal(self.after)

    @property
    def same_rules(self) -> bool:
        """Exactly the same rules fire, warnings and information included."""
        return self.before == self.after

    @property
    def silenced(self) -> frozenset[str]:
        """Rules that no longer fire."""
        return frozenset(rule for rule, _ in self.before - self.after)

    @property
    def awakened(self) -> frozenset[str]:
        """Rules that did not fire before."""
        return frozenset(rule for rule, _ in self.after - self.before)


def declared(document: Document, rule_set: str) -> Fired | None:
    """Return what the official folder declares of an original, if it does."""
    by_severity = document.rules[rule_set]
    if by_severity is None:
        return None
    if "exception" in by_severity:
        return STOPPED
    return frozenset(
        (rule, Flag(severity)) for severity, rules in by_severity.items() for rule in rules
    )


def found(oracle: SaxonOracle, official: Path, rule_set: str, content: bytes) -> Fired:
    """Return what a rule set says of a document."""
    artefact = _artefact(rule_set_file(official, rule_set), rule_set)
    try:
        return frozenset((entry.rule, entry.flag) for entry in oracle.run(artefact, content))
    except EngineError:
        return STOPPED


def comparisons(
    oracle: SaxonOracle, official: Path, document: Document, written: bytes
) -> Iterator[Comparison]:
    """Yield one comparison for every rule set the official folder judges the document with."""
    for rule_set in document.rules:
        before = declared(document, rule_set)
        after = found(oracle, official, rule_set, written)
        if before is None or before != after:  # a declaration may depend on the day
            before = found(oracle, official, rule_set, document.content(official))
        yield Comparison(rule_set, before, after)


def _fatal(fired: Fired) -> frozenset[str]:
    return frozenset(rule for rule, flag in fired if flag is Flag.FATAL)


@cache
def _artefact(path: Path, rule_set: str) -> Artefact:
    content = path.read_bytes()
    return Artefact(
        id=rule_set,
        family=rule_set,
        version="",
        publisher="",
        licence="",
        kind=Kind.XSLT,
        path=path,
        sha256=hashlib.sha256(content).hexdigest(),
        source="official folder",
        relation=Relation.IDENTICAL,
        entry=path.name,
        files={path.name: content},
    )
