"""A document as the layers of validation see it: its bytes, libxml2's tree, the rules' tree."""

from contextlib import ExitStack
from functools import cached_property
from weakref import finalize

from lxml import etree

from formats import xml
from formats.binding.collector import BYTES, paused
from formats.validation.runtime.build import build
from formats.validation.runtime.lines import Lines
from formats.validation.runtime.tree import Tree

LENIENT = xml.ENCODINGS | {"ISO-8859-1"}
"""Encodings of documents that are judged, not processed: Peppol's own catalogues use one more."""


class Document:
    """One document, each of its forms made when first asked for.

    Args:
        content: The bytes.
        limits: How big it may be.
        encodings: What it may be written in.

    Attributes:
        content: The bytes.
    """

    def __init__(
        self,
        content: bytes,
        limits: xml.Limits = xml.DEFAULT_LIMITS,
        encodings: frozenset[str] = xml.ENCODINGS,
    ) -> None:
        self.content = content
        self._limits = limits
        self._encodings = encodings

    @cached_property
    def root(self) -> etree._Element:
        """The root element.

        Raises:
            UnreadableDocumentError: It cannot be read.
        """
        return xml.parse(self.content, self._limits, self._encodings)

    @cached_property
    def tree(self) -> Tree:
        """The tree compiled rules look at.

        Raises:
            UnreadableDocumentError: It cannot be read.
        """
        root = self.root  # read first: it refuses what expat must not see
        # A big tree is kept from the collector as long as it lives: it would walk all of it.
        self._pause = ExitStack()
        self._pause.enter_context(paused(when=len(self.content) > BYTES))
        finalize(self, self._pause.close)
        return build(self.text, lambda: root)

    @cached_property
    def text(self) -> bytes:
        """The document in UTF-8, to be read as that whatever its declaration says."""
        return xml.utf8(self.content, self._encodings)

    @cached_property
    def lines(self) -> Lines:
        """On which lines its elements begin."""
        return Lines(self.text)

    def release(self) -> None:
        """Let go of the rules' tree, which holds itself; the document can be asked again."""
        if (tree := self.__dict__.pop("tree", None)) is not None:
            tree.release()
            self._pause.close()
