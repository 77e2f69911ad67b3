"""Is anything lost in silence on the way into the other syntax? A witness that knows no paths.

Every value of the original must be in the target, wherever, or in the report of losses. That
says nothing of where it stands; the comparison of the models does.
"""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

from formats.conversion import convert
from formats.registry import profile
from formats.xml import parse
from tests.formats.corpora import exceptions
from tests.formats.corpora.content import is_within
from tests.formats.corpora.leaves import Leaf, leaves, places
from tests.official_documents import Document

_TARGETS = {"ubl": "en16931-cii", "cii": "en16931-ubl"}

_CLAIM = re.compile(r"/(CustomizationID|GuidelineSpecifiedDocumentContextParameter/ID)$")
"""BT-24, which a conversion is there to change."""

_SUBJECT = re.compile(r"^#[A-Z]{3}#")
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


def silently_lost(official: Path, document: Document) -> tuple[Leaf, ...]:
    """Return what a conversion into the other syntax neither writes nor reports."""
    original = document.content(official)
    conversion = convert(original, profile(_TARGETS[document.syntax]))
    root = parse(original)
    losses = conversion.report.losses
    lost = places(root, (loss.source for loss in losses if loss.source))
    told = "\n".join(_same(loss.value) for loss in losses if loss.value)
    written = [leaf.value for leaf in leaves(parse(conversion.content))]
    there = {_same(value) for value in written}
    text = " ".join(" ".join(written).split())
    return tuple(
        leaf
        for leaf in leaves(root)
        if not is_within(leaf, lost)
        and not _CLAIM.search(leaf.path)
        and not any(value in there or value in told or value in text for value in _spellings(leaf))
    )


def _spellings(leaf: Leaf) -> Iterator[str]:
    """Yield the forms in which a value may stand in the other syntax."""
    yield _same(leaf.value)
    yield _same(_SUBJECT.sub("", leaf.value))  # BT-21 has an element of its own in CII
    for translation in exceptions.translations():
        if leaf.path.endswith(translation.path) and translation.value == leaf.value:
            yield translation.other


def _same(value: str) -> str:
    """Return a value in the one form of both syntaxes."""
    text = " ".join(value.split())
    if day := _DAY.fullmatch(text):
        return "".join(day.groups())
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    return format(abs(number.normalize()), "f") if number.is_finite() else text
