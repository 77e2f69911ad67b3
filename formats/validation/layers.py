"""What one layer comes to: it ran, was not judged, or crashed; nothing else leaves it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from formats import xml
from formats.findings import TIME_SPENT, Finding, Flag, Layer, LayerOutcome, Outcome
from formats.validation.engine import EngineUnavailableError, TimeSpentError
from schemas import Artefact, ArtefactMissingError

XML_LAYER: Final = "formats.xml:document"
"""The bytes are a document we read: encoding, no DOCTYPE, limits, well-formed, a known root."""

NO_ENGINE: Final = "no engine for official rules was given"

_LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class Result:
    """What one layer came to."""

    outcome: LayerOutcome
    findings: tuple[Finding, ...] = ()

    def of(self, layer: Layer | None) -> "Result":
        """Return it as part of one of the three layers."""
        return Result(
            replace(self.outcome, layer=layer),
            tuple(replace(finding, layer=layer) for finding in self.findings),
        )

    @property
    def stops(self) -> bool:
        """True when later layers would look at the document in vain."""
        return not self.outcome.ran or any(each.flag is Flag.FATAL for each in self.findings)


def carried_out(
    name: str,
    resolve: Callable[[], Artefact],
    run: Callable[[Artefact], tuple[Finding, ...]],
) -> Result:
    """Resolve an artefact and run it; every way out of here but the last is not a verdict.

    Args:
        name: What to call the layer while nobody knows which artefact it is.
        resolve: Finds the artefact.
        run: Judges by it.
    """
    artefact: Artefact | None = None
    try:
        artefact = resolve()
        name = artefact.id
        findings = checked(run(artefact))
    except ArtefactMissingError as missing:
        return not_judged(missing.id, f"{missing.reason}; {missing.fix}")
    except TimeSpentError as spent:
        return time_spent(name, spent, source_of(artefact))
    except EngineUnavailableError as unavailable:
        return not_judged(name, str(unavailable), source_of(artefact))
    except Exception as error:  # noqa: BLE001 - a crash is an outcome
        return crashed(name, error, source_of(artefact))
    return Result(LayerOutcome(name, Outcome.RAN, source_of(artefact)), findings)


def checked(found: object) -> tuple[Finding, ...]:
    """Return what a rule set answered, if it is an answer: None is not "nothing found"."""
    if not isinstance(found, tuple) or not all(isinstance(each, Finding) for each in found):
        raise TypeError(f"it answered {type(found).__name__} instead of findings")
    return found


def unreadable(error: xml.UnreadableDocumentError, layer: str = XML_LAYER) -> Finding:
    """Return the finding that says why the bytes are no document we read: `XML-<code>`."""
    return Finding(
        rule=f"XML-{error.code}",
        rule_set=layer,
        flag=Flag.FATAL,
        message=error.message,
        location=error.location,
        line=error.line,
    )


def source_of(artefact: Artefact | None) -> str | None:
    """Return where an artefact's bytes came from, for reports."""
    if artefact is None:
        return None
    return f"{artefact.source} ({artefact.relation}), sha256 {artefact.sha256}"


def ran(identifier: str, *findings: Finding) -> Result:
    """Return a layer that reached a verdict."""
    return Result(LayerOutcome(identifier, Outcome.RAN), findings)


def not_judged(identifier: str, reason: str, source: str | None = None) -> Result:
    """Return a layer that reached no verdict, and why."""
    return Result(LayerOutcome(identifier, Outcome.NOT_JUDGED, source, reason))


def time_spent(identifier: str, spent: TimeSpentError, source: str | None = None) -> Result:
    """Return a layer that had no time left: the document is rejected."""
    finding = Finding(TIME_SPENT, identifier, Flag.FATAL, f"{spent}. Send a smaller document.")
    return replace(not_judged(identifier, str(spent), source), findings=(finding,))


def findings_of(layers: Iterable[Result]) -> Iterator[Finding]:
    """Yield the findings of all layers; that time is up is said once, where it was."""
    late = False
    for layer in layers:
        for finding in layer.findings:
            if not (late and finding.rule == TIME_SPENT):
                yield finding
            late = late or finding.rule == TIME_SPENT


def in_time() -> None:
    """Let a document take as long as it takes."""


def crashed(identifier: str, error: Exception, source: str | None = None) -> Result:
    """Return a layer that failed."""
    try:
        words = " ".join(str(error).split())[:_LONGEST_REASON]
        # Reasons go to JSON and PostgreSQL, which take neither NUL nor lone surrogates.
        text = "".join(
            each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in words
        )
    except Exception:  # noqa: BLE001 - an exception that cannot be printed is no way out either
        text = "without a message"
    reason = f"{type(error).__name__}: {text}"
    return Result(LayerOutcome(identifier, Outcome.CRASHED, source, reason))
