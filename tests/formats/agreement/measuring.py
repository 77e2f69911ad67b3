"""Whether both find the same rules broken, rule by rule."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from formats.validation.document import Document
from tests.formats.agreement.sides import Official
from tests.formats.agreement.subjects import Subject

BOTH, OFFICIAL, OURS = "both", "official", "ours"


@dataclass(frozen=True, slots=True)
class Difference:
    """A rule that one finds broken and the other does not."""

    side: str
    rule: str
    who: str
    kind: str
    name: str
    done: str


@dataclass(slots=True)
class Agreement:
    """What was found.

    Attributes:
        fired: By side, rule and who found it (`both`, `official`, `ours`): documents.
        judged: By side and kind: documents.
        differences: Every one of them.
    """

    fired: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    judged: Counter[tuple[str, str]] = field(default_factory=Counter)
    differences: list[Difference] = field(default_factory=list)


def compared(official: Official, subjects: Iterable[Subject]) -> Agreement:
    """Ask both about every subject."""
    agreement = Agreement()
    for subject in subjects:
        document = Document(subject.content)
        for side in subject.sides:
            common = official.ids(side) & side.rules
            theirs = official.found(side, document) & common
            found = _sides(theirs, side.ours(subject.invoice) & common)
            agreement.judged[side.name, subject.kind] += 1
            for rule, who in found:
                agreement.fired[side.name, rule, who] += 1
                if who != BOTH:
                    agreement.differences.append(
                        Difference(side.name, rule, who, subject.kind, subject.name, subject.done)
                    )
        document.release()
    return agreement


def _sides(theirs: frozenset[str], ours: frozenset[str]) -> Iterator[tuple[str, str]]:
    for rule in sorted(theirs | ours):
        yield rule, BOTH if rule in theirs & ours else OFFICIAL if rule in theirs else OURS
