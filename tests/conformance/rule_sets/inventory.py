"""Every official rule set, what it is for, and how to run it: by our engine and by Saxon."""

import hashlib
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from formats.validation.stylesheet import self_contained
from schemas import Artefact, Kind, Relation
from tests.conformance.rule_sets.row import Row
from tests.conformance.rule_sets.subjects import (
    Subject,
    declared,
    documents,
    mutants_of_kosit,
    snippets,
)
from tests.conformance.rule_sets.table import ROWS
from tests.oracle.schematron_to_xslt import stylesheet

_REFERENCE = re.compile(
    rb"""document\((?:'|&quot;)([^'"&]+)(?:'|&quot;)"""
    rb"""|<(?:\w+:)?(?:include|extends|import)\s[^>]*?href\s*=\s*["']([^"'#]+)(?:#[^"']*)?["']"""
)

_COMPILED = re.compile(rb"schematron-select-full-path|schxslt:location")
"""What both makers of stylesheets write, and nothing else does."""


@dataclass(frozen=True, slots=True)
class RuleSet:
    """One entry file and its closure.

    Attributes:
        name: Path of the entry file inside the official folder.
        row: What it is for.
        artefact: As our engine takes it.
        official: The official folder.
    """

    name: str
    row: Row
    artefact: Artefact
    official: Path

    @property
    def is_source(self) -> bool:
        """Whether it is Schematron as written, not compiled."""
        return self.name.endswith(".sch")

    def stylesheet(self) -> bytes:
        """Return what Saxon runs: the compiled form, self-contained."""
        if not self.is_source:
            return self_contained(self.artefact)
        made = stylesheet(self.artefact.files, self.artefact.entry)
        opened = {
            name: content
            for name, content in self.artefact.files.items()
            if f"'{name}'".encode() in made
        }
        files = {self.artefact.entry: made, **opened}
        return self_contained(replace(self.artefact, files=files))


@cache
def rule_sets(official: Path) -> tuple[RuleSet, ...]:
    """Return every rule set of the official folder, in the order of the table."""
    found: dict[str, RuleSet] = {}
    for row in ROWS:
        for path in _matching(official, row.files):
            name = path.relative_to(official).as_posix()
            found.setdefault(name, RuleSet(name, row, _artefact(name, path), official))
    return tuple(found.values())


def half_of_rule_sets(official: Path, seed: int) -> tuple[RuleSet, ...]:
    """Return half of the rule sets, the other half with the next seed.

    Of each family those that are compiled or those that are sources: what is published in both
    forms is always there in one of them.
    """
    sets = rule_sets(official)
    places = {
        family: at for at, family in enumerate(dict.fromkeys(one.row.family for one in sets))
    }
    return tuple(
        each for each in sets if (places[each.row.family] + each.is_source + seed) % 2 == 0
    )


def rule_set_named(official: Path, name: str) -> RuleSet:
    """Return the rule set whose entry file this is."""
    return next(each for each in rule_sets(official) if each.name == name)


def subjects(rule_set: RuleSet) -> tuple[Subject, ...]:
    """Return everything official that a rule set is for, each once, in the order found.

    What `EXPECTED.json` and KoSIT declare holds for the compiled form of that name; sources of
    the same row are tried on the same documents.
    """
    official, row = rule_set.official, rule_set.row
    names = [row.verdicts] if row.verdicts else []
    names += [each.name for each in rule_sets(official) if each.row is row and not each.is_source]
    found: dict[str, Subject] = {}
    for name in names:
        ours = not rule_set.is_source and name in {row.verdicts, rule_set.name}
        for subject in declared(official, name):
            kept = subject if ours else replace(subject, declared=None, stops=False)
            if ours or subject.name not in found:
                found[subject.name] = kept
    for subject in documents(official, row.examples, row.roots):
        found.setdefault(subject.name, subject)
    for folder in row.units:
        for subject in snippets(official, folder):
            found[subject.name] = subject
    for folder in row.examples if row.xmute else ():
        for subject in mutants_of_kosit(official, folder, row.xmute or ""):
            found[subject.name] = subject
    return tuple(found.values())


def unlisted(official: Path) -> tuple[str, ...]:
    """Return the compiled rule sets of the official folder that the table forgets."""
    listed = {each.name for each in rule_sets(official)}
    return tuple(
        sorted(
            name
            for path in (*official.rglob("*.xslt"), *official.rglob("*.xsl"))
            if (name := path.relative_to(official).as_posix()) not in listed
            and _COMPILED.search(path.read_bytes())
        )
    )


def _matching(official: Path, patterns: tuple[str, ...]) -> Iterator[Path]:
    for pattern in patterns:
        paths = sorted(official.glob(pattern))
        if not paths:
            raise FileNotFoundError(f"no rule set is called {pattern}")
        yield from paths


def _artefact(name: str, path: Path) -> Artefact:
    files, entry = _closure(path)
    listing = "".join(
        f"{hashlib.sha256(content).hexdigest()}  {file}\n" for file, content in files.items()
    )
    return Artefact(
        id=name,
        family=name,
        version="official",
        publisher="",
        licence="",
        kind=Kind("schematron") if name.endswith(".sch") else Kind.XSLT,
        path=path,
        sha256=hashlib.sha256(listing.encode()).hexdigest(),
        source="official folder",
        relation=Relation.IDENTICAL,
        entry=entry,
        files=files,
    )


def _closure(path: Path) -> tuple[Mapping[str, bytes], str]:
    """Return the entry and every file it refers to, by path below what they have in common."""
    contents: dict[Path, bytes] = {}
    shared: dict[Path, str] = {}
    """Files that lie with the compiled form only, as Factur-X's codes do."""
    waiting = [path.resolve()]
    while waiting:
        file = waiting.pop()
        if file in contents or not file.is_file():
            continue
        contents[file] = file.read_bytes()
        for one, other in _REFERENCE.findall(contents[file]):
            named = (one or other).decode()
            waiting.append((file.parent / named).resolve())
            if one and not waiting[-1].is_file():
                beside = file.parent.parent / "xslt" / named
                shared[beside.resolve()] = named
    folder = Path(posixpath.commonpath([str(file.parent) for file in contents]))
    files = {
        file.relative_to(folder).as_posix(): content for file, content in sorted(contents.items())
    }
    files |= {name: file.read_bytes() for file, name in shared.items() if file.is_file()}
    return files, path.resolve().relative_to(folder).as_posix()
