"""Judging by artefacts that are named one by one, whatever the document says it is.

Publishers' unit snippets are judged this way: cut out of a document, under a root that is none.
Only the bytes themselves (`formats.xml`) and the named schemas and rule sets have a say.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from formats import xml
from formats.findings import Finding, Flag, Layer, LayerOutcome, Outcome, Report
from formats.validation import xsd
from formats.validation.document import LENIENT, Document
from formats.validation.engine import (
    EngineUnavailableError,
    NothingLookedError,
    RuleEngine,
    TimeSpentError,
)
from formats.validation.pipeline import TIME_SPENT, XML_LAYER
from schemas import Artefact, ArtefactMissingError, Catalog, Kind

RULE_SET = "formats.validation:named"
UNSEEN = "GW-24"

_LONGEST_REASON = 300


def judge_by(  # noqa: C901, PLR0913 - each way out is an outcome; the parts are chosen by the caller, one by one
    content: bytes,
    names: Sequence[str],
    *,
    as_of: date,
    catalog: Catalog,
    engine: RuleEngine | None,
    in_order: bool = False,
) -> Report:
    """Judge a document by named artefacts and nothing else.

    Args:
        content: The document.
        names: Versioned ids (`eu.cen.en16931:ubl:1.3.16`) or families, which `as_of` resolves.
        as_of: The day whose versions are in force.
        catalog: Finds the artefacts.
        engine: Runs rule sets; None when there is none on this machine.
        in_order: As for documents of a known kind: leave out the rule sets once a schema refuses
            the document, and let a rule set that never looked at it reach no verdict. By default
            each artefact has its say, whatever the document is.

    Returns:
        A report with one layer for the XML and one for each name, in their order. Where none of
        the rule sets looked at the document, a finding says so (`GW-24`).

    Raises:
        UnknownArtefactError: The catalogue has never heard of a name.
    """
    layers, findings = [LayerOutcome(XML_LAYER, Outcome.RAN, layer=Layer.XSD)], []
    document: Document | None = None
    try:
        document = _read(content)
    except xml.UnreadableDocumentError as error:
        findings.append(unreadable(error))
    unseen: list[str] | None = None if in_order else []
    refused = "" if document is not None else "the document cannot be read"
    for name in names:
        artefact: Artefact | None = None
        layer = None
        try:
            artefact = catalog.artefact(name, as_of)
            layer = Layer.XSD if artefact.kind is Kind.XSD else Layer.SCHEMATRON
            if document is None or (in_order and refused):
                layers.append(
                    LayerOutcome(artefact.id, Outcome.NOT_JUDGED, reason=refused, layer=layer)
                )
                continue
            found = _run(artefact, document, engine, unseen)
        except ArtefactMissingError as missing:
            reason = f"{missing.reason}; {missing.fix}"
            layers.append(LayerOutcome(missing.id, Outcome.NOT_JUDGED, reason=reason, layer=layer))
            continue
        except TimeSpentError as spent:
            layers.append(_left(artefact, str(spent), layer, name))
            words = f"{spent}. Send a smaller document."
            findings.append(Finding(TIME_SPENT, name, Flag.FATAL, words, layer=layer))
            continue
        except EngineUnavailableError as unavailable:
            layers.append(_left(artefact, str(unavailable), layer, name))
            continue
        except LookupError:  # an unknown name is the caller's mistake, not the document's
            raise
        except Exception as error:  # noqa: BLE001 - a crash is an outcome
            layers.append(_crashed(artefact, error, layer, name))
            continue
        layers.append(LayerOutcome(artefact.id, Outcome.RAN, source_of(artefact), layer=layer))
        findings += (replace(each, layer=layer) for each in found)
        if artefact.kind is Kind.XSD and any(each.flag is Flag.FATAL for each in found):
            refused = f"the document is not valid to {artefact.id}"
    if document is not None:
        document.release()
    ran = [each.id for each in layers if each.ran and each.layer is Layer.SCHEMATRON]
    if unseen and unseen == ran:
        findings.append(_unseen(ran))
    return Report(tuple(layers), tuple(findings))


def _read(content: bytes) -> Document:
    document = Document(content, encodings=LENIENT)
    _ = document.root  # raises when it cannot be read
    return document


def unreadable(error: xml.UnreadableDocumentError) -> Finding:
    """Return the finding that says why the bytes are no document we read: `XML-<code>`."""
    return Finding(
        rule=f"XML-{error.code}",
        rule_set=XML_LAYER,
        flag=Flag.FATAL,
        message=error.message,
        location=error.location,
        line=error.line,
        layer=Layer.XSD,
    )


def _unseen(names: Sequence[str]) -> Finding:
    return Finding(
        rule=UNSEEN,
        rule_set=RULE_SET,
        flag=Flag.WARNING,
        message=f"No rule of {', '.join(names)} looked at the document.",
        fix="Name a rule set that is for such documents, or let the document say what judges it.",
        layer=Layer.SCHEMATRON,
    )


def source_of(artefact: Artefact) -> str:
    """Return where an artefact's bytes came from, for reports."""
    return f"{artefact.source} ({artefact.relation}), sha256 {artefact.sha256}"


def _run(
    artefact: Artefact, document: Document, engine: RuleEngine | None, unseen: list[str] | None
) -> tuple[Finding, ...]:
    if artefact.kind is Kind.XSD:
        return xsd.check_element(artefact, document.root)
    if engine is None:
        raise EngineUnavailableError("no engine for rule sets was given")
    found: object = ()
    try:
        found = engine.run(artefact, document)
    except NothingLookedError:
        if unseen is None:
            raise
        unseen.append(artefact.id)
    if not isinstance(found, tuple) or not all(isinstance(each, Finding) for each in found):
        raise TypeError(f"it answered {type(found).__name__} instead of findings")
    return found


def _left(
    artefact: Artefact | None, reason: str, layer: Layer | None, name: str = ""
) -> LayerOutcome:
    source = None if artefact is None else source_of(artefact)
    identifier = name if artefact is None else artefact.id
    return LayerOutcome(identifier, Outcome.NOT_JUDGED, source, reason, layer)


def _crashed(
    artefact: Artefact | None, error: Exception, layer: Layer | None, name: str
) -> LayerOutcome:
    words = " ".join(str(error).split())[:_LONGEST_REASON]
    text = "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in words)
    return replace(
        _left(artefact, f"{type(error).__name__}: {text}", layer, name),
        outcome=Outcome.CRASHED,
    )
