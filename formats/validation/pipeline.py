"""The judge: every layer over one document, each with an outcome. It fails closed.

A layer either ran, was not judged (something it needs is missing), or crashed; `Report.valid`
wants all of them to have run. Nothing that a document, a rule, an engine or a file does becomes
"valid" by being forgotten: whatever leaves a layer in another way than with findings is `crashed`.
"""

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from lxml import etree

from formats import xml
from formats.en16931 import Invoice
from formats.findings import Finding, Layer, Report
from formats.profile import Profile
from formats.validation import xsd
from formats.validation.document import Document
from formats.validation.engine import EngineUnavailableError, RuleEngine, TimeSpentError
from formats.validation.layers import (
    NO_ENGINE,
    XML_LAYER,
    Result,
    carried_out,
    checked,
    crashed,
    findings_of,
    in_time,
    not_judged,
    ran,
    time_spent,
    unreadable,
)
from schemas import Artefact, Catalog, Kind

READING_LAYER = "formats.reading:invoice"
"""The document can be read into the canonical invoice; only reported when it cannot."""


@dataclass(frozen=True, slots=True)
class _Parts:
    """What one judgement is made with."""

    as_of: date
    catalog: Catalog
    engine: RuleEngine | None
    ticking: Callable[[], None]


def judge(  # noqa: PLR0913 - the parts are chosen by the caller, one by one
    content: bytes,
    *,
    profile: Profile,
    as_of: date,
    catalog: Catalog,
    engine: RuleEngine | None,
    invoice: Invoice | None = None,
    ticking: Callable[[], None] = in_time,
) -> Report:
    """Judge a document by every layer its profile asks for.

    The order is: the XML itself, our semantic rules, the XSD, the official rule sets. Rules look
    at a document that the XSD refuses in vain (their XPaths would find nothing to complain about),
    so official sets are then `not_judged`, as the publishers' own validators do.

    Args:
        content: The bytes that will be sent, or were received.
        profile: Names the schemas and rule sets.
        as_of: The day whose versions are in force.
        catalog: Finds the artefacts.
        engine: Runs official rule sets; None when there is none on this machine.
        invoice: The model the bytes were written from; read from the bytes when not given.
        ticking: Called before each layer; raises `TimeSpentError` when the document's time is up.

    Returns:
        A report whose layers are never empty. Never raises for anything a document, a rule, an
        engine or an artefact does.
    """
    parts = _Parts(as_of, catalog, engine, ticking)
    layers: list[Result] = []
    document, first = _xml(content, profile, parts)
    layers.append(first.of(Layer.XSD))
    if document is None:
        reason = "the document cannot be read" if first.outcome.ran else "its XML was not judged"
        layers += (not_judged(name, reason).of(layer) for name, layer in _expected(profile))
    else:
        layers += _semantic(content, profile, invoice, ticking)
        schema = _schema(document, profile, parts).of(Layer.XSD)
        layers.append(schema)
        invalid = schema.outcome.ran and schema.stops
        for family in profile.rule_sets:
            if invalid:
                official = not_judged(family, f"the document is not valid to {schema.outcome.id}")
            else:
                official = _official(document, family, parts)
            layers.append(official.of(Layer.SCHEMATRON))
        document.release()
    return _report(layers, profile)


def judge_model(invoice: Invoice, profile: Profile) -> Report:
    """Judge an invoice by the profile's own rules alone, before it is written; never raises."""
    return _report(tuple(_semantic(b"", profile, invoice)), profile)


def _report(layers: Sequence[Result], profile: Profile) -> Report:
    """Put the layers together; the profile's author may have given a rule another severity."""
    return Report(
        layers=tuple(layer.outcome for layer in layers),
        findings=tuple(
            replace(finding, flag=profile.levels.get(finding.rule, finding.flag))
            for finding in findings_of(layers)
        ),
    )


