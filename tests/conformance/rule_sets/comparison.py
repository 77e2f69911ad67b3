"""Our verdict beside Saxon's."""

import re
import traceback
from collections import Counter
from dataclasses import dataclass

from formats.validation.document import LENIENT, Document
from formats.validation.engine import EngineError, RuleEngine
from formats.validation.rules import STOPPED
from formats.xml import UnreadableDocumentError
from tests.conformance.rule_sets.inventory import RuleSet
from tests.conformance.rule_sets.subjects import Subject
from tests.oracle.saxon import SaxonOracle
from tests.oracle.verdict import Fired, Verdict

CRASH = "crash:"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that we and Saxon say differently.

    Attributes:
        rule_set, subject: What was judged by what; the subject of a mutant names its seed.
        kind: `crash` (of ours), `error` (only one stops), `finding`, `flag` or `message`.
        rule, location: Of the finding.
        ours, theirs: How often, or which words.
    """

    rule_set: str
    subject: str
    kind: str
    rule: str
    location: str
    ours: str
    theirs: str


class Judges:
    """Our engine and Saxon, asked the same.

    Args:
        engine: Ours.
        saxon: Theirs.
    """

    def __init__(self, engine: RuleEngine, saxon: SaxonOracle) -> None:
        self._engine = engine
        self._saxon = saxon
        self._stylesheets: dict[str, bytes] = {}

    def theirs(self, rule_set: RuleSet, content: bytes) -> Verdict:
        """Return Saxon's verdict."""
        if rule_set.name not in self._stylesheets:
            self._stylesheets = {rule_set.name: rule_set.stylesheet()}
        return self._saxon.judge(rule_set.name, self._stylesheets[rule_set.name], content)

    def ours(self, rule_set: RuleSet, content: bytes) -> Verdict:
        """Return our verdict; a rejection is an error, a crash one that begins with `CRASH`."""
        document = Document(content, encodings=LENIENT)
        try:
            findings = self._engine.run(rule_set.artefact, document, anything=True)
        except (EngineError, UnreadableDocumentError) as error:
            return Verdict((), str(error))
        except Exception as error:  # noqa: BLE001 - a crash is a difference, the run goes on
            where = traceback.extract_tb(error.__traceback__)[-1]
            return Verdict(
                (), f"{CRASH} {error!r} in {where.name}, {where.filename}:{where.lineno}"
            )
        finally:
            document.release()
        stopped = [each.message for each in findings if each.rule == STOPPED]
        if stopped:
            return Verdict((), stopped[0])
        return Verdict(
            tuple(
                Fired(each.rule, each.flag, each.location or "", each.message) for each in findings
            )
        )

    def compare(
        self, rule_set: RuleSet, subject: Subject
    ) -> tuple[Verdict, Verdict, tuple[Difference, ...]]:
        """Return both verdicts, ours first, and where they differ.

        Saxon learns which variables are worth computing before they are asked for, and then meets
        errors that it did not meet in its first documents. Where such an error alone makes the
        difference, a Saxon that has learnt nothing is asked.
        """
        ours = self.ours(rule_set, subject.content)
        theirs = self.theirs(rule_set, subject.content)
        if theirs.error is not None and ours.error is None:
            self._saxon.close()
            theirs = self.theirs(rule_set, subject.content)
        return ours, theirs, tuple(differences(rule_set.name, subject.name, ours, theirs))


def differences(rule_set: str, subject: str, ours: Verdict, theirs: Verdict) -> list[Difference]:
    """Return every difference of two verdicts: multisets of findings, flags and messages."""
    crash = (ours.error or "").startswith(CRASH)
    if crash or (ours.error is None) != (theirs.error is None):
        one_error, other_error = ours.error or "no error", theirs.error or "no error"
        return [
            Difference(
                rule_set, subject, "crash" if crash else "error", "", "", one_error, other_error
            )
        ]
    found: list[Difference] = []
    for kind, key in (("finding", _place), ("flag", _flag), ("message", _message)):
        one = Counter(key(each) for each in ours.fired)
        other = Counter(key(each) for each in theirs.fired)
        if one != other:
            for fired in sorted((one - other) | (other - one)):
                rule, location, word = fired
                says = f"{one[fired]} x {word}", f"{other[fired]} x {word}"
                found.append(Difference(rule_set, subject, kind, rule, location, *says))
            break
    return found


def _place(fired: Fired) -> tuple[str, str, str]:
    return fired.rule, fired.location, "it"


def _flag(fired: Fired) -> tuple[str, str, str]:
    return fired.rule, fired.location, fired.flag.value


def _message(fired: Fired) -> tuple[str, str, str]:
    # EN 16931 and Peppol repeat the id in the text, and we leave it out.
    text = re.sub(rf"^\[{re.escape(fired.rule)}\]\s*[-:]?\s*", "", fired.message)
    return fired.rule, fired.location, text or fired.rule
