"""What Saxon and we say of a document by a random rule set, check by check."""

import datetime
import traceback
from collections import Counter
from dataclasses import dataclass
from types import CodeType
from typing import TypeAlias

from lxml import etree

from formats.validation.compiler.program import compiled
from formats.validation.document import Document
from formats.validation.engine import EngineError
from formats.validation.runtime.engine import Program
from formats.validation.runtime.tree import Attribute, Element, Node
from formats.validation.schematron.model import UnsupportedRuleError
from formats.validation.schematron.source import read
from formats.validation.xpath.lexer import XPathSyntaxError
from tests.conformance.random_rules.schema import ENTRY, Schema
from tests.conformance.random_rules.sheet import guarded
from tests.oracle.saxon import SaxonOracle, SaxonRefusedError

STOPPED = "stopped"

Said: TypeAlias = Counter[tuple[str, str, str]]
"""A check, a place, and what it says there (`STOPPED` where it met an error)."""

_NOW = datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC)


@dataclass(frozen=True, slots=True)
class Ours:
    """A rule set, compiled by us.

    Attributes:
        quick: As documents are judged.
        exact: The twin that does every step as written.
    """

    quick: Program
    exact: Program


class CrashError(Exception):
    """Our own code failed."""


def prepare(schema: Schema) -> Ours:
    """Compile a rule set.

    Raises:
        UnsupportedRuleError: We refuse it.
        XPathSyntaxError: Likewise.
        CrashError: A defect.
    """
    try:
        rules = read({ENTRY: schema.source()}, ENTRY)
        quick, exact = (
            compile(compiled(rules, optimise=optimise), "<random>", "exec")
            for optimise in (True, False)
        )
        return Ours(_program(quick, exact), _program(exact, exact))
    except (UnsupportedRuleError, XPathSyntaxError):
        raise
    except Exception as error:
        raise CrashError(_where(error)) from error


def _program(code: CodeType, exact: CodeType) -> Program:
    return Program(code, lambda: exact, {})


def _where(error: Exception) -> str:
    at = traceback.extract_tb(error.__traceback__)[-1]
    return f"{error!r} in {at.name}, {at.filename.rpartition('/')[2]}:{at.lineno}"


def judged(program: Program, content: bytes) -> Said:
    """Return what our rules say.

    Raises:
        CrashError: A defect.
    """
    document = Document(content)
    try:
        found, stopped, _ = program.run(document.tree, _NOW)
        said = Counter(
            (program.checks[check][0], _place(node), " ".join(text.split()))
            for check, node, text in found
        )
        said.update(
            (program.checks[each.check][0], _place(each.node), STOPPED) for each in stopped
        )
    except Exception as error:
        raise CrashError(_where(error)) from error
    finally:
        document.release()
    return said


def _place(node: Node) -> str:
    if isinstance(node, Attribute):
        prefix = "p:" if "}" in node.name else ""
        return f"{node.parent.order}@{prefix}{node.name.rpartition('}')[2]}"
    if isinstance(node, Element) and node.parent is not None:
        return str(node.order)
    return "/"


class Saxon:
    """Saxon, asked for random rule sets, each once.

    Args:
        oracle: The worker.
    """

    def __init__(self, oracle: SaxonOracle) -> None:
        self._oracle = oracle
        self._count = 0

    def key(self) -> str:
        """Return the name of a stylesheet that no other has."""
        self._count += 1
        return f"random {self._count}"

    def refuses(self, schema: Schema) -> str | None:
        """Return why Saxon compiles a rule set not at all; None when it does."""
        # The root of this document matches nothing: compiling is what is asked.
        try:
            self._oracle.report(self.key(), guarded(schema), b"<nothing/>")
        except EngineError as error:
            return str(error)
        return None

    def judged(self, key: str, sheet: bytes, content: bytes) -> Said | str:
        """Return what Saxon says, or why the whole of it stopped."""
        try:
            report = self._oracle.report(key, sheet, content)
        except SaxonRefusedError as error:
            return str(error)
        said: Said = Counter()
        for element in etree.fromstring(report):
            name = etree.QName(element).localname
            if name == "fired-rule":
                continue
            text = STOPPED if name == STOPPED else " ".join("".join(element.itertext()).split())
            said[element.get("id", ""), element.get("location", ""), text] += 1
        return said


def differing(ours: Said, theirs: Said) -> list[tuple[str, str, str, str]]:
    """Return each check and place of which the two say different things, with what they say."""
    places = {key[:2] for key in (ours - theirs) | (theirs - ours)}
    return [(*place, _says(ours, place), _says(theirs, place)) for place in sorted(places)]


def _says(said: Said, place: tuple[str, str]) -> str:
    return "; ".join(f"{text} x{count}" for key, count in sorted(said.items())
                     if key[:2] == place for text in key[2:]) or "nothing"  # fmt: skip