def _xml(content: bytes, profile: Profile, parts: _Parts) -> tuple[Document | None, Result]:
    """Return the document, None when no other layer should see it."""
    try:
        parts.ticking()
        document = Document(content)
        root = etree.QName(document.root).localname
    except xml.UnreadableDocumentError as error:
        return None, ran(XML_LAYER, unreadable(error))
    except TimeSpentError as spent:
        return None, time_spent(XML_LAYER, spent)
    except Exception as error:  # noqa: BLE001 - a crash is an outcome
        return None, crashed(XML_LAYER, error)
    if root not in profile.schemas:
        known = " or ".join(sorted(profile.schemas))
        unknown = xml.UnreadableDocumentError(
            "unknown-root", f"The root element is {root}; {profile.name} has {known}.", 1
        )
        return None, ran(XML_LAYER, unreadable(unknown))
    return document, ran(XML_LAYER)


def _semantic(
    content: bytes,
    profile: Profile,
    invoice: Invoice | None,
    ticking: Callable[[], None] = in_time,
) -> Iterable[Result]:
    """Judge the invoice by each of the profile's own rule sets."""
    layers = _own_rules(content, profile, invoice, ticking)
    return (layer.of(Layer.SEMANTIC) for layer in layers)


def _own_rules(
    content: bytes, profile: Profile, invoice: Invoice | None, ticking: Callable[[], None]
) -> Iterable[Result]:
    if invoice is None:
        try:
            ticking()
            invoice = profile.read(content)
        except xml.UnreadableDocumentError as error:
            yield ran(READING_LAYER, unreadable(error, READING_LAYER))
        except TimeSpentError as spent:
            yield time_spent(READING_LAYER, spent)
        except Exception as error:  # noqa: BLE001 - a crash is an outcome
            yield crashed(READING_LAYER, error)
    for rules in profile.rules:
        identifier = _rule_set(rules)
        if invoice is None:
            yield not_judged(identifier, "the document cannot be read into an invoice")
            continue
        try:
            ticking()
            yield ran(identifier, *checked(rules(invoice)))
        except TimeSpentError as spent:
            yield time_spent(identifier, spent)
        except Exception as error:  # noqa: BLE001 - a crash is an outcome
            yield crashed(identifier, error)


def _schema(document: Document, profile: Profile, parts: _Parts) -> Result:
    family = profile.schemas[etree.QName(document.root).localname]

    def run(artefact: Artefact) -> tuple[Finding, ...]:
        return xsd.check_element(artefact, document.root)

    return _artefact(family, (Kind.XSD,), parts, run)


def _official(document: Document, family: str, parts: _Parts) -> Result:
    def run(artefact: Artefact) -> tuple[Finding, ...]:
        if parts.engine is None:
            raise EngineUnavailableError(NO_ENGINE)
        return parts.engine.run(artefact, document)

    return _artefact(family, (Kind.XSLT, Kind.SCHEMATRON), parts, run)


def _artefact(
    family: str,
    kinds: tuple[Kind, ...],
    parts: _Parts,
    run: Callable[[Artefact], tuple[Finding, ...]],
) -> Result:
    """Judge by the version of a family that is in force."""

    def resolve() -> Artefact:
        artefact = parts.catalog.resolve(family, parts.as_of)
        if artefact.kind not in kinds:
            raise TypeError(f"{artefact.id} is {artefact.kind}, {kinds[0]} is needed")
        return artefact

    def in_its_time(artefact: Artefact) -> tuple[Finding, ...]:
        parts.ticking()
        return run(artefact)

    return carried_out(family, resolve, in_its_time)


def _expected(profile: Profile) -> Iterable[tuple[str, Layer]]:
    """Yield the layers after the first, as far as they are known without a document."""
    yield from ((_rule_set(rules), Layer.SEMANTIC) for rules in profile.rules)
    yield "xsd", Layer.XSD
    yield from ((family, Layer.SCHEMATRON) for family in profile.rule_sets)


def _rule_set(rules: Callable[[Invoice], tuple[Finding, ...]]) -> str:
    """The id a module of rules gives itself as `RULE_SET`."""
    module = sys.modules.get(getattr(rules, "__module__", ""))
    return str(getattr(module, "RULE_SET", getattr(rules, "__qualname__", "rules")))
