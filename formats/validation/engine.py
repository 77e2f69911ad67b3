"""What runs an official rule set over a document."""

from typing import Protocol

from formats.findings import Finding
from formats.validation.document import Document
from schemas import Artefact


class EngineError(Exception):
    """The engine reached no verdict."""


class EngineUnavailableError(EngineError):
    """There is no engine on this machine; the message names what to install."""


class NothingLookedError(EngineError):
    """No rule of the set looked at a single node: it is not for such documents."""


class TimeSpentError(EngineError):
    """The time that a document may take is spent; it is rejected, never valid."""


class RuleEngine(Protocol):
    """Runs rule sets. Implementations may be called from several threads at once."""

    def run(
        self, artefact: Artefact, document: Document, *, anything: bool = False
    ) -> tuple[Finding, ...]:
        """Return what a rule set finds in a document; an empty tuple is a verdict.

        Args:
            artefact: The rule set; its bytes are already checked.
            document: The document.
            anything: Accept that no rule looks at the document. Otherwise that is no verdict: it
                is what a rule set says to a document it is not for.

        Raises:
            NothingLookedError: No rule looked at it, and not `anything` is accepted.
            TimeSpentError: The document took too long.
            EngineError: There is no verdict.
        """
        ...
