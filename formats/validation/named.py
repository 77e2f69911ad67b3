"""Judging by artefacts that are named one by one, whatever the document says it is.

Publishers' unit snippets are judged this way: cut out of a document, under a root that is none.
Only the bytes themselves (`formats.xml`) and the named schemas and rule sets have a say.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from formats import xml
from formats.findings import Finding, Flag, Layer, Outcome, Report
from formats.validation import xsd
from formats.validation.document import LENIENT, Document
from formats.validation.engine import (
    EngineUnavailableError,
    NothingLookedError,
    RuleEngine,
    TimeSpentError,
)
from formats.validation.layers import (
    NO_ENGINE,
    XML_LAYER,
    Result,
    carried_out,
    findings_of,
    in_time,
    not_judged,
    ran,
    time_spent,
    unreadable,
)
from schemas import Artefact, ArtefactMissingError, Catalog, Kind

RULE_SET = "formats.validation:named"
UNSEEN = "GW-24"

_NOTHING_LOOKED = "none of its rules looked at the document"


def judge_by(  # noqa: PLR0913 - the parts are chosen by the caller, one by one
    content: bytes,
    names: Sequence[str],
    *,
    as_of: date,
    catalog: Catalog,
    engine: RuleEngine | None,
    in_order: bool = False,
    ticking: Callable[[], None] = in_time,
) -> Report:
    """Judge a document by named artefacts and nothing else.

    Args:
        content: The document.
        names: Versioned ids (`eu.cen.en16931:ubl:1.3.16`) or families, which `as_of` resolves.
        as_of: The day whose versions are in force.
        catalog: Finds the artefacts.
        engine: Runs rule sets; None when there is none on this machine.
        in_order: As for documents of a known kind: leave out the rule sets once a schema refuses
            the document. By default each artefact has its say, whatever the document is.
        ticking: Called before each layer; raises `TimeSpentError` when the document's time is up.

    Returns:
        A report with one layer for the XML and one for each name, in their order. A rule
        set that never looked at the document reached no verdict, and a finding says so (`GW-24`).
        A name that the catalogue has never heard of is not judged.
    """
    first, refused = ran(XML_LAYER), ""
    document = Document(content, encodings=LENIENT)
    try:
        ticking()
        _ = document.root  # raises when it cannot be read
    except xml.UnreadableDocumentError as error:
        first, refused = ran(XML_LAYER, unreadable(error)), "the document cannot be read"
    except TimeSpentError as spent:
        first, refused = time_spent(XML_LAYER, spent), "its XML was not judged"
    if refused:
        left_out = (_left_out(name, as_of, catalog, refused) for name in names)
        return _report([first.of(Layer.XSD), *left_out])
    work = _Work(document, engine, None if in_order else [], ticking)
    layers = [first.of(Layer.XSD)]
    for name in names:
        if in_order and refused:
            layers.append(_left_out(name, as_of, catalog, refused))
            continue
        layer = _judged(name, as_of, catalog, work)
        layers.append(layer)
        if layer.outcome.ran and layer.outcome.layer is Layer.XSD and layer.stops:
            refused = f"the document is not valid to {layer.outcome.id}"
    document.release()
    if not work.unseen:
        return _report(layers)
    return _report([_blind(each, work.unseen) for each in layers], (_unseen(work.unseen),))


@dataclass(frozen=True, slots=True)
class _Work:
    """What a document is judged with.

    Attributes:
        document: The document.
        engine: Runs rule sets.
        unseen: Collects the rule sets that never looked at the document; None takes that for a
            failure of the rule set.
        ticking: Raises when the document's time is up.
    """

    document: Document
    engine: RuleEngine | None
    unseen: list[str] | None
    ticking: Callable[[], None]

    def run(self, artefact: Artefact) -> tuple[Finding, ...]:
        """Return what an artefact finds."""
        self.ticking()
        if artefact.kind is Kind.XSD:
            return xsd.check_element(artefact, self.document.root)
        if self.engine is None:
            raise EngineUnavailableError(NO_ENGINE)
        try:
            return self.engine.run(artefact, self.document)
        except NothingLookedError:
            if self.unseen is None:
                raise
            self.unseen.append(artefact.id)
            return ()


def _judged(name: str, as_of: date, catalog: Catalog, work: _Work) -> Result:
    layer: Layer | None = None

    def resolve() -> Artefact:
        nonlocal layer
        artefact = catalog.artefact(name, as_of)
        layer = _layer(artefact)
        return artefact

    result = carried_out(name, resolve, work.run)
    return result.of(layer)


def _left_out(name: str, as_of: date, catalog: Catalog, reason: str) -> Result:
    """Return the layer of an artefact that would look at the document in vain."""
    try:
        artefact = catalog.artefact(name, as_of)
    except ArtefactMissingError as missing:
        return not_judged(missing.id, f"{missing.reason}; {missing.fix}")
    return not_judged(artefact.id, reason).of(_layer(artefact))


def _layer(artefact: Artefact) -> Layer:
    return Layer.XSD if artefact.kind is Kind.XSD else Layer.SCHEMATRON


def _report(layers: Sequence[Result], more: tuple[Finding, ...] = ()) -> Report:
    return Report(tuple(layer.outcome for layer in layers), (*findings_of(layers), *more))


def _blind(layer: Result, names: Sequence[str]) -> Result:
    """Return a layer; that of a rule set that never looked at the document as no verdict."""
    if layer.outcome.id not in names:
        return layer
    outcome = replace(layer.outcome, outcome=Outcome.NOT_JUDGED, reason=_NOTHING_LOOKED)
    return replace(layer, outcome=outcome)


def _unseen(names: Sequence[str]) -> Finding:
    return Finding(
        rule=UNSEEN,
        rule_set=RULE_SET,
        flag=Flag.WARNING,
        message=f"No rule of {', '.join(names)} looked at the document.",
        fix="Name a rule set that is for such documents, or let the document say what judges it.",
        layer=Layer.SCHEMATRON,
    )
