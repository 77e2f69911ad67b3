"""A mutant: made from a rule set's material and a seed, always the same."""

import re
from dataclasses import dataclass, field
from random import Random

from lxml import etree

from formats import xml
from tests.conformance.mutations import directed, markup, tree
from tests.conformance.mutations.material import Case, Material
from tests.conformance.mutations.tree import Operation
from tests.conformance.rule_sets.checks import Check
from tests.conformance.rule_sets.subjects import Subject

_OPERATIONS: tuple[tuple[int, Operation], ...] = (
    (30, directed.aim),
    (5, tree.remove),
    (2, tree.remove_all),
    (3, tree.empty),
    (5, tree.double),
    (2, tree.reorder),
    (2, tree.move),
    (5, tree.graft),
    (2, tree.replace),
    (2, tree.rename),
    (8, tree.value),
    (5, tree.wrong_sum),
    (2, tree.swap),
    (4, tree.category),
    (5, tree.attribute),
    (2, markup.comment_inside),
    (1, markup.character_data),
    (2, markup.mixed),
    (1, markup.wrap),
    (1, markup.comments_around),
    (1, markup.text_between),
    (3, markup.surrounded),
    (1, markup.schema_attributes),
)
_WEIGHTS = [weight for weight, _ in _OPERATIONS]
_PREFIX = re.compile(rb"\bxmlns:([A-Za-z][\w]*)=")


@dataclass(frozen=True, slots=True)
class Mutant:
    """A document that nobody wrote.

    Attributes:
        seed: Makes it again.
        original: What it was made from.
        content: Its bytes.
        steps: What was done, for people.
    """

    seed: str
    original: Subject
    content: bytes = field(repr=False)
    steps: tuple[str, ...]

    @property
    def subject(self) -> Subject:
        """The mutant as something to judge."""
        return Subject(f"seed {self.seed} of {self.original.name}", self.content, "")


def mutant(
    material: Material, seed: str, *, original: Subject | None = None, check: Check | None = None
) -> Mutant:
    """Return the mutant of a seed: one to seven operations on one of the subjects.

    Args:
        material: Of the rule set.
        seed: Any text; the same makes the same.
        original: What to start from; any subject when not given.
        check: What the operations shall aim at, if at one.
    """
    random = Random(f"{seed} {material.rule_set.name}")  # noqa: S311 - repeatable, not secret
    original = original or random.choice(material.subjects)
    case = Case(random, xml.parse(original.content), material)
    wanted = random.choice((1, 2, 2, 3, 3, 4, 5, 7))
    steps: list[str] = []
    for _ in range(wanted * 4):
        if check is not None and random.random() < 0.8:
            done = directed.aim_at(case, check)
        else:
            done = random.choices(_OPERATIONS, _WEIGHTS)[0][1](case)
        if done is not None:
            steps.append(done)
        if len(steps) == wanted:
            break
    content = etree.tostring(case.root.getroottree(), encoding="utf-8")
    return Mutant(seed, original, _rewritten(random, content, steps), tuple(steps))


def _rewritten(random: Random, content: bytes, steps: list[str]) -> bytes:
    """Return the same document in other bytes, now and then: prefixes, line ends, encoding."""
    way = random.random()
    if way < 0.04:
        return _other_prefix(random, content, steps)
    if way < 0.06:
        steps.append("line ends")
        return content.replace(b"\n", b"\r\n")
    if way < 0.07:
        steps.append("UTF-16")
        return content.decode().encode("utf-16")
    if way < 0.08:
        steps.append("byte order mark")
        return b"\xef\xbb\xbf" + content
    return content


def _other_prefix(random: Random, content: bytes, steps: list[str]) -> bytes:
    prefixes = sorted(set(_PREFIX.findall(content)))
    if not prefixes:
        return content
    old = random.choice(prefixes)
    new = b"zz" + old
    changed = content.replace(b"xmlns:" + old + b"=", b"xmlns:" + new + b"=")
    for before in (b"<", b"</", b" "):
        changed = changed.replace(before + old + b":", before + new + b":")
    try:
        xml.parse(changed)
    except xml.UnreadableDocumentError:
        return content  # the prefix stands in a text too
    steps.append(f"prefix {old.decode()} is {new.decode()}")
    return changed
