"""What a mutation works with: the document, and what the rules and other documents offer."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from random import Random

from lxml import etree

from formats import xml
from tests.conformance.mutations.expressions import attribute_names, element_names, literal_words
from tests.conformance.mutations.skeleton import skeleton
from tests.conformance.rule_sets.checks import Checks, read_checks
from tests.conformance.rule_sets.inventory import RuleSet, subjects
from tests.conformance.rule_sets.subjects import Subject

Donor = tuple[str, etree._Element]
"""The tag of a parent, and a child it may have."""

_MOST_DONORS = 12
_CODE = re.compile(r"[A-Z]{1,2}\Z")
_LARGE = 150_000


class Material:
    """What one rule set offers to mutations: documents, checks, literals, names."""

    def __init__(self, rule_set: RuleSet) -> None:
        self.rule_set = rule_set
        self.checks: Checks = read_checks(rule_set.stylesheet())
        texts = {each.test for each in self.checks.checks}
        texts |= {each.context for each in self.checks.checks}
        self.texts = tuple(sorted(texts))
        self.names = frozenset(
            name for text in self.texts for name in element_names(text, self.checks.namespaces)
        )
        self.attributes = tuple(
            sorted({name for text in self.texts for name in attribute_names(text)})
        )
        self.literals = tuple(sorted({w for text in self.texts for w in literal_words(text)}))
        self.codes = frozenset(each for each in self.literals if _CODE.match(each))

    @cached_property
    def subjects(self) -> tuple[Subject, ...]:
        """The official ones that are not huge; one made from the rules when there is none."""
        found = tuple(each for each in subjects(self.rule_set) if len(each.content) < _LARGE)
        return found or (skeleton(self.rule_set, self.checks),)

    @cached_property
    def donors(self) -> dict[str, list[Donor]]:
        """Elements of the documents by tag, a few of each, preferably with different parents."""
        found: dict[str, list[Donor]] = {}
        step = max(1, len(self.subjects) // 150)
        for subject in self.subjects[::step]:
            for element in xml.parse(subject.content).iter("*"):
                parent = element.getparent()
                known = found.setdefault(str(element.tag), [])
                if parent is not None and len(known) < _MOST_DONORS:
                    known.append((str(parent.tag), element))
        return found

    @cached_property
    def donated(self) -> tuple[str, ...]:
        """The tags of the donors, sorted."""
        return tuple(sorted(self.donors))


@dataclass
class Case:
    """One document being mutated.

    Attributes:
        random: The only source of chance.
        root: The document.
        material: What the rule set offers.
    """

    random: Random
    root: etree._Element
    material: Material

    @property
    def literals(self) -> tuple[str, ...]:
        """Words of the rules' literals."""
        return self.material.literals

    @property
    def codes(self) -> frozenset[str]:
        """Short codes among them: countries, VAT categories."""
        return self.material.codes

    @property
    def attributes(self) -> tuple[str, ...]:
        """Names of attributes that the rules ask for."""
        return self.material.attributes

    def element(self, wanted: Callable[[etree._Element], bool] | None = None) -> etree._Element:
        """Return an element, most often one whose name the rules mention; else the root."""
        elements = [each for each in self.root.iter("*") if wanted is None or wanted(each)]
        found = self._likely(elements)
        return found if found is not None else self.root

    def leaves(self) -> list[etree._Element]:
        """Return the elements without children elements."""
        return leaves(self.root)

    def leaf(
        self, wanted: Callable[[etree._Element], bool] | None = None
    ) -> etree._Element | None:
        """Return an element without children, most often one that the rules mention."""
        return self._likely([each for each in self.leaves() if wanted is None or wanted(each)])

    def donors(self, tag: str) -> list[Donor]:
        """Return elements of this name from other documents."""
        return self.material.donors.get(str(tag), [])

    def donor(self) -> Donor | None:
        """Return an element of another document, most often one that the rules mention."""
        tags = self.material.donated
        if not tags:
            return None
        drawn = [self.random.choice(tags) for _ in range(4)]
        named = [tag for tag in drawn if tag in self.material.names and self.donors(tag)]
        found = self.donors(named[0] if named else drawn[0])
        return self.random.choice(found) if found else None

    def detach(self, element: etree._Element) -> None:
        """Take an element out, leaving the text behind it."""
        parent = element.getparent()
        if parent is None:
            return
        previous = element.getprevious()
        if element.tail and previous is not None:
            previous.tail = (previous.tail or "") + element.tail
        elif element.tail:
            parent.text = (parent.text or "") + element.tail
        element.tail = None
        parent.remove(element)

    def _likely(self, elements: Iterable[etree._Element]) -> etree._Element | None:
        every = list(elements)
        named = [each for each in every if each.tag in self.material.names]
        pool = named if named and self.random.random() < 0.9 else every
        return self.random.choice(pool) if pool else None


def leaves(element: etree._Element) -> list[etree._Element]:
    """Return the elements without children elements, of which there is always one."""
    return [each for each in element.iter("*") if next(each.iterchildren("*"), None) is None]


def name_of(element: etree._Element) -> str:
    """Return the local name, for people."""
    return etree.QName(element).localname
