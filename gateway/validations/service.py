"""One document through every layer that it asks for, whatever it came as."""

import datetime
from dataclasses import replace
from typing import TYPE_CHECKING

from lxml import etree

from formats import xml
from formats.findings import Finding, Layer, LayerOutcome, Outcome, Report
from formats.validation.document import LENIENT
from formats.validation.kinds import DocumentKind
from formats.validation.layers import XML_LAYER, unreadable
from formats.validation.recognition import Recognised, recognise
from gateway.compliance.validation import Validator
from gateway.validations.agreement import with_disagreements
from gateway.validations.judged import HYBRID, JSON, XML, Asked, Judged

if TYPE_CHECKING:
    from gateway.validations.bodies import Body


_READ = LayerOutcome(XML_LAYER, Outcome.RAN, layer=Layer.XSD)


def judge(content: bytes, asked: Asked, validator: Validator) -> Judged:
    """Judge a document: XML, the XML inside a PDF, or a JSON body.

    Never raises for anything a document says; what cannot be read is judged, and not valid.

    Raises:
        UnknownArtefactError: `asked.rules` names one that the catalogue has never heard of.
    """
    with validator.started():  # what is said of the findings counts as well
        judged = _judge(content, asked, validator)
        return replace(judged, report=_advised(judged.report, asked.language))


def _advised(report: Report, language: str | None) -> Report:
    """Say what to do where nobody has said it: no invoice was read that could be repaired."""
    if all(finding.fix is not None and finding.term is not None for finding in report.findings):
        return report
    from formats.explain.catalogue import language_of  # noqa: PLC0415 - only where it is wrong
    from formats.explain.explanation import plain_fix, term_of  # noqa: PLC0415

    spoken = language_of(language or "en")
    findings = tuple(
        replace(
            finding,
            term=finding.term or term_of(finding.rule),
            fix=finding.fix or plain_fix(finding.rule, spoken),
        )
        for finding in report.findings
    )
    return Report(report.layers, findings)


def _judge(content: bytes, asked: Asked, validator: Validator) -> Judged:
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF-" in content[:1024] and start[:1] not in {b"<", b"{"}:
        return _hybrid(content, asked, validator)
    if start[:1] in {b"{", b"["}:
        # RFC 8259, section 8.1: a reader may pass over a byte order mark.
        return _json(content.removeprefix(b"\xef\xbb\xbf"), asked, validator)
    if b"\0" in content[:8]:
        from formats.json.parsing import other_encoding  # noqa: PLC0415 - seldom needed

        if other_encoding(content) is not None:
            return _json(content, asked, validator)  # which says what is wrong with it
    return _xml(content, asked, validator, XML)


def _hybrid(content: bytes, asked: Asked, validator: Validator) -> Judged:
    from formats.facturx.hybrid import extract  # noqa: PLC0415 - a PDF library, for PDFs only

    try:
        attachment = extract(content)
    except xml.UnreadableDocumentError as error:
        return _unreadable(unreadable(error), asked, HYBRID)
    return _xml(attachment.xml, asked, validator, HYBRID)


def _xml(content: bytes, asked: Asked, validator: Validator, source: str) -> Judged:
    day = asked.day
    if asked.rules:
        report = validator.validate_by(content, asked.rules, day)
        return Judged(report, source, day, xml=content)
    try:
        # What judges it takes less where it must: an invoice that is to be read, for one.
        document = xml.parse(content, encodings=LENIENT)
    except xml.UnreadableDocumentError as error:
        return replace(_unreadable(unreadable(error), asked, source), xml=content)
    found = _claimed(document, asked, hybrid=source == HYBRID)
    del document  # what judges makes one of its own: two trees are enough
    if found.profile is not None:
        report = validator.validate(content, found.profile, day)
        report = with_disagreements(report, found.profile, validator.catalog, day)
        report = _repaired(report, found, content, asked, validator)
        judged_as = found.profile.id
    elif found.kind is not None:
        report = _of_kind(content, found.kind, day, validator)
        judged_as = found.kind.name
    else:
        report, judged_as = Report((_READ,)), None
    if found.finding is not None:
        gaps = () if found.gap is None else (found.gap,)
        report = Report((*report.layers, *gaps), (found.finding, *report.findings))
    return Judged(report, source, day, judged_as, content)


def _of_kind(
    content: bytes, kind: DocumentKind, day: datetime.date, validator: Validator
) -> Report:
    if kind.schema is not None:
        names = (kind.schema, *kind.rule_sets)
        return validator.validate_by(content, names, day, in_order=True)
    report = validator.validate_by(content, kind.rule_sets, day, in_order=True)
    reason = f"no schema of {kind.name} is in the catalogue"
    gap = LayerOutcome("xsd", Outcome.NOT_JUDGED, reason=reason, layer=Layer.XSD)
    return Report((report.layers[0], gap, *report.layers[1:]), report.findings)


def _claimed(document: etree._Element, asked: Asked, *, hybrid: bool) -> Recognised:
    """Return what judges the document: the profile that was asked for, or what it claims."""
    found = recognise(document, hybrid=hybrid)
    if asked.profile is None:
        return found
    from formats.registry import PROFILES  # noqa: PLC0415 - every profile; seldom needed

    return Recognised(found.identifier, PROFILES[asked.profile])


def _json(content: bytes, asked: Asked, validator: Validator) -> Judged:
    from gateway.validations.bodies import (  # noqa: PLC0415 - every country's law; for bodies only
        LAYER,
        UnreadableBodyError,
        read_body,
    )
    from gateway.validations.written import judge_body  # noqa: PLC0415

    try:
        body: Body = read_body(content, asked.today, asked.profile)
    except UnreadableBodyError as error:
        read = LayerOutcome(LAYER, Outcome.RAN, layer=Layer.XSD)
        return Judged(Report((read,), error.findings), JSON, asked.day)
    return judge_body(body, asked, validator)


def _repaired(
    report: Report, found: Recognised, content: bytes, asked: Asked, validator: Validator
) -> Report:
    """Give findings their fix and patch, on the canonical invoice, while there is time."""
    if not report.findings or found.profile is None or validator.time_is_up():
        return report
    # Only where something is wrong:
    from formats.explain.places import places_of, with_places  # noqa: PLC0415
    from formats.explain.repair import with_repairs  # noqa: PLC0415

    profile = found.profile
    try:
        invoice = profile.read(content)
    except xml.UnreadableDocumentError:
        places = places_of(content, profile)
        if places is None:
            return report  # it says already what cannot be read
        return Report(report.layers, with_places(report.findings, places, places.invoice))
    findings = with_repairs(
        report.findings,
        invoice,
        profile=profile,
        language=asked.language or "en",
        places=lambda: places_of(content, profile),
        enough=validator.time_is_up,
    )
    return Report(report.layers, findings)


def _unreadable(finding: Finding, asked: Asked, source: str) -> Judged:
    found = replace(finding, layer=Layer.XSD)
    return Judged(Report((_READ,), (found,)), source, asked.day)
