"""An artefact found on this machine, and the words for what it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path


class Kind(StrEnum):
    """What an artefact is.

    `xslt` is Schematron as compiled to an XSLT 2.0 stylesheet that writes SVRL; `schematron` is
    its source form, in as many files as it includes.
    """

    XSD = "xsd"
    XSLT = "xslt"
    SCHEMATRON = "schematron"


class Relation(StrEnum):
    """How a source's bytes stand to the publisher's.

    `identical`: the same bytes. `whitespace`: blanks or line ends differ. `equivalent`: other
    bytes, the same verdicts, proved by a test over the corpus. `older`: another version; such a
    source is listed for people and never used.
    """

    IDENTICAL = "identical"
    WHITESPACE = "whitespace"
    EQUIVALENT = "equivalent"
    OLDER = "older"


@dataclass(frozen=True, slots=True)
class Artefact:
    """One artefact found, its bytes compared with the manifest; nothing on disk is read again.

    Attributes:
        id: Versioned id, `eu.cen.en16931:ubl:1.3.16`.
        family: The id without its version.
        version: The id's last part.
        publisher: Whose rules they are.
        licence: Of the artefact.
        kind: XSD, compiled Schematron or its source.
        path: Entry file on this machine, for people; use `files` to read.
        sha256: Of the entry file; of an artefact in several files, of the listing
            `<sha256>  <path>` in path order, one line each, so that it names every byte.
        source: Where the bytes came from and, when the day asked for was before the version's
            first, that an earlier version was not at hand.
        relation: How the bytes stand to the publisher's.
        entry: The file to start from.
        files: Path to bytes of every file, the whole closure.
    """

    id: str
    family: str
    version: str
    publisher: str
    licence: str
    kind: Kind
    path: Path
    sha256: str
    source: str
    relation: Relation
    entry: str
    files: Mapping[str, bytes] = field(repr=False, hash=False, compare=False)

    @property
    def content(self) -> bytes:
        """The entry file's bytes."""
        return self.files[self.entry]
