"""Is anything lost in silence? The original against what we write of it, leaf by leaf."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from tests.formats.corpora.leaves import Leaf, leaves, places

Said = Counter[tuple[str, str]]
"""How often a document says a value at a path."""


@dataclass(frozen=True, slots=True)
class Content:
    """What became of the leaves of a document.

    Attributes:
        said: What the original says.
        gone: What of it is reported as lost.
        silent: Those that are neither there any more nor reported.
        invented: What is there now, and was not.
        recanted: Those reported as lost that are there nevertheless.
    """

    said: Said
    gone: Said
    silent: Said
    invented: Said
    recanted: Said

    @property
    def leaves(self) -> int:
        """How many leaves the original has."""
        return self.said.total()

    @property
    def reported(self) -> int:
        """How many of them are reported as lost."""
        return self.gone.total()


def compare(before: etree._Element, after: etree._Element, reported: Iterable[str]) -> Content:
    """Compare two documents of one syntax.

    Args:
        before: The original.
        after: What was written of it.
        reported: XPaths into the original, as the report of losses names its sources.
    """
    lost = places(before, reported)
    kept: Said = Counter()
    gone: Said = Counter()
    for leaf in leaves(before):
        (gone if is_within(leaf, lost) else kept)[leaf.path, leaf.value] += 1
    there: Said = Counter((leaf.path, leaf.value) for leaf in leaves(after))
    added = there - kept
    return Content(
        said=kept + gone,
        gone=gone,
        silent=kept - there,
        invented=added - gone,
        recanted=added & gone,
    )


def is_within(leaf: Leaf, lost: frozenset[str]) -> bool:
    """Tell whether a leaf, or an element around it, is among the places."""
    place = leaf.place
    while place:
        if place in lost:
            return True
        place = place.rpartition("/")[0]
    return False
