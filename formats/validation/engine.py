"""What runs an official rule set over a document. Today an oracle, later our own compiler."""

from typing import Protocol

from formats.findings import Finding
from schemas import Artefact


class EngineError(Exception):
    """The engine reached no verdict: it died, took too long, or answered something else."""


class EngineUnavailableError(EngineError):
    """There is no engine on this machine; the message names what to install."""


class RuleEngine(Protocol):
    """Runs compiled Schematron. Implementations may be called from several threads at once."""

    def run(self, artefact: Artefact, content: bytes) -> tuple[Finding, ...]:
        """Return what a rule set finds in a document; an empty tuple is a verdict.

        Args:
            artefact: The rule set; its bytes are already checked.
            content: The document, already refused if it has a DOCTYPE.

        Raises:
            EngineUnavailableError: The engine is not installed.
            EngineError: There is no verdict.
        """
        ...
